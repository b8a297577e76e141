"""Every diagnostic beyond loading: its broken file has the code at the marked place, its clean file has not."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnosed import BASES, CASES, place, whole

from simulator.authoring.check import check
from simulator.language import read
from simulator.library import Library
from simulator.scenario.codes import rule

BEYOND = [case for case in CASES if rule(case.code).found != "loading"]


def problems_in(tmp_path: Path, name: str, text: bytes):
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(text)
    return check(path, Library(), read).problems


@pytest.mark.parametrize("case", BEYOND, ids=str)
def test_a_broken_file_has_its_code_at_the_marked_place(case, tmp_path: Path) -> None:
    text, line, column = place(case)
    problems = problems_in(tmp_path, case.base, text)
    said = "\n".join(map(str, problems))
    here = [one for one in problems if one.code == case.code and (one.line, one.column) == (line, column)]
    assert len(here) == 1, f"wanted {case.code} at {line}:{column}, got:\n{said}"


@pytest.mark.parametrize("case", BEYOND, ids=str)
def test_a_clean_file_has_not_the_code(case, tmp_path: Path) -> None:
    assert case.code not in {problem.code for problem in problems_in(tmp_path, case.base, whole(case))}


def test_the_plain_scenario_is_clean(tmp_path: Path) -> None:
    problems = problems_in(tmp_path, "plain", BASES["plain"].read_bytes())
    assert problems == (), "\n".join(map(str, problems))
