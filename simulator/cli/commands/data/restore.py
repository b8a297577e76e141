"""`roleplay data restore`: put a backup in the place of the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.store.backups import Backup


@click.command("restore", short_help="Put a backup in the place of the record.")
@click.argument("backup", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="List the backups as JSON.")
def command(backup: str | None, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of the record.

    BACKUP is a name or a number from the list that is shown without it, `latest`, or a file. It is checked first, and
    the record as it is now becomes a backup of its own, so that you can go back. What was erased stays erased.
    """
    from simulator.cli.commands.data.own import confirm, own_file
    from simulator.cli.output import say, say_json
    from simulator.cli.progress import progress
    from simulator.store import backups

    record = own_file("It is restored where it runs, for instance with: pg_restore")
    known = backups.listed(record)
    if backup is None:
        if as_json:
            say_json([_values(one) for one in known])
        else:
            say("\n".join(_line(number, one) for number, one in enumerate(known, start=1)) or "There is no backup yet.")
        return
    from datetime import UTC, datetime

    from simulator.store.restore import restore

    source = _meant(backup, known)
    confirm(f"Replace all talks in {record} by those in {source.name}?", yes=yes)
    with progress("Restoring") as shown:
        talks, before = restore(record, source, lambda: datetime.now(UTC), shown)
    say(f"Restored: {talks} attempt{'s' if talks != 1 else ''}.")
    if before is not None:
        say(f"What there was before is kept. To go back: roleplay data restore {before.path.name}")


def _meant(backup: str, known: list[Backup]) -> Path:
    if backup == "latest" and known:
        return known[0].path
    if backup.isdecimal() and 1 <= int(backup) <= len(known):
        return known[int(backup) - 1].path
    for one in known:
        if backup in {one.path.name, one.path.stem}:
            return one.path
    if Path(backup).is_file():
        return Path(backup).absolute()
    from simulator.scenario.errors import did_you_mean

    near = did_you_mean(backup, [one.path.name for one in known]) if known else "There is none yet."
    raise click.UsageError(f"There is no backup `{backup}`. {near}".rstrip())


def _line(number: int, backup: Backup) -> str:
    return f"{number:>3}  {backup.path.name}  {backup.size / 1_000_000:.1f} MB"


def _values(backup: Backup) -> dict[str, object]:
    return {
        "path": str(backup.path),
        "made": backup.made.isoformat(),
        "reason": backup.reason,
        "bytes": backup.size,
    }
