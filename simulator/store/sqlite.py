"""Everything that is SQLite's alone: how a connection is set up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from simulator.settings import make_private_file
from simulator.store.errors import StoreError, plain

BUSY_MS = 5000
SIDES = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a file, after its name."""

# Write-ahead logging has a defect with several connections before these releases: first the oldest sound
# release of a repaired branch, then the release from which all are sound.
_SOUND_BRANCHES = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
_SOUND_FROM = (3, 51, 3)


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal to use under a release of SQLite: `wal` where it is sound, else `delete`."""
    sound = _SOUND_BRANCHES.get((version[0], version[1]), _SOUND_FROM)
    return "wal" if version >= sound else "delete"


def connect(path: Path) -> Engine:
    """An engine for the file at `path`, made private if it is new. Raises StoreError where it cannot be."""
    try:
        make_private_file(path)
    except OSError as error:
        raise StoreError(plain(error)) from error
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reshaping(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be taken away and made anew; what refers to them is checked at its end.

    Raises StoreError, and changes nothing, where something then refers to what is not there.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(raw)
        # Inside a transaction this pragma would do nothing.
        raw.execute("PRAGMA foreign_keys = off").close()
        try:
            with connection.execution_options(writes=True).begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("The record is damaged, so it was not updated. See: roleplay data check")
        finally:
            connection.invalidate()


def have_alone(path: Path) -> None:
    """Raises StoreError where another process has the file open or is at work in it."""
    with _alone(path):
        pass


def scrub(path: Path) -> None:
    """Write the file anew without the pages that are no longer in use, and empty its journals, so that nothing
    deleted is left in them. Raises StoreError where another process has the file open or is at work in it."""
    with _alone(path) as connection:
        connection.execute("VACUUM").close()
        connection.execute("PRAGMA wal_checkpoint(truncate)").close()


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that keeps every other out until it is closed."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive").close()
            connection.execute("BEGIN EXCLUSIVE").close()
            connection.execute("COMMIT").close()
            yield connection
    except sqlite3.Error as error:
        raise StoreError(plain(error)) from error


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver's guess
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        f"journal_mode = {journal_mode(sqlite3.sqlite_version_info)}",
        "foreign_keys = on",
        "synchronous = full",
        "trusted_schema = off",
        "secure_delete = on",  # what is deleted is overwritten, not only let go
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A write takes its lock at once: a transaction that reads first and then writes can be refused half-way.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
