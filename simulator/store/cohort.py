"""Everybody's attempts summed up: how many, how they ended, and the levels reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from simulator.store.store import Store
from simulator.store.tables import assessments, attempts, criterion_levels


@dataclass(frozen=True, slots=True)
class ScenarioSummary:
    """The attempts at one scenario: how many, by how many learners, with how many turns that stand, how many ended,
    and how many ended in each outcome."""

    scenario_id: str
    attempts: int
    learners: int
    turns: int
    ended: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    """One criterion over the assessments that stand: how many could judge it, and the mean level, 0 to 4."""

    criterion: str
    judged: int
    level: float


@dataclass(frozen=True, slots=True)
class RubricSummary:
    """One rubric over the assessments that stand: how many, the mean total, 0 to 100, and its criteria."""

    rubric_id: str
    assessments: int
    total: float
    criteria: tuple[CriterionSummary, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody's attempts summed up. `turns` are those that stand."""

    attempts: int
    learners: int
    turns: int
    scenarios: tuple[ScenarioSummary, ...]
    rubrics: tuple[RubricSummary, ...]


def cohort(store: Store) -> Cohort:
    """Everything in the record summed up, as it is at one moment. Raises StoreError."""
    with store.reading() as connection:
        scenarios = _scenarios(connection)
        return Cohort(
            attempts=sum(scenario.attempts for scenario in scenarios),
            learners=connection.scalar(select(func.count(attempts.c.learner.distinct()))) or 0,
            turns=sum(scenario.turns for scenario in scenarios),
            scenarios=scenarios,
            rubrics=_rubrics(connection),
        )


def _scenarios(connection: Connection) -> tuple[ScenarioSummary, ...]:
    column = attempts.c.scenario_id
    whole = select(
        column,
        func.count().label("begun"),
        func.count(attempts.c.learner.distinct()).label("learners"),
        func.sum(attempts.c.turns).label("turns"),
        func.count(attempts.c.ending).label("ended"),
    ).group_by(column)
    ended = select(column, attempts.c.outcome, func.count()).where(attempts.c.outcome.is_not(None))
    outcomes: dict[str, dict[str, int]] = {}
    for scenario, outcome, count in connection.execute(ended.group_by(column, attempts.c.outcome)):
        outcomes.setdefault(scenario, {})[outcome] = count
    return tuple(
        ScenarioSummary(name, begun, learners, turns, ended, outcomes.get(name, {}))
        for name, begun, learners, turns, ended in sorted(connection.execute(whole))
    )


def _rubrics(connection: Connection) -> tuple[RubricSummary, ...]:
    column, criterion = criterion_levels.c.rubric_id, criterion_levels.c.criterion
    levels = select(column, criterion, func.count(), func.avg(criterion_levels.c.level)).group_by(column, criterion)
    criteria: dict[str, list[CriterionSummary]] = {}
    for rubric, name, judged, level in connection.execute(levels):
        criteria.setdefault(rubric, []).append(CriterionSummary(name, judged, float(level)))
    totals = select(assessments.c.rubric_id, func.count(), func.avg(assessments.c.total))
    totals = totals.where(assessments.c.superseded_by.is_(None))
    return tuple(
        RubricSummary(
            rubric, count, float(total or 0), tuple(sorted(criteria.get(rubric, ()), key=lambda one: one.criterion))
        )
        for rubric, count, total in sorted(connection.execute(totals.group_by(assessments.c.rubric_id)))
    )
