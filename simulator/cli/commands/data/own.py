"""What several of the data commands begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.store.store import Store


def own_file(otherwise: str) -> Path:
    """The SQLite file that is the record. Raises click.UsageError, with a word on what to do, on PostgreSQL."""
    from simulator.settings import settings

    where = settings().record
    if isinstance(where, Path):
        return where
    raise click.UsageError(f"The record is in a PostgreSQL database. {otherwise}")


def own_store() -> Store:
    """The record as settled, opened. Raises click.UsageError where there is none yet, StoreError, SettingsError."""
    from datetime import UTC, datetime

    from simulator.settings import settings
    from simulator.store import is_there, open_store

    chosen = settings()
    if not is_there(chosen.record):
        raise click.UsageError("There is no record yet. It begins with your first talk: roleplay play")
    return open_store(chosen.record, lambda: datetime.now(UTC), chosen.pseudonym)


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something is destroyed. Raises click.Abort when the answer is no, click.UsageError where nobody can
    be asked and `--yes` was not given."""
    import sys

    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} To do it without being asked, add --yes.")
    click.confirm(question, abort=True, err=True)
