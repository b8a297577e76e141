"""A talk from its first line to its end, one reply at a time. Everything here is pure: values in, values
out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import common_topics
from simulator.catalogue.types import Heard, HeardLine, OpenCue, Reading, TopicWords
from simulator.conversation import promises
from simulator.conversation.compose import Said, compose, opening, utterance
from simulator.conversation.cues import dodges, grow_older, pass_over
from simulator.conversation.effects import apply, offered, react
from simulator.conversation.evaluate import Moment, evidence, gamed, holds, marks, meter_name, sure
from simulator.conversation.kept import per_scenario
from simulator.conversation.knowledge import GOING_ON
from simulator.conversation.machine import fire
from simulator.conversation.turn import Effect, IssueState, Position, Turn, Utterance

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.states import Transition

LINES_HEARD = 6
"""Utterances, of both sides, that a reply is read against."""

REMEMBERED = 4
"""Client texts kept in the position."""

RISK_QUESTIONS = frozenset({"ask_risk_directly", "safety_check"})
"""Behaviours that `unsafe_when` turns into harm: the one who may be the danger can hear."""

UNSAFE = "unsafe_question"
"""What they are then."""

STAYED = "no condition held"
"""Why a talk stays where it is."""


def begin(scenario: Scenario, seed: int) -> tuple[Position, Utterance]:
    """Where an attempt starts, and the client's first words. The seed decides between variants of lines."""
    meters = {meter_name(scenario, name): float(meter.start) for name, meter in scenario.all_meters.items()}
    position = Position(
        state=scenario.start,
        seed=seed,
        meters=meters,
        counters=dict(scenario.counters),
        visited=(scenario.start,),
        issues={name: IssueState(issue.start) for name, issue in scenario.issues.items()},
        shown=((),),
        speaker=scenario.first_person,
    )
    said = opening(Moment(scenario, position, Reading(""), scenario.first_person))
    spoken = utterance(scenario, said, scenario.states[scenario.start].later or "")
    position, _, _ = _say(scenario, replace(position, shown=()), said)
    return _hear(position, said, spoken)[0], spoken


def heard(scenario: Scenario, position: Position, lines: Sequence[HeardLine]) -> Heard:
    """What the next reply is to be read against. `lines` are the utterances of the talk, oldest first."""
    return Heard(
        lines=tuple(lines[-LINES_HEARD:]),
        cues=position.cues,
        topics=_topics(scenario),
        last_topic=position.last_topic,
        points=scenario.point_words,
        issues=scenario.issue_words,
        people=scenario.person_names,
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reply has decided before anybody speaks: the moment conditions are tested at, the transition taken (None:
    the talk stays), the state or ending it leads to, the default reactions, and the cues left open."""

    moment: Moment
    transition: Transition | None
    state: str
    effects: tuple[Effect, ...]
    open_cues: tuple[OpenCue, ...]


def decide(scenario: Scenario, position: Position, reading: Reading) -> Decision:
    """The first half of a turn: the default reactions to what was read, and the first transition whose condition
    holds. Raises ValueError as `advance` does."""
    if position.ending is not None:
        raise ValueError(f"the talk has ended ({position.ending})")
    if position.state not in scenario.states:
        raise ValueError(f"there is no state {position.state!r} in the scenario {scenario.id}")
    open_cues = pass_over(position.cues, reading)
    if dodged := dodges(position.cues, open_cues, reading):
        reading = replace(reading, findings=(*reading.findings, *dodged))
    listener = _listener(scenario, position, reading)
    reading = _where_unsafe(Moment(scenario, position, reading, listener))

    position = _count_in(scenario, position, reading, listener)
    position, effects = react(scenario, position, sure(reading.findings), listener, gamed=gamed(reading))
    moment = Moment(scenario, position, reading, listener)
    if position.promises:
        moment = replace(moment, position=promises.kept(moment))
    transition, state = fire(moment)
    return Decision(moment, transition, state, effects, open_cues)


def advance(scenario: Scenario, position: Position, reading: Reading) -> Turn:
    """The turn a reply makes. Raises ValueError when the talk has ended, or `position` is not of this
    scenario.

    In this order: the default reactions to what was read, the first transition whose condition holds with its
    effects, the answer on the new meters, the utterance. The same values always give the same turn.
    """
    return carry_out(position, decide(scenario, position, reading))


def carry_out(before: Position, decision: Decision) -> Turn:
    """The second half of a turn: what was decided `before` takes its effects, and the client speaks."""
    scenario = decision.moment.scenario
    moment, transition, effects = decision.moment, decision.transition, decision.effects
    why = _why(transition, moment)
    position, changed = _take(moment, transition, decision.state)
    effects += changed
    moved = position.state != before.state

    said = compose(replace(moment, position=position), transition, moment if moved else None)
    entered = scenario.states.get(position.state) if moved else None
    spoken = utterance(scenario, said, (entered.later if entered else None) or "")
    position, changed, told = _say(scenario, replace(position, cues=decision.open_cues), said)
    position = replace(position, last_topic=_last_topic(said, moment.reading, before))
    position, missed = _hear(position, said, spoken)
    return Turn(
        number=position.turn,
        reading=moment.reading,
        before=before,
        after=position,
        transition=transition.id if transition else None,
        why=why,
        effects=effects + changed,
        told=told,
        utterance=spoken,
        missed=missed,
    )


@per_scenario
def _topics(scenario: Scenario) -> tuple[TopicWords, ...]:
    """The topics of all people, each once, with their own words and, where it is a common one, the
    catalogue's."""
    common = common_topics()
    words: dict[str, dict[str, None]] = {}
    asked_as: dict[str, dict[str, None]] = {}
    for person in scenario.people.values():
        for topic in person.topic_words():
            asks = common[topic.id].asks if topic.id in common else ()
            words.setdefault(topic.id, {}).update(dict.fromkeys((*topic.words, *asks)))
            asked_as.setdefault(topic.id, {}).update(dict.fromkeys(topic.asked_as))
    return tuple(TopicWords(name, tuple(known), tuple(asked_as[name])) for name, known in words.items())


def _listener(scenario: Scenario, position: Position, reading: Reading) -> str:
    """Whom a reply was said to: the person turned to by name, else the one who spoke last."""
    if reading.addressed is not None and reading.addressed in scenario.people:
        return reading.addressed
    return position.speaker or scenario.first_person


def _where_unsafe(moment: Moment) -> Reading:
    """The reading, with a question about risk turned into harm where the state says that asking it is unsafe."""
    state = moment.scenario.states[moment.position.state]
    if state.unsafe_when is None or not holds(state.unsafe_when, moment):
        return moment.reading
    findings = (
        replace(one, behaviour=UNSAFE, rule=f"unsafe_here.{one.behaviour}") if one.behaviour in RISK_QUESTIONS else one
        for one in moment.reading.findings
    )
    return replace(moment.reading, findings=tuple(findings))


def _count_in(scenario: Scenario, position: Position, reading: Reading, listener: str) -> Position:
    """The position with a reply counted in, before anybody has reacted to it."""
    points = (mention.id for mention in reading.points if mention.id in scenario.points)
    position = replace(
        position,
        turn=position.turn + 1,
        turns_here=position.turns_here + 1,
        shown=(*position.shown, marks(sure(reading.findings), listener)),
        given=tuple(dict.fromkeys((*position.given, *points))),
    )
    return promises.made(scenario, offered(position, reading.offers), reading.promises)


def _why(transition: Transition | None, moment: Moment) -> str:
    """The condition that held, and what of the reply it speaks of."""
    if transition is None:
        return STAYED
    shown = ", ".join(evidence(transition.when, moment))
    return f"{transition.when.text} ({shown})" if shown else transition.when.text


def _take(moment: Moment, transition: Transition | None, state: str) -> tuple[Position, tuple[Effect, ...]]:
    """The position after a transition: its effects, the state or ending it leads to, and what comes due
    there."""
    scenario, position = moment.scenario, moment.position
    if transition is None:
        return position, ()
    who = (transition.line.who if transition.line else None) or ""
    position, effects = apply(scenario, position, transition.effects, f"transition:{transition.id}", who)
    position = replace(position, fired=tuple(dict.fromkeys((*position.fired, transition.id))))
    if state == position.state:
        return position, effects
    ended = state in scenario.endings
    position = replace(
        position,
        state=state,
        turns_here=0,
        visited=tuple(dict.fromkeys((*position.visited, state))),
        ending=state if ended else None,
    )
    return promises.fall_due(replace(moment, position=position), ended=ended), effects


def _say(
    scenario: Scenario, position: Position, said: Iterable[Said]
) -> tuple[Position, tuple[Effect, ...], tuple[str, ...]]:
    """The position after what is said, with the changes that makes and the facts it tells for the first
    time."""
    effects: list[Effect] = []
    told: dict[str, None] = {}
    for one in said:
        variant = one.variant
        position = replace(position, used={**position.used, variant.key: position.turn}, speaker=variant.who)
        if one.answer is not None and one.answer.source == variant.source:
            count = position.answers.get(variant.source, 0) + 1
            position = replace(position, answers={**position.answers, variant.source: count})
        if variant.line is not None:
            position, changed = apply(scenario, position, variant.line.effects, variant.source, variant.who)
            effects.extend(changed)
            told.update(dict.fromkeys(fact for fact in variant.line.tells if fact not in position.told))
    position = replace(position, told=(*position.told, *told))
    return position, tuple(effects), tuple(told)


def _hear(position: Position, said: Iterable[Said], spoken: Utterance) -> tuple[Position, tuple[str, ...]]:
    """The position once the utterance was heard: its cues are open, older ones have aged. Also the cues
    missed."""
    offered_now = [
        OpenCue(cue, who=one.variant.who) for one in said if one.variant.line for cue in one.variant.line.cues.values()
    ]
    cues, missed = grow_older(position.cues, offered_now)
    return replace(position, cues=cues, recent=(*position.recent, spoken.text)[-REMEMBERED:]), missed


def _last_topic(said: Iterable[Said], reading: Reading, before: Position) -> str | None:
    """What a pronoun means in the next reply: what was answered last, else asked or spoken of, else as
    before."""
    answered = [one.answer.topic for one in said if one.answer is not None and one.answer.topic not in (None, GOING_ON)]
    asked = [question.topic for question in reading.questions if question.topic not in (None, GOING_ON)]
    spoken = [mention.id for mention in reading.mentions]
    return next((topics[-1] for topics in (answered, asked, spoken) if topics), before.last_topic)
