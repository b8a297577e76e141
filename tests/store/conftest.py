"""The store on both databases: SQLite, and a PostgreSQL that is started for the tests where the system has one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from simulator.store import open_store
from simulator.store.store import Store

Where = Path | str


class Clock:
    """A clock that moves a minute at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def record(home: Path) -> Path:
    """Where a SQLite record is, or will be."""
    return home / "record.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> Where:
    """An empty place for a record: a test that asks for it runs on either database."""
    place: Where = request.getfixturevalue("record" if request.param == "sqlite" else "database")
    return place


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    opened = open_store(where, Clock())
    yield opened
    opened.close()


def raw(where: Where, *statements: str, triggers: bool = True) -> None:
    """Change a record behind the store's back; without `triggers`, past its guards too."""
    if isinstance(where, Path):
        _raw_sqlite(where, statements, triggers)
        return
    import psycopg

    url = make_url(where)
    with psycopg.connect(host=url.query["host"], user=url.username, dbname=url.database) as connection:
        if not triggers:
            connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def _raw_sqlite(record: Path, statements: tuple[str, ...], triggers: bool) -> None:
    connection = sqlite3.connect(record)
    try:
        if not triggers:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            statements = (*(f"DROP TRIGGER {name}" for (name,) in names), *statements)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
