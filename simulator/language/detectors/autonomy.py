"""Autonomy: leaving the choice with the person whose life it is."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "emphasise_autonomy",
    "seek_collaboration",
    "offer_choice",
    "ask_permission",
    "check_understanding",
    "agenda_setting",
)


@detector("autonomy")
def autonomy(context: Context) -> Iterator[Evidence]:
    """Evidence of the autonomy family."""
    yield from from_hits(context, _BY_PHRASE)
