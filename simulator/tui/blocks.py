"""A talk as the blocks a transcript shows: who said what, where the scene broke, what the coach said.

All text is cleaned here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from simulator.catalogue.clean import clean

if TYPE_CHECKING:
    from simulator.conversation.turn import Saying, Turn, Utterance
    from simulator.practice import Session
    from simulator.rubric.feedback import Feedback

LEARNER = "You"


class Kind(StrEnum):
    """What sort of block it is; also the name of its look."""

    CLIENT = "client"
    LEARNER = "learner"
    SCENE = "scene"
    COACH = "coach"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `turn` is the turn it belongs to, 0 for the opening; `does` is what a person does first."""

    kind: Kind
    turn: int
    name: str
    text: str
    does: str = ""


def talk(session: Session) -> tuple[Block, ...]:
    """The whole talk so far, the coach's words included. The coach thinks, so this is a job for the clerk."""
    blocks = list(utterance(session.opening, 0))
    for turn in session.turns:
        blocks += [reply(turn.reply, turn.number), *answer(turn, session.feedback(turn.number))]
    return tuple(blocks)


def reply(text: str, turn: int) -> Block:
    """What the learner said in a turn."""
    return Block(Kind.LEARNER, turn, LEARNER, clean(text).strip())


def answer(turn: Turn, feedback: Feedback) -> Iterator[Block]:
    """What a reply brought: the coach's word on it stands after what the client answers."""
    yield from utterance(turn.utterance, turn.number)
    for text in feedback.texts:
        yield Block(Kind.COACH, turn.number, "Coach", clean(text))


def utterance(said: Utterance, turn: int) -> Iterator[Block]:
    """What the people of the scenario say between two replies."""
    yield from _sayings(said.before, turn)
    if said.scene:
        yield Block(Kind.SCENE, turn, "", clean(said.scene, keep_newlines=False))
    yield from _sayings(said.sayings, turn)


def hint(text: str, turn: int) -> Block:
    """A hint for the moment after a turn."""
    return Block(Kind.HINT, turn, "Hint", clean(text))


def _sayings(sayings: Iterable[Saying], turn: int) -> Iterator[Block]:
    for saying in sayings:
        name, does = (clean(text, keep_newlines=False) for text in (saying.name, saying.does))
        yield Block(Kind.CLIENT, turn, name, clean(saying.text), does)
