"""What the client offered and what became of it: cues stay open, are taken up, are dodged, or close
unanswered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.catalogue.types import CueKind, Finding, OpenCue, Reading, Span

CLOSES_AT = 4
"""A cue this many client utterances old is closed: the talk has moved on."""

DODGED_AFTER = 2
"""A question passed over this often was dodged; once may be a pause for thought."""

DODGE_RULE = "question_left_open"
"""Names the rule in the findings this module adds."""

DODGE = 0.6
"""How sure it is that a question was dodged: it counts, but harm done in so many words weighs more."""


def pass_over(cues: Iterable[OpenCue], reading: Reading) -> tuple[OpenCue, ...]:
    """The cues still open after a reply, each that it left alone passed over once more.

    A reply nobody understood passes nothing over: the learner loses the moment, not more. A question
    refused outright counts as passed over often enough to have been dodged.
    """
    step = 0 if "not_understood" in reading.gates else 1
    still_open = []
    for cue in cues:
        if cue.cue.id in reading.answered:
            continue
        least = DODGED_AFTER if cue.cue.id in reading.refused else 0
        still_open.append(replace(cue, passed_over=max(cue.passed_over + step, least)))
    return tuple(still_open)


def dodges(before: Iterable[OpenCue], after: Iterable[OpenCue], reading: Reading) -> tuple[Finding, ...]:
    """A finding `deflect` for each question this reply refused or passed over for the second time.

    The evidence is the client's question, which `cue` names; the span is the whole reply. A dodge
    the reading already holds is not found twice.
    """
    known = {finding.cue for finding in reading.findings if finding.behaviour == "deflect"}
    passed = {cue.cue.id: cue.passed_over for cue in before}
    whole = Span(0, len(reading.reply))
    return tuple(
        Finding("deflect", whole, DODGE, DODGE_RULE, cue=cue.cue.id, to=cue.who or None)
        for cue in after
        if cue.cue.kind is CueKind.QUESTION
        and cue.cue.id not in known
        and (cue.cue.id in reading.refused or passed[cue.cue.id] < DODGED_AFTER <= cue.passed_over)
    )


def grow_older(cues: Iterable[OpenCue], offered: Iterable[OpenCue]) -> tuple[tuple[OpenCue, ...], tuple[str, ...]]:
    """The cues open after the client's next utterance, oldest first, and the ids of those that closed
    unanswered.

    `offered` are the cues of that utterance. One offered again is fresh; what was passed over once stays so,
    and what was dodged already starts anew.
    """
    new = {cue.cue.id: cue for cue in offered}
    kept, missed = [], []
    for cue in cues:
        if cue.cue.id in new:
            new[cue.cue.id] = replace(new[cue.cue.id], passed_over=cue.passed_over % DODGED_AFTER)
        elif cue.age + 1 >= CLOSES_AT:
            missed.append(cue.cue.id)
        else:
            kept.append(replace(cue, age=cue.age + 1))
    return (*kept, *new.values()), tuple(missed)
