"""The one door to the record: small named operations, each one transaction that holds or leaves no trace."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.exc import DBAPIError

from simulator.store import chain, schema
from simulator.store.errors import StoreError, plain
from simulator.store.records import (
    Attempt,
    AttemptState,
    Event,
    NewAssessment,
    NewAttempt,
    StoredAssessment,
)
from simulator.store.tables import (
    assessments,
    attempt_rubrics,
    attempts,
    drafts,
    events,
    rubric_versions,
    scenario_versions,
)


class Store:
    """Attempts and what belongs to them, in one database. Every operation raises StoreError when the database
    cannot do it, and then nothing of it was written. May be used from several threads and processes."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        """Open the record behind `engine`, making or updating its tables. `clock` gives aware times."""
        self._engine = engine
        self._clock = clock
        with self._reading() as connection:
            version = schema.version_of(connection)
            schema.refuse_newer(version)
        if version < len(schema.STEPS):
            with self._writing() as connection:
                schema.bring_up_to_date(connection)

    def close(self) -> None:
        """Let go of the database's files."""
        self._engine.dispose()

    def start(self, new: NewAttempt, opening: str) -> Attempt:
        """Keep a new attempt with its first event, `opening` (JSON text of the client's first utterance)."""
        attempt_id, now = str(uuid.uuid4()), self._now()
        with self._writing() as connection:
            _keep_version(connection, scenario_versions, new.scenario_hash, new.scenario_id, new.scenario)
            for rubric_hash, (rubric_id, compiled) in new.rubrics.items():
                _keep_version(connection, rubric_versions, rubric_hash, rubric_id, compiled)
            connection.execute(
                attempts.insert().values(
                    id=attempt_id,
                    scenario_id=new.scenario_id,
                    scenario_hash=new.scenario_hash,
                    seed=new.seed,
                    state=AttemptState.OPEN.value,
                    started=now,
                    updated=now,
                    head=chain.root(attempt_id, new.scenario_hash, new.seed, now),
                    length=0,
                    turns=0,
                )
            )
            for place, rubric_hash in enumerate(new.rubrics):
                connection.execute(
                    attempt_rubrics.insert().values(attempt=attempt_id, place=place, rubric_hash=rubric_hash)
                )
            _append(connection, _attempt(connection, attempt_id), "opening", opening, "", now)
            return _attempt(connection, attempt_id)

    def append(
        self,
        attempt_id: str,
        *,
        after: int,
        kind: str,
        payload: str,
        reader: str = "",
        state: AttemptState,
        turns: int,
        ending: str | None = None,
        made: Sequence[NewAssessment] = (),
    ) -> Event:
        """Add an event to an attempt, with the assessments it calls for, and note how the attempt now stands.

        `after` is how many events the caller has seen: when there are more by now, the attempt went on
        elsewhere and StoreError is raised. With a turn the draft is dropped (its text was just sent), and
        assessments that stood before no longer stand.
        """
        now = self._now()
        with self._writing() as connection:
            attempt = _attempt(connection, attempt_id)
            if attempt.length != after:
                raise StoreError("This talk went on in another window. Open it again to go on from there.")
            event = _append(connection, attempt, kind, payload, reader, now)
            connection.execute(
                attempts.update()
                .where(attempts.c.id == attempt_id)
                .values(state=state.value, turns=turns, ending=ending)
            )
            if kind == "turn":
                connection.execute(drafts.delete().where(drafts.c.attempt == attempt_id))
            connection.execute(
                assessments.update()
                .where(assessments.c.attempt == attempt_id, assessments.c.superseded_by.is_(None))
                .values(superseded_by=event.id)
            )
            for assessment in made:
                connection.execute(
                    assessments.insert().values(
                        id=str(uuid.uuid4()),
                        attempt=attempt_id,
                        rubric_id=assessment.rubric_id,
                        rubric_hash=assessment.rubric_hash,
                        scorer=assessment.scorer,
                        payload=assessment.payload,
                        made=now,
                    )
                )
        return event

    def attempt(self, attempt_id: str) -> Attempt:
        """One attempt. Raises StoreError where there is none of that id."""
        with self._reading() as connection:
            return _attempt(connection, attempt_id)

    def attempts(self, *states: AttemptState) -> list[Attempt]:
        """The attempts in one of these states (none named: all), the one last touched first."""
        query = select(attempts).order_by(attempts.c.updated.desc(), attempts.c.id)
        if states:
            query = query.where(attempts.c.state.in_([state.value for state in states]))
        with self._reading() as connection:
            return [_as_attempt(row) for row in connection.execute(query)]

    def events(self, attempt_id: str) -> list[Event]:
        """Everything that happened in an attempt, in order."""
        query = select(events).where(events.c.attempt == attempt_id).order_by(events.c.sequence)
        with self._reading() as connection:
            return [Event(**row._mapping) for row in connection.execute(query)]

    def scenario_version(self, scenario_hash: str) -> str:
        """The compiled scenario of that hash, as it was kept. Raises StoreError where there is none."""
        query = select(scenario_versions.c.compiled).where(scenario_versions.c.hash == scenario_hash)
        with self._reading() as connection:
            compiled: str | None = connection.scalar(query)
        if compiled is None:
            raise StoreError(f"The record holds no scenario version {scenario_hash[:12]}.")
        return compiled

    def rubric_versions(self, attempt_id: str) -> dict[str, str]:
        """The compiled rubrics an attempt started with, by hash, in the scenario's order."""
        query = (
            select(rubric_versions.c.hash, rubric_versions.c.compiled)
            .join(attempt_rubrics, attempt_rubrics.c.rubric_hash == rubric_versions.c.hash)
            .where(attempt_rubrics.c.attempt == attempt_id)
            .order_by(attempt_rubrics.c.place)
        )
        with self._reading() as connection:
            return {row.hash: row.compiled for row in connection.execute(query)}

    def assessments(self, attempt_id: str | None = None) -> list[StoredAssessment]:
        """The assessments that stand, of one attempt or of all, oldest first."""
        query = select(assessments).where(assessments.c.superseded_by.is_(None))
        if attempt_id is not None:
            query = query.where(assessments.c.attempt == attempt_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(assessments.c.made, assessments.c.rubric_id))
            return [StoredAssessment(**row._mapping) for row in rows]

    def save_draft(self, attempt_id: str, text: str) -> None:
        """Keep what the learner is typing; an empty text drops it."""
        with self._writing() as connection:
            connection.execute(drafts.delete().where(drafts.c.attempt == attempt_id))
            if text:
                connection.execute(drafts.insert().values(attempt=attempt_id, text=text))

    def draft(self, attempt_id: str) -> str:
        """What the learner was typing when last seen, or an empty text."""
        with self._reading() as connection:
            return connection.scalar(select(drafts.c.text).where(drafts.c.attempt == attempt_id)) or ""

    def verify(self, attempt_id: str) -> list[str]:
        """What is wrong with an attempt's hash chain, in plain words; empty when it is whole."""
        return chain.faults(self.attempt(attempt_id), self.events(attempt_id))

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _plainly(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _plainly(), self._engine.begin() as connection:
            yield connection


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(plain(error)) from error


def _append(connection: Connection, attempt: Attempt, kind: str, payload: str, reader: str, now: str) -> Event:
    content: dict[str, Any] = {
        "attempt": attempt.id,
        "sequence": attempt.length,
        "id": str(uuid.uuid4()),
        "kind": kind,
        "payload": payload,
        "reader": reader,
        "scenario_hash": attempt.scenario_hash,
        "at": now,
        "previous": attempt.head,
    }
    event = Event(**content, hash=chain.event_hash(**content))
    connection.execute(events.insert().values(**content, hash=event.hash))
    connection.execute(
        attempts.update()
        .where(attempts.c.id == attempt.id)
        .values(head=event.hash, length=attempt.length + 1, updated=now)
    )
    return event


def _attempt(connection: Connection, attempt_id: str) -> Attempt:
    # Locked where the database locks rows; SQLite has locked the whole file by now.
    row = connection.execute(select(attempts).where(attempts.c.id == attempt_id).with_for_update()).first()
    if row is None:
        raise StoreError(f"The record holds no attempt {attempt_id}.")
    return _as_attempt(row)


def _as_attempt(row: Row[Any]) -> Attempt:
    values = dict(row._mapping)
    return Attempt(**{**values, "state": AttemptState(values["state"])})


def _keep_version(connection: Connection, table: Any, version: str, name: str, compiled: str) -> None:
    if connection.scalar(select(table.c.hash).where(table.c.hash == version)) is None:
        connection.execute(table.insert().values(hash=version, id=name, compiled=compiled))
