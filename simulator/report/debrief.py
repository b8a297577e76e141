"""The debrief of an attempt put together from its turns and assessments.

All words from outside (replies, the client's lines, scenario text) are cleaned here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.catalogue.clean import clean
from simulator.catalogue.loader import catalogue
from simulator.conversation.turn import Turn
from simulator.report.course import course, turning_points
from simulator.report.values import (
    CriterionView,
    Debrief,
    FactView,
    IssueView,
    MissedView,
    ObjectiveView,
    Point,
    Quote,
    RubricView,
)
from simulator.rubric.assessment import Assessment, CriterionResult, Evidence, Missed
from simulator.rubric.feedback import Feedback, Remark, coach
from simulator.rubric.record import line_before, passage

if TYPE_CHECKING:
    from simulator.rubric.model import Criterion, Rubric
    from simulator.scenario.model import Scenario

__all__ = ["Debrief", "debrief", "rubric_view"]

LONGEST_QUOTE = 160
"""Characters of the learner's words under a criterion."""

MOST_POINTS = 3
"""Strengths, and points to grow: three of each can be kept in mind."""


def debrief(
    scenario: Scenario,
    rubrics: Sequence[Rubric],
    turns: Sequence[Turn],
    assessments: Sequence[Assessment],
    ending: str | None,
) -> Debrief:
    """The debrief of an attempt.

    `assessments` are matched with `rubrics` by id; one without its rubric is left out. `ending` is the id of
    the ending reached, None for an unfinished attempt. Raises KeyError for an ending that is not there.
    """
    reached = scenario.endings[ending] if ending else None
    known = {rubric.id: rubric for rubric in rubrics}
    words = [coach(scenario, turn, turns[:index]) for index, turn in enumerate(turns)]
    result = next((assessment.result for assessment in assessments if assessment.result), None)
    return Debrief(
        scenario=scenario.id,
        title=_clean(scenario.title),
        replies=len(turns),
        finished=reached is not None,
        outcome=reached.outcome if reached else "",
        relationship=reached.relationship if reached else "",
        ending_text=_clean(reached.debrief or "") if reached else "",
        objectives=tuple(
            ObjectiveView(name, _clean(objective.text), bool(result and result.objectives.get(name)))
            for name, objective in scenario.objectives.items()
        ),
        rubrics=tuple(
            rubric_view(known[assessment.rubric], assessment, turns)
            for assessment in assessments
            if assessment.rubric in known
        ),
        strengths=_strengths(words, turns),
        growth=_growth(scenario, words, turns),
        missed=_missed(assessments),
        facts=_facts(scenario, turns),
        course=course(scenario, turns),
        turning_points=turning_points(scenario, turns),
        issues=tuple(
            IssueView(issue.issue, issue.opened, issue.learner_needs, issue.settled, issue.kept)
            for issue in (result.issues if result else ())
        ),
        substantive=result.substantive if result else None,
        relational=result.relational if result and result.issues else None,
    )


def _clean(text: str) -> str:
    return clean(text, keep_newlines=False)


def rubric_view(rubric: Rubric, assessment: Assessment, turns: Sequence[Turn]) -> RubricView:
    """The result of one rubric as a learner reads it.

    `assessment` is of this rubric and of these turns, oldest first; criteria the rubric does not have are left out.
    """
    return RubricView(
        id=rubric.id,
        title=_clean(rubric.title),
        total=assessment.total,
        uncapped=assessment.uncapped,
        indicative=assessment.indicative,
        criteria=tuple(
            _criterion(found, rubric.criteria[found.criterion], turns)
            for found in assessment.criteria
            if found.criterion in rubric.criteria
        ),
        broken=tuple((_clean(broken.why), _quote(broken.evidence, turns)) for broken in assessment.broken),
    )


def _criterion(found: CriterionResult, criterion: Criterion, turns: Sequence[Turn]) -> CriterionView:
    advice = criterion.feedback.for_level(found.level if found.level is not None else 4)
    return CriterionView(
        id=found.criterion,
        title=_clean(criterion.title),
        why=_clean(criterion.why),
        graded=criterion.graded,
        level=found.level,
        descriptor="" if found.level is None else _clean(criterion.levels[found.level].descriptor),
        advice="" if found.level is None else _clean(advice.text),
        phrase=_clean(advice.phrase),
        evidence=tuple(_quote(item, turns) for item in found.evidence),
        against=tuple(_quote(item, turns) for item in found.against),
    )


def _quote(evidence: Evidence, turns: Sequence[Turn]) -> Quote:
    code = catalogue().behaviours.get(evidence.behaviour)
    return Quote(
        evidence.turn,
        code.name if code else evidence.behaviour,
        _clean(_words(evidence, turns)),
        _clean(evidence.line or _line(evidence.turn, turns)),
    )


def _words(evidence: Evidence, turns: Sequence[Turn]) -> str:
    """The sentence the evidence stands in."""
    replies = (turn.reply for turn in turns if turn.number == evidence.turn)
    return next((passage(reply, evidence.span, LONGEST_QUOTE) for reply in replies), evidence.quote)


def _line(number: int, turns: Sequence[Turn]) -> str:
    """The client's words that the reply of this turn answered."""
    return next((line_before(turns, index) for index, turn in enumerate(turns) if turn.number == number), "")


def _strengths(words: Sequence[Feedback], turns: Sequence[Turn]) -> tuple[Point, ...]:
    remarks = (word.strength for word in words if word.strength)
    return tuple(_point(remark, turns) for remark in _chosen(remarks))


def _growth(scenario: Scenario, words: Sequence[Feedback], turns: Sequence[Turn]) -> tuple[Point, ...]:
    states = {turn.number: scenario.states.get(turn.before.state) for turn in turns}
    points = []
    for remark in _chosen(word.growth for word in words if word.growth):
        state = states[remark.turn]
        points.append(_point(remark, turns, model_reply=(state.model_reply if state else None) or ""))
    return tuple(points)


def _chosen(remarks: Iterable[Remark]) -> list[Remark]:
    """The weightiest remarks, each about another behaviour, in the order of the talk."""
    best: dict[str, Remark] = {}
    for remark in sorted(remarks, key=lambda remark: (-remark.worth, remark.turn)):
        best.setdefault(remark.behaviour or f"missed {remark.turn}", remark)
    return sorted(list(best.values())[:MOST_POINTS], key=lambda remark: remark.turn)


def _point(remark: Remark, turns: Sequence[Turn], model_reply: str = "") -> Point:
    return Point(
        turn=remark.turn,
        name=remark.name,
        words=_clean(remark.quote),
        line=_clean(remark.missed.line if remark.missed else _line(remark.turn, turns)),
        text=_clean(remark.text),
        phrase=_clean(remark.phrase),
        model_reply=_clean(model_reply),
    )


def _missed(assessments: Sequence[Assessment]) -> tuple[MissedView, ...]:
    """The cues missed under any rubric, each once, in the order of the talk."""
    found: Mapping[tuple[str, int], Missed] = {
        (missed.cue, missed.line_turn): missed
        for assessment in assessments
        for criterion in assessment.criteria
        for missed in criterion.missed
    }
    return tuple(
        MissedView(missed.line_turn, missed.kind, _clean(missed.line))
        for missed in sorted(found.values(), key=lambda missed: missed.line_turn)
    )


def _facts(scenario: Scenario, turns: Sequence[Turn]) -> tuple[FactView, ...]:
    told = {fact: turn.number for turn in reversed(turns) for fact in turn.told}
    return tuple(
        FactView(name, _clean(text) if name in told else "", told.get(name)) for name, text in scenario.facts.items()
    )
