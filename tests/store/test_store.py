from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event as hooks
from sqlalchemy import make_url

from simulator.store import AttemptState, NewAssessment, NewAttempt, StoreError, open_store
from simulator.store.sqlite import journal_mode
from simulator.store.store import Store

from .conftest import Clock, Where, raw

RUBRIC = "r" * 64
NEW = NewAttempt("rent-arrears", "s" * 64, '{"title":"The letter"}', 7, {RUBRIC: ("listening", '{"id":"listening"}')})


def say(store: Store, attempt_id: str, after: int, payload: str = '{"n":1}', **more: object) -> None:
    store.append(attempt_id, after=after, kind="turn", payload=payload, state=AttemptState.OPEN, turns=after, **more)


def test_what_was_kept_comes_back_as_it_went_in(store: Store, where: Where) -> None:
    attempt = store.start(NEW, '{"line":"Four weeks ‘I’ve’ been ringing… 😀"}')
    say(store, attempt.id, 1, '{"reply":"é\\n\\u0000"}', reader="3")
    again = open_store(where, Clock())
    assert [(event.kind, event.payload, event.reader) for event in again.events(attempt.id)] == [
        ("opening", '{"line":"Four weeks ‘I’ve’ been ringing… 😀"}', ""),
        ("turn", '{"reply":"é\\n\\u0000"}', "3"),
    ]
    assert again.scenario_version(NEW.scenario_hash) == NEW.scenario
    assert again.rubric_versions(attempt.id) == {RUBRIC: '{"id":"listening"}'}
    found = again.attempt(attempt.id)
    assert (found.seed, found.turns, found.state) == (7, 1, AttemptState.OPEN)


def test_the_file_and_its_folder_are_for_the_owner_alone(record: Path) -> None:
    store = open_store(record, Clock())
    store.start(NEW, "{}")
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700
    others = [path for path in record.parent.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert others == []


def test_times_are_kept_in_utc_whatever_zone_the_clock_shows(where: Where) -> None:
    east = timezone(timedelta(hours=9))
    store = open_store(where, lambda: datetime(2026, 3, 1, 9, 0, tzinfo=east))
    assert store.start(NEW, "{}").started == "2026-03-01T00:00:00.000000+00:00"


def test_attempts_are_listed_by_state_the_last_touched_first(store: Store) -> None:
    first, second = store.start(NEW, "{}"), store.start(NEW, "{}")
    third = store.start(NEW, "{}")
    store.append(third.id, after=1, kind="turn", payload="{}", state=AttemptState.ENDED, turns=1, ending="walks_out")
    say(store, first.id, 1)
    assert [attempt.id for attempt in store.attempts(AttemptState.OPEN)] == [first.id, second.id]
    assert [attempt.ending for attempt in store.attempts(AttemptState.ENDED)] == ["walks_out"]
    assert len(store.attempts()) == 3


def test_a_talk_that_went_on_elsewhere_is_refused_and_nothing_is_written(store: Store, where: Where) -> None:
    attempt = store.start(NEW, "{}")
    say(open_store(where, Clock()), attempt.id, 1)
    with pytest.raises(StoreError, match="another window"):
        say(store, attempt.id, 1, '{"n":2}')
    assert [event.payload for event in store.events(attempt.id)] == ["{}", '{"n":1}']
    assert store.verify(attempt.id) == []


def test_each_learner_sees_their_own_attempts(store: Store, where: Where) -> None:
    other = open_store(where, Clock(), "heron")
    mine, theirs = store.start(NEW, "{}"), other.start(NEW, "{}")
    made = [NewAssessment("listening", RUBRIC, "1", '{"total":50}')]
    other.append(theirs.id, after=1, kind="turn", payload="{}", state=AttemptState.ENDED, turns=1, made=made)
    assert [(attempt.id, attempt.learner) for attempt in store.attempts()] == [(mine.id, "local")]
    assert [(attempt.id, attempt.learner) for attempt in other.attempts()] == [(theirs.id, "heron")]
    assert store.assessments() == []
    assert [kept.total for kept in other.assessments()] == [50]


def test_a_branch_remembers_where_it_came_from(store: Store) -> None:
    first = store.start(NEW, "{}")
    opening = store.events(first.id)[0]
    branch = store.start(replace(NEW, parent=first.id, parent_turn=0, parent_event=opening.id), "{}")
    found = store.attempt(branch.id)
    assert (found.parent, found.parent_turn, found.parent_event) == (first.id, 0, opening.id)
    assert store.attempt(first.id).parent is None


def test_a_turn_drops_the_draft_and_any_event_supersedes_assessments(store: Store) -> None:
    attempt = store.start(NEW, "{}")
    made = [NewAssessment("listening", RUBRIC, "1", '{"total":50}')]
    store.append(attempt.id, after=1, kind="turn", payload="{}", state=AttemptState.ENDED, turns=1, made=made)
    store.save_draft(attempt.id, "I wonder")
    store.save_draft(attempt.id, "I wonder what")
    assert store.draft(attempt.id) == "I wonder what"
    assert [kept.payload for kept in store.assessments()] == ['{"total":50}']
    store.append(attempt.id, after=2, kind="undone", payload="{}", state=AttemptState.OPEN, turns=0)
    assert store.draft(attempt.id) == "I wonder what"
    assert store.assessments(attempt.id) == []
    say(store, attempt.id, 3)
    assert store.draft(attempt.id) == ""


def test_an_empty_draft_is_no_draft(store: Store) -> None:
    attempt = store.start(NEW, "{}")
    store.save_draft(attempt.id, "I wonder")
    store.save_draft(attempt.id, "")
    assert store.draft(attempt.id) == ""


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET payload = '{\"n\":9}' WHERE sequence = 1",
        "UPDATE events SET reader = 'other' WHERE sequence = 1",
        "UPDATE events SET at = '2020-01-01' WHERE sequence = 2",
        "UPDATE events SET kind = 'undone' WHERE sequence = 2",
        "DELETE FROM events WHERE sequence = 1",
        "DELETE FROM events WHERE sequence = 3",
        "DELETE FROM events",
        "UPDATE attempts SET seed = 8",
        "UPDATE attempts SET head = 'x'",
    ],
)
def test_verify_finds_what_was_changed_behind_the_stores_back(store: Store, where: Where, tampering: str) -> None:
    attempt = store.start(NEW, "{}")
    for after in (1, 2, 3):
        say(store, attempt.id, after)
    assert store.verify(attempt.id) == []
    raw(where, tampering, triggers=False)
    assert store.verify(attempt.id) != []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = '{}'",
        "DELETE FROM events",
        "INSERT INTO events SELECT attempt, 3, 'other', kind, payload, reader, scenario_hash, at, previous, hash "
        "FROM events WHERE sequence = 1",
        "INSERT INTO events SELECT attempt, 2, 'other', kind, payload, reader, scenario_hash, at, 'wrong', hash "
        "FROM events WHERE sequence = 1",
        "UPDATE scenario_versions SET compiled = '{}'",
        "DELETE FROM rubric_versions",
    ],
)
def test_the_database_itself_keeps_events_append_only(store: Store, where: Where, statement: str) -> None:
    attempt = store.start(NEW, "{}")
    say(store, attempt.id, 1)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation)):
        raw(where, statement)
    assert store.verify(attempt.id) == []


def test_a_row_that_takes_the_place_of_an_event_is_refused_by_sqlite(record: Path) -> None:
    store = open_store(record, Clock())
    attempt = store.start(NEW, "{}")
    say(store, attempt.id, 1)
    with pytest.raises(sqlite3.IntegrityError):
        raw(
            record,
            "INSERT OR REPLACE INTO events SELECT attempt, 1, id, kind, '{\"n\":9}', reader, scenario_hash, at, "
            "previous, hash FROM events WHERE sequence = 1",
        )
    assert store.verify(attempt.id) == []


def test_a_whole_table_cannot_be_emptied_at_once_on_postgresql(database: str) -> None:
    store = open_store(database, Clock())
    attempt = store.start(NEW, "{}")
    for table in ("events", "scenario_versions"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            raw(database, f"TRUNCATE {table} CASCADE")
    assert store.verify(attempt.id) == []


def test_events_go_only_with_an_attempt_that_is_listed_to_be_erased(store: Store, where: Where) -> None:
    kept, gone = store.start(NEW, "{}"), store.start(NEW, "{}")
    raw(where, f"INSERT INTO erasures VALUES ('{gone.id}', 'now')", f"DELETE FROM events WHERE attempt = '{gone.id}'")
    assert store.verify(gone.id) == ["the last events are missing"]
    with pytest.raises(StoreError, match="follow the last one"):
        say(store, gone.id, 1)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation)):
        raw(where, f"DELETE FROM events WHERE attempt = '{kept.id}'")
    assert store.verify(kept.id) == []


def test_a_file_that_is_no_record_is_refused_and_left_alone(record: Path) -> None:
    record.parent.mkdir()
    record.write_text("Dear diary, " * 100)
    with pytest.raises(StoreError, match="not a record"):
        open_store(record, Clock())
    assert record.read_text().startswith("Dear diary")


def test_a_place_that_cannot_be_made_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="record"):
        open_store(tmp_path / "file" / "record.db", Clock())


def test_a_server_that_takes_no_writes_is_said_plainly(database: str) -> None:
    store = open_store(database, Clock())
    attempt = store.start(NEW, "{}")
    name = make_url(database).database
    raw(database, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    again = open_store(database, Clock())
    with pytest.raises(StoreError, match="read-only"):
        say(again, attempt.id, 1)
    assert again.attempt(attempt.id).length == 1


def test_a_connection_that_broke_is_made_anew(database: str) -> None:
    store = open_store(database, Clock())
    attempt = store.start(NEW, "{}")
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    raw(database, f"SELECT pg_terminate_backend(pid) {others}")
    say(store, attempt.id, 1)
    assert store.attempt(attempt.id).length == 2


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql+psycopg://nobody@localhost:1/none", "cannot be reached"),
        ("postgresql://nobody@/none?host=/nowhere", "cannot be reached"),
        ("postgresql+psycopg://postgres@/none?host={server}", "no database of that name"),
        ("postgresql+psycopg://nobody@/none?host={server}", "does not know the name"),
        ("mysql://root@localhost/db", "is no database that can be used"),
        ("postgresql+psycopg://name:secret@host", "is no database that can be used"),
        ("not an address", "no address of a database"),
    ],
)
def test_a_server_that_cannot_be_used_is_a_plain_error_without_the_password(
    url: str, message: str, postgresql: str
) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        open_store(url.format(server=make_url(postgresql).query["host"]), Clock())
    assert "secret" not in str(caught.value)


def limit(store: Store, pragma: str) -> None:
    """Make every connection from now on fail as a full or read-only disk does."""
    store._engine.dispose()
    hooks.listen(store._engine, "connect", lambda connection, _: connection.execute(pragma).close())


@pytest.mark.parametrize(
    ("pragma", "message"), [("PRAGMA max_page_count = 1", "disk is full"), ("PRAGMA query_only = on", "read-only")]
)
def test_a_full_or_read_only_disk_is_said_plainly_and_leaves_nothing_half_written(
    record: Path, pragma: str, message: str
) -> None:
    store = open_store(record, Clock())
    attempt = store.start(NEW, "{}")
    limit(store, pragma)
    with pytest.raises(StoreError, match=message):
        say(store, attempt.id, 1, '{"long":"' + "x" * 100_000 + '"}')
    again = open_store(record, Clock())
    assert again.verify(attempt.id) == []
    assert again.attempt(attempt.id).length == 1
    say(again, attempt.id, 1)
    assert again.attempt(attempt.id).length == 2


def test_an_unknown_attempt_or_version_is_a_plain_error(store: Store) -> None:
    for ask in (store.attempt, store.verify, store.scenario_version):
        with pytest.raises(StoreError, match="holds no"):
            ask("nobody")


def _talk(where: Where, turns: int) -> None:
    store = open_store(where, Clock())
    attempt = store.start(NEW, "{}")
    for after in range(1, turns + 1):
        say(store, attempt.id, after)


def test_several_processes_begin_and_talk_in_one_new_record(where: Where) -> None:
    context = multiprocessing.get_context("spawn")
    talks = [context.Process(target=_talk, args=(where, 10)) for _ in range(4)]
    for talk in talks:
        talk.start()
    for talk in talks:
        talk.join()
    assert [talk.exitcode for talk in talks] == [0] * 4
    store = open_store(where, Clock())
    assert [(attempt.turns, store.verify(attempt.id)) for attempt in store.attempts()] == [(10, [])] * 4


def test_every_connection_is_set_up_for_safety(record: Path) -> None:
    store = open_store(record, Clock())
    ask: Callable[[str], object] = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
    with store._engine.connect() as connection:
        assert ask("foreign_keys") == 1
        assert ask("synchronous") == 2
        assert ask("busy_timeout") == 5000
        assert ask("trusted_schema") == 0
        assert ask("journal_mode") == journal_mode(sqlite3.sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_the_write_ahead_log_only_where_it_is_sound(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode(version) == mode
