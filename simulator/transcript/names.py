"""Names before what is said: "Nurse: How are you?", "[00:01:02] Nurse: How are you?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from simulator.transcript.problems import Problem

MOST_WORDS = 5
"""Words of a name; what is longer is speech with a colon in it."""

NAMED_ONCE = "if somebody speaks here, give the talk as a table with the columns speaker and text"
"""How to mend what is taken for words and is a name."""

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+"
_STAMP = rf"(?:[\[(](?:{_DATE})?{_TIME}[\])]\s*|(?:{_DATE})?{_TIME}\s+)(?:[-–—]\s*)?"
_LABEL = re.compile(
    rf"\s*(?:{_STAMP})?(?P<name>[^\W\d_][^:?!;\"<>]{{0,39}}?)\s*(?:[\[(]{_TIME}[\])]\s*)?"
    # Neither the time of day in "at 10:30" nor the colon of an address ends a name.
    r"(?:(?<!\d):|:(?!\d))(?!//)\s*(?P<text>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(rf"\s*[\[(](?:{_DATE})?{_TIME}[\])]\s*(?:[-–—]\s*)?")


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a name, and the words after it."""

    name: str
    text: str


def label(text: str) -> Label | None:
    """The name a row may begin with, whatever time stands before it; None where there can be none."""
    found = _LABEL.match(text)
    if not found or len(found["name"].split()) > MOST_WORDS:
        return None
    return Label(" ".join(found["name"].split()), found["text"].strip())


def without_time(text: str) -> str:
    """A row that goes on with the last speaker, without a time in brackets before it."""
    return _BRACKETED.sub("", text, count=1).strip()


def folded(name: str) -> str:
    """A name in the form in which two spellings of it are the same."""
    return " ".join(name.casefold().split())


def true_names(labels: Iterable[Label | None], *, all_named: bool) -> frozenset[str]:
    """Which of the possible names are names, folded: those that occur twice, or all where every row has one."""
    counted = Counter(folded(found.name) for found in labels if found)
    return frozenset(name for name, times in counted.items() if all_named or times > 1)


def lone_name(line: int, found: Label | None, names: Collection[str]) -> Problem | None:
    """A remark on what looks like the name of somebody who speaks once and was taken for words of another."""
    if found is None or folded(found.name) in names or not all(word[:1].isupper() for word in found.name.split()):
        return None
    why = f"`{found.name}:` occurs once, so it is read as words of who spoke before"
    return Problem(line, why, NAMED_ONCE, kept=True)
