"""The light model's arithmetic: scores of all behaviours at once are the sums one would add by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.model import Model, confidence, model

NAMES = ("greet", "blame", "asks")
WEIGHTS = st.dictionaries(st.integers(0, 2), st.integers(-2000, 2000).filter(bool), max_size=3)
TABLES = st.dictionaries(st.sampled_from("abcdefgh"), WEIGHTS, max_size=8)
FOUND = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 100).map(lambda hundredths: hundredths / 100))


def made(table: dict[str, dict[int, int]]) -> Model:
    pairs = {name: [each for pair in weights.items() for each in pair] for name, weights in table.items()}
    return Model(NAMES, (0.5, -1.0, 0.0), (0.25, 0.0, -2.0), 100.0, pairs)


@given(TABLES, FOUND)
def test_a_score_is_the_sum_of_what_its_features_weigh(table, found):
    scores = made(table).scores(found)
    for number, (name, before) in enumerate(zip(NAMES, (0.25, -1.0, 2.0), strict=True)):
        by_hand = sum(table.get(feature, {}).get(number, 0) * value for feature, value in found.items()) / 100
        assert scores[name] == pytest.approx(by_hand + before)


@given(TABLES, st.lists(st.sampled_from("abcdefghij"), unique=True))
def test_a_share_is_the_part_of_the_score_that_some_features_add(table, names):
    of = made(table)
    alone = of.scores(dict.fromkeys(names, 1.0))["blame"] - of.scores({})["blame"]
    assert of.share("blame", names) == pytest.approx(alone)


def test_no_reply_can_fill_a_lane():
    heaviest = max(abs(weight) for pairs in model().table.values() for weight in pairs[1::2])
    assert heaviest <= 2000


def test_half_sure_at_the_point_from_which_a_behaviour_counts():
    assert confidence(0) == 0.5
    assert confidence(-1) < 0.5 < confidence(1)
