"""Files broken at random give problems, never a traceback. `ROLEPLAY_LONG_TESTS=1` breaks a thousand."""

from __future__ import annotations

import os
from pathlib import Path

from diagnosed import BASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.authoring.check import check
from simulator.authoring.fixes import fix
from simulator.language import read
from simulator.library import Library
from simulator.scenario import check_file

EXAMPLES = 1000 if os.environ.get("ROLEPLAY_LONG_TESTS") else 60
LINES = BASES["plain"].read_text(encoding="utf-8").split("\n")
PIECES = [
    "",
    "{",
    "}",
    "[",
    "]",
    ":",
    "#",
    "- ",
    "'",
    '"',
    "*",
    "&x",
    "!",
    "\t",
    "  ",
    "null",
    "-1",
    "1e9",
    "always",
    "\u202e",
    "é",
]


@st.composite
def broken(draw) -> str:
    """The plain scenario with some lines cut, doubled, moved, swapped or filled with something else."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["drop", "double", "indent", "swap", "insert", "cut", "word"]))
        line = lines[at]
        column = draw(st.integers(0, len(line)))
        if what == "drop":
            del lines[at]
        elif what == "double":
            lines.insert(at, line)
        elif what == "indent":
            lines[at] = " " * draw(st.integers(0, 9)) + line.lstrip()
        elif what == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], line
        elif what == "insert":
            lines[at] = line[:column] + draw(st.sampled_from(PIECES)) + line[column:]
        elif what == "cut":
            lines[at] = line[:column]
        else:
            words = line.split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(
                st.sampled_from(["second", "any_harm", "trust", "+5", "x" * 70])
            )
            lines[at] = " ".join(words)
        if not lines:
            return ""
    return "\n".join(lines)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=broken())
def test_a_broken_file_gives_problems_and_no_traceback(tmp_path_factory, text: str) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "plain.yaml"
    path.write_text(text, encoding="utf-8")
    for problem in check(path, Library(), read).problems:
        assert str(problem)
        assert 0 <= problem.line <= text.count("\n") + 1
    fix(path, lambda: check_file(path).problems)
