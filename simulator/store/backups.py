"""Copies of a SQLite record, made while it is in use, thinned as they age, and put back.

They lie in the folder `backups` beside the record. Kept are all of the last seven days, then the latest of each
week for eight weeks; the newest is always kept. A PostgreSQL database is backed up by who administers it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from simulator.settings import make_private_file, make_private_folder
from simulator.store.errors import StoreError, plain

FOLDER = "backups"
DAILY = timedelta(days=1)
ALL_FOR = timedelta(days=7)
WEEKLY_FOR = timedelta(weeks=8)

_NAME = "%Y-%m-%dT%H-%M-%S.%fZ"
_PAGES = 2000
"""Pages copied at a time; between two steps others may write."""
_PATIENCE = 20
"""Times a copy is begun anew because others wrote; then it is made in one step, and they wait."""
_WAIT = 5.0
"""Seconds to wait for a lock that another process holds."""

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when it was made, and what for (`daily`, `asked`, `upgrade`, `restore`, `damaged`)."""

    path: Path
    made: datetime
    reason: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size


def listed(record: Path) -> list[Backup]:
    """The backups of a record, the newest first."""
    found = (_described(path) for path in (record.parent / FOLDER).glob("*.db"))
    return sorted((backup for backup in found if backup), key=lambda backup: backup.made, reverse=True)


def make(record: Path, reason: str, now: datetime | None = None, progress: Progress | None = None) -> Backup:
    """Copy a record as it is at one moment, then thin the backups. Others may go on writing.

    Raises StoreError where it cannot be read or the copy cannot be written; then there is no half copy.
    """
    backup = placed(record, reason, now or datetime.now(UTC))
    copy(record, backup.path, progress)
    thin(record, backup.made)
    return backup


def placed(record: Path, reason: str, now: datetime) -> Backup:
    """Where a backup made now goes; its folder is there (0700), the file is not. Raises StoreError."""
    folder = record.parent / FOLDER
    with saying_plainly():
        make_private_folder(folder)
    while True:
        backup = Backup(folder / f"{now.astimezone(UTC).strftime(_NAME)}-{reason}.db", now, reason)
        if not backup.path.exists():
            return backup
        now += timedelta(microseconds=1)


def due(record: Path, now: datetime) -> bool:
    """Whether the last backup is a day old, or there is none."""
    known = listed(record)
    return not known or now - known[0].made >= DAILY


def thin(record: Path, now: datetime) -> list[Backup]:
    """Remove the backups no longer kept, and what a broken-off copy left. Gives the removed ones."""
    known = listed(record)
    kept = _kept(known, now)
    gone = [backup for backup in known if backup not in kept]
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    remove_parts(record, older_than=now - DAILY)
    return gone


def remove_parts(record: Path, older_than: datetime | None = None) -> None:
    """Remove what broken-off copies left (None: of any age, also those still being made)."""
    for part in (record.parent / FOLDER).glob("*.part*"):
        if older_than is None or part.stat().st_mtime < older_than.timestamp():
            part.unlink(missing_ok=True)


def copy(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a SQLite file that may be in use to a new file (0600), which appears whole or not at all.

    Raises StoreError.
    """
    part = target.with_name(f"{target.name}.part")
    with saying_plainly():
        try:
            part.unlink(missing_ok=True)
            make_private_file(part)
            with closing(_opened(source)) as ours, closing(_opened(part)) as theirs:
                _copy_pages(ours, theirs, progress)
                # A copy is one file, whatever journal the record has.
                theirs.execute("PRAGMA journal_mode = delete").close()
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def overwrite(record: Path, source: Path, progress: Progress | None = None) -> None:
    """Make a record, which others may have open, hold what another SQLite file holds. Raises StoreError."""
    with saying_plainly():
        make_private_file(record)
        with closing(_opened(source)) as theirs, closing(_opened(record)) as ours:
            _copy_pages(theirs, ours, progress)


@contextmanager
def saying_plainly() -> Iterator[None]:
    """Errors of a database and of the file system as StoreError."""
    try:
        yield
    except (sqlite3.Error, DBAPIError, OSError) as error:
        raise StoreError(plain(error)) from error


def _described(path: Path) -> Backup | None:
    stamp, _, reason = path.stem.partition("Z-")
    try:
        return Backup(path, datetime.strptime(f"{stamp}Z", _NAME).replace(tzinfo=UTC), reason)
    except ValueError:  # not one of ours
        return None


def _kept(newest_first: Sequence[Backup], now: datetime) -> set[Backup]:
    kept = set(newest_first[:1])
    weeks: set[tuple[int, int]] = set()
    for backup in newest_first:
        age, week = now - backup.made, backup.made.isocalendar()[:2]
        if age <= ALL_FOR:
            kept.add(backup)
        elif age <= WEEKLY_FOR and week not in weeks:
            weeks.add(week)
            kept.add(backup)
    return kept


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT, isolation_level=None)


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress | None) -> None:
    # With the write-ahead log nobody waits for a reader, however long it takes.
    waits = source.execute("PRAGMA journal_mode").fetchone()[0] != "wal"
    watch = _Watch(progress)
    try:
        source.backup(target, pages=_PAGES if waits else -1, progress=watch, sleep=0.01)
    except _BegunAnewTooOftenError:
        source.backup(target, progress=_Watch(progress, patience=None))


class _BegunAnewTooOftenError(Exception):
    pass


class _Watch:
    """Looks on while pages are copied: for a lock that does not open, and for a copy that never comes to its end."""

    def __init__(self, progress: Progress | None, patience: int | None = _PATIENCE) -> None:
        self._progress = progress
        self._patience = patience
        self._left: int | None = None
        self._anew = 0
        self._moved = time.monotonic()

    def __call__(self, status: int, left: int, pages: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            if time.monotonic() - self._moved > _WAIT:
                raise StoreError("Another window is busy with the record. Try again in a moment.")
            return
        self._moved = time.monotonic()
        if self._left is not None and left > self._left:
            self._anew += 1
            if self._patience is not None and self._anew > self._patience:
                raise _BegunAnewTooOftenError
        self._left = left
        if self._progress:
            self._progress(pages - left, pages)
