"""Escalation: what raises the heat (Project BETA: do not be provocative)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import listed

_TWO_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z]|[^\W\d_a-z]['’][^\W\d_a-z]")
_BY_PHRASE = ("threat", "ultimatum", "power_play", "challenge", "provoke", "shouting", "insult")


@detector("escalation")
def escalation(context: Context) -> Iterator[Evidence]:
    """Evidence of the escalation family."""
    yield from from_hits(context, _BY_PHRASE)
    yield from _capitals(context)


def _capitals(context: Context) -> Iterator[Evidence]:
    """English words in capitals, several together or a whole short reply: shouting. Initials ("PIP", "DWP") and a
    single word ("NOT") are no shouting."""
    if not _TWO_CAPITALS.search(context.utterance.raw):
        return
    limits = lexicon("gates")["shouting"]
    weight = float(limits["weight"])
    all_loud = len(context.utterance.words) >= 2
    for clause in context.utterance.clauses:
        span = context.utterance.span(clause.start, clause.end)
        said = context.utterance.raw[span.start : span.end].split()
        loud = [_is_loud(word) for word in said]
        row = longest = 0
        for is_loud in loud:
            row = row + 1 if is_loud else 0
            longest = max(longest, row)
        all_loud = all_loud and all(loud)
        if longest >= int(limits["words"]) or sum(loud) >= int(limits["scattered"]):
            yield Evidence("shouting", clause.index, clause.start, clause.end, weight, "escalation.capitals")
            return
    if all_loud and context.utterance.clauses:
        end = context.utterance.clauses[-1].end
        yield Evidence("shouting", 0, context.utterance.clauses[0].start, end, weight, "escalation.all_capitals")


def _is_loud(word: str) -> bool:
    letters = "".join(char for char in word if char.isalpha() or char in "'’")
    plain = letters.lower()
    short = len(plain) < 2 or (len(plain) == 2 and plain not in listed("everyday_initials"))
    return (
        letters.isupper()
        and not short
        and not any(char.isdigit() for char in word)
        and ("'" in plain or "’" in plain or words.is_known(plain))
    )
