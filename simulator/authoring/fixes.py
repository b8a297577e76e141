"""Mending what can be mended without asking: text is changed at known places, so that comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.scenario import Problem
from simulator.settings import write_private

ONE_CHOICE = re.compile(r"^Did you mean `([^`]+)`\?$")
WHOLE_LINE = re.compile(r"^Write: (.+)$", re.DOTALL)
NAMED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of one line, from a column on, and what stands there instead. Lines and columns count from 1."""

    line: int
    column: int
    length: int
    text: str


Mender = Callable[[Problem, Sequence[str]], Edit | None]


def _spelling(problem: Problem, lines: Sequence[str]) -> Edit | None:
    """A misspelt name where just one is near."""
    choice, word = ONE_CHOICE.match(problem.mend), NAMED.findall(problem.message)
    if choice is None or not word:
        return None
    rest = lines[problem.line - 1][problem.column - 1 :]
    written = next((one for one in word if rest.startswith(one)), None)
    return Edit(problem.line, problem.column, len(written), choice[1]) if written else None


def _quotes(problem: Problem, lines: Sequence[str]) -> Edit | None:
    """A line whose repaired form is known whole."""
    whole = WHOLE_LINE.match(problem.mend)
    if whole is None:
        return None
    text = lines[problem.line - 1]
    indent = len(text) - len(text.lstrip())
    return Edit(problem.line, indent + 1, len(text.strip()), whole[1])


def _id(problem: Problem, lines: Sequence[str]) -> Edit | None:
    """The id as the file is called."""
    found = re.match(r"Write `id: ([a-z0-9-]+)`", problem.mend)
    rest = lines[problem.line - 1][problem.column - 1 :]
    word = re.match(r"[\w-]+", rest)
    return Edit(problem.line, problem.column, len(word[0]), found[1]) if found and word else None


def _name(problem: Problem, lines: Sequence[str]) -> Edit | None:
    """A name written with capitals or hyphens, where the better form is known."""
    found = re.match(r"Write `([a-z0-9_-]+)`\.$", problem.mend)
    written = NAMED.findall(problem.message)
    if found is None or not written or not lines[problem.line - 1][problem.column - 1 :].startswith(written[0]):
        return None
    return Edit(problem.line, problem.column, len(written[0]), found[1])


def _invisible(problem: Problem, lines: Sequence[str]) -> Edit | None:
    """An invisible character in the text itself."""
    return Edit(problem.line, problem.column, 1, "") if problem.mend == "Delete it." else None


SAFE: Mapping[str, Mender] = {
    "unknown-name": _spelling,
    "unknown-key": _spelling,
    "not-a-choice": _spelling,
    "text-needs-quotes": _quotes,
    "id-not-file-name": _id,
    "bad-name": _name,
    "control-character": _invisible,
}
"""The codes that are mended without asking, and how. What could be meant in two ways is not among them: an effect
without its sign, text cut by a comment, a key written twice."""


def edits(problems: Sequence[Problem], lines: Sequence[str]) -> list[Edit]:
    """The edits that mend what can be mended: one a line, so that none moves another's place."""
    found: dict[int, Edit] = {}
    for problem in problems:
        mender = SAFE.get(problem.code)
        if mender is not None and 0 < problem.line <= len(lines) and problem.line not in found:
            edit = mender(problem, lines)
            if edit is not None:
                found[problem.line] = edit
    return list(found.values())


def applied(text: str, changes: Sequence[Edit]) -> str:
    """The text with the edits made; its line ends stay as they are."""
    pieces = text.split("\n")
    for edit in changes:
        line = pieces[edit.line - 1]
        pieces[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.column - 1 + edit.length :]
    return "\n".join(pieces)


def fix(path: Path, find: Callable[[], Sequence[Problem]], most: int = 20) -> int:
    """Mend a file as often as something can be mended, at most `most` times; how many edits were made.

    `find` gives the problems of the file as it stands. The file is replaced at once or not at all. Raises OSError
    where it cannot be written.
    """
    made = 0
    for _ in range(most):
        text = path.read_bytes().decode("utf-8")
        mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
        changes = edits(find(), text.split("\n"))
        changed = applied(text, changes)
        if changed == text:
            break
        mode = path.stat().st_mode
        write_private(path, mark + changed)
        path.chmod(mode)
        made += len(changes)
    return made
