"""What is told after a talk as values: every front end shows the same ones. All words are clean but those `Said`."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.catalogue.types import Span
from simulator.report.course import Course, TurningPoint


@dataclass(frozen=True, slots=True)
class Quote:
    """The learner's words in one turn, what they show, and the client's line they concern."""

    turn: int
    behaviour: str
    words: str
    line: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion as the learner reads it. `level` is None without an occasion for it; then the rest says why
    it matters and how it is done well."""

    id: str
    title: str
    why: str
    graded: bool
    level: int | None
    descriptor: str
    advice: str
    phrase: str
    evidence: tuple[Quote, ...]
    against: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RubricView:
    """One rubric's result. `broken` says why a hard fail capped the total, with the words that did it."""

    id: str
    title: str
    total: float
    uncapped: float
    indicative: bool
    criteria: tuple[CriterionView, ...]
    broken: tuple[tuple[str, Quote], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A strength or a point to grow, in one turn. `model_reply` is one good reply to the line it answered."""

    turn: int
    name: str
    words: str
    line: str
    text: str
    phrase: str
    model_reply: str = ""


@dataclass(frozen=True, slots=True)
class MissedView:
    """What the client offered and nobody took up: the kind of cue and the line; `turn` 0 is the opening."""

    turn: int
    kind: str
    line: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective, and whether it was met."""

    id: str
    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of the scenario. One that was not earned has neither turn nor text, so that it can still be."""

    id: str
    text: str
    turn: int | None


@dataclass(frozen=True, slots=True)
class IssueView:
    """A negotiated number: where it opened, what was needed, what was settled."""

    name: str
    opened: float
    needed: float
    settled: float | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything told after an attempt. Unfinished, `outcome`, `relationship` and `ending_text` are empty.

    `substantive` (what was won, 0 to 100) and `relational` (what became of the two, 0 to 100) are given for
    negotiations and never added together.
    """

    scenario: str
    title: str
    replies: int
    finished: bool
    outcome: str
    relationship: str
    ending_text: str
    objectives: tuple[ObjectiveView, ...]
    rubrics: tuple[RubricView, ...]
    strengths: tuple[Point, ...]
    growth: tuple[Point, ...]
    missed: tuple[MissedView, ...]
    facts: tuple[FactView, ...]
    course: Course
    turning_points: tuple[TurningPoint, ...]
    issues: tuple[IssueView, ...] = ()
    substantive: float | None = None
    relational: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a reply that a criterion rests on: what it shows, and whether that counts for the learner."""

    span: Span
    behaviour: str
    helps: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance of a talk held elsewhere, as raw text: unlike all else here it is not clean, so that the spans
    of its marks are right. `line` is its line in the file, `turn` None for what others than the learner say."""

    speaker: str
    text: str
    line: int
    turn: int | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredTalk:
    """A talk held elsewhere with what it scored. `skipped` says of each row that was left out why."""

    title: str
    learner: str
    rubrics: tuple[RubricView, ...]
    talk: tuple[Said, ...]
    skipped: tuple[str, ...] = ()
