"""Who a reply turns to by name, where several people are in the room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from simulator.catalogue.types import Finding, PersonNames, Question, Span
from simulator.language.data import grammar
from simulator.language.evidence import Context


@dataclass(frozen=True, slots=True)
class Calls:
    """Who is spoken to from where on: raw places with person ids, in order. `backward` says that what stands before
    the first place is said to that person too: their name closes it ("Does it hurt, Joe?")."""

    places: tuple[tuple[int, str], ...] = ()
    backward: bool = False

    @property
    def last(self) -> str | None:
        """The person turned to last."""
        return self.places[-1][1] if self.places else None

    def at(self, span: Span) -> str | None:
        """The person a stretch is said to: the one turned to last before it, else whose name closes it."""
        earlier = (who for start, who in reversed(self.places) if start <= span.start)
        return next(earlier, self.places[0][1] if self.backward else None)


def _speaks_to(following: list[str]) -> bool:
    """Whether what follows a name without a comma is said to its bearer ("Carol what", "Joe is that right")."""
    if following[:1] and following[0] in grammar("spoken_to"):
        return True
    return len(following) > 1 and following[0] in grammar("auxiliaries") and following[1] in grammar("subjects")


def _called(context: Context, person: PersonNames) -> Iterator[tuple[int, bool]]:
    """Places (plain form) from which the person is spoken to: the name opens or closes a clause, as an address. With
    each, whether it closes what was said before."""
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
            following = [token.text for token in inside if token.start > last_of_name.end]
            if after != " " or _speaks_to(following):
                yield clause.start, not following
                continue
        before = text[: inside[-1].start].rstrip()[-1:]
        closes = len(inside) > 1 and inside[-2].text not in grammar("before_a_name")
        if inside[-1].text in names and (before == "," or closes):
            yield clause.start, True


def calls(context: Context) -> Calls:
    """Whom the reply turns to, and from where on."""
    found = sorted((*place, person.id) for person in context.heard.people for place in _called(context, person))
    places = tuple((context.utterance.span(place, place + 1).start, who) for place, _, who in found)
    return Calls(places, backward=bool(found) and found[0][1])


def findings_to(calls: Calls, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with whom each was said to."""
    return tuple(replace(one, to=calls.at(one.span)) for one in findings) if calls.places else tuple(findings)


def questions_to(calls: Calls, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions with whom each was put to; "" for one before anybody was turned to."""
    return tuple(replace(one, to=calls.at(one.span) or "") for one in questions) if calls.places else tuple(questions)
