"""Numbers put on the table and promises made, read out of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from simulator.catalogue.types import IssueWords, Offer, Promise
from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.patterns import compile_pattern
from simulator.language.utterance import Clause, Token, Utterance

# How many words may stand between a number and its unit ("ten more inpatient days").
_UNIT_REACH = 3


@cache
def _piece(file: str, name: str) -> re.Pattern[str]:
    return compile_pattern(lexicon(file)[name])


def _value(token: Token) -> float | None:
    listed = lexicon("numbers")["words"]
    if token.text in listed:
        return float(listed[token.text])
    if re.fullmatch(r"\d+(?:\.\d+)?", token.text):
        return float(token.text)
    return None


def _numbers(clause: Clause) -> Iterator[tuple[int, float]]:
    """Places (token index) and values; "a fortnight" and "two weeks" are left to the unit."""
    for index, token in enumerate(clause.tokens):
        value = _value(token)
        if value is not None:
            yield index, value


def _in_unit(clause: Clause, index: int, issue: IssueWords) -> float | None:
    """By what to multiply the number at `index` to have it in the issue's unit, or None where it is another's."""
    stems = {words.stem(word) for phrase in issue.words for word in phrase.split()}
    days = lexicon("numbers")["days"]
    is_days = any(words.stem(word) == words.stem("days") for word in issue.words)
    for token in clause.tokens[index + 1 : index + 1 + _UNIT_REACH]:
        if token.stem in stems:
            return 1.0
        if is_days and token.text in days:
            return float(days[token.text])
        if _value(token) is not None:
            break
    return None


def find_offers(utterance: Utterance, issues: tuple[IssueWords, ...]) -> tuple[Offer, ...]:
    """Numbers the learner puts on issues, in order; the last one on an issue is the one that counts.

    A bare number ("how about ten?") goes to the first issue when the reply names no unit at all.
    """
    if not issues:
        return ()
    found: list[Offer] = []
    bare: list[tuple[Clause, Token, float]] = []
    short = len(utterance.words) <= 8
    for clause in utterance.clauses:
        offering = bool(_piece("numbers", "offering").search(clause.text)) or short
        telling = bool(_piece("numbers", "telling").search(clause.text))
        if not offering or (telling and not _piece("numbers", "conditional").search(clause.text)):
            continue
        sentence = " ".join(c.text for c in utterance.clauses if c.sentence == clause.sentence)
        conditional = bool(_piece("numbers", "conditional").search(sentence))
        for index, token in enumerate(clause.tokens):
            if token.text == "fortnight":
                issue = next((i for i in issues if any(w.startswith("day") for w in i.words)), None)
                if issue:
                    found.append(Offer(issue.id, 14.0, utterance.span(token.start, token.end), conditional))
        for index, value in _numbers(clause):
            token = clause.tokens[index]
            if clause.negated(token.start):
                continue
            for issue in issues:
                factor = _in_unit(clause, index, issue)
                if factor is not None:
                    found.append(Offer(issue.id, value * factor, utterance.span(token.start, token.end), conditional))
                    break
            else:
                follows = clause.tokens[index + 1].text if index + 1 < len(clause.tokens) else ""
                if not follows.isalpha() or follows in (
                    "then",
                    "please",
                    "if",
                    "with",
                    "and",
                    "or",
                    "is",
                    "would",
                ):
                    bare.append((clause, token, value))
    if not found:
        for clause, token, value in bare[-1:]:
            if value >= 2 or short:
                found.append(Offer(issues[0].id, value, utterance.span(token.start, token.end)))
    return tuple(found)


def find_promises(utterance: Utterance, asking: frozenset[int]) -> tuple[Promise, ...]:
    """What the learner undertakes: a first-person clause in the future with something to do.

    `what` is in words the client can quote after "you said you'd": pronouns are swapped.
    """
    found: list[Promise] = []
    for clause in utterance.clauses:
        if clause.index in asking or clause.is_reported(clause.start, clause.end):
            continue
        match = _piece("promises", "make").search(clause.text)
        if match is None or _piece("promises", "unless").search(clause.text):
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
    swap = {
        "you": "me",
        "your": "my",
        "yours": "mine",
        "yourself": "myself",
        "i": "you",
        "me": "you",
        "my": "your",
    }
    text = re.sub(r"[a-z']+", lambda match: swap.get(match.group(), match.group()), text)
    return text.strip(" ,-")
