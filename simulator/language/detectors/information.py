"""Information: facts, options and next steps, and how plainly they are put."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.detectors.reflections import points_of
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import client_asked, client_text, listed, piece
from simulator.language.utterance import Clause

_BY_PHRASE = ("give_information", "plain_language", "signpost_resource", "next_step")
_INITIALS = re.compile(r"\b[A-Z][A-Z0-9]{1,4}s?\b")
_PARTS = re.compile(r"[,;.]|\band\b(?= (?:then|you|it|there|one|no|we|they|ring|the|i|all|costs?|\w+ is)\b)|\bonly\b")


@detector("information")
def information(context: Context) -> Iterator[Evidence]:
    """Evidence of the information family."""
    yield from from_hits(context, _BY_PHRASE)
    facts = [
        (clause, weight) for clause in context.utterance.clauses if (weight := fact_points(context, clause)) >= 0.5
    ]
    for clause, weight in facts:
        yield Evidence("give_information", clause.index, clause.start, clause.end, weight, "information.states_a_fact")
    yield from _made_plain(context)
    yield from _jargon(context)
    yield from _overload(context, [clause for clause, _ in facts])


def fact_points(context: Context, clause: Clause) -> float:
    """How much a clause looks like a fact told to the client, 0 to 1: a statement that is no reflection."""
    points = lexicon("reflection_points")["fact"]
    if clause.index in context.asking or clause.is_reported(clause.start, clause.end):
        return 0.0
    answers = client_asked(context) and clause.sentence == 0
    total = float(points["base"]) + (float(points["answers"]) if answers else 0.0)
    if len(clause.words) < 3 or not (piece("information.verb").search(clause.text) or answers):
        return 0.0
    if piece("information.no_fact").search(clause.text):
        return 0.0
    if piece("information.subject").search(clause.text):
        total += float(points["subject"])
    if piece("information.detail").search(clause.text):
        total += float(points["detail"])
    if not answers and points_of(context, clause) >= 0.5:
        total += float(points["reflects"])
    return min(0.9, total)


def _made_plain(context: Context) -> Iterator[Evidence]:
    """A term or letter the client stumbled over, said again in everyday words."""
    if not piece("information.asks_meaning").search(client_text(context)):
        return
    for clause in context.utterance.clauses:
        match = piece("information.explains").search(clause.text)
        if match and clause.index not in context.asking and not clause.negated(clause.start + match.start()):
            yield Evidence(
                "plain_language", clause.index, clause.start, clause.end, 0.65, "information.explains_a_term"
            )
            return


def _jargon(context: Context) -> Iterator[Evidence]:
    """Terms of the trade the client did not use first and the reply does not explain, and unexplained initials."""
    utterance, said = context.utterance, client_text(context, 6)
    if piece("information.explains").search(utterance.text):
        return
    for hit in from_hits(context, ("jargon",)):
        if utterance.text[hit.start : hit.end] not in said:
            yield hit
    letters = [char for char in utterance.raw if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) > 0.5 * len(letters):
        return
    topical = {word.lower() for point in context.heard.points for phrase in point.words for word in phrase.split()}
    known = {*listed("everyday_initials"), *topical}
    strange = [
        found
        for found in _INITIALS.finditer(utterance.raw)
        if found.group().lower().rstrip("s") not in known
        and found.group().lower() not in known
        and not (len(found.group()) > 3 and words.is_known(found.group().lower()))
        and not re.search(rf"\b{found.group().lower()}\b", said)
        and f"({found.group()})" not in utterance.raw
    ]
    if strange and utterance.clauses:
        start = utterance.normal.place(strange[0].start())
        end = utterance.normal.place(strange[-1].end() - 1) + 1
        clause = next((c for c in reversed(utterance.clauses) if c.start <= start), utterance.clauses[0])
        weight = 0.55 if len({found.group() for found in strange}) == 1 else 0.75
        yield Evidence("jargon", clause.index, start, end, weight, "information.initials")


def _overload(context: Context, facts: list[Clause]) -> Iterator[Evidence]:
    """Too much at once: many facts or instructions in a row, or a long stretch of them, and no check. What hears
    the client or names a feeling is something else."""
    utterance = context.utterance
    limits = lexicon("gates")["limits"]
    if context.asking or not utterance.clauses or piece("information.checks").search(utterance.text):
        return
    if piece("information.hears").search(utterance.text) or any(context.feelings.values()):
        return
    if context.of("summarise_agreement") or any(points_of(context, clause) >= 0.6 for clause in utterance.clauses):
        return
    told = sum(len(clause.words) for clause in facts)
    parts = [part.strip() for part in _PARTS.split(utterance.text) if " " in part.strip()]
    steps = sum(1 for part in parts if piece("information.instruction").search(part))
    many = steps >= int(limits["steps"]) and (client_asked(context) or steps > int(limits["steps"]))
    listing = piece("information.listing").search(utterance.text)
    if many or listing or told > int(limits["told_words"]):
        first, last = utterance.clauses[0], utterance.clauses[-1]
        rule = "information.long_without_a_check" if not (many or listing) else "information.many_at_once"
        yield Evidence("information_overload", first.index, first.start, last.end, 0.65, rule)
