"""How a reply is put: how polite it is, and which strategies of bargaining it uses.

Learnt from public conversations that people coded: requests of encyclopaedia editors (Danescu-Niculescu-Mizil et al.
2013, politeness) and bargaining over supplies (CaSiNo, Chawla et al. 2021). It is shown and never scored: craft is not
politeness. Training is benchmarks/train_style.py.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from simulator.catalogue.types import Heard
from simulator.language.data import STYLE, lexicon
from simulator.language.model import confidence

STRATEGIES, POLITENESS = "casino", "politeness"
"""Sources of lexicons/style.yaml."""

_TYPED = re.compile(r"[a-z']+|[!?.,;]|[:;][)(dp]|\d+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a reply is put. `polite`, and each of `strategies` (by its id in lexicons/style.yaml), is 0 to 1: half where
    it is as likely as not."""

    polite: float
    strategies: Mapping[str, float]

    @property
    def plainly(self) -> dict[str, float]:
        """The strategies of bargaining that are as likely as not, in words, the likeliest first."""
        named: Mapping[str, str] = lexicon("style")["sources"][STRATEGIES]["labels"]
        no_bargaining = lexicon("style")["no_bargaining"]
        likely = sorted((-sure, name) for name, sure in self.strategies.items() if sure >= 0.5)
        likely = [(sure, name) for sure, name in likely if name not in no_bargaining]
        return {named[name]: -sure for sure, name in likely}


def style_features(text: str, heard: Heard) -> dict[str, float]:
    """What the style of a reply is told by: what the light model looks at, and the words as they were typed."""
    from simulator.language.reader import observe

    typed = _TYPED.findall(text.lower())
    pairs = (f"{one} {two}" for one, two in pairwise(typed))
    return {**observe(text, heard)[0], **{f"typed:{piece}": 1.0 for piece in (*typed, *pairs)}}


def style_of(text: str, heard: Heard | None = None) -> Style:
    """How `text` is put, after what `heard` holds. Pure, as `read` is."""
    found = style_features(text, heard or Heard())
    return Style(_sure(POLITENESS, found)["polite"], _sure(STRATEGIES, found))


def trained_on(source: str) -> frozenset[str]:
    """The marks (`mark_of`) of the conversations of a source that were trained on."""
    return frozenset(_data()[source]["trained_on"]) if source in _data() else frozenset()


def mark_of(conversation: str) -> str:
    """A short mark by which a conversation is known again."""
    import hashlib

    return hashlib.sha256(conversation.encode()).hexdigest()[:8]


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(STYLE.read_text(encoding="utf-8"))
    return loaded


def _sure(source: str, found: Mapping[str, float]) -> dict[str, float]:
    """How likely each label of a source is. A feature counts by how rare it is, a reply by the share of each."""
    data = _data()[source]
    totals = [0.0] * len(data["names"])
    square = 0.0
    for name, value in found.items():
        if name in data["features"]:
            rare, *pairs = data["features"][name]
            here = rare * value
            square += here * here
            for place in range(0, len(pairs), 2):
                totals[pairs[place]] += pairs[place + 1] * here
    unit = data["scale"] * (math.sqrt(square) or 1.0)
    edges = zip(data["names"], totals, data["bias"], data["threshold"], strict=True)
    return {name: round(confidence(total / unit + bias - point), 3) for name, total, bias, point in edges}
