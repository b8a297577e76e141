"""An utterance taken apart: clauses, negation, other people's words, and names called."""

from __future__ import annotations

import pytest

from simulator.catalogue.types import Heard, HeardLine, PersonNames
from simulator.language import read
from simulator.language.clauses import take_apart


def clauses(text: str) -> list[str]:
    return [clause.text for clause in take_apart(text).clauses]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("You rang. Nobody came.", ["you rang", "nobody came"]),
        ("I hear you, but I cannot promise that", ["i hear you,", "but i can not promise that"]),
        ("so you rang and nobody answered", ["so you rang", "and nobody answered"]),
        ("If you like, we can start with the letter", ["if you like,", "we can start with the letter"]),
        ("one\ntwo", ["one", "two"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_clause_has_one_thing_to_say(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_a_mark_belongs_to_the_last_clause_of_its_sentence() -> None:
    first, second = take_apart("You rang, and did they answer?").clauses
    assert not first.asked
    assert second.asked
    assert first.opens
    assert not second.opens


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("you are not alone", "alone", True),
        ("not only tired", "tired", False),
        ("no wonder you are tired", "tired", False),
        ("i never said you were lazy", "lazy", True),
        ("you are tired", "tired", False),
        ("not one of the many people who came here was tired", "tired", False),
    ],
)
def test_negation_reaches_five_words(text: str, word: str, *, negated: bool) -> None:
    clause = take_apart(text).clauses[0]
    assert clause.negated(clause.start + clause.text.index(word)) is negated


@pytest.mark.parametrize(
    "reply",
    [
        "He told me to calm down.",
        "Did they say you should calm down?",
        'They said "calm down" to you, and that was wrong.',
        "The doctor said you must stay in bed, and you did not like that.",
    ],
)
def test_other_peoples_words_are_not_the_learners(reply: str) -> None:
    reading = read(reply)
    assert not reading.has("calm_down")
    assert not reading.has("command")


def test_curly_and_straight_quotes_read_alike() -> None:
    curly, straight = read("You’re angry, and that’s fair."), read("You're angry, and that's fair.")
    assert [f.behaviour for f in curly.findings] == [f.behaviour for f in straight.findings]
    assert curly.quality == straight.quality


PEOPLE = (PersonNames("joe", ("Joe", "Mr Mercer")), PersonNames("carol", ("Carol",)))


@pytest.mark.parametrize(
    ("reply", "who"),
    [
        ("Carol, you must be frightened.", "carol"),
        ("And what about you, Joe?", "joe"),
        ("Okay, Mr Mercer, what happened?", "joe"),
        ("Joe what would help?", "joe"),
        ("I spoke to Carol about it.", None),
        ("What happened?", None),
    ],
)
def test_who_is_turned_to(reply: str, who: str | None) -> None:
    heard = Heard(lines=(HeardLine("client", "He will not stay."),), people=PEOPLE)
    assert read(reply, heard).addressed == who


@pytest.mark.parametrize(
    ("reply", "to"),
    [
        ("Is it sore? And Carol you look worn out, was it a long drive?", ["", "carol"]),
        ("What did they say, Joe, and Carol what do you think?", ["joe", "carol"]),
        ("How are you Joe? Carol, were you there?", ["joe", "carol"]),
        ("Could be Carol. Would she do that?", [None]),
        ("Carol love, what is it?", ["carol"]),
    ],
)
def test_a_question_is_put_to_whoever_was_turned_to_by_then(reply: str, to: list[str | None]) -> None:
    heard = Heard(lines=(HeardLine("client", "He will not stay."),), people=PEOPLE)
    assert [question.to for question in read(reply, heard).questions] == to


def test_each_finding_goes_to_the_person_called_before_it() -> None:
    heard = Heard(lines=(HeardLine("client", "I am scared for him."),), people=PEOPLE)
    reading = read("Carol, you sound scared. Joe, what would you like to do?", heard)
    said_to = {finding.behaviour: finding.to for finding in reading.findings}
    assert said_to["feeling_label"] == "carol"
    assert said_to["open_question"] == "joe"
