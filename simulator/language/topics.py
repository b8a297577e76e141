"""What a clause is about: the topics of the scenario, found by their phrases and by their likeness to its words.

What is said is about a topic whose phrase stands in it. What is asked is compared with every way of asking too, since
a question can be put in more words than an author will write: the two are added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.catalogue.types import TopicWords
from simulator.language import phrases
from simulator.language.data import grammar, lexicon
from simulator.language.nearest import Nearest
from simulator.language.utterance import Clause
from simulator.language.words import rarity

# What a phrase is worth in a clause that is about much else beside.
_ALONE = 0.45
# A topic must weigh at least this much to count as the thing spoken of or asked about.
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class _Searched:
    """The topics of a scenario, made ready to be searched."""

    topics: Sequence[TopicWords]
    lists: phrases.Lists
    nearest: Nearest


_KEPT: list[_Searched] = []
"""The topics in use, the latest first: in one talk a scenario's topics are one and the same object all along."""


def _searched(topics: Sequence[TopicWords]) -> _Searched:
    for kept in _KEPT:
        if kept.topics is topics:
            return kept
    for place, kept in enumerate(_KEPT):
        if kept.topics == topics:  # the same scenario, opened again
            _KEPT[place] = replace(kept, topics=topics)
            return _KEPT[place]
    _KEPT.insert(0, _Searched(topics, phrases.Lists(topic.words for topic in topics), Nearest(topics)))
    del _KEPT[4:]
    return _KEPT[0]


def match_topic(clause: Clause, topics: Sequence[TopicWords]) -> tuple[str | None, float]:
    """The topic the clause speaks of and how surely (0 to 1), or (None, 0.0): the one with the heaviest phrase in it;
    further phrases count a little, so that the more particular topic wins."""
    best: tuple[str | None, float, float] = (None, 0.0, 0.0)
    for number, matches in _searched(topics).lists.find(clause.tokens).items():
        score, longest = _weight(matches)
        if (score, longest) > best[1:]:
            best = (topics[number].id, score, longest)
    if best[0] is None or best[1] < THRESHOLD:
        return None, 0.0
    return best[0], min(1.0, round(best[1], 3))


def asked_about(clause: Clause, topics: Sequence[TopicWords], names: frozenset[str]) -> list[tuple[str, float]]:
    """The topics a question may be about and how surely (0 to 1): the surest first, then those hardly less sure.
    `names` of people tell no topic."""
    settings = lexicon("nearest")
    searched = _searched(topics)
    held = _held_in(clause, searched.lists, names)
    near = searched.nearest.rank(token.stem for token in clause.tokens if token.text[0].isalnum())
    scored = {
        number: (near.get(number, 0.0) + settings["phrase"] * held.get(number, 0.0)) / settings["whole"]
        for number in near.keys() | held.keys()
    }
    least = max(THRESHOLD, max(scored.values(), default=0.0) - settings["hardly_less"])
    found = sorted((-score, number) for number, score in scored.items() if score >= least)
    return [(topics[number].id, min(1.0, round(-score, 3))) for score, number in found[: settings["most"]]]


def _held_in(clause: Clause, lists: phrases.Lists, names: frozenset[str]) -> Mapping[int, float]:
    """How much of the question the phrases of each topic hold, by its number. The more of what it says no phrase of the
    topic holds, the less that is ("the letters" are not what "ring you to say the letters have stopped" is about)."""
    carried = _carried(clause, names)
    total = sum(worth for _, worth in carried)
    scores: dict[int, float] = {}
    for number, matches in lists.find(clause.tokens).items():
        score, longest = _weight(matches)
        places = {place for match in matches for place in match.held}
        covered = sum(worth for place, worth in carried if place in places)
        share = covered / total if total else 1.0
        if total and not covered:  # "anyone above you": a phrase of small words alone counts by its length
            share = longest / (clause.end - clause.start)
        scores[number] = score * (_ALONE + (1 - _ALONE) * share)
    return scores


def _weight(matches: Sequence[phrases.Match]) -> tuple[float, int]:
    """What the phrases of a topic found in a clause weigh together, and the length of the longest."""
    longest = max(match.length for match in matches)
    distinct = len({(match.start, match.end) for match in matches})
    return matches[0].weight + 0.08 * (distinct - 1) + 0.004 * longest, longest


def _carried(clause: Clause, names: frozenset[str]) -> list[tuple[int, float]]:
    """The words that carry what a clause is about: their places, and what each is worth by its rarity."""
    small = grammar("function_words")
    return [
        (token.start, max(0.25, rarity(token.text)))
        for token in clause.tokens
        if token.is_word and token.text not in small and token.text not in names
    ]
