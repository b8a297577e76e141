"""Structure: opening, staging and closing the talk (SEGUE; Calgary-Cambridge)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "greet",
    "introduce_role",
    "state_purpose",
    "invite_story",
    "anything_else",
    "close_with_plan",
    "follow_up_time",
    "goodbye",
)


@detector("structure")
def structure(context: Context) -> Iterator[Evidence]:
    """Evidence of the structure family."""
    yield from from_hits(context, _BY_PHRASE)
