"""Takes a text apart: into tokens, sentences, clauses, and the stretches that are somebody else's words.

The unit of coding is the clause (MITI 4.2.1 parses utterances the same way). Tokens are those of NLTK's RegexpTokenizer
with the pattern TOKEN, found without its time limits (a test holds the two together); stems are NLTK's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache

from simulator.language import words
from simulator.language.data import grammar
from simulator.language.normal import normalise
from simulator.language.utterance import Clause, Token, Utterance

TOKEN = r"[^\W\d_]+(?:['-][^\W\d_]+)*|[£$€]?\d+(?:[.,:/]\d+)*%?|\.\.\.|[^\w\s]"  # noqa: S105
"""What is a token: a word, a number with its marks, dots, a mark."""

_TOKEN = re.compile(TOKEN)
_END = frozenset({".", "?", "!", ";", "..."})
_BREAKS = frozenset({",", "-", ":", "(", ")"})
# How many tokens a clause has at least that is dropped where it only says again what was said.
_WORTH_DROPPING = 2


@cache
def _clause_starts() -> frozenset[str]:
    return grammar("subjects") | grammar("wh_words") | grammar("conditionals")


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of a plain-form text."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        is_word = word[0].isalpha()
        tokens.append(Token(word, words.stem(word) if is_word else word, start, end, is_word))
    return tuple(tokens)


def _reported_stretches(text: str, tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Places of other people's words: quotation marks, and what a third person said, to the end of the sentence."""
    stretches = [match.span() for match in re.finditer(r'"[^"]{2,400}"', text)]
    stretches += [match.span() for match in re.finditer(r"(?:(?<=\s)|^)'[^'\n]{3,200}[.,!?]?'(?=[\s.,!?;]|$)", text)]
    third, reporting = grammar("third_persons"), grammar("reporting")
    ends = [token.start for token in tokens if token.text in _END]
    for position, token in enumerate(tokens):
        if token.text not in reporting or position == 0:
            continue
        lead = [t.text for t in tokens[max(0, position - 5) : position]]
        speaker = next((w for w in reversed(lead) if w in third or w in ("i", "you", "we")), None)
        if speaker is None or speaker not in third:
            continue
        if "you" in lead and lead.index("you") < lead.index(speaker) and "are" in lead:
            continue  # "what are they telling you" asks; it reports nothing
        ending = bisect_right(ends, token.start)
        stretches.append((token.end, ends[ending] if ending < len(ends) else len(text)))
    return stretches


def _breaks_before(tokens: tuple[Token, ...], position: int, since: int) -> bool:
    """Whether a new clause begins at this token (inside a sentence)."""
    token, previous = tokens[position], tokens[position - 1]
    following = tokens[position + 1].text if position + 1 < len(tokens) else ""
    starts = _clause_starts()
    if not following or following in _END:
        return False  # a tag or a name at the end ("..., then?") belongs to what it closes
    if previous.text in _BREAKS:
        opens = token.text in starts or token.text in grammar("auxiliaries") or token.text == "please"
        joins = token.text in grammar("conjunctions")
        return position - since > 2 and (opens or joins or previous.text in {"-", ":"})
    if token.text in grammar("conjunctions") and position - since > 1:
        return following in starts or (following in grammar("auxiliaries") and token.text in {"but", "so", "and"})
    return False


_Group = tuple[int, list[Token], str]


def _once(groups: list[_Group], tokens: tuple[Token, ...]) -> tuple[list[_Group], tuple[Token, ...]]:
    """Clauses and tokens without those of a clause that only says again, word for word, what another has said: it is
    worth no more for being said twice."""
    seen: set[tuple[str, ...]] = set()
    kept: list[_Group] = []
    dropped: set[int] = set()
    for group in groups:
        said = tuple(token.text for token in group[1])
        if len(said) < _WORTH_DROPPING or said not in seen:
            kept.append(group)
        else:
            dropped.update(token.start for token in group[1])
        seen.add(said)
    return kept, tuple(token for token in tokens if token.start not in dropped) if dropped else tokens


def take_apart(raw: str, meant: Callable[[], Iterable[str]] = frozenset) -> Utterance:
    """The utterance of a raw text. `meant` gives words that a misspelt one may stand for."""
    normal = normalise(raw, meant)
    tokens = tokenize(normal.text)
    reported = _reported_stretches(normal.text, tokens)
    groups: list[_Group] = []
    openers = grammar("conjunctions")
    sentence = 0
    current: list[Token] = []
    for position, token in enumerate(tokens):
        line_break = position > 0 and "\n" in normal.text[tokens[position - 1].end : token.start]
        if current and line_break:
            groups.append((sentence, current, ""))
            sentence, current = sentence + 1, []
        if token.text in _END:
            if current:
                groups.append((sentence, current, token.text))
                current = []
                sentence += 1
            elif groups and token.text in {"?", "!"}:  # "what??", "no!!"
                number, inside, mark = groups[-1]
                groups[-1] = (number, inside, "?" if "?" in (mark, token.text) else token.text)
            continue
        may_break = token.text in openers or tokens[position - 1].text in _BREAKS
        if current and may_break and _breaks_before(tokens, position, position - len(current)):
            groups.append((sentence, current, ""))
            current = []
        current.append(token)
    if current:
        groups.append((sentence, current, ""))
    groups, tokens = _once(groups, tokens)
    clauses = []
    marks = {number: mark for number, _, mark in groups}
    last_of = {number: index for index, (number, _, _) in enumerate(groups)}
    for index, (number, inside, _) in enumerate(groups):
        start, end = inside[0].start, inside[-1].end
        clauses.append(
            Clause(
                index=index,
                sentence=number,
                tokens=tuple(inside),
                start=start,
                end=end,
                text=normal.text[start:end],
                asked=marks[number] == "?" and last_of[number] == index,
                exclaimed=marks[number] == "!",
                opens=index == 0 or groups[index - 1][0] != number,
                reported=tuple(s for s in reported if s[0] < end and s[1] > start),
            )
        )
    return Utterance(normal, tokens, tuple(clauses))
