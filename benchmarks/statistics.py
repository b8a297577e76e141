"""Agreement in numbers: kappa with an interval, and how well a score tells good from poor.

Kappa is NLTK's; the interval draws whole conversations, since turns of one conversation are not independent.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

DRAWS = 1000
"""Bootstrap samples behind an interval."""

SEED = 20
"""Seed of the bootstrap: the same data give the same interval."""

Pair = tuple[Hashable, Hashable]
"""What a person coded and what we read."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the bounds that hold 95 of 100 bootstrap samples."""

    value: float
    low: float
    high: float


def kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa of two codings (Cohen 1960), by NLTK; 0 where one coding never varies and they differ."""
    import nltk  # noqa: F401  # nltk.metrics is another module until the package is loaded
    from nltk.metrics.agreement import AnnotationTask

    task = AnnotationTask(
        [(coder, str(item), pair[side]) for item, pair in enumerate(pairs) for side, coder in enumerate("pr")]
    )
    try:
        return float(task.kappa())
    except ZeroDivisionError:
        return 1.0


def kappa_of(counts: Mapping[Pair, int]) -> float:
    """The same from counted pairs, for the many samples of a bootstrap."""
    total = sum(counts.values())
    if not total:
        return 0.0
    rows: Counter[Hashable] = Counter()
    columns: Counter[Hashable] = Counter()
    for (person, read), count in counts.items():
        rows[person] += count
        columns[read] += count
    agreed = sum(count for (person, read), count in counts.items() if person == read) / total
    chance = sum(rows[label] * columns[label] for label in rows) / total**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def kappa_interval(by_conversation: Mapping[str, Sequence[Pair]]) -> Interval:
    """Kappa over all turns, with a bootstrap interval over conversations."""
    counted = [Counter(pairs) for pairs in by_conversation.values()]
    value = kappa([pair for pairs in by_conversation.values() for pair in pairs])
    draw = random.Random(SEED)
    samples = []
    for _ in range(DRAWS):
        total: Counter[Pair] = Counter()
        for counts in draw.choices(counted, k=len(counted)):
            total.update(counts)
        samples.append(kappa_of(total))
    return _bounds(value, samples)


def auc(good: Sequence[float], poor: Sequence[float]) -> float:
    """The chance that a good session scores above a poor one, ties counting half (Mann and Whitney 1947)."""
    if not good or not poor:
        return 0.5
    wins = sum((high > low) + 0.5 * (high == low) for high in good for low in poor)
    return wins / (len(good) * len(poor))


def auc_interval(good: Sequence[float], poor: Sequence[float]) -> Interval:
    """The same with a bootstrap interval over sessions, drawn within each side."""
    draw = random.Random(SEED)
    samples = [auc(draw.choices(good, k=len(good)), draw.choices(poor, k=len(poor))) for _ in range(DRAWS)]
    return _bounds(auc(good, poor), samples)


def _bounds(value: float, samples: Sequence[float]) -> Interval:
    ordered = sorted(samples)
    return Interval(value, ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1])


def precision_recall_f(pairs: Sequence[Pair], label: Hashable) -> tuple[float, float, float]:
    """Precision, recall and F1 of reading one label, by NLTK; 0 where there is nothing to measure."""
    import nltk  # noqa: F401
    from nltk.metrics.scores import f_measure, precision, recall

    person = {item for item, pair in enumerate(pairs) if pair[0] == label}
    read = {item for item, pair in enumerate(pairs) if pair[1] == label}
    found = precision(person, read), recall(person, read), f_measure(person, read)
    return tuple(float(value or 0.0) for value in found)  # type: ignore[return-value]
