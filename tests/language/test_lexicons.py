"""The data of the reader: every piece compiles, every name is known, no rule is written twice."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from simulator.catalogue.loader import catalogue
from simulator.language.data import COMPILED, fingerprint, lexicon, pattern_files
from simulator.language.patterns import compile_pattern, patterns


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    return []


@pytest.mark.parametrize("name", ["detecting", "reflecting"])
def test_every_piece_compiles(name: str) -> None:
    for text in _texts(lexicon(name)):
        compile_pattern(text)


def test_a_rule_has_a_name_of_its_own() -> None:
    names = Counter(pattern.rule for pattern in patterns())
    assert [name for name, count in names.items() if count > 1] == []


def test_no_rule_matches_nothing_at_all() -> None:
    empty = (pattern.rule for pattern in patterns() for branch in pattern.branches if branch.pattern.search(""))
    assert list(empty) == []


def test_what_settles_and_what_is_worth_something_is_in_the_catalogue() -> None:
    known = set(catalogue().behaviours) | {"statement"}
    settling = lexicon("resolve")["silences"]
    assert {name for rule in settling for side in ("by", "over") for name in rule[side]} <= known
    assert set(lexicon("resolve")["quality"]) <= known


def test_the_compiled_patterns_are_those_of_the_files() -> None:
    shipped = json.loads(COMPILED.read_text(encoding="utf-8"))
    assert shipped["of"] == fingerprint(), "run: python -m simulator.language.compile"
    assert len(shipped["patterns"]) == sum(
        len(rules) for name in pattern_files() for rules in lexicon(name)["patterns"].values()
    )
