"""Talks typed out: replies read and answered, as in a session but with nothing saved."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.catalogue.types import HeardLine
from simulator.conversation import Turn, advance, begin, heard
from simulator.language import read
from simulator.scenario import Scenario


def typed(scenario: Scenario, replies: Iterable[str]) -> list[Turn]:
    """The turns that these replies make, up to the ending if there is one."""
    position, spoken = begin(scenario, seed=1)
    lines = [HeardLine("client", one.text, one.who) for one in spoken.everything]
    turns: list[Turn] = []
    for reply in replies:
        if position.ending:
            break
        turn = advance(scenario, position, read(reply, heard(scenario, position, lines)))
        turns.append(turn)
        position = turn.after
        lines += [HeardLine("learner", reply)]
        lines += [HeardLine("client", one.text, one.who) for one in turn.utterance.everything]
    return turns
