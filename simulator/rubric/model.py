"""What a rubric file holds, once it has been read and found sound."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from simulator.rubric.measures import (
    HIGHEST,
    Absence,
    Count,
    CuesAnswered,
    Names,
    Order,
    Rate,
    Ratio,
    Share,
    Timing,
)
from simulator.rubric.outcome import Outcome
from simulator.scenario.fields import FileId, Name, Number, Part, Text, Truth, Whole, fault

AnyMeasure = Annotated[
    Count | Rate | Ratio | Share | CuesAnswered | Absence | Order | Timing | Outcome,
    Field(discriminator="kind"),
]


class Level(Part):
    """One level of a criterion: the least score for it, and what a person would see in a transcript."""

    least: Number = Field(alias="from", description="The least score for this level.")
    descriptor: Text = Field(description="What a person would see in a transcript.")


class Advice(Part):
    """What to tell a learner, and a phrase to try."""

    text: Text = Field(description="What to tell the learner.")
    phrase: Text = Field(alias="try", description="A phrase to try.")


class Advices(Part):
    """Advice for levels 0 and 1 (`low`), 2 (`mid`), 3 and 4 (`high`)."""

    low: Advice = Field(description="At levels 0 and 1.")
    mid: Advice = Field(description="At level 2.")
    high: Advice = Field(description="At levels 3 and 4.")

    def for_level(self, level: int) -> Advice:
        """The advice for a level from 0 to 4."""
        return self.low if level < 2 else self.mid if level == 2 else self.high


class Criterion(Part):
    """One thing a rubric looks at: why it matters, how it is measured, and what each level looks like.

    A criterion that people agree on poorly is shown and never graded: `graded` false and weight 0.
    """

    title: Text = Field(description="What the debrief calls it.")
    why: Text = Field(description="Why it matters.")
    source: Text = Field(description="Where it comes from.")
    weight: Annotated[Number, Field(ge=0)] = Field(description="Its share of the total; 0 where it is not graded.")
    graded: Truth = Field(description="Whether it counts; what people agree on poorly is shown only.")
    measure: AnyMeasure = Field(description="How it is measured.")
    levels: dict[Annotated[Whole, Field(ge=0, le=HIGHEST)], Level] = Field(description="Levels 0 to 4, each once.")
    feedback: Advices = Field(description="What to tell the learner, by level.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.graded != (self.weight > 0):
            raise fault(
                "wrong-kind",
                "a graded criterion needs a weight over 0, and one that is not graded has weight 0",
            )
        if sorted(self.levels) != list(range(HIGHEST + 1)):
            raise fault("wrong-kind", "`levels` needs each of 0, 1, 2, 3 and 4 once")
        starts = [self.levels[level].least for level in range(HIGHEST + 1)]
        if any(low >= high for low, high in pairwise(starts)):
            raise fault("out-of-range", "each level's `from` must be higher than that of the level below")
        return self

    def level(self, score: float) -> int:
        """The highest level whose threshold the score reaches; 0 below all of them."""
        return max((level for level in self.levels if score >= self.levels[level].least), default=0)


class HardFail(Part):
    """Behaviours that cap a total whatever else was done, and why."""

    behaviours: Names = Field(description="Behaviours or groups, any of which caps the total.")
    why: Text = Field(description="Why.")


class Rubric(Part):
    """Criteria under one name, with where they come from."""

    format: Annotated[Whole, Field(ge=1, le=1)] = Field(description="The version of the format: 1.")
    id: FileId = Field(description="Lower case with hyphens; the file's name.")
    title: Text = Field(description="What the debrief shows.")
    about: Text = Field(description="What it looks at, in a paragraph.")
    sources: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="What it rests on.")
    hard_fails: tuple[HardFail, ...] = Field(default=(), description="What caps the total at 25.")
    criteria: Annotated[dict[Name, Criterion], Field(min_length=1)] = Field(description="What it looks at, by id.")
