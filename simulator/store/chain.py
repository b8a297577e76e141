"""The hash chain of an attempt: each event's hash covers its content and the hash before it.

The first event follows the hash of the attempt itself, so a changed seed or scenario breaks the chain too;
the attempt keeps the last hash, so an event cut off at the end is missed as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from simulator.store.records import Attempt, Event


def canonical(content: dict[str, str | int]) -> bytes:
    """The bytes a hash is taken over: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def root(attempt: str, scenario_hash: str, seed: int, started: str) -> str:
    """What the first event of an attempt follows: the SHA-256 of the attempt's own facts, in hexadecimal."""
    facts: dict[str, str | int] = {
        "attempt": attempt,
        "scenario": scenario_hash,
        "seed": seed,
        "started": started,
    }
    return hashlib.sha256(canonical(facts)).hexdigest()


def event_hash(
    *,
    attempt: str,
    sequence: int,
    id: str,  # noqa: A002 -- the column's name
    kind: str,
    payload: str,
    reader: str,
    scenario_hash: str,
    at: str,
    previous: str,
) -> str:
    """The SHA-256 of an event's whole content and of the hash before it, in hexadecimal."""
    content: dict[str, str | int] = {
        "attempt": attempt,
        "sequence": sequence,
        "id": id,
        "kind": kind,
        "payload": payload,
        "reader": reader,
        "scenario": scenario_hash,
        "at": at,
        "previous": previous,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def faults(attempt: Attempt, events: Sequence[Event]) -> list[str]:
    """What is wrong with an attempt's chain, in plain words; empty when every event is as it was written."""
    found = []
    previous = root(attempt.id, attempt.scenario_hash, attempt.seed, attempt.started)
    for place, event in enumerate(events):
        if event.sequence != place:
            found.append(f"event {place} is missing")
            break
        if event.previous != previous:
            found.append(f"event {place} does not follow the one before it")
        if event.hash != _hash_of(event):
            found.append(f"event {place} was changed after it was written")
        previous = event.hash
    else:
        if len(events) != attempt.length or previous != attempt.head:
            found.append("the last events are missing")
    return found


def _hash_of(event: Event) -> str:
    return event_hash(
        attempt=event.attempt,
        sequence=event.sequence,
        id=event.id,
        kind=event.kind,
        payload=event.payload,
        reader=event.reader,
        scenario_hash=event.scenario_hash,
        at=event.at,
        previous=event.previous,
    )
