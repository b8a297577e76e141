"""How a reply is put: politeness and strategies of bargaining, told beside the reading and never part of it."""

from __future__ import annotations

import json

import pytest

from simulator.catalogue.types import Heard, HeardLine
from simulator.language.data import STYLE, lexicon
from simulator.language.style import mark_of, style_of, trained_on


@pytest.mark.parametrize(
    ("polite", "curt"),
    [
        ("Could you please have a look when you get a moment? Thanks so much!", "Why did you not look at it?"),
        ("Hi, I really appreciate your help. Would you mind telling me where it went?", "What is your problem?"),
    ],
)
def test_a_polite_request_is_told_from_a_curt_one(polite: str, curt: str) -> None:
    assert style_of(polite).polite > 0.5 > style_of(curt).polite


@pytest.mark.parametrize(
    ("reply", "strategy"),
    [
        ("Which of the items do you need most?", "elicit-pref"),
        ("I need extra water because my kids get thirsty on hikes.", "self-need"),
        ("Hello, how are you today? Have you been camping before?", "small-talk"),
        ("That does not seem fair to me, I would get only one item.", "vouch-fair"),
    ],
)
def test_a_strategy_of_bargaining_is_told(reply: str, strategy: str) -> None:
    style = style_of(reply, Heard(lines=(HeardLine("client", "I want two of the food and the firewood."),)))
    assert style.strategies[strategy] >= 0.5
    named = lexicon("style")["sources"]["casino"]["labels"][strategy]
    assert (named in style.plainly) is (strategy not in lexicon("style")["no_bargaining"])
    assert style.plainly.get(named, style.strategies[strategy]) == style.strategies[strategy]


def test_every_label_has_words_and_weights() -> None:
    data = json.loads(STYLE.read_text("utf-8"))
    for source, wanted in lexicon("style")["sources"].items():
        assert data[source]["names"] == list(wanted["labels"])
        assert set(style_of("").strategies) == set(lexicon("style")["sources"]["casino"]["labels"])


def test_conversations_trained_on_are_known_by_marks_alone() -> None:
    assert len(trained_on("casino")) > 100
    assert all(len(mark) == len(mark_of("")) for mark in trained_on("casino"))
    assert trained_on("annomi") == frozenset()
