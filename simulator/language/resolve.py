"""From evidence to findings: what wins in a clause, one finding a behaviour, gates and quality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from simulator.catalogue.types import Finding
from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence


@cache
def _silences() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(rule["by"]), frozenset(rule["over"])) for rule in lexicon("resolve")["silences"])


def settle(context: Context, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Evidence that stands: in each clause the winner silences what it contradicts, when it is surer than half. A guess
    of the light model's silences guesses alone. What a later clause takes back ("sorry, but") does not stand."""
    kept = list(_said_for_good(context, evidence))
    shown = {e.behaviour for e in kept}
    for winners, losers in _silences():
        if winners.isdisjoint(shown) or losers.isdisjoint(shown):
            continue
        strong = {e.clause: False for e in kept if e.behaviour in winners and e.weight >= 0.5}
        strong |= {e.clause: True for e in kept if e.behaviour in winners and e.weight >= 0.5 and not e.guessed}
        kept = [
            e
            for e in kept
            if e.behaviour not in losers or not (strong.get(e.clause) or (e.guessed and e.clause in strong))
        ]
    return kept


def _said_for_good(context: Context, evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    taken_back = lexicon("resolve")["taken_back"]
    turns = (one.index for one in context.utterance.clauses if one.words and one.words[0] in taken_back["by"])
    last = max(turns, default=-1)
    return (piece for piece in evidence if piece.clause >= last or piece.behaviour not in taken_back["behaviours"])


def to_findings(context: Context, evidence: Iterable[Evidence]) -> tuple[Finding, ...]:
    """One finding a behaviour: the surest piece of evidence, joined with its neighbours of the same behaviour."""
    best: dict[str, Evidence] = {}
    for piece in evidence:
        known = best.get(piece.behaviour)
        if known is None:
            best[piece.behaviour] = piece
            continue
        surer, other = (piece, known) if piece.weight > known.weight else (known, piece)
        if abs(piece.clause - known.clause) <= 1:
            surer = replace(surer, start=min(surer.start, other.start), end=max(surer.end, other.end))
        if other.strength > surer.strength:
            surer = replace(surer, cue=other.cue, strength=other.strength)
        again = 0.05 if piece.clause != known.clause else 0.0  # two rules for the same words are one sign
        best[piece.behaviour] = replace(surer, weight=min(0.99, surer.weight + again))
    findings = [
        Finding(
            behaviour=piece.behaviour,
            span=context.utterance.span(piece.start, piece.end),
            confidence=round(min(0.99, piece.weight), 2),
            rule=piece.rule,
            cue=piece.cue,
            strength=piece.strength,
            also=context.cues_within(piece),
        )
        for piece in best.values()
        if piece.weight >= 0.3
    ]
    return tuple(sorted(findings, key=lambda f: (f.span.start, -f.confidence, f.behaviour)))


def is_sure(finding: Finding) -> bool:
    """Whether a finding counts in full."""
    return finding.confidence >= float(lexicon("resolve")["sure"])


def quality_of(findings: Iterable[Finding], gates: Iterable[str]) -> float:
    """How skilled the reply is, -1 harmful to 1 skilled.

    Help adds up with diminishing returns, harm takes its share of it away, and a gate (parrot, stuffing ...)
    leaves help with a quarter of its worth.
    """
    weights = lexicon("resolve")["quality"]
    sure = float(lexicon("resolve")["sure"])
    lost_help, lost_harm = 1.0, 1.0
    for finding in findings:
        weight = float(weights.get(finding.behaviour, 0.0))
        worth = abs(weight) * (finding.confidence if finding.confidence >= sure else finding.confidence / 2)
        if weight > 0:
            lost_help *= 1 - worth
        else:
            lost_harm *= 1 - worth
    help_, harm = 1 - lost_help, 1 - lost_harm
    if set(gates) & set(lexicon("gates")["spoil"]):
        help_ *= 0.25
    return round(max(-1.0, min(1.0, help_ * (1 - harm) - harm)), 3)
