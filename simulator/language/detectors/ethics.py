"""Ethics (NASW Code of Ethics; CCMC Code of Professional Conduct)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.detectors.reflections import points_of
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import piece
from simulator.language.utterance import Utterance

_BY_PHRASE = (
    "explain_confidentiality",
    "promise_absolute_secrecy",
    "overpromise",
    "ask_risk_directly",
    "stay_with",
    "make_safe",
    "escalate_record",
    "ignore_risk",
    "boundary_kept",
    "boundary_crossed",
    "disclose_third_party",
    "derogatory_language",
    "informed_consent",
    "coercion",
)
# How many of the client's lines a sign of danger stays fresh.
_FRESH = 2


@detector("ethics")
def ethics(context: Context) -> Iterator[Evidence]:
    """Evidence of the ethics family."""
    yield from from_hits(context, _BY_PHRASE)
    yield from _passed_over(context)


def _passed_over(context: Context) -> Iterator[Evidence]:
    """The client's last lines told of danger, and neither this reply nor one since then touches it."""
    utterance, background = context.utterance, context.background
    if len(utterance.words) < 3 or not utterance.clauses:
        return
    for age, line in enumerate(background.lines[:_FRESH]):
        told = piece("risk").search(line.text)
        if told is None:
            continue
        danger = next(clause for clause in reversed(line.clauses) if clause.start <= told.start())
        if danger.negated(told.start()):  # "I've not thought of harming myself"
            continue
        since = (utterance, *background.replies[:age])
        named = any(feeling.valence < 0 for found in context.feelings.values() for feeling in found)
        heard = named or any(points_of(context, clause) >= 0.5 for clause in utterance.clauses)
        if not heard and not any(_touches(reply, danger.content) for reply in since):
            first, last = utterance.clauses[0], utterance.clauses[-1]
            yield Evidence("ignore_risk", first.index, first.start, last.end, 0.7, "ethics.danger_passed_over")
        return


def _touches(reply: Utterance, danger: frozenset[str]) -> bool:
    if piece("risk_touched").search(reply.text):
        return True
    return any(clause.content & danger for clause in reply.clauses)
