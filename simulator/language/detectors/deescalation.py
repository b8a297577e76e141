"""De-escalation (Project BETA, Richmond 2012)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import client_text, piece

_BY_PHRASE = (
    "apologise_specific",
    "acknowledge_grievance",
    "agree_in_part",
    "set_respectful_limit",
    "state_consequence_neutral",
    "slow_down",
    "safety_check",
    "offer_space",
    "align_goal",
)


@detector("deescalation")
def deescalation(context: Context) -> Iterator[Evidence]:
    """Evidence of the deescalation family."""
    yield from from_hits(context, _BY_PHRASE)
    if not piece("what_if").search(client_text(context)):
        return
    for clause in context.utterance.clauses[:2]:
        if clause.index not in context.asking and piece("follows").search(clause.text):
            yield Evidence(
                "state_consequence_neutral", clause.index, clause.start, clause.end, 0.65, "deescalation.what_follows"
            )
            return
