"""What the client says to a question, or to a point the learner brings: found in what they know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import CueKind, Question, QuestionKind, Span
from simulator.conversation import voice
from simulator.conversation.choose import Variant, stands_in, variants
from simulator.conversation.evaluate import Moment, holds, meter_name, sure

if TYPE_CHECKING:
    from simulator.scenario.people import Answer as WrittenAnswer
    from simulator.scenario.people import Topic
    from simulator.scenario.states import Transition

MOST = 2
"""Answers in one turn; a person asked more than that answers two."""

SURELY = 0.75
"""The score from which a question is surely about the whole of its topic."""

AGAIN = 0.15
"""How much less likely a question is about what was answered before than about something next to it."""

CLEARLY = 0.6
"""The confidence from which a question is taken for something said back, and not for a question."""

LONG_WORD = 4
"""Letters from which a word says what a question is about."""

GOING_ON = "more"
"""The common topic of a bare invitation to go on. Each of its variants is something further, not a
rewording."""

REFLECTIONS = "any_reflection"
"""The group of behaviours that say back what the client said."""

QUESTIONS = "questions"
"""The family of behaviours that only ask. A question that does something else as well is taken as that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said to one question or point. `source` counts it in `Position.answers`, empty where
    nothing is given; `topic` is what it is about; `subject` the words asked about; `score` says how sure the
    match is, 0 to 1."""

    tiers: tuple[tuple[Variant, ...], ...]
    source: str
    span: Span
    score: float
    topic: str | None = None
    subject: str = ""


def answers(moment: Moment, transition: Transition | None) -> tuple[Answer, ...]:
    """The answers to a reply in the order of its words: the two surest, of its questions and points
    together."""
    # A point says more than the topic of the question it was brought in ("Would a payment plan help?"); beside a
    # question of its own one point is answered.
    brought, asked = _by_score(_points(moment, transition)), _by_score(_topics(moment))
    asked = [answer for answer in asked if not any(_overlap(answer.span, other.span) for other in brought)]
    if asked and asked[0].score >= SURELY:  # beside a sure answer one that may miss its question is left out
        asked = [answer for answer in asked if answer.score >= SURELY]
    found: list[Answer] = []
    for answer in (*(brought[:1] if asked else brought), *asked):
        if not any(_overlap(answer.span, other.span) for other in found):
            found.append(answer)
    return tuple(sorted(found[:MOST], key=lambda answer: (answer.span.start, answer.span.end)))


def _by_score(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: -answer.score)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def unforeseen(moment: Moment, *, beside: str = "") -> Answer | None:
    """What the listener says to the first question nothing they know answers; None where there is none. `beside`
    words that press more, a question is only put off, and not at all where it asks for a yes or they take it up.

    A question they have just asked themselves gets `asked_back`, what they have just meant `asked_meaning`, an
    invitation to go on `told_nothing`, a proposal `asked_to_agree`, any other what fits its kind (`asked` in
    reactions.yaml) or `asked_unknown`.
    """
    for question in moment.reading.questions:
        if _does_something_else(moment, question):
            continue
        if beside and (question.kind is QuestionKind.YES_NO or _takes_up(beside, moment, question)):
            continue
        if beside:
            special, keys = None, ["asked_beside"]
        else:
            special, keys = _special(moment, question), _by_kind(question)
        asked = _put_to(moment, question) or _hearing(moment, question)
        wanted = [[special], keys] if special else [keys]
        tiers = [voice.lines(moment.scenario, moment.position, asked, each) for each in wanted]
        return Answer(
            tuple(tier for each in tiers for tier in each),
            "",
            question.span,
            question.score,
            None,
            question.subject,
        )
    return None


def _special(moment: Moment, question: Question) -> str | None:
    """What kind of question nobody foresaw it is, where the client has a word for that whatever it asks for."""
    if _asked_back(moment, question):
        return "asked_back"
    if question.meaning:
        return "asked_meaning"
    if question.topic == GOING_ON or (question.kind is QuestionKind.MORE and not question.subject):
        return "told_nothing"
    return "asked_to_agree" if question.proposes else None


def _by_kind(question: Question) -> list[str]:
    """What is said to a question nobody foresaw: what fits the kind of answer it asks for, else what fits all."""
    kinds: Mapping[str, str] = voice.settings()["asked"]
    return [kinds[question.kind], "asked_unknown"] if question.kind in kinds else ["asked_unknown"]


def _takes_up(words: str, moment: Moment, question: Question) -> bool:
    """Whether words speak of what a question asks about: a longer word of it stands in them."""
    asked = moment.reading.reply[question.span.start : question.span.end]
    return any(stands_in(word, words) for word in re.findall(r"[^\W\d_]+", asked) if len(word) >= LONG_WORD)


def _topics(moment: Moment) -> Iterator[Answer]:
    """One answer for each question that has one that fits; on one topic the surest question counts."""
    asked: set[str | None] = set()
    for question in sorted(moment.reading.questions, key=lambda question: -question.score):
        if question.topic is None or question.topic in asked:
            continue
        if _only_reflects(moment, question) or _harms(moment, question):
            continue
        answer = max(_likely(moment, question), key=lambda answer: _likelihood(moment, answer), default=None)
        if answer is not None and answer.topic not in asked:
            asked |= {answer.topic, question.topic}
            yield answer


def _likely(moment: Moment, question: Question) -> Iterator[Answer]:
    """What may be said to a question, by each topic that it may be about."""
    assert question.topic is not None  # noqa: S101 (the caller has looked)
    for topic, score in ((question.topic, question.score), *question.others):
        person = _who_knows(moment, question, topic)
        answer = _on_topic(moment, person, topic, replace(question, topic=topic, score=score)) if person else None
        if answer is not None:
            yield answer


def _likelihood(moment: Moment, answer: Answer) -> float:
    """How likely an answer is the one asked for: less so one that was given before."""
    return answer.score - (AGAIN if answer.source in moment.position.answers else 0.0)


def _who_knows(moment: Moment, question: Question, topic: str) -> str | None:
    """Whoever it was put to by name answers, or nobody; else the listener if they know it, else anyone who
    does."""
    people = moment.scenario.people
    called = _put_to(moment, question)
    order = [called] if called else [_hearing(moment, question), *people]
    return next((person for person in order if topic in people[person].knows), None)


def _put_to(moment: Moment, question: Question) -> str | None:
    """The person a question was put to by name; None where nobody was named."""
    called = moment.reading.addressed if question.to is None else question.to
    return called if called in moment.scenario.people else None


def _hearing(moment: Moment, question: Question) -> str:
    """Who a question is for where nobody was named: the listener, but for one put before somebody else was turned to
    who spoke last."""
    return moment.listener if question.to is None else moment.position.speaker or moment.scenario.first_person


def _on_topic(moment: Moment, person: str, topic: str, question: Question) -> Answer | None:
    scenario, position = moment.scenario, moment.position
    known: Topic = scenario.people[person].knows[topic]
    trust = position.meters[meter_name(scenario, "trust", person)]
    theirs = moment.of(person)
    for number, written in enumerate(known.answers, start=1):
        line = written.line_at(trust)
        if not written.accepts(question.kind) or not _stands(written, theirs) or not holds(line.when, theirs):
            continue
        place = topic if person == scenario.first_person else f"{person}/{topic}"
        # What was said guardedly may be told once more, to someone trusted by now.
        tone = "" if line is written.line else "/trusting" if line is written.trusting else "/guarded"
        source = f"topic:{place}/{number}{tone}"
        said = variants(line, source, person)
        left = any(variant.key not in position.used for variant in said)
        again = _again(moment, person, question, variants(known.again, f"topic:{place}/again", person))
        # A question that may be about something else is not told that it was answered.
        further = left and (topic == GOING_ON or question.score < SURELY)
        # Even an answer not given yet may stand in the words just said; then it counts as said.
        tiers = [said, *again] if source not in position.answers or further else again
        return Answer(tuple(tiers), source, question.span, question.score, topic, question.subject)
    return None


def _stands(written: WrittenAnswer, moment: Moment) -> bool:
    """Whether an answer may be given now. A lie lasts until the fact it hides is told."""
    return written.hides not in moment.position.told and holds(written.when, moment)


def _again(moment: Moment, person: str, question: Question, again: tuple[Variant, ...]) -> list[tuple[Variant, ...]]:
    """What is said to a question that was answered before."""
    sure = question.score >= SURELY
    own = [again] if again and sure and holds(again[0].line.when if again[0].line else None, moment.of(person)) else []
    nothing = voice.lines(moment.scenario, moment.position, person, ["told_nothing"])
    already = voice.lines(moment.scenario, moment.position, person, ["asked_again"])
    return [*own, *nothing, *already] if question.kind is QuestionKind.MORE else [*own, *already]


def _points(moment: Moment, transition: Transition | None) -> Iterator[Answer]:
    """The client's line to each point brought for the first time, unless the transition's own line speaks to
    it."""
    scenario, position = moment.scenario, moment.position
    spoken_to = transition.when.uses if transition is not None and transition.speaks else frozenset()
    for mention in moment.reading.points:
        item = scenario.points.get(mention.id)
        if item is None or item.line is None or ("point", mention.id) in spoken_to:
            continue
        source = f"point:{mention.id}"
        # It may be guarded by `not given`, of itself: what is being brought now was not given before.
        given = tuple(point for point in position.given if point != mention.id)
        earlier = replace(moment, position=replace(position, given=given))
        if source in position.answers or not holds(item.when, earlier) or not holds(item.line.when, earlier):
            continue
        said = variants(item.line, source, scenario.first_person)
        yield Answer((said,), source, mention.span, mention.score)


def _asked_back(moment: Moment, question: Question) -> bool:
    """Whether the learner only asks what the client has just asked."""
    asked = moment.reading.reply[question.span.start : question.span.end]
    return any(
        cue.age == 0 and cue.cue.kind is CueKind.QUESTION and any(stands_in(word, asked) for word in cue.cue.words)
        for cue in moment.position.cues
        if cue.cue.id not in moment.reading.answered
    )


def _only_reflects(moment: Moment, question: Question) -> bool:
    """Whether a question only says something back and asks if that is right ("So the kids read it?")."""
    told_back = question.states and question.kind is QuestionKind.YES_NO
    return told_back and not catalogue().expand(REFLECTIONS).isdisjoint(_shown_in(moment, question, least=CLEARLY))


def _harms(moment: Moment, question: Question) -> bool:
    """Whether a question is advice, a jab or an order in the form of one, and only touches its topic."""
    known = catalogue()
    harm = {one for one in _shown_in(moment, question) if known.valence(one) == "harms"}
    return question.score < SURELY and any(known.behaviours[one].family != QUESTIONS for one in harm)


def _does_something_else(moment: Moment, question: Question) -> bool:
    """Whether the words of a question were found to do something other than ask: reflect, offer, greet."""
    known = catalogue().behaviours
    return any(known[behaviour].family != QUESTIONS for behaviour in _shown_in(moment, question))


def _shown_in(moment: Moment, question: Question, *, least: float = 0.0) -> set[str]:
    """The behaviours found in the words of a question, at `least` so surely."""
    return {
        finding.behaviour
        for finding in sure(moment.reading.findings)
        if finding.confidence >= least
        and finding.span.start < question.span.end
        and question.span.start < finding.span.end
    }
