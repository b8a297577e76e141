"""Phrases found in a reply: many lists at once give what each gives alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.language.clauses import take_apart
from simulator.language.phrases import Lists, find, find_any

WORDS = [
    "who",
    "found",
    "her",
    "your",
    "kids",
    "the",
    "rent",
    "money",
    "letter",
    "manager",
    "ring",
    "you",
    "back",
    "do",
    "what",
    "not",
    "his",
    "name",
    "keep",
    "it",
]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(PHRASES, max_size=4), max_size=4),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
)
def test_many_lists_at_once_give_what_each_gives_alone(lists: list[list[str]], reply: str) -> None:
    for clause in take_apart(reply).clauses:
        together = Lists(lists).find(clause.tokens)
        alone = {number: found for number, each in enumerate(lists) if (found := find_any(each, clause.tokens))}
        assert together == alone


@pytest.mark.parametrize(
    ("phrase", "reply", "there"),
    [
        ("who found her", "and who found her then", True),
        ("what happened to her", "what happened to her", True),
        ("your name", "what is his name", False),
        ("your name", "what is your name", True),
        ("ring you back", "did they ring you back", True),
    ],
)
def test_small_words_say_who_and_whose(phrase: str, reply: str, there: bool) -> None:
    (clause,) = take_apart(reply).clauses
    assert (find(phrase, clause.tokens) is not None) is there
