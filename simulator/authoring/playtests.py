"""The tests inside a scenario: played, with the levels they expect, the path taken against the path wanted, and what no
test goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from simulator.conversation import TestResult, TestTurn, run_test
from simulator.conversation.reenact import Read
from simulator.rubric.assess import assess
from simulator.scenario.nodes import Source, locate
from simulator.scenario.repair import quoted
from simulator.scenario.walk import transitions_of

if TYPE_CHECKING:
    from simulator.conversation import Turn
    from simulator.rubric.model import Rubric
    from simulator.scenario import Scenario
    from simulator.scenario.scripted import ScriptedTest


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often tests (or robots) took each transition, and came to each state and ending."""

    transitions: dict[str, int]
    places: dict[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """The transitions never taken."""
        return tuple(name for name, times in self.transitions.items() if not times)


def play(scenario: Scenario, read: Read, rubrics: Iterable[Rubric]) -> list[TestResult]:
    """Play every test of a scenario; the levels a test expects are judged by the `rubrics` that have them."""
    known = tuple(rubrics)
    return [_judged(scenario, test, run_test(scenario, test, read), known) for test in scenario.tests]


def _judged(scenario: Scenario, test: ScriptedTest, result: TestResult, rubrics: Sequence[Rubric]) -> TestResult:
    if not test.levels:
        return result
    turns = [turn.turn for turn in result.turns]
    levels = {
        f"{rubric.id}.{found.criterion}": found.level
        for rubric in rubrics
        for found in assess(rubric, scenario, turns).criteria
    }
    unmet = tuple(_levels_unmet(test, levels))
    return replace(result, unmet=(*result.unmet, *unmet))


def _levels_unmet(test: ScriptedTest, levels: dict[str, int | None]) -> Iterator[str]:
    from simulator.scenario.errors import did_you_mean

    for name, least in test.levels.items():
        found = [key for key in levels if key in (name,) or key.partition(".")[2] == name]
        if not found:
            yield f"wanted level {least} of {name}, and no rubric here has it. {did_you_mean(name, levels)}".rstrip()
        for key in found:
            level = levels[key]
            if level is None or level < least:
                yield f"wanted level {least} of {key}, got {'no occasion for it' if level is None else level}"


def covered(scenario: Scenario, talks: Iterable[Sequence[Turn]]) -> Coverage:
    """What some talks went through."""
    transitions = dict.fromkeys(scenario.transition_ids, 0)
    places = dict.fromkeys((*scenario.states, *scenario.endings), 0)
    for turns in talks:
        places[scenario.start] += 1
        for turn in turns:
            if turn.transition is not None:
                transitions[turn.transition] += 1
            if (turn.after.ending or turn.after.state) != turn.before.state:
                places[turn.after.ending or turn.after.state] += 1
    return Coverage(transitions, places)


def render_coverage(scenario: Scenario, coverage: Coverage, source: Source | None) -> Iterator[str]:
    """What was covered, and the lines of the file nothing went through."""
    for noun, names in (
        ("transitions", coverage.transitions),
        ("states", scenario.states),
        ("endings", scenario.endings),
    ):
        counts = [coverage.transitions.get(name, coverage.places.get(name, 0)) for name in names]
        share = f"{sum(map(bool, counts))} of {len(counts)} {noun}"
        yield f"covered: {share}" if noun == "transitions" else f"         {share}"
    if source is None or not coverage.missing:
        return
    missing = set(coverage.missing)
    lines = sorted(locate(source.root, path)[0].line for path, one in transitions_of(scenario) if one.id in missing)
    yield f"missing lines: {', '.join(_ranges(lines))}"


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield f"{found[0]}-{found[-1]}" if len(found) > 1 else str(found[0])


def render(scenario: Scenario, result: TestResult) -> Iterator[str]:
    """A test in lines: its name and path; where it failed, the path wanted, and each turn with what came."""
    yield f"{'passed' if result.passed else 'FAILED'}: {result.name} ({' > '.join(result.path)})"
    if result.passed:
        return
    test = next((one for one in scenario.tests if one.name == result.name), None)
    if test is not None and (wanted := _wanted(scenario, test)):
        yield f"  wanted: {' > '.join(wanted)}"
        yield f"  took:   {' > '.join(result.path)}"
    for number, turn in enumerate(result.turns, start=1):
        yield from _turn(number, turn)
    for unmet in result.unmet:
        yield f"  {unmet}"


def _wanted(scenario: Scenario, test: ScriptedTest) -> list[str]:
    """The states and the ending a test names, each once in a row."""
    named = [scenario.start, *(turn.ending or turn.state for turn in test.turns), test.ending]
    path = [name for name in named if name is not None]
    return [name for number, name in enumerate(path) if number == 0 or path[number - 1] != name]


def _turn(number: int, turn: TestTurn) -> Iterator[str]:
    yield f"  {number}. You: {turn.reply}"
    yield f"     read as: {', '.join(turn.behaviours) or 'nothing'}"
    yield f"     {turn.transition or 'no transition'} ({turn.why}), now in {turn.state}"
    yield f"     answer: {turn.says}"
    for unmet in turn.unmet:
        yield f"     {unmet}"


def recorded(turns: Sequence[Turn], name: str, seed: int) -> str:
    """A played talk as a test, to be put under `tests:`."""
    lines = [f"  - name: {quoted(name)}", f"    seed: {seed}", "    turns:"]
    for turn in turns:
        after = turn.after
        parts = [f"reply: {quoted(turn.reply)}"]
        if after.ending:
            parts.append(f"ending: {after.ending}")
        elif after.state != turn.before.state:
            parts.append(f"state: {after.state}")
        if turn.told:
            parts.append(f"told: [{', '.join(turn.told)}]")
        lines.append(f"      - {{{', '.join(parts)}}}")
    return "\n".join(lines)
