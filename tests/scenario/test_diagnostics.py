"""Each diagnostic's data file, as a test: its broken file has the code at the marked place, its clean file has not."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnosed import CASES, place, whole

from simulator.scenario import check_file
from simulator.scenario.codes import codes, rule

LOADING = [case for case in CASES if rule(case.code).found == "loading"]


@pytest.mark.parametrize("case", LOADING, ids=str)
def test_a_broken_file_has_its_code_at_the_marked_place(case, tmp_path: Path) -> None:
    text, line, column = place(case)
    path = tmp_path / f"{case.base}.yaml"
    path.write_bytes(text)
    problems = check_file(path).problems
    said = "\n".join(map(str, problems))
    here = [one for one in problems if one.code == case.code and (one.line, one.column) == (line, column)]
    assert len(here) == 1, f"wanted {case.code} at {line}:{column}, got:\n{said}"
    assert all(words in f"{here[0].message}\n{here[0].mend}" for words in case.says), said


@pytest.mark.parametrize("case", LOADING, ids=str)
def test_a_clean_file_has_not_the_code(case, tmp_path: Path) -> None:
    path = tmp_path / f"{case.base}.yaml"
    path.write_bytes(whole(case))
    assert case.code not in {problem.code for problem in check_file(path).problems}


def test_there_are_at_least_sixty_broken_files() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("code", codes())
def test_every_diagnostic_is_told_in_full_and_shown(code: str) -> None:
    one = rule(code)
    assert one.severity in {"error", "warning", "note"}
    assert one.found in {"loading", "exploring", "playing", "looking"}
    assert one.why.endswith(".")
    assert one.mend.endswith((".", "}`."))
    assert one.examples or one.code == "state-gone"  # which needs a record beside the file
