"""What counts as evidence, read from `scoring.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.catalogue.loader import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Scoring:
    """The rules of evidence that every rubric shares; `scoring.yaml` says what each is for."""

    min_confidence: float
    indicative_under: int
    hard_fail_cap: float
    gaming_gates: frozenset[str]
    gaming_behaviours: frozenset[str]
    voids: frozenset[str]
    light: frozenset[str]
    stock_words: int
    stock_free: int
    stock_factor: float
    cue_chances: int
    cue_weak: float
    relationship: Mapping[str, float]


def read_yaml(name: str) -> Any:
    """A data file of this package, every scalar a string."""
    from simulator.scenario.nodes import plain
    from simulator.scenario.source import parse

    return plain(parse((Path(__file__).parent / name).read_bytes(), name).root)


@lru_cache(maxsize=1)
def scoring() -> Scoring:
    """The rules of evidence that ship, read once."""
    data = read_yaml("scoring.yaml")
    codes = catalogue()
    return Scoring(
        min_confidence=float(data["min_confidence"]),
        indicative_under=int(data["indicative_under"]),
        hard_fail_cap=float(data["hard_fail_cap"]),
        gaming_gates=frozenset(data["gaming"]["gates"]),
        gaming_behaviours=expanded(data["gaming"]["behaviours"], codes),
        voids=expanded(data["voids"], codes),
        light=expanded(data["light"], codes),
        stock_words=int(data["stock"]["opening_words"]),
        stock_free=int(data["stock"]["free"]),
        stock_factor=float(data["stock"]["factor"]),
        cue_chances=int(data["cues"]["chances"]),
        cue_weak=float(data["cues"]["weak"]),
        relationship={word: float(worth) for word, worth in data["relationship"].items()},
    )


def expanded(names: Iterable[str], codes: Catalogue) -> frozenset[str]:
    """The behaviours that these behaviours and groups stand for. Raises KeyError for an unknown one."""
    return frozenset().union(*(codes.expand(name) for name in names))
