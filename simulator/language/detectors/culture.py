"""Culture: asking, not assuming (LEARN, Berlin & Fowkes 1983; Kleinman 1978)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "ask_explanatory_model",
    "offer_interpreter",
    "ask_preference",
    "honour_value",
    "stereotype",
    "person_first_language",
    "labelling_language",
)


@detector("culture")
def culture(context: Context) -> Iterator[Evidence]:
    """Evidence of the culture family."""
    yield from from_hits(context, _BY_PHRASE)
