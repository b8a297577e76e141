"""What a talk came to: objectives, meters, numbers settled, and what became of the two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.conversation.evaluate import Moment, holds
from simulator.conversation.turn import IssueState, Turn
from simulator.rubric.assessment import IssueResult, Result
from simulator.rubric.scoring import scoring

if TYPE_CHECKING:
    from simulator.scenario.desk import Issue
    from simulator.scenario.model import Scenario
    from simulator.scenario.people import Meter
    from simulator.scenario.states import Objective


def result(scenario: Scenario, turns: Sequence[Turn]) -> Result:
    """What the talk came to after these turns, oldest first; nothing at all where there are none."""
    ended = turns[-1].after.ending if turns else None
    ending = scenario.endings.get(ended) if ended else None
    gains = _gains(scenario, turns)
    issues = tuple(_issue(name, issue, turns) for name, issue in scenario.issues.items())
    return Result(
        ending=ended,
        outcome=ending.outcome if ending else None,
        relationship=ending.relationship if ending else None,
        objectives={name: _met(scenario, objective, turns) for name, objective in scenario.objectives.items()},
        gains=gains,
        issues=issues,
        substantive=_substantive(issues),
        relational=_relational(ending.relationship if ending else None, gains.get("trust", 0.0)),
    )


def meter_at(scenario: Scenario, key: str) -> Meter | None:
    """The meter behind a key of `Position.meters`, where one's own meters of the first person stand bare."""
    return scenario.all_meters.get(f"{scenario.first_person}.{key}") or scenario.all_meters.get(key)


def better(scenario: Scenario, key: str, change: float) -> float:
    """A change of a meter as a gain: positive where it is for the better. 0 for a counter."""
    meter = meter_at(scenario, key)
    if meter is None:
        return 0.0
    return change if meter.good == "high" else -change


def _gains(scenario: Scenario, turns: Sequence[Turn]) -> dict[str, float]:
    if not turns:
        return {}
    start, end = turns[0].before.meters, turns[-1].after.meters
    return {key: better(scenario, key, end[key] - start[key]) for key in start if key in end}


def _met(scenario: Scenario, objective: Objective, turns: Sequence[Turn]) -> bool:
    """An objective that speaks of a meter is judged on the last turn; any other is met once it has held."""
    at_the_end = any(kind == "meter" for kind, _ in objective.met.uses)
    moments = (
        Moment(scenario, turn.after, turn.reading, turn.reading.addressed or scenario.first_person)
        for turn in (turns[-1:] if at_the_end else turns)
    )
    return any(holds(objective.met, moment) for moment in moments)


def _issue(name: str, issue: Issue, turns: Sequence[Turn]) -> IssueResult:
    stands = turns[-1].after.issues.get(name) if turns else None
    stands = stands or IssueState(issue.start)
    settled = stands.agreed
    high = issue.better == "high"
    kept = None if settled is None else settled >= issue.learner_needs if high else settled <= issue.learner_needs
    reached = stands.standing if settled is None else settled
    room = issue.client_limit - issue.start
    gained = (reached - issue.start) / room if room else 1.0
    return IssueResult(
        name, issue.start, settled, issue.learner_needs, issue.client_limit, kept, min(1.0, max(0.0, gained))
    )


def _substantive(issues: Sequence[IssueResult]) -> float | None:
    """The mean of what was gained on settled issues, 0 to 100; what was not settled gained nothing."""
    if not issues:
        return None
    return round(100 * sum(issue.gained for issue in issues if issue.settled is not None) / len(issues), 1)


def _relational(relationship: str | None, trust: float) -> float:
    """Half the ending's word, half what became of trust (50: no change); trust alone without an ending."""
    moved = min(100.0, max(0.0, 50 + trust))
    return round((scoring().relationship[relationship] + moved) / 2 if relationship else moved, 1)
