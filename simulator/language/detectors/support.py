"""Support: saying that the person, their strength or their feeling makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "affirmation",
    "validation",
    "normalising",
    "reassurance_grounded",
    "false_reassurance",
    "generic_praise",
    "minimal_encourager",
    "appreciation",
    "self_disclosure",
)


@detector("support")
def support(context: Context) -> Iterator[Evidence]:
    """Evidence of the support family."""
    yield from from_hits(context, _BY_PHRASE)
    yield from _echo(context)


def _echo(context: Context) -> Iterator[Evidence]:
    """One to three of the client's last words, given back so that they go on ("Eleven years?")."""
    said, last = context.utterance.words, context.background.last
    swap = lexicon("grammar")["mirror"]
    if last is None or not 0 < len(said) <= 3:
        return
    ending = [swap.get(word, word) for word in last.words[-5:]]
    plain = list(last.words[-5:])
    size = len(said)
    runs = {tuple(line[i : i + size]) for line in (ending, plain) for i in range(len(line) - size + 1)}
    if said in runs and any(token.stem in last.clauses[-1].content for token in context.utterance.tokens):
        end = context.utterance.clauses[-1].end
        yield Evidence("minimal_encourager", 0, context.utterance.clauses[0].start, end, 0.7, "support.echo")
