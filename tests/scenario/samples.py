"""The samples the tests of this folder share, and how to break them at a marked place."""

from __future__ import annotations

from pathlib import Path

from simulator.scenario import Checked, Problem, check_text

FOLDER = Path(__file__).parent
SAMPLE = (FOLDER / "sample.yaml").read_text(encoding="utf-8")
TWO_PEOPLE = (FOLDER / "two-people.yaml").read_text(encoding="utf-8")
MARK = "¦"
"""Stands in a test where the problem must be found."""


def edited(old: str, new: str, text: str = SAMPLE) -> str:
    """The sample with one piece replaced, which must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
    return text.replace(old, new)


def place(text: str) -> tuple[str, int, int]:
    """The text without its mark, and the line and column of the mark."""
    at = text.index(MARK)
    line = text.count("\n", 0, at) + 1
    return text.replace(MARK, ""), line, at - text.rfind("\n", 0, at)


def found(checked: Checked, code: str) -> list[Problem]:
    """The problems of a code."""
    return [problem for problem in checked.problems if problem.code == code]


def expect(text: str, code: str, *words: str, alone: bool = True) -> Problem:
    """Check a marked text and return the one problem of this code at the mark; `words` stand in it."""
    text, line, column = place(text)
    checked = check_text(text, "sample.yaml")
    said = "\n".join(map(str, checked.problems))
    problems = [one for one in found(checked, code) if (one.line, one.column) == (line, column)]
    assert len(problems) == 1, f"expected {code} at {line}:{column}, got:\n{said}"
    for word in words:
        assert word in f"{problems[0].message}\n{problems[0].mend}", f"{word!r} is not in\n{problems[0]}"
    if alone:
        assert len(checked.errors) <= 1, said
    return problems[0]
