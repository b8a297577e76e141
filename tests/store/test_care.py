"""Backups, restoring, checking, erasing, retention and moving, below the commands."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.store import AttemptState, NewAssessment, NewAttempt, StoreError, backups, engine_for, open_store
from simulator.store.check import check
from simulator.store.erase import Choice, count, erase
from simulator.store.move import move
from simulator.store.restore import restore
from simulator.store.retention import days, expired, keep_for
from simulator.store.store import Store

from .conftest import Clock, Where, raw

COMPILED = '{"id":"listening"}'
RUBRIC = hashlib.sha256(COMPILED.encode()).hexdigest()
NEW = NewAttempt("rent-arrears", "s" * 64, '{"title":"The letter"}', 7, {RUBRIC: ("listening", COMPILED)})
SCORED = [NewAssessment("listening", RUBRIC, "1", '{"total":50,"criteria":[{"criterion":"asks","level":2}]}')]
MARKER = "Zanzibar-marker"


def talk(store: Store, *replies: str, end: bool = False) -> str:
    attempt = store.start(NEW, "{}").id
    for number, reply in enumerate(replies, start=1):
        last = end and number == len(replies)
        store.append(
            attempt,
            after=number,
            kind="turn",
            payload=f'{{"reply":"{reply}"}}',
            state=AttemptState.ENDED if last else AttemptState.OPEN,
            turns=number,
            ending="done" if last else None,
            made=SCORED if last else (),
        )
    return attempt


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def holding(folder: Path, text: str) -> list[str]:
    return [name for name, data in contents(folder).items() if text.encode() in data]


@pytest.fixture(params=["delete", "wal"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either journal, whatever release of SQLite is installed."""
    monkeypatch.setattr("simulator.store.sqlite.journal_mode", lambda _version: request.param)
    return str(request.param)


# --- backups


@pytest.mark.usefixtures("journal")
def test_a_backup_is_one_private_file_that_holds_everything(record: Path) -> None:
    store = open_store(record, Clock())
    attempt = talk(store, "Hm.", end=True)
    made = backups.make(record, "asked")
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    copy = open_store(made.path, Clock())
    assert copy.events(attempt) == store.events(attempt)


def test_a_backup_is_whole_while_others_write(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(record, Clock())
    attempt = talk(store, "x" * 50_000)
    monkeypatch.setattr(backups, "_PAGES", 2)
    written = 0

    def write_on(_done: int, _total: int) -> None:
        nonlocal written
        if written < 40:
            written += 1
            store.save_draft(attempt, f"draft {written}")

    copy = open_store(backups.make(record, "asked", progress=write_on).path, Clock())
    assert written == 40
    assert copy.verify(attempt) == []
    assert check(copy._engine).faults == ()


def test_a_backup_that_cannot_be_written_leaves_no_half_of_one(record: Path) -> None:
    talk(open_store(record, Clock()), "Hm.")
    (record.parent / backups.FOLDER).write_text("in the way")
    with pytest.raises(StoreError):
        backups.make(record, "asked")
    assert sorted(path.name for path in record.parent.iterdir()) == ["backups", "record.db"]


@given(ages=st.lists(st.integers(0, 120 * 24), min_size=1, max_size=60, unique=True))
@settings(max_examples=30, deadline=None)
def test_backups_are_thinned_to_a_week_of_all_and_eight_weekly_ones(ages: list[int]) -> None:
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    known = [backups.Backup(Path(f"{age}.db"), now - timedelta(hours=age), "daily") for age in sorted(ages)]
    kept = backups._kept(known, now)
    assert known[0] in kept
    assert all(backup in kept for backup in known if now - backup.made <= timedelta(days=7))
    older = [backup for backup in kept if now - backup.made > timedelta(days=7)]
    assert len({backup.made.isocalendar()[:2] for backup in older}) == len(older)
    assert all(now - backup.made <= timedelta(weeks=8) for backup in older if backup is not known[0])
    for backup in known:  # of a week that is kept at all, the latest is
        week = [one for one in known if one.made.isocalendar()[:2] == backup.made.isocalendar()[:2]]
        if backup in older and backup is not known[0]:
            assert backup == max((one for one in week if now - one.made > timedelta(days=7)), key=lambda one: one.made)


def test_a_backup_is_due_once_a_day(record: Path) -> None:
    talk(open_store(record, Clock()), "Hm.")
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert backups.due(record, now)
    backups.make(record, "daily", now)
    assert not backups.due(record, now + timedelta(hours=23))
    assert backups.due(record, now + timedelta(hours=24))


# --- restoring


@pytest.mark.usefixtures("journal")
def test_restoring_brings_back_what_was_and_keeps_what_is(record: Path) -> None:
    store = open_store(record, Clock())
    first = talk(store, "Hm.")
    made = backups.make(record, "asked")
    second = talk(store, "Well.")
    known, before = restore(record, made.path, Clock())
    assert known == 1
    assert [attempt.id for attempt in store.attempts()] == [first]
    assert before is not None
    restore(record, before.path, Clock())
    assert {attempt.id for attempt in store.attempts()} == {first, second}


@pytest.mark.usefixtures("journal")
def test_what_was_erased_does_not_come_back_with_a_copy_kept_elsewhere(record: Path, tmp_path: Path) -> None:
    store = open_store(record, Clock())
    talk(store, MARKER)
    other = open_store(record, Clock(), "heron")
    kept = talk(other, "Hm.")
    other.close()
    backups.copy(record, tmp_path / "mine.db")
    erase(store, Choice(learner="local"))
    known, _ = restore(record, tmp_path / "mine.db", Clock())
    assert known == 1
    assert [attempt.id for attempt in open_store(record, Clock(), "heron").attempts()] == [kept]
    assert holding(record.parent, MARKER) == []


def test_a_damaged_record_is_set_aside_and_the_backup_takes_its_place(record: Path) -> None:
    store = open_store(record, Clock())
    attempt = talk(store, "Hm.")
    made = backups.make(record, "asked")
    store.close()
    record.write_bytes(b"Dear diary, " * 1000)
    known, before = restore(record, made.path, Clock())
    assert known == 1
    assert open_store(record, Clock()).verify(attempt) == []
    assert before is not None
    assert before.path.read_bytes().startswith(b"Dear diary")


@pytest.mark.parametrize("content", [b"Dear diary", b"", b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_sound_backup_is_refused_and_nothing_changes(record: Path, tmp_path: Path, content: bytes) -> None:
    talk(open_store(record, Clock()), "Hm.")
    before = record.read_bytes()
    (tmp_path / "other.db").write_bytes(content)
    with pytest.raises(StoreError, match="nothing was changed"):
        restore(record, tmp_path / "other.db", Clock())
    assert record.read_bytes() == before


# --- checking


def test_a_sound_record_has_no_faults(where: Where) -> None:
    store = open_store(where, Clock())
    talk(store, "Hm.", "Well.", end=True)
    talk(store)
    found = check(engine_for(where))
    assert (found.attempts, found.events, found.faults) == (2, 4, ())


@pytest.mark.parametrize(
    ("tampering", "what"),
    [
        ("UPDATE events SET payload = '{}' WHERE sequence = 1", "event 1 was changed after it was written"),
        ("DELETE FROM events WHERE sequence = 2", "the last events are missing"),
        ("DELETE FROM events", "the last events are missing"),
        ("UPDATE attempts SET seed = 8", "event 0 does not follow the one before it"),
        ("DELETE FROM attempts", "is not there, but 3 of its events are"),
        ("UPDATE rubric_versions SET compiled = '{}'", "was changed after it was written"),
        ("UPDATE scenario_versions SET compiled = '{'", "was changed after it was written"),
    ],
)
def test_check_names_what_is_wrong(where: Where, tampering: str, what: str) -> None:
    store = open_store(where, Clock())
    talk(store, "Hm.", "Well.")
    raw(where, tampering, triggers=False)
    assert what in [fault.what for fault in check(engine_for(where)).faults]


def test_bytes_that_are_no_text_are_a_fault_and_not_an_error(record: Path) -> None:
    store = open_store(record, Clock())
    attempt = talk(store, "Hm.", "Well.")
    raw(record, "UPDATE events SET payload = CAST(x'ff00fe' AS TEXT) WHERE sequence = 1", triggers=False)
    raw(record, "UPDATE events SET kind = x'00' WHERE sequence = 2", triggers=False)
    faults = [str(fault) for fault in check(engine_for(record)).faults]
    assert [fault for fault in faults if fault.startswith(f"attempt {attempt}: ")]


def test_a_file_that_is_no_record_or_that_others_may_read_is_a_fault(record: Path) -> None:
    talk(open_store(record, Clock()), "Hm.")
    record.chmod(0o644)
    assert ["chmod 600" in fault.what for fault in check(engine_for(record)).faults] == [True]
    record.write_bytes(b"Dear diary, " * 1000)
    assert "not a record" in check(engine_for(record)).faults[0].what


# --- erasing


@pytest.mark.usefixtures("journal")
def test_no_byte_of_an_erased_learner_stays_in_any_file(record: Path) -> None:
    store = open_store(record, Clock())
    gone = [talk(store, MARKER, f"{MARKER} again", end=True), talk(store, "Hm.")]
    store.save_draft(gone[1], f"{MARKER} in a draft")
    other = open_store(record, Clock(), "heron")
    kept = talk(other, "Well.", end=True)
    backups.make(record, "asked")
    store.save_draft(gone[1], f"{MARKER} in another draft")
    backups.make(record, "asked")
    (record.parent / "backups" / "2026-01-01T00-00-00.000000Z-daily.db").write_bytes(MARKER.encode())
    raw(record, f"INSERT INTO identities VALUES ('local', '{MARKER} Ada')")
    other.close()
    assert holding(record.parent, MARKER)
    done = erase(store, Choice(learner="local"))
    assert (done.attempts, done.rewritten, len(done.removed)) == (2, 2, 1)
    assert holding(record.parent, MARKER) == []
    assert store.attempts() == []
    assert store.learners() == ["heron"]
    assert other.verify(kept) == []
    assert [made.total for made in other.assessments()] == [50]
    assert check(engine_for(record)).faults == ()
    for backup in backups.listed(record):
        assert open_store(backup.path, Clock(), "heron").verify(kept) == []


def test_backups_of_an_earlier_release_are_cleaned_too(record: Path) -> None:
    from .test_migrations import RELEASED, build

    build(record, RELEASED[0])
    said = "Hm, Ünd"
    store = open_store(record, Clock())
    assert [backup.reason for backup in backups.listed(record)] == ["upgrade"]
    assert len(holding(record.parent, said)) == 2
    erase(store, Choice(learner="local"))
    assert holding(record.parent, said) == []


def test_one_talk_is_erased_with_the_branches_that_hold_its_words(where: Where) -> None:
    from dataclasses import replace

    store = open_store(where, Clock())
    first, other = talk(store, "Hm."), talk(store, "Well.")
    branch = store.start(replace(NEW, parent=first, parent_turn=1, parent_event="e"), "{}").id
    twig = store.start(replace(NEW, parent=branch, parent_turn=1, parent_event="e"), "{}").id
    assert count(store, Choice(attempts=[first])) == (3, 1)
    assert erase(store, Choice(attempts=[first])).attempts == 3
    assert [attempt.id for attempt in store.attempts()] == [other]
    assert not {branch, twig} & {attempt.id for attempt in store.attempts()}
    assert check(engine_for(where)).faults == ()


def test_erasing_waits_for_nobody_and_changes_nothing_while_another_is_writing(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.store.sqlite.BUSY_MS", 100)
    store = open_store(record, Clock())
    talk(store, "Hm.")
    with closing(sqlite3.connect(record, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another window"):
            erase(store, Choice(learner="local"))
        other.execute("ROLLBACK")
    assert len(store.attempts()) == 1
    erase(store, Choice(learner="local"))
    assert store.attempts() == []


def test_the_rows_of_a_learner_go_and_only_theirs(where: Where) -> None:
    store, other = open_store(where, Clock()), open_store(where, Clock(), "heron")
    talk(store, "Hm.", end=True)
    kept = talk(other, "Well.", end=True)
    assert erase(store, Choice(learner="local")).attempts == 1
    with store.reading() as connection:
        for table, left in {"events": 2, "attempts": 1, "assessments": 1, "criterion_levels": 1, "erasures": 1}.items():
            assert connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar() == left
    assert other.verify(kept) == []


def test_attempts_are_kept_as_long_as_was_settled(where: Where) -> None:
    store = open_store(where, Clock())
    assert days(store) is None
    old, new = talk(store, "Hm."), talk(store, "Well.")
    keep_for(store, 30)
    assert days(store) == 30
    touched = datetime.fromisoformat(store.attempt(new).updated)
    erase(store, expired(30, touched + timedelta(days=30)))
    assert [attempt.id for attempt in store.attempts()] == [new]
    assert old not in {attempt.id for attempt in store.attempts()}
    keep_for(store, None)
    assert days(store) is None


# --- moving


@pytest.fixture
def target(database: str) -> Store:
    return open_store(database, Clock(), "heron")


def test_a_record_moves_to_postgresql_whole(record: Path, target: Store) -> None:
    from dataclasses import replace

    store = open_store(record, Clock())
    first = talk(store, "Ünd ‘so’ 😀", "Hm.", end=True)
    branch = store.start(replace(NEW, parent=first, parent_turn=1, parent_event="e"), "{}").id
    store.save_draft(branch, "I wonder")
    gone = talk(store, "Gone.")
    erase(store, Choice(attempts=[gone]))
    other = talk(open_store(record, Clock(), "wren"), "Well.")
    seen: list[tuple[int, int]] = []
    moved = move(store, target, "heron", lambda done, total: seen.append((done, total)))
    assert moved.rows["attempts"] == 3
    assert moved.rows["events"] == 6
    assert seen[-1] == (sum(moved.rows.values()),) * 2
    assert target.learners() == ["heron", "wren"]
    assert {attempt.id for attempt in target.attempts()} == {first, branch}
    for attempt in (first, branch, other):
        assert target.events(attempt) == store.events(attempt)
        assert target.verify(attempt) == []
    assert target.draft(branch) == "I wonder"
    assert target.attempt(branch).parent == first
    assert target.assessments() == store.assessments()
    assert target.append(first, after=3, kind="undone", payload="{}", state=AttemptState.OPEN, turns=1).sequence == 3


def test_a_database_that_holds_anything_is_not_moved_into(record: Path, target: Store) -> None:
    store = open_store(record, Clock())
    talk(store, "Hm.")
    talk(target, "Well.")
    with pytest.raises(StoreError, match="not empty"):
        move(store, target, "heron")
    assert len(target.attempts()) == 1


@pytest.mark.parametrize(
    "tampering", ["UPDATE events SET payload = '{}' WHERE sequence = 1", "UPDATE attempts SET seed = 8"]
)
def test_a_damaged_record_is_not_moved(record: Path, target: Store, tampering: str) -> None:
    store = open_store(record, Clock())
    talk(store, "Hm.")
    raw(record, tampering, triggers=False)
    with pytest.raises(StoreError, match="damaged"):
        move(store, target, "heron")
    assert target.attempts() == []
    assert target.learners() == []


def test_what_arrives_otherwise_than_it_was_sent_is_undone(
    record: Path, target: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator.store import move as moving

    store = open_store(record, Clock())
    talk(store, "Hm.")
    renamed: Callable[..., dict[str, object]] = moving._renamed

    def tampered(table: object, row: dict[str, object], pseudonym: str) -> dict[str, object]:
        return {**renamed(table, row, pseudonym), **({"payload": "{} "} if "payload" in row else {})}

    monkeypatch.setattr(moving, "_renamed", tampered)
    with pytest.raises(StoreError, match="not what was sent"):
        move(store, target, "heron")
    assert target.attempts() == []
