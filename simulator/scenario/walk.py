"""Every line and every condition of a scenario, each with the path that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.scenario.conditions import Condition
from simulator.scenario.lines import Line

if TYPE_CHECKING:
    from simulator.scenario.model import Scenario
    from simulator.scenario.states import Transition

Path = tuple[str | int, ...]


def lines_of(scenario: Scenario) -> Iterator[tuple[Path, Line]]:
    """Every line but those of voices: people, desk, states, transitions, endings."""
    for path, line in _lines(scenario):
        if line is not None:
            yield path, line


def _lines(scenario: Scenario) -> Iterator[tuple[Path, Line | None]]:
    for name, person in scenario.people.items():
        for topic_id, topic in person.knows.items():
            base: Path = ("people", name, "knows", topic_id)
            for number, answer in enumerate(topic.answers):
                yield (*base, "answers", number, "line"), answer.line
                yield (*base, "answers", number, "guarded"), answer.guarded
                yield (*base, "answers", number, "trusting"), answer.trusting
            yield (*base, "again"), topic.again
    for part in ("know", "may_offer", "may_not"):
        for number, item in enumerate(getattr(scenario.desk, part)):
            yield ("desk", part, number, "line"), item.line
    for name, state in scenario.states.items():
        yield ("states", name, "line"), state.line
        for number, line in enumerate(state.line_when):
            yield ("states", name, "line_when", number), line
        yield ("states", name, "otherwise"), state.otherwise
    for path, transition in transitions_of(scenario):
        yield (*path, "line"), transition.line
    for name, ending in scenario.endings.items():
        yield ("endings", name, "line"), ending.line


def transitions_of(scenario: Scenario) -> Iterator[tuple[Path, Transition]]:
    """Every transition: those of `anywhere`, then state by state."""
    for number, transition in enumerate(scenario.anywhere):
        yield ("anywhere", number), transition
    for name, state in scenario.states.items():
        for number, transition in enumerate(state.transitions):
            yield ("states", name, "transitions", number), transition


def conditions_of(scenario: Scenario) -> Iterator[tuple[Path, Condition]]:
    """Every condition, but those that tests expect."""
    for path, condition in _conditions(scenario):
        if condition is not None:
            yield path, condition


def _conditions(scenario: Scenario) -> Iterator[tuple[Path, Condition | None]]:
    for name, objective in scenario.objectives.items():
        yield ("objectives", name, "met"), objective.met
    for name, person in scenario.people.items():
        for topic_id, topic in person.knows.items():
            for number, answer in enumerate(topic.answers):
                yield ("people", name, "knows", topic_id, "answers", number, "when"), answer.when
    for part in ("know", "may_offer", "may_not"):
        for number, item in enumerate(getattr(scenario.desk, part)):
            yield ("desk", part, number, "when"), item.when
    for name, promise in scenario.promises.items():
        yield ("promises", name, "kept"), promise.kept
    for path, transition in transitions_of(scenario):
        yield (*path, "when"), transition.when
    for name, state in scenario.states.items():
        yield ("states", name, "unsafe_when"), state.unsafe_when
    for path, line in lines_of(scenario):
        yield (*path, "when"), line.when
