"""Roadblocks: what closes a person (Gordon 1970; MITI 4.2.1 Confront)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "command",
    "blame",
    "judge",
    "minimise",
    "contempt",
    "interrogate",
    "interpret_or_diagnose",
    "dismiss",
    "deflect",
    "argue",
    "interrupt_topic_shift",
    "calm_down",
)


@detector("roadblocks")
def roadblocks(context: Context) -> Iterator[Evidence]:
    """Evidence of the roadblocks family."""
    yield from from_hits(context, _BY_PHRASE)
