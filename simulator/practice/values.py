"""What practising gives back, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.conversation.turn import Position, Turn, Utterance
from simulator.store import Attempt

if TYPE_CHECKING:
    from simulator.report.debrief import Debrief
    from simulator.rubric.feedback import Feedback


SHORT_ID = 8
"""Letters of an attempt's id that are shown; any first letters that fit one attempt alone find it."""


class PracticeError(Exception):
    """Something that cannot be done as the talk stands; the message says what can."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a talk starts: the first position and the client's first utterance."""

    position: Position
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a reply brought. `turn.utterance` is the client's answer. `debrief` is there once the talk has
    ended."""

    turn: Turn
    feedback: Feedback
    ended: bool
    debrief: Debrief | None


@dataclass(frozen=True, slots=True)
class Past:
    """One attempt, looked back on. `ending` is an id of the scenario's (None: not ended), `outcome` its
    outcome; `totals` are the standing assessments, 0 to 100, by rubric id."""

    attempt: Attempt
    title: str
    ending: str | None
    outcome: str | None
    totals: Mapping[str, float]

    @property
    def branch(self) -> str:
        """Where a branch comes from, in words; empty for any other attempt."""
        attempt = self.attempt
        if attempt.parent_turn is None:
            return ""
        parent = attempt.parent[:SHORT_ID] if attempt.parent else "a talk that was erased"
        return f"a branch of {parent} from turn {attempt.parent_turn + 1}"


@dataclass(frozen=True, slots=True)
class MeterView:
    """A meter as a screen shows it: whose it is (the name of a person), 0 to 100, in a word, and whether `high`
    or `low` is the good end."""

    person: str
    name: str
    value: float
    word: str
    good: str
