"""The plain form: one spelling for what people type many ways, and the way back to the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.language.normal import normalise
from simulator.language.words import mend, stem

# Text as people type it: words, typography, marks, other scripts, stray control characters.
TYPED = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("abcdefghij lmnoprstuvwyz ILYOU.,;!?'\"-()0123456789\n\t")),
        st.sampled_from(list("‘’“”–—…ﬁ½éß\u200b\u202e\u00a0ĳ①🙂")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(TYPED)
def test_every_character_knows_its_place_in_the_raw_text(raw: str) -> None:
    normal = normalise(raw)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert 0 <= start < end <= len(raw)
    assert list(normal.starts) == sorted(normal.starts)


@settings(max_examples=100, deadline=None)
@given(TYPED, st.data())
def test_any_stretch_leads_back_to_a_quote(raw: str, data: st.DataObject) -> None:
    normal = normalise(raw)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    span = normal.span(start, end)
    assert 0 <= span.start <= span.end <= len(raw)
    if start < end:
        assert span.start < span.end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdehilmnorstuwy ,.?", max_size=80))
def test_the_plain_form_of_a_plain_form_is_itself(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I don't know", "i do not know"),
        ("I don’t know", "i do not know"),
        ("dont", "do not"),
        ("woud u cum b4 8 n sit down", "would you cum before 8 and sit down"),
        ("i can do it 2day", "i can do it today"),
        ("the 2nd of may", "the 2nd of may"),
        ("you're", "you are"),
        ("its just a letter", "it is just a letter"),
        ("its tail", "its tail"),
        ("ill ring you", "i will ring you"),
        ("i am ill", "i am ill"),
        ("ok well pay for it", "okay we will pay for it"),
        ("I can well see", "i can well see"),
        ("you should of called", "you should have called"),
        ("your being unfair", "you are being unfair"),
        ("your letter", "your letter"),
        ("soooo sorry", "so sorry"),
        ("“quoted”", '"quoted"'),
        ("wait…", "wait..."),
        ("apologize", "apologise"),
    ],
)
def test_what_people_type_and_what_it_stands_for(typed: str, plain: str) -> None:
    assert normalise(typed).text == plain


def test_a_slip_is_mended_only_towards_a_word_that_was_meant() -> None:
    assert normalise("the evicton", lambda: {"eviction"}).text == "the eviction"
    assert normalise("the kitchen", lambda: {"kitten"}).text == "the kitchen"
    assert mend("frigtened", lambda: ["frightened", "flattened"]) == "frightened"
    assert mend("xqzvw", lambda: ["frightened"]) is None


def test_stems_join_the_forms_of_a_word() -> None:
    assert stem("ringing") == stem("rings") == stem("ring")
    assert stem("landlord's") == stem("landlord")


def test_a_place_of_the_raw_text_is_found_again() -> None:
    normal = normalise("I don't use DWP forms")
    raw = normal.raw.index("DWP")
    assert normal.text[normal.place(raw) :].startswith("dwp")
