"""What the store takes and gives: plain values, no database in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LOCAL_LEARNER = "local"
"""The pseudonym of whoever practises in a record of their own."""


class AttemptState(StrEnum):
    """How an attempt stands. `LEFT`: the learner stopped before an ending; it can be taken up again."""

    OPEN = "open"
    ENDED = "ended"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt about to start: its scenario in compiled form; its rubrics, hash to id and compiled form.

    A branch names its `parent`, how many of the parent's turns it begins after, and the id of the event it follows.
    """

    scenario_id: str
    scenario_hash: str
    scenario: str
    seed: int
    rubrics: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parent: str | None = None
    parent_turn: int | None = None
    parent_event: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the record has it. Times are ISO 8601 in UTC. `head` is the hash of its last event,
    `length` the number of events, `turns` the turns that stand (those taken back not counted), `ending`
    the id of the ending reached and `outcome` what it came to. `learner` is a pseudonym. A branch has a `parent`,
    `parent_turn` and `parent_event` (see NewAttempt); a parent that was erased is None."""

    id: str
    learner: str
    scenario_id: str
    scenario_hash: str
    seed: int
    state: AttemptState
    started: str
    updated: str
    head: str
    length: int
    turns: int
    ending: str | None
    outcome: str | None = None
    parent: str | None = None
    parent_turn: int | None = None
    parent_event: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in an attempt; never changed, never deleted. `payload` is JSON text."""

    attempt: str
    sequence: int
    id: str
    kind: str
    payload: str
    reader: str
    scenario_hash: str
    at: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """An assessment to keep with the event that called for it. `payload` is JSON text."""

    rubric_id: str
    rubric_hash: str
    scorer: str
    payload: str


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment as kept. `total` is the one in its payload, 0 to 100. `superseded_by` names the event that took
    its place (None: it stands)."""

    id: str
    attempt: str
    rubric_id: str
    rubric_hash: str
    scorer: str
    total: float | None
    payload: str
    made: str
    superseded_by: str | None
