"""Information: facts, options and next steps, and how plainly they are put."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "give_information",
    "plain_language",
    "jargon",
    "information_overload",
    "signpost_resource",
    "next_step",
)


@detector("information")
def information(context: Context) -> Iterator[Evidence]:
    """Evidence of the information family."""
    yield from from_hits(context, _BY_PHRASE)
