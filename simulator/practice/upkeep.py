"""What is done for a record once a day, behind the learner's back: old attempts go, and a backup is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING

from simulator.store import StoreError

if TYPE_CHECKING:
    from simulator.store.store import Store


def begin_upkeep(store: Store, clock: Callable[[], datetime]) -> Thread | None:
    """Do what is due in a thread that the program waits for before it ends. None where nothing is.

    What fails is tried again at the next opening; `roleplay data check` tells of backups that are too old. A
    PostgreSQL database is left to who administers it.
    """
    from simulator.store import backups

    record = store.file
    if record is None or not backups.due(record, clock()):
        return None
    thread = Thread(target=_keep_up, args=(store, clock), name="upkeep")
    thread.start()
    return thread


def _keep_up(store: Store, clock: Callable[[], datetime]) -> None:
    from simulator.store import backups, erase, retention

    with suppress(StoreError):
        days = retention.days(store)
        if days is not None:
            old = retention.expired(days, clock())
            if erase.count(store, old)[0]:
                erase.erase(store, old)
    with suppress(StoreError):
        if store.file is not None and any(store.attempts()):
            backups.make(store.file, "daily", clock())
