"""Negotiation (Fisher & Ury 1981; Chawla 2021)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import client_numbers, client_text, is_bargaining, own_numbers, piece
from simulator.language.undertakings import numbers_in

_BY_PHRASE = (
    "ask_interest",
    "state_interest",
    "separate_people_problem",
    "generate_option",
    "objective_criterion",
    "package_offer",
    "conditional_concession",
    "unconditional_concession",
    "anchor",
    "reframe",
    "summarise_agreement",
    "test_agreement",
    "reveal_batna_well",
    "positional_demand",
    "bluff",
    "vouch_fairness",
    "build_coordination",
)


# What a move is worth where nothing is bargained over: not enough to count.
_LEANING = 0.4
_TRADES = ("conditional_concession", "unconditional_concession")


@detector("negotiation")
def negotiation(context: Context) -> Iterator[Evidence]:
    """Evidence of the negotiation family. A move needs a position to move from: without one it is only a leaning."""
    bargaining = is_bargaining(context)
    for found in from_hits(context, _BY_PHRASE):
        if found.behaviour in _TRADES and not bargaining:
            found = replace(found, weight=_LEANING)  # noqa: PLW2901
        yield found
    if not context.utterance.clauses:
        return
    first, last = context.utterance.clauses[0], context.utterance.clauses[-1]
    behaviour = _move(context, bargaining=bargaining)
    if behaviour is not None:
        yield Evidence(behaviour, first.index, first.start, last.end, 0.65, f"negotiation.{behaviour}")
    if _contradicts(context):
        yield Evidence("bluff", first.index, first.start, last.end, 0.65, "negotiation.contradicts_earlier_words")


def _move(context: Context, *, bargaining: bool) -> str | None:
    """What a number, or giving way, means beside what the learner had put before."""
    text = context.utterance.text
    numbers = [value for clause in context.utterance.clauses for _, value in numbers_in(clause)]
    mine, theirs = own_numbers(context), client_numbers(context)
    conditional, reason = piece("in_return").search(text), piece("with_reason").search(text)
    if numbers and not mine and piece("first_figure").search(text) and _put_first(context, numbers):
        return "anchor"
    if context.asking or piece("own_mistake").search(text):
        return None
    moved = bool(mine and numbers and numbers[0] != mine[0])
    if moved and conditional:
        return "conditional_concession"
    if (moved and numbers[0] in theirs) or (bargaining and piece("gives_way").search(text)):
        return None if conditional or reason else "unconditional_concession"
    if numbers and not reason and (numbers[0] in mine or (theirs and _terms(context))):
        return "positional_demand" if piece("demand").search(text) else None
    return None


def _put_first(context: Context, numbers: list[float]) -> bool:
    """Whether a number is the learner's own first term: offered on an issue, or said to a client who asks for one."""
    text = context.utterance.text
    if piece("by_rule").search(text) or numbers[0] in client_numbers(context) or numbers[0] < 2:
        return False
    return bool(context.heard.issues or piece("terms_asked").search(client_text(context)))


def _terms(context: Context) -> bool:
    """Whether the client's last line put a term of their own."""
    return bool(piece("terms_put").search(client_text(context)))


def _contradicts(context: Context) -> bool:
    """A limit below one already named, or a rush for what was free a moment ago."""
    text = context.utterance.text
    earlier = " ".join(reply.text for reply in context.background.replies)
    if piece("scarcity").search(text) and piece("no_scarcity").search(earlier):
        return not piece("no_scarcity").search(text)
    if not (piece("no_more").search(text) and piece("limit").search(earlier)):
        return False
    numbers = [value for clause in context.utterance.clauses for _, value in numbers_in(clause)]
    mine = own_numbers(context)
    return bool(numbers and mine and max(numbers) < max(mine) and not piece("in_return").search(text))
