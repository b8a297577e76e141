"""The light model: how sure a reply's features make each behaviour, in numbers from a data file.

One logistic regression a behaviour, trained on our own coded corpus (benchmarks/train.py), its weights rounded to whole
numbers. It only weighs: what it may add to or take from the rules is held in `weigh`.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from simulator.language.data import MODEL

Features = Mapping[str, float]

FINE = 100
"""Steps in one: how finely the value of a feature is taken."""

LANE = 4
"""Bytes that hold one behaviour's sum. A weight is below 2,000 and a reply has few hundred features."""

MIDDLE = 1 << (8 * LANE - 1)
"""Nought in a lane."""


@dataclass(frozen=True)
class Model:
    """Weights of every feature for every behaviour or head, and the score from which each counts.

    `table` maps a feature to its weights: number of a behaviour, weight, number, weight ...; a score is their sum,
    divided by `scale`, and is a logit. `heads` are behaviours coded as one ("asks" for any question).
    """

    names: tuple[str, ...]
    bias: tuple[float, ...]
    threshold: tuple[float, ...]
    scale: float
    table: Mapping[str, Sequence[int]]
    _rows: dict[str, int] = field(default_factory=dict)

    def scores(self, found: Features) -> dict[str, float]:
        """How far each behaviour's logit lies above (or below) the point from which it counts."""
        # The sums of all behaviours lie side by side in one whole number, which adds a feature's weights at once.
        total = self._start
        rows, table = self._rows, self.table
        for name, value in found.items():
            if name in table:
                row = rows.get(name) or self._row(name)
                total += row * (FINE if value == 1 else round(value * FINE))
        sums = memoryview(total.to_bytes(LANE * len(self.names), sys.byteorder)).cast("I")
        if sys.byteorder == "big":
            sums = sums[::-1]
        unit = self.scale * FINE
        return {name: one / unit + before for name, one, before in zip(self.names, sums, self._before, strict=True)}

    def share(self, behaviour: str, names: Iterable[str]) -> float:
        """What these features alone add to a behaviour's score."""
        shift = 8 * LANE * self.names.index(behaviour)
        total = sum((self._rows.get(name) or self._row(name) for name in names if name in self.table), self._start)
        return ((total >> shift) % (2 * MIDDLE) - MIDDLE) / self.scale

    @cached_property
    def _start(self) -> int:
        """Half of what a lane holds, in every lane: a sum may be negative."""
        return sum(MIDDLE << (8 * LANE * number) for number in range(len(self.names)))

    @cached_property
    def _before(self) -> tuple[float, ...]:
        """What each score is before any feature is added, and without the half of its lane."""
        half = MIDDLE / (self.scale * FINE)
        return tuple(bias - threshold - half for bias, threshold in zip(self.bias, self.threshold, strict=True))

    def _row(self, name: str) -> int:
        """The weights of a feature side by side, made once."""
        pairs = self.table[name]
        row = sum(weight << (8 * LANE * number) for number, weight in zip(pairs[::2], pairs[1::2], strict=True))
        self._rows[name] = row
        return row


def confidence(score: float) -> float:
    """A score as a confidence, 0 to 1: half at the point from which a behaviour counts."""
    return 1 - 0.5 * math.exp(-score) if score >= 0 else 0.5 * math.exp(score)


@cache
def model() -> Model:
    """The model that ships."""
    return parse(json.loads(MODEL.read_text(encoding="utf-8")))


def parse(data: Mapping[str, Sequence[object]]) -> Model:
    """A model from its data: `names`, `bias`, `threshold`, `scale`, and `features` as a list of numbers each."""
    return Model(
        names=tuple(data["names"]),  # type: ignore[arg-type]
        bias=tuple(data["bias"]),  # type: ignore[arg-type]
        threshold=tuple(data["threshold"]),  # type: ignore[arg-type]
        scale=float(data["scale"]),  # type: ignore[arg-type]
        table=data["features"],  # type: ignore[arg-type]
    )
