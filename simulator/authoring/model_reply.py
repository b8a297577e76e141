"""Whether a state's model reply is read as what the state wants."""

from __future__ import annotations

from dataclasses import replace

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import HeardLine, OpenCue
from simulator.conversation import begin, heard
from simulator.conversation.evaluate import Moment, holds, marks, sure
from simulator.conversation.reenact import Read
from simulator.scenario import Condition, Scenario
from simulator.scenario import expression as ex

ABOUT_THE_REPLY = (
    ex.Shows,
    ex.Asked,
    ex.Mentions,
    ex.Gave,
    ex.Answered,
    ex.Refused,
    ex.Offer,
    ex.Discrepancy,
)
"""Terms that the reply alone decides; the others depend on the talk so far."""


def leads_on(scenario: Scenario, state: str, reply: str, read: Read) -> bool:
    """Whether the reply meets the conditions of one of the state's transitions, as far as a reply can.

    What depends on the talk so far (meters, facts told, earlier replies) is taken to be met. Transitions that
    ask for help are looked at alone where there are any. A state where no transition depends on the reply
    wants nothing of it.
    """
    conditions = [transition.when for transition in scenario.states[state].transitions]
    wanted = [condition for condition in conditions if condition.asks_help] or conditions
    moment = _moment(scenario, state, reply, read)
    verdicts = [_met(condition.root, moment) for condition in wanted]
    return True in verdicts or all(verdict is None for verdict in verdicts)


def caught_by(scenario: Scenario, state: str, reply: str, read: Read) -> str | None:
    """The transition that surely fires before any the reply is a model for; None where there is none.

    A transition is sure to fire where the reply alone decides its condition. A model reply is for those that want
    something of a reply that is no harm.
    """
    transitions = scenario.states[state].transitions
    moment = _moment(scenario, state, reply, read)
    for transition in transitions:
        if _met(transition.when.root, moment) is not True:
            continue
        if _wants_good(transition.when):
            return None
        if all(isinstance(term, ABOUT_THE_REPLY) for term in ex.terms(transition.when.root)):
            return transition.id
    return None


def _wants_good(condition: Condition) -> bool:
    """Whether a condition wants anything of a reply that is no harm."""
    known = catalogue()
    return any(
        positive
        and isinstance(term, ABOUT_THE_REPLY)
        and not (isinstance(term, ex.Shows) and known.valence(term.name) == "harms")
        for term, positive in ex.signed_terms(condition.root)
    )


def _moment(scenario: Scenario, state: str, reply: str, read: Read) -> Moment:
    """The moment of the reply: the state has just been entered, and every cue its transitions name is open."""
    start, _ = begin(scenario, seed=1)
    here = scenario.states[state]
    offered = dict(here.line.cues) if here.line else {}
    for transition in here.transitions:
        for kind, name in transition.when.uses:
            if kind == "cue":
                offered.setdefault(name, scenario.cue(name))
    spoken = here.line.variants[:1] if here.line else ()
    who = (here.line.who if here.line else None) or scenario.first_person
    position = replace(start, state=state, cues=tuple(OpenCue(cue) for cue in offered.values()))
    reading = read(reply, heard(scenario, position, [HeardLine("client", text, who) for text in spoken]))
    shown = marks(sure(reading.findings), reading.addressed or who)
    return Moment(scenario, replace(position, shown=(shown,)), reading, reading.addressed or who)


def _met(expression: ex.Expression, moment: Moment) -> bool | None:
    """Whether an expression holds; None where the reply does not decide it."""
    match expression:
        case ex.And(parts):
            verdicts = [_met(part, moment) for part in parts]
            return None if all(verdict is None for verdict in verdicts) else False not in verdicts
        case ex.Or(parts):
            verdicts = [_met(part, moment) for part in parts]
            return None if all(verdict is None for verdict in verdicts) else True in verdicts
        case ex.Not(part):
            verdict = _met(part, moment)
            return None if verdict is None else not verdict
    return holds(Condition("", expression), moment) if isinstance(expression, ABOUT_THE_REPLY) else None
