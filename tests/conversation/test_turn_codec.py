"""Values as canonical bytes, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import asks, brings, offers, play, promises, reads, shipped

from simulator.catalogue.types import Finding, Reading, Span
from simulator.conversation import Position, Turn, Utterance, begin, from_bytes, to_bytes
from simulator.conversation.codec import to_bytes_as

FULL = reads(
    "complex_reflection of scared 0.75",
    "blame",
    reply="Das ist schön – “ja” 🙂\n\x1b[31m",
    questions=(asks("work", "how many", subject="Arbeit", score=0.4), asks(None)),
    points=brings("court_order"),
    offers=offers("days", 9),
    promises=promises("ring me", "before five"),
    discrepancies=("work",),
    answered=("scared",),
    gates=("parrot",),
    quality=-0.25,
)


@dataclass(frozen=True)
class Inner:
    word: str
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outer:
    inners: tuple[Inner, ...]
    counts: Mapping[str, int]
    added: int = 0


def test_a_turn_and_its_parts_come_back_exactly():
    turn = play(shipped("sample"), FULL)[0]
    position, opening = begin(shipped("sample"), 7)
    for kind, value in (
        (Turn, turn),
        (Position, turn.after),
        (Position, position),
        (Utterance, opening),
        (Reading, FULL),
    ):
        data = to_bytes(value)
        assert from_bytes(kind, data) == value
        assert to_bytes(from_bytes(kind, data)) == data


def test_the_bytes_are_canonical():
    data = to_bytes(reads(reply="schön"))
    text = data.decode("utf-8")
    assert "schön" in text
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_a_whole_number_where_a_float_belongs_is_written_as_one():
    one = Reading("x", (Finding("blame", Span(0, 1), 1, "r"),), quality=0)
    other = Reading("x", (Finding("blame", Span(0, 1), 1.0, "r"),), quality=0.0)
    assert to_bytes(one) == to_bytes(other)


@pytest.mark.parametrize("value", [Reading("\ud800"), Position("s", 1, {"trust": float("nan")})])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match=r"Unicode|JSON"):
        to_bytes(value)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"state": 1}'])
def test_bytes_of_something_else_are_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011 (pydantic words it)
        from_bytes(Position, data)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_number_come_back(text, number):
    value = Reading(text, quality=number, gates=(text,))
    assert from_bytes(Reading, to_bytes(value)) == value


def test_what_was_stored_before_a_field_was_added_is_written_as_it_was():
    stored = b'{"counts":{"a":1},"inners":[{"word":"x"}]}'
    value = from_bytes(Outer, stored)
    assert to_bytes(value) != stored
    assert to_bytes_as(value, stored) == stored
    assert to_bytes_as(replace(value, inners=(Inner("y"),)), stored) != stored
    assert to_bytes_as(replace(value, inners=(*value.inners, Inner("x"))), stored) != stored
    assert to_bytes_as(replace(value, counts={"a": 1, "b": 2}), stored) != stored
    assert to_bytes_as(replace(value, counts={}), stored) != stored
