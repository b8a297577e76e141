"""Text from outside: nothing in it may steer a terminal or reorder a line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.catalogue.clean import clean


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\ ok", "link ok"),
        ("\x1b]52;c;c2VjcmV0\x07", ""),
        ("\x9b31mx\x9d0;title\x9cy", "xy"),
        ("\x1bPq#0\x1b\\z", "z"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("nu\x00ll\x08", "null"),
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("می‌خواهم and [/red] stay", "می‌خواهم and [/red] stay"),
        ("café 漢字 👩‍👧", "café 漢字 👩‍👧"),
    ],
)
def test_what_is_taken_out_and_what_stays(text: str, safe: str) -> None:
    assert clean(text) == safe


def test_on_one_line() -> None:
    assert clean("  a \n\n b\t", keep_newlines=False) == "a b"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x9d\x07[]P\\;m0\u202e\r\n"))))
def test_nothing_unsafe_is_left_and_twice_is_once(text: str) -> None:
    once = clean(text)
    assert not {char for char in once if char != "\n" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(once)
    assert clean(once) == once
