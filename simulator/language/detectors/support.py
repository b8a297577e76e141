"""Support: saying that the person, their strength or their feeling makes sense."""

from __future__ import annotations

from collections.abc import Iterator

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
