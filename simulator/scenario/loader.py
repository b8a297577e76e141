"""A scenario file in, a Scenario out; or every problem in it, each at its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from simulator.scenario.checks import complaints, duplicate_cues
from simulator.scenario.errors import Problem, ScenarioError, problem
from simulator.scenario.explain import Explainer
from simulator.scenario.memory import without_collector
from simulator.scenario.model import Scenario
from simulator.scenario.names import collect_names
from simulator.scenario.nodes import Source, plain
from simulator.scenario.source import LARGEST_FILE, parse


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with all that was found in it. `scenario` is None where there is an error, `source` where not even the
    YAML could be read."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    source: Source | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the scenario from being played."""
        return tuple(found for found in self.problems if found.severity == "error")


def load_file(path: Path | str) -> Scenario:
    """Read a scenario file. Raises ScenarioError with every problem found; warnings alone do not raise."""
    return _sound(check_file(path))


def load_text(text: str | bytes, name: str) -> Scenario:
    """Read a scenario from text (or UTF-8 bytes). Raises ScenarioError with every problem found.

    `name` stands for the file in messages.
    """
    return _sound(check_text(text, name))


def check_file(path: Path | str, *, largest: int = LARGEST_FILE) -> Checked:
    """Read a scenario file and say all that is wrong with it. Never raises for what the file holds."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            # one byte more than allowed is enough to know
            text = file.read(largest + 1)
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        return Checked(None, (problem("unreadable-file", message, file=str(path)),))
    return check_text(text, str(path), stem=path.stem, largest=largest)


def check_text(text: str | bytes, name: str, *, stem: str | None = None, largest: int = LARGEST_FILE) -> Checked:
    """Read a scenario and say all that is wrong with it. Never raises for what the text holds.

    `name` stands for the file in messages, `stem` is what the scenario's id must be where it is given,
    `largest` is the size allowed, in bytes.
    """
    with without_collector():
        try:
            source = parse(text, name, largest)
        except ScenarioError as error:
            return Checked(None, error.problems)
        scenario, found = _compile(source, stem)
    problems = tuple(sorted({*source.problems, *found}, key=lambda one: (one.line, one.column, one.code, one.message)))
    sound = not any(one.severity == "error" for one in problems)
    return Checked(scenario if sound else None, problems, source)


def _sound(checked: Checked) -> Scenario:
    if checked.scenario is None:
        raise ScenarioError(checked.errors)
    return checked.scenario


def _compile(source: Source, stem: str | None) -> tuple[Scenario | None, list[Problem]]:
    explainer = Explainer(source)
    data = plain(source.root)
    problems = list(_places_checked(source, explainer, stem))
    try:
        scenario = Scenario.model_validate(data, context=collect_names(data))
    except ValidationError as error:
        return None, [*problems, *explainer.invalid(error)]
    problems.extend(
        explainer.at(one.code, one.message, one.path, one.mend, on_key=one.on_key) for one in complaints(scenario)
    )
    return scenario, problems


def _places_checked(source: Source, explainer: Explainer, stem: str | None) -> Iterator[Problem]:
    """What is seen in the tree itself."""
    for key, first in duplicate_cues(source.root):
        yield problem(
            "duplicate-name",
            f"the cue `{key.text}` is there already, in line {first.line}",
            mend="Give one of them another name.",
            file=source.file,
            line=key.line,
            column=key.column,
            excerpt=source.excerpt(key.line),
        )
    written = source.root.entries.get("id")
    name = plain(written.value) if written else None
    if stem is not None and isinstance(name, str) and name != stem:
        message = f"the id is `{name}` and the file is called `{stem}`"
        yield explainer.at("id-not-file-name", message, ("id",), f"Write `id: {stem}`, or rename the file.")
