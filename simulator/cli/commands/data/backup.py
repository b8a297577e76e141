"""`roleplay data backup`: copy the record while it is in use."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("backup", short_help="Copy the record, also while it is in use.")
@click.option(
    "--to", "target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Copy to this file."
)
@click.option("--force", is_flag=True, help="Let --to overwrite a file.")
def command(target: Path | None, force: bool) -> None:
    """Copy the record as it is now; a talk under way is not disturbed.

    Copies lie in the folder `backups` beside the record. One is made each day by itself, and one before an update or
    a restore. All of the last seven days are kept, then the latest of each week for eight weeks. A copy made with --to
    is yours to keep, and to destroy: erasing does not reach it.
    """
    from simulator.cli.commands.data.own import own_file
    from simulator.cli.output import say
    from simulator.cli.progress import progress
    from simulator.store import backups

    record = own_file("It is backed up where it runs, for instance with: pg_dump --format=custom DATABASE")
    if not record.exists():
        raise click.UsageError("There is no record yet, so there is nothing to copy.")
    if target is not None and target.exists() and not force:
        raise click.UsageError(f"{target} is there already. Add --force to overwrite it, or give another name.")
    if target is not None and not target.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {target.parent} to write the copy in.")
    if target is not None and target.exists() and target.samefile(record):
        raise click.UsageError("That is the record itself. Give the copy another name.")
    with progress("Copying") as shown:
        if target is None:
            target = backups.make(record, "asked", progress=shown).path
        else:
            backups.copy(record, target.absolute(), shown)
    say(f"Copied to {target}.")
