"""Escalation: what raises the heat."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "threat",
    "ultimatum",
    "power_play",
    "challenge",
    "provoke",
    "shouting",
    "insult",
)


@detector("escalation")
def escalation(context: Context) -> Iterator[Evidence]:
    """Evidence of the escalation family."""
    yield from from_hits(context, _BY_PHRASE)
