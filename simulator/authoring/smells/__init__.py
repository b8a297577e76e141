"""What can be played and still teaches badly or sounds wrong: found by looking at a scenario's words and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simulator.authoring.smells import lines, parts, people, rewards
from simulator.scenario.checks import Complaint

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric
    from simulator.scenario import Scenario


def smells(scenario: Scenario, rubrics: Iterable[Rubric]) -> Iterator[Complaint]:
    """Everything that looking finds; `rubrics` are those the scenario names and that can be used."""
    yield from lines.complaints(scenario)
    yield from parts.complaints(scenario)
    yield from people.complaints(scenario)
    yield from rewards.complaints(scenario, rubrics)
