"""What the client answers: which topic, which answer, once or again, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talk import COUPLE, asks, at, brings, play, reads, scenario, sources

from simulator.catalogue.types import Span
from simulator.conversation import begin

CHILDREN = {
    "topic": ["kids"],
    "answers": [
        {"asks": ["how many"], "guarded": "Two. Why?", "trusting": "Two. Lovely ones."},
        {"asks": ["how old"], "line": "Twelve and seven."},
        {"asks": ["any"], "when": "trust >= 45", "line": "The little one frets."},
        {"asks": ["any"], "line": "They're fine."},
    ],
    "again": ["I told you about the kids.", "Ask me something else than kids."],
}
WORK = {
    "answers": [
        {"when": "trust >= 45", "line": "They cut my nights.", "tells": "cut"},
        {"line": "I work. Same as ever.", "lie": True, "hides": "cut"},
    ]
}
VOICE = {
    "asked_unknown": ["{subject}? Search me."],
    "asked_back": ["I asked you that."],
    "told_nothing": ["There is no more to it."],
    "blame": ["That is not fair."],
    "complex_reflection": ["You see it."],
}


def talk(**parts):
    parts.setdefault("knows", {"children": CHILDREN, "work": WORK})
    return scenario(facts={"cut": "Her nights were cut."}, client={"voice": VOICE}, **parts)


def says(of, *questions, trust=30, shown=(), **more):
    return play(of, reads(*shown, questions=questions, **more), start=at(of, meters={"trust": trust}))[0].utterance.text


@pytest.mark.parametrize(
    ("kind", "trust", "answer"),
    [
        ("how many", 30, "Two. Why?"),
        ("how many", 50, "Two. Lovely ones."),
        ("how old", 30, "Twelve and seven."),
        ("why", 30, "They're fine."),
        ("why", 45, "The little one frets."),
        ("yes or no", 44, "They're fine."),
    ],
)
def test_the_first_answer_that_fits_kind_and_condition_is_given(kind, trust, answer):
    assert says(talk(), asks("children", kind), trust=trust) == answer


def test_an_answer_is_tested_on_the_meters_after_the_transition():
    of = talk(first={"transitions": [{"when": "greet", "effects": {"trust": "+20"}}]})
    assert says(of, asks("children", "why"), shown=["greet"]) == "The little one frets."


def test_the_same_question_again_gets_again_and_another_kind_its_answer():
    turns = play(
        talk(), *[reads(questions=(asks("children", kind),)) for kind in ("how old", "how old", "who", "how old")]
    )
    texts = [turn.utterance.text for turn in turns]
    assert texts[0::2] == ["Twelve and seven.", "They're fine."]
    assert {texts[1], texts[3]} == set(CHILDREN["again"])
    assert turns[-1].after.answers == {"topic:children/2": 1, "topic:children/4": 1}


def test_what_was_said_guardedly_is_told_once_more_to_someone_trusted():
    of = talk()
    first = play(of, reads(questions=(asks("children", "how many"),)))[0]
    later = at(of, meters={"trust": 60}, answers=first.after.answers, used=first.after.used, recent=("Well.",))
    assert (
        play(of, reads(questions=(asks("children", "how many"),)), start=later)[0].utterance.text == "Two. Lovely ones."
    )


def test_a_question_answered_in_the_very_last_words_is_not_answered_in_them_again():
    of = talk()
    turn = play(of, reads(questions=(asks("children", "how old"),)), start=at(of, recent=("Two. Twelve and seven.",)))[
        0
    ]
    assert turn.utterance.text in CHILDREN["again"]


def test_a_lie_lasts_until_its_fact_is_told():
    of = talk()
    assert says(of, asks("work")) == "I work. Same as ever."
    told = play(of, reads(questions=(asks("work"),)), start=at(of, told=("cut",)))[0]
    assert "Same as ever" not in told.utterance.text
    truth = play(of, reads(questions=(asks("work"),)), start=at(of, meters={"trust": 50}))[0]
    assert (truth.utterance.text, truth.told, truth.after.told) == ("They cut my nights.", ("cut",), ("cut",))


def test_two_questions_are_answered_in_the_order_they_were_asked_and_a_third_is_not():
    of = talk(knows={name: {"answers": [{"line": f"About {name}."}]} for name in ("work", "home", "food")})
    questions = asks("work", score=0.6, at=0), asks("home", score=0.9, at=10), asks("food", score=0.8, at=20)
    assert says(of, *questions) == "About home. About food."


def test_a_topic_hardly_less_sure_is_taken_where_the_surest_was_answered_or_has_no_answer_now():
    of = scenario(
        knows={
            "home": {"answers": [{"line": "By the sea."}]},
            "work": {"answers": [{"line": "I mend nets."}]},
            "past": {"answers": [{"when": "turn > 9", "line": "Long ago."}]},
        }
    )
    unsure = asks("home", score=0.7, work=0.65)
    first, second = play(of, reads(questions=(unsure,)), reads(questions=(unsure,)))
    assert (first.utterance.text, second.utterance.text) == ("By the sea.", "I mend nets.")
    (turn,) = play(of, reads(questions=(asks("past", score=0.7, work=0.65),)))
    assert turn.utterance.text == "I mend nets."


def test_a_topic_is_answered_once_a_turn():
    assert (
        says(talk(), asks("children", "how old", score=0.9), asks("children", "who", score=0.5)) == "Twelve and seven."
    )


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (asks(None, subject="your dog"), "Your dog? Search me."),
        (asks("home", subject="the flat"), "The flat? Search me."),
        (asks(None, "more"), "There is no more to it."),
        (asks("more", "more"), "There is no more to it."),
    ],
)
def test_what_nobody_foresaw_is_admitted(question, start):
    assert says(talk(), question).startswith(start)


def test_what_nobody_foresaw_is_admitted_in_words_that_fit_what_was_asked_for():
    voice = {**VOICE, "asked_when": ["I forget the day."], "asked_figure": ["I never counted."]}
    of = scenario(client={"voice": voice})
    assert says(of, asks(None, "when", subject="your dog")) == "I forget the day."
    assert says(of, asks(None, "how many", subject="your dogs")) == "I never counted."
    assert says(of, asks(None, "how", subject="your dog")).startswith("Your dog? Search me.")
    proposed = replace(asks(None, "when", subject="us"), proposes=True)
    assert says(scenario(client={"voice": {**voice, "asked_to_agree": ["We'll see."]}}), proposed) == "We'll see."


def test_an_answer_makes_an_unforeseen_question_beside_it_go_unmentioned():
    assert says(talk(), asks("children", "how old"), asks(None, subject="your dog")) == "Twelve and seven."


def test_a_question_that_reflects_or_offers_is_not_taken_as_one():
    text = says(talk(), asks(None, "yes or no", subject="right"), shown=["complex_reflection"])
    assert text.startswith("You see it.")
    assert "Search me" not in text


def test_saying_something_back_and_asking_if_it_is_right_asks_nothing_new():
    kids = replace(asks("children", "yes or no"), states=True)
    assert says(talk(), kids, shown=["complex_reflection"]) == "You see it."
    assert says(talk(), kids) == "They're fine."
    turned_round = replace(kids, states=False)
    assert says(talk(), turned_round, shown=["complex_reflection"]).endswith("They're fine.")
    assert says(talk(), asks("children", "how old"), shown=["complex_reflection"]) == "You see it. Twelve and seven."


def test_a_question_just_asked_by_the_client_is_thrown_back():
    of = talk(first={"line": {"line": "Who signed it?", "cues": {"who": {"question": ["signed"]}}}})
    reply = "Who signed it?"
    asked = replace(asks(None, "who", subject="it"), span=Span(0, len(reply)))
    assert play(of, reads(reply=reply, questions=(asked,)))[0].utterance.text == "I asked you that."
    other = reads(reply="Who lives there?", questions=(asked,))
    assert play(of, other)[0].utterance.text == "It? Search me."


def test_each_way_of_going_on_is_said_before_there_is_nothing_left():
    of = talk(knows={"more": {"answers": [{"line": ["One thing.", "Another thing."]}]}})
    texts = [turn.utterance.text for turn in play(of, *[reads(questions=(asks("more", "more"),))] * 3)]
    assert sorted(texts[:2]) == ["Another thing.", "One thing."]
    assert texts[2] == "There is no more to it."


def test_the_person_turned_to_answers_else_who_spoke_last_else_who_knows():
    knows = lambda name: {"knows": {"home": {"answers": [{"line": f"{name} lives here."}]}}}  # noqa: E731
    both = scenario(COUPLE, ada=knows("Ada"), ben=knows("Ben"), first={"who": "ben"})
    one = scenario(COUPLE, ada=knows("Ada"), first={"who": "ben"})
    who = lambda of, reading: [  # noqa: E731
        (saying.name, saying.text) for saying in play(of, reading)[0].utterance.everything
    ]
    assert who(both, reads(questions=(asks("home"),))) == [("Ben", "Ben lives here.")]
    assert who(both, reads(questions=(asks("home"),), addressed="ada")) == [("Ada", "Ada lives here.")]
    assert who(one, reads(questions=(asks("home"),))) == [("Ada", "Ada lives here.")]
    before_a_name = replace(asks("home"), to="")
    assert who(both, reads(questions=(before_a_name,), addressed="ada")) == [("Ben", "Ben lives here.")]
    ((name, text),) = who(one, reads(questions=(asks("home"),), addressed="ben"))
    assert name == "Ben"
    assert text != "Ada lives here."


def test_trust_for_an_answer_is_the_answering_persons():
    answer = {"knows": {"home": {"answers": [{"guarded": "No.", "trusting": "Yes."}]}}}
    of = scenario(COUPLE, ada=answer, ben=answer)
    assert play(of, reads(questions=(asks("home"),), addressed="ada"))[0].utterance.text == "No."
    assert play(of, reads(questions=(asks("home"),), addressed="ben"))[0].utterance.text == "Yes."


DESK = {
    "know": [{"id": "law", "text": "The law.", "words": ["law"], "line": "Nobody told me.", "when": "not given law"}],
    "may_offer": [
        {"id": "plan", "text": "A plan.", "words": ["plan"], "line": "A plan?", "effects": {"trust": "+7"},
         "when": "trust >= 20"}
    ],
    "may_not": [{"id": "keep", "text": "Keep it.", "words": ["keep"], "line": "You can't say that."}],
}  # fmt: skip


def test_a_point_is_answered_the_first_time_it_is_brought():
    first, second = play(talk(desk=DESK), reads(points=brings("law")), reads(points=brings("law")))
    assert first.utterance.text == "Nobody told me."
    assert "point:law" not in sources(second)
    assert second.after.given == ("law",)


def test_a_points_guard_and_effects():
    of = talk(desk=DESK)
    (turn,) = play(of, reads(points=brings("plan")))
    assert turn.after.meters["trust"] == begin(of, 1)[0].meters["trust"] + 7
    early = play(of, reads(points=brings("plan")), start=at(of, meters={"trust": 10}))[0]
    assert "point:plan" not in sources(early)
    assert "plan" in early.after.given


def test_the_transitions_own_line_speaks_to_a_point_in_its_stead():
    own = {"when": "gave law", "line": "So I have time."}
    other = {"when": "greet", "line": "Hello you."}
    of = talk(desk=DESK, first={"transitions": [own, other]})
    assert play(of, reads(points=brings("law")))[0].utterance.text == "So I have time."
    both = play(talk(desk=DESK, first={"transitions": [other]}), reads("greet", points=brings("law")))[0]
    assert both.utterance.text == "Hello you. Nobody told me."


def test_a_promise_that_may_not_be_made_is_answered_by_its_own_line():
    turn = play(talk(desk=DESK), reads("overpromise", points=brings("keep")))[0]
    assert turn.utterance.text == "You can't say that."
    blamed = play(talk(desk=DESK), reads("overpromise", "blame", points=brings("keep")))[0]
    assert blamed.utterance.text == "That is not fair. You can't say that."


def test_a_pronoun_means_what_was_answered_last():
    turns = play(talk(), reads(questions=(asks("children"),)), reads("greet"), reads(mentions=brings("work")))
    assert [turn.after.last_topic for turn in turns] == ["children", "children", "work"]


def test_beside_a_sure_answer_an_unsure_one_is_left_out():
    of = scenario(knows={"home": {"answers": [{"line": "By the sea."}]}, "work": {"answers": [{"line": "Nets."}]}})
    both = reads(questions=(asks("home"), asks("work", score=0.8, at=20)))
    assert play(of, both)[0].utterance.text == "By the sea. Nets."
    unsure = reads(questions=(asks("home"), asks("work", score=0.6, at=20)))
    assert play(of, unsure)[0].utterance.text == "By the sea."
    alone = reads(questions=(asks("work", score=0.6, at=20),))
    assert play(of, alone)[0].utterance.text == "Nets."
