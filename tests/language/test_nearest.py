"""What a question is about, told by its likeness to ways of asking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.catalogue.types import Heard, TopicWords
from simulator.language import read
from simulator.language.nearest import Nearest, grams

TOPICS = (
    TopicWords("sleep", ("sleep", "how are you sleeping"), ("are you getting any sleep at all", "did you get a kip")),
    TopicWords("hours", ("your hours", "shifts"), ("have they cut your shifts", "are you working fewer nights now")),
    TopicWords("rabbit", ("the rabbit",), ("what is the rabbit called", "who gave her that rabbit")),
)


def asked(question: str) -> str | None:
    return read(question, Heard(topics=TOPICS)).questions[0].topic


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("did you get a kip today?", "sleep"),
        ("are you working fewer nights?", "hours"),
        ("who was it gave her that rabbit?", "rabbit"),
        ("what do you think of the government?", None),
    ],
)
def test_a_question_worded_its_own_way_finds_its_topic(question: str, topic: str | None) -> None:
    assert asked(question) == topic


def test_whole_questions_are_examples_and_no_phrases() -> None:
    """A phrase is found wherever it stands; a question like another is only like it."""
    without = tuple(replace(topic, asked_as=()) for topic in TOPICS)
    assert read("did you get a kip?", Heard(topics=without)).questions[0].topic is None
    assert asked("did you get a kip?") == "sleep"
    assert not read("My cat was getting no sleep, did you get a kip, she said.", Heard(topics=TOPICS[1:])).mentions


def test_what_few_topics_have_tells_more_than_what_all_have() -> None:
    near = Nearest(TOPICS).rank(["you", "rabbit"])
    assert max(near, key=near.__getitem__) == 2


def test_a_topic_with_several_near_ways_of_asking_is_nearer() -> None:
    once = Nearest([TopicWords("one", ("pay the rent",)), TopicWords("two", ("see the sea",))])
    twice = Nearest([TopicWords("one", ("pay the rent", "pay that rent")), TopicWords("two", ("see the sea",))])
    assert twice.rank(["pay", "rent"])[0] > once.rank(["pay", "rent"])[0]


def test_nothing_shared_is_not_near() -> None:
    assert Nearest(TOPICS).rank(["zebra"]) == {}
    assert Nearest(()).rank(["zebra"]) == {}


def test_grams_are_stems_and_pairs_each_once() -> None:
    assert grams(["a", "b", "a", "b"]) == ["a", "b", "a b", "b a"]
