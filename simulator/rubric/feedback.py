"""The coach's word after a turn: at most one strength and one point to grow, in the learner's own words.

Specific, about the next reply, never scolding; where the reading is unsure, it says so (design after the
ClientBot trial, Tanana and others 2019: feedback on single replies changed practice and the change lasted).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simulator.catalogue.loader import Behaviour, catalogue
from simulator.catalogue.types import Span
from simulator.conversation.turn import Turn
from simulator.rubric.assessment import Evidence, Missed
from simulator.rubric.record import OfferedCue, cues_offered, evidence_in, passage, shortened
from simulator.rubric.result import better, meter_at
from simulator.rubric.scoring import read_yaml

if TYPE_CHECKING:
    from simulator.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said about one turn.

    `behaviour`, `span` and `quote` (the learner's sentence) are empty where a cue was missed. `moved` is what
    moved in this turn, `phrase` what to try, `text` the whole remark in sentences.
    `worth` ranks remarks of one attempt against each other.
    """

    turn: int
    behaviour: str
    name: str
    span: Span | None
    quote: str
    moved: str
    phrase: str
    text: str
    worth: float
    missed: Missed | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """The coach's word on one turn. `word` is said where there is neither strength nor growth point."""

    turn: int
    strength: Remark | None = None
    growth: Remark | None = None
    word: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What to show, in order: the strength first."""
        remarks = tuple(remark.text for remark in (self.strength, self.growth) if remark)
        return (*remarks, self.word) if self.word else remarks


def coach(scenario: Scenario, turn: Turn, history: Sequence[Turn]) -> Feedback:
    """The coach's word on a turn. `history` holds the turns before it, oldest first."""
    turns = (*history, turn)
    replies = evidence_in(turns)
    frame = _Frame(scenario, turn)
    strength = _strength(frame, replies)
    growth = (
        _harm(frame, replies[-1])
        or _missed(frame, cues_offered(turns, replies))
        or _again(frame, replies[-1])
        or (None if strength else _wider(frame, replies))
    )
    word = "" if strength or growth else frame.neutral(bool(replies[-1]))
    return Feedback(turn.number, strength, growth, word)


@lru_cache(maxsize=1)
def _frames() -> Mapping[str, Any]:
    frames: Mapping[str, Any] = read_yaml("feedback.yaml")
    return frames


class _Frame:
    """One turn's names, changes and sentence frames."""

    def __init__(self, scenario: Scenario, turn: Turn) -> None:
        self.scenario = scenario
        self.turn = turn
        person = scenario.people.get(turn.reading.addressed or "")
        self.client = (person or scenario.people[scenario.first_person]).name
        self.changes: dict[str, float] = {}
        for effect in turn.effects:
            if meter_at(scenario, effect.meter):
                self.changes[effect.meter] = self.changes.get(effect.meter, 0.0) + effect.change

    def gain(self) -> float:
        """How far the meters moved for the better in this turn, together."""
        return sum(better(self.scenario, meter, change) for meter, change in self.changes.items())

    def moved(self, *, for_better: bool | None = None) -> str:
        """What moved in whom in this turn; only for the better or the worse, where asked."""
        change = _frames()["change"]
        people: dict[str, list[str]] = {}
        for key, by in self.changes.items():
            if round(abs(by)) and (for_better is None or (better(self.scenario, key, by) > 0) == for_better):
                person, _, meter = key.rpartition(".")
                told = _fill(change["up" if by > 0 else "down"], {"meter": meter, "by": str(round(abs(by)))})
                people.setdefault(person or self.scenario.first_person, []).append(told)
        return " ".join(
            _fill(
                _frames()["moved"],
                {"client": self.scenario.people[person].name, "changes": ", ".join(told)},
            )
            for person, told in people.items()
        )

    def remark(self, frame: str, evidence: Evidence, *, for_better: bool) -> Remark:
        """A remark on a behaviour, from the catalogue's words and what moved."""
        code: Behaviour = catalogue().behaviour(evidence.behaviour)
        moved = self.moved(for_better=for_better)
        quote = passage(self.turn.reply, evidence.span, _longest())
        values = {
            "client": self.client,
            "quote": quote,
            "line": shortened(evidence.line, _longest()),
            "name": code.name,
            "effect": code.effect_on_client,
            "moved": moved,
            "try": code.try_,
        }
        worth = abs(_default(code)) + max(0.0, self.gain() if for_better else -self.gain())
        return Remark(
            self.turn.number,
            code.id,
            code.name,
            evidence.span,
            quote,
            moved,
            code.try_,
            _fill(frame, values),
            worth + _cue_worth(evidence.strength),
        )

    def neutral(self, understood: bool) -> str:  # noqa: FBT001 (the one thing it depends on)
        """The word for a reply of which nothing certain can be said."""
        frames = _frames()
        gate = next((gate for gate in self.turn.reading.gates if gate in frames["gates"]), None)
        frame = frames["gates"][gate] if gate else frames["plain" if understood else "unsure"]
        return _fill(frame, {"client": self.client, "moved": self.moved()})


def _strength(frame: _Frame, replies: Sequence[tuple[Evidence, ...]]) -> Remark | None:
    """The surest, weightiest help in the last reply; what was shown often before steps back for what is new."""
    codes = catalogue()
    *earlier, found = replies
    shown = Counter(behaviour for reply in earlier for behaviour in {item.behaviour for item in reply})

    def weight(item: Evidence) -> float:
        worth = _default(codes.behaviour(item.behaviour)) + _cue_worth(item.strength)
        return item.confidence * worth / (1 + shown[item.behaviour])

    helps = [item for item in found if item.counts == 1 and codes.valence(item.behaviour) == "helps"]
    best = max(helps, key=weight, default=None)
    return frame.remark(_frames()["strength"], best, for_better=True) if best else None


def _harm(frame: _Frame, found: Sequence[Evidence]) -> Remark | None:
    codes = catalogue()
    harms = [item for item in found if codes.valence(item.behaviour) == "harms"]
    worst = min(harms, key=lambda item: _default(codes.behaviour(item.behaviour)), default=None)
    if worst is None:
        return None
    left_lying = worst.behaviour in _frames()["omissions"] and worst.line
    return frame.remark(_frames()["omission" if left_lying else "growth"], worst, for_better=False)


def _again(frame: _Frame, found: Sequence[Evidence]) -> Remark | None:
    worn = next((item for item in found if 0 < item.counts < 1), None)
    return frame.remark(_frames()["again"], worn, for_better=False) if worn else None


def _wider(frame: _Frame, replies: Sequence[tuple[Evidence, ...]]) -> Remark | None:
    """For a reply that did nothing but what is neither help nor harm and has a better neighbour; now and then."""
    every = {behaviour: int(times) for behaviour, times in _frames()["narrow"].items()}
    narrow = next((item for item in replies[-1] if item.counts and item.behaviour in every), None)
    if narrow is None:
        return None
    shown = sum(any(item.behaviour == narrow.behaviour for item in reply) for reply in replies)
    return frame.remark(_frames()["growth"], narrow, for_better=False) if shown % every[narrow.behaviour] == 0 else None


def _missed(frame: _Frame, cues: Sequence[OfferedCue]) -> Remark | None:
    """The strongest cue of a line that nothing was taken up from, at the age its strength calls for."""
    after = {int(strength): int(age) for strength, age in _frames()["missed_after"].items()}
    met = {offered.line_turn for offered in cues if offered.taken}
    due = [
        offered
        for offered in cues
        if offered.line_turn not in met
        and frame.turn.number - 1 - offered.line_turn == after.get(offered.cue.strength, -1)
    ]
    if not due:
        return None
    strongest = max(due, key=lambda offered: offered.cue.strength)
    missed = strongest.missed()
    words = _frames()["cues"][missed.kind]
    phrase = _fill(words["try"], {"word": missed.words[0] if missed.words else missed.kind})
    values = {"client": frame.client, "line": shortened(missed.line, _longest()), "kind": words["kind"], "try": phrase}
    return Remark(
        frame.turn.number,
        "",
        "",
        None,
        "",
        frame.moved(for_better=False),
        phrase,
        _fill(_frames()["missed"], values),
        _cue_worth(missed.strength) + max(0.0, -frame.gain()),
        missed,
    )


def _default(code: Behaviour) -> float:
    """How much a behaviour helps by the catalogue's default effects: trust gained and agitation lost."""
    return float(code.effects.get("trust", 0) - code.effects.get("agitation", 0))


def _fill(frame: str, values: Mapping[str, str]) -> str:
    """The frame with its placeholders filled in, in one pass: braces inside a quote stay as they are."""
    return " ".join(re.sub(r"\{(\w+)\}", lambda mark: values.get(mark[1], mark[0]), frame).split())


def _cue_worth(strength: int) -> float:
    return float(_frames()["cue_worth"]) * strength


def _longest() -> int:
    """Characters of a quote in a remark."""
    return int(_frames()["longest_quote"])
