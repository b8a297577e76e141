"""Taking regular expressions apart: into alternatives, and into the text that any match of each must hold.

A pattern of the lexicons is a long list of alternatives. Written out, each needs words of its own ("promise",
"calm down"), and only a few of thousands need be run on a text. No author has to think of any of this: together the
branches match what the pattern matches.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from simulator.language import words

LEAST = 3
"""Letters a literal must have to be worth looking for."""

MOST_BRANCHES = 80
"""A pattern is not taken apart any further than into this many branches."""

MOST_LITERALS = 60
"""A set with more literals than this is not worth looking for."""

SETS = 3
"""Sets of literals kept of a branch: all of them must be met."""

BEGUN = 3
"""Letters by which the beginning of a word is looked up."""

EDGE = "\0"
"""Stands in a literal where a word begins or ends for certain."""

Literals = frozenset[str]
Fill = Callable[[str], str]


def split(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level, in order."""
    parts: list[str] = []
    depth, start = 0, 0
    for at, char in _signs(pattern):
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _signs(pattern: str) -> Iterator[tuple[int, str]]:
    """The characters of a pattern that stand for themselves or for structure, with their places: no escapes, no
    classes."""
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at += 2 if pattern[at + 1] in "^]" else 1
            while pattern[at] != "]":
                at += 2 if pattern[at] == "\\" else 1
        else:
            yield at, char
        at += 1


def _groups(pattern: str) -> Iterator[tuple[int, int]]:
    """The plain groups of a pattern that stand there exactly once: inner start and end."""
    opened: list[int] = []
    for at, char in _signs(pattern):
        if char == "(":
            opened.append(at)
        elif char == ")":
            start = opened.pop()
            once = pattern[at + 1 : at + 2] not in ("?", "*", "+", "{")
            if not opened and once and pattern.startswith("(?:", start):
                yield start + 3, at


def branches(pattern: str, fill: Fill) -> tuple[str, ...]:
    """Patterns that together match what the pattern does. `fill` writes macros out; they are left whole."""
    found = split(pattern)
    while len(found) < MOST_BRANCHES:
        taken = [_taken_apart(branch, fill) for branch in found]
        if all(len(each) == 1 for each in taken) or sum(map(len, taken)) > 4 * MOST_BRANCHES:
            break
        found = [branch for each in taken for branch in each]
    return tuple(found)


def _taken_apart(branch: str, fill: Fill) -> list[str]:
    """A branch with the group that its literals come from written out, where that leaves each with fewer."""
    whole = needed(fill(branch))
    if whole and len(whole[0]) <= 1:
        return [branch]
    for start, end in _groups(branch):
        options = split(branch[start:end])
        if len(options) < 2:
            continue
        written = [f"{branch[: start - 3]}(?:{option}){branch[end + 1 :]}" for option in options]
        found = [needed(fill(each)) for each in written]
        if all(found) and (not whole or max(len(each[0]) for each in found) < len(whole[0])):
            return written
    return [branch]


@cache
def needed(pattern: str) -> tuple[Literals, ...]:
    """Sets of literals: every match of the pattern holds one of each set. The rarest set first; none where nothing
    is needed for certain. Raises re.error where it is no pattern."""
    from re import _parser  # type: ignore[attr-defined]

    found = [each for each in _needs(_parser.parse(pattern)) if len(each) <= MOST_LITERALS]
    return tuple(sorted(set(found), key=_cost)[:SETS])


def _needs(parsed: Iterable[Any], before: str = "", after: str = "") -> list[Literals]:
    """Everything the parts of a sequence need: all of them must match. `before` and `after` are an edge where a word
    begins or ends for certain on either side of the sequence."""
    parts = [(str(operation), argument) for operation, argument in parsed]
    found: list[Literals] = []
    literal = before
    for place, (name, argument) in enumerate(parts):
        if name == "LITERAL":
            literal += chr(argument)
        elif name == "AT":
            literal += EDGE if str(argument) != "AT_NON_BOUNDARY" else ""
        else:
            found += _literal(literal)
            begins = EDGE if literal.endswith((" ", EDGE)) else ""
            ends = _edge_at(parts, place + 1) or (after if place + 1 == len(parts) else "")
            found += _inside(name, argument, begins, ends)
            may_be_absent = "REPEAT" in name and not argument[0]
            literal = EDGE if _ends_blank(name, argument) and (begins or not may_be_absent) else ""
    return found + _literal(literal + (after if literal.strip(EDGE) else ""))


def _ends_blank(name: str, argument: Any) -> bool:
    """Whether whatever a part matches ends in a blank or at an edge of a word."""
    if name == "LITERAL":
        return chr(argument) == " "
    if name == "AT":
        return str(argument) != "AT_NON_BOUNDARY"
    if name == "SUBPATTERN":
        return _sequence_ends_blank(argument[3])
    if "REPEAT" in name:
        return _sequence_ends_blank(argument[2])
    if name == "BRANCH":
        return all(_sequence_ends_blank(branch) for branch in argument[1])
    return False


def _sequence_ends_blank(parsed: Iterable[Any]) -> bool:
    parts = list(parsed)
    return bool(parts) and _ends_blank(str(parts[-1][0]), parts[-1][1])


def _edge_at(parts: Sequence[tuple[str, Any]], place: int) -> str:
    """An edge where the part at a place begins with one: a boundary, or a blank."""
    if place == len(parts):
        return ""
    name, argument = parts[place]
    return EDGE if name in ("LITERAL", "AT") and _ends_blank(name, argument) else ""


def _literal(text: str) -> list[Literals]:
    return [frozenset({text})] if len(text.replace(EDGE, "")) >= LEAST else []


def _inside(name: str, argument: Any, before: str, after: str) -> list[Literals]:
    if name == "SUBPATTERN":
        return _needs(argument[3], before, after)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inside = argument
        return _needs(inside, before, after if most == 1 else "") if least else []
    if name == "BRANCH":
        each = [min(_needs(branch, before, after), key=_cost, default=None) for branch in argument[1]]
        known = [one for one in each if one]
        if len(known) == len(each):
            return [frozenset().union(*known)]
    return []


def _cost(found: Literals) -> tuple[float, str]:
    """How likely a text is to hold one of the literals."""
    return sum(map(_likelihood, found)), min(found)


@cache
def _likelihood(literal: str) -> float:
    """How likely a short text is to hold a literal: by its rarest word, or by its length."""
    parts = re.findall(r"[a-z']+", literal)
    rarest = min((words.share(part) or 0.4 ** len(part) for part in parts), default=1.0)
    return min(12 * rarest, math.pow(0.5, len(literal) - 2))


def key_of(literal: str) -> str:
    """The rarest whole word of a literal, blanks or edges on both sides; else the longest beginning of a word in it,
    with a `-` behind; empty where it holds neither."""
    whole: list[str] = re.findall(r"(?<=[ \0])[a-z]+(?=[ \0])", literal)
    if whole:
        return min(whole, key=lambda word: (words.share(word), word))
    begun = [word for word in re.findall(r"(?<=[ \0])[a-z]+", literal) if len(word) >= BEGUN]
    return max(begun, key=len)[:BEGUN] + "-" if begun else ""
