"""Values in words, for more than one screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from simulator.catalogue.clean import clean

if TYPE_CHECKING:
    from simulator.library import Entry
    from simulator.practice import Past

_DIFFICULTY = {1: "easy", 2: "middling", 3: "hard"}
_OUTCOME = {"met": "reached", "partly": "reached in part", "not_met": "not reached", "harm": "harm was done"}


def difficulty(entry: Entry) -> str:
    """How hard a scenario is."""
    return _DIFFICULTY.get(entry.difficulty, "of unknown difficulty")


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 turn`, `2 turns`."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def outcome(past: Past) -> str:
    """What an attempt came to, in a few words."""
    return _OUTCOME[past.outcome] if past.outcome else f"unfinished after {counted(past.attempt.turns, 'turn')}"


def totals(past: Past) -> Sequence[str]:
    """The standing of an attempt under each rubric, 0 to 100."""
    return [f"{line(rubric)} {total:.0f}" for rubric, total in past.totals.items()]


def mean(past: Past) -> float:
    """The mean of an attempt's totals, for ranking only; below all others where it has none."""
    return sum(past.totals.values()) / len(past.totals) if past.totals else -1.0


def when(past: Past) -> str:
    """The day and the hour an attempt began, as the clock on the wall has it."""
    return datetime.fromisoformat(past.attempt.started).astimezone().strftime("%Y-%m-%d %H:%M")


def line(text: str) -> str:
    """Text from outside, safe to show, on one line."""
    return clean(text, keep_newlines=False)


def listed(items: Iterable[str]) -> str:
    """Items from outside, with commas."""
    return ", ".join(line(item) for item in items)


def flowing(text: str) -> str:
    """Text from outside as paragraphs: the file's own line ends go, empty lines stay."""
    paragraphs = (line(paragraph) for paragraph in re.split(r"\n\s*\n", clean(text)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
