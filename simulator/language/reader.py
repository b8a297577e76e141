"""The reader: one reply, read against what the client had said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.catalogue.types import CueKind, Finding, Heard, Mention, PersonNames, Reading

READER_VERSION = "1"

# A point or topic must weigh at least this much to count as spoken of.
_MENTIONED = 0.55
# What is read of a reply; the rest is kept with the attempt and not read.
_MOST = 12_000


def warm_up() -> None:
    """Loads dictionaries and patterns, so that the first reply is not the slow one. Meant for a thread."""
    read("Hello, how are you?", Heard())


def read(text: str, heard: Heard | None = None) -> Reading:
    """What `text` does, read against `heard` (nothing, if None).

    Pure: the same words against the same background give the same reading. Any text is accepted. Spans are code
    points of the raw text. Only the first 12,000 characters are read.
    """
    from simulator.language.evidence import Context, run_detectors
    from simulator.language.gates import find_gates
    from simulator.language.heard import background, known_words
    from simulator.language.patterns import find_all
    from simulator.language.questions import asks, find_questions
    from simulator.language.resolve import quality_of, settle, to_findings
    from simulator.language.undertakings import find_offers, find_promises
    from simulator.language.utterance import take_apart

    heard = heard or Heard()
    utterance = take_apart(text[:_MOST], known_words(heard))
    asking = frozenset(clause.index for clause in utterance.clauses if asks(clause))
    hits = tuple(find_all(utterance, asking))
    context = Context(utterance, heard, background(heard), asking, hits)
    findings = to_findings(context, settle(run_detectors(context)))
    points = _points(context)
    findings = _with_forbidden(context, findings, points)
    addressed, findings = _addressed(context, findings)
    gates = tuple(dict.fromkeys(find_gates(context, findings)))
    return Reading(
        reply=text,
        findings=findings,
        questions=find_questions(utterance, asking, heard.topics, heard.last_topic),
        points=points,
        mentions=_mentions(context),
        offers=find_offers(utterance, heard.issues),
        promises=find_promises(utterance, asking),
        discrepancies=_discrepancies(context, findings),
        answered=_answered(context),
        refused=_refused(context),
        gates=gates,
        addressed=addressed,
        quality=quality_of(findings, gates),
        reader=READER_VERSION,
    )


def _points(context) -> tuple[Mention, ...]:  # type: ignore[no-untyped-def]
    """Desk items the reply brings."""
    from simulator.language import phrases

    found: list[Mention] = []
    for point in context.heard.points:
        best = None
        for clause in context.utterance.clauses:
            if clause.is_reported(clause.start, clause.end):
                continue
            if point.forbidden and (clause.index in context.asking or _denied(clause)):
                continue
            for match in phrases.find_any(point.words, clause.tokens)[:1]:
                if match.weight >= _MENTIONED and (best is None or match.weight > best.score):
                    best = Mention(point.id, context.utterance.span(match.start, match.end), match.weight)
        if best is not None:
            found.append(best)
    return tuple(found)


def _denied(clause) -> bool:  # type: ignore[no-untyped-def]
    from simulator.language.data import lexicon

    return bool(set(clause.words) & set(lexicon("grammar")["negators"])) or "if" in clause.words


def _with_forbidden(context, findings, points) -> tuple[Finding, ...]:  # type: ignore[no-untyped-def]
    """Bringing what one may not offer is an overpromise, whatever else it was read as."""
    forbidden = {point.id for point in context.heard.points if point.forbidden}
    brought = [mention for mention in points if mention.id in forbidden]
    if not brought or any(f.behaviour == "overpromise" for f in findings):
        return tuple(findings)
    first = brought[0]
    return (*findings, Finding("overpromise", first.span, round(min(0.9, first.score), 2), f"points.{first.id}"))


def _mentions(context) -> tuple[Mention, ...]:  # type: ignore[no-untyped-def]
    """Topics spoken of outside questions."""
    from simulator.language.questions import match_topic

    found: dict[str, Mention] = {}
    for clause in context.utterance.clauses:
        if clause.index in context.asking:
            continue
        topic, score = match_topic(clause, context.heard.topics)
        if topic is not None and score >= _MENTIONED and topic not in found:
            found[topic] = Mention(topic, context.utterance.span(clause.start, clause.end), score)
    return tuple(found.values())


def _answered(context) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """Cues taken up, feelings and worries as well as questions answered."""
    taken = {match.cue for match in context.cue_matches}
    kinds = {open_cue.cue.id: open_cue for open_cue in context.background.cues}
    first = context.utterance.words[:1]
    if first and first[0] in ("yes", "no"):
        # A plain yes or no answers the question that was just asked.
        taken |= {i for i, o in kinds.items() if o.cue.kind is CueKind.QUESTION and o.age == 0}
    return tuple(cue_id for cue_id in kinds if cue_id in taken)


def _refused(context) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """Questions the reply says it will not answer."""
    from simulator.language.data import lexicon
    from simulator.language.patterns import compile_pattern

    pattern = compile_pattern(lexicon("noise")["refusal"])
    if not any(pattern.search(clause.text) for clause in context.utterance.clauses):
        return ()
    return tuple(o.cue.id for o in context.background.cues if o.cue.kind is CueKind.QUESTION and o.age == 0)


def _discrepancies(context, findings) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """Topics about which the reply notices what does not fit, without blame."""
    from simulator.language.data import lexicon
    from simulator.language.patterns import compile_pattern
    from simulator.language.questions import match_topic

    shown = {finding.behaviour for finding in findings}
    if "note_discrepancy" not in shown and not compile_pattern(lexicon("reflecting")["discrepancy"]).search(
        context.utterance.text
    ):
        return ()
    topics = [match_topic(clause, context.heard.topics)[0] for clause in context.utterance.clauses]
    named = tuple(dict.fromkeys(topic for topic in topics if topic is not None))
    return named or ((context.heard.last_topic,) if context.heard.last_topic else ())


def _vocatives(context) -> Iterator[tuple[int, str]]:  # type: ignore[no-untyped-def]
    """Places (plain form) from which a person is spoken to by name."""
    for person in context.heard.people:
        for place in _called(context, person):
            yield place, person.id


def _called(context, person: PersonNames) -> Iterator[int]:  # type: ignore[no-untyped-def]
    names = {name.lower() for name in person.names}
    text = context.utterance.text
    for clause in context.utterance.clauses:
        inside = [token for token in clause.tokens if token.is_word]
        if not inside:
            continue
        opener = inside[min(clause.filler_count, len(inside) - 1)]
        after = text[opener.end : opener.end + 1]
        before = text[: inside[-1].start].rstrip()[-1:]
        pair = " ".join(token.text for token in inside[clause.filler_count : clause.filler_count + 2])
        if (opener.text in names or pair in names) and after in (",", "", "?", "!", ".", "-", ":", " "):
            follows = inside[clause.filler_count + 1].text if len(inside) > clause.filler_count + 1 else ""
            if after != " " or pair in names or follows in _SPOKEN_TO:
                yield clause.start
        elif inside[-1].text in names and (before == "," or len(inside) <= 3):
            yield clause.start


# After a name with no comma ("Carol what ...") these say that the name was called, not spoken about.
_SPOKEN_TO = frozenset(
    ["i", "you", "what", "how", "why", "who", "where", "when", "can", "could", "would", "do", "did", "are", "have",
     "it", "that", "please", "tell", "we", "your", "let", "may", "is"]
)  # fmt: skip


def _addressed(context, findings) -> tuple[str | None, tuple[Finding, ...]]:  # type: ignore[no-untyped-def]
    """Who was turned to by name (the last one), and the findings with whom each was said to."""
    calls = sorted(_vocatives(context))
    if not calls:
        return None, tuple(findings)
    raw_calls = [(context.utterance.span(place, place + 1).start, who) for place, who in calls]
    turned = []
    for finding in findings:
        to = next((who for start, who in reversed(raw_calls) if start <= finding.span.start), None)
        turned.append(replace(finding, to=to or raw_calls[0][1]))
    return calls[-1][1], tuple(turned)
