"""Putting a backup in the place of the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from simulator.store import backups, erase, sqlite
from simulator.store.check import check
from simulator.store.errors import StoreError
from simulator.store.store import Store
from simulator.store.tables import attempts, erasures


def restore(
    record: Path, source: Path, clock: Callable[[], datetime], progress: backups.Progress | None = None
) -> tuple[int, backups.Backup | None]:
    """Make the record what it was in `source`, a backup of the present made first.

    What was erased since stays erased. Gives how many attempts there are now, and the backup of what there was
    before. Raises StoreError where the backup is not sound, or the record is in use; then nothing has changed.
    """
    _must_be_sound(source)
    before, erased = _set_aside(record, clock())
    backups.overwrite(record, source, progress)
    store = Store(sqlite.connect(record), clock)
    try:
        with store.writing() as connection:
            again = erase.forget(connection, erased, store.now())
            known = connection.scalar(select(func.count()).select_from(attempts)) or 0
    finally:
        store.close()
    if again:
        sqlite.scrub(record)
    backups.thin(record, clock())  # only now: the backup that was put back may be one of those that go
    return known, before


def _must_be_sound(source: Path) -> None:
    if not source.is_file():
        raise StoreError(f"There is no backup {source}.")
    engine = sqlite.connect(source)
    try:
        found = check(engine).faults
    finally:
        engine.dispose()
    wrong = [fault for fault in found if fault.where != str(source)]  # that others may read it is no harm here
    if wrong:
        raise StoreError(f"This backup is not sound, so nothing was changed. {wrong[0]}")
    if not _holds_a_record(source):
        raise StoreError(f"{source} holds no record of attempts, so nothing was changed.")


def _holds_a_record(path: Path) -> bool:
    with backups.saying_plainly(), closing(sqlite3.connect(path)) as connection:
        wanted = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('attempts', 'events')"
        found: tuple[int] = connection.execute(wanted).fetchone()
        return found == (2,)


def _set_aside(record: Path, now: datetime) -> tuple[backups.Backup | None, list[str]]:
    """A backup of the record as it is, damaged or not, and the attempts erased from it."""
    if not record.exists():
        return None, []
    try:
        with closing(sqlite3.connect(record, timeout=sqlite.BUSY_MS / 1000)) as connection:
            erased = _erased(connection)
    except sqlite3.OperationalError as error:
        raise StoreError("Another window is busy with the record. Try again in a moment.") from error
    except sqlite3.DatabaseError:  # no backup can be made of it; it goes to the backups as it is
        damaged = backups.placed(record, "damaged", now)
        with backups.saying_plainly():
            for side in ("", *sqlite.SIDES):
                part = record.with_name(record.name + side)
                if part.exists():
                    part.rename(damaged.path.with_name(damaged.path.name + side))
        return damaged, []
    kept = backups.placed(record, "restore", now)
    backups.copy(record, kept.path)
    return kept, erased


def _erased(connection: sqlite3.Connection) -> list[str]:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (erasures.name,)).fetchone() is None:
        return []
    return [name for (name,) in connection.execute("SELECT attempt FROM erasures")]
