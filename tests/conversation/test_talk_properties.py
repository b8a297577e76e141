"""What holds for any talk: the same again from the same values, meters in bounds, never the same words running."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from talk import SCENARIOS, play, shipped

from simulator.catalogue.loader import DATA, catalogue, read_data
from simulator.catalogue.types import (
    Finding,
    Mention,
    Offer,
    Promise,
    Question,
    QuestionKind,
    Reading,
    Span,
)
from simulator.conversation import Turn, begin, from_bytes, to_bytes
from simulator.scenario import Scenario, load_text
from simulator.scenario.walk import lines_of

NAMES = sorted(catalogue().behaviours)
KINDS = [kind for kind in QuestionKind if kind is not QuestionKind.ANY]
GATES = ["not_understood", "silence", "too_long", "repeats", "other_language", "parrot"]
SPAN = Span(0, 4)


def unending(name: str) -> Scenario:
    """A scenario of the tests in which nothing ends the talk, so that it can go on for as long as a test wants."""
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8").split("\ntests:")[0]
    text = text.replace("agitation >= 95", "turn >= 900").replace("to: plan_agreed", "to: at_the_desk")
    text = text.replace("{when: always, to: agreed_home}", "{when: turn >= 900, to: agreed_home}")
    text = text.replace("mother.trust < 10 or son.strain >= 95", "turn >= 900")
    return load_text(text.replace("despite harm, to: walks_out", "despite harm, to: opens_up"), f"{name}.yaml")


ALONE, COUPLE = unending("sample"), unending("two-people")


def readings(of: Scenario) -> st.SearchStrategy[Reading]:
    """Readings of all sorts for a scenario."""
    cues = sorted(of.cues)
    topics = sorted({topic for person in of.people.values() for topic in person.knows})
    people = st.sampled_from([None, *of.people])
    several = lambda what: st.lists(what, max_size=3).map(tuple)  # noqa: E731
    finding = st.builds(
        Finding, st.sampled_from(NAMES), st.just(SPAN), st.floats(0, 1), st.just("test"),
        st.sampled_from([None, *cues]), st.integers(0, 2), people,
    )  # fmt: skip
    question = st.builds(
        Question, st.sampled_from(KINDS), st.just(SPAN), st.sampled_from([None, *topics]), st.floats(0, 1),
        st.sampled_from(["", "your dog", "{promise}"]),
    )  # fmt: skip
    points, issues = sorted(of.points), sorted(of.issues)
    return st.builds(
        Reading,
        st.sampled_from(["Well.", "", "(silence)", "You sound angry."]),
        findings=several(finding),
        questions=several(question),
        points=several(st.builds(Mention, st.sampled_from(points), st.just(SPAN), st.floats(0, 1)))
        if points
        else st.just(()),
        offers=several(st.builds(Offer, st.sampled_from(issues), st.floats(0, 30), st.just(SPAN)))
        if issues
        else st.just(()),
        promises=several(
            st.builds(Promise, st.just("you"), st.sampled_from(["ring me", "write"]), st.just(""), st.just(SPAN))
        ),
        discrepancies=several(st.sampled_from(topics)),
        answered=several(st.sampled_from(cues)),
        refused=several(st.sampled_from(cues)),
        gates=several(st.sampled_from(GATES)),
        addressed=people,
        quality=st.floats(-1, 1),
    )


def authored(of: Scenario) -> set[str]:
    """Every text of a scenario and its people's temperaments that a client may say."""
    texts = {text for _, line in lines_of(of) for text in line.variants}
    for person in of.people.values():
        data = read_data(f"temperaments/{person.temperament}.yaml")
        for lines in data["voice"].values():
            texts.update(*([lines] if isinstance(lines, list) else lines.values()))
        texts.update(
            text for lines in person.voice.values() for mood in ("heated", "guarded", "open") for text in lines.at(mood)
        )
    return texts


def check(of: Scenario, turns: list[Turn], seed: int) -> None:
    texts = authored(of)
    previous = begin(of, seed)[1]
    for turn in turns:
        assert all(0 <= value <= 100 for value in turn.after.meters.values())
        said = turn.utterance
        assert said.text
        assert said.text != previous.text
        for saying in said.sayings:
            assert saying.does or saying.parts
            assert all("{" not in part.text or "{promise}" in part.text for part in saying.parts)
            assert all(part.text in texts or part.source.split("/")[-1] in FILLED for part in saying.parts)
        previous = said


FILLED = {
    key
    for path in (DATA / "temperaments").glob("*.yaml")
    for key, lines in read_data(f"temperaments/{path.name}")["voice"].items()
    if "{" in str(list(lines.values()) if isinstance(lines, dict) else lines)
} | {"voice:asked_unknown"}
"""Sources whose lines are said with something filled in."""


@settings(max_examples=25, deadline=None)
@given(st.lists(readings(ALONE), min_size=60, max_size=60), st.integers(0, 2**40))
def test_a_long_talk_with_one_person(script, seed):
    check(ALONE, play(ALONE, *script, seed=seed), seed)


@settings(max_examples=25, deadline=None)
@given(st.lists(readings(COUPLE), min_size=60, max_size=60), st.integers(0, 2**40))
def test_a_long_talk_with_two_people(script, seed):
    check(COUPLE, play(COUPLE, *script, seed=seed), seed)


@settings(max_examples=25, deadline=None)
@given(readings(ALONE), st.integers(0, 2**40))
def test_the_same_reply_over_and_over_never_gets_the_same_words_running(reading, seed):
    check(ALONE, play(ALONE, *[reading] * 60, seed=seed), seed)


@settings(max_examples=25, deadline=None)
@given(st.lists(readings(ALONE), min_size=1, max_size=20), st.integers(0, 2**40))
def test_the_same_values_give_the_same_bytes(script, seed):
    first, second = ([to_bytes(turn) for turn in play(ALONE, *script, seed=seed)] for _ in range(2))
    assert first == second
    assert [to_bytes(from_bytes(Turn, data)) for data in first] == first


@settings(max_examples=10, deadline=None)
@given(st.lists(readings(ALONE), min_size=2, max_size=12), st.integers(0, 2**40), st.data())
def test_a_talk_resumed_from_its_bytes_goes_on_as_it_would_have(script, seed, data):
    whole = play(ALONE, *script, seed=seed)
    cut = data.draw(st.integers(1, len(script) - 1))
    resumed = from_bytes(Turn, to_bytes(whole[cut - 1])).after
    assert play(ALONE, *script[cut:], start=resumed) == whole[cut:]


PROCESS = """
import hashlib, sys
from talk import play, reads, asks, shipped
from simulator.conversation import to_bytes
script = [reads("complex_reflection of scared", "validation", answered=("scared",)), reads("blame", "insult"),
          reads(questions=(asks("children"), asks(None, subject="x"))), reads("greet", "summary", gates=("too_long",)),
          reads("any_thing", "open_question"), reads("silence")]
for seed in range(5):
    for turn in play(shipped("sample"), *script, seed=seed):
        sys.stdout.buffer.write(to_bytes(turn) + b"\\n")
"""


def test_processes_with_other_hash_seeds_agree_to_the_byte():
    root = Path(__file__).parent.parent.parent
    path = os.pathsep.join([str(Path(__file__).parent), str(root)])
    outputs = [
        subprocess.run(
            [sys.executable, "-c", PROCESS], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        ).stdout
        for seed in ("1", "2", "77")
    ]  # fmt: skip
    assert outputs[0]
    assert len(set(outputs)) == 1
    assert len(outputs[0].splitlines()) == 30


def test_the_unending_scenarios_are_those_of_the_tests():
    assert [ALONE.title, COUPLE.title] == [shipped("sample").title, shipped("two-people").title]
