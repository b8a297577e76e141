"""A rubric applied to the turns of an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.conversation.turn import Turn
from simulator.rubric.assessment import SCORER_VERSION, Assessment, Broken, CriterionResult, Evidence
from simulator.rubric.measures import members
from simulator.rubric.record import Record, record
from simulator.rubric.scoring import scoring

if TYPE_CHECKING:
    from simulator.rubric.model import Criterion, Rubric
    from simulator.scenario.model import Scenario

POINTS_PER_LEVEL = 25


def assess(rubric: Rubric, scenario: Scenario, turns: Sequence[Turn]) -> Assessment:
    """The level of every criterion with its evidence, and the total.

    Takes the turns of one attempt, oldest first. The total is the weighted mean level times 25, 0 to 100,
    over the criteria the talk gave an occasion for; a hard fail caps it. Pure: the same turns always give
    the same assessment.
    """
    return assess_record(rubric, record(scenario, turns))


def assess_record(rubric: Rubric, evidence: Record) -> Assessment:
    """The same of what turns have proved already, wherever they come from."""
    rules = scoring()
    criteria = tuple(_result(name, criterion, evidence) for name, criterion in rubric.criteria.items())
    broken = _broken(rubric, evidence)
    uncapped = _total(criteria)
    finished = evidence.scenario is None or evidence.result.ending is not None
    return Assessment(
        rubric=rubric.id,
        version=SCORER_VERSION,
        total=min(uncapped, rules.hard_fail_cap) if broken else uncapped,
        uncapped=uncapped,
        indicative=len(evidence.turns) < rules.indicative_under or not finished,
        replies=len(evidence.turns),
        criteria=criteria,
        broken=broken,
        result=evidence.result,
    )


def _result(name: str, criterion: Criterion, evidence: Record) -> CriterionResult:
    found = criterion.measure.take(evidence)
    level = None if found.score is None else min(criterion.level(found.score), found.cap)
    return CriterionResult(
        criterion=name,
        level=level,
        score=found.score,
        weight=criterion.weight,
        evidence=tuple(item for item in found.evidence if item.counts > 0),
        against=found.against,
        set_aside=tuple(item for item in found.evidence if item.counts == 0),
        missed=found.missed,
    )


def _total(criteria: Sequence[CriterionResult]) -> float:
    graded = [(item.weight, item.level) for item in criteria if item.level is not None and item.weight > 0]
    weight = sum(weight for weight, _ in graded)
    if not weight:
        return 0.0
    return round(POINTS_PER_LEVEL * sum(weight * level for weight, level in graded) / weight, 1)


def _broken(rubric: Rubric, evidence: Record) -> tuple[Broken, ...]:
    """The first evidence for each hard fail that was shown."""
    broken = []
    for fail in rubric.hard_fails:
        shown: Sequence[Evidence] = evidence.all(members(fail.behaviours))
        if shown:
            broken.append(Broken(fail.why, shown[0]))
    return tuple(broken)
