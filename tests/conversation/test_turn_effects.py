"""What a turn changes: default reactions and the effects an author wrote."""

from __future__ import annotations

import pytest
from talk import COUPLE, at, offers, play, reads, scenario

from simulator.catalogue.loader import catalogue
from simulator.conversation.temperament import temperament

USUAL = temperament("guarded").reactions
ISSUE = {"days": {"unit": ["day"], "learner_needs": 10, "client_limit": 8, "start": 5}}


def default(behaviour, meter):
    """What the behaviour does by default to a guarded person."""
    return catalogue().behaviour(behaviour).effects[meter] * USUAL.get(meter, 1.0)


def change(turn, meter="trust"):
    return turn.after.meters[meter] - turn.before.meters[meter]


def with_effects(effects, **parts):
    return scenario(first={"transitions": [{"when": "always", "effects": effects}]}, **parts)


def test_default_effects_are_scaled_by_temperament_person_and_confidence():
    plain, twice = scenario(), scenario(client={"reactions": {"trust": 2.0}})
    assert change(play(plain, reads("validation"))[0]) == pytest.approx(default("validation", "trust"))
    assert change(play(twice, reads("validation"))[0]) == pytest.approx(2 * default("validation", "trust"))
    assert change(play(plain, reads("validation 0.5"))[0]) == pytest.approx(default("validation", "trust") / 2)
    assert change(play(plain, reads("validation 0.4"))[0]) == 0


def test_a_behaviour_counts_once_a_turn():
    once, often = (play(scenario(), reads(*["validation"] * times))[0] for times in (1, 3))
    assert change(often) == change(once)


def test_the_same_help_running_is_worth_half_each_time_and_harm_does_not_wear_off():
    help_, harm = (play(scenario(), *[reads(name)] * 3) for name in ("validation", "blame"))
    first = default("validation", "trust")
    assert [change(turn) for turn in help_] == pytest.approx([first, first / 2, first / 4])
    assert len({round(change(turn), 2) for turn in harm}) == 1
    rested = play(scenario(), reads("validation"), reads("greet"), reads("validation"))
    assert change(rested[-1]) == pytest.approx(first)


def test_default_effects_move_a_meter_by_twenty_a_turn_at_most():
    of = scenario(client={"reactions": {"trust": 10, "agitation": 10}})
    turn = play(of, reads("blame", "insult", "threat"), start=at(of, meters={"trust": 60, "agitation": 20}))[0]
    assert (change(turn), change(turn, "agitation")) == (-20, 20)


def test_meters_stay_between_0_and_100_and_the_effect_says_what_was_left_to_do():
    of = with_effects({"trust": "+90", "agitation": "-90"})
    turn = play(of, reads())[0]
    assert (turn.after.meters["trust"], turn.after.meters["agitation"]) == (100, 0)
    assert [(effect.meter, effect.change) for effect in turn.effects] == [("trust", 70), ("agitation", -30)]


def test_a_transitions_effects_are_added_to_the_default_ones():
    of = with_effects({"trust": "+10"})
    assert change(play(of, reads("validation"))[0]) == pytest.approx(10 + default("validation", "trust"))


def test_default_effects_go_to_the_person_turned_to_else_to_who_spoke_last():
    of = scenario(COUPLE, first={"who": "ben"})
    assert change(play(of, reads("validation", addressed="ada"))[0]) > 0
    spoke_last = play(of, reads("validation"))[0]
    assert change(spoke_last) == 0
    assert change(spoke_last, "ben.trust") > 0
    to_each = play(of, reads("validation to ada", "summary to ben"))[0]
    assert change(to_each) > 0
    assert change(to_each, "ben.trust") > 0


@pytest.mark.parametrize(
    ("transition", "moved"),
    [
        ({"effects": {"trust": "+5"}}, "trust"),
        ({"effects": {"ada.trust": "+5"}}, "trust"),
        ({"effects": {"ben.trust": "+5"}}, "ben.trust"),
        ({"effects": {"trust": "+5"}, "who": "ben"}, "ben.trust"),
        ({"effects": {"agitation": "+5"}, "who": "ada"}, "agitation"),
    ],
)
def test_effects_on_several_people(transition, moved):
    turn = play(scenario(COUPLE, first={"transitions": [{"when": "always", **transition}]}), reads())[0]
    assert [(effect.meter, effect.change) for effect in turn.effects] == [(moved, 5)]


def test_counters_are_not_clamped_and_flags_are_set_and_cleared():
    of = with_effects({"dodges": "-3", "set": ["a", "b"], "clear": "c"}, counters={"dodges": 1}, flags=["a", "b", "c"])
    after = play(of, reads(), start=at(of, flags=("c", "a")))[0].after
    assert after.counters == {"dodges": -2}
    assert after.flags == ("a", "b")


@pytest.mark.parametrize(
    ("issue", "steps", "standing"),
    [
        ({}, 2, 7),
        ({}, 9, 8),
        ({"better": "low", "start": 9, "client_limit": 4, "learner_needs": 3}, 2, 7),
        ({"better": "low", "start": 9, "client_limit": 4, "learner_needs": 3}, 9, 4),
    ],
)
def test_the_client_concedes_towards_the_learner_and_never_past_the_limit(issue, steps, standing):
    of = with_effects({"concede": {"days": steps}}, issues={"days": {**ISSUE["days"], **issue}})
    after = play(of, reads())[0].after.issues["days"]
    assert (after.standing, after.conceded) == (standing, True)


@pytest.mark.parametrize(("offered", "agreed"), [(None, 5), (4, 4), (9, 5)])
def test_an_issue_is_settled_at_the_lesser_of_standing_offer_and_the_learners_last(offered, agreed):
    of = with_effects({"agree": "days"}, issues=ISSUE)
    reading = reads(offers=offers("days", offered)) if offered else reads()
    assert play(of, reading)[0].after.issues["days"].agreed == agreed


def test_an_offer_stays_on_the_table_and_settles_nothing_by_itself():
    first, second = play(scenario(issues=ISSUE), reads(offers=offers("days", 5)), reads())
    assert (second.after.issues["days"].offered, first.after.issues["days"].agreed) == (5, None)


def test_two_words_of_effects_follow_in_order():
    line = {"line": "Yes.", "effects": {"trust": "+2"}}
    of = scenario(first={"transitions": [{"when": "always", "effects": {"trust": "+1"}, "line": line}]})
    turn = play(of, reads("validation"))[0]
    assert [effect.source for effect in turn.effects] == [
        "behaviour:validation", "behaviour:validation", "transition:first.1", "transition:first.1",
    ]  # fmt: skip
    assert change(turn) == pytest.approx(3 + default("validation", "trust"))
