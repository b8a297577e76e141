"""An ended talk read and scored anew: what the reader and the scorer of today make of it. The talk itself stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.types import HeardLine, Reading
from simulator.conversation.turn import Turn, Utterance

if TYPE_CHECKING:
    from simulator.practice.session import Read
    from simulator.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Reread:
    """What the event of a rescore keeps: how each turn that stands was read now, in order."""

    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Rescored:
    """What a rescore came to. Totals, 0 to 100, are by rubric id; `replies` is how many were read otherwise than
    before. The versions are those of the reader and the scorer that were used now."""

    attempt: str
    title: str
    before: Mapping[str, float]
    after: Mapping[str, float]
    replies: int
    reader: str
    scorer: str


def reread(scenario: Scenario, opening: Utterance, turns: Sequence[Turn], read: Read) -> tuple[Turn, ...]:
    """The same turns with what `read` finds in their replies now. What was said, and what it did, stays as it was."""
    from simulator.conversation import advance, heard

    lines = heard_in(opening)
    again = []
    for turn in turns:
        reading = read(turn.reply, heard(scenario, turn.before, lines))
        # A turn adds to its reading what only the talk knows, such as questions dodged.
        again.append(replace(turn, reading=advance(scenario, turn.before, reading).reading))
        lines += [HeardLine("learner", turn.reply), *heard_in(turn.utterance)]
    return tuple(again)


def heard_in(utterance: Utterance) -> list[HeardLine]:
    """What an utterance gives the next reading to hear."""
    return [HeardLine("client", saying.text, saying.who) for saying in utterance.everything if saying.text]
