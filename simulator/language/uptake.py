"""What a reply takes up and brings: desk points, topics spoken of, cues answered or refused, things that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from re import Pattern

from simulator.catalogue.types import CueKind, Finding, Mention
from simulator.language import phrases
from simulator.language.data import lexicon
from simulator.language.detectors.noise import action_in
from simulator.language.evidence import Context
from simulator.language.patterns import compile_pattern
from simulator.language.questions import OPEN_KINDS, kind_of
from simulator.language.topics import match_topic
from simulator.language.utterance import Clause

# A point or topic must weigh at least this much to count as spoken of.
_MENTIONED = 0.55
# And this much, where two words of it only stand near each other.
_HINTED = 0.6


@cache
def _piece(file: str, name: str) -> Pattern[str]:
    return compile_pattern(lexicon(file)[name])


def _denied(clause: Clause, place: int) -> bool:
    """Whether what stands at `place` is said not to be so, or only supposed."""
    return clause.negated(place) or "if" in clause.words


def _is_action(context: Context, place: int) -> bool:
    """Whether the place stands in a stage direction: what is done is not said."""
    action = action_in(context.utterance.raw)
    if action is None:
        return False
    return action.start() <= context.utterance.span(place, place + 1).start < action.end()


def points_brought(context: Context) -> tuple[Mention, ...]:
    """Desk items the reply brings, each with its best match. What one may not offer counts only when it is offered,
    not when it is asked about or declined."""
    found: list[Mention] = []
    for point in context.heard.points:
        best: Mention | None = None
        for clause in context.utterance.clauses:
            if clause.is_reported(clause.start, clause.end):
                continue
            if point.forbidden and clause.index in context.asking:
                continue
            for match in phrases.find_any(point.words, clause.tokens)[:1]:
                if point.forbidden and (_denied(clause, match.start) or _is_action(context, match.start)):
                    continue
                least = _HINTED if match.hinted else _MENTIONED
                if match.weight >= least and (best is None or match.weight > best.score):
                    best = Mention(point.id, context.utterance.span(match.start, match.end), match.weight)
        if best is not None:
            found.append(best)
    return tuple(found)


def with_forbidden(context: Context, findings: Iterable[Finding], points: Iterable[Mention]) -> tuple[Finding, ...]:
    """Bringing what one may not offer is an overpromise, whatever else it was read as."""
    findings = tuple(findings)
    forbidden = {point.id for point in context.heard.points if point.forbidden}
    brought = [mention for mention in points if mention.id in forbidden]
    if not brought or any(finding.behaviour == "overpromise" for finding in findings):
        return findings
    first = brought[0]
    return (
        *findings,
        Finding("overpromise", first.span, round(min(0.9, first.score), 2), f"points.{first.id}"),
    )


def with_points(context: Context, findings: Iterable[Finding], points: Sequence[Mention]) -> tuple[Finding, ...]:
    """The findings with what bringing the points shows; two options and more together are a package."""
    findings = tuple(findings)
    known = {point.id: point for point in context.heard.points}
    found = {finding.behaviour for finding in findings if finding.confidence >= _MENTIONED}
    added: dict[str, Finding] = {}
    options = [point for point in points if "generate_option" in known[point.id].shows]
    shown = [(behaviour, point) for point in points for behaviour in known[point.id].shows]
    if len(options) > 1:
        shown.append(("package_offer", options[0]))
    for behaviour, point in shown:
        if behaviour not in found:
            sure = round(min(0.9, point.score), 2)
            added.setdefault(behaviour, Finding(behaviour, point.span, sure, f"points.{point.id}"))
    return (*(finding for finding in findings if finding.behaviour not in added), *added.values())


def topics_mentioned(context: Context) -> tuple[Mention, ...]:
    """Topics spoken of outside questions."""
    found: dict[str, Mention] = {}
    for clause in context.utterance.clauses:
        if clause.index in context.asking:
            continue
        topic, score = match_topic(clause, context.heard.topics)
        if topic is not None and score >= _MENTIONED and topic not in found:
            found[topic] = Mention(topic, context.utterance.span(clause.start, clause.end), score)
    return tuple(found.values())


def cues_answered(context: Context) -> tuple[str, ...]:
    """Ids of the cues taken up. A plain yes or no answers the question that was just asked.

    A closed question that only names what a cue is about ("Is the letter here?") does not take it up.
    """
    closed = {
        clause.index
        for clause in context.utterance.clauses
        if clause.index in context.asking and kind_of(clause) not in OPEN_KINDS
    }
    taken = {match.cue for match in context.cue_matches if match.strength > 1 or match.clause not in closed}
    if context.utterance.words[:1] and context.utterance.words[0] in ("yes", "no"):
        fresh = [c.cue.id for c in context.background.cues if c.cue.kind is CueKind.QUESTION and c.age == 0]
        taken |= set(fresh[-1:])  # a yes answers the latest question, not each of them
    return tuple(open_cue.cue.id for open_cue in context.background.cues if open_cue.cue.id in taken)


def cues_refused(context: Context) -> tuple[str, ...]:
    """Ids of the questions just asked that the reply says it will not answer."""
    refusal = _piece("noise", "refusal")
    if not any(refusal.search(clause.text) for clause in context.utterance.clauses):
        return ()
    return tuple(
        open_cue.cue.id
        for open_cue in context.background.cues
        if open_cue.cue.kind is CueKind.QUESTION and open_cue.age == 0
    )


def discrepancies(context: Context, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Topics about which the reply notices, without blame, what does not fit."""
    noticed = any(finding.behaviour == "note_discrepancy" for finding in findings)
    if not noticed and not _piece("reflecting", "discrepancy").search(context.utterance.text):
        return ()
    topics = [match_topic(clause, context.heard.topics)[0] for clause in context.utterance.clauses]
    named = tuple(dict.fromkeys(topic for topic in topics if topic is not None))
    return named or ((context.heard.last_topic,) if context.heard.last_topic else ())
