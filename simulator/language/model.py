"""The light model: how sure a reply's features make each behaviour, in numbers from a data file.

One logistic regression a behaviour, trained on our own coded corpus (benchmarks/train.py), its weights rounded to whole
numbers. It only weighs: what it may add to or take from the rules is held in `weigh`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from simulator.language.data import MODEL

Features = Mapping[str, float]


@dataclass(frozen=True)
class Model:
    """Weights of every feature for every behaviour or head, and the score from which each counts.

    `table` maps a feature to pairs of (number of the behaviour, weight); a score is the sum, divided by `scale`, and is
    a logit. `heads` are behaviours coded as one ("asks" for any question).
    """

    names: tuple[str, ...]
    bias: tuple[float, ...]
    threshold: tuple[float, ...]
    scale: float
    table: Mapping[str, tuple[tuple[int, int], ...]]

    def scores(self, found: Features) -> dict[str, float]:
        """How far each behaviour's logit lies above (or below) the point from which it counts."""
        totals = [0.0] * len(self.names)
        table = self.table
        for name, value in found.items():
            for number, weight in table.get(name, ()):
                totals[number] += weight * value
        return {
            name: total / self.scale + bias - threshold
            for name, total, bias, threshold in zip(self.names, totals, self.bias, self.threshold, strict=True)
        }

    def share(self, behaviour: str, names: Iterable[str]) -> float:
        """What these features alone add to a behaviour's score."""
        number = self._number(behaviour)
        return sum(weight for name in names for each, weight in self.table.get(name, ()) if each == number) / self.scale

    def reasons(self, behaviour: str, found: Features, most: int = 3) -> tuple[str, ...]:
        """The features that speak most for a behaviour, the strongest first."""
        number = self._number(behaviour)
        spoken = [
            (weight * value, name)
            for name, value in found.items()
            for each, weight in self.table.get(name, ())
            if each == number and weight > 0
        ]
        return tuple(name for _, name in sorted(spoken, reverse=True)[:most])

    def _number(self, behaviour: str) -> int:
        return self.names.index(behaviour)


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
        table={
            name: tuple(zip(pairs[::2], pairs[1::2], strict=True))
            for name, pairs in data["features"].items()  # type: ignore[attr-defined]
        },
    )
