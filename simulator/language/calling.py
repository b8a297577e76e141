"""Who a reply turns to by name, where several people are in the room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from simulator.catalogue.types import Finding, PersonNames
from simulator.language.data import lexicon
from simulator.language.evidence import Context


@cache
def _spoken_to() -> frozenset[str]:
    return frozenset(lexicon("grammar")["spoken_to"])


def _called(context: Context, person: PersonNames) -> Iterator[int]:
    """Places (plain form) from which the person is spoken to: the name opens or closes a clause, as an address."""
    names = {name.lower() for name in person.names}
    text = context.utterance.text
    for clause in context.utterance.clauses:
        inside = [token for token in clause.tokens if token.is_word]
        if not inside:
            continue
        first = min(clause.filler_count, len(inside) - 1)
        opener, pair = inside[first], " ".join(token.text for token in inside[first : first + 2])
        if opener.text in names or pair in names:
            last_of_name = inside[first + 1] if pair in names and len(inside) > first + 1 else opener
            after = text[last_of_name.end : last_of_name.end + 1]
            following = next((t.text for t in inside if t.start > last_of_name.end), "")
            if after != " " or following in _spoken_to():
                yield clause.start
                continue
        before = text[: inside[-1].start].rstrip()[-1:]
        closes = len(inside) > 1 and inside[-2].text not in lexicon("grammar")["before_a_name"]
        if inside[-1].text in names and (before == "," or closes):
            yield clause.start


def turned_to(context: Context, findings: Iterable[Finding]) -> tuple[str | None, tuple[Finding, ...]]:
    """The person the reply turned to last, and the findings with whom each was said to."""
    calls = sorted((place, person.id) for person in context.heard.people for place in _called(context, person))
    if not calls:
        return None, tuple(findings)
    raw = [(context.utterance.span(place, place + 1).start, who) for place, who in calls]
    turned = tuple(
        replace(f, to=next((who for start, who in reversed(raw) if start <= f.span.start), raw[0][1])) for f in findings
    )
    return raw[-1][1], turned
