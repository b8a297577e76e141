"""The measures a criterion may use: a closed set, each a small model with its parameters and how it is taken.

Every measure gives a score that grows with skill, so that level thresholds only ever rise, and none grows
when a harmful reply is added: rates and shares have a floor under what they divide by, harm is weighed
against replies that helped, and nothing is earned by brevity or by silence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import CueKind
from simulator.rubric.assessment import Evidence, Missed
from simulator.rubric.record import OfferedCue, Record
from simulator.rubric.scoring import expanded, scoring
from simulator.scenario.fields import ONE_OR_MORE, Behaviour, Number, Part, Whole

HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found. `score` is None without an occasion; `cap` is the highest level allowed."""

    score: float | None
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    missed: tuple[Missed, ...] = ()
    cap: int = HIGHEST


Names = Annotated[tuple[Behaviour, ...], ONE_OR_MORE, Field(min_length=1)]
Kinds = Annotated[tuple[CueKind, ...], ONE_OR_MORE]
Positive = Annotated[Number, Field(gt=0)]


def members(names: Iterable[str]) -> frozenset[str]:
    """The behaviours that these behaviours and groups stand for."""
    return expanded(names, catalogue())


def total(evidence: Iterable[Evidence]) -> float:
    """What the evidence earns together."""
    return sum(item.counts for item in evidence)


class Measure(Part, ABC):
    """One way of measuring; its fields are the parameters a rubric writes."""

    @abstractmethod
    def take(self, record: Record) -> Measured:
        """The score of an attempt, higher for more skill, with the evidence for and against it."""


class Count(Measure):
    """Replies that show any of the behaviours; each reply once."""

    kind: Literal["count"] = Field(description="How it is measured.")
    behaviours: Names = Field(description="Behaviours or groups that count.")

    def take(self, record: Record) -> Measured:
        evidence = record.all(members(self.behaviours))
        return Measured(total(evidence), evidence)


class Rate(Measure):
    """The share of replies that show any of the behaviours, of at least `floor` replies.

    Courtesies and encouragers alone are no missed chance and are left out below the line.
    """

    kind: Literal["rate"] = Field(description="How it is measured.")
    behaviours: Names = Field(description="Behaviours or groups that count.")
    floor: Positive = Field(default=4, description="The least number of occasions assumed.")

    def take(self, record: Record) -> Measured:
        wanted = members(self.behaviours)
        evidence = record.all(wanted)
        chances = sum(
            1
            for reply in range(len(record.replies))
            if not record.is_light(reply) or record.best(reply, wanted) is not None
        )
        return Measured(total(evidence) / max(self.floor, chances), evidence)


class Ratio(Measure):
    """Replies that show `of` for each reply that shows `per`, of which at least `floor` are assumed.

    For reflections to questions MITI 4.2.1 calls 1 fair and 2 good.
    """

    kind: Literal["ratio"] = Field(description="How it is measured.")
    of: Names = Field(description="What counts.")
    per: Names = Field(description="What it is counted against.")
    floor: Positive = Field(default=2, description="The least number of occasions assumed.")

    def take(self, record: Record) -> Measured:
        evidence, per = record.all(members(self.of)), record.all(members(self.per))
        return Measured(total(evidence) / max(self.floor, len(per)), evidence, per)


class Share(Measure):
    """Replies that show `of` among those that show `of` or `against`; a reply with both counts for `of`.

    At least `floor` such replies are assumed.
    """

    kind: Literal["share"] = Field(description="How it is measured.")
    of: Names = Field(description="What counts.")
    against: Names = Field(description="What counts against it.")
    floor: Positive = Field(default=2, description="The least number of occasions assumed.")

    def take(self, record: Record) -> Measured:
        evidence = record.all(members(self.of))
        has = {item.turn for item in evidence}
        against = tuple(item for item in record.all(members(self.against)) if item.turn not in has)
        return Measured(total(evidence) / max(self.floor, len(has) + len(against)), evidence, against)


class CuesAnswered(Measure):
    """How far the strongest cue of each utterance was taken up, weighed by its strength, 0 to 1.

    One thing taken up in an utterance that offered three is good listening, so utterances are weighed and
    not cues. `kinds` limits it; without it every kind counts.
    """

    kind: Literal["cues_answered"] = Field(description="How it is measured.")
    kinds: Kinds = Field(default=(), description="Kinds of cues; all where it is absent.")

    def take(self, record: Record) -> Measured:
        lines: dict[int, list[OfferedCue]] = {}
        for offered in record.cues:
            wanted = not self.kinds or offered.cue.kind in self.kinds
            if wanted and (offered.taken or offered.chances >= scoring().cue_chances):
                lines.setdefault(offered.line_turn, []).append(offered)
        if not lines:
            return Measured(None)
        possible = sum(max(cue.cue.strength for cue in cues) for cues in lines.values())
        earned = sum(max(cue.cue.strength * cue.taken for cue in cues) for cues in lines.values())
        evidence = tuple(cue.evidence for cues in lines.values() for cue in cues if cue.evidence)
        missed = tuple(
            max(cues, key=lambda cue: cue.cue.strength).missed()
            for cues in lines.values()
            if not any(cue.taken for cue in cues)
        )
        return Measured(earned / possible, evidence, missed=missed)


class Absence(Measure):
    """1 without harm, less for each harmful reply by its weight, over the replies that helped.

    At least `floor` helpful replies are assumed. Harm is weighed against help and not against length, so
    that neither silence nor small talk dilutes it; without any help the level is at most `alone`.
    """

    kind: Literal["absence"] = Field(description="How it is measured.")
    harms: Annotated[dict[Behaviour, Positive], Field(min_length=1)] = Field(
        description="Behaviours or groups, each with how heavily one weighs."
    )
    floor: Positive = Field(default=5, description="The least number of occasions assumed.")
    alone: Annotated[Whole, Field(ge=0, le=HIGHEST)] = Field(
        default=2, description="The highest level where nothing helpful was shown either."
    )

    def weights(self) -> dict[str, float]:
        """The weight of each behaviour; one named itself goes before its group."""
        codes = catalogue()
        by_group = {m: w for name, w in self.harms.items() if name in codes.groups for m in codes.expand(name)}
        return by_group | {name: weight for name, weight in self.harms.items() if name in codes.behaviours}

    def take(self, record: Record) -> Measured:
        if not record.turns:
            return Measured(None)
        weights = self.weights()
        worst = [
            max(
                (item for item in found if item.behaviour in weights),
                key=lambda item: weights[item.behaviour],
                default=None,
            )
            for found in record.replies
        ]
        against = tuple(item for item in worst if item)
        helped = sum(record.helped(reply) for reply in range(len(record.replies)))
        harm = sum(weights[item.behaviour] for item in against) / max(self.floor, helped)
        return Measured(max(0.0, 1 - harm), against=against, cap=HIGHEST if helped else self.alone)


class Order(Measure):
    """How many replies showed `first` before any showed `then`, as a share of `enough`, 0 to 1.

    `first` in the same reply counts where it stands before. Without any `then`, every `first` counts.
    """

    kind: Literal["order"] = Field(description="How it is measured.")
    first: Names = Field(description="What should come first.")
    then: Names = Field(description="What should come after it.")
    enough: Positive = Field(default=2, description="How many replies are full marks.")

    def take(self, record: Record) -> Measured:
        then = members(self.then)
        turns = [item for found in record.replies for item in found if item.behaviour in then]
        turning = min(turns, key=_place, default=None)
        before = tuple(
            item for item in record.all(members(self.first)) if turning is None or _place(item) < _place(turning)
        )
        score = min(1.0, total(before) / self.enough)
        return Measured(score, before, (turning,) if turning and score < 1 else ())


def _place(item: Evidence) -> tuple[int, int]:
    return item.turn, item.span.start


class Timing(Measure):
    """How soon the behaviours come, 1 in the first reply down to 0 after `within` replies.

    Counted from the start; or, with `after`, from each cue of those kinds, as a mean weighed by strength.
    """

    kind: Literal["timing"] = Field(description="How it is measured.")
    behaviours: Names = Field(description="Behaviours or groups that count.")
    within: Annotated[Whole, Field(ge=1)] = Field(description="Replies after which it is worth nothing.")
    after: Kinds = Field(default=(), description="Kinds of cues it is counted from; the start where it is absent.")

    def take(self, record: Record) -> Measured:
        if self.after:
            return self._after_cues(record)
        found = [item for item in record.all(members(self.behaviours)) if item.counts > 0]
        first = found[0].turn - record.turns[0].number + 1 if found else self.within + 1
        return Measured(self._soon(first), tuple(found[:1]))

    def _after_cues(self, record: Record) -> Measured:
        wanted = members(self.behaviours)
        cues = [offered for offered in record.cues if offered.cue.kind in self.after]
        if not cues:
            return Measured(None)
        met = [cue for cue in cues if cue.evidence and cue.evidence.behaviour in wanted]
        earned = sum(cue.cue.strength * self._soon(cue.after) for cue in met)
        return Measured(
            earned / sum(cue.cue.strength for cue in cues),
            tuple(cue.evidence for cue in met if cue.evidence),
            missed=tuple(cue.missed() for cue in cues if not cue.taken),
        )

    def _soon(self, reply: int) -> float:
        return max(0.0, 1 - (reply - 1) / self.within)


KINDS: tuple[type[Measure], ...] = (Count, Rate, Ratio, Share, CuesAnswered, Absence, Order, Timing)
