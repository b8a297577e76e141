"""What the light model looks at in a reply: its words in context, its shape, and what the rules found.

Every feature is a name with a number, mostly 1. Words the client has just said are written `~`, numbers `#`, so that
the model learns how a thing is said and not what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from simulator.language.data import grammar, lexicon
from simulator.language.detectors.reflections import copied_share, points_of
from simulator.language.evidence import Context, Evidence
from simulator.language.history import client_asked
from simulator.language.questions import kind_of, opening_text
from simulator.language.utterance import Clause, Token

Features = dict[str, float]


@cache
def _bins(name: str) -> tuple[float, ...]:
    return tuple(float(edge) for edge in lexicon("model")["bins"][name])


def _bin(name: str, value: float) -> str:
    """The step of a value: how many of the edges it reaches."""
    return f"{name}:{sum(value >= edge for edge in _bins(name))}"


def features(context: Context, evidence: Iterable[Evidence]) -> Features:
    """The features of a whole reply. `evidence` is what the rules found, before it was settled."""
    found: Features = dict.fromkeys(_shape(context), 1.0)
    for clause in context.utterance.clauses:
        found.update(dict.fromkeys(clause_features(context, clause), 1.0))
    for piece in evidence:
        for name in (f"rule:{piece.rule}", f"code:{piece.behaviour}"):
            found[name] = max(found.get(name, 0.0), piece.weight)
    return found


def _shape(context: Context) -> Iterator[str]:
    """The reply as a whole: how long, how much asked, how much taken up, and what it answers."""
    utterance, background = context.utterance, context.background
    yield _bin("words", len(utterance.words))
    yield _bin("clauses", len(utterance.clauses))
    yield _bin("questions", len(context.asking))
    yield _bin("taken", sum(context.overlap.values()))
    yield _bin("reflects", max((points_of(context, clause) for clause in utterance.clauses), default=0.0))
    yield _bin("copied", copied_share(context))
    if utterance.content:
        known = background.terms.keys() & utterance.content
        yield _bin("own", 1 - len(known) / len(utterance.content))
    if client_asked(context):
        yield "client:asked"
    if not background.lines:
        yield "client:silent"
    else:
        yield _bin("line", len(background.lines[0].words))
    if background.feelings:
        yield "client:feels"
    if "?" in utterance.raw:
        yield "mark:?"
    if "!" in utterance.raw:
        yield "mark:!"
    client = {feeling.family for feeling in background.feelings}
    for feelings in context.feelings.values():
        for feeling in feelings:
            whose = "echoed" if feeling.family in client else "new"
            yield f"feeling:{whose}:{'good' if feeling.valence > 0 else 'bad'}"


def clause_features(context: Context, clause: Clause) -> Iterator[str]:
    """The words of a clause, alone and in pairs and threes, how it opens and what it asks."""
    said = [*_written(clause.tokens, context.background.terms)]
    for word in said:
        yield f"w:{word}"
    edged = ["^", *said, "?" if clause.index in context.asking else "$"]
    for one, two in pairwise(edged):
        yield f"w:{one} {two}"
    for one, two, three in zip(edged, edged[1:], edged[2:], strict=False):
        yield f"w:{one} {two} {three}"
    opening = clause.opening
    for length in (1, 2, 3):
        if len(opening) >= length:
            yield f"open:{' '.join(opening[:length])}"
    if clause.index in context.asking:
        yield f"asks:{kind_of(clause).value}"
        yield f"asks:{' '.join(opening_text(clause).split()[:2])}"
    else:
        yield _bin("point", points_of(context, clause))
        yield _bin("share", context.overlap[clause.index])
    if clause.reported:
        yield "clause:reported"


def _written(tokens: Sequence[Token], terms: dict[str, float]) -> Iterator[str]:
    small = grammar("function_words")
    for token in tokens:
        if not token.is_word:
            if token.text[0].isdigit() or token.text[0] in "£$€":
                yield "#"
        elif token.text in small:
            yield token.text
        else:
            yield "~" if token.stem in terms else token.stem
