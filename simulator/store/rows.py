"""Reading and writing single rows, inside a transaction that the store has begun."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Connection, Row, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from simulator.store import chain, figures
from simulator.store.errors import StoreError
from simulator.store.records import Attempt, AttemptState, Event, NewAssessment
from simulator.store.tables import assessments, attempts, criterion_levels, drafts, events


def append_event(
    connection: Connection,
    attempt: Attempt,
    kind: str,
    payload: str,
    reader: str,
    now: str,
    rules: str | None = None,
    **also: str | int | None,
) -> Event:
    """Add an event to an attempt, and note it, with whatever `also` says of the attempt, in the attempt's row."""
    content: dict[str, Any] = {
        "attempt": attempt.id,
        "sequence": attempt.length,
        "id": str(uuid.uuid4()),
        "kind": kind,
        "payload": payload,
        "reader": reader,
        "scenario_hash": rules or attempt.scenario_hash,
        "at": now,
        "previous": attempt.head,
    }
    event = Event(**content, hash=chain.event_hash(**content))
    connection.execute(events.insert().values(**content, hash=event.hash))
    connection.execute(
        attempts.update()
        .where(attempts.c.id == attempt.id)
        .values(head=event.hash, length=attempt.length + 1, updated=now, **also)
    )
    return event


def attempt_row(connection: Connection, attempt_id: str, *, lock: bool = False) -> Attempt:
    """One attempt; `lock` keeps others from writing to it until the end. Raises StoreError where there is none."""
    query = select(attempts).where(attempts.c.id == attempt_id)
    if lock:  # where the database locks rows; SQLite has locked the whole file by now
        query = query.with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"The record holds no attempt {attempt_id}.")
    return as_attempt(row)


def as_attempt(row: Row[Any]) -> Attempt:
    """A row of the attempts as a value."""
    values = dict(row._mapping)
    return Attempt(**{**values, "state": AttemptState(values["state"])})


def events_of(connection: Connection, attempt_id: str) -> list[Event]:
    """The events of an attempt, in order."""
    query = select(events).where(events.c.attempt == attempt_id).order_by(events.c.sequence)
    return [Event(**row._mapping) for row in connection.execute(query)]


def keep_assessment(connection: Connection, attempt_id: str, new: NewAssessment, now: str) -> None:
    """Keep an assessment that stands, and its figures."""
    made = str(uuid.uuid4())
    connection.execute(
        assessments.insert().values(
            id=made,
            attempt=attempt_id,
            rubric_id=new.rubric_id,
            rubric_hash=new.rubric_hash,
            scorer=new.scorer,
            total=figures.total(new.payload),
            payload=new.payload,
            made=now,
        )
    )
    levels = [
        {"assessment": made, "criterion": criterion, "rubric_id": new.rubric_id, "level": level}
        for criterion, level in figures.levels(new.payload).items()
    ]
    if levels:
        connection.execute(criterion_levels.insert(), levels)


def keep_version(connection: Connection, table: Table, version: str, name: str, compiled: str) -> None:
    """Keep a version of a scenario or a rubric, unless it is kept already."""
    if connection.scalar(select(table.c.hash).where(table.c.hash == version)) is None:
        title = figures.title(compiled, name)
        put(connection, table, hash=version, id=name, title=title, compiled=compiled)


def put(connection: Connection, table: Table, **values: str) -> None:
    """Insert a row, unless it is there already or another process puts it there at this moment."""
    connection.execute(_insert(connection)(table).values(**values).on_conflict_do_nothing())


def supersede(connection: Connection, attempt_id: str, event_id: str) -> None:
    """Let the assessments of an attempt that stand be superseded by an event; their figures count no longer."""
    standing = (assessments.c.attempt == attempt_id, assessments.c.superseded_by.is_(None))
    known = list(connection.scalars(select(assessments.c.id).where(*standing)))
    if known:
        connection.execute(criterion_levels.delete().where(criterion_levels.c.assessment.in_(known)))
        connection.execute(assessments.update().where(assessments.c.id.in_(known)).values(superseded_by=event_id))


def keep_draft(connection: Connection, attempt_id: str, text: str) -> None:
    """Keep a draft in the place of the one there may be."""
    insert = _insert(connection)(drafts).values(attempt=attempt_id, text=text)
    connection.execute(insert.on_conflict_do_update(index_elements=[drafts.c.attempt], set_={"text": text}))


def _insert(connection: Connection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
