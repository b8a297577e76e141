"""The shape of the record over time: made whole when new, brought up to date when old, refused when newer.

Revisions are Alembic's, in `migrations/`. It is loaded only when there is something to do: it takes as long to
import as the app takes to paint its first screen.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from simulator.store import backups, guards, postgres, sqlite, tables
from simulator.store.errors import StoreError

REVISION = "0002"
"""The shape this program works with: the last of the revisions."""

_FIRST = "0001"
_MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The revision of the record's shape; None for a database that holds no record yet."""
    known = inspect(connection)
    if known.has_table(tables.revision.name):
        found: str | None = connection.scalar(select(tables.revision.c.version_num))
        if found:
            return found
    # The first release wrote its version in a table of its own.
    return _FIRST if known.has_table(tables.schema_version.name) else None


def prepare(engine: Engine, *, keep: bool = True) -> None:
    """Make the record's tables, or bring them up to date; `keep` makes a backup first. Raises StoreError when the
    record is newer than this program."""
    with engine.begin() as connection:
        revision = revision_of(connection)
    if revision is None:
        with engine.execution_options(writes=True).begin() as connection:
            _alone(connection)
            if revision_of(connection) is None:  # or another process was first
                _create(connection)
    elif revision > REVISION:
        raise StoreError(
            f"This record was written by a newer roleplay (its shape is {revision}, this one knows up to {REVISION}). "
            "Update roleplay; nothing was changed."
        )
    elif revision < REVISION:
        _upgrade(engine, keep=keep)


def _create(connection: Connection) -> None:
    tables.metadata.create_all(connection)
    guards.make_guards(connection)
    connection.execute(tables.revision.insert().values(version_num=REVISION))
    connection.execute(tables.schema_version.insert().values(version=int(REVISION)))


def _upgrade(engine: Engine, *, keep: bool) -> None:
    if engine.dialect.name == "sqlite":
        if keep:
            backups.make(Path(str(engine.url.database)), "upgrade")
        with sqlite.reshaping(engine) as connection:
            run_revisions(connection)
    else:
        with engine.begin() as connection:
            run_revisions(connection)


def run_revisions(connection: Connection, target: str = REVISION) -> None:
    """Take the record to a revision, in the transaction the connection is in."""
    _alone(connection)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision_of(connection) == _FIRST:
        command.stamp(config, _FIRST)
    command.upgrade(config, target)


def _alone(connection: Connection) -> None:
    # SQLite has locked the whole file by now.
    if connection.dialect.name == "postgresql":
        postgres.lock_shape(connection)
