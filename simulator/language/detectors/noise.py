"""Noise: replies beyond words, too short, stuffed with stock phrases, or not to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from simulator.catalogue.types import QuestionKind
from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector
from simulator.language.history import client_asked, listed, piece
from simulator.language.questions import kind_of
from simulator.language.topics import match_topic

_ACTION = re.compile(r"^\s*[(\[*](?P<inside>[^()\[\]*]{1,300})[)\]*]\s*$")
_STRAY = re.compile(r"^[^aeiouy]+$|[^aeiouy]{5,}")
_ACTION_INSIDE = re.compile(r"[(\[*](?P<inside>[^()\[\]*]{3,300})[)\]*]")


def is_silence(raw: str) -> bool:
    """Whether the reply is a silence: empty, dots, or a stage direction that says so."""
    bare = raw.strip()
    if not any(char.isalnum() for char in bare):
        return not bare or set(bare) <= set(".…-– ")
    inside = _ACTION.match(bare)
    return bool(inside and re.search(lexicon("noise")["silence"], inside.group("inside").lower()))


def action_in(raw: str) -> re.Match[str] | None:
    """A stage direction in the reply ("(I sit down beside her)"), or None."""
    return _ACTION.match(raw) or _ACTION_INSIDE.search(raw)


def unknown_share(context: Context) -> float:
    """The share of words (three letters and more) that no English dictionary knows, 0 to 1."""
    longer = [word for word in context.utterance.words if len(word) > 2]
    if not longer:
        return 0.0
    names = {name.lower() for person in context.heard.people for name in person.names}
    said = {word for line in context.background.lines for word in line.words}
    strange = [w for w in longer if not words.is_known(w.removesuffix("'s")) and w not in names and w not in said]
    return len(strange) / len(longer)


@detector("noise")
def noise(context: Context) -> Iterator[Evidence]:
    """Evidence of the noise family."""
    utterance = context.utterance
    end = len(utterance.text)
    if is_silence(utterance.raw):
        yield Evidence("silence", 0, 0, end, 0.95, "silence.nothing_said")
        return
    action = action_in(utterance.raw)
    if action is not None:
        yield Evidence("action", 0, 0, end, 0.9, "action.stage_direction")
    limits = lexicon("gates")["limits"]
    share = unknown_share(context)
    foreign = sum(word in _foreign() for word in utterance.words)
    if utterance.words and (foreign >= 2 and foreign / len(utterance.words) > 0.3):
        yield Evidence("other_language", 0, 0, end, 0.9, "other_language.words")
    elif _is_bare(utterance.words):
        yield from _too_short(context)
    elif share >= float(limits["unknown_share"]) and _unsayable(utterance.words):
        yield Evidence("not_understood", 0, 0, end, 0.9, "not_understood.stray_keys")
    elif len(utterance.words) >= 3 and share >= float(limits["unknown_share"]):
        yield Evidence("other_language", 0, 0, end, 0.7, "other_language.unknown_words")
    elif (not utterance.words and not any(char.isdigit() for char in utterance.text)) or (
        utterance.words and len(utterance.words) <= 2 and share == 1.0
    ):
        yield Evidence("not_understood", 0, 0, end, 0.9, "not_understood.no_words")
    elif piece("salad").search(utterance.text) and not _ties_in(context):
        yield Evidence("not_understood", 0, 0, end, 0.6, "not_understood.word_salad")
    if piece("elsewhere").search(utterance.text) and not _ties_in(context):
        yield Evidence("off_topic", 0, 0, end, 0.65, "off_topic.elsewhere")
    yield from _stuffed(context)
    yield from _worn_out(context)


def _is_bare(said: tuple[str, ...]) -> bool:
    """Whether the reply is no more than a bare word or two."""
    text, bare = " ".join(said), listed("bare")
    return bool(said) and len(said) <= 4 and (text in bare or all(word in bare for word in said))


def _too_short(context: Context) -> Iterator[Evidence]:
    """A bare word in place of an answer, or for the third time running."""
    first = context.utterance.words[0]
    earlier = context.background.replies[:2]
    last = context.background.last
    kinds = {kind_of(clause) for clause in last.clauses if clause.asked} if last else set()
    answers = first in ("yes", "no") and len(context.utterance.words) == 1 and kinds == {QuestionKind.YES_NO}
    dodges = client_asked(context) and not answers
    if dodges or (len(earlier) == 2 and all(_is_bare(reply.words) for reply in earlier)):
        rule = "too_short.answers_nothing" if dodges else "too_short.turn_after_turn"
        yield Evidence("too_short", 0, 0, len(context.utterance.text), 0.75, rule)


def _unsayable(said: tuple[str, ...]) -> bool:
    """Whether most of the words are stray keys: no vowel, or five consonants in a row."""
    longer = [word for word in said if len(word) > 2]
    stray = [word for word in longer if not words.is_known(word) and _STRAY.search(word)]
    return bool(longer) and len(stray) >= 0.5 * len(longer)


def _ties_in(context: Context) -> bool:
    """Whether the reply takes up anything the client said or the scenario foresees."""
    if any(weight > 0.2 for weight in context.overlap.values()):
        return True
    return any(match_topic(clause, context.heard.topics)[0] for clause in context.utterance.clauses)


def _stuffed(context: Context) -> Iterator[Evidence]:
    """Phrases of good practice strung together, with nothing of this client's in them."""
    text, limits = context.utterance.text, lexicon("gates")["limits"]
    found = [phrase for phrase in listed("stock") if phrase in text]
    taken = sum(context.overlap.values())
    if len(found) >= int(limits["stuffing_stems"]) and taken < float(limits["own_words"]) * len(found):
        yield Evidence("keyword_stuffing", 0, 0, len(text), 0.8, "keyword_stuffing.stock_phrases")


def _worn_out(context: Context) -> Iterator[Evidence]:
    """The same first words for the third time among the last replies."""
    if context.asking or not context.utterance.clauses:
        return
    opening = context.utterance.clauses[0].opening[:3]
    earlier = [reply.clauses[0].opening[:3] for reply in context.background.replies[:4] if reply.clauses]
    if len(opening) == 3 and earlier.count(opening) >= 2:
        end = context.utterance.clauses[0].end
        yield Evidence("stock_phrase_repeat", 0, 0, end, 0.75, "stock_phrase_repeat.same_opening")


@cache
def _foreign() -> frozenset[str]:
    return frozenset(lexicon("noise")["foreign"])
