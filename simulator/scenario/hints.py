"""What an author most likely meant by a word in a condition that names nothing."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.catalogue.loader import catalogue
from simulator.scenario.errors import did_you_mean
from simulator.scenario.names import GRAMMAR_WORDS, Names

HOW_TO_ASK = {
    "flag": "flag {}",
    "fact": "told {}",
    "cue": "any_reflection of {}",
    "state": "visited {}",
    "ending": "",
    "topic": "asked {}",
    "point": "gave {}",
    "promise": "promised {}",
    "issue": "agreed {}",
    "meter": "{} >= 50",
    "counter": "{} >= 1",
    "person": "any_empathy to {}",
}
"""How to write a condition about a name that stands there alone, by its kind."""


def for_term(word: str, names: Names | None, words: Sequence[str]) -> str:
    """For a word that is no behaviour: it may be another kind of name without its word, or a misspelling.

    `words` are those that begin a term.
    """
    if names and (kind := names.kind_of(word, *HOW_TO_ASK)):
        how = HOW_TO_ASK[kind].format(word)
        article = "an" if kind[0] in "aeiou" else "a"
        return f"`{word}` is {article} {kind}." + (f" Write, for example, `{how}`." if how else "")
    if word.lower() != word and word.lower() in {*words, *GRAMMAR_WORDS}:
        return f"Write `{word.lower()}` in lower case."
    known = names.catalogue if names else catalogue()
    return did_you_mean(word, (*known.names(), *words))


def for_number(word: str, names: Names, measured: Sequence[str]) -> str:
    """For a word before a comparison that is no meter and no counter."""
    if names.has("behaviour", word):
        return f"Write `count({word})` for the number of replies that showed it."
    if names.has("issue", word):
        return f"Write `offer {word}` or `standing {word}`."
    return did_you_mean(word, (*names.of("meter"), *names.of("counter"), *measured))
