"""A transcript scored: one learner's replies under several rubrics, as values for every form of output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.catalogue.loader import catalogue
from simulator.conversation.turn import Turn
from simulator.report.debrief import rubric_view
from simulator.report.values import Mark, RubricView, Said
from simulator.rubric.assess import assess_record
from simulator.rubric.assessment import Assessment, CriterionResult, Evidence
from simulator.rubric.record import record_without_scenario
from simulator.transcript.problems import Transcript
from simulator.transcript.talk import Line

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Scored:
    """What the replies of `learner` are worth: one assessment a rubric, in the same order."""

    transcript: Transcript
    learner: str
    turns: tuple[Turn, ...]
    rubrics: tuple[Rubric, ...]
    assessments: tuple[Assessment, ...]

    @property
    def places(self) -> Mapping[int, int]:
        """The line of the file on which the reply of each turn stands."""
        replies = replies_of(self.transcript, self.learner)
        return {turn.number: line.number for turn, line in zip(self.turns, replies, strict=True)}

    def views(self) -> list[RubricView]:
        """The results as a learner reads them, cleaned."""
        return [
            rubric_view(rubric, assessment, self.turns)
            for rubric, assessment in zip(self.rubrics, self.assessments, strict=True)
        ]


def replies_of(transcript: Transcript, learner: str) -> list[Line]:
    """What the learner says: one line a turn."""
    return [line for line in transcript.lines if line.speaker == learner]


def score(transcript: Transcript, learner: str, turns: Sequence[Turn], rubrics: Sequence[Rubric]) -> Scored:
    """The turns of a transcript (`turns_of` its lines and the learner) under each rubric."""
    proved = record_without_scenario(turns)
    assessments = tuple(assess_record(rubric, proved) for rubric in rubrics)
    return Scored(transcript, learner, tuple(turns), tuple(rubrics), assessments)


def as_values(scored: Scored) -> dict[str, Any]:
    """The result as JSON values. Texts are raw; spans count code points of the reply."""
    places = scored.places
    return {
        "rubrics": {
            assessment.rubric: {
                "score": assessment.total,
                "criteria": {found.criterion: _criterion(found, places) for found in assessment.criteria},
            }
            for assessment in scored.assessments
        },
        "turns": [_turn(turn, scored.learner, places) for turn in scored.turns],
        "skipped": [{"line": problem.line, "why": problem.why} for problem in scored.transcript.skipped],
    }


def said(scored: Scored) -> list[Said]:
    """The whole talk, raw, with what counts for and against the learner marked where any criterion rests on it."""
    marks: dict[int, dict[Mark, None]] = {turn.number: {} for turn in scored.turns}
    for assessment in scored.assessments:
        for found in assessment.criteria:
            for item in found.evidence:
                marks[item.turn][_mark(item, helps=True)] = None
            for item in found.against:
                marks[item.turn][_mark(item, helps=False)] = None
        for broken in assessment.broken:
            marks[broken.evidence.turn][_mark(broken.evidence, helps=False)] = None
    numbers = iter(turn.number for turn in scored.turns)
    talk = []
    for line in scored.transcript.lines:
        number = next(numbers) if line.speaker == scored.learner else None
        shown = tuple(marks[number]) if number is not None else ()
        talk.append(Said(line.speaker, line.text, line.number, number, shown))
    return talk


def _criterion(found: CriterionResult, places: Mapping[int, int]) -> dict[str, Any]:
    return {
        "level": found.level,
        "evidence": [
            {"turn": item.turn, "line": places[item.turn], "behaviour": item.behaviour, "quote": item.quote}
            for item in found.evidence
        ],
    }


def _turn(turn: Turn, learner: str, places: Mapping[int, int]) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "line": places[turn.number],
        "speaker": learner,
        "text": turn.reply,
        "behaviours": [
            {
                "id": found.behaviour,
                "span": [found.span.start, found.span.end],
                "confidence": found.confidence,
                "rule": found.rule,
            }
            for found in turn.reading.findings
        ],
        "quality": turn.reading.quality,
    }


def _mark(evidence: Evidence, *, helps: bool) -> Mark:
    code = catalogue().behaviours.get(evidence.behaviour)
    return Mark(evidence.span, code.name if code else evidence.behaviour, helps)
