"""Is the record whole? The database's own checks, what refers to nothing, and every hash chain."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.exc import DatabaseError

from simulator.store import chain, schema
from simulator.store.backups import Progress
from simulator.store.errors import plain
from simulator.store.records import Attempt, AttemptState, Event
from simulator.store.tables import attempts, events, rubric_versions, scenario_versions

_BATCH = 1000
"""Rows fetched at a time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `where` names the attempt, table or file; `what` says it in plain words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong with it."""

    attempts: int
    events: int
    faults: tuple[Fault, ...]


def check(engine: Engine, progress: Progress | None = None) -> Checked:
    """Look at everything in a record without changing it; a record of an earlier shape is checked as it is.

    A file so damaged that it cannot be read is a fault like any other. Raises nothing of the database's.
    """
    look = _Look(engine, progress)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                look.sqlite(connection)
            look.record(connection)
    except (DatabaseError, UnicodeDecodeError) as error:  # the second where SQLite quotes what is no text any more
        look.faults.append(Fault("record", plain(error)))
    return Checked(look.attempts, look.events, tuple(look.faults))


def faults(connection: Connection) -> tuple[Fault, ...]:
    """What is wrong with the versions and the hash chains of a record, as this connection sees it."""
    look = _Look(connection.engine, None)
    look.record(connection)
    return tuple(look.faults)


class _Look:
    """One look through a record."""

    def __init__(self, engine: Engine, progress: Progress | None) -> None:
        self._engine = engine
        self._progress = progress
        self.attempts = 0
        self.events = 0
        self.faults: list[Fault] = []

    def sqlite(self, connection: Connection) -> None:
        """What SQLite itself can tell, and who else may read the file."""
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            # Bytes that are no text are what we are looking for, not a reason to stop.
            raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                self.faults.append(Fault("file", " ".join(str(said).split())))
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            self.faults.append(Fault(f"{table}, row {row}", f"refers to what is not there in {parent}"))
        path = Path(str(self._engine.url.database))
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            self.faults.append(Fault(str(path), f"others may read it (mode {mode:04o}); to mend: chmod 600"))

    def record(self, connection: Connection) -> None:
        """What the program itself can tell."""
        revision = schema.revision_of(connection)
        if revision is None:
            return
        if revision > schema.REVISION:
            self.faults.append(Fault("record", f"was written by a newer roleplay (its shape is {revision})"))
            return
        self._versions(connection)
        self._chains(connection)

    def _versions(self, connection: Connection) -> None:
        for table, hashed in ((rubric_versions, True), (scenario_versions, False)):
            for version, compiled in connection.execute(select(table.c.hash, table.c.compiled)):
                if not _sound(version, compiled, hashed=hashed):
                    self.faults.append(Fault(f"{table.name} {str(version)[:12]}", "was changed after it was written"))

    def _chains(self, connection: Connection) -> None:
        known = {row.id: row for row in connection.execute(select(*(attempts.c[name] for name in _CHAINED)))}
        total = connection.scalar(select(func.count()).select_from(events)) or 0
        self.attempts = len(known)
        for name, rows in groupby(_events(connection), key=lambda row: row.attempt):
            found = list(rows)
            self.events += len(found)
            attempt = known.pop(name, None)
            if attempt is None:
                self.faults.append(Fault(f"attempt {name}", f"is not there, but {len(found)} of its events are"))
            else:
                self._chain(attempt, found)
            if self._progress:
                self._progress(self.events, total)
        for attempt in known.values():
            self._chain(attempt, [])

    def _chain(self, attempt: Row[Any], found: list[Row[Any]]) -> None:
        try:
            wrong = chain.faults(_as_attempt(attempt), [Event(**row._mapping) for row in found])
        except (TypeError, ValueError):  # a number or bytes where text was, which nothing of ours wrote
            wrong = ["an event was changed after it was written"]
        self.faults += [Fault(f"attempt {attempt.id}", what) for what in wrong]


_CHAINED = ("id", "scenario_hash", "seed", "started", "head", "length")
"""What the hash chain of an attempt rests on; the same since the first release."""


def _events(connection: Connection) -> Iterator[Row[Any]]:
    query = select(events).order_by(events.c.attempt, events.c.sequence).execution_options(yield_per=_BATCH)
    yield from connection.execute(query)


def _as_attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        **row._mapping, learner="", scenario_id="", state=AttemptState.OPEN, updated="", turns=0, ending=None
    )


def _sound(version: str, compiled: str, *, hashed: bool) -> bool:
    try:
        json.loads(compiled)
        return not hashed or sha256(compiled.encode()).hexdigest() == version
    except (TypeError, ValueError):
        return False
