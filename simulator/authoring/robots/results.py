"""What many talks of robots show: scores by persona and their order, difficulty, discrimination, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev

from simulator.authoring.playtests import Coverage
from simulator.authoring.robots.personas import personas

NEAR = 1.0
"""Points by which a mean may be off before the order counts as broken."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk of a robot: its length in turns, how it ended, what it scored, and what it went through."""

    persona: str
    turns: int
    ending: str | None
    score: float | None
    levels: Mapping[str, float]
    transitions: Mapping[str, int]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PersonaResult:
    """The talks of one persona. Scores are 0 to 100, None where no rubric scores the scenario."""

    id: str
    name: str
    talks: int
    mean: float | None
    deviation: float | None
    lowest: float | None
    highest: float | None
    turns: float
    endings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Simulation:
    """All talks together.

    `difficulty` is the share of points the developing learner loses, 0 to 1. `discrimination` is by how much of the
    scale the expert stands above the novice, -1 to 1, for the total and for each criterion. `broken` says where the
    order of personas is not as it should be.
    """

    scenario: str
    seed: int
    talks: int
    personas: tuple[PersonaResult, ...]
    difficulty: float | None
    discrimination: float | None
    criteria: Mapping[str, float]
    broken: tuple[str, ...]
    coverage: Coverage


def gathered(scenario: str, seed: int, talks: Sequence[Talk], blank: Coverage) -> Simulation:
    """The result of some talks; `blank` names everything that can be covered."""
    rows = tuple(_row(name, [talk for talk in talks if talk.persona == name]) for name in personas())
    rows = tuple(row for row in rows if row.talks)
    means = {row.id: row.mean for row in rows if row.mean is not None}
    transitions, places = Counter(blank.transitions), Counter(blank.places)
    for talk in talks:
        transitions.update(talk.transitions)
        places.update(talk.places)
    gap = means["expert"] - means["novice"] if {"expert", "novice"} <= means.keys() else None
    return Simulation(
        scenario=scenario,
        seed=seed,
        talks=len(talks),
        personas=rows,
        difficulty=round(1 - means["developing"] / 100, 2) if "developing" in means else None,
        discrimination=None if gap is None else round(gap / 100, 2),
        criteria=_by_criterion(talks),
        broken=tuple(_broken(means)),
        coverage=Coverage(dict(transitions), dict(places)),
    )


def _row(name: str, talks: Sequence[Talk]) -> PersonaResult:
    scores = [talk.score for talk in talks if talk.score is not None]
    return PersonaResult(
        id=name,
        name=personas()[name].name,
        talks=len(talks),
        mean=round(fmean(scores), 1) if scores else None,
        deviation=round(pstdev(scores), 1) if scores else None,
        lowest=round(min(scores), 1) if scores else None,
        highest=round(max(scores), 1) if scores else None,
        turns=round(fmean([talk.turns for talk in talks]), 1) if talks else 0.0,
        endings=dict(Counter(talk.ending or "none" for talk in talks).most_common()),
    )


def _by_criterion(talks: Sequence[Talk]) -> dict[str, float]:
    """For each criterion, the mean level of the expert less that of the novice, as a part of the scale."""
    names = dict.fromkeys(name for talk in talks for name in talk.levels)
    found = {}
    for name in names:
        levels = {
            who: [talk.levels[name] for talk in talks if talk.persona == who and name in talk.levels]
            for who in ("expert", "novice")
        }
        if all(levels.values()):
            found[name] = round((fmean(levels["expert"]) - fmean(levels["novice"])) / 4, 2)
    return found


def _broken(means: Mapping[str, float]) -> list[str]:
    known = personas()
    ranked = [name for name in known if known[name].rank is not None and name in means]
    broken = [
        f"{known[lower].name} ({means[lower]}) is not below {known[upper].name} ({means[upper]})"
        for upper, lower in pairwise(ranked)
        if means[lower] > means[upper] - NEAR
    ]
    if "developing" in means:
        broken += [
            f"{known[name].name} ({means[name]}) stands above developing ({means['developing']})"
            for name in means
            if known[name].games and means[name] > means["developing"]
        ]
    return broken
