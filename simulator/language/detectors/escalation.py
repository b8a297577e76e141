"""Escalation: what raises the heat (Project BETA: do not be provocative)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = ("threat", "ultimatum", "power_play", "challenge", "provoke", "shouting", "insult")


@detector("escalation")
def escalation(context: Context) -> Iterator[Evidence]:
    """Evidence of the escalation family."""
    yield from from_hits(context, _BY_PHRASE)
    yield from _capitals(context)


def _capitals(context: Context) -> Iterator[Evidence]:
    """Words in capitals, several together: shouting. A whole reply in capitals may be a stuck key, so it needs a
    little more to be sure of; initials and single words ("NOT", "NHS") are no shouting."""
    limits = lexicon("gates")["shouting"]
    for clause in context.utterance.clauses:
        span = context.utterance.span(clause.start, clause.end)
        loud = [word for word in context.utterance.raw[span.start : span.end].split() if _is_loud(word)]
        if len(loud) >= int(limits["words"]):
            yield Evidence(
                "shouting", clause.index, clause.start, clause.end, float(limits["weight"]), "escalation.capitals"
            )


def _is_loud(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) >= 2 and all(char.isupper() for char in letters)
