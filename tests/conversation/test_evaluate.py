"""Every term of a condition, and the rule that harm spoils help."""

from __future__ import annotations

import pytest
from talk import COUPLE, asks, at, brings, offers, play, promises, reads, scenario

from simulator.scenario import Scenario

CUED = {
    "first": {
        "line": {"line": "They never rang.", "cues": {"cross": {"feeling": ["cross"]}, "who": {"question": ["who"]}}}
    },
    "counters": {"knocks": 2},
    "flags": ["seen"],
    "facts": {"son": "She has a son."},
    "promises": {"ring": {"about": ["ring", "phone"]}},
    "issues": {"days": {"unit": ["day"], "learner_needs": 10, "client_limit": 9, "start": 5}},
    "desk": {"know": [{"id": "law", "text": "The law.", "words": ["law"]}]},
    "knows": {"work": {"answers": [{"line": "I work."}]}},
}  # fmt: skip


def ends_when(condition: str) -> Scenario:
    """A scenario that ends in `done` as soon as the condition holds."""
    return scenario(**{**CUED, "first": {**CUED["first"], "transitions": [{"when": condition, "to": "done"}]}})


def fires(condition: str, *readings: object) -> bool:
    """Whether the condition holds for the last of these replies, and for none before it."""
    of = ends_when(condition)
    turns = play(of, *readings[:-1])
    assert all(turn.after.ending is None for turn in turns), "held too early"
    return play(of, readings[-1], start=turns[-1].after if turns else None)[-1].after.ending == "done"


@pytest.mark.parametrize(
    ("condition", "reading", "held"),
    [
        ("always", reads(), True),
        ("validation", reads("validation"), True),
        ("validation", reads("validation 0.5"), True),
        ("validation", reads("validation 0.49"), False),
        ("validation", reads("summary"), False),
        ("any_reflection", reads("summary"), True),
        ("any_reflection of cross", reads("summary of cross"), True),
        ("any_reflection of cross", reads("summary"), False),
        ("any_reflection of cross", reads("summary of who"), False),
        ("not any_reflection", reads("greet"), True),
        ("not any_reflection", reads("summary"), False),
        ("summary and greet", reads("summary"), False),
        ("summary and greet", reads("summary", "greet"), True),
        ("summary or greet", reads("greet"), True),
        ("not (summary or greet)", reads("greet"), False),
        ("answered cross", reads(answered=("cross",)), True),
        ("answered cross", reads(answered=("who",)), False),
        ("refused who", reads(refused=("who",)), True),
        ("refused who", reads(), False),
        ("gave law", reads(points=brings("law")), True),
        ("gave law", reads(), False),
        ("given law", reads(points=brings("law")), True),
        ("given law", reads(), False),
        ("asked work", reads(questions=(asks("work"),)), True),
        ("asked work", reads(mentions=brings("work")), False),
        ("mentions work", reads(mentions=brings("work")), True),
        ("mentions work", reads(questions=(asks("work"),)), True),
        ("mentions work", reads(), False),
        ("told son", reads(), False),
        ("visited first", reads(), True),
        ("turn == 1", reads(), True),
        ("turn != 1", reads(), False),
        ("turns_here >= 1", reads(), True),
        ("turns_here > 1", reads(), False),
        ("trust == 30", reads(), True),
        ("trust < 30", reads(), False),
        ("trust <= 30", reads(), True),
        ("knocks == 2", reads(), True),
        ("quality >= 0.4", reads(quality=0.4), True),
        ("quality >= 0.4", reads(quality=0.3), False),
        ("flag seen", reads(), False),
        ("promised", reads(promises=promises("ring me")), True),
        ("promised", reads(), False),
        ("promised ring", reads(promises=promises("ring me")), True),
        ("promised ring", reads(promises=promises("write a note")), False),
        ("kept ring", reads(promises=promises("ring me")), False),
        ("offer days >= 8", reads(offers=offers("days", 8)), True),
        ("offer days >= 8", reads(offers=offers("days", 7)), False),
        ("offer days < 8", reads(), False),
        ("offer days == 6", reads(offers=(*offers("days", 9), *offers("days", 6))), True),
        ("standing days == 5", reads(), True),
        ("conceded days", reads(), False),
        ("agreed days", reads(), False),
        ("discrepancy of work", reads(discrepancies=("work",)), True),
        ("discrepancy of work", reads(), False),
        ("discrepancy of work", reads("blame", discrepancies=("work",)), False),
    ],
)  # fmt: skip
def test_a_term_holds_for_one_reply(condition, reading, held):
    assert fires(condition, reading) is held


@pytest.mark.parametrize(
    ("condition", "readings", "held"),
    [
        ("said summary and turn == 3", [reads("summary"), reads(), reads()], True),
        ("said summary in last 3 and turn == 3", [reads("summary"), reads(), reads()], True),
        ("said summary in last 2 and turn == 3", [reads("summary"), reads(), reads()], False),
        ("said summary in last 1 and turn == 2", [reads(), reads("summary")], True),
        ("said summary of cross and turn == 2", [reads("summary of cross"), reads()], True),
        ("said summary of cross and turn == 2", [reads("summary"), reads()], False),
        ("previous summary", [reads("summary"), reads()], True),
        ("previous summary", [reads("summary"), reads(), reads()][1:], False),
        ("count(summary) >= 2", [reads("summary"), reads(), reads("summary")], True),
        ("count(summary) >= 2", [reads("summary", "summary")], False),
        ("count(any_reflection) == 2", [reads("summary"), reads("feeling_label")], True),
        ("given law and turn == 2", [reads(points=brings("law")), reads()], True),
        ("turns_here == 2", [reads(), reads()], True),
    ],
)  # fmt: skip
def test_a_term_looks_back(condition, readings, held):
    assert fires(condition, *readings) is held


@pytest.mark.parametrize(
    ("condition", "shown", "held"),
    [
        ("validation", ["validation", "blame"], False),
        ("any_empathy", ["validation", "blame"], False),
        ("validation despite harm", ["validation", "blame"], True),
        ("not validation", ["validation", "blame"], False),
        ("blame", ["validation", "blame"], True),
        ("blame or validation", ["validation", "blame"], True),
        ("said validation in last 2", ["validation", "blame"], False),
        ("count(validation) >= 1", ["validation", "blame"], False),
        ("count(validation) < 2", ["blame"], True),
        ("not count(validation) < 1", ["validation", "blame"], False),
        ("validation", ["validation", "blame 0.4"], True),
        ("validation", ["validation", "advice_without_permission"], True),
        ("trust >= 0", ["blame"], True),
    ],
)  # fmt: skip
def test_help_does_not_count_beside_harm(condition, shown, held):
    assert fires(condition, reads(*shown)) is held


def test_to_a_person_is_whoever_was_turned_to_or_spoke_last():
    of = scenario(COUPLE, first={"transitions": [{"when": "validation to ben", "to": "done"}]})
    assert play(of, reads("validation to ben"))[0].after.ending == "done"
    assert play(of, reads("validation", addressed="ben"))[0].after.ending == "done"
    assert play(of, reads("validation"))[0].after.ending is None
    spoken = scenario(COUPLE, first={"who": "ben", "transitions": [{"when": "validation to ben", "to": "done"}]})
    assert play(spoken, reads("validation"))[0].after.ending == "done"


@pytest.mark.parametrize(
    ("transition", "held"),
    [
        ({"when": "trust == 20"}, True),
        ({"when": "ada.trust == 20"}, True),
        ({"when": "ben.trust == 60"}, True),
        ({"when": "trust == 60", "who": "ben"}, True),
        ({"when": "ada.trust == 20", "who": "ben"}, True),
        ({"when": "agitation == 30"}, True),  # Ada has none of her own: the shared one
        ({"when": "agitation == 70", "who": "ben"}, True),
        ({"when": "trust == 60"}, False),
    ],
)
def test_an_unqualified_meter_is_the_first_persons_unless_the_transition_names_another(transition, held):
    of = scenario(COUPLE, first={"transitions": [{**transition, "to": "done"}]})
    assert (play(of, reads())[0].after.ending == "done") is held


@pytest.mark.parametrize(("term", "changed"), [
    ("told son", {"told": ("son",)}),
    ("flag seen", {"flags": ("seen",)}),
])  # fmt: skip
def test_a_term_reads_the_position(term, changed):
    of = ends_when(term)
    assert play(of, reads(), start=at(of, **changed))[0].after.ending == "done"
    assert play(of, reads())[0].after.ending is None


def test_why_names_the_condition_and_what_of_the_reply_it_speaks_of():
    of = ends_when("any_reflection of cross or any_support")
    assert play(of, reads("summary of cross", "greet"))[0].why == (
        "any_reflection of cross or any_support (summary of cross)"
    )
    assert play(of, reads("greet"))[0].why == "no condition held"
