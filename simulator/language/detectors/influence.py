"""Influence: trying to move the person, asked or not."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "advice_with_permission",
    "advice_without_permission",
    "persuade",
    "warn",
    "moralise",
)


@detector("influence")
def influence(context: Context) -> Iterator[Evidence]:
    """Evidence of the influence family."""
    yield from from_hits(context, _BY_PHRASE)
