"""What is known of single words: stems, how common they are, and which were meant when they are misspelt.

Stems are Snowball's (NLTK). Frequencies come from pyspellchecker's English dictionary; no list of ours decides
what an English word is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from simulator.language.data import lexicon


@cache
def _stemmer() -> Any:
    from nltk.stem import SnowballStemmer

    return SnowballStemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; a possessive ending is dropped first."""
    if word.endswith("'s"):
        word = word[:-2]
    return str(_stemmer().stem(word))


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    from spellchecker import SpellChecker

    counted = SpellChecker(language="en").word_frequency
    return dict(counted.dictionary), int(counted.total_words)


@cache
def _lacking() -> frozenset[str]:
    """Words the dictionary lacks."""
    return frozenset(lexicon("spelling")["english"])


def is_known(word: str) -> bool:
    """Whether the word (lower case) is in the English dictionary, or one that it lacks."""
    return word in _frequencies()[0] or word in _lacking()


def share(word: str) -> float:
    """How often a word (lower case) stands among all words of English text, 0 to 1; 0 for one not in the dictionary."""
    counts, total = _frequencies()
    return counts.get(word, 0) / total


@lru_cache(maxsize=50_000)
def rarity(word: str) -> float:
    """How much a shared word tells, 0 (the, you) to 1 (as rare as a name)."""
    counts, total = _frequencies()
    count = counts.get(word, 0)
    if not count:
        return 1.0
    # Minus log10 of relative frequency: about 1.3 for "the", 4.5 for "letter", 6 and more for rare words.
    return min(1.0, max(0.0, (-math.log10(count / total) - 2.3) / 3.2))


def mend(word: str, meant: Callable[[], Iterable[str]]) -> str | None:
    """The one word of those `meant` gives that an unknown word is a slip for, or None.

    Only words of five letters and more are mended, by one edit (two from nine letters on, transposition counts
    as one), and only when exactly one candidate is nearest: a real word is never changed into another.
    """
    if len(word) < 5 or is_known(word) or not word.isalpha():
        return None
    from rapidfuzz.distance import OSA

    allowed = 2 if len(word) >= 9 else 1
    nearest: list[str] = []
    best = allowed
    for candidate in meant():
        if abs(len(candidate) - len(word)) > allowed:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=best)
        if distance < best:
            best, nearest = distance, [candidate]
        elif distance == best:
            nearest.append(candidate)
    return nearest[0] if len(set(nearest)) == 1 else None
