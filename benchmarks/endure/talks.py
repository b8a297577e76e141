"""Talks to hold: what is said, and what must come of it whoever holds it, told beforehand by a rehearsal."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from simulator.conversation.turn import Turn, Utterance
from simulator.library import Library
from simulator.practice import Practice
from simulator.settings import Paths
from simulator.store import open_store

_ANY = (
    "so what happened next",
    "I hear you, and I am sorry nobody rang back.",
    "how old are your kids?",
    "you should just calm down",
    "What would help most right now?",
    "asdf",
    "(silence)",
    "Ünd ‘so’ weiter 😀",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A scenario, a seed, what is said, and the talk these make."""

    scenario: str
    seed: int
    replies: Sequence[str]
    opening: Utterance
    turns: Sequence[Turn]


def practice_in(folder: Path) -> Practice:
    """The practice a process has whose ROLEPLAY_HOME is this folder."""
    places = Paths(data=folder, cache=folder / "cache", log=folder / "log")
    return Practice(open_store(places.record, lambda: datetime.now(UTC)), Library(places))


def rehearse(chance: random.Random) -> Talk:
    """A talk of four to nine replies, held once by itself. Readings are the shipped reader's."""
    with tempfile.TemporaryDirectory() as folder:
        practice = practice_in(Path(folder))
        scenario = chance.choice([entry.id for entry in practice.library.index() if not entry.error])
        seed = chance.randrange(2**31)
        session = practice.begin(scenario, seed)
        models = [state.model_reply for state in session.scenario.states.values() if state.model_reply]
        wanted = chance.choices([*models, *_ANY], k=chance.randint(4, 9))
        replies = []
        for reply in wanted:
            if session.ended:
                break
            replies.append(reply)
            session.reply(reply)
        practice.store.close()
        return Talk(scenario, seed, tuple(replies), session.opening, session.turns)
