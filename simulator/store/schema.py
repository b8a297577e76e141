"""The shape of the record over time: ordered steps, each taken once, and a refusal of what is newer."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, inspect, select

from simulator.store import guards, postgres, tables
from simulator.store.errors import StoreError


def _first(connection: Connection) -> None:
    tables.metadata.create_all(connection)
    guards.make_guards(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)


def version_of(connection: Connection) -> int:
    """The version of the record's shape; 0 for an empty database."""
    if not inspect(connection).has_table(tables.schema_version.name):
        return 0
    return connection.scalar(select(func.max(tables.schema_version.c.version))) or 0


def refuse_newer(version: int) -> None:
    """Raises StoreError when the record is of a newer shape than this program knows."""
    if version > len(STEPS):
        raise StoreError(
            f"This record was written by a newer roleplay (its shape is version {version}, "
            f"this one knows up to {len(STEPS)}). Update roleplay; nothing was changed."
        )


def bring_up_to_date(connection: Connection) -> None:
    """Take the steps the record has not had yet. Raises StoreError when it is newer than this program."""
    if connection.dialect.name == "postgresql":
        postgres.lock_shape(connection)
    version = version_of(connection)
    refuse_newer(version)
    for number in range(version, len(STEPS)):
        STEPS[number](connection)
        connection.execute(tables.schema_version.insert().values(version=number + 1))
