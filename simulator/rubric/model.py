"""What a rubric file holds, once it has been read and found sound."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from simulator.rubric.measures import (
    HIGHEST,
    Absence,
    Count,
    CuesAnswered,
    Model,
    Names,
    Order,
    Rate,
    Ratio,
    Share,
    Timing,
)
from simulator.rubric.outcome import Outcome

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Finite = Annotated[float, AfterValidator(lambda value: _finite(value))]
Measure = Annotated[
    Count | Rate | Ratio | Share | CuesAnswered | Absence | Order | Timing | Outcome, Field(discriminator="kind")
]


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a threshold must be a finite number")
    return value


class Level(Model):
    """One level of a criterion: the least score for it, and what a person would see in a transcript."""

    least: Finite = Field(alias="from")
    descriptor: Text


class Advice(Model):
    """What to tell a learner, and a phrase to try."""

    text: Text
    phrase: Text = Field(alias="try")


class Advices(Model):
    """Advice for levels 0 and 1 (`low`), 2 (`mid`), 3 and 4 (`high`)."""

    low: Advice
    mid: Advice
    high: Advice

    def for_level(self, level: int) -> Advice:
        """The advice for a level from 0 to 4."""
        return self.low if level < 2 else self.mid if level == 2 else self.high


class Criterion(Model):
    """One thing a rubric looks at: why it matters, how it is measured, and what each level looks like.

    A criterion that people agree on poorly is shown and never graded: `graded` false and weight 0.
    """

    title: Text
    why: Text
    source: Text
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    graded: bool
    measure: Measure
    levels: dict[Annotated[int, Field(ge=0, le=HIGHEST)], Level]
    feedback: Advices

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.graded != (self.weight > 0):
            raise ValueError("a graded criterion needs a weight over 0, and one that is not graded has weight 0")
        if sorted(self.levels) != list(range(HIGHEST + 1)):
            raise ValueError("`levels` needs each of 0, 1, 2, 3 and 4 once")
        starts = [self.levels[level].least for level in range(HIGHEST + 1)]
        if any(low >= high for low, high in zip(starts, starts[1:], strict=False)):
            raise ValueError("each level's `from` must be higher than that of the level below")
        return self

    def level(self, score: float) -> int:
        """The highest level whose threshold the score reaches; 0 below all of them."""
        return max((level for level in self.levels if score >= self.levels[level].least), default=0)


class HardFail(Model):
    """Behaviours that cap a total whatever else was done, and why."""

    behaviours: Names
    why: Text


class Rubric(Model):
    """Criteria under one name, with where they come from."""

    format: Literal["1"]
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    about: Text
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    hard_fails: tuple[HardFail, ...] = ()
    criteria: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Criterion], Field(min_length=1)
    ]
