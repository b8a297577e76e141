"""The coach's word: one strength and one point to grow at most, in the learner's own words, never scolding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import OUT, PROUD, SCARED, TWO_PEOPLE, Talk, sample
from hypothesis import given
from hypothesis import strategies as st

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Span
from simulator.conversation.turn import Effect
from simulator.rubric.feedback import Feedback, coach
from simulator.rubric.record import passage
from simulator.scenario import load_file

SCENARIO = sample()


def last(talk: Talk) -> Feedback:
    return coach(SCENARIO, talk.turns[-1], talk.turns[:-1])


def test_a_strength_quotes_names_and_tells_the_effect() -> None:
    talk = Talk([SCARED]).say(
        "Oh. That must have been frightening.", ("feeling_label", "frightening", "scared"), trust=8, agitation=-10
    )
    word = last(talk)
    assert word.growth is None
    assert word.strength is not None
    assert word.strength.behaviour == "feeling_label"
    assert word.strength.quote == "That must have been frightening."
    assert word.strength.text.startswith('"That must have been frightening."')
    assert "trust up 8, agitation down 10" in word.strength.text
    assert catalogue().behaviour("feeling_label").effect_on_client in word.strength.text


def test_harm_is_a_point_to_grow_with_something_to_try() -> None:
    talk = Talk().say("Why didn't you ring?", "why_challenge", trust=-4, agitation=6)
    growth = last(talk).growth
    assert growth is not None
    assert growth.phrase == catalogue().behaviour("why_challenge").try_
    assert growth.text.endswith(growth.phrase)
    assert "trust down 4, agitation up 6" in growth.text


def test_gains_belong_to_the_strength_and_losses_to_the_growth_point() -> None:
    talk = Talk().say(
        "You waited. Have you tried the fund?",
        ("simple_reflection", "You waited."),
        ("advice_without_permission", "Have you tried the fund?"),
        trust=3,
        agitation=5,
    )
    word = last(talk)
    assert word.strength is not None
    assert word.growth is not None
    assert (word.strength.moved, word.growth.moved) == ("Denise: trust up 3.", "Denise: agitation up 5.")


def test_a_strong_cue_is_mentioned_at_once_a_middling_one_after_a_turn_a_mild_one_never() -> None:
    strong = last(Talk([SCARED]).say("Which form?", "closed_question"))
    assert strong.growth is not None
    assert strong.growth.missed is not None
    assert (strong.growth.missed.cue, "Four weeks" in strong.growth.text) == ("scared", True)
    middling = Talk([OUT]).say("Which form?", "closed_question")
    assert last(middling).growth is None or last(middling).growth.missed is None  # type: ignore[union-attr]
    later = last(middling.say("The blue one.")).growth
    assert later is not None
    assert later.missed is not None
    mild = Talk([PROUD]).say("Which form?").say("That one.").say("Yes.")
    assert all(coach(SCENARIO, turn, mild.turns[:at]).growth is None for at, turn in enumerate(mild.turns))


def test_a_line_from_which_something_was_taken_up_is_not_brought_back() -> None:
    talk = Talk([SCARED, OUT]).say("That was frightening.", ("feeling_label", "", "scared")).say("I see.")
    assert last(talk).growth is None


def test_a_question_left_lying_quotes_the_client() -> None:
    talk = (
        Talk([OUT], opening="Are you putting us out?").say("Nice weather.").say("Which form?", ("deflect", "", "out"))
    )
    growth = last(talk).growth
    assert growth is not None
    assert growth.text.startswith('Denise had said: "Are you putting us out?"')


def test_an_unsure_reading_gets_a_neutral_word() -> None:
    word = last(Talk().say("Mmh well so.", "blame", confidence=0.3))
    assert (word.strength, word.growth) == (None, None)
    assert word.word
    assert word.texts == (word.word,)


@pytest.mark.parametrize("gate", ["parrot", "stuffing", "repeats"])
def test_a_gamed_reply_is_not_praised(gate: str) -> None:
    word = last(Talk().say("It sounds like I hear you.", "complex_reflection", gates=(gate,)))
    assert word.strength is None
    assert "to try" in word.word


def test_the_same_words_again_are_noticed() -> None:
    talk = Talk().say("That must be hard.", "feeling_label").say("That must be hard.", "feeling_label")
    growth = last(talk).growth
    assert last(talk).strength is None
    assert growth is not None
    assert "has served you before" in growth.text


def test_what_is_new_is_praised_before_what_was_shown_often() -> None:
    talk = Talk().say("You waited.", "simple_reflection").say("It hurt you.", "simple_reflection")
    talk.say("So tired. What happened?", ("simple_reflection", "So tired."), ("open_question", "What happened?"))
    strength = last(talk).strength
    assert strength is not None
    assert strength.behaviour == "open_question"


def test_each_person_moves_under_their_own_name() -> None:
    scenario = load_file(TWO_PEOPLE)
    first, second = list(scenario.people.values())[:2]
    strain = next(name for name in scenario.all_meters if name.endswith(".strain"))
    turn = Talk().say("Please wait outside.", "command", trust=-4).turns[0]
    turn = replace(turn, effects=(*turn.effects, Effect("by hand", strain, 6.0)))
    growth = coach(scenario, turn, ()).growth
    assert growth is not None
    assert growth.moved == f"{first.name}: trust down 4. {second.name}: strain up 6."


@given(st.text(max_size=200), st.text(max_size=40), st.integers(10, 80))
def test_a_passage_is_short_and_its_words_are_the_learners(before: str, inside: str, longest: int) -> None:
    reply = before + inside
    quote = passage(reply, Span(len(before), len(reply)), longest)
    assert len(quote) <= longest + len("...  ...")
    core = quote.removeprefix("... ").removesuffix(" ...")
    assert core in " ".join(reply.split())


def test_braces_and_marks_in_a_reply_stay_as_they_are() -> None:
    talk = Talk().say("{effect} {moved} {client}", "open_question")
    strength = last(talk).strength
    assert strength is not None
    assert strength.text.startswith('"{effect} {moved} {client}"')
