"""Who the client is, and how the learner spells, must change nothing in what is read.

Templates, spellings and pairs are data (fairness.yaml). Under `known` stand the faults that are known; a test fails
when one of them is mended, so that it is taken off the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Heard, HeardLine, Reading
from simulator.language import read

DATA: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("fairness.yaml").read_text("utf-8"))
SLOTS: Mapping[str, list[Any]] = DATA["slots"]
SPELLING_SLACK = 0.05
MOST_BELOW = 0.03
LEAST_READ = 0.85


@cache
def _read(line: str, reply: str) -> Reading:
    return read(reply, Heard(lines=(HeardLine("client", line),)))


def shown(reading: Reading) -> frozenset[str]:
    """What counts in full."""
    return frozenset(finding.behaviour for finding in reading.findings if finding.confidence >= 0.5)


def known(kind: str, item: str) -> frozenset[str]:
    """What is known to be misread: values of a template, spellings of a reply."""
    return frozenset(str(value) for fault in DATA["known"].get(kind, ()) for value in fault["cases"].get(item, ()))


# Names, pronouns, ages, places, relations, faiths.


def _words(slot: str, value: Any) -> dict[str, str]:
    return dict(value) if isinstance(value, dict) else {slot: str(value)}


def _slot_of(template: Mapping[str, str]) -> str:
    text = template["line"] + template["reply"]
    (slot,) = (name for name, values in SLOTS.items() if any(f"{{{key}}}" in text for key in _words(name, values[0])))
    return slot


def _filled(template: Mapping[str, str], slot: str, value: Any) -> Reading:
    line, reply = (template[key].format_map(_words(slot, value)) for key in ("line", "reply"))
    return _read(_capital(line), _capital(reply))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("template", DATA["templates"], ids=lambda template: template["id"])
def test_who_it_is_about_changes_nothing(template: Mapping[str, str]) -> None:
    """Against what most values are read as, so that one odd value is not the measure of all others."""
    slot = _slot_of(template)
    told = {next(iter(_words(slot, value).values())): _filled(template, slot, value) for value in SLOTS[slot]}
    readings = [(shown(reading), reading.quality) for reading in told.values()]
    usual = max(readings, key=readings.count)
    odd = {value for value, reading in told.items() if (shown(reading), reading.quality) != usual}
    assert odd == known("slots", template["id"])


# Spellings.


def _respelt(words: Mapping[str, str]) -> Callable[[str], str]:
    any_of = re.compile(
        rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!['\w])", re.IGNORECASE
    )

    def change(text: str) -> str:
        return any_of.sub(lambda found: _as(found[0], str(words[found[0].lower()])), text)

    return change


def _as(model: str, word: str) -> str:
    """The word with a capital where the one it replaces had one."""
    return _capital(word) if model[0].isupper() else word


SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "lower_case": str.lower,
    "no_apostrophes": lambda text: text.replace("'", ""),
    "no_full_stop": lambda text: text.rstrip("."),
    **{name: _respelt(words) for name, words in DATA["spellings"].items()},
}


@pytest.mark.parametrize("said", DATA["said"], ids=lambda said: said["id"])
def test_how_it_is_spelt_changes_nothing(said: Mapping[str, str]) -> None:
    usual = _read(said["line"], said["reply"])
    odd = set()
    for name, change in SPELLINGS.items():
        respelt = _read(said["line"], change(said["reply"]))
        if shown(respelt) != shown(usual) or abs(respelt.quality - usual.quality) > SPELLING_SLACK:
            odd.add(name)
    assert odd == known("spellings", said["id"])


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_is_tried(name: str) -> None:
    assert sum(SPELLINGS[name](said["reply"]) != said["reply"] for said in DATA["said"]) >= 3


# Plain English of people who learnt it late.


def _does(pair: Mapping[str, Any], how: str) -> bool:
    """Whether one of the behaviours that are meant is read."""
    groups = catalogue().groups
    wanted = {each for name in pair["shows"] for each in (groups[name].members if name in groups else (name,))}
    return bool(shown(_read(pair["line"], pair[how])) & wanted)


@pytest.mark.parametrize("pair", DATA["pairs"], ids=lambda pair: pair["id"])
def test_a_pair_is_read_as_meant_but_for_those_known(pair: Mapping[str, Any]) -> None:
    assert {how for how in ("plain", "fluent") if not _does(pair, how)} == known("pairs", pair["id"])


def test_what_is_meant_is_read_in_plain_english_and_in_fluent() -> None:
    both = [_does(pair, "plain") and _does(pair, "fluent") for pair in DATA["pairs"]]
    assert (sum(both) / len(both) < LEAST_READ) == bool(known("figures", "read_as_meant"))


def test_plain_english_is_worth_no_less() -> None:
    """Over the pairs that help: harm that is missed in one of a pair must not make up for help that is missed."""
    below = [
        _read(pair["line"], pair["fluent"]).quality - _read(pair["line"], pair["plain"]).quality
        for pair in DATA["pairs"]
        if not pair.get("poor")
    ]
    assert (mean(below) > MOST_BELOW) == bool(known("figures", "worth"))
