"""Many talks of robots on all cores, each by a seed of its own, so that the same call always gives the same result."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from simulator.authoring.playtests import covered
from simulator.authoring.robots.personas import Learner, personas
from simulator.authoring.robots.results import Simulation, Talk, gathered
from simulator.catalogue.types import HeardLine
from simulator.conversation import Turn, advance, begin, heard
from simulator.rubric.assess import assess

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric
    from simulator.scenario import Scenario

LONGEST = 20
"""Replies after which a robot gives up."""

CHUNK = 5
"""Talks handed to a core at once."""

_held: list[tuple[Scenario, tuple[Rubric, ...]]] = []
"""What a process of the pool works on, put there once when it starts."""


def simulate(
    scenario: Scenario,
    rubrics: Sequence[Rubric],
    talks: int,
    seed: int,
    *,
    cores: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Simulation:
    """Let the personas play a scenario `talks` times in all, in turn, and gather what it shows.

    `cores` are the processes to use (None: all there are); `progress` is told how many talks have just been played.
    The result depends on scenario, rubrics, talks and seed alone.
    """
    names = list(personas())
    tasks = [(names[number % len(names)], f"{seed}:{number}") for number in range(talks)]
    chunks = [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]
    cores = min(cores or os.cpu_count() or 1, len(chunks) or 1)
    played: list[Talk] = []
    if cores == 1:
        _start(scenario, tuple(rubrics))
        for chunk in chunks:
            played += _gathered_in(_play_all(chunk), progress)
        _held.clear()
    else:
        with ProcessPoolExecutor(cores, initializer=_start, initargs=(scenario, tuple(rubrics))) as pool:
            for found in pool.map(_play_all, chunks):
                played += _gathered_in(found, progress)
    return gathered(scenario.id, seed, played, covered(scenario, ()))


def _gathered_in(found: list[Talk], progress: Callable[[int], None] | None) -> list[Talk]:
    if progress is not None:
        progress(len(found))
    return found


def _start(scenario: Scenario, rubrics: tuple[Rubric, ...]) -> None:
    _held[:] = [(scenario, rubrics)]


def _play_all(tasks: Sequence[tuple[str, str]]) -> list[Talk]:
    scenario, rubrics = _held[0]
    return [play(scenario, rubrics, persona, seed) for persona, seed in tasks]


def play(scenario: Scenario, rubrics: Sequence[Rubric], persona: str, seed: str) -> Talk:
    """One talk of a persona, to an ending or to `LONGEST` replies, scored as a person's would be."""
    from simulator.language import read

    chance = random.Random(f"{persona}:{seed}")
    learner = Learner(personas()[persona], scenario, chance)
    position, spoken = begin(scenario, chance.randrange(1_000_000))
    lines = [HeardLine("client", one.text, one.who) for one in spoken.everything if one.text]
    last = spoken.text
    turns: list[Turn] = []
    while position.ending is None and len(turns) < LONGEST:
        reply = learner.reply(position, last)
        turn = advance(scenario, position, read(reply, heard(scenario, position, lines)))
        turns.append(turn)
        position, last = turn.after, turn.utterance.text
        lines.append(HeardLine("learner", reply))
        lines += [HeardLine("client", one.text, one.who) for one in turn.utterance.everything if one.text]
    return _talk(scenario, rubrics, persona, turns)


def _talk(scenario: Scenario, rubrics: Sequence[Rubric], persona: str, turns: Sequence[Turn]) -> Talk:
    assessments = [(rubric, assess(rubric, scenario, turns)) for rubric in rubrics]
    totals = [found.total for _, found in assessments]
    levels = {
        f"{rubric.id}.{one.criterion}": float(one.level)
        for rubric, found in assessments
        for one in found.criteria
        if one.level is not None
    }
    taken = covered(scenario, [turns])
    return Talk(
        persona=persona,
        turns=len(turns),
        ending=turns[-1].after.ending if turns else None,
        score=sum(totals) / len(totals) if totals else None,
        levels=levels,
        transitions={name: times for name, times in taken.transitions.items() if times},
        places={name: times for name, times in taken.places.items() if times},
    )
