"""The machine: one for all attempts, `anywhere` first, endings without ways out."""

from __future__ import annotations

import gc
import weakref

import pytest
from talk import play, reads, scenario

from simulator.conversation import advance, begin
from simulator.conversation.machine import machine_of


def states(*transitions, second=None):
    return {
        "first": {"line": "Hello there.", "transitions": list(transitions)},
        "second": {"line": "So here we are.", **(second or {})},
    }


def test_anywhere_comes_before_the_state_and_each_in_its_order():
    of = scenario(
        states=states({"id": "own", "when": "greet", "to": "second"}, {"id": "late", "when": "always"}),
        anywhere=[{"id": "one", "when": "greet and summary"}, {"id": "two", "when": "greet and validation"}],
    )
    taken = [play(of, reads(*shown))[0].transition for shown in (
        ("greet", "summary", "validation"), ("greet", "validation"), ("greet",), ("summary",),
    )]  # fmt: skip
    assert taken == ["one", "two", "own", "late"]


def test_without_a_condition_that_holds_the_talk_stays():
    turn = play(scenario(states=states({"when": "greet", "to": "second"})), reads("summary"))[0]
    assert (turn.transition, turn.after.state, turn.after.turns_here) == (None, "first", 1)


def test_a_transition_without_to_keeps_the_state_and_its_count():
    of = scenario(states=states({"when": "greet"}))
    turns = play(of, reads("greet"), reads("greet"))
    assert [turn.after.turns_here for turn in turns] == [1, 2]
    assert turns[-1].transition == "first.1"


def test_a_transition_to_the_state_one_is_in_does_not_enter_it_again():
    of = scenario(states=states({"when": "greet", "to": "first"}))
    turn = play(of, reads("greet"))[0]
    assert turn.after.turns_here == 1
    assert "Hello there." not in turn.utterance.text


def test_entering_a_state_counts_anew_and_is_remembered():
    of = scenario(states=states({"when": "greet", "to": "second"}))
    turns = play(of, reads(), reads("greet"), reads())
    assert [turn.after.turns_here for turn in turns] == [1, 0, 1]
    assert turns[-1].after.visited == ("first", "second")


def test_once_fires_once_an_attempt():
    of = scenario(states=states({"id": "a", "when": "greet", "once": True}, {"id": "b", "when": "greet"}))
    assert [turn.transition for turn in play(of, reads("greet"), reads("greet"))] == ["a", "b"]
    assert play(of, reads("greet"))[0].transition == "a"


def test_a_talk_that_has_ended_takes_no_reply():
    of = scenario(states=states({"when": "greet", "to": "done"}))
    turn = play(of, reads("greet"))[0]
    assert turn.after.ending == turn.after.state == "done"
    with pytest.raises(ValueError, match="has ended"):
        advance(of, turn.after, reads())


def test_two_attempts_at_once_do_not_disturb_each_other():
    of = scenario(states=states({"when": "greet", "to": "second", "once": True}))
    script = [reads("greet"), reads("validation"), reads("blame"), reads("summary")]
    alone = play(of, *script), play(of, *reversed(script), seed=2)
    positions = [begin(of, 1)[0], begin(of, 2)[0]]
    together: tuple[list, list] = ([], [])
    for one, two in zip(script, reversed(script), strict=True):
        for attempt, reading in enumerate((one, two)):
            together[attempt].append(advance(of, positions[attempt], reading))
            positions[attempt] = together[attempt][-1].after
    assert together == alone
    assert machine_of(of) is machine_of(of)
    assert not machine_of(of).models


def test_a_machine_goes_with_its_scenario():
    of = scenario(states=states({"when": "greet", "to": "second"}))
    machine = weakref.ref(machine_of(of))
    del of
    gc.collect()
    assert machine() is None


def test_a_position_of_another_scenario_is_refused():
    position = begin(scenario(states=states(), start="second"), 1)[0]
    with pytest.raises(ValueError, match="no state 'second'"):
        advance(scenario(), position, reads())
