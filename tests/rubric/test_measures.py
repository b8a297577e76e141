"""Each measure on a talk made by hand: what it counts, and what it refuses to count."""

from __future__ import annotations

from typing import Any

import pytest
from handmade import IGNORED, OUT, PROUD, SCARED, Talk, sample

from simulator.catalogue.loader import catalogue
from simulator.rubric.measures import (
    Absence,
    Count,
    CuesAnswered,
    Measured,
    Order,
    Rate,
    Ratio,
    Share,
    Timing,
)
from simulator.rubric.outcome import Outcome
from simulator.rubric.record import record
from simulator.scenario.names import Names

KINDS = {
    "count": Count,
    "rate": Rate,
    "ratio": Ratio,
    "share": Share,
    "cues_answered": CuesAnswered,
    "absence": Absence,
    "order": Order,
    "timing": Timing,
    "outcome": Outcome,
}


def take(talk: Talk, kind: str, **parameters: Any) -> Measured:
    measure = KINDS[kind].model_validate({"kind": kind, **parameters}, context=Names(catalogue()))
    return measure.take(record(sample(), talk.turns))


def test_count_takes_each_reply_once_however_many_clauses_show_it() -> None:
    talk = Talk().say("You waited. It hurt.", ("simple_reflection", "You waited."), ("feeling_label", "It hurt."))
    talk.say("What happened?", "open_question").say("You were alone.", "simple_reflection")
    found = take(talk, "count", behaviours=["any_reflection"])
    assert found.score == 2
    assert [item.turn for item in found.evidence] == [1, 3]


def test_findings_the_reader_was_unsure_of_prove_nothing() -> None:
    talk = Talk().say("You waited.", "simple_reflection", confidence=0.49).say("Stop it.", "command", confidence=0.4)
    assert take(talk, "count", behaviours=["any_reflection"]).score == 0
    assert take(talk, "absence", harms={"command": 1}).against == ()


def test_rate_has_a_floor_and_does_not_punish_brevity() -> None:
    short = Talk().say("You waited.", "simple_reflection")
    assert take(short, "rate", behaviours=["any_reflection"], floor=4).score == 0.25
    talk = Talk()
    for words in ("You waited.", "Nobody rang.", "It was the letter.", "So the children know."):
        talk.say(words, "simple_reflection")
    before = take(talk, "rate", behaviours=["any_reflection"], floor=4).score
    talk.say("Go on.", "minimal_encourager")
    assert take(talk, "rate", behaviours=["any_reflection"], floor=4).score == before == 1
    talk.say("Anyway, the weather.")
    assert take(talk, "rate", behaviours=["any_reflection"], floor=4).score == 0.8


def test_ratio_of_reflections_to_questions() -> None:
    talk = Talk().say("You waited.", "simple_reflection").say("It scared you.", "feeling_label")
    assert take(talk, "ratio", of=["any_reflection"], per=["open_question"], floor=2).score == 1
    for question in ("What then?", "How was it?", "Who came?", "What next?"):
        talk.say(question, "open_question")
    found = take(talk, "ratio", of=["any_reflection"], per=["open_question"], floor=2)
    assert found.score == 0.5
    assert len(found.against) == 4


def test_share_counts_a_reply_with_both_for_the_better_one() -> None:
    talk = Talk().say("When? And what was it like?", ("closed_question", "When?"), "open_question")
    talk.say("Did you call?", "closed_question")
    assert take(talk, "share", of=["open_question"], against=["closed_question"], floor=2).score == 0.5
    assert take(talk, "share", of=["open_question"], against=["closed_question"], floor=4).score == 0.25


def test_cues_answered_weighs_strength_and_partial_answers() -> None:
    full = Talk([SCARED]).say("That was frightening.", ("feeling_label", "", "scared"))
    assert take(full, "cues_answered").score == 1
    weak = Talk([SCARED]).say("That sounds hard.", ("feeling_label", "", "scared"), strength=1)
    assert take(weak, "cues_answered").score == 0.5
    # A mild cue taken up in an utterance that held a stronger one: a third of what was there.
    mild = Talk([SCARED, PROUD]).say("You've always paid.", ("affirmation", "", "proud")).say("Right.")
    assert take(mild, "cues_answered").score == pytest.approx(1 / 3)


def test_one_thing_taken_up_is_enough_for_an_utterance_that_offered_two() -> None:
    talk = (
        Talk([SCARED, IGNORED])
        .say("That was frightening.", ("feeling_label", "", "scared"))
        .say("Right.")
        .say("Right.")
    )
    found = take(talk, "cues_answered")
    assert found.score == 1
    assert found.missed == ()


def test_cues_nobody_took_up_are_missed_with_the_line_that_offered_them() -> None:
    talk = Talk([SCARED]).say("Which form is it?", "closed_question").say("Fill it in.", "command")
    found = take(talk, "cues_answered")
    assert found.score == 0
    assert [(missed.cue, missed.line_turn) for missed in found.missed] == [("scared", 0)]
    assert found.missed[0].line.startswith("Four weeks")


def test_a_cue_in_the_last_line_is_not_held_against_the_learner() -> None:
    talk = Talk().say("Tell me.", "open_question", cues=[SCARED])
    assert take(talk, "cues_answered").score is None
    talk.say("Right.")
    assert take(talk, "cues_answered").score is None


def test_cues_answered_may_look_at_some_kinds_only_and_sees_answers_to_questions() -> None:
    talk = (
        Talk([SCARED, OUT]).say("Not without a court order.", "reassurance_grounded", answered=("out",)).say("Right.")
    )
    assert take(talk, "cues_answered", kinds=["question"]).score == 1
    assert take(talk, "cues_answered", kinds=["feeling"]).score == 0
    assert take(talk, "cues_answered", kinds=["risk"]).score is None


def test_absence_weighs_harm_against_help_and_not_against_length() -> None:
    harms = {"command": 1, "any_escalation": 2}
    talk = Talk().say("Sit down.", "command")
    for number in range(5):
        talk.say(f"You waited {number} weeks.", "simple_reflection")
    assert take(talk, "absence", harms=harms, floor=5).score == 0.8
    for number in range(9):
        talk.say(f"It is {number} o'clock.")
    assert take(talk, "absence", harms=harms, floor=5).score == 0.8
    talk.say("Or else.", "threat")
    found = take(talk, "absence", harms=harms, floor=5)
    assert found.score == pytest.approx(0.4)
    assert [item.behaviour for item in found.against] == ["command", "threat"]


def test_a_behaviour_named_itself_goes_before_its_group() -> None:
    talk = Talk().say("I dare you.", "challenge")
    assert take(talk, "absence", harms={"any_escalation": 1, "challenge": 2}, floor=5).score == 0.6
    assert take(talk, "absence", harms={"challenge": 2, "any_escalation": 1}, floor=5).score == 0.6


def test_absence_alone_earns_no_high_level() -> None:
    silent = Talk().say("Mm.").say("The form is blue.")
    assert take(silent, "absence", harms={"command": 1}).cap == 2
    helped = Talk().say("You waited.", "simple_reflection")
    assert take(helped, "absence", harms={"command": 1}).cap == 4


def test_a_question_left_lying_is_shown_with_the_line_that_asked_it() -> None:
    talk = (
        Talk([OUT], opening="Are you putting us out?").say("Nice weather.").say("Which form?", ("deflect", "", "out"))
    )
    found = take(talk, "absence", harms={"deflect": 1})
    assert [(item.turn, item.line) for item in found.against] == [(2, "Are you putting us out?")]


def test_order_counts_listening_before_the_first_influence() -> None:
    late = Talk().say("You should ring them.", "advice_without_permission").say("You waited.", "simple_reflection")
    assert take(late, "order", first=["any_empathy"], then=["any_advice"], enough=2).score == 0
    same = Talk().say(
        "You waited. Try the fund.",
        ("simple_reflection", "You waited."),
        ("advice_without_permission", "Try the fund."),
    )
    assert take(same, "order", first=["any_empathy"], then=["any_advice"], enough=2).score == 0.5
    swapped = Talk().say(
        "Try the fund. You waited.",
        ("simple_reflection", "You waited."),
        ("advice_without_permission", "Try the fund."),
    )
    assert take(swapped, "order", first=["any_empathy"], then=["any_advice"], enough=2).score == 0
    never = Talk().say("You waited.", "simple_reflection").say("It hurt.", "feeling_label")
    assert take(never, "order", first=["any_empathy"], then=["any_advice"], enough=2).score == 1


def test_timing_from_the_start_and_after_a_cue() -> None:
    at_once = Talk().say("Hello, I'm Sam.", "greet")
    assert take(at_once, "timing", behaviours=["greet"], within=4).score == 1
    third = Talk().say("Yes?").say("What?").say("Hello.", "greet")
    assert take(third, "timing", behaviours=["greet"], within=4).score == 0.5
    never = Talk().say("Yes?")
    assert take(never, "timing", behaviours=["greet"], within=4).score == 0
    cue = Talk([SCARED]).say("Which form?").say("That was frightening.", ("feeling_label", "", "scared"))
    assert take(cue, "timing", behaviours=["feeling_label"], within=4, after=["feeling"]).score == 0.75
    missed = take(
        Talk([SCARED]).say("Which form?"), "timing", behaviours=["feeling_label"], within=4, after=["feeling"]
    )
    assert (missed.score, [one.cue for one in missed.missed]) == (0, ["scared"])
    assert take(at_once, "timing", behaviours=["greet"], within=4, after=["risk"]).score is None


def outcome(talk: Talk, **part: Any) -> float | None:
    return take(talk, "outcome", parts=[part]).score


def test_outcome_of_a_meter_grows_with_what_was_gained() -> None:
    calmer = Talk(agitation=60).say("You waited.", agitation=-15)
    assert outcome(calmer, of="meter", meter="agitation", by=30) == 0.5
    hotter = Talk(agitation=60).say("Sit down.", agitation=20)
    assert outcome(hotter, of="meter", meter="agitation", by=30) == 0
    assert outcome(calmer, of="meter", meter="no_such_meter", by=30) is None


def test_outcome_of_objectives_and_endings() -> None:
    talk = Talk().say("What changed?", told=("hours_cut",))
    assert outcome(talk, of="objectives") == 0.5
    worth = {"met": 1, "partly": 0.5, "not_met": 0, "harm": 0}
    assert outcome(talk, of="ending", worth=worth) == 0
    talk.say("Tuesday, then.", ending="plan_agreed", agreed=9)
    assert outcome(talk, of="objectives") == 1
    assert outcome(talk, of="ending", worth=worth) == 1
    assert outcome(talk, of="relationship", worth={"stronger": 1, "same": 0.5, "weaker": 0}) == 1


@pytest.mark.parametrize(
    ("agreed", "ending", "score"),
    [(14, "plan_agreed", 1), (9, "plan_agreed", 0), (None, "walks_out", 0.25), (None, None, 0)],
)
def test_outcome_of_issues_keeps_to_what_the_learner_needs(
    agreed: float | None, ending: str | None, score: float
) -> None:
    talk = Talk().say("So that is settled.", agreed=agreed, ending=ending)
    assert outcome(talk, of="issues", open=0.25) == score


def test_outcome_of_an_agreement_wants_it_said_and_checked() -> None:
    part = {"of": "agreement", "recap": ["summarise_agreement"], "check": ["test_agreement"]}
    talk = Talk().say("So ten days.", "summarise_agreement")
    assert outcome(talk, **part) == 0.5
    talk.say("Is that what you have?", "test_agreement")
    assert outcome(talk, **part) == 1


def test_gamed_replies_earn_nothing_but_their_harm_counts() -> None:
    talk = Talk().say(
        "It sounds like you hear that I understand.", "complex_reflection", "validation", gates=("stuffing",)
    )
    talk.say("Four weeks I've been ringing.", ("simple_reflection", ""), ("verbatim_parrot", ""), gates=("parrot",))
    found = take(talk, "count", behaviours=["any_reflection", "validation"])
    assert found.score == 0
    assert {item.why for item in found.evidence} == {"gamed: stuffing", "gamed: parrot"}
    talk.say("Shut up, it sounds like.", "contempt", gates=("stuffing",))
    assert take(talk, "absence", harms={"contempt": 1}, floor=1).score == 0


def test_help_beside_a_roadblock_earns_nothing_beside_mild_advice_it_does() -> None:
    talk = Talk().say("You're scared. Calm down.", ("feeling_label", "You're scared."), ("calm_down", "Calm down."))
    assert take(talk, "count", behaviours=["any_reflection"]).score == 0
    talk.say(
        "You're scared. Try the fund.",
        ("feeling_label", "You're scared."),
        ("advice_without_permission", "Try the fund."),
    )
    assert take(talk, "count", behaviours=["any_reflection"]).score == 0.5  # the same words as before, so half


def test_the_same_stock_behaviour_has_diminishing_returns() -> None:
    talk = Talk()
    for feeling in ("sad", "angry", "alone", "tired", "lost"):
        talk.say(f"It sounds like you are {feeling}.", "feeling_label")
    assert take(talk, "count", behaviours=["feeling_label"]).score == 1 + 1 + 0.5 + 0.25 + 0.125
    fresh = Talk()
    for words in ("You are sad.", "That hurt.", "Alone with it.", "So tired.", "Lost, and nobody there."):
        fresh.say(words, "feeling_label")
    assert take(fresh, "count", behaviours=["feeling_label"]).score == 5


def test_the_same_words_again_count_half_even_much_later() -> None:
    talk = Talk().say("That must be hard.", "feeling_label")
    talk.say("What happened?", "open_question").say("That must be hard.", "feeling_label")
    assert take(talk, "count", behaviours=["feeling_label"]).score == 1.5


def test_a_harmful_reply_in_between_does_not_break_a_stock_habit() -> None:
    talk = (
        Talk().say("It sounds like you are sad.", "feeling_label").say("It sounds like you are cross.", "feeling_label")
    )
    talk.say("Sit down.", "command").say("It sounds like you are tired.", "feeling_label")
    assert take(talk, "count", behaviours=["feeling_label"]).score == 2.5
    talk.say("What happened?", "open_question").say("It sounds like you are alone.", "feeling_label")
    assert take(talk, "count", behaviours=["feeling_label"]).score == 3.5


def test_a_reply_that_helps_and_harms_does_not_dilute_harm() -> None:
    talk = Talk().say("Sit down.", "command")
    talk.say("You waited. Try this.", ("simple_reflection", "You waited."), ("advice_without_permission", "Try this."))
    assert take(talk, "absence", harms={"command": 1}, floor=1).score == 0
    talk.say("It hurt.", "feeling_label").say("Nobody rang.", "simple_reflection")
    assert take(talk, "absence", harms={"command": 1}, floor=1).score == 0.5


def test_an_answer_in_a_gamed_reply_answers_no_cue() -> None:
    talk = Talk([OUT]).say("Court order court order.", answered=("out",), gates=("stuffing",))
    assert take(talk, "cues_answered").score is None  # one chance only, and not taken
    told = Talk([OUT]).say("Not without a court order.", answered=("out",))
    assert take(told, "cues_answered").score == 1


def test_a_fact_answers_a_question_but_takes_up_no_feeling() -> None:
    asked = (
        Talk([SCARED]).say("When did it come?", ("closed_question", "", "scared"), answered=("scared",)).say("Right.")
    )
    assert take(asked, "cues_answered").score is None  # the cue closed with the reply, and nothing was taken up
    fact = Talk([OUT]).say("It takes two months.", ("give_information", "", "out"))
    assert take(fact, "cues_answered").score == 1


def test_what_a_gamed_reply_gained_is_no_outcome() -> None:
    talk = Talk(agitation=60).say("It sounds like I hear you.", "validation", gates=("stuffing",), agitation=-20)
    talk.say("You waited.", "simple_reflection", agitation=-6)
    assert outcome(talk, of="meter", meter="agitation", by=30) == 0.2
