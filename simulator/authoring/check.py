"""Everything that can be said of a scenario or rubric file: what loading it finds, what exploring and playing it show,
and what its words are like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.authoring import exploring
from simulator.authoring.explore import Exploration, explore
from simulator.authoring.model_reply import caught_by, leads_on
from simulator.authoring.playtests import play
from simulator.authoring.severity import Severities
from simulator.authoring.smells import smells
from simulator.conversation import TestResult
from simulator.conversation.reenact import Read
from simulator.library import Library, LibraryError
from simulator.scenario import Problem, Scenario, ScenarioError, check_file
from simulator.scenario.checks import Complaint
from simulator.scenario.explain import Explainer
from simulator.scenario.nodes import Source
from simulator.scenario.walk import transitions_of

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric

UNREADABLE = "unreadable-file"

SuspendedAt = Iterable[tuple[str, str]]
"""States that saved attempts of a scenario stand in, each with the attempt."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one file, in its order, and the answers about what can happen in it."""

    path: Path
    problems: tuple[Problem, ...]
    exploration: Exploration | None = None

    @property
    def unreadable(self) -> bool:
        """Whether the file could not even be read."""
        return any(problem.code == UNREADABLE for problem in self.problems)

    @property
    def failed(self) -> bool:
        """Whether anything was found that is more than a note."""
        return any(problem.severity != "note" for problem in self.problems)


def check(
    path: Path, library: Library, read: Read, severities: Severities | None = None, saved: SuspendedAt = ()
) -> Report:
    """Everything wrong with a file: what the loader says and, where it loads, what more there is to say.

    `saved` are the states saved attempts of the scenario stand in. Never raises for what the file holds.
    """
    severities = severities or Severities()
    if is_rubric(path):
        return _rubric(path, severities)
    checked = check_file(path)
    if checked.scenario is None or checked.source is None:
        lines = checked.source.lines if checked.source else ()
        return Report(path, severities.applied(checked.problems, lines))
    scenario, source = checked.scenario, checked.source
    exploration = explore(scenario)
    rubrics, unusable = _rubrics(scenario, library)
    complaints = [
        *unusable,
        *exploring.complaints(scenario, exploration),
        *smells(scenario, rubrics),
        *_model_replies(scenario, read),
        *_tests(scenario, play(scenario, read, rubrics)),
        *_gone(scenario, saved),
    ]
    found = {*checked.problems, *_placed(complaints, source)}
    ordered = sorted(found, key=lambda one: (one.line, one.column, one.code, one.message))
    return Report(path, severities.applied(_once(ordered), source.lines), exploration)


def is_rubric(path: Path) -> bool:
    """Whether a file is meant as a rubric: it has `criteria:` and no `states:`."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "\ncriteria:" in f"\n{text}" and "\nstates:" not in f"\n{text}"


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The YAML files meant by files and folders, each once, folders in the order of names."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(one for kind in ("*.yaml", "*.yml") for one in path.rglob(kind)) if path.is_dir() else [path]
        for file in inside:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _rubric(path: Path, severities: Severities) -> Report:
    from simulator.rubric.load import load_file

    try:
        load_file(path)
    except ScenarioError as error:
        return Report(path, severities.applied(error.problems, ()))
    return Report(path, ())


def _placed(complaints: Iterable[Complaint], source: Source) -> Iterator[Problem]:
    explainer = Explainer(source)
    for one in complaints:
        yield explainer.at(one.code, one.message, one.path, one.mend, on_key=one.on_key)


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of two that say the same of the same place, the first: a graph without a way needs no proof by exploring."""
    seen: set[tuple[str, int, int]] = set()
    for one in problems:
        key = (one.code, one.line, one.column)
        if key not in seen or one.severity == "error":
            yield one
        seen.add(key)


def _rubrics(scenario: Scenario, library: Library) -> tuple[list[Rubric], list[Complaint]]:
    usable, unusable = [], []
    for number, name in enumerate(scenario.rubrics):
        try:
            usable.append(library.open_rubric(name))
        except (LibraryError, ScenarioError) as error:
            unusable.append(Complaint("rubric-unusable", str(error), ("rubrics", number), on_key=False))
    return usable, unusable


def _model_replies(scenario: Scenario, read: Read) -> Iterator[Complaint]:
    for name, state in scenario.states.items():
        if not state.model_reply:
            continue
        place = ("states", name, "model_reply")
        if not leads_on(scenario, name, state.model_reply, read):
            message = f"the model reply of `{name}` is not read as anything one of its transitions wants"
            yield Complaint("model-reply-misses", message, place, on_key=False)
        elif (caught := caught_by(scenario, name, state.model_reply, read)) is not None:
            message = f"the model reply of `{name}` is caught by `{caught}`, which stands before what it is for"
            yield Complaint("model-reply-caught", message, place, on_key=False)


def _tests(scenario: Scenario, results: Iterable[TestResult]) -> Iterator[Complaint]:
    if not scenario.tests:
        yield Complaint("no-tests", "the scenario has no tests", ())
        return
    taken: set[str | None] = set()
    for number, result in enumerate(results):
        taken.update(turn.transition for turn in result.turns)
        unmet = [one for turn in result.turns for one in turn.unmet] + list(result.unmet)
        if unmet:
            yield Complaint("test-fails", f"the test `{result.name}` fails: {unmet[0]}", ("tests", number))
    for path, transition in transitions_of(scenario):
        if transition.id not in taken:
            yield Complaint(
                "transition-untested", f"no test takes this transition (`{transition.id}`)", path, on_key=False
            )


def _gone(scenario: Scenario, saved: SuspendedAt) -> Iterator[Complaint]:
    for state, attempt in saved:
        now = scenario.current_state(state)
        if now not in scenario.states and now not in scenario.endings:
            message = f"the saved attempt {attempt} stands in `{state}`, which is gone"
            yield Complaint("state-gone", message, ("states",), f"Add `renamed: {{{state}: ...}}`.")
