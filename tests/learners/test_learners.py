"""Learners of three kinds of craft, who wrote without sight of the conditions, come out in the order of their craft."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest
import yaml
from talks import typed

from simulator.library import Library
from simulator.rubric.assess import assess

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def learners(request):
    """For each kind of craft: each learner's total, and whether matter and relationship both ended well."""
    library = Library()
    scenario = library.open_scenario(request.param.stem)
    rubrics = [library.open_rubric(name) for name in scenario.rubrics]
    kinds = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    return {kind: [_talk(scenario, rubrics, replies) for replies in talks] for kind, talks in kinds.items()}


def _talk(scenario, rubrics, replies):
    turns = typed(scenario, replies)
    totals = [assess(rubric, scenario, turns).total for rubric in rubrics]
    ending = scenario.endings.get(turns[-1].after.ending)
    return mean(totals), ending is not None and ending.outcome == "met" and ending.relationship != "weaker"


def test_scores_follow_craft(learners):
    good, middling, poor = (mean(total for total, _ in learners[kind]) for kind in ("good", "middling", "poor"))
    assert good > middling > poor


def test_every_poor_learner_scores_below_every_other(learners):
    best_of_poor = max(total for total, _ in learners["poor"])
    assert all(total > best_of_poor for kind in ("good", "middling") for total, _ in learners[kind])


def test_poor_learners_do_not_reach_a_good_ending(learners):
    assert not any(ended_well for _, ended_well in learners["poor"])
    assert sum(ended_well for _, ended_well in learners["good"]) >= 2
