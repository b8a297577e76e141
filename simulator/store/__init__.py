"""Attempts, kept: append-only events with a hash chain each, in SQLite by default.

Importing this package is cheap; the database library loads when a store is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.store.errors import StoreError
from simulator.store.records import Attempt, AttemptState, Event, NewAssessment, NewAttempt, StoredAssessment

if TYPE_CHECKING:
    from simulator.store.store import Store

__all__ = [
    "Attempt",
    "AttemptState",
    "Event",
    "NewAssessment",
    "NewAttempt",
    "StoreError",
    "StoredAssessment",
    "open_store",
]


def open_store(path: Path, clock: Callable[[], datetime]) -> Store:
    """The store in the SQLite file at `path`, made if it is not there (file 0600, folders 0700).

    `clock` gives the present time, with its zone. Raises StoreError where the file cannot be opened or made,
    is no record, or was written by a newer version.
    """
    from simulator.store.sqlite import connect
    from simulator.store.store import Store

    return Store(connect(path), clock)
