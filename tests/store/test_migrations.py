"""Records of every release, populated, open in this one on both databases.

`released/N.sql` is a record as release N wrote it: a dump of its SQLite file, with attempts that ended, were left,
were taken back and are under way, and a draft.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select

from simulator.library import Library
from simulator.practice import Practice
from simulator.store import AttemptState, StoreError, backups, figures, open_store, schema
from simulator.store.postgres import connect

from .conftest import Clock, Where, raw

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))


def build(where: Where, dump: Path) -> None:
    """A record as that release left it."""
    if isinstance(where, Path):
        where.parent.mkdir(mode=0o700)
        with closing(sqlite3.connect(where)) as connection:
            connection.executescript(dump.read_text(encoding="utf-8"))
        return
    engine = connect(where)
    with engine.begin() as connection:
        schema.run_revisions(connection, f"{int(dump.stem):04d}")
        shape = MetaData()
        shape.reflect(connection)
        for table, rows in _rows(dump, shape):
            if table.name not in {"alembic_version", "schema_version"} and rows:
                connection.execute(table.insert(), rows)
    engine.dispose()


def _rows(dump: Path, shape: MetaData) -> Iterator[tuple]:
    memory = create_engine("sqlite://")
    with memory.connect() as connection:
        connection.connection.driver_connection.executescript(dump.read_text(encoding="utf-8"))
        for table in shape.sorted_tables:
            if inspect(connection).has_table(table.name):
                yield table, [dict(row._mapping) for row in connection.execute(select(table))]


@pytest.fixture(params=RELEASED, ids=lambda dump: dump.stem)
def old(request: pytest.FixtureRequest, where: Where) -> Where:
    build(where, request.param)
    return where


def test_a_record_of_an_earlier_release_opens_with_all_that_was_in_it(old: Where) -> None:
    store = open_store(old, Clock())
    attempts = store.attempts()
    assert [(attempt.state, attempt.turns, attempt.outcome) for attempt in attempts] == [
        (AttemptState.OPEN, 1, None),
        (AttemptState.OPEN, 1, None),
        (AttemptState.LEFT, 1, None),
        (AttemptState.ENDED, 2, "met"),
    ]
    assert {attempt.learner for attempt in attempts} == {"local"}
    assert [store.verify(attempt.id) for attempt in attempts] == [[]] * 4
    assert [store.draft(attempt.id) for attempt in attempts] == ["", "I wonder what", "", ""]
    assert [made.total for made in store.assessments()] == [34.8]


def test_a_talk_begun_in_an_earlier_release_goes_on(old: Where) -> None:
    practice = Practice(open_store(old, Clock()), Library())
    assert [past.title for past in practice.unfinished()] == ["A short talk"] * 3
    session = practice.resume(practice.latest())
    before = len(session.turns)
    session.reply("Hm.")
    assert len(practice.resume(session.id).turns) == before + 1
    assert practice.store.verify(session.id) == []
    (ended,) = practice.store.attempts(AttemptState.ENDED)
    assert practice.debrief(ended.id).outcome == "met"


def test_figures_are_filled_in_from_what_was_kept(old: Where) -> None:
    store = open_store(old, Clock())
    made = store.assessments()[0]
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT criterion, level FROM criterion_levels WHERE assessment = '{made.id}'"
        )
        assert dict(rows.all()) == figures.levels(made.payload)
        titles = connection.exec_driver_sql("SELECT title FROM scenario_versions").scalars().all()
    assert titles == ["A short talk"]


def test_an_updated_record_has_the_shape_of_a_new_one(old: Where, home: Path, request: pytest.FixtureRequest) -> None:
    if isinstance(old, Path):
        new: Where = home / "new.db"
    else:
        from uuid import uuid4

        from benchmarks.server import make_database

        new = make_database(request.getfixturevalue("postgresql"), uuid4().hex)
    assert _shape(old) == _shape(new)


def _shape(where: Where) -> dict[str, object]:
    """Everything about the tables but the order of their columns."""
    store = open_store(where, Clock())
    shape: dict[str, object] = {}
    with store.reading() as connection:
        look = inspect(connection)
        for table in look.get_table_names():
            shape[table] = (
                sorted(
                    (column["name"], str(column["type"]), column["nullable"], column["default"])
                    for column in look.get_columns(table)
                ),
                sorted(look.get_pk_constraint(table)["constrained_columns"]),
                sorted(
                    (key["constrained_columns"], key["referred_table"], key["options"])
                    for key in look.get_foreign_keys(table)
                ),
                sorted((index["name"], index["column_names"]) for index in look.get_indexes(table)),
                [check["sqltext"] for check in look.get_check_constraints(table)],
            )
        triggers = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            if isinstance(where, Path)
            else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        )
        shape["triggers"] = dict(connection.exec_driver_sql(triggers).all())
    store.close()
    return shape


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_the_old_record_is_kept_as_a_backup_before_it_is_updated(record: Path, dump: Path) -> None:
    build(record, dump)
    open_store(record, Clock())
    kept = backups.listed(record)
    assert [backup.reason for backup in kept] == ["upgrade"]
    with closing(sqlite3.connect(kept[0].path)) as connection:
        assert connection.execute("SELECT MAX(version) FROM schema_version").fetchone() == (int(dump.stem),)
        assert connection.execute("SELECT COUNT(*) FROM attempts").fetchone() == (4,)


def test_an_update_that_fails_leaves_the_record_as_it_was(old: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_payload: str) -> float:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(figures, "total", breaks)
        with pytest.raises(ZeroDivisionError):
            open_store(old, Clock())
    assert len(open_store(old, Clock()).attempts()) == 4


def test_several_processes_update_one_record_between_them(old: Where) -> None:
    context = multiprocessing.get_context("spawn")
    opening = [context.Process(target=_open, args=(old,)) for _ in range(3)]
    for process in opening:
        process.start()
    for process in opening:
        process.join()
    assert [process.exitcode for process in opening] == [0] * 3
    assert len(open_store(old, Clock()).attempts()) == 4


def _open(where: Where) -> None:
    assert len(open_store(where, Clock()).attempts()) == 4


def test_a_newer_record_is_refused_with_its_revision_and_left_alone(where: Where) -> None:
    open_store(where, Clock()).close()
    raw(where, "UPDATE alembic_version SET version_num = '0099'")
    before = where.read_bytes() if isinstance(where, Path) else b""
    with pytest.raises(StoreError, match=r"newer roleplay.*0099.*Update"):
        open_store(where, Clock())
    assert not isinstance(where, Path) or where.read_bytes() == before


def test_releases_before_this_one_will_refuse_the_record(where: Where) -> None:
    with open_store(where, Clock()).reading() as connection:
        version = connection.exec_driver_sql("SELECT MAX(version) FROM schema_version").scalar()
    assert version == int(schema.REVISION)


@pytest.mark.parametrize("released", [False, True])
def test_alembic_is_loaded_only_when_there_is_something_to_update(record: Path, released: bool) -> None:
    if released:
        build(record, RELEASED[0])
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; "
        "from simulator.store import open_store; "
        "open_store(Path(sys.argv[1]), lambda: datetime.now(UTC)).attempts(); print('alembic' in sys.modules)"
    )
    asked = [sys.executable, "-c", code, str(record)]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == f"{released}\n"
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "False\n"
