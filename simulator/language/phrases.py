"""Finding authored words and phrases in a reply: by stem, with synonyms, each match with its weight.

Cues, topics and points are all lists of everyday words; the learner's wording is free. A phrase matches when its
content stems stand close together in any order; a single word matches by stem or, for less, by a synonym.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.normal import normalise
from simulator.language.utterance import Token, function_words, tokenize

# How far apart (tokens) the words of one phrase may stand.
_REACH = 4
# What a synonym is worth beside the word itself.
_SYNONYM = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its stretch in the plain form and its weight, 0 to 1 (rarer and longer weighs more)."""

    phrase: str
    start: int
    end: int
    weight: float


@lru_cache(maxsize=20_000)
def _needed(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """Stems a phrase needs, all its words, and its weight. A phrase of function words needs them all, in order."""
    tokens = [token for token in tokenize(normalise(phrase).text) if token.text[0].isalnum()]
    content = tuple(token.stem for token in tokens if token.text not in function_words())
    every = tuple(token.text for token in tokens)
    weight = max((words.rarity(token.text) for token in tokens), default=0.0)
    return (
        content,
        every,
        min(1.0, 0.55 + 0.3 * weight + 0.1 * (len(content) - 1 if content else len(every) - 2)),
    )


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in lexicon("synonyms")["groups"]:
        stems = {words.stem(word) for word in group if " " not in word}
        for each in stems:
            table.setdefault(each, set()).update(stems - {each})
    return {key: frozenset(values) for key, values in table.items()}


def synonyms(stem: str) -> frozenset[str]:
    """Stems that mean about the same."""
    return _synonyms().get(stem, frozenset())


def _in_order(tokens: tuple[Token, ...], every: tuple[str, ...]) -> tuple[int, int] | None:
    texts = [token.text for token in tokens]
    for start in range(len(texts) - len(every) + 1):
        if tuple(texts[start : start + len(every)]) == every:
            return tokens[start].start, tokens[start + len(every) - 1].end
    return None


def find(phrase: str, tokens: tuple[Token, ...]) -> Match | None:
    """The first place where `phrase` stands in `tokens`, or None."""
    content, every, weight = _needed(phrase)
    if not every:
        return None
    if not content or len(every) > len(content) + 1:
        # Mostly function words ("not today", "how are you"): the words themselves, in order, else the content close by.
        place = _in_order(tokens, every)
        if place is not None:
            return Match(phrase, *place, weight=min(1.0, weight + 0.1))
        if len(content) < 2:
            return None
    places: list[list[Token]] = []
    factor = 1.0
    for stem in content:
        same = [token for token in tokens if token.stem == stem]
        if not same:
            near = synonyms(stem)
            same = [token for token in tokens if token.stem in near]
            factor *= _SYNONYM
        if not same:
            return None
        places.append(same)
    first = places[0]
    for start in first:
        chosen = [start]
        index = tokens.index(start)
        for options in places[1:]:
            close = [t for t in options if abs(tokens.index(t) - index) <= _REACH + len(content)]
            if not close:
                break
            chosen.append(close[0])
        else:
            return Match(phrase, min(t.start for t in chosen), max(t.end for t in chosen), round(weight * factor, 3))
    return None


def find_any(phrases: Iterable[str], tokens: tuple[Token, ...]) -> list[Match]:
    """Every phrase found, heaviest first."""
    found = [match for phrase in phrases if (match := find(phrase, tokens)) is not None]
    return sorted(found, key=lambda match: (-match.weight, match.start))


@lru_cache(maxsize=4096)
def vocabulary(phrases: tuple[str, ...]) -> frozenset[str]:
    """The content words of phrases: what a misspelt word may stand for."""
    return frozenset(
        token.text
        for phrase in phrases
        for token in tokenize(normalise(phrase).text)
        if token.is_word and len(token.text) > 4 and token.text not in function_words()
    )
