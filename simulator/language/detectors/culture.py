"""Culture: asking, not assuming (LEARN, Berlin & Fowkes 1983; Kleinman 1978)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import client_text, piece

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
    if not piece("norm").search(client_text(context)):
        return
    for clause in context.utterance.clauses:
        going = piece("goes_along").search(clause.text)
        if going and clause.index not in context.asking:
            yield Evidence("honour_value", clause.index, clause.start, clause.end, 0.6, "culture.goes_along")
            return
