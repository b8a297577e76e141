"""Attempts, kept: append-only events with a hash chain each, in SQLite or PostgreSQL.

Importing this package is cheap; the database library loads when a store is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.store.errors import StoreError
from simulator.store.records import (
    LOCAL_LEARNER,
    Attempt,
    AttemptState,
    Event,
    NewAssessment,
    NewAttempt,
    StoredAssessment,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from simulator.store.store import Store

__all__ = [
    "LOCAL_LEARNER",
    "Attempt",
    "AttemptState",
    "Event",
    "NewAssessment",
    "NewAttempt",
    "StoreError",
    "StoredAssessment",
    "engine_for",
    "is_there",
    "open_store",
]


def open_store(where: Path | str, clock: Callable[[], datetime], learner: str = LOCAL_LEARNER) -> Store:
    """The store in the SQLite file at `where`, made if it is not there (file 0600, folders 0700), or in the
    PostgreSQL database whose address `where` is.

    `clock` gives the present time, with its zone; `learner` is the pseudonym of whose attempts they are. Raises
    StoreError where the file cannot be opened or made, is no record, or was written by a newer version.
    """
    from simulator.store.store import Store

    return Store(engine_for(where), clock, learner)


def engine_for(where: Path | str) -> Engine:
    """The database at `where` (see `open_store`), not yet looked into. Raises StoreError."""
    from simulator.store import postgres, sqlite

    return postgres.connect(where) if isinstance(where, str) else sqlite.connect(where)


def is_there(where: Path | str) -> bool:
    """Whether there is anything at `where`; of a PostgreSQL database that is taken for granted."""
    return isinstance(where, str) or where.exists()
