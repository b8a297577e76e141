"""The measure of what a talk came to: meters, objectives, ending, what was agreed and how it was closed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.rubric.measures import Measure, Measured, Names, Positive, members, total
from simulator.rubric.record import Record
from simulator.scenario.fields import Number

Portion = Annotated[Number, Field(ge=0, le=1)]


class MeterPart(Measure):
    """How far a meter moved for the better from start to end; `by` is full marks, no gain is none."""

    of: Literal["meter"] = Field(description="What it looks at.")
    meter: str = Field(description="The meter.")
    by: Positive = Field(description="The gain that is full marks.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        gain = record.gained(self.meter)
        return Measured(None if gain is None else min(1.0, max(0.0, gain / self.by)))


class ObjectivesPart(Measure):
    """The share of the scenario's objectives that were met."""

    of: Literal["objectives"] = Field(description="What it looks at.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        met = record.result.objectives.values()
        return Measured(sum(met) / len(met) if met else None)


class EndingPart(Measure):
    """What the ending was worth, by its outcome; nothing without an ending."""

    of: Literal["ending"] = Field(description="What it looks at.")
    worth: dict[Literal["met", "partly", "not_met", "harm"], Portion] = Field(description="What each is worth, 0 to 1.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        if record.scenario is None:
            return Measured(None)
        outcome = record.result.outcome
        return Measured(self.worth.get(outcome, 0.0) if outcome else 0.0)


class RelationshipPart(Measure):
    """What the ending did to the relationship; nothing without an ending."""

    of: Literal["relationship"] = Field(description="What it looks at.")
    worth: dict[Literal["stronger", "same", "weaker"], Portion] = Field(description="What each is worth, 0 to 1.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        if record.scenario is None:
            return Measured(None)
        relationship = record.result.relationship
        return Measured(self.worth.get(relationship, 0.0) if relationship else 0.0)


class IssuesPart(Measure):
    """The share of issues settled at or above what the learner needs.

    An issue left open when the talk ended is worth `open`: to walk away is better than to settle below
    the need (the reservation value; Fisher and Ury).
    """

    of: Literal["issues"] = Field(description="What it looks at.")
    open: Portion = Field(default=0, description="What an issue left open is worth, 0 to 1.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        issues = record.result.issues
        if not issues:
            return Measured(None)
        left_open = self.open if record.result.ending else 0.0
        return Measured(sum(left_open if issue.kept is None else float(issue.kept) for issue in issues) / len(issues))


class AgreementPart(Measure):
    """Half for saying back what was agreed (`recap`), half for asking whether it holds (`check`)."""

    of: Literal["agreement"] = Field(description="What it looks at.")
    recap: Names = Field(description="Behaviours that say back what was agreed.")
    check: Names = Field(description="Behaviours that ask whether it holds.")
    weight: Positive = Field(default=1, description="Its share.")

    def take(self, record: Record) -> Measured:
        recap, check = record.all(members(self.recap)), record.all(members(self.check))
        score = sum(min(1.0, total(evidence)) / 2 for evidence in (recap, check))
        return Measured(score, (*recap, *check))


AnyPart = MeterPart | ObjectivesPart | EndingPart | RelationshipPart | IssuesPart | AgreementPart
PARTS: tuple[type[Measure], ...] = (
    MeterPart,
    ObjectivesPart,
    EndingPart,
    RelationshipPart,
    IssuesPart,
    AgreementPart,
)


class Outcome(Measure):
    """The weighted mean of its parts, 0 to 1; a part the scenario gives no occasion for is left out."""

    kind: Literal["outcome"] = Field(description="How it is measured.")
    parts: Annotated[tuple[Annotated[AnyPart, Field(discriminator="of")], ...], Field(min_length=1)] = Field(
        description="What it is made of."
    )

    def take(self, record: Record) -> Measured:
        if not record.turns:
            return Measured(None)
        taken = [(part.weight, part.take(record)) for part in self.parts]
        scored = [(weight, found.score) for weight, found in taken if found.score is not None]
        if not scored:
            return Measured(None)
        score = sum(weight * score for weight, score in scored) / sum(weight for weight, _ in scored)
        return Measured(score, tuple(item for _, found in taken for item in found.evidence))
