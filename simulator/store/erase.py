"""Erasing: whole attempts, and every copy of their text that the store has made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, literal, or_, select

from simulator.store import backups, schema, sqlite
from simulator.store.errors import StoreError
from simulator.store.records import Attempt
from simulator.store.store import Store
from simulator.store.tables import (
    assessments,
    attempt_rubrics,
    attempts,
    criterion_levels,
    drafts,
    erasures,
    events,
    identities,
    learners,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be erased: all of a learner, or single attempts with the branches that began from them, or what was
    last touched before a moment (ISO 8601, UTC)."""

    learner: str | None = None
    attempts: Sequence[str] = ()
    before: str | None = None

    def condition(self, connection: Connection) -> ColumnElement[bool]:
        """The attempts that are meant, as the record stands."""
        if self.learner is not None:
            return attempts.c.learner == self.learner
        if self.before is not None:
            return attempts.c.updated < self.before
        return attempts.c.id.in_(_with_branches(connection, self.attempts))


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: attempts in the record, backups written anew, backups that could not be read and are gone."""

    attempts: int
    rewritten: int = 0
    removed: tuple[Path, ...] = ()


def count(store: Store, choice: Choice) -> tuple[int, int]:
    """How many attempts, and turns that stand in them, a choice means. Raises StoreError."""
    with store.reading() as connection:
        query = select(func.count(), func.coalesce(func.sum(attempts.c.turns), 0)).select_from(attempts)
        found = connection.execute(query.where(choice.condition(connection))).one()
        return int(found[0]), int(found[1])


def chosen(store: Store, choice: Choice) -> list[Attempt]:
    """The attempts a choice means, in the order they were begun. Raises StoreError."""
    with store.reading() as connection:
        query = select(attempts.c.id).where(choice.condition(connection)).order_by(attempts.c.started)
        names = list(connection.scalars(query))
    return [store.attempt(name) for name in names]


def erase(store: Store, choice: Choice, progress: backups.Progress | None = None) -> Erased:
    """Erase what was chosen, in the record and in its backups, so that no byte of its text stays in any of them.

    On PostgreSQL only the rows go; see `postgres.PURGE` for what else holds them. Raises StoreError; where that
    happens half-way (another process has the file open), erasing once more finishes it.
    """
    record = store.file
    if record is not None:
        # Before anything is changed: whether the file can be had alone, as it must be in the end.
        store.close()
        sqlite.have_alone(record)
    now = store.now()
    with store.writing() as connection:
        known = _delete(connection, choice.condition(connection), choice.learner, now)
        erased = list(connection.scalars(select(erasures.c.attempt)))
    if record is None:
        return Erased(known)
    store.close()
    sqlite.scrub(record)
    rewritten, removed = 0, []
    kept = backups.listed(record)
    for done, backup in enumerate(kept):
        if progress:
            progress(done, len(kept))
        try:
            rewritten += _rewrite(backup.path, erased, choice.learner, now)
        except StoreError:
            # What cannot be read cannot be cleaned, and must not stay.
            for side in ("", *sqlite.SIDES):
                backup.path.with_name(backup.path.name + side).unlink(missing_ok=True)
            removed.append(backup.path)
    backups.remove_parts(record)
    return Erased(known, rewritten, tuple(removed))


def forget(connection: Connection, attempt_ids: Sequence[str], now: str) -> int:
    """Delete attempts that were erased before and came back with an older copy of the record; gives how many."""
    known = 0
    for place in range(0, len(attempt_ids), _MANY):
        known += _list(connection, attempts.c.id.in_(attempt_ids[place : place + _MANY]), now)
    _delete_listed(connection)
    return known


def _rewrite(backup: Path, erased: Sequence[str], learner: str | None, now: str) -> bool:
    """Erase in a backup, brought to the present shape first. Gives whether there was anything to erase."""
    engine = sqlite.connect(backup)
    try:
        with backups.saying_plainly():
            schema.prepare(engine, keep=False)
            with engine.execution_options(writes=True).begin() as connection:
                found = forget(connection, erased, now)
                if learner is not None:
                    found += _delete(connection, attempts.c.learner == learner, learner, now)
    finally:
        engine.dispose()
    sqlite.scrub(backup)
    return found > 0


def _delete(connection: Connection, condition: ColumnElement[bool], learner: str | None, now: str) -> int:
    known = _list(connection, condition, now)
    _delete_listed(connection)
    if learner is not None:
        connection.execute(delete(identities).where(identities.c.learner == learner))
        connection.execute(delete(learners).where(learners.c.pseudonym == learner))
    return known


_MANY = 500
"""Ids named in one statement; databases limit how many there may be."""


def _list(connection: Connection, condition: ColumnElement[bool], now: str) -> int:
    listed = select(erasures.c.attempt)
    condition = and_(condition, attempts.c.id.not_in(listed))
    known = connection.scalar(select(func.count()).select_from(attempts).where(condition)) or 0
    meant = select(attempts.c.id, literal(now)).where(condition)
    connection.execute(insert(erasures).from_select(["attempt", "at"], meant))
    return known


def _delete_listed(connection: Connection) -> None:
    """Delete every attempt that is listed, whole; what refers to another row goes before it."""
    gone = select(attempts.c.id).where(attempts.c.id.in_(select(erasures.c.attempt)))
    made = select(assessments.c.id).where(assessments.c.attempt.in_(gone))
    connection.execute(delete(criterion_levels).where(criterion_levels.c.assessment.in_(made)))
    parts: tuple[Table, ...] = (assessments, drafts, attempt_rubrics, events)
    for part in parts:
        connection.execute(delete(part).where(part.c.attempt.in_(gone)))
    connection.execute(delete(attempts).where(attempts.c.id.in_(select(erasures.c.attempt))))


def _with_branches(connection: Connection, names: Sequence[str]) -> list[str]:
    """These attempts and, since a branch holds what was said before it left, all that began from them."""
    found = list(names)
    newest = list(names)
    while newest:
        query = select(attempts.c.id).where(or_(*(attempts.c.parent == name for name in newest)))
        newest = [name for name in connection.scalars(query) if name not in found]
        found += newest
    return found
