"""The client's utterance: reaction, answer and move; what is left out; never the same words twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from talk import COUPLE, asks, at, brings, play, reads, scenario, sources

from simulator.catalogue.loader import catalogue

VOICE = {
    "complex_reflection": ["You see it."],
    "any_reflection": ["More or less."],
    "validation": {"heated": ["Hot.", "Hotter."], "guarded": ["Cool."], "open": ["Warm."]},
    "open_question": ["A question."],
    "give_information": ["Is that so."],
    "told_something": ["Good to know."],
    "blame": ["That is not fair."],
    "insult": ["How dare you."],
    "any_roadblock": ["Not like that."],
    "asked_unknown": ["{subject}? Search me."],
    "silence": ["Quiet, aren't you."],
    "off_topic": ["What has that to do with it?"],
    "too_long": ["You do go on."],
    "statement": ["Right.", "Hm.", "So.", "Well."],
    "not_understood": ["Pardon?", "Come again?"],
}
HOME = {"home": {"answers": [{"line": "I live by the sea."}]}}
LONG = " ".join(["word"] * 58)


def talk(*transitions, otherwise=None, **parts):
    """Ada in her first state; the second has a line of its own."""
    first = {"line": "Hello there.", "transitions": list(transitions)}
    if otherwise:
        first["otherwise"] = otherwise
    second = {"line": parts.pop("second", "So here we are."), "does": "She sits down."}
    parts.setdefault("client", {"voice": VOICE})
    parts.setdefault("knows", HOME)
    return scenario(states={"first": first, "second": second}, **parts)


def says(of, reading, **start):
    return play(of, reading, start=at(of, **start))[0].utterance.text


@pytest.mark.parametrize(
    ("shown", "reaction"),
    [
        (["complex_reflection"], "You see it."),
        (["summary"], "More or less."),
        (["open_question", "give_information", "complex_reflection"], "You see it."),
        (["open_question", "give_information"], "Is that so."),
        (["blame 0.8", "insult 0.9", "complex_reflection"], "How dare you."),
        (["judge", "complex_reflection"], "Not like that."),
        (["advice_without_permission 0.6", "blame 0.9"], "That is not fair."),
    ],
)
def test_one_reaction_harm_first_then_the_most_particular_help(shown, reaction):
    assert says(talk(), reads(*shown)) == reaction


def test_the_persons_own_voice_comes_before_their_temperament():
    of = talk(client={"voice": {"any_empathy": ["My own."]}})
    assert sources(play(of, reads("validation"))[0]) == ["voice:any_empathy"]
    assert sources(play(talk(client={}), reads("validation"))[0])[0].startswith("temperament:guarded/")


@pytest.mark.parametrize(
    ("trust", "agitation", "reaction"),
    [(30, 30, {"Cool."}), (50, 30, {"Warm."}), (80, 65, {"Hot.", "Hotter."}), (49, 64, {"Cool."})],
)
def test_the_mood_of_the_meters_after_effects_colours_the_reaction(trust, agitation, reaction):
    moved = catalogue().behaviour("validation").effects
    of = talk(
        {"when": "always", "effects": {"trust": "+0"}},
        client={"voice": VOICE, "reactions": dict.fromkeys(moved, 0)},
    )
    assert says(of, reads("validation"), meters={"trust": trust, "agitation": agitation}) in reaction
    raised = talk(
        {"when": "always", "effects": {"agitation": "+50"}},
        client={"voice": VOICE, "reactions": dict.fromkeys(moved, 0)},
    )
    assert says(raised, reads("validation"), meters={"trust": trust, "agitation": 30}) in {"Hot.", "Hotter."}


@pytest.mark.parametrize(
    ("reading", "reaction"),
    [
        (reads(gates=("silence",)), "Quiet, aren't you."),
        (reads("silence"), "Quiet, aren't you."),
        (reads("complex_reflection", gates=("too_long",)), "You see it."),
        (reads(gates=("too_long",)), "You do go on."),
        (reads("off_topic"), "What has that to do with it?"),
    ],
)
def test_replies_beyond_words_have_reactions_of_their_own(reading, reaction):
    assert says(talk(), reading) == reaction


def test_what_is_understood_and_nothing_in_particular_gets_a_statement():
    assert says(talk(), reads()) in VOICE["statement"]
    assert says(talk(), reads(gates=("not_understood",))) in VOICE["not_understood"]


def test_a_transitions_own_line_replaces_the_reaction():
    assert says(talk({"when": "blame", "line": "Out."}), reads("blame")) == "Out."


def test_entering_a_state_says_its_line_after_the_reaction_with_what_is_done():
    turn = play(talk({"when": "summary", "to": "second"}), reads("summary"))[0]
    assert turn.utterance.text == "More or less. So here we are."
    assert [[part.kind for part in saying.parts] for saying in turn.utterance.sayings] == [["reaction"], ["move"]]
    assert [saying.does for saying in turn.utterance.sayings] == ["", "She sits down."]


def test_entering_a_state_needs_no_empty_reaction():
    assert says(talk({"when": "always", "to": "second"}), reads()) == "So here we are."


def test_a_long_move_drops_the_soft_reaction_then_answers_but_not_the_sharp_one():
    soft = talk({"when": "always", "to": "second"}, second=LONG)
    assert says(soft, reads("summary")) == LONG
    assert says(soft, reads("summary", questions=(asks("home"),))) == f"I live by the sea. {LONG}"
    assert says(soft, reads("blame", questions=(asks("home"),))) == f"That is not fair. {LONG}"
    own = talk({"when": "always", "to": "second", "line": "Own words."}, second=LONG)
    assert says(own, reads("summary")) == f"Own words. {LONG}"


def test_an_answer_left_out_tells_nothing():
    answer = {"line": "By the sea.", "tells": "sea", "effects": {"trust": "+9"}}
    of = talk(
        {"when": "always", "to": "second"},
        second=LONG,
        facts={"sea": "By the sea."},
        knows={"home": {"answers": [answer]}},
    )
    turn = play(of, reads("blame", questions=(asks("home"),)))[0]
    assert turn.told == ()
    assert turn.after.answers == {}
    assert not [effect for effect in turn.effects if effect.source.startswith("topic")]


def test_a_question_answered_needs_no_reaction_unless_there_was_harm_or_strong_help():
    home = (asks("home"),)
    assert says(talk(), reads("open_question", questions=home)) == "I live by the sea."
    assert says(talk(), reads("give_information", questions=home)) == "I live by the sea."
    assert says(talk(), reads("blame", questions=home)) == "That is not fair. I live by the sea."
    assert says(talk(), reads("complex_reflection", questions=home)) == "You see it. I live by the sea."
    assert says(talk(), reads("complex_reflection 0.6", questions=home)) == "I live by the sea."


def test_otherwise_speaks_only_when_nothing_fired_and_nothing_was_answered():
    wants = {"line": ["I want my money."]}
    assert says(talk(otherwise=wants), reads("summary")) == "More or less. I want my money."
    assert says(talk({"when": "summary"}, otherwise=wants), reads("summary")) == "More or less."
    assert says(talk(otherwise=wants), reads(questions=(asks("home"),))) == "I live by the sea."


def test_otherwise_is_not_said_over_and_over():
    turns = play(talk(otherwise={"line": ["I want my money."]}), *[reads()] * 4)
    assert ["I want my money." in turn.utterance.text for turn in turns] == [True, False, False, False]


def test_an_unforeseen_question_is_admitted_and_nothing_else_is_brought_up():
    asked = reads("open_question", questions=(asks(None, subject="your dog"),))
    assert says(talk(otherwise="I want my money."), asked) == "Your dog? Search me."


def test_harm_is_answered_before_a_question_nobody_foresaw():
    assert says(talk(), reads("blame", questions=(asks(None, subject="your dog"),))) == "That is not fair."


def test_an_ending_closes_the_talk_after_a_line_of_the_transitions_own_only():
    broken = {"done": {"outcome": "not_met", "relationship": "weaker", "line": "Goodbye now."}}
    asked = reads("blame", questions=(asks("home"),))
    plain = play(talk({"when": "always", "to": "done"}, endings=broken), asked)[0]
    assert (plain.utterance.text, plain.after.answers) == ("Goodbye now.", {})
    assert says(talk({"when": "always", "to": "done", "line": "Enough."}), reads()) == "Enough. Goodbye now."


def test_an_ending_without_words_is_still_seen_or_heard():
    walks = {"done": {"outcome": "harm", "relationship": "weaker", "does": "She leaves."}}
    (saying,) = play(talk({"when": "always", "to": "done"}, endings=walks), reads())[0].utterance.everything
    assert (saying.does, saying.text) == ("She leaves.", "")
    nothing = {"done": {"outcome": "harm", "relationship": "weaker"}}
    assert says(talk({"when": "always", "to": "done"}, endings=nothing), reads()) in VOICE["statement"]


def test_a_scene_break_is_said_first():
    of = scenario(states={"first": {"line": "Hello.", "transitions": [{"when": "always", "to": "second"}]},
                          "second": {"line": "You came.", "later": "next morning"}})  # fmt: skip
    assert play(of, reads())[0].utterance.scene == "next morning"


def test_the_next_scene_crowds_no_answer_before_it():
    leaves = {"when": "always", "to": "second"}
    of = scenario(
        states={
            "first": {"line": "Hello.", "transitions": [leaves]},
            "second": {"line": LONG, "later": "next morning"},
        },
        knows={**HOME, "work": {"answers": [{"line": "I mend nets in the winter, and fish from April on."}]}},
        client={"voice": VOICE},
    )
    two = reads(questions=(asks("home"), asks("work", at=20)))
    (before,) = play(of, two)[0].utterance.before
    assert before.text == "I live by the sea. I mend nets in the winter, and fish from April on."
    (before,) = play(of, reads(questions=(asks(None, subject="your dog"),)))[0].utterance.before
    assert before.text == "Your dog? Search me."


def test_what_is_said_before_the_next_scene_is_said_where_they_were():
    where = [{"when": "visited second", "line": "On the quay."}, {"line": "In your office."}]
    of = scenario(
        states={
            "first": {"line": "Hello.", "transitions": [{"when": "always", "to": "second"}]},
            "second": {"line": "You came.", "later": "next morning"},
        },
        knows={"home": {"answers": where}},
    )
    (before,) = play(of, reads(questions=(asks("home"),)))[0].utterance.before
    assert before.text == "In your office."


def test_what_a_person_does_next_comes_after_what_they_answer():
    of = talk({"when": "always", "to": "second"})
    answer, move = play(of, reads(questions=(asks("home"),)))[0].utterance.sayings
    assert (answer.does, answer.text) == ("", "I live by the sea.")
    assert (move.does, move.text) == ("She sits down.", "So here we are.")


def test_no_line_is_used_again_while_a_fresh_one_is_left():
    turns = play(talk(), *[reads()] * 4)
    assert {turn.utterance.text for turn in turns} == set(VOICE["statement"])


def test_when_all_are_used_the_one_said_longest_ago_comes():
    texts = [turn.utterance.text for turn in play(talk(client={"voice": {"validation": ["One.", "Two.", "Three."]},
        "temperament": "guarded"}), *[reads("validation")] * 40)]  # fmt: skip
    assert all(one != two for one, two in pairwise(texts))
    own = [number for number, text in enumerate(texts) if text in {"One.", "Two.", "Three."}]
    assert own[:3] == [0, 1, 2]


def test_the_last_words_are_not_said_again_even_as_part_of_another_line():
    of = talk(client={"voice": {"summary": ["Right.", "Anyway."]}})
    turn = play(of, reads("summary"), start=at(of, recent=("That is right. I said so.",)))[0]
    assert turn.utterance.text == "Anyway."


def test_a_state_whose_line_was_just_said_still_offers_what_it_offers():
    of = talk(
        {"when": "summary", "to": "second"}, second={"line": "So here we are.", "cues": {"sad": {"feeling": ["sad"]}}}
    )
    turn = play(of, reads("summary"), start=at(of, recent=("So here we are.",)))[0]
    assert turn.utterance.text == "More or less."
    assert [cue.cue.id for cue in turn.after.cues] == ["sad"]


def test_the_seed_decides_between_variants():
    texts = {play(talk(), reads(), seed=seed)[0].utterance.text for seed in range(30)}
    assert texts == set(VOICE["statement"])


def test_a_line_may_name_the_feeling_the_learner_named():
    of = talk(client={"voice": {"feeling_label": ["{feeling}, yes."]}},
              otherwise={"line": "Well.", "cues": {"cross": {"feeling": ["cross", "angry"]}}})  # fmt: skip
    named = reads("feeling_label of cross", reply="You sound angry.", answered=("cross",))
    assert says(of, named).startswith("Angry, yes.")
    other = reads("feeling_label of cross", reply="You sound furious.", answered=("cross",))
    assert "yes." not in says(of, other)


def test_each_part_is_said_by_whom_it_belongs_to():
    of = scenario(
        COUPLE,
        ada={"voice": {"validation": ["Ada nods."]}},
        ben={"voice": {"validation": ["Ben nods."]}, "knows": HOME},
        states={
            "first": {"line": "Hello.", "transitions": [{"when": "validation", "to": "second"}]},
            "second": {"line": "Enough.", "who": "ben"},
        },
    )
    sayings = play(of, reads("validation", addressed="ada"))[0].utterance.everything
    assert [(saying.name, saying.text) for saying in sayings] == [("Ada", "Ada nods."), ("Ben", "Enough.")]
    together = play(of, reads("validation", addressed="ben"))[0].utterance.everything
    assert [(saying.name, saying.text) for saying in together] == [("Ben", "Ben nods. Enough.")]
    answered = play(of, reads(questions=(asks("home"),)))[0]
    assert [(saying.who, saying.text) for saying in answered.utterance.everything] == [("ben", "I live by the sea.")]
    assert answered.after.speaker == "ben"


def test_a_point_and_a_reaction_of_the_transition_are_both_said():
    desk = {"know": [{"id": "law", "text": "The law.", "words": ["law"], "line": "Nobody told me."}]}
    turn = play(talk({"when": "blame", "line": "Don't."}, desk=desk), reads("blame", points=brings("law")))[0]
    assert [(part.kind, part.source) for part in turn.utterance.everything[0].parts] == [
        ("reaction", "transition:first.1"), ("answer", "point:law"),
    ]  # fmt: skip


def test_who_parts_on_good_terms_still_answers_what_they_were_asked():
    of = talk({"when": "always", "to": "done"})
    assert says(of, reads(questions=(asks("home"),))) == "I live by the sea. Goodbye now."


def test_what_was_asked_is_answered_before_the_client_asks_in_turn():
    of = talk({"when": "validation", "line": "And who rings whom?"})
    asked = reads("validation", questions=(asks("home"),))
    assert says(of, asked) == "I live by the sea. And who rings whom?"


def test_a_line_that_waited_for_the_question_is_the_answer():
    of = talk({"when": "asked home", "line": "Near the harbour."}, {"when": "open_question", "line": "All sorts."})
    assert says(of, reads(questions=(asks("home"),))) == "Near the harbour."
    assert says(of, reads("open_question", questions=(asks(None, subject="your dog"),))) == "All sorts."


def test_a_fact_is_told_once_in_an_utterance():
    knows = {name: {"answers": [{"line": f"By {name}: they cut it.", "tells": "cut"}]} for name in ("work", "money")}
    of = talk(knows=knows, facts={"cut": "It was cut."})
    assert says(of, reads(questions=(asks("work"), asks("money", at=20)))) == "By work: they cut it."


def test_the_answer_a_transition_gives_is_not_crowded_out_by_a_point_brought_beside_it():
    law = {"id": "law", "text": "The law.", "words": ["law"], "line": "Nobody told me that. Not in a month."}
    of = talk(
        {"when": "asked home", "line": "Near the harbour.", "to": "second"},
        {"when": "validation", "line": "Near enough.", "to": "second"},
        desk={"know": [law]},
        second=" ".join(["word"] * 32),
    )
    asked = reads(questions=(asks("home", at=10),), points=brings("law"))
    assert says(of, asked).startswith("Near the harbour. word")
    assert says(of, reads("validation", points=brings("law"))).startswith("Nobody told me that.")


def test_a_question_nobody_foresaw_is_put_off_where_something_else_presses():
    voice = {**VOICE, "asked_beside": ["Later."], "asked_meaning": ["Never mind."]}
    moving = talk({"when": "always", "to": "second"}, client={"voice": voice})
    assert says(moving, reads(questions=(asks(None, subject="your dog"),))) == "Later. So here we are."
    assert says(talk(client={"voice": voice}), reads(questions=(replace(asks(None), meaning=True),))) == "Never mind."


def test_a_leading_or_double_question_is_let_pass_where_it_can_be_answered():
    voice = {**VOICE, "any_poor_question": ["Is that a question?"]}
    of = talk(client={"voice": voice})
    assert says(of, reads("leading_question", questions=(asks("home"),))) == "I live by the sea."
    assert says(of, reads("leading_question")) == "Is that a question?"
