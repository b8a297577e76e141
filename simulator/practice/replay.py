"""An attempt replayed from what is stored: is all of it, byte for byte, what it was? No reader is asked.

Two things are held against each stored turn. It must come out of storage as it went in, and follow on the turn before
it. And where the rules it was played by are still those installed (the hash of the compiled scenario is the same), its
stored reading must make the same turn again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.conversation.turn import Position, Turn
from simulator.practice.values import Opening

if TYPE_CHECKING:
    from simulator.scenario.model import Scenario
    from simulator.store import Event


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay came to. `turns` is every turn ever made, those taken back included; `again` is how many of them
    were made again from their readings, the rules being the same. `differences` says what is not as it was."""

    turns: int
    again: int
    differences: tuple[str, ...]


def replay(scenario: Scenario, seed: int, events: Sequence[Event]) -> Replay:
    """Replay the events of an attempt, oldest first, on the version of the scenario they were played with."""
    from simulator.conversation import compiled_hash

    rules = compiled_hash(scenario)
    turns = [event for event in events if event.kind == "turn"]
    return Replay(
        turns=len(turns),
        again=sum(event.scenario_hash == rules for event in turns),
        differences=tuple(_differences(scenario, seed, events, rules)),
    )


def _differences(scenario: Scenario, seed: int, events: Sequence[Event], rules: str) -> Iterator[str]:
    from simulator.conversation import advance, begin, codec

    standing: list[Position] = []
    for event in events:
        stored = event.payload.encode()
        if event.kind == "opening":
            opening = codec.from_bytes(Opening, stored)
            standing.append(opening.position)
            if codec.to_bytes_as(opening, stored) != stored:
                yield "the opening is stored otherwise than it would be now"
            elif event.scenario_hash == rules and codec.to_bytes_as(Opening(*begin(scenario, seed)), stored) != stored:
                yield "the talk would begin otherwise now"
        elif event.kind == "turn":
            turn = codec.from_bytes(Turn, stored)
            if codec.to_bytes_as(turn, stored) != stored:
                yield f"turn {turn.number} (event {event.sequence}) is stored otherwise than it would be now"
            elif turn.before != standing[-1]:
                yield f"turn {turn.number} (event {event.sequence}) does not go on from the turn before it"
            elif (
                event.scenario_hash == rules
                and codec.to_bytes_as(advance(scenario, turn.before, turn.reading), stored) != stored
            ):
                yield f"turn {turn.number} (event {event.sequence}) would go otherwise now, by the same rules"
            standing.append(turn.after)
        elif event.kind == "undone":
            standing.pop()
