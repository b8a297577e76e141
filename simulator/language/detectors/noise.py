"""Noise: replies beyond words, too short, stuffed with stock phrases, or not to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.language import words
from simulator.language.data import lexicon
from simulator.language.evidence import Context, Evidence, detector, from_hits

_ACTION = re.compile(r"^\s*[(\[*](?P<inside>[^()\[\]*]{1,300})[)\]*]\s*$")
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
    strange = [w for w in longer if not words.is_known(w.removesuffix("'s")) and w not in names]
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
    yield from from_hits(context, ("off_topic", "too_short", "keyword_stuffing", "other_language"))
    limits = lexicon("gates")["limits"]
    share = unknown_share(context)
    foreign = sum(word in _foreign() for word in utterance.words)
    if utterance.words and (foreign >= 2 and foreign / len(utterance.words) > 0.3):
        yield Evidence("other_language", 0, 0, end, 0.9, "other_language.words")
    elif len(utterance.words) >= 3 and share >= float(limits["unknown_share"]):
        yield Evidence("other_language", 0, 0, end, 0.7, "other_language.unknown_words")
    elif not utterance.words or (len(utterance.words) <= 2 and share == 1.0):
        yield Evidence("not_understood", 0, 0, end, 0.9, "not_understood.no_words")


def _foreign() -> frozenset[str]:
    return frozenset(lexicon("noise")["foreign"])
