"""The topics that a question is nearest to, by all the ways of asking that their author wrote.

Every phrase of a topic is an example of a question about it. A question is compared with them all: by the stems it
shares with each, small words too, and by pairs of stems in their order, each weighed by how few topics have it (tf-idf
and cosine: Salton and Buckley 1988, Information Processing & Management 24(5)). A topic with several near phrases is
surer than one with a single near one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from simulator.catalogue.types import TopicWords
from simulator.language.data import lexicon
from simulator.language.phrases import taken_apart


class Nearest:
    """The topics of a client, to be searched by likeness."""

    def __init__(self, topics: Sequence[TopicWords]) -> None:
        settings = lexicon("nearest")
        self._pair = math.sqrt(settings["pair"])
        self._own: float = settings["own_length"]
        self._power: int = settings["power"]
        examples = [
            (number, grams(stem for _, stem in taken_apart(phrase)))
            for number, topic in enumerate(topics)
            for phrase in (*topic.words, *topic.asked_as)
        ]
        held: dict[str, set[int]] = {}
        for number, found in examples:
            for gram in found:
                held.setdefault(gram, set()).add(number)
        self._worth = {
            gram: (math.log((1 + len(topics)) / (1 + len(having))) + 1) * (self._pair if " " in gram else 1.0)
            for gram, having in held.items()
        }
        self._unheard = math.log(1 + len(topics)) + 1
        self._topics = [number for number, _ in examples]
        self._places: dict[str, list[tuple[int, float]]] = {gram: [] for gram in held}
        squares = {gram: worth * worth for gram, worth in self._worth.items()}
        for place, (_, found) in enumerate(examples):
            length = sum(squares[gram] for gram in found) ** (1 - self._own)
            for gram in found:
                self._places[gram].append((place, squares[gram] / length))

    def rank(self, stems: Iterable[str]) -> dict[int, float]:
        """How near each topic is to a question of these stems, by its number: 0 to about 1.3, only those that share
        anything."""
        likeness: dict[int, float] = {}
        square = 0.0
        for gram in grams(stems):
            worth = self._worth.get(gram)
            if worth is None:
                worth = self._unheard * (self._pair if " " in gram else 1.0)
            square += worth * worth
            for place, share in self._places.get(gram, ()):
                likeness[place] = likeness.get(place, 0.0) + share
        pooled: dict[int, float] = {}
        for place, sum_ in likeness.items():
            number = self._topics[place]
            pooled[number] = pooled.get(number, 0.0) + sum_**self._power
        length = square**self._own
        return {number: sum_ ** (1 / self._power) / length for number, sum_ in pooled.items()}


def grams(stems: Iterable[str]) -> list[str]:
    """Stems and pairs of stems in order, each once."""
    listed = list(stems)
    return list(dict.fromkeys((*listed, *(f"{one} {two}" for one, two in pairwise(listed)))))
