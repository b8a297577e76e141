"""The catalogue's own examples, read: no family may fall below what was reached (floors.yaml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from benchmarks.catalogue import Outcome, outcomes
from simulator.catalogue.loader import catalogue

FLOORS: Mapping[str, Mapping[str, Mapping[str, int]]] = yaml.safe_load(
    Path(__file__).with_name("floors.yaml").read_text("utf-8")
)
LAYERS = ("rules", "both")


@cache
def read_all(layer: str) -> tuple[Outcome, ...]:
    return tuple(outcomes(rules=layer == "rules"))


@pytest.mark.parametrize("layer", LAYERS)
def test_every_family_has_a_floor(layer: str) -> None:
    assert set(FLOORS[layer]) == {behaviour.family for behaviour in catalogue().behaviours.values()}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("family", sorted(FLOORS["rules"]))
def test_a_family_is_read_as_well_as_it_was(family: str, layer: str) -> None:
    floor, counts = FLOORS[layer][family], Counter[str]()
    for each in read_all(layer):
        if each.family == family:
            counts[each.kind] += 1
            counts[f"{each.kind} read"] += each.as_behaviour
            counts["right"] += each.as_instead
    examples, misses = counts["example"], counts["near_miss"]
    assert counts["example read"] / examples >= floor["read"] / floor["of"]
    assert counts["near_miss read"] / misses <= floor["misread"] / floor["of"]
    assert counts["right"] / misses >= floor["right"] / floor["of"]


def test_the_examples_of_good_replies_hold_no_harm() -> None:
    harm = catalogue().groups["any_harm"].members
    helping = {name for name, behaviour in catalogue().behaviours.items() if behaviour.valence == "helps"}
    marred = [each for each in read_all("both") if each.kind == "example" and each.behaviour in helping]
    marred = [each for each in marred if harm & set(each.found)]
    assert [(each.reply, each.found) for each in marred] == []


def test_what_a_pattern_names_is_in_the_catalogue() -> None:
    from simulator.language.patterns import patterns

    assert {pattern.behaviour for pattern in patterns()} <= set(catalogue().behaviours)
