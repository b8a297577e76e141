"""Questions: open, closed, leading, stacked, blaming (MITI 3.1 and 4.2.1; SEGUE item 15)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.questions import OPEN_KINDS, form, kind_of, opening_text


@detector("questions")
def questions(context: Context) -> Iterator[Evidence]:
    """Evidence of the questions family."""
    yield from from_hits(
        context,
        ("leading_question", "why_challenge", "scaling_question", "clarifying_check", "multiple_question"),
    )
    asked: list[int] = []
    for clause in context.utterance.clauses:
        if clause.index not in context.asking:
            continue
        text = opening_text(clause)
        states = clause.asked and not form("unmarked").search(text) and not form("invitations").search(text)
        if states and context.overlap[clause.index] > 0.3 and text.startswith(("you ", "your ", "it sounds", "sounds")):
            continue  # a reflection with a rising end
        kind = kind_of(clause)
        match = context.cue_of(clause)
        cue, strength = (match.cue, match.strength) if match else (None, 0)
        is_open = kind in OPEN_KINDS and not form("closed_what").search(text)
        weight = 0.9 if clause.asked else 0.7
        behaviour, rule = ("open_question", "opens") if is_open else ("closed_question", "closes")
        asked.append(clause.index)
        yield Evidence(
            behaviour, clause.index, clause.start, clause.end, weight, f"questions.{rule}_{kind.value.replace(' ', '_')}",
            cue, strength,
        )  # fmt: skip
    limit = int(lexicon("question_limits")["stacked"])
    if len(asked) >= limit:
        first, last = context.utterance.clauses[asked[0]], context.utterance.clauses[asked[-1]]
        yield Evidence("multiple_question", first.index, first.start, last.end, 0.75, "questions.stacked")
