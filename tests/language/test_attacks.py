"""Ways to game the reader. None of them may raise the quality of a reply, good or poor."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.catalogue.types import Heard, HeardLine
from simulator.language import read

LINE = "I've rung for four weeks, nobody calls back, and now the kids have seen the letter."
HEARD = Heard(lines=(HeardLine("client", LINE),))
GOOD = (
    "Four weeks of ringing and no call back. That must be frightening with the kids seeing it.",
    "You've been carrying this alone for four weeks, and you're worn out.",
    "I'm sorry that nobody rang you back for four weeks.",
    "What worries you most about the letter?",
    "Nobody can put you out without a court order. What would help most today?",
)
POOR = (
    "You should have paid on time.",
    "You need to calm down.",
    "That is not my problem.",
    "It's only a letter, other people have it worse.",
    "Do as I say or I'll call security.",
)
STOCK = (
    " I hear you, your feelings are valid, you are strong, it is your choice, we are in this together, thank you for"
    " sharing, that must be so hard, how does that make you feel."
)


def quality(reply: str, heard: Heard = HEARD) -> float:
    return read(reply, heard).quality


@pytest.mark.parametrize("reply", [*GOOD, *POOR])
@pytest.mark.parametrize(
    "attack",
    [
        lambda reply: f"{reply} Calm down.",
        lambda reply: f"{reply} Just calm down, okay?",
        lambda reply: f"{reply} You idiot.",
        lambda reply: f"{reply} It's your own fault.",
        lambda reply: f"{reply} Take it or leave it.",
        lambda reply: reply.upper(),
    ],
    ids=["calm_down", "calm_down_okay", "insult", "blame", "ultimatum", "shout"],
)
def test_harm_put_on_top_never_helps(attack: Callable[[str], str], reply: str) -> None:
    assert quality(attack(reply)) <= quality(reply)


@pytest.mark.parametrize("reply", POOR)
def test_stock_phrases_do_not_save_a_poor_reply(reply: str) -> None:
    assert quality(reply + STOCK) <= max(0.0, quality(reply))


def test_stock_phrases_alone_earn_next_to_nothing() -> None:
    reading = read(STOCK.strip(), HEARD)
    assert reading.has("keyword_stuffing")
    assert "stuffing" in reading.gates
    assert reading.quality < 0.1


def test_the_clients_words_given_back_are_no_reflection() -> None:
    for reply in (LINE, LINE.replace("I've", "You've"), f"So, um, {LINE.replace('I', 'you')}"):
        reading = read(reply, HEARD)
        assert "parrot" in reading.gates
        assert reading.quality < 0.2


@pytest.mark.parametrize("reply", GOOD[:3])
def test_the_same_good_reply_again_is_worth_less(reply: str) -> None:
    again = Heard(lines=(HeardLine("client", LINE), HeardLine("learner", reply), HeardLine("client", LINE)))
    assert "repeats" in read(reply, again).gates
    assert quality(reply, again) < quality(reply)


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("You sound frightened.", "You do not sound frightened."),
        ("That was not good enough.", "That was good enough."),
        ("It's your decision.", "It's not your decision."),
    ],
)
def test_the_opposite_is_worth_no_more(said: str, denied: str) -> None:
    assert quality(denied) < quality(said)


def test_a_pile_of_the_clients_words_is_no_reflection() -> None:
    assert quality("weeks letter kids call nobody seen") < 0.2


@pytest.mark.parametrize("reply", ["It sounds like you're a terrible parent.", "I hear that you are an idiot."])
def test_a_reflecting_opening_excuses_no_harm(reply: str) -> None:
    assert quality(reply) < 0


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_is_read(reply: str, line: str) -> None:
    reading = read(reply, Heard(lines=(HeardLine("client", line),)))
    assert -1.0 <= reading.quality <= 1.0
    for finding in reading.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(reply)
        assert 0.0 <= finding.confidence <= 1.0


_PRINT = """
import sys
from simulator.catalogue.types import Heard, HeardLine
from simulator.language import read
line, *replies = sys.argv[1:]
for reply in replies:
    print(read(reply, Heard(lines=(HeardLine("client", line),))))
"""


def test_the_same_words_are_read_the_same_in_every_process() -> None:
    told = set()
    for seed in ("0", "1", "4242"):
        command = [sys.executable, "-c", _PRINT, LINE, *GOOD, *POOR, STOCK]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        told.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(told) == 1
