"""The phrase layer: patterns from data, run on the clauses of an utterance.

A pattern file holds `patterns: {BEHAVIOUR: [{find, weight, ...}]}`. `find` is a regular expression on the plain
form of a clause, `{macro}` stands for a piece of macros.yaml. See docs/reading.md for the keys.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from simulator.language.data import compiled_patterns, lexicon
from simulator.language.sieve import Sets, Sieve
from simulator.language.utterance import Clause, Utterance

_MACRO = re.compile(r"\{([a-z_]+)\}")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Branch:
    """One alternative of a pattern: its text with macros, the sets of literals any match of it holds one each of, and
    for the literals of the first set the word by which to find them."""

    find: str
    sets: Sets
    keys: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The alternative, compiled when first wanted: most are not in a session."""
        return compile_pattern(self.find)


@dataclass(frozen=True)
class Pattern:
    """One phrase rule. `weight` is the confidence it gives alone, 0 to 1.

    `where` is clause, sentence (all clauses of one sentence together) or utterance. `form` limits it to questions
    or statements. `negated`: skip (default), allow or need. `reported`: skip (default) or allow.
    """

    behaviour: str
    rule: str
    branches: tuple[Branch, ...]
    weight: float
    unless: str | None
    where: str
    form: str
    negated: str
    reported: str

    @cached_property
    def barred(self) -> re.Pattern[str] | None:
        """What takes a match back, compiled when first wanted."""
        return compile_pattern(self.unless) if self.unless else None


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
        words = sorted((word for word, strength in data["words"].items() if int(strength)), key=len, reverse=True)
        named[f"feeling_{family}"] = "(?:" + "|".join(map(re.escape, words)) + ")"
        if data["valence"] < 0:
            every.extend(words)
    named["feeling"] = "(?:" + "|".join(map(re.escape, sorted(every, key=len, reverse=True))) + ")"
    return named


def fill(text: str) -> str:
    """A pattern text with its macros written out. Raises KeyError for an unknown macro."""
    return _MACRO.sub(lambda match: macros()[match.group(1)], text)


def compile_pattern(text: str) -> re.Pattern[str]:
    """The regular expression of a pattern text. Raises KeyError for an unknown macro."""
    return re.compile(fill(text))


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns of all files, taken apart: from the compiled form where it is that of the files, else anew."""
    compiled = compiled_patterns()
    return tuple(_pattern(each) for each in compiled)


def _pattern(compiled: Mapping[str, Any]) -> Pattern:
    return Pattern(
        behaviour=compiled["behaviour"],
        rule=compiled["rule"],
        branches=tuple(Branch(find, tuple(map(tuple, sets)), tuple(keys)) for find, sets, keys in compiled["branches"]),
        weight=compiled["weight"],
        unless=compiled["unless"],
        where=compiled["where"],
        form=compiled["form"],
        negated=compiled["negated"],
        reported=compiled["reported"],
    )


@cache
def _sieve() -> tuple[Sieve, tuple[tuple[Pattern, Branch], ...]]:
    every = tuple((pattern, branch) for pattern in patterns() for branch in pattern.branches)
    return Sieve((branch.sets, branch.keys) for _, branch in every), every


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
    sieve, every = _sieve()
    candidates: dict[str, tuple[Pattern, list[Branch]]] = {}
    for number in sieve.through(utterance.text, _LETTERS.findall(utterance.text)):
        pattern, branch = every[number]
        candidates.setdefault(pattern.rule, (pattern, []))[1].append(branch)
    if not candidates:
        return []
    asked = {utterance.clauses[index].end for index in questions}
    stretches = {where: _stretches(utterance, where) for where in ("clause", "sentence", "utterance")}
    hits: list[Hit] = []
    for pattern, branches in candidates.values():
        for _, start, end in stretches[pattern.where]:
            text = utterance.text[start:end]
            found = [match.span() for branch in branches if (match := branch.pattern.search(text)) is not None]
            if not found or (pattern.barred is not None and _barred(pattern.barred, text, asked=end in asked)):
                continue
            first, last = min(found, key=lambda span: (span[0], -span[1]))
            begin, stop = start + first, start + last
            clause = _clause_at(utterance, begin)
            if (pattern.form == "question") is (clause.index not in questions) and pattern.form != "any":
                continue
            if pattern.reported == "skip" and clause.is_reported(begin, stop):
                continue
            if pattern.negated != "allow" and clause.negated(begin) is (pattern.negated == "skip"):
                continue
            hits.append(Hit(pattern.behaviour, pattern.rule, pattern.weight, clause.index, begin, stop))
    return hits
