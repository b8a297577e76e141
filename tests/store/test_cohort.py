"""Everybody's attempts summed up, on both databases."""

from __future__ import annotations

import json

from simulator.store import AttemptState, NewAssessment, NewAttempt, open_store
from simulator.store.cohort import CriterionSummary, RubricSummary, ScenarioSummary, cohort
from simulator.store.store import Store

from .conftest import Clock, Where

RUBRIC = "r" * 64


def talk(store: Store, scenario: str, levels: dict[str, int | None] | None, outcome: str = "met") -> str:
    """An attempt of one turn at a scenario, ended and assessed where `levels` are given."""
    new = NewAttempt(scenario, scenario[0] * 64, "{}", 1, {RUBRIC: ("listening", '{"id":"listening"}')})
    attempt = store.start(new, "{}").id
    if levels is None:
        store.append(attempt, after=1, kind="turn", payload="{}", state=AttemptState.OPEN, turns=1)
        return attempt
    criteria = [{"criterion": name, "level": level} for name, level in levels.items()]
    payload = json.dumps({"total": 25.0 * sum(level or 0 for level in levels.values()), "criteria": criteria})
    made = [NewAssessment("listening", RUBRIC, "1", payload)]
    ended = {"state": AttemptState.ENDED, "ending": "done", "outcome": outcome}
    store.append(attempt, after=1, kind="turn", payload="{}", turns=1, made=made, **ended)
    return attempt


def test_an_empty_record_sums_up_to_nothing(where: Where) -> None:
    found = cohort(open_store(where, Clock()))
    assert (found.attempts, found.learners, found.turns, found.scenarios, found.rubrics) == (0, 0, 0, (), ())


def test_attempts_are_counted_and_levels_averaged_over_everybody(where: Where) -> None:
    ada, ben = open_store(where, Clock(), "ada"), open_store(where, Clock(), "ben")
    talk(ada, "letter", {"asks": 1, "hears": 4})
    talk(ada, "letter", {"asks": 2, "hears": None}, outcome="harm")
    talk(ben, "letter", {"asks": 3, "hears": 2})
    talk(ben, "home", None)
    found = cohort(ada)
    assert (found.attempts, found.learners, found.turns) == (4, 2, 4)
    assert found.scenarios == (
        ScenarioSummary("home", 1, 1, 1, 0, {}),
        ScenarioSummary("letter", 3, 2, 3, 3, {"met": 2, "harm": 1}),
    )
    assert found.rubrics == (
        RubricSummary("listening", 3, 100.0, (CriterionSummary("asks", 3, 2.0), CriterionSummary("hears", 2, 3.0))),
    )


def test_an_assessment_that_was_superseded_counts_no_longer(where: Where) -> None:
    store = open_store(where, Clock())
    attempt = talk(store, "letter", {"asks": 1})
    store.append(attempt, after=2, kind="undone", payload="{}", state=AttemptState.OPEN, turns=0)
    found = cohort(store)
    assert found.rubrics == ()
    assert found.scenarios == (ScenarioSummary("letter", 1, 1, 0, 0, {}),)
