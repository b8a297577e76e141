"""Parts that do nothing: meters nobody reads or moves, cues nobody looks for, answers that are never given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.catalogue.types import CueKind, QuestionKind
from simulator.scenario.checks import Complaint
from simulator.scenario.names import ALWAYS_THERE
from simulator.scenario.walk import Path, conditions_of, lines_of, transitions_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.people import Answer


def complaints(scenario: Scenario) -> Iterator[Complaint]:
    """What stands in a scenario and does nothing."""
    used = {use for _, condition in conditions_of(scenario) for use in condition.uses}
    used |= {use for test in scenario.tests for turn in test.turns if turn.expect for use in turn.expect.uses}
    yield from _meters(scenario, used)
    yield from _cues(scenario, used)
    yield from _answers(scenario)


def _meters(scenario: Scenario, used: set[tuple[str, str]]) -> Iterator[Complaint]:
    read = {name.rpartition(".")[2] for kind, name in used if kind == "meter"}
    changed: set[str] = set()
    for _, one in transitions_of(scenario):
        changed.update(name.rpartition(".")[2] for name in one.effects.changes)
    for _, line in lines_of(scenario):
        changed.update(name.rpartition(".")[2] for name in line.effects.changes)
    for full in scenario.all_meters:
        person, _, name = full.rpartition(".")
        path: Path = ("people", person, "meters", name) if person else ("meters", name)
        if name in ALWAYS_THERE:
            continue
        if name not in changed:
            yield Complaint("meter-never-changed", f"nothing changes the meter `{name}`", path)
        elif name not in read:
            yield Complaint("meter-never-read", f"no condition asks for the meter `{name}`", path)


def _cues(scenario: Scenario, used: set[tuple[str, str]]) -> Iterator[Complaint]:
    """Cues no condition looks for. A question is answered or dodged whatever the conditions say."""
    asked = {name for kind, name in used if kind == "cue"}
    for path, line in lines_of(scenario):
        for name, cue in line.cues.items():
            if name not in asked and cue.kind is not CueKind.QUESTION and path[0] == "states" and path[-1] == "line":
                yield Complaint("cue-unanswered", f"no condition looks for the cue `{name}`", (*path, "cues", name))


def _answers(scenario: Scenario) -> Iterator[Complaint]:
    for person, one in scenario.people.items():
        for topic, known in one.knows.items():
            free: list[tuple[int, Answer]] = []
            for number, answer in enumerate(known.answers):
                before = next((at for at, other in free if _covers(other, answer)), None)
                if before is not None:
                    path: Path = ("people", person, "knows", topic, "answers", number)
                    message = f"answer {before + 1} of `{topic}` takes the same questions, so this one is never given"
                    yield Complaint("answer-shadowed", message, path, on_key=False)
                if answer.when is None and not answer.lie and not _guarded_line(answer):
                    free.append((number, answer))


def _guarded_line(answer: Answer) -> bool:
    return any(line is not None and line.when is not None for line in (answer.line, answer.guarded, answer.trusting))


def _covers(other: Answer, answer: Answer) -> bool:
    return QuestionKind.ANY in other.asks or set(answer.asks) <= set(other.asks)
