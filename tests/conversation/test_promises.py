"""Promises: taken down, due, kept, broken, quoted."""

from __future__ import annotations

import pytest
from talk import at, play, promises, reads, scenario

from simulator.conversation.choose import fill, variants
from simulator.conversation.promises import quoted

RING = {"ring": {"about": ["ring", "phone"], "due": "morning", "kept": "greet"}}


def talk(promise=None, **parts):
    """Three states, one scene break apart; `summary` moves on, `offer_space` ends."""
    move = lambda to: [{"when": "summary", "to": to}, {"when": "offer_space", "to": "done"}]  # noqa: E731
    return scenario(
        promises=RING if promise is None else {"ring": promise},
        states={
            "first": {"line": "Hello there.", "transitions": move("morning")},
            "morning": {"later": "next morning", "line": "Morning.", "transitions": move("evening")},
            "evening": {"later": "in the evening", "line": "Evening.", "transitions": move("first")},
        },
        **parts,
    )


def status(*readings, of=None):
    return [promise.status for promise in play(of or talk(), *readings)[-1].after.promises]


MADE = reads(promises=promises("ring me back", "before five"))


@pytest.mark.parametrize(
    ("what", "name"),
    [("ring me back", "ring"), ("be phoning my sister", "ring"), ("bring a form", ""), ("Ring me", "ring")],
)
def test_a_promise_is_known_by_the_words_that_mean_it(what, name):
    (promise,) = play(talk(), reads(promises=promises(what)))[0].after.promises
    assert (promise.id, promise.promise.what, promise.turn) == (name, what, 1)


def test_the_same_promise_is_taken_down_once_while_it_stands():
    after = play(talk(), MADE, reads(promises=promises("phone me")), reads(promises=promises("write")))[-1].after
    assert [promise.id for promise in after.promises] == ["ring", ""]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ([], "open"),
        ([reads("summary")], "due"),
        ([reads("summary"), reads("greet")], "kept"),
        ([reads("summary"), reads("validation")], "due"),
        ([reads("greet"), reads("summary")], "due"),
        ([reads("summary", "greet")], "kept"),
        ([reads("summary"), reads("summary")], "broken"),
        ([reads("summary"), reads("summary", "greet")], "kept"),
        ([reads("summary"), reads("offer_space")], "broken"),
        ([reads("offer_space")], "open"),
    ],
)
def test_a_promise_comes_due_and_is_kept_or_broken(then, expected):
    assert status(MADE, *then) == [expected]


def test_without_a_due_state_the_next_scene_break_counts():
    anytime = talk({"about": ["ring"]})
    assert status(MADE, reads("summary"), of=anytime) == ["due"]


def test_a_promise_the_scenario_does_not_name_comes_due_and_is_never_broken():
    other = reads(promises=promises("write to the landlord"))
    assert status(other, reads("summary"), reads("summary"), reads("offer_space")) == ["due"]


def test_conditions_see_it_kept_in_the_same_turn():
    of = talk(anywhere=[{"id": "glad", "when": "kept ring"}])
    turns = play(of, MADE, reads("summary"), reads("greet"))
    assert [turn.transition for turn in turns] == [None, "first.1", "glad"]


@pytest.mark.parametrize(("effect", "expected"), [("keep", "kept"), ("break", "broken")])
def test_effects_keep_and_break_outright(effect, expected):
    of = talk(anywhere=[{"when": "greet", "effects": {effect: "ring"}}])
    assert status(MADE, reads("greet"), of=of) == [expected]


def test_a_client_quotes_the_promise_that_matters_most():
    of = talk()
    turns = play(of, MADE, reads(promises=promises("write to them by noon", "by noon")), reads("summary"))
    assert quoted(turns[0].after) == "ring me back before five"
    assert quoted(turns[1].after) == "write to them by noon"
    assert quoted(turns[2].after) == "write to them by noon"  # both are due, this one is the later
    broken = play(of, reads("summary"), start=turns[2].after)[0].after
    assert quoted(broken) == "ring me back before five"
    assert quoted(at(of)) == ""


def test_a_line_quotes_it_and_is_left_out_without_one():
    of = talk(client={"voice": {"greet": ["You said you'd {promise}.", "Hello you."]}})
    assert play(of, reads("greet"))[0].utterance.text == "Hello you."
    turns = [play(of, MADE, reads("greet"), seed=seed)[1].utterance.text for seed in range(8)]
    assert "You said you'd ring me back before five." in turns


def test_what_the_learner_said_is_never_filled_in_turn():
    line = scenario(first={"line": "A {subject} and {promise}."}).states["first"].line
    (variant,) = variants(line, "x", "client")
    assert fill(variant, {"subject": "{promise}", "promise": "that"}).text == "A {promise} and that."
