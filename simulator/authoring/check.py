"""What can be wrong with a scenario that loads: rubrics that are not there, tests that fail, states without help
for the learner, and model replies that would not do what they are the model of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.authoring.model_reply import leads_on
from simulator.conversation import run_tests
from simulator.conversation.reenact import Read
from simulator.library import Library, LibraryError
from simulator.scenario import Problem, Scenario, ScenarioError, check_file
from simulator.scenario.codes import Severity
from simulator.scenario.nodes import Source, locate
from simulator.scenario.source import parse

UNREADABLE = "unreadable-file"


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one file, in its order."""

    path: Path
    problems: tuple[Problem, ...]

    @property
    def unreadable(self) -> bool:
        """Whether the file could not even be read."""
        return any(problem.code == UNREADABLE for problem in self.problems)


def check(path: Path, library: Library, read: Read) -> Report:
    """Everything wrong with a scenario file: what the loader says and, where it loads, what playing it shows.

    Never raises for what the file holds.
    """
    checked = check_file(path)
    if checked.scenario is None:
        return Report(path, checked.problems)
    pointer = _Pointer(parse(path.read_bytes(), str(path)))
    found = [
        *checked.problems,
        *_rubrics(checked.scenario, library, pointer),
        *_states(checked.scenario, read, pointer),
        *_tests(checked.scenario, read, pointer),
    ]
    return Report(path, tuple(sorted(found, key=lambda problem: (problem.line, problem.column))))


@dataclass(frozen=True, slots=True)
class _Pointer:
    """Makes problems that point into the file."""

    source: Source

    def at(self, path: Sequence[str | int], severity: Severity, code: str, message: str, why: str) -> Problem:
        node, key = locate(self.source.root, path)
        place = key or node
        excerpt = self.source.excerpt(place.line)
        return Problem(code, severity, message, self.source.file, place.line, place.column, why, "", excerpt)


def _rubrics(scenario: Scenario, library: Library, pointer: _Pointer) -> Iterator[Problem]:
    for number, name in enumerate(scenario.rubrics):
        try:
            library.open_rubric(name)
        except (LibraryError, ScenarioError) as error:
            why = "Without its rubric an attempt cannot be assessed."
            yield pointer.at(("rubrics", number), "error", "rubric-unusable", str(error), why)


def _states(scenario: Scenario, read: Read, pointer: _Pointer) -> Iterator[Problem]:
    for name, state in scenario.states.items():
        place = ("states", name)
        if not state.hint:
            why = "A learner who is stuck here would get no help."
            yield pointer.at(place, "warning", "no-hint", f"the state `{name}` has no hint", why)
        if not state.model_reply:
            why = "The debrief could not show how this moment is met well."
            yield pointer.at(place, "warning", "no-model-reply", f"the state `{name}` has no model reply", why)
        elif not leads_on(scenario, name, state.model_reply, read):
            yield pointer.at(
                (*place, "model_reply"),
                "error",
                "model-reply-misses",
                f"the model reply of `{name}` is not read as anything one of its transitions wants",
                "A learner who says these very words would not get on.",
            )


def _tests(scenario: Scenario, read: Read, pointer: _Pointer) -> Iterator[Problem]:
    if not scenario.tests:
        why = "Tests are the proof that the scenario can be played as it is meant."
        yield pointer.at((), "warning", "no-tests", "the scenario has no tests", why)
    for number, result in enumerate(run_tests(scenario, read)):
        unmet = [one for turn in result.turns for one in turn.unmet] + list(result.unmet)
        if unmet:
            message = f"the test `{result.name}` fails: {unmet[0]}"
            why = "What the scenario promises does not come about; `roleplay test` shows the path it took."
            yield pointer.at(("tests", number), "error", "test-fails", message, why)
