"""One utterance taken apart, as values: tokens with offsets and stems, clauses, what is negated or quoted in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from simulator.catalogue.types import Span
from simulator.language.data import grammar
from simulator.language.normal import Normal

# How many words before a place a negation of it may stand.
_NEGATION_REACH = 5


class Token(NamedTuple):
    """A word, number or mark of the plain form, with its stem, its place, and whether it is made of letters."""

    text: str
    stem: str
    start: int
    end: int
    is_word: bool


@dataclass(frozen=True)
class Clause:
    """A stretch with one thing to say. `start` and `end` are places in the plain form.

    `asked` is true when the writer closed it with a question mark; `sentence` numbers the sentence it stands in, and
    `opens` says that it is the first of it;
    `reported` holds the places (plain form) that are somebody else's words.
    """

    index: int
    sentence: int
    tokens: tuple[Token, ...]
    start: int
    end: int
    text: str
    asked: bool
    exclaimed: bool
    opens: bool = True
    reported: tuple[tuple[int, int], ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The word tokens' texts."""
        return tuple(token.text for token in self.tokens if token.is_word)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words."""
        return frozenset(token.stem for token in self.tokens if token.is_word)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words that carry content."""
        return frozenset(t.stem for t in self.tokens if t.is_word and t.text not in grammar("function_words"))

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """The words with leading fillers ("okay, so", "well") dropped: how the clause really begins."""
        return self.words[self.filler_count :]

    @cached_property
    def filler_count(self) -> int:
        """How many leading words are fillers (all but the last word at most)."""
        fillers = grammar("fillers")
        skipped = 0
        while skipped < len(self.words) - 1:
            two = " ".join(self.words[skipped : skipped + 2])
            if two in fillers and skipped + 2 < len(self.words):
                skipped += 2
            elif self.words[skipped] in fillers:
                skipped += 1
            else:
                break
        return skipped

    @cached_property
    def opens_at(self) -> int:
        """Where in `text` the first word stands that is no filler; 0 where there are no words."""
        count = self.filler_count
        words = (token.start - self.start for token in self.tokens if token.is_word)
        return next(islice(words, count, None), 0)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(token.end for token in self.tokens)

    def negated(self, place: int) -> bool:
        """Whether what stands at `place` (plain form) is under a negation of this clause (up to 5 words before)."""
        negators = grammar("negators")
        position = bisect_right(self._ends, place)
        near = 0
        while position and near < _NEGATION_REACH:
            position -= 1
            token = self.tokens[position]
            near += token.is_word
            if token.text in negators:
                rest = self.text[token.start - self.start :][:20]
                if not rest.startswith(tuple(grammar("negation_fixed"))):
                    return True
        return False

    def is_reported(self, start: int, end: int) -> bool:
        """Whether the stretch is somebody else's words."""
        return any(begin <= start and end <= stop for begin, stop in self.reported)


@dataclass(frozen=True)
class Utterance:
    """A text in its plain form with tokens and clauses."""

    normal: Normal
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]

    @property
    def raw(self) -> str:
        """The text as it was typed."""
        return self.normal.raw

    @property
    def text(self) -> str:
        """The plain form."""
        return self.normal.text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All word tokens' texts."""
        return tuple(token.text for token in self.tokens if token.is_word)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words."""
        return frozenset(token.stem for token in self.tokens if token.is_word)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words that carry content."""
        return frozenset(t.stem for t in self.tokens if t.is_word and t.text not in grammar("function_words"))

    def span(self, start: int, end: int) -> Span:
        """The raw span behind a stretch of the plain form, with outer blanks trimmed."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.normal.span(start, end)
