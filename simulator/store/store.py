"""The one door to the record: small named operations, each one transaction that holds or leaves no trace."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, or_, select
from sqlalchemy.exc import DBAPIError

from simulator.store import chain, rows, schema
from simulator.store.errors import StoreError, plain
from simulator.store.records import (
    LOCAL_LEARNER,
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
    learners,
    rubric_versions,
    scenario_versions,
)

_MANY = 500
"""Ids named in one query; databases limit how many there may be."""


class Store:
    """Attempts and what belongs to them, in one database, as one learner works with them. Every operation raises
    StoreError when the database cannot do it, and then nothing of it was written. May be used from several threads
    and processes."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], learner: str = LOCAL_LEARNER) -> None:
        """Open the record behind `engine`, making or updating its tables. `clock` gives aware times; `learner` is
        the pseudonym of whose attempts are begun and listed."""
        self._engine = engine
        self._reader = engine
        if engine.dialect.name == "postgresql":
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
        self._clock = clock
        self.learner = learner
        with _plainly():
            schema.prepare(engine)

    @property
    def file(self) -> Path | None:
        """The SQLite file the record is; None on PostgreSQL."""
        name = self._engine.url.database
        return Path(name) if self._engine.dialect.name == "sqlite" and name else None

    @property
    def place(self) -> str:
        """Where the record is, for people: its file, or its database without the password."""
        return str(self.file or self._engine.url.render_as_string(hide_password=True))

    def close(self) -> None:
        """Let go of the database's files."""
        self._engine.dispose()

    def start(self, new: NewAttempt, opening: str, turns: Sequence[Event] = (), draft: str = "") -> Attempt:
        """Keep a new attempt with its first event, `opening` (JSON text of the client's first utterance).

        A branch begins with copies of its parent's `turns`, so that it outlives it, and perhaps with a draft.
        """
        attempt_id, now = str(uuid.uuid4()), self.now()
        with self.writing() as connection:
            rows.put(connection, learners, pseudonym=self.learner, made=now)
            rows.keep_version(connection, scenario_versions, new.scenario_hash, new.scenario_id, new.scenario)
            for rubric_hash, (rubric_id, compiled) in new.rubrics.items():
                rows.keep_version(connection, rubric_versions, rubric_hash, rubric_id, compiled)
            connection.execute(
                attempts.insert().values(
                    id=attempt_id,
                    learner=self.learner,
                    scenario_id=new.scenario_id,
                    scenario_hash=new.scenario_hash,
                    seed=new.seed,
                    state=AttemptState.OPEN.value,
                    started=now,
                    updated=now,
                    head=chain.root(attempt_id, new.scenario_hash, new.seed, now),
                    length=0,
                    turns=len(turns),
                    parent=new.parent,
                    parent_turn=new.parent_turn,
                    parent_event=new.parent_event,
                )
            )
            for place, rubric_hash in enumerate(new.rubrics):
                connection.execute(
                    attempt_rubrics.insert().values(attempt=attempt_id, place=place, rubric_hash=rubric_hash)
                )
            rows.append_event(connection, rows.attempt_row(connection, attempt_id), "opening", opening, "", now)
            for turn in turns:
                whole = rows.attempt_row(connection, attempt_id)
                rows.append_event(connection, whole, turn.kind, turn.payload, turn.reader, now, turn.scenario_hash)
            if draft:
                connection.execute(drafts.insert().values(attempt=attempt_id, text=draft))
            return rows.attempt_row(connection, attempt_id)

    def append(
        self,
        attempt_id: str,
        *,
        after: int,
        kind: str,
        payload: str,
        reader: str = "",
        rules: str | None = None,
        state: AttemptState,
        turns: int,
        ending: str | None = None,
        outcome: str | None = None,
        made: Sequence[NewAssessment] = (),
    ) -> Event:
        """Add an event to an attempt, with the assessments it calls for, and note how the attempt now stands.

        `rules` is the hash of the compiled scenario as it is played now (None: as when the attempt began), `after`
        how many events the caller has seen: when there are more by now, the attempt went on
        elsewhere and StoreError is raised. With a turn the draft is dropped (its text was just sent), and
        assessments that stood before no longer stand.
        """
        now = self.now()
        with self.writing() as connection:
            attempt = rows.attempt_row(connection, attempt_id, lock=True)
            if attempt.length != after:
                raise StoreError("This talk went on in another window. Open it again to go on from there.")
            stands = {"state": state.value, "turns": turns, "ending": ending, "outcome": outcome}
            event = rows.append_event(connection, attempt, kind, payload, reader, now, rules, **stands)
            if kind == "turn":
                connection.execute(drafts.delete().where(drafts.c.attempt == attempt_id))
            rows.supersede(connection, attempt_id, event.id)
            for assessment in made:
                rows.keep_assessment(connection, attempt_id, assessment, now)
        return event

    def attempt(self, attempt_id: str) -> Attempt:
        """One attempt. Raises StoreError where there is none of that id."""
        with self.reading() as connection:
            return rows.attempt_row(connection, attempt_id)

    def attempts(
        self,
        *states: AttemptState,
        scenario: str | None = None,
        begun: bool = False,
        drafted: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Attempt]:
        """The learner's attempts in one of these states (none named: all), the one last touched first.

        `scenario` is an id: only those at it; `begun`: only those with a turn that stands; `drafted`: or with a
        draft. At most `limit` of them, the first `offset` left out.
        """
        query = self._mine(select(attempts), states, begun=begun, drafted=drafted)
        if scenario is not None:
            query = query.where(attempts.c.scenario_id == scenario)
        query = query.order_by(attempts.c.updated.desc(), attempts.c.id.desc()).limit(limit).offset(offset)
        with self.reading() as connection:
            return [rows.as_attempt(row) for row in connection.execute(query)]

    def count(self, *states: AttemptState, begun: bool = False) -> int:
        """How many attempts there are as `attempts` lists them."""
        query = self._mine(select(func.count()).select_from(attempts), states, begun=begun, drafted=False)
        with self.reading() as connection:
            return connection.scalar(query) or 0

    def _mine(self, query: Select[Any], states: Sequence[AttemptState], *, begun: bool, drafted: bool) -> Select[Any]:
        query = query.where(attempts.c.learner == self.learner)
        if states:
            query = query.where(attempts.c.state.in_([state.value for state in states]))
        if drafted:
            query = query.where(or_(attempts.c.turns > 0, attempts.c.id.in_(select(drafts.c.attempt))))
        elif begun:
            query = query.where(attempts.c.turns > 0)
        return query

    def ids(self, prefix: str) -> list[str]:
        """The ids of the learner's attempts that begin so."""
        query = select(attempts.c.id).where(attempts.c.learner == self.learner, attempts.c.id.startswith(prefix))
        with self.reading() as connection:
            return list(connection.scalars(query.order_by(attempts.c.updated.desc())))

    def learners(self) -> list[str]:
        """The pseudonyms of everybody the record has attempts of, in order."""
        with self.reading() as connection:
            return list(connection.scalars(select(learners.c.pseudonym).order_by(learners.c.pseudonym)))

    def titles(self, scenario_hashes: Collection[str]) -> dict[str, str]:
        """The titles of scenario versions, by hash."""
        query = select(scenario_versions.c.hash, scenario_versions.c.title)
        with self.reading() as connection:
            found = connection.execute(query.where(scenario_versions.c.hash.in_(scenario_hashes)))
            return {row.hash: row.title for row in found}

    def totals(self, attempt_ids: Collection[str]) -> dict[str, dict[str, float]]:
        """What stands of these attempts' assessments: by attempt, the total (0 to 100) by rubric id."""
        found: dict[str, dict[str, float]] = {}
        query = select(assessments.c.attempt, assessments.c.rubric_id, assessments.c.total)
        query = query.where(assessments.c.superseded_by.is_(None), assessments.c.total.is_not(None))
        query = query.order_by(assessments.c.made, assessments.c.rubric_id)
        wanted = list(attempt_ids)
        with self.reading() as connection:
            for place in range(0, len(wanted), _MANY):
                some = assessments.c.attempt.in_(wanted[place : place + _MANY])
                for row in connection.execute(query.where(some)):
                    found.setdefault(row.attempt, {})[row.rubric_id] = row.total
        return found

    def events(self, attempt_id: str) -> list[Event]:
        """Everything that happened in an attempt, in order."""
        with self.reading() as connection:
            return rows.events_of(connection, attempt_id)

    def scenario_version(self, scenario_hash: str) -> str:
        """The compiled scenario of that hash, as it was kept. Raises StoreError where there is none."""
        query = select(scenario_versions.c.compiled).where(scenario_versions.c.hash == scenario_hash)
        with self.reading() as connection:
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
        with self.reading() as connection:
            return {row.hash: row.compiled for row in connection.execute(query)}

    def assessments(self, attempt_id: str | None = None) -> list[StoredAssessment]:
        """The assessments that stand, of one attempt or of all of the learner's, oldest first."""
        query = select(assessments).where(assessments.c.superseded_by.is_(None))
        if attempt_id is not None:
            query = query.where(assessments.c.attempt == attempt_id)
        else:
            query = query.join(attempts).where(attempts.c.learner == self.learner)
        with self.reading() as connection:
            found = connection.execute(query.order_by(assessments.c.made, assessments.c.rubric_id))
            return [StoredAssessment(**row._mapping) for row in found]

    def save_draft(self, attempt_id: str, text: str) -> None:
        """Keep what the learner is typing; an empty text drops it."""
        with self.writing() as connection:
            if text:
                rows.keep_draft(connection, attempt_id, text)
            else:
                connection.execute(drafts.delete().where(drafts.c.attempt == attempt_id))

    def draft(self, attempt_id: str) -> str:
        """What the learner was typing when last seen, or an empty text."""
        with self.reading() as connection:
            return connection.scalar(select(drafts.c.text).where(drafts.c.attempt == attempt_id)) or ""

    def verify(self, attempt_id: str) -> list[str]:
        """What is wrong with an attempt's hash chain, in plain words; empty when it is whole."""
        with self.reading() as connection:
            return chain.faults(rows.attempt_row(connection, attempt_id), rows.events_of(connection, attempt_id))

    def now(self) -> str:
        """The present time as the record has it: ISO 8601 in UTC."""
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, undone by any error. Raises StoreError."""
        with _plainly(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads, and sees the record as it is at one moment. Raises StoreError."""
        with _plainly(), self._reader.begin() as connection:
            yield connection


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, UnicodeDecodeError) as error:  # the second is the driver's, where a text is none any more
        raise StoreError(plain(error)) from error
