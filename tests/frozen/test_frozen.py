"""Attempts from every release are today what they were when they were held, whatever is installed now."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from simulator.catalogue.types import Heard, Reading
from simulator.conversation import codec
from simulator.library import Library
from simulator.practice import Practice
from simulator.rubric.assessment import Assessment
from simulator.store import chain
from simulator.store.store import Store

from .frozen import HERE, FrozenStore, transcript

ATTEMPTS = sorted(HERE.glob("*/*.json.gz"))


def never_read(text: str, heard: Heard) -> Reading:
    raise AssertionError("what was stored is never read again")


@pytest.fixture(params=ATTEMPTS, ids=lambda path: f"{path.parent.name}/{path.name.partition('.')[0]}")
def store(request: pytest.FixtureRequest) -> FrozenStore:
    path: Path = request.param
    return FrozenStore(path)


def test_there_are_frozen_attempts() -> None:
    assert len(ATTEMPTS) >= 12


def test_an_attempt_of_any_release_replays_byte_for_byte(store: FrozenStore) -> None:
    practice = Practice(cast(Store, store), Library(), never_read)
    assert chain.faults(store.attempt(store.id), store.events(store.id)) == []
    replay = practice.replay(store.id)
    assert replay.turns
    assert replay.differences == (), "Was that meant? Then raise RULES_VERSION in simulator/conversation/version.py."
    assert transcript(practice.resume(store.id)).encode() == store.transcript.encode()


def test_its_assessments_and_debrief_are_still_there(store: FrozenStore) -> None:
    practice = Practice(cast(Store, store), Library(), never_read)
    kept = store.assessments(store.id)
    for stored in (made.payload.encode() for made in kept):
        assert codec.to_bytes_as(codec.from_bytes(Assessment, stored), stored) == stored
    debrief = practice.debrief(store.id)
    totals = {rubric.id: rubric.total for rubric in debrief.rubrics}
    assert {made.rubric_id: made.total for made in kept} == {name: totals[name] for name in {m.rubric_id for m in kept}}
