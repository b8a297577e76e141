"""Numbers put on the table and promises made, read out of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from simulator.catalogue.types import IssueWords, Offer, Promise
from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.patterns import compile_pattern
from simulator.language.utterance import Clause, Utterance

# How many words may stand between a number and its unit ("ten more inpatient days").
_UNIT_REACH = 3


@cache
def _piece(file: str, name: str) -> re.Pattern[str]:
    return compile_pattern(lexicon(file)[name])


@lru_cache(maxsize=20_000)
def _value(word: str) -> float | None:
    listed = lexicon("numbers")["words"]
    if word in listed:
        return float(listed[word])
    written = word.lstrip("£$€")
    if re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?", written):
        return float(written.replace(",", ""))
    return None


def numbers_in(clause: Clause) -> Iterator[tuple[int, float]]:
    """Numbers of a clause: places (token index) and values."""
    listed = lexicon("numbers")["words"]
    for index, token in enumerate(clause.tokens):
        if token.is_word and token.text not in listed:
            continue
        value = _value(token.text)
        if value is not None:
            yield index, value


def _unit_of(clause: Clause, index: int, issues: tuple[IssueWords, ...]) -> tuple[str, float] | None:
    """The issue whose unit stands nearest behind the number at `index`, and by what to multiply the number, or None.

    The nearest unit wins: "three hours a day" is hours. Weeks and fortnights count where an issue is in days.
    """
    days = lexicon("numbers")["days"]
    by_days = next((issue for issue in issues if words.stem("days") in _stems(issue)), None)
    for token in clause.tokens[index + 1 : index + 1 + _UNIT_REACH]:
        for issue in issues:
            if token.stem in _stems(issue):
                return issue.id, 1.0
        if by_days is not None and token.text in days:
            return by_days.id, float(days[token.text])
        if _value(token.text) is not None:
            break
    return None


def _stems(issue: IssueWords) -> frozenset[str]:
    return frozenset(words.stem(word) for phrase in issue.words for word in phrase.split())


def _is_offering(clause: Clause, *, short: bool) -> bool:
    """Whether numbers in this clause are put on the table, not told of."""
    told = _piece("numbers", "telling").search(clause.text) and not _piece("numbers", "conditional").search(clause.text)
    refused = _piece("numbers", "refusing").search(clause.text)
    return not told and not refused and (short or bool(_piece("numbers", "offering").search(clause.text)))


def find_offers(utterance: Utterance, issues: tuple[IssueWords, ...]) -> tuple[Offer, ...]:
    """Numbers the learner puts on issues, in order; the last one on an issue is the one that counts.

    A bare number ("how about ten?") goes to the issue that it fits when the reply names no unit at all.
    """
    if not issues:
        return ()
    found: list[Offer] = []
    bare: list[Offer] = []
    short = len(utterance.words) <= 8
    for clause in utterance.clauses:
        if not _is_offering(clause, short=short):
            continue
        sentence = " ".join(c.text for c in utterance.clauses if c.sentence == clause.sentence)
        conditional = bool(_piece("numbers", "conditional").search(sentence))
        for index, value in numbers_in(clause):
            token = clause.tokens[index]
            before = clause.tokens[index - 1].text if index else ""
            if clause.negated(token.start) or before in lexicon("numbers")["no_offer_after"]:
                continue
            span = utterance.span(token.start, token.end)
            unit = (issues[0].id, 1.0) if token.text == "fortnight" else _unit_of(clause, index, issues)
            if unit is not None:
                found.append(Offer(unit[0], value * unit[1], span, conditional))
            elif _stands_alone(clause, index):
                bare.append(Offer(_fitting(value, issues).id, value, span, conditional))
    return tuple(found or [offer for offer in bare[-1:] if offer.value >= 2 or short])


def _fitting(value: float, issues: tuple[IssueWords, ...]) -> IssueWords:
    """The issue that a number without a unit is of: the first that it lies nearest to the numbers of."""
    return min(issues, key=lambda issue: issue.misses(value))


def _stands_alone(clause: Clause, index: int) -> bool:
    """Whether the number counts nothing that is named: it ends the clause, or a small word follows."""
    follows = clause.tokens[index + 1].text if index + 1 < len(clause.tokens) else ""
    return not follows.isalpha() or follows in lexicon("numbers")["after_bare"]


def find_promises(utterance: Utterance, asking: frozenset[int]) -> tuple[Promise, ...]:
    """What the learner undertakes: a first-person clause in the future with something to do.

    `what` is in words the client can quote after "you said you'd": pronouns are swapped.
    """
    found: list[Promise] = []
    for clause in utterance.clauses:
        match = None if clause.index in asking else _piece("promises", "make").search(clause.text)
        if match is None or clause.is_reported(clause.start + match.start(), clause.end):
            continue
        if _piece("promises", "unless").search(clause.text):
            continue
        when = _piece("promises", "when").search(clause.text)
        if _piece("promises", "soft").search(clause.text) and when is None:
            continue
        found.append(
            Promise(
                who="you",
                what=_turned(match.group("what")),
                when=when.group(0) if when else "",
                span=utterance.span(clause.start + match.start(), clause.end),
            )
        )
    return tuple(found)


def _turned(text: str) -> str:
    """The learner's words in the client's mouth: "ring you before five" becomes "ring me before five"."""
    swap = lexicon("promises")["quoted"]
    text = re.sub(r"[a-z']+", lambda match: swap.get(match.group(), match.group()), text)
    return text.strip(" ,-")
