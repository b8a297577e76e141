"""The light model: how sure a reply's features make each behaviour, in numbers from a data file.

One logistic regression a behaviour, trained on our own coded corpus (benchmarks/train.py), its weights rounded to whole
numbers. It only weighs: what it may add to or take from the rules is held in `weigh`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import add

from simulator.language.data import MODEL

Features = Mapping[str, float]

DENSE = 0.3
"""The share of behaviours from which on a row of weights is added faster as a whole."""


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
        sparse, dense = self.table, self._dense
        for name, value in found.items():
            if name in dense:
                row = dense[name]
                totals = list(map(add, totals, row if value == 1 else [weight * value for weight in row]))
            elif value == 1:
                for number, weight in sparse.get(name, ()):
                    totals[number] += weight
            else:
                for number, weight in sparse.get(name, ()):
                    totals[number] += weight * value
        return {
            name: total / self.scale + bias - threshold
            for name, total, bias, threshold in zip(self.names, totals, self.bias, self.threshold, strict=True)
        }

    def share(self, behaviour: str, names: Iterable[str]) -> float:
        """What these features alone add to a behaviour's score."""
        of = self._of(behaviour)
        return sum(of.get(name, 0) for name in names) / self.scale

    def reasons(self, behaviour: str, found: Features, most: int = 3) -> tuple[str, ...]:
        """The features that speak most for a behaviour, the strongest first."""
        of = self._of(behaviour)
        spoken = [(of[name] * value, name) for name, value in found.items() if of.get(name, 0) > 0]
        return tuple(name for _, name in sorted(spoken, reverse=True)[:most])

    @cached_property
    def _dense(self) -> Mapping[str, Sequence[int]]:
        """The rows that speak for or against most behaviours, a weight for each: they are added as a whole."""
        rows: dict[str, Sequence[int]] = {}
        for name, pairs in self.table.items():
            if len(pairs) > len(self.names) * DENSE:
                row = rows[name] = [0] * len(self.names)
                for number, weight in pairs:
                    row[number] = weight
        return rows

    def _of(self, behaviour: str) -> Mapping[str, int]:
        """The weights of one behaviour alone, by feature."""
        if behaviour not in self._columns:
            number = self.names.index(behaviour)
            self._columns[behaviour] = {
                name: weight for name, pairs in self.table.items() for each, weight in pairs if each == number
            }
        return self._columns[behaviour]

    @cached_property
    def _columns(self) -> dict[str, Mapping[str, int]]:
        return {}


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
