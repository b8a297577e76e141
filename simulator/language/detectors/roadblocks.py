"""Roadblocks: what closes a person (Gordon 1970; MITI 4.2.1 Confront)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.detectors.reflections import points_of
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.history import client_asked, client_text, is_closed, is_question, piece
from simulator.language.utterance import Utterance

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
# A third reply that only asks makes an interrogation.
_IN_A_ROW = 3


@detector("roadblocks")
def roadblocks(context: Context) -> Iterator[Evidence]:
    """Evidence of the roadblocks family. Instructions the client asked for are no commands."""
    told_how = piece("asks_how").search(client_text(context)) and client_asked(context)
    for piece_of in from_hits(context, _BY_PHRASE):
        if not (told_how and piece_of.behaviour == "command"):
            yield piece_of
    utterance = context.utterance
    if not utterance.clauses:
        return
    first, last = utterance.clauses[0], utterance.clauses[-1]
    if _interrogates(context):
        yield Evidence("interrogate", first.index, first.start, last.end, 0.7, "roadblocks.question_after_question")
    if _dodges(context):
        yield Evidence("deflect", first.index, first.start, last.end, 0.65, "roadblocks.asked_twice_not_answered")


def _interrogates(context: Context) -> bool:
    """A third reply in a row that only asks for facts, and takes up nothing the client said. Asking about danger
    never counts."""
    replies = (context.utterance, *context.background.replies[: _IN_A_ROW - 1])
    if len(replies) < _IN_A_ROW or not all(is_question(reply) and is_closed(reply) for reply in replies):
        return False
    if any(piece("asks_danger").search(reply.text) for reply in replies):
        return False
    stated = [clause for clause in context.utterance.clauses if clause.index not in context.asking]
    return not any(context.overlap[clause.index] > 0.3 for clause in stated)


def _dodges(context: Context) -> bool:
    """The client asked twice, and this reply neither answers, nor says why not, nor hears them."""
    lines = context.background.lines
    if len(lines) < 2 or not client_asked(context) or context.asking:
        return False
    now, before = (frozenset(stem for clause in line.clauses for stem in clause.content) for line in lines[:2])
    same = _asked(lines[1]) and bool(now & before)
    if not (same or piece("asks_again").search(lines[0].text)) or piece("some_answer").search(context.utterance.text):
        return False
    if any(points_of(context, clause) >= 0.5 for clause in context.utterance.clauses):
        return False
    return not any(clause.content & (now | before) for clause in context.utterance.clauses)


def _asked(line: Utterance) -> bool:
    return any(clause.asked for clause in line.clauses)
