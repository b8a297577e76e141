"""Moving a record from a SQLite file into a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from simulator.store import check
from simulator.store.backups import Progress
from simulator.store.errors import StoreError
from simulator.store.records import LOCAL_LEARNER
from simulator.store.store import Store
from simulator.store.tables import attempts, identities, learners, metadata, revision, schema_version

_BATCH = 1000
"""Rows written at a time."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of each table were moved, by its name."""

    rows: Mapping[str, int]


def move(source: Store, target: Store, pseudonym: str, progress: Progress | None = None) -> Moved:
    """Copy everything in `source` to `target`, and compare: counts, and the hash chain of every attempt.

    The local learner becomes `pseudonym` there. All of it is one transaction: where anything is wrong, StoreError
    is raised and `target` is as it was. `source` is only read. Raises StoreError too where `target` holds anything.
    """
    with source.reading() as ours, target.writing() as theirs:
        _must_be_empty(theirs)
        wrong = check.faults(ours)
        if wrong:
            raise StoreError(f"The record is damaged, so nothing was moved. {wrong[0]} See: roleplay data check")
        wanted = {table.name: _count(ours, table) for table in _moving()}
        total, done = sum(wanted.values()), 0
        for table in _moving():
            for rows in _batches(ours, table, pseudonym):
                theirs.execute(table.insert(), rows)
                done += len(rows)
                if progress:
                    progress(done, total)
        _compare(ours, theirs, wanted)
    return Moved(wanted)


def _moving() -> Iterator[Table]:
    """The tables, each after those it refers to."""
    return (table for table in metadata.sorted_tables if table not in (revision, schema_version))


def _must_be_empty(theirs: Connection) -> None:
    for table in (attempts, *_moving()):
        if _count(theirs, table):
            raise StoreError(
                f"The database there is not empty: it holds {table.name.replace('_', ' ')} already. "
                "Move into an empty one; nothing was changed."
            )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _batches(ours: Connection, table: Table, pseudonym: str) -> Iterator[list[dict[str, Any]]]:
    # A branch begins after its parent, an event after the one it follows.
    order = [attempts.c.started] if table is attempts else []
    query = select(table).order_by(*order, *table.primary_key.columns)
    for rows in ours.execute(query, execution_options={"yield_per": _BATCH}).partitions():
        yield [_renamed(table, dict(row._mapping), pseudonym) for row in rows]


def _renamed(table: Table, row: dict[str, Any], pseudonym: str) -> dict[str, Any]:
    column = {learners: "pseudonym", identities: "learner", attempts: "learner"}.get(table)
    if column and row[column] == LOCAL_LEARNER:
        row[column] = pseudonym
    return row


def _compare(ours: Connection, theirs: Connection, wanted: Mapping[str, int]) -> None:
    for table in _moving():
        arrived = _count(theirs, table)
        if arrived != wanted[table.name]:
            raise StoreError(f"Of {wanted[table.name]} rows in {table.name}, {arrived} arrived. Nothing was changed.")
    heads = select(attempts.c.id, attempts.c.head, attempts.c.length)
    if dict.fromkeys(ours.execute(heads)) != dict.fromkeys(theirs.execute(heads)):
        raise StoreError("The chains of the attempts are not the same there. Nothing was changed.")
    wrong = check.faults(theirs)
    if wrong:
        raise StoreError(f"What arrived is not what was sent. {wrong[0]} Nothing was changed.")
