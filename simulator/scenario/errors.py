"""What is wrong with a scenario file, said so that its author can mend it without help."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.scenario.codes import Severity, rule

WIDEST_EXCERPT = 96
"""Columns of a source line shown; a longer line is cut around the mistake."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file. Lines and columns count from 1; 0 means the file as a whole.

    `why` says why it matters, `mend` what to write instead, `excerpt` is the source line.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    why: str = ""
    mend: str = ""
    excerpt: str = ""

    @property
    def place(self) -> str:
        """`file:line:column`, as editors and terminals make it a link."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        parts = [f"{visible(self.place)}: {self.severity} {self.code}: {visible(self.message)}"]
        if self.excerpt:
            parts.extend(_excerpt(self.excerpt, self.line, self.column))
        if self.why:
            parts.append(f"  why: {self.why}")
        if self.mend:
            parts.append(f"  mend: {visible(self.mend)}")
        return "\n".join(parts)


def problem(
    code: str,
    message: str,
    *,
    mend: str = "",
    file: str = "",
    line: int = 0,
    column: int = 0,
    excerpt: str = "",
) -> Problem:
    """A Problem of a known code; its severity and reason come from the code's data file."""
    known = rule(code)
    return Problem(code, known.severity, message, file, line, column, known.why, mend, excerpt)


class ScenarioError(Exception):
    """A scenario that cannot be used. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)


def closest(word: str, choices: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The choices nearest to a misspelt word, best first; none where nothing is near."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    word = word.lower().strip()[:60]
    names = list(dict.fromkeys(choices))
    if not word or not names:
        return ()
    found = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=66, limit=limit + 3)
    whole = [name for name in names if len(word) >= 4 and (word in name.split("_") or name in word.split("_"))]
    near = sorted(
        {*(name for name, _, _ in found), *whole},
        key=lambda name: (OSA.distance(word, name) - (3 if name in whole else 0), name),
    )
    return tuple(near[:limit])


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence that names the nearest choices, or lists them all where they are few. May be empty."""
    names = list(dict.fromkeys(choices))
    near = closest(word, names)
    if near:
        return f"Did you mean {listed(near, 'or')}?"
    if 0 < len(names) <= 12:
        return f"Known here: {listed(names, 'and')}."
    return ""


def listed(names: Iterable[str], word: str = "and") -> str:
    """Names in backticks as a phrase: `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def visible(text: str) -> str:
    """Text that is safe to print: control and formatting characters are shown as escapes."""
    return "".join(
        char
        if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        else _escape(char)
        for char in text
    )


def _escape(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def _excerpt(source: str, line: int, column: int) -> list[str]:
    """The source line with a caret under the mistake, cut where it is very long."""
    at = max(0, min(column - 1, len(source)))
    first = max(0, at - WIDEST_EXCERPT + 30) if len(source) > WIDEST_EXCERPT else 0
    before = visible(source[first:at].replace("\t", " "))
    after = visible(source[at : first + WIDEST_EXCERPT].replace("\t", " "))
    lead = "..." if first else ""
    tail = "..." if len(source) > first + WIDEST_EXCERPT else ""
    margin = f"{line:>5} | "
    pad = " " * (len(margin) - 2) + "| "
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in lead + before)
    return [f"{margin}{lead}{before}{after}{tail}", f"{pad}{' ' * width}^"]
