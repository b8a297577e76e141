"""The values an assessment is made of. `conversation.codec` turns each into canonical JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.catalogue.types import Span

SCORER_VERSION = "1"
"""Changes whenever the same turns could be assessed differently."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One behaviour in one reply, as a criterion sees it.

    `turn` starts at 1. `span` and `quote` are the learner's words. `counts` is what it earns, 0 to 1; `why` says
    why that is less than 1. `cue` and `strength` (0 to 2) are the cue it takes up or, for an omission, leaves
    lying, and how fully; `line` is the client's line that offered it. `confidence` is the reader's, 0 to 1.
    """

    turn: int
    behaviour: str
    span: Span
    quote: str
    counts: float = 1.0
    why: str = ""
    cue: str | None = None
    strength: int = 0
    line: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Missed:
    """A cue nobody took up: its kind, the words that name it, and the client's line that offered it.

    `line_turn` is the turn whose utterance held it; 0 is the opening.
    """

    cue: str
    kind: str
    words: tuple[str, ...]
    strength: int
    line: str
    line_turn: int


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """The level one criterion was given, and what it rests on.

    `level` is 0 to 4, or None when the talk gave no occasion for it; `score` is in the measure's own unit.
    `against` is counter-evidence, `set_aside` what was found and earned nothing.
    """

    criterion: str
    level: int | None
    score: float | None
    weight: float
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    set_aside: tuple[Evidence, ...] = ()
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard fail that was shown, and why it is one."""

    why: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class IssueResult:
    """How one negotiated number ended.

    `settled` is None without an agreement; `kept` says whether it is at least what the learner needs.
    `gained` is how far the client was moved from the opening towards the limit, 0 to 1.
    """

    issue: str
    opened: float
    settled: float | None
    learner_needs: float
    client_limit: float
    kept: bool | None
    gained: float


@dataclass(frozen=True, slots=True)
class Result:
    """What the talk came to. `substantive` and `relational` run from 0 to 100 and are never added together.

    `gains` is how far each meter moved for the better, in its own points. `substantive` is None in a
    scenario without issues; `outcome` and `relationship` are None without an ending.
    """

    ending: str | None
    outcome: Literal["met", "partly", "not_met", "harm"] | None
    relationship: Literal["stronger", "same", "weaker"] | None
    objectives: Mapping[str, bool]
    gains: Mapping[str, float]
    issues: tuple[IssueResult, ...]
    substantive: float | None
    relational: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """A rubric applied to an attempt.

    `total` is the weighted mean level times 25, 0 to 100, after any hard fail's cap; `uncapped` is the same
    before it. `indicative` marks a short or unfinished attempt: feedback, not a grade.
    """

    rubric: str
    version: str
    total: float
    uncapped: float
    indicative: bool
    replies: int
    criteria: tuple[CriterionResult, ...]
    broken: tuple[Broken, ...] = ()
    result: Result | None = None
