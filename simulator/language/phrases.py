"""Finding authored words and phrases in a reply: by stem, with synonyms, each match with its weight.

Cues, topics and points are all lists of everyday words; the learner's wording is free. A phrase matches when its
content stems stand close together in any order; a single word matches by stem or, for less, by a synonym.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from simulator.language import words
from simulator.language.clauses import tokenize
from simulator.language.data import grammar, lexicon
from simulator.language.normal import normalise, plain_words
from simulator.language.utterance import Token

# How far apart (tokens) the words of one phrase may stand.
_REACH = 4
# What a synonym is worth beside the word itself.
_SYNONYM = 0.7
# What a phrase is worth whose words stand in another order, or without its small words.
_LOOSELY = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its stretch in the plain form and its weight, 0 to 1 (rarer and longer weighs more). `held` are
    the places of the words that it holds: others may stand between them. `hinted`: only two words of it stand there, in
    another order or without its small words."""

    phrase: str
    start: int
    end: int
    weight: float
    held: tuple[int, ...] = ()
    hinted: bool = False

    @property
    def length(self) -> int:
        """Characters of the stretch, without what stands between the words of the phrase."""
        return min(self.end - self.start, len(self.phrase))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a phrase needs: stems of its content words (any order) or all its words (in order), and its weight.

    `in_order`: the small words count, since without them one word or none would be left of several, or since they say
    who does it to whom. `first` holds the stems one of which must be there for the phrase to be found at all. `owner`
    is whose thing it is ("your name"): somebody else's is another matter.
    """

    content: tuple[str, ...]
    ordered: tuple[str, ...]
    weight: float
    in_order: bool
    first: frozenset[str]
    owner: str


def taken_apart(phrase: str) -> list[tuple[str, str]]:
    """The words and numbers of an authored phrase in the plain form, each with its stem."""
    listed = plain_words(phrase)
    if listed is not None:
        return [(word, words.stem(word)) for word in listed]
    return [(token.text, token.stem) for token in tokenize(normalise(phrase).text) if token.text[0].isalnum()]


@lru_cache(maxsize=20_000)
def _needs(phrase: str) -> _Needs:
    apart = taken_apart(phrase)
    content = tuple(stem for word, stem in apart if word not in grammar("function_words"))
    dropped = grammar("determiners") if content else grammar("articles")
    ordered = tuple(stem for word, stem in apart if word not in dropped) or tuple(stem for _, stem in apart)
    rarest = max((words.rarity(word) for word, _ in apart), default=0.0)
    length = len(content) - 1 if content else len(ordered) - 2
    few = len(content) < 2 <= len(ordered)
    who = any(word in grammar("persons") for word, _ in apart)
    in_order = not content or few or who or len(ordered) > len(content) + 1
    first = set(ordered[:1]) if in_order else set()
    if content:
        first |= {content[0], *synonyms(content[0])}
    weight = min(1.0, 0.55 + 0.3 * rarest + 0.1 * length)
    # At the end it is whom, not whose ("who found her").
    owner = next((_owners()[word] for word, _ in apart[:-1] if word in _owners()), "")
    return _Needs(content, ordered, weight, in_order, frozenset(first), owner)


@lru_cache(maxsize=4096)
def _by_first(phrases: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Places of the phrases in the list by the stems they may begin with."""
    table: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        for stem in _needs(phrase).first:
            table.setdefault(stem, []).append(place)
    return {stem: tuple(places) for stem, places in table.items()}


@cache
def _owners() -> dict[str, str]:
    return {word: owner for owner, words in lexicon("grammar")["owners"].items() for word in words}


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


def _in_order(tokens: tuple[Token, ...], stems: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the stems stand in order with at most two small words between two of them, or None."""
    for first, token in enumerate(tokens):
        if token.stem != stems[0]:
            continue
        place = first
        for stem in stems[1:]:
            following = place + 1
            while following - place <= 2 and following < len(tokens) and tokens[following].stem != stem:
                if tokens[following].text not in grammar("function_words"):
                    break
                following += 1
            if following >= len(tokens) or tokens[following].stem != stem:
                break
            place = following
        else:
            return token.start, tokens[place].end
    return None


def _owned_otherwise(needs: _Needs, tokens: tuple[Token, ...]) -> bool:
    """Whether the thing of the phrase is not the one spoken of: somebody else's ("his name" for "your name"), or
    nobody's."""
    owners = {
        _owners()[before.text]
        for before, token in pairwise(tokens)
        if token.stem in needs.ordered and before.text in _owners()
    }
    if not owners:  # "a name" is not "your name"; with more words of the phrase there, whose it is may go unsaid
        return len(needs.content) < 2
    return needs.owner not in owners


def find(phrase: str, tokens: tuple[Token, ...]) -> Match | None:
    """The first place where `phrase` stands in `tokens`, or None."""
    needs = _needs(phrase)
    if not needs.ordered or (needs.owner and _owned_otherwise(needs, tokens)):
        return None
    if needs.in_order:
        place = _in_order(tokens, needs.ordered)
        if place is not None:
            held = tuple(token.start for token in tokens if place[0] <= token.start < place[1])
            return Match(phrase, *place, weight=min(1.0, needs.weight + 0.1), held=held)
        if len(needs.content) < 2:
            return None
    places: list[list[int]] = []
    loosely = needs.in_order or (len(needs.ordered) > 1 and _in_order(tokens, needs.ordered) is None)
    factor = _LOOSELY if loosely else 1.0
    for stem in needs.content:
        same = [place for place, token in enumerate(tokens) if token.stem == stem]
        if not same:
            near = synonyms(stem)
            same = [place for place, token in enumerate(tokens) if token.stem in near]
            factor *= _SYNONYM
        if not same:
            return None
        places.append(same)
    reach = _REACH + len(needs.content)
    for first in places[0]:
        chosen = [first]
        for options in places[1:]:
            close = bisect_left(options, first - reach)
            if close == len(options) or options[close] > first + reach:
                break
            chosen.append(options[close])
        else:
            weight = round(needs.weight * factor, 3)
            held = tuple(tokens[place].start for place in chosen)
            hinted = loosely and len(chosen) < 3
            return Match(phrase, tokens[min(chosen)].start, tokens[max(chosen)].end, weight, held, hinted)
    return None


def find_any(phrases: Iterable[str], tokens: tuple[Token, ...]) -> list[Match]:
    """Every phrase found, heaviest first."""
    listed = tuple(phrases)
    table = _by_first(listed)
    wanted = sorted({place for token in tokens for place in table.get(token.stem, ())})
    return _heaviest_first(find(listed[place], tokens) for place in wanted)


def _heaviest_first(found: Iterable[Match | None]) -> list[Match]:
    return sorted((match for match in found if match is not None), key=lambda match: (-match.weight, match.start))


class Lists:
    """Many lists of phrases, found together in one pass over the words: what `find_any` finds of each."""

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        self._phrases = [(number, phrase) for number, listed in enumerate(lists) for phrase in listed]
        # Words that must all be there, where no synonym may stand for one.
        self._all: list[frozenset[str]] = []
        self._by_first: dict[str, list[int]] = {}
        for place, (_, phrase) in enumerate(self._phrases):
            needs = _needs(phrase)
            self._all.append(frozenset(needs.ordered if needs.in_order and len(needs.content) < 2 else ()))
            for stem in needs.first:
                self._by_first.setdefault(stem, []).append(place)

    def find(self, tokens: tuple[Token, ...]) -> dict[int, list[Match]]:
        """The phrases found of each list that has one, by its number, heaviest first."""
        stems = {token.stem for token in tokens}
        places = {place for stem in stems for place in self._by_first.get(stem, ()) if self._all[place] <= stems}
        found: dict[int, list[Match]] = {}
        for place in sorted(places):
            number, phrase = self._phrases[place]
            if (match := find(phrase, tokens)) is not None:
                found.setdefault(number, []).append(match)
        return {number: _heaviest_first(matches) for number, matches in found.items()}


@lru_cache(maxsize=4096)
def vocabulary(phrases: tuple[str, ...]) -> frozenset[str]:
    """The content words of phrases: what a misspelt word may stand for."""
    return frozenset(
        word
        for phrase in phrases
        for word, _ in taken_apart(phrase)
        if word[0].isalpha() and len(word) > 4 and word not in grammar("function_words")
    )
