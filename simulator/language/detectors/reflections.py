"""Reflections: statements that take up what the client said or meant (MITI 4.2.1, SR and CR).

Context decides, not the phrase: points are added for a statement about the client, for the client's content taken
up, for a feeling named, and taken away for directives, opinions and first-person talk. The points were set by hand
and checked on coded counselling talk; simple against complex is only ever a leaning, because
experts themselves agree on it at alpha .18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from simulator.catalogue.types import CueKind
from simulator.language.data import grammar, lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits
from simulator.language.heard import Feeling
from simulator.language.patterns import compile_pattern
from simulator.language.phrases import synonyms
from simulator.language.questions import asks, form, opening_text, states
from simulator.language.utterance import Clause

# So many words make a sentence only with small words among them.
_SENTENCE = 4
# A clause of so many words at most can be a feeling and little else, if the feeling stands near its start.
_BARE, _NEAR = 5, 12


@cache
def _piece(name: str) -> re.Pattern[str]:
    return compile_pattern(lexicon("reflecting")[name])


@cache
def _points() -> dict[str, float]:
    return {name: float(value) for name, value in lexicon("reflection_points")["points"].items()}


def points_of(context: Context, clause: Clause) -> float:
    """How much the clause looks like a reflection, clipped to 0..1."""
    known = context.kept.get(clause.index)
    if known is None:
        known = context.kept[clause.index] = _points_of(context, clause)
    return known


def _points_of(context: Context, clause: Clause) -> float:
    points = _points()
    text = clause.text
    total = points["base"]
    stem = bool(_piece("stems").search(text))
    about_you = bool(_piece("about_you").search(text))
    overlap = context.overlap[clause.index]
    feelings = _felt(context, clause)
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
    elif _is_bare_feeling(clause, feelings):
        total += points["bare_feeling"]
    if match and match.kind is not CueKind.QUESTION:
        total += points["cue"] * match.strength / 2
    if not context.background.lines:
        total += points["no_context"]
    elif _piece("so_third").search(text):
        total += points["so_third"]
    if clause.sentence == 0 and not stem and not feelings and _asked_last(context):
        total += points["answer"]
    if _piece("directive").search(text) and not (stem and overlap > 0.8):
        total += points["directive"]
    if _piece("first_person").search(text) and not _piece("first_person_reflects").search(text):
        total += points["first_person"]
    elif not about_you and not stem and not feelings and _piece("third_party").search(text):
        total += points["third_party"]
    if len(clause.words) >= _SENTENCE and not grammar("function_words") & set(clause.words):
        total += points["pile"]
    if len(clause.words) < 3 and not feelings:
        total += points["short"]
    return max(0.0, min(1.0, total))


def _felt(context: Context, clause: Clause) -> list[Feeling]:
    """Unpleasant feelings named in the clause. "Your iron is low" names none."""
    if _piece("not_felt").search(clause.text):
        return []
    return [feeling for feeling in context.feelings[clause.index] if feeling.valence < 0]


def _asked_last(context: Context) -> bool:
    """Whether the client's last words were a question."""
    last = context.background.last
    return bool(last and last.clauses and asks(last.clauses[-1]))


def _is_bare_feeling(clause: Clause, feelings: Sequence[Feeling]) -> bool:
    """Whether a short clause is a feeling and little else ("Exhausting.", "Lonely way to carry it.")."""
    if not feelings or len(clause.words) > _BARE or "you" in clause.words:
        return False
    return feelings[0].start - clause.start < _NEAR


def _candidates(context: Context) -> Iterator[Clause]:
    """Clauses that state. "So you left?" states too: its mark only asks for a nod. A set-up clause right before a
    question in the same sentence is no reflection of its own."""
    for clause in context.utterance.clauses:
        if clause.index in context.asking:
            text = opening_text(clause)
            told = re.match(r"(?:you|your|and you|that)\b", text) and context.overlap[clause.index] > 0.3
            if not (states(clause) and (told or form("told_back").search(text))):
                continue
        if clause.is_reported(clause.start, clause.end) or _sets_up(context, clause):
            continue
        yield clause


def _sets_up(context: Context, clause: Clause) -> bool:
    """Whether the clause only leads up to the question that follows in its sentence (MITI 4.2.1)."""
    following = context.utterance.clauses[clause.index + 1 : clause.index + 2]
    asked = any(c.sentence == clause.sentence and c.index in context.asking for c in following)
    return asked and bool(_piece("sets_up").search(clause.text))


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
        named = _felt(context, clause) or [
            f for f in context.feelings[clause.index] if f.strength > 1 and f.valence > 0
        ]
        framed = bool(named) and (bool(_piece("feeling_frames").search(clause.text)) or _is_bare_feeling(clause, named))
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
    both_named = _piece("both_named").search(utterance.text) and not _piece("one_sided").search(utterance.text)
    if both_named and utterance.clauses and not context.asking:
        rule = "reflections.names_both_sides"
        yield Evidence("double_sided_reflection", 0, 0, len(utterance.text), 0.7, rule)
    if not reflecting:
        return
    start, end = reflecting[0][0].start, reflecting[-1][0].end
    weight = max(weight for _, weight in reflecting)
    first = reflecting[0][0].index
    if not _piece("one_sided").search(utterance.text) and (
        _piece("double_sided").search(utterance.text[start:end]) or (weight >= 0.5 and _takes_both_sides(context))
    ):
        yield Evidence("double_sided_reflection", first, start, end, max(weight, 0.6), "reflections.both_sides")
    taken = sum(
        1
        for line in context.background.lines[:4]
        if any(stem in line.content for clause, _ in reflecting for stem in clause.content)
    )
    drawn = bool(_piece("summary").search(utterance.text))
    listed = _pieces_taken(context)
    if _piece("agreed").search(utterance.text):
        return
    if (drawn and (len(reflecting) >= 2 or listed >= 2)) or (len(reflecting) >= 3 and taken >= 2 and weight >= 0.5):
        yield Evidence("summary", first, start, end, max(weight, 0.55), "reflections.draws_together")
    elif listed >= 4 and weight >= 0.5 and not context.asking:
        yield Evidence("summary", first, start, end, weight, "reflections.lists_what_was_told")


def _stems_near(context: Context, stems: frozenset[str], place: int, end: int) -> bool:
    """Whether any of the client's stems, or one that means the same, stands in the stretch."""
    tokens = [token for token in context.utterance.tokens if token.is_word and place <= token.start < end]
    return any(token.stem in stems or stems & synonyms(token.stem) for token in tokens)


def _takes_both_sides(context: Context) -> bool:
    """Whether the client's last line held two sides with a "but" between, and the reply takes up each."""
    last = context.background.last
    if last is None:
        return False
    turn = next((token for token in last.tokens if token.text in ("but", "though", "although", "yet")), None)
    joint = next((t for t in context.utterance.tokens if t.text in ("and", "but", "though", "yet", ",")), None)
    if turn is None or joint is None:
        return False
    sides = (
        frozenset(
            t.stem
            for t in last.tokens
            if t.is_word and t.start < turn.start and t.text not in grammar("function_words")
        ),
        frozenset(
            t.stem
            for t in last.tokens
            if t.is_word and t.start > turn.start and t.text not in grammar("function_words")
        ),
    )
    length = len(context.utterance.text)
    before, after = (0, joint.start), (joint.end, length)
    return any(
        _stems_near(context, sides[0] - sides[1], *one) and _stems_near(context, sides[1] - sides[0], *other)
        for one, other in ((before, after), (after, before))
    )


def _pieces_taken(context: Context) -> int:
    """How many stretches between commas take up something the client said."""
    terms = frozenset(context.background.terms)
    cuts = [
        0,
        *(t.end for t in context.utterance.tokens if t.text in (",", ";", ".", "and")),
        len(context.utterance.text),
    ]
    return sum(_stems_near(context, terms, start, end) for start, end in pairwise(cuts))


def copied_share(context: Context) -> float:
    """The share of the reply's words that stand in runs of four and more copied from the client's last line,
    pronouns swapped, 0 to 1."""
    if context.background.last is None:
        return 0.0
    plain = _bare(context.background.last.words)
    said = _bare(context.utterance.words)
    mirror = lexicon("grammar")["mirror"]
    runs = {tuple(line[i : i + 4]) for line in (plain, [mirror.get(w, w) for w in plain]) for i in range(len(line) - 3)}
    covered: set[int] = set()
    for i in range(len(said) - 3):
        if tuple(said[i : i + 4]) in runs:
            covered.update(range(i, i + 4))
    return len(covered) / len(said) if said else 0.0


def _bare(words: tuple[str, ...]) -> list[str]:
    """Words without leading fillers, we and our as I and my."""
    one = lexicon("grammar")["as_one"]
    fillers = frozenset(lexicon("grammar")["fillers"])
    start = next((place for place, word in enumerate(words) if word not in fillers), 0)
    return [one.get(word, word) for word in words[start:]]
