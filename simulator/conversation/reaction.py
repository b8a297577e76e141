"""How the client takes a reply: the first part of their next utterance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import CueKind, Finding
from simulator.conversation import voice
from simulator.conversation.choose import Variant, pick, stands_in
from simulator.conversation.evaluate import Moment, sure
from simulator.conversation.promises import quoted
from simulator.conversation.temperament import temperament

SHORT = 12
"""Words a reaction may have beside an answer."""

STRONG = 0.7
"""The confidence from which help is strong, where its strength does not say so already."""

PLAIN = 0.6
"""The confidence from which help is spoken to at all, where it takes up no cue."""

FULL = 2
"""The strength of help that takes a cue up fully."""

FAR = 60
"""Characters of the learner's words a client can be expected to say back."""


def say(moment: Moment, slot: str, tiers: Iterable[Collection[Variant]], subject: str = "") -> Variant | None:
    """The variant of these tiers that is said in this place of the utterance, or None where none can be."""
    found = [tuple(tier) for tier in tiers if tier]
    if not found:
        return None
    return pick(found, moment.position, slot, _blanks(moment, found[0][0].who, subject))


def to_harm(moment: Moment, *, apart_from: Collection[str] = ()) -> Variant | None:
    """What the listener says to the harm in a reply, the surest first; None where there is none.

    `apart_from` are behaviours that something else in the utterance speaks to.
    """
    harm = [one for one in voice.harm_in(sure(moment.reading.findings)) if one.behaviour not in apart_from]
    if not harm:
        return None
    return say(moment, "reaction", _tiers(moment, harm)) or say(moment, "reaction", _last(moment))


def to_help(moment: Moment) -> Variant | None:
    """A short word to strong help, for beside an answer; None where there is none."""
    moving = [
        finding
        for finding in voice.ranked(sure(moment.reading.findings))
        if voice.is_moving(finding) and (finding.strength >= FULL or finding.confidence >= STRONG)
    ]
    tiers = _tiers(moment, moving)
    return say(moment, "reaction", [[one for one in tier if len(one.text.split()) <= SHORT] for tier in tiers])


def to_reply(moment: Moment, *, must: bool) -> Variant | None:
    """What the listener says to a reply without harm. With `must` there is something to say to any reply."""
    shown = {*moment.reading.gates, *(finding.behaviour for finding in sure(moment.reading.findings))}
    special = {
        name: _lines(moment, [key for key in voice.settings()[name] if key in shown]) for name in ("instead", "besides")
    }
    helpful = _tiers(moment, voice.ranked(one for one in sure(moment.reading.findings) if _answerable(one)))
    found = say(moment, "reaction", special["instead"] or [*helpful, *special["besides"]])
    return found or (say(moment, "reaction", _last(moment)) if must else None)


def _answerable(finding: Finding) -> bool:
    """Whether help is plain enough to be spoken to: thanking for what was hardly said sounds deaf."""
    reflects = finding.behaviour in catalogue().expand("any_reflection")
    return finding.confidence >= (STRONG if reflects else PLAIN) or finding.strength > 0


def anything(moment: Moment) -> Variant:
    """Something in character that differs from the last utterance, when nothing else could be said."""
    person = moment.scenario.people[moment.listener]
    every = [*person.voice, *temperament(person.temperament).voice]
    tiers = [*_last(moment), *_lines(moment, dict.fromkeys(every))]
    forgetful = replace(moment, position=replace(moment.position, recent=()))
    found = say(moment, "reaction", tiers) or say(forgetful, "reaction", tiers)
    if found is None:
        raise ValueError(f"{person.name} has nothing to say to anything")
    return found


def _tiers(moment: Moment, findings: Iterable[Finding]) -> voice.Tiers:
    tiers: voice.Tiers = []
    for finding in findings:
        keys = voice.keys_of(finding.behaviour)
        if finding.behaviour in catalogue().expand("any_information"):
            keys = (*keys, "told_something")
        tiers += _lines(moment, keys)
    return tiers


def _last(moment: Moment) -> voice.Tiers:
    return _lines(moment, voice.settings()["last"])


def _lines(moment: Moment, keys: Iterable[str]) -> voice.Tiers:
    return voice.lines(moment.scenario, moment.position, moment.listener, keys)


def _blanks(moment: Moment, who: str, subject: str) -> Mapping[str, str]:
    """What can be filled into a line. Words of the learner's that nobody would say back are left out."""
    values = {"subject": subject, "promise": quoted(moment.position), "feeling": _feeling(moment)}
    short = {blank: " ".join(words.split()) for blank, words in values.items() if len(words) <= FAR}
    return {"name": moment.scenario.people[who].name, **short}


def _feeling(moment: Moment) -> str:
    """The feeling the reply named, in the author's word for it."""
    cues = (moment.scenario.cues[name] for name in moment.reading.answered if name in moment.scenario.cues)
    words = (word for cue in cues if cue.kind is CueKind.FEELING for word in cue.words)
    return next((word for word in words if stands_in(word, moment.reading.reply)), "")
