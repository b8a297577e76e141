"""What a turn changes: the default reactions to behaviours, and the effects an author wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Finding, Offer
from simulator.conversation.evaluate import meter_name
from simulator.conversation.promises import mark
from simulator.conversation.temperament import temperament
from simulator.conversation.turn import Effect, IssueState, Position

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.effects import Effects

LOWEST, HIGHEST = 0.0, 100.0
"""The ends of every meter."""

MOST_A_TURN = 20.0
"""How far the default reactions to one reply may move a meter, either way."""

GAMED = 0.25
"""What help is worth that a gate has found to be copied, stuffed or repeated; as in the reading's quality."""

REPEATED = 0.5
"""What the same help is worth in the next turn running, of what it was worth in this one."""


def react(
    scenario: Scenario, position: Position, findings: Iterable[Finding], listener: str, *, gamed: bool = False
) -> tuple[Position, tuple[Effect, ...]]:
    """The default reactions to a reply: each behaviour's effects from the catalogue, once for each person.

    They are scaled by the person's temperament, their `reactions` and the confidence, halved for each turn
    running in which the same help was shown (harm does not wear off), and limited to `MOST_A_TURN` on each
    meter. Help in a `gamed` reply is worth a quarter. `position.shown` already holds this reply.
    """
    surest: dict[tuple[str, str], float] = {}
    for finding in findings:
        shown = finding.behaviour, finding.to or listener
        surest[shown] = max(surest.get(shown, 0.0), finding.confidence)
    moved: dict[str, float] = {}
    effects: list[Effect] = []
    for (name, person), confidence in surest.items():
        behaviour = catalogue().behaviour(name)
        worth = confidence
        if behaviour.valence != "harms":
            worth *= REPEATED ** _running(name, position) * (GAMED if gamed else 1.0)
        for meter, change in behaviour.effects.items():
            key = meter_name(scenario, meter, person)
            total = moved.get(key, 0.0)
            wanted = total + change * worth * _reaction(scenario, person, meter)
            moved[key] = min(MOST_A_TURN, max(-MOST_A_TURN, wanted))
            position, effect = _move(position, key, moved[key] - total, f"behaviour:{name}")
            effects.extend(effect)
    return position, tuple(effects)


def apply(
    scenario: Scenario, position: Position, written: Effects, source: str, who: str = ""
) -> tuple[Position, tuple[Effect, ...]]:
    """What an author's effects make of a position, and each change to a meter or counter.

    `source` names where they are written; unqualified meters are those of `who` (the first person, where
    empty).
    """
    effects: list[Effect] = []
    for name, change in written.changes.items():
        if name in position.counters:
            counters = {**position.counters, name: position.counters[name] + change}
            position = replace(position, counters=counters)
            effects.append(Effect(source, name, float(change)))
        else:
            position, effect = _move(position, meter_name(scenario, name, who), change, source)
            effects.extend(effect)
    if written.set_flags or written.clear_flags:
        flags = dict.fromkeys((*position.flags, *written.set_flags))
        position = replace(position, flags=tuple(flag for flag in flags if flag not in written.clear_flags))
    if position.promises:
        position = mark(position, written.keep, "kept")
        position = mark(position, written.break_, "broken")
    for name, steps in written.concede.items():
        position = _settle(position, name, _conceded(scenario, name, position.issues[name], steps))
    for name in written.agree:
        position = _settle(position, name, _agreed(scenario, name, position.issues[name]))
    return position, tuple(effects)


def offered(position: Position, offers: Iterable[Offer]) -> Position:
    """The position with the learner's numbers on the table; the last on an issue counts."""
    for offer in offers:
        if offer.issue in position.issues:
            position = _settle(position, offer.issue, replace(position.issues[offer.issue], offered=float(offer.value)))
    return position


def _running(behaviour: str, position: Position) -> int:
    """In how many turns running, up to the one before this, the behaviour was shown."""
    count = 0
    for shown in reversed(position.shown[:-1]):
        if behaviour not in shown:
            break
        count += 1
    return count


def _reaction(scenario: Scenario, person: str, meter: str) -> float:
    """How strongly a person takes default effects on a meter; 1.0 is the usual."""
    own = scenario.people[person]
    return own.reactions.get(meter, 1.0) * temperament(own.temperament).reactions.get(meter, 1.0)


def _move(position: Position, key: str, change: float, source: str) -> tuple[Position, tuple[Effect, ...]]:
    before = position.meters[key]
    # Two decimals: enough for every threshold, and a short number in the stored turn.
    after = round(min(HIGHEST, max(LOWEST, before + change)), 2)
    if after == before:
        return position, ()
    moved = replace(position, meters={**position.meters, key: after})
    return moved, (Effect(source, key, round(after - before, 2)),)


def _settle(position: Position, name: str, state: IssueState) -> Position:
    return replace(position, issues={**position.issues, name: state})


def _conceded(scenario: Scenario, name: str, state: IssueState, steps: float) -> IssueState:
    issue = scenario.issues[name]
    if issue.better == "high":
        standing = min(issue.client_limit, state.standing + steps)
    else:
        standing = max(issue.client_limit, state.standing - steps)
    return replace(state, standing=standing, conceded=state.conceded or standing != state.standing)


def _agreed(scenario: Scenario, name: str, state: IssueState) -> IssueState:
    """Settled at the client's standing offer, or at the learner's last number where that asks for less."""
    less = min if scenario.issues[name].better == "high" else max
    return replace(state, agreed=state.standing if state.offered is None else less(state.standing, state.offered))
