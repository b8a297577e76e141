"""Personas: kinds of learners, and what one of them says next. Their words are data, in personas/."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.catalogue.types import OpenCue
    from simulator.conversation import Position
    from simulator.scenario import Scenario

FOLDER = Path(__file__).parent / "personas"
NOTHING_TO_SAY = "Hm."
"""What a persona says who has nothing left."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of learner.

    `moves` are the kinds of things they say, with how often; `joins` how many go into one reply at the most. `rank`
    orders those whose craft differs (None: no place in the order), `games` marks who only plays at helping.
    """

    id: str
    name: str
    about: str
    moves: Mapping[str, int]
    joins: int
    rank: int | None
    games: bool
    bank: Mapping[str, Any]


@cache
def personas() -> Mapping[str, Persona]:
    """Every persona by id, the most skilled first, then those without a rank."""
    import yaml

    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        bank = {key: data[key] for key in ("cue", "answer", "point", "ask", "say") if key in data}
        rank, games = data.get("rank"), bool(data.get("games"))
        found.append(Persona(path.stem, data["name"], data["about"], data["moves"], data["joins"], rank, games, bank))
    return {one.id: one for one in sorted(found, key=lambda one: (-(one.rank or 0), one.games, one.id))}


class Learner:
    """One persona in one talk: chooses each reply by chance under a seed, and nothing twice while there is more."""

    def __init__(self, persona: Persona, scenario: Scenario, chance: random.Random) -> None:
        self.persona, self.scenario, self.chance = persona, scenario, chance
        self._said: set[str] = set()
        self._ways: Mapping[str, Callable[[Position, str], str | None]] = {
            "model_reply": self._model_reply,
            "answer": self._answer,
            "cue": self._cue,
            "point": self._point,
            "ask": self._ask,
            "say": self._say,
            "echo": lambda _position, heard: heard or None,
            "anybody": self._anybody,
        }

    def reply(self, position: Position, heard: str) -> str:
        """What they say now; `heard` are the client's last words."""
        parts: list[str] = []
        moves = dict(self.persona.moves)
        while moves and len(parts) < self.persona.joins:
            move = self.chance.choices(list(moves), list(moves.values()))[0]
            del moves[move]
            words = self._ways[move](position, heard)
            if words is not None:
                parts.append(words)
                if move == "model_reply":
                    break
            if not moves and move == "say" and len(parts) < self.persona.joins and words is not None:
                moves = {"say": 1}
        self._said.update(parts)
        return " ".join(parts) or NOTHING_TO_SAY

    def _fresh(self, choices: Sequence[str]) -> str | None:
        left = [one for one in choices if one not in self._said] or list(choices)
        return self.chance.choice(left) if left else None

    def _filled(self, kind: str, **blanks: str) -> str | None:
        pattern = self._fresh(self.persona.bank.get(kind, ()))
        return pattern.format(**blanks) if pattern else None

    def _model_reply(self, position: Position, _heard: str) -> str | None:
        words = self.scenario.states[position.state].model_reply
        return words if words and words not in self._said else None

    def _cue(self, position: Position, _heard: str) -> str | None:
        cue = self._open(position, question=False)
        patterns = self.persona.bank.get("cue", {}).get(cue.cue.kind.value, ()) if cue else ()
        if cue is None or not patterns or not cue.cue.words:
            return None
        word = self.chance.choice(cue.cue.words[:3])
        about = f" about {cue.cue.about[0]}" if cue.cue.about and cue.cue.kind.value == "feeling" else ""
        said: str = self.chance.choice(patterns)
        return said.format(word=f"{word}{about}" if said.endswith("{word}.") else word)

    def _answer(self, position: Position, _heard: str) -> str | None:
        cue = self._open(position, question=True)
        if cue is None:
            return None
        wanted = " ".join(cue.cue.answered_by).casefold()
        points = [item for item in self.scenario.desk.know if any(word.casefold() in wanted for word in item.words)]
        points += [
            item for item in self.scenario.desk.may_offer if any(word.casefold() in wanted for word in item.words)
        ]
        told = (
            points[0].text if points else (cue.cue.answered_by[0].capitalize() + "." if cue.cue.answered_by else None)
        )
        return self._filled("answer", point=told) if told else None

    def _point(self, position: Position, _heard: str) -> str | None:
        desk = self.scenario.desk
        left = [item for item in (*desk.may_offer, *desk.know) if item.is_point and item.id not in position.given]
        return self._filled("point", point=left[0].text.rstrip(".") + ".") if left else None

    def _ask(self, _position: Position, _heard: str) -> str | None:
        topics = [
            word
            for person in self.scenario.people.values()
            for topic in person.knows.values()
            for word in topic.topic[:1]
        ]
        return self._filled("ask", topic=f"the {self.chance.choice(topics)}") if topics else None

    def _say(self, _position: Position, _heard: str) -> str | None:
        return self._fresh(self.persona.bank.get("say", ()))

    def _anybody(self, position: Position, heard: str) -> str | None:
        others = [one for one in personas().values() if "anybody" not in one.moves]
        other = Learner(self.chance.choice(others), self.scenario, self.chance)
        return other.reply(position, heard)

    @staticmethod
    def _open(position: Position, *, question: bool) -> OpenCue | None:
        """The freshest open cue that is, or is no, question; the strongest where several are as fresh."""
        cues = [cue for cue in position.cues if (cue.cue.kind.value == "question") == question]
        return min(cues, key=lambda cue: (cue.age, -cue.cue.strength), default=None)
