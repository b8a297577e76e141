"""What the learner undertook: remembered in their words, due at a scene break, then kept or broken."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.catalogue.types import Promise
from simulator.conversation.evaluate import Moment, holds
from simulator.conversation.turn import Position, PromiseState

if TYPE_CHECKING:
    from simulator.scenario import Scenario

STANDING = ("open", "due")
"""What a promise is until it is kept or broken."""


def made(scenario: Scenario, position: Position, promises: Iterable[Promise]) -> Position:
    """The position with the promises of a reply taken down; one that stands already is not taken down
    twice."""
    known = position.promises
    for promise in promises:
        name = named(scenario, promise)
        twin = name or promise.what
        if not any(twin == (one.id or one.promise.what) for one in known if one.status in STANDING):
            known = (*known, PromiseState(name, promise, position.turn))
    return replace(position, promises=known) if known is not position.promises else position


def named(scenario: Scenario, promise: Promise) -> str:
    """The id of the scenario's promise this one is, by the words that mean it; empty where it is none of
    them."""
    words = re.findall(r"[\w']+", f"{promise.what} {promise.when}".casefold())
    for name, written in scenario.promises.items():
        if any(_means(about, words) for about in written.about):
            return name
    return ""


def kept(moment: Moment) -> Position:
    """The position with every promise kept that is due and whose `kept` condition holds now."""
    position = moment.position
    if not position.promises:
        return position
    ids = {
        promise.id
        for promise in position.promises
        if promise.status == "due" and promise.id and _is_kept(moment, promise.id)
    }
    return mark(position, ids, "kept", only=("due",))


def fall_due(moment: Moment, *, ended: bool) -> Position:
    """The position on entering a state or, if `ended`, an ending: some promises come due, others are broken.

    A promise comes due on entering its `due` state, or without one at the next scene break; it may be kept at
    once. One that was due already is broken by the next scene break, and by the end of the talk. A promise
    the scenario does not name cannot be seen to be kept, and so is never broken.
    """
    scenario, position = moment.scenario, moment.position
    if not position.promises:
        return position
    entered = scenario.states.get(position.state)
    breaks = ended or bool(entered and entered.later)
    promises = []
    for promise in position.promises:
        status = promise.status
        if status == "due" and breaks and promise.id:
            status = "broken"
        elif status == "open":
            due = scenario.promises[promise.id].due if promise.id else None
            if position.state == due or (due is None and breaks and not ended):
                status = "kept" if promise.id and _is_kept(moment, promise.id) else "due"
        promises.append(replace(promise, status=status))
    return replace(position, promises=tuple(promises))


def mark(position: Position, ids: Container[str], status: str, only: Container[str] = STANDING) -> Position:
    """The position with every promise of these ids whose status is among `only` now standing at `status`."""
    return replace(
        position,
        promises=tuple(
            replace(promise, status=status) if promise.id in ids and promise.status in only else promise
            for promise in position.promises
        ),
    )


def quoted(position: Position) -> str:
    """The promise a client would bring up, in words that follow "you said you'd": a broken one before one due
    before an open one, the latest first. Empty where there is none."""
    for status in ("broken", "due", "open"):
        for one in reversed(position.promises):
            if one.status == status:
                what, when = one.promise.what, one.promise.when
                return what if when in what else f"{what} {when}"
    return ""


def _is_kept(moment: Moment, name: str) -> bool:
    condition = moment.scenario.promises[name].kept
    return condition is not None and holds(condition, moment)


def _means(about: str, words: list[str]) -> bool:
    """Whether each word of `about` stands in `words`, in this or a longer form ("phone" in "phoning")."""
    return all(any(_same(wanted, word) for word in words) for wanted in re.findall(r"[\w']+", about.casefold()))


def _same(wanted: str, word: str) -> bool:
    root = wanted.removesuffix("e") if len(wanted) > 3 else wanted
    return word == wanted or (word.startswith(root) and word[len(root) :] in {"s", "es", "ed", "d", "ing"})
