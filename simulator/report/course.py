"""How the client's meters went over the turns, and where they turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.catalogue.clean import clean
from simulator.conversation.turn import Turn
from simulator.rubric.result import better, meter_at

if TYPE_CHECKING:
    from simulator.scenario.model import Scenario

LEAST_TURN = 5.0
"""Points a turn must move the meters together to be called a turning point."""


@dataclass(frozen=True, slots=True)
class MeterCourse:
    """One meter over the talk: its value before the first reply and after each, 0 to 100.

    `began` and `ended` are the words for its ends. `name` is as it is shown: with the person's name where
    the meter is one's own among several people.
    """

    name: str
    values: tuple[float, ...]
    good: str
    began: str
    ended: str


@dataclass(frozen=True, slots=True)
class Course:
    """The meters of a talk, trust and agitation first."""

    meters: tuple[MeterCourse, ...]


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A turn that moved the client most: for the better or for the worse, by how many points together.

    `words` is the learner's reply, `answer` what the client said to it.
    """

    turn: int
    better: bool
    points: float
    words: str
    answer: str


def course(scenario: Scenario, turns: Sequence[Turn]) -> Course:
    """The course of every meter; empty without turns."""
    if not turns:
        return Course(())
    positions = (turns[0].before, *(turn.after for turn in turns))
    keys = [key for key in turns[0].before.meters if meter_at(scenario, key)]
    found = []
    for key in sorted(keys, key=lambda key: ("." in key, key != "trust", key != "agitation")):
        meter = meter_at(scenario, key)
        values = tuple(position.meters.get(key, 0.0) for position in positions)
        if meter:
            found.append(
                MeterCourse(
                    _name(scenario, key),
                    values,
                    meter.good,
                    _clean(meter.word(values[0])),
                    _clean(meter.word(values[-1])),
                )
            )
    return Course(tuple(found))


def turning_points(scenario: Scenario, turns: Sequence[Turn]) -> tuple[TurningPoint, ...]:
    """The turns that moved the client most, for the better and for the worse, where any moved them much."""
    gains = [(_gain(scenario, turn), turn) for turn in turns]
    best = max(gains, key=lambda gain: gain[0], default=None)
    worst = min(gains, key=lambda gain: gain[0], default=None)
    found = [best] if best and best[0] >= LEAST_TURN else []
    if worst and worst[0] <= -LEAST_TURN:
        found.append(worst)
    points = (
        TurningPoint(turn.number, gain > 0, abs(gain), _clean(turn.reply), _clean(turn.utterance.text))
        for gain, turn in found
    )
    return tuple(sorted(points, key=lambda point: point.turn))


def _gain(scenario: Scenario, turn: Turn) -> float:
    before, after = turn.before.meters, turn.after.meters
    return sum(better(scenario, key, after[key] - before[key]) for key in before if key in after)


def _name(scenario: Scenario, key: str) -> str:
    person, _, meter = key.rpartition(".")
    if len(scenario.people) == 1:
        return meter
    return f"{_clean(scenario.people[person or scenario.first_person].name)}'s {meter}"


def _clean(text: str) -> str:
    return clean(text, keep_newlines=False)
