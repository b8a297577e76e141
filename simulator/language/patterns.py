"""The phrase layer: patterns from data, run on the clauses of an utterance.

A pattern file holds `patterns: {BEHAVIOUR: [{find, weight, ...}]}`. `find` is a regular expression on the plain
form of a clause, `{macro}` stands for a piece of macros.yaml. See docs/reading.md for the keys.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulator.language.data import lexicon, pattern_files
from simulator.language.utterance import Clause, Utterance

_MACRO = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One phrase rule. `weight` is the confidence it gives alone, 0 to 1.

    `where` is clause, sentence (all clauses of one sentence together) or utterance. `form` limits it to questions
    or statements. `negated`: skip (default), allow or need. `reported`: skip (default) or allow.
    """

    behaviour: str
    rule: str
    find: re.Pattern[str]
    weight: float
    unless: re.Pattern[str] | None
    where: str
    form: str
    negated: str
    reported: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found: the clause it begins in and the stretch of the plain form."""

    behaviour: str
    rule: str
    weight: float
    clause: int
    start: int
    end: int


@cache
def macros() -> dict[str, str]:
    """Named pieces of patterns, expanded, plus one for each family of feelings and `feeling` for them all."""
    named = {name: f"(?:{text})" for name, text in lexicon("macros")["macros"].items()}
    every: list[str] = []
    for family, data in lexicon("feelings")["families"].items():
        words = sorted(data["words"], key=len, reverse=True)
        named[f"feeling_{family}"] = "(?:" + "|".join(map(re.escape, words)) + ")"
        if data["valence"] < 0:
            every.extend(words)
    named["feeling"] = "(?:" + "|".join(map(re.escape, sorted(every, key=len, reverse=True))) + ")"
    return named


def compile_pattern(text: str) -> re.Pattern[str]:
    """The regular expression of a pattern text with its macros filled in. Raises KeyError for an unknown macro."""
    return re.compile(_MACRO.sub(lambda match: macros()[match.group(1)], text))


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns of all files, compiled."""
    found: list[Pattern] = []
    for name in pattern_files():
        data = lexicon(name)
        for behaviour, rules in data["patterns"].items():
            for number, rule in enumerate(rules, 1):
                found.append(_pattern(behaviour, number, rule))
    return tuple(found)


def _pattern(behaviour: str, number: int, rule: dict[str, Any]) -> Pattern:
    return Pattern(
        behaviour=behaviour,
        rule=f"{behaviour}.{rule.get('id', number)}",
        find=compile_pattern(rule["find"]),
        weight=float(rule.get("weight", 0.8)),
        unless=compile_pattern(rule["unless"]) if "unless" in rule else None,
        where=rule.get("where", "clause"),
        form=rule.get("form", "any"),
        negated=rule.get("negated", "skip"),
        reported=rule.get("reported", "skip"),
    )


def _stretches(utterance: Utterance, where: str) -> list[tuple[Clause, int, int]]:
    """The stretches a pattern looks at: first clause of each, start and end in the plain form."""
    clauses = utterance.clauses
    if where == "clause" or not clauses:
        return [(clause, clause.start, clause.end) for clause in clauses]
    if where == "utterance":
        return [(clauses[0], clauses[0].start, clauses[-1].end)]
    sentences: dict[int, list[Clause]] = {}
    for clause in clauses:
        sentences.setdefault(clause.sentence, []).append(clause)
    return [(group[0], group[0].start, group[-1].end) for group in sentences.values()]


def _clause_at(utterance: Utterance, place: int) -> Clause:
    after = bisect_right(utterance.clauses, place, key=lambda clause: clause.start)
    return utterance.clauses[max(0, after - 1)]


def _barred(unless: re.Pattern[str], text: str, *, asked: bool) -> bool:
    """Whether `unless` holds. A stretch that asks ends in a question mark for it, written or not."""
    return bool(unless.search(text) or (asked and unless.search(f"{text}?")))


def find_all(utterance: Utterance, questions: frozenset[int]) -> list[Hit]:
    """Every hit of every pattern. `questions` holds the indexes of the clauses that ask."""
    hits: list[Hit] = []
    asked = {utterance.clauses[index].end for index in questions}
    stretches = {where: _stretches(utterance, where) for where in ("clause", "sentence", "utterance")}
    for pattern in patterns():
        for _, start, end in stretches[pattern.where]:
            text = utterance.text[start:end]
            match = pattern.find.search(text)
            if match is None or (pattern.unless is not None and _barred(pattern.unless, text, asked=end in asked)):
                continue
            begin, stop = start + match.start(), start + match.end()
            clause = _clause_at(utterance, begin)
            if (pattern.form == "question") is (clause.index not in questions) and pattern.form != "any":
                continue
            if pattern.reported == "skip" and clause.is_reported(begin, stop):
                continue
            if pattern.negated != "allow" and clause.negated(begin) is (pattern.negated == "skip"):
                continue
            hits.append(Hit(pattern.behaviour, pattern.rule, pattern.weight, clause.index, begin, stop))
    return hits
