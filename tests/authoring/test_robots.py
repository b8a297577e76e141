"""Robot learners: the same call gives the same result, whatever the cores; personas come out in their order."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from diagnosed import BASES

from simulator.authoring.playtests import Coverage
from simulator.authoring.robots import personas, simulate
from simulator.authoring.robots.render import render_html, render_text
from simulator.authoring.robots.results import Talk, gathered
from simulator.library import Library
from simulator.scenario import load_file


@pytest.fixture(scope="module")
def plain():
    scenario = load_file(BASES["plain"])
    return scenario, [Library().open_rubric(name) for name in scenario.rubrics]


def test_the_same_seed_gives_the_same_result_on_any_number_of_cores(plain) -> None:
    one = simulate(*plain, 20, 7, cores=1)
    assert one == simulate(*plain, 20, 7, cores=2)
    assert one != simulate(*plain, 20, 8, cores=1)
    assert one.talks == 20
    assert [row.talks for row in one.personas] == [2] * len(personas())


def test_progress_adds_up(plain) -> None:
    told: list[int] = []
    simulate(*plain, 12, 1, cores=1, progress=told.append)
    assert sum(told) == 12


def test_what_ships_ranks_the_personas() -> None:
    library = Library()
    scenario = library.open_scenario("rent-arrears")
    found = simulate(scenario, [library.open_rubric(name) for name in scenario.rubrics], 30, 1)
    assert found.broken == ()
    assert found.discrimination is not None
    assert found.discrimination > 0.3


def talks(**scores: float) -> list[Talk]:
    return [Talk(name, 5, None, score, {"r.c": score / 25}, {}, {}) for name, score in scores.items()]


def test_an_order_that_is_broken_is_told() -> None:
    sound = gathered("x", 1, talks(expert=90, developing=60, novice=30, hostile=5, parrot=20), Coverage({}, {}))
    assert (sound.broken, sound.difficulty, sound.discrimination) == ((), 0.4, 0.6)
    assert sound.criteria == {"r.c": 0.6}
    bad = gathered("x", 1, talks(expert=50.0, developing=60.0, novice=30.0, hostile=5.0, parrot=70.0), Coverage({}, {}))
    assert len(bad.broken) == 2
    assert "parrot (70.0) stands above developing (60.0)" in bad.broken[1]


def test_the_result_as_text_page_and_json(plain) -> None:
    found = simulate(*plain, 10, 1, cores=1)
    text = render_text(found)
    assert "plain: 10 talks, seed 1" in text
    assert "expert" in text
    assert "covered:" in text
    html = render_html(found)
    assert html.count("<tr>") == len(personas()) + 1
    assert json.loads(json.dumps(asdict(found)))["talks"] == 10
