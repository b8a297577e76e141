"""The reader: one reply, read against what the client had said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.catalogue.types import Cue, Finding, Heard, Reading

if TYPE_CHECKING:
    from simulator.language.evidence import Context

READER_VERSION = "3"

# What is read of a reply, in characters; the rest is kept with the attempt and not read.
_MOST = 12_000


def warm_up() -> None:
    """Loads dictionaries and patterns, so that the first reply is not the slow one. Meant for a thread."""
    read("Hello, how are you?", Heard())


def cues_in(line: str) -> list[Cue]:
    """The cues of a client's line that no author annotated, marked inferred."""
    from simulator.language.clauses import take_apart
    from simulator.language.heard import infer_cues

    return infer_cues(take_apart(line))


def _context(text: str, heard: Heard) -> Context:
    """A reply taken apart, with everything it is read against."""
    from simulator.language.clauses import take_apart
    from simulator.language.evidence import Context
    from simulator.language.heard import background, known_words
    from simulator.language.patterns import find_all
    from simulator.language.questions import asks

    utterance = take_apart(text[:_MOST], lambda: known_words(heard))
    asking = frozenset(clause.index for clause in utterance.clauses if asks(clause))
    return Context(utterance, heard, background(heard), asking, tuple(find_all(utterance, asking)))


def is_sure(finding: Finding) -> bool:
    """Whether a finding counts: it is at least as likely as not."""
    from simulator.language import resolve

    return resolve.is_sure(finding)


def observe(text: str, heard: Heard) -> tuple[dict[str, float], frozenset[str]]:
    """What the light model is trained on: a reply's features, and the behaviours that the rules alone count."""
    from simulator.language.evidence import run_detectors
    from simulator.language.features import features
    from simulator.language.resolve import is_sure, settle, to_findings

    context = _context(text, heard)
    evidence = list(run_detectors(context))
    findings = to_findings(context, settle(context, evidence))
    return features(context, evidence), frozenset(one.behaviour for one in findings if is_sure(one))


def read(text: str, heard: Heard | None = None) -> Reading:
    """What `text` does, read against `heard` (nothing, if None).

    Pure: the same words against the same background give the same reading. Any text is accepted. Spans are code
    points of the raw text. Only the first 12,000 characters are read.
    """
    from simulator.language import uptake
    from simulator.language.calling import calls, findings_to, questions_to
    from simulator.language.evidence import run_detectors
    from simulator.language.gates import find_gates
    from simulator.language.questions import find_questions
    from simulator.language.resolve import quality_of, settle, to_findings
    from simulator.language.undertakings import find_offers, find_promises
    from simulator.language.weigh import weigh

    heard = heard or Heard()
    context = _context(text, heard)
    utterance, asking = context.utterance, context.asking
    points = uptake.points_brought(context)
    settled = to_findings(context, settle(context, weigh(context, run_detectors(context))))
    findings = uptake.with_points(context, settled, points)
    turned = calls(context)
    findings = findings_to(turned, uptake.with_forbidden(context, findings, points))
    gates = tuple(dict.fromkeys(find_gates(context, findings)))
    return Reading(
        reply=text,
        findings=findings,
        questions=questions_to(turned, find_questions(utterance, asking, heard, context.background.last)),
        points=points,
        mentions=uptake.topics_mentioned(context),
        offers=find_offers(utterance, heard.issues),
        promises=find_promises(utterance, asking),
        discrepancies=uptake.discrepancies(context, findings),
        answered=uptake.cues_answered(context),
        refused=uptake.cues_refused(context),
        gates=gates,
        addressed=turned.last,
        quality=quality_of(findings, gates),
        reader=READER_VERSION,
    )
