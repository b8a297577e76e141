"""Questions: open, closed, leading, stacked, blaming (MITI 3.1 and 4.2.1; SEGUE item 15)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.questions import OPEN_KINDS, form, kind_of, opening_text, states
from simulator.language.utterance import Clause

# These ask for leave, for agreement or for more of the same: beside another question they stack nothing.
_NO_QUESTION_OF_ITS_OWN = (
    "ask_permission",
    "test_agreement",
    "check_understanding",
    "clarifying_check",
    "invite_story",
    "anything_else",
    "leading_question",
    "ask_preference",
    "offer_choice",
    "offer_space",
    "seek_collaboration",
    "safety_check",
    "ask_risk_directly",
)


@detector("questions")
def questions(context: Context) -> Iterator[Evidence]:
    """Evidence of the questions family."""
    yield from from_hits(
        context,
        ("leading_question", "why_challenge", "scaling_question", "clarifying_check", "multiple_question"),
    )
    asked: list[Clause] = []
    for clause in context.utterance.clauses:
        if clause.index not in context.asking:
            continue
        text = opening_text(clause)
        stated = states(clause)
        if stated and rises(context, clause, text):
            continue  # a reflection with a rising end
        kind = kind_of(clause)
        match = context.cue_of(clause)
        cue, strength = (match.cue, match.strength) if match else (None, 0)
        is_open = kind in OPEN_KINDS and not form("closed_what").search(text)
        weight = 0.9 if clause.asked else 0.7
        behaviour, rule = ("open_question", "opens") if is_open else ("closed_question", "closes")
        if not stated:
            asked.append(clause)
        rule = f"questions.{rule}_{kind.value.replace(' ', '_')}"
        yield Evidence(behaviour, clause.index, clause.start, clause.end, weight, rule, cue, strength)
    yield from _stacked(context, asked)


def rises(context: Context, clause: Clause, text: str) -> bool:
    """Whether a statement with a question mark only waits for a nod: it tells the client's side back."""
    if form("told_back").search(text) or text.endswith((" okay", ", yes")):
        return True
    return context.overlap[clause.index] > 0.3 and text.startswith(("you ", "your "))


def _stacked(context: Context, asked: list[Clause]) -> Iterator[Evidence]:
    """Several different questions at once. A rephrase is no second question, nor is a pick from a list."""
    limits = lexicon("question_limits")
    soft = {hit.clause for behaviour in _NO_QUESTION_OF_ITS_OWN for hit in context.of(behaviour)}
    different: list[Clause] = []
    for clause in asked:
        text = opening_text(clause)
        if (
            clause.index in soft
            or len(clause.opening) < 2
            or form("invitations").search(text)
            or form("tags").search(text)
        ):
            continue
        if not any(_same(clause, other, float(limits["same"])) for other in different):
            different.append(clause)
    if len(different) >= int(limits["stacked"]):
        first, last = different[0], different[-1]
        sure = float(limits["sure"] if len(different) > int(limits["stacked"]) else limits["unsure"])
        yield Evidence("multiple_question", first.index, first.start, last.end, sure, "questions.stacked")


def _same(one: Clause, other: Clause, share: float) -> bool:
    """Whether one question only says the other again: both open in the same way, or most of the words shared."""
    kinds = kind_of(one), kind_of(other)
    if kinds[0] == kinds[1] and kinds[0] in OPEN_KINDS:
        return True
    if not one.content or not other.content:
        return kinds[0] == kinds[1] and one.stems == other.stems
    return len(one.content & other.content) >= share * min(len(one.content), len(other.content))
