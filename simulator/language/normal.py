"""Raw text into one plain form, with the way back.

Everything that looks for words works on the plain form: lower case, straight quotes, contractions written out
("don't", "dont" and "do not" are one), British spelling, slips mended. Every character of it knows which code
points of the raw text it stands for, so evidence is always a quote.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from simulator.catalogue.types import Span
from simulator.language import words
from simulator.language.data import lexicon

# Typography to its plain twin. Not in YAML: these are characters, not words.
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "—": "-", "‒": "-", "―": "-", "−": "-", "‑": "-",
        "…": "...", "\u00a0": " ", "\t": " ", "\r": " ",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
# Those of them that are one character for one: for a text with no others, places need no counting.
_SAME_LENGTH = {code: twin for code, twin in _PLAIN.items() if isinstance(twin, str) and len(twin) == 1}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# "2day" and "b4" are words too.
_WORD = re.compile(r"(?:\b2)?[^\W\d_]+(?:['-][^\W\d_]+)*(?:\d\b)?")
_NEXT = re.compile(r" +([^\W\d_]+)")
_LAST = re.compile(r"([^\W\d_]+) +$")
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Normal:
    """The plain form of a text. Character i of `text` stands for raw[starts[i]:ends[i]]."""

    raw: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The raw code points behind text[start:end]."""
        if not self.text or start >= end:
            return Span(0, 0)
        return Span(self.starts[start], max(self.ends[start:end]))

    def place(self, raw_place: int) -> int:
        """The first place of the plain form that stands for the raw code point, or the nearest one after it."""
        return min(bisect_right(self.ends, raw_place), max(0, len(self.text) - 1))


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...], frozenset[str]]:
    data = lexicon("spelling")
    whole: dict[str, str] = dict(data["contractions"])
    spelling: dict[str, str] = dict(data["variants"])
    endings = tuple((str(end), str(full)) for end, full in data["endings"].items())
    return whole, spelling, endings, frozenset(data["is_after"])


@lru_cache(maxsize=50_000)
def _written_out(word: str) -> str | None:
    """One token in its plain form: contraction written out, spelling British; None for one that needs nothing."""
    whole, spelling, endings, is_after = _spellings()
    *begun, last = word.split("-")
    if begun and all(last == part or (len(part) < 4 and last.startswith(part)) for part in begun):
        return _written_out(last) or last  # "I-I'm", "th-that": a stutter says one word
    if word in whole:
        return whole[word]
    for end, full in endings:
        if word.endswith(end) and len(word) > len(end):
            return spelling.get(word[: -len(end)], word[: -len(end)]) + full
    if word.endswith("'s"):
        head = word[:-2]
        return f"{head} is" if head in is_after else word
    if _STRETCHED.search(word):  # "soooo", "pleeease"
        short = next(
            (s for s in (_STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)) if words.is_known(s)),
            word,
        )
        return spelling.get(short, short)
    return spelling.get(word)


@cache
def _before() -> tuple[dict[str, tuple[str, frozenset[str]]], frozenset[str]]:
    data = lexicon("spelling")
    table = {word: (str(rule["means"]), frozenset(rule["next"])) for word, rule in data["before"].items()}
    return table, frozenset(data["opens_after"])


def _lost_apostrophe(match: re.Match[str], text: str) -> str | None:
    """What "its", "ill" or "well" stands for where its neighbours show that an apostrophe was lost, or None."""
    table, openers = _before()
    if match.group() not in table and match.group() != "of":
        return None
    if match.group() == "of" and (modal := _LAST.search(text, max(0, match.start() - 20), match.start())):
        return "have" if modal.group(1) in lexicon("spelling")["have_after"] else None
    if match.group() not in table:
        return None
    means, following = table[match.group()]
    after = _NEXT.match(text, match.end())
    if after is None or after.group(1) not in following:
        return None
    before = _LAST.search(text, max(0, match.start() - 20), match.start())
    return means if match.group() in ("its", "your") or before is None or before.group(1) in openers else None


def normalise(raw: str, meant: Callable[[], Iterable[str]] = frozenset) -> Normal:
    """The plain form of `raw`. `meant` gives words (lower case) that a misspelt one may stand for; it is only asked
    where a word is in no dictionary."""
    text, starts, ends = _flattened(raw)
    out: list[str] = []
    out_starts: list[int] = []
    out_ends: list[int] = []
    last = 0
    for match in _WORD.finditer(text):
        word = match.group()
        plain = _lost_apostrophe(match, text) or _written_out(word) or words.mend(word, meant)
        if plain is None or plain == word:
            continue
        start, end = match.span()
        out.append(text[last:start])
        out_starts.extend(starts[last:start])
        out_ends.extend(ends[last:start])
        out.append(plain)
        out_starts.extend([starts[start]] * len(plain))
        out_ends.extend([ends[end - 1]] * len(plain))
        last = end
    if not last:
        return Normal(raw, text, starts, ends)
    out.append(text[last:])
    out_starts.extend(starts[last:])
    out_ends.extend(ends[last:])
    return Normal(raw, "".join(out), out_starts, out_ends)


def plain_words(text: str) -> list[str] | None:
    """The words of a text that is in its plain form already, or None where it may not be (`normalise` tells)."""
    listed = text.split(" ")
    following = _before()[0]
    for word, after in zip_longest(listed, listed[1:]):
        if not _stays(word) or (word in following and after in following[word][1]):
            return None
    return listed


@lru_cache(maxsize=50_000)
def _stays(word: str) -> bool:
    """Whether a word is its own plain form wherever it stands."""
    if not (word.isascii() and word.isalpha() and word.islower()) or word == "of":
        return False
    return (_written_out(word) or word) == word


def _flattened(raw: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Lower case with plain typography, and for each character the raw places it stands for."""
    plain = raw.translate(_SAME_LENGTH)
    if plain.isascii() and not _CONTROL.search(plain):
        return plain.lower(), range(len(raw)), range(1, len(raw) + 1)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, original in enumerate(raw):
        if original in _BIDI:
            continue
        plain = original.translate(_PLAIN)
        if not plain.isascii():
            plain = unicodedata.normalize("NFKC", plain).translate(_PLAIN)
        for char in plain.lower():
            chars.append(" " if unicodedata.category(char) in ("Cc", "Cf", "Zs") and char != "\n" else char)
            starts.append(position)
            ends.append(position + 1)
    return "".join(chars), starts, ends
