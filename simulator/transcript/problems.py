"""What is wrong with a transcript, row by row, said so that it can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.transcript.talk import Line

MOST_SHOWN = 20
"""Problems told one by one; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in the rows `line` to `last` (from 1; `last` is 0 where it is one row).

    `mend` says what to write instead. The rows were left out, unless they are `kept`: read, but perhaps not as meant.
    """

    line: int
    why: str
    mend: str = ""
    last: int = 0
    kept: bool = False

    def __str__(self) -> str:
        place = f"lines {self.line} to {self.last}" if self.last > self.line else f"line {self.line}"
        return f"{place}: {self.why}; {self.mend}" if self.mend else f"{place}: {self.why}"


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read of a file: the lines in order, and the problems by line. There is at least one line."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, in the order of first speaking."""
        return tuple(dict.fromkeys(line.speaker for line in self.lines))

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """The problems whose rows were left out."""
        return tuple(problem for problem in self.problems if not problem.kept)


class TranscriptError(Exception):
    """A transcript that cannot be used, or a speaker who is not in it; the message says why and how to mend it."""


def listing(problems: Sequence[Problem]) -> str:
    """The problems, one a row; of very many the first and how many more."""
    more = len(problems) - MOST_SHOWN
    rows = [f"  {problem}" for problem in problems[:MOST_SHOWN]]
    return "\n".join([*rows, *([f"  and {more} more"] if more > 0 else [])])


def no_speaker(line: int, last: int = 0) -> Problem:
    """The problem of words that nobody says."""
    return Problem(line, "no speaker", "say who speaks", last)


def no_words(line: int, last: int = 0) -> Problem:
    """The problem of a speaker who says nothing."""
    return Problem(line, "no words", "write what was said, or take the row out", last)
