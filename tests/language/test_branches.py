"""Patterns taken apart match what they matched whole, and are found by their words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.catalogue.loader import catalogue
from simulator.language.branches import EDGE, branches, key_of, needed, split
from simulator.language.clauses import TOKEN, take_apart, tokenize
from simulator.language.data import lexicon, pattern_files
from simulator.language.patterns import compile_pattern, fill, find_all, patterns

WRITTEN = {
    f"{behaviour}.{rule.get('id', number)}": rule["find"]
    for name in pattern_files()
    for behaviour, rules in lexicon(name)["patterns"].items()
    for number, rule in enumerate(rules, 1)
}
REPLIES = [example.reply for one in catalogue().behaviours.values() for example in (*one.examples, *one.near_misses)]


def whole(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        (r"\(|b", [r"\(", "b"]),
        ("[|]|(?:c|d)", ["[|]", "(?:c|d)"]),
        ("[]|]x|y", ["[]|]x", "y"]),
        ("(a|b)|c", ["(a|b)", "c"]),
    ],
)
def test_alternatives_are_split_at_the_top_level_alone(pattern: str, parts: list[str]) -> None:
    assert split(pattern) == parts


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        (r"\bcalm down\b", [{f"{EDGE}calm down{EDGE}"}]),
        (r"(?:promise|swear) you", [{f"promise{EDGE}", f"swear{EDGE}"}, {" you"}]),
        (r"(?:promise)? you", [{" you"}]),
        (r"\w+ing", [{"ing"}]),
        (r"ab|cde", []),
    ],
)
def test_what_a_match_must_hold(pattern: str, sets: list[set[str]]) -> None:
    assert [set(each) for each in needed(pattern)] == sets


def test_a_group_is_written_out_where_its_words_are_rarer() -> None:
    assert branches("you (?:promised|swore)", whole) == ("you (?:promised)", "you (?:swore)")
    assert branches("(?:you|she)? promised", whole) == ("(?:you|she)? promised",)


def test_a_literal_is_found_by_a_word_that_stands_whole_in_it() -> None:
    assert key_of(f"{EDGE}have promised{EDGE}") == "promised"
    assert key_of(f"{EDGE}promise") == "pro-"
    assert key_of("promise") == ""


@pytest.mark.parametrize("rule", sorted(WRITTEN))
def test_branches_match_where_the_pattern_does(rule: str) -> None:
    pattern = next(one for one in patterns() if one.rule == rule)
    undivided = compile_pattern(WRITTEN[rule])
    for reply in REPLIES:
        text = take_apart(reply).text
        starts = [found.start() for branch in pattern.branches if (found := branch.pattern.search(text))]
        match = undivided.search(text)
        assert min(starts, default=None) == (match.start() if match else None)


def test_the_sieve_lets_through_every_pattern_that_matches() -> None:
    for reply in REPLIES:
        utterance = take_apart(reply)
        asking = frozenset(clause.index for clause in utterance.clauses if clause.asked)
        found = {hit.rule for hit in find_all(utterance, asking)}
        for clause in utterance.clauses:
            for pattern in patterns():
                if pattern.where != "clause" or pattern.unless or pattern.form != "any" or pattern.negated != "allow":
                    continue
                match = any(branch.pattern.search(clause.text) for branch in pattern.branches)
                reported = clause.reported and pattern.reported == "skip"
                assert not match or reported or pattern.rule in found, (reply, pattern.rule)


@given(
    st.text(
        st.characters(max_codepoint=0x17F, exclude_characters="\u0130", categories=("L", "N", "P", "Zs")), max_size=80
    )
)
def test_tokens_are_those_of_nltk(text: str) -> None:
    from nltk.tokenize import RegexpTokenizer

    text = take_apart(text).text
    ours = [(token.start, token.end) for token in tokenize(text)]
    assert ours == list(RegexpTokenizer(TOKEN).span_tokenize(text))


def test_macros_are_left_whole_in_branches_and_written_out_to_run() -> None:
    assert branches("{start}calm|b", lambda text: text.replace("{start}", "^")) == ("{start}calm", "b")
    assert re.compile(fill("{start}calm")).search("calm")
