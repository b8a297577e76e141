"""Reflections: statements that take up what the client said or meant (MITI 4.2.1, SR and CR).

Context decides, not the phrase: points are added for a statement about the client, for the client's content taken
up, for a feeling named, and taken away for directives, opinions and first-person talk. The points were set by hand
and checked on coded counselling talk (benchmarks/agreement); simple against complex is only ever a leaning, because
experts themselves agree on it at alpha .18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from simulator.catalogue.types import CueKind
from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.patterns import compile_pattern
from simulator.language.questions import form, opening_text
from simulator.language.utterance import Clause


@cache
def _piece(name: str) -> re.Pattern[str]:
    return compile_pattern(lexicon("reflecting")[name])


@cache
def _points() -> dict[str, float]:
    return {name: float(value) for name, value in lexicon("reflection_points")["points"].items()}


def points_of(context: Context, clause: Clause) -> float:
    """How much the clause looks like a reflection, clipped to 0..1."""
    points = _points()
    text = clause.text
    total = points["base"]
    stem = bool(_piece("stems").search(text))
    about_you = bool(_piece("about_you").search(text))
    overlap = context.overlap[clause.index]
    feelings = [f for f in context.feelings[clause.index] if f.valence < 0]
    match = context.cue_of(clause)
    if stem:
        total += points["stem"]
    if _piece("you_first").search(text):
        total += points["you_first"]
    elif about_you:
        total += points["about_you"]
    total += points["overlap"] * min(1.0, overlap)
    if feelings and _piece("feeling_frames").search(text):
        total += points["feeling"]
    if match and match.kind is not CueKind.QUESTION:
        total += points["cue"] * match.strength / 2
    if not context.background.lines:
        total += points["no_context"]
    if _piece("directive").search(text) and not (stem and overlap > 0.8):
        total += points["directive"]
    if _piece("first_person").search(text) and not _piece("first_person_reflects").search(text):
        total += points["first_person"]
    elif not about_you and not stem and not feelings and _piece("third_party").search(text):
        total += points["third_party"]
    if len(clause.words) < 3 and not feelings:
        total += points["short"]
    return max(0.0, min(1.0, total))


def _candidates(context: Context) -> Iterator[Clause]:
    """Clauses that state. "So you left?" states too: its mark only asks for a nod. A set-up clause right before a
    question in the same sentence is no reflection of its own."""
    for clause in context.utterance.clauses:
        if clause.index in context.asking:
            text = opening_text(clause)
            statement = clause.asked and not form("unmarked").search(text) and not form("invitations").search(text)
            if not (statement and re.match(r"(?:you|your|it sounds|sounds|and you|that)\b", text)):
                continue
        if clause.is_reported(clause.start, clause.end):
            continue
        yield clause


@detector("reflections")
def reflections(context: Context) -> Iterator[Evidence]:
    """Evidence of the reflections family."""
    utterance = context.utterance
    client_families = {feeling.family for feeling in context.background.feelings}
    cue_kinds = {open_cue.cue.id: open_cue.cue.kind for open_cue in context.background.cues}
    reflecting: list[tuple[Clause, float]] = []
    for clause in _candidates(context):
        weight = points_of(context, clause)
        if weight < 0.3:
            continue
        reflecting.append((clause, weight))
        match = next(
            (m for m in context.cue_matches if m.clause == clause.index and cue_kinds[m.cue] is not CueKind.QUESTION),
            None,
        )
        cue, strength = (match.cue, match.strength) if match else (None, 0)
        place = (clause.index, clause.start, clause.end)
        named = [f for f in context.feelings[clause.index] if f.valence < 0 or f.strength > 1]
        framed = bool(named) and bool(_piece("feeling_frames").search(clause.text))
        new_feeling = any(f.family not in client_families for f in named)
        linked = bool(_piece("links").search(clause.text))
        overlap = context.overlap[clause.index]
        stem = bool(_piece("stems").search(clause.text))
        if framed:
            yield Evidence("feeling_label", *place, min(0.95, weight + 0.1), "reflections.feeling_named", cue, strength)
        if (framed and new_feeling and overlap > 0.3) or linked or (stem and overlap < 0.4):
            yield Evidence("complex_reflection", *place, weight, "reflections.adds_meaning", cue, strength)
        elif not framed or overlap > 0.3:
            yield Evidence("simple_reflection", *place, weight, "reflections.takes_up_content", cue, strength)
    yield from _joined(context, reflecting)
    yield from from_hits(context, ("note_discrepancy",))
    copied = copied_share(context)
    if copied >= float(lexicon("gates")["limits"]["parrot_share"]) and len(utterance.words) >= 4:
        yield Evidence("verbatim_parrot", 0, 0, len(utterance.text), min(0.95, copied), "reflections.copied_words")


def _joined(context: Context, reflecting: list[tuple[Clause, float]]) -> Iterator[Evidence]:
    """What needs more than one clause: both sides held together, or the talk so far drawn together."""
    utterance = context.utterance
    if not reflecting:
        return
    start, end = reflecting[0][0].start, reflecting[-1][0].end
    weight = max(weight for _, weight in reflecting)
    text = utterance.text[start:end]
    first = reflecting[0][0].index
    if _piece("double_sided").search(text):
        yield Evidence("double_sided_reflection", first, start, end, weight, "reflections.both_sides")
    taken = sum(
        1
        for line in context.background.lines[:4]
        if any(stem in line.content for clause, _ in reflecting for stem in clause.content)
    )
    drawn = bool(_piece("summary").search(utterance.text))
    if (drawn and len(reflecting) >= 2) or (len(reflecting) >= 3 and taken >= 2 and weight >= 0.5):
        yield Evidence("summary", first, start, end, weight, "reflections.draws_together")


def copied_share(context: Context) -> float:
    """The share of the reply's words that stand in runs of four and more copied from the client's last line,
    pronouns swapped, 0 to 1."""
    if context.background.last is None:
        return 0.0
    swap = lexicon("grammar")["swap"]
    theirs = [swap.get(word, word) for word in context.background.last.words]
    ours = [swap.get(swap.get(word, word), word) if word in swap else word for word in context.utterance.words]
    ours = [("i" if w == "me" else w) for w in ours]
    mirrored = {tuple(theirs[i : i + 4]) for i in range(len(theirs) - 3)}
    plain = {tuple(context.background.last.words[i : i + 4]) for i in range(len(theirs) - 3)}
    covered: set[int] = set()
    said = list(context.utterance.words)
    for i in range(len(said) - 3):
        if tuple(said[i : i + 4]) in mirrored or tuple(said[i : i + 4]) in plain:
            covered.update(range(i, i + 4))
    return len(covered) / len(said) if said else 0.0
