"""A reply is read at the speed of typing, and nothing a person or a cat can type makes it crawl.

The bounds are loose, several times what was measured, so that a busy machine does not fail them; a walk that grows
with the square of the text, or a pattern that backtracks without end, overruns them all the same.
"""

from __future__ import annotations

import time

import pytest

from simulator.catalogue.types import Heard, HeardLine
from simulator.language import read, warm_up

HEARD = Heard(lines=(HeardLine("client", "Four weeks of ringing and nobody calls back, and now this letter."),))
REPLY = "Four weeks of ringing and nobody called you back, that sounds frightening for you and the kids. "


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    warm_up()
    read(REPLY, HEARD)


def seconds(text: str) -> float:
    started = time.perf_counter()
    read(text, HEARD)
    return time.perf_counter() - started


def test_a_reply_of_fifteen_words_takes_milliseconds() -> None:
    assert min(seconds(REPLY) for _ in range(5)) < 0.03


def test_a_long_reply_takes_no_longer_than_its_length() -> None:
    assert min(seconds((REPLY * 60)[:5000]) for _ in range(3)) < 0.6


@pytest.mark.parametrize(
    "unit",
    ["aaaa ", "you you you ", "(((((", "?!?!", "you are so ", "i will and ", "if you do not ", "a, b, ", '"', "don't "],
)
def test_no_text_makes_it_crawl(unit: str) -> None:
    assert seconds((unit * 10_000)[:10_000]) < 3.0


def test_only_the_first_twelve_thousand_characters_are_read() -> None:
    assert not read("fine " * 2400 + "you idiot", HEARD).has("insult")
