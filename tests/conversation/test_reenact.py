"""The tests inside a scenario, played."""

from __future__ import annotations

from talk import SCENARIOS, asks, reads, scenario, shipped

from simulator.conversation import run_tests
from simulator.conversation.reenact import TestResult

OPEN = {
    "facts": {"cut": "Her nights were cut."},
    "promises": {"ring": {"about": ["ring"]}},
    "issues": {"days": {"unit": ["day"], "learner_needs": 10, "client_limit": 9, "start": 5}},
    "desk": {"may_not": [{"id": "keep", "text": "Keep it.", "words": ["keep"]}]},
    "knows": {"work": {"answers": [{"line": "They cut my nights.", "tells": "cut"}]}},
    "states": {
        "first": {
            "line": {"line": "They never rang.", "cues": {"cross": {"feeling": ["cross"]}}},
            "transitions": [{"when": "any_reflection of cross", "to": "second", "effects": {"trust": "+30"}}],
        },
        "second": {"line": "So here we are.", "transitions": [{"when": "goodbye", "to": "done"}]},
    },
}


def never(text, heard):
    raise AssertionError(f"{text!r} was read")


def run(*turns, read=never, **test) -> TestResult:
    (result,) = run_tests(scenario(**OPEN, tests=[{"name": "t", "turns": list(turns), **test}]), read)
    return result


def test_a_test_that_gets_all_it_wants_passes_and_shows_its_path():
    result = run(
        {"as": ["complex_reflection of cross"], "state": "second", "shows": "any_reflection", "expect": "trust >= 50"},
        {"asks": {"work": "any"}, "told": "cut", "says": "cut my nights"},
        {"as": "goodbye", "ending": "done"},
        ending="done",
    )
    assert result.passed
    assert result.path == ("first", "second", "done")
    assert [turn.says for turn in result.turns][1:] == ["They cut my nights.", "Goodbye now."]


def test_everything_wanted_in_vain_is_told_with_what_came():
    result = run(
        {"as": "greet", "state": "second", "told": "cut", "shows": "any_reflection", "expect": "trust >= 90",
         "says": "Ahoy", "ending": "done"},
        ending="done",
    )  # fmt: skip
    assert not result.passed
    (turn,) = result.turns
    complaints = [complaint.split(",")[0] for complaint in turn.unmet]
    assert complaints == [
        "wanted the state second", "wanted cut told", "wanted any_reflection shown", "wanted trust >= 90",
        'wanted "Ahoy" said', "wanted the ending done",
    ]  # fmt: skip
    assert "got first" in turn.unmet[0]
    assert turn.says in turn.unmet[4]
    assert result.unmet == ("wanted the ending done, got none: still in first",)


def test_turns_after_the_end_are_not_played():
    result = run({"as": "complex_reflection of cross"}, {"as": "goodbye"}, {"as": "greet"})
    assert len(result.turns) == 2
    assert not result.passed


def test_a_reply_is_read_against_what_was_heard_and_additions_join_it():
    backgrounds = []

    def read(text, heard):
        backgrounds.append((text, [line.text for line in heard.lines], [cue.cue.id for cue in heard.cues]))
        return reads("validation", reply=text, questions=(asks("work"),))

    first, second = {"reply": "How come?", "told": "cut"}, {"reply": "Go on.", "promises": "ring"}
    result = run(first, {**second, "expect": "promised ring"}, read=read)
    assert result.passed, result
    assert backgrounds[0] == ("How come?", ["They never rang."], ["cross"])
    assert backgrounds[1][1][1] == "How come?"


def test_offers_promises_and_what_may_not_be_offered_can_be_scripted():
    assert run(
        {"as": "greet", "offers": {"days": 7}, "promises": "ring", "expect": "promised ring and offer days >= 7"}
    ).passed
    assert run({"gives": "keep", "shows": "overpromise", "expect": "given keep"}).passed


def test_as_skips_the_reading():
    assert run({"reply": "Whatever it says.", "as": "blame", "shows": "blame"}).passed


def test_to_a_person_can_be_scripted():
    of = shipped("two-people")
    assert not of.tests
    data = (SCENARIOS / "two-people.yaml").read_text(encoding="utf-8")
    tests = "\ntests: [{name: t, turns: [{as: simple_reflection of fear to son, state: calm}]}]\n"
    from simulator.scenario import load_text

    (result,) = run_tests(load_text(data + tests, "two-people.yaml"), never)
    assert result.passed, result
