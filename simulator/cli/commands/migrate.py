"""`roleplay migrate`: move the record into a PostgreSQL database."""

from __future__ import annotations

import click


@click.command("migrate", short_help="Move the record into a PostgreSQL database.")
@click.option("--to", "url", metavar="URL", required=True, help="postgresql+psycopg://name@host/database")
def command(url: str) -> None:
    """Move everything from your SQLite record into an empty PostgreSQL database.

    All of it arrives, or none: rows are counted and the hash chain of every attempt is compared before it is made
    good. Your record stays as it is. Your talks get the pseudonym you go by there: ROLEPLAY_LEARNER, the setting
    `learner`, or one made for you.
    """
    from datetime import UTC, datetime

    from simulator.cli.commands.data.own import own_file
    from simulator.cli.commands.data.path import without_password
    from simulator.cli.output import say
    from simulator.cli.progress import progress
    from simulator.settings import paths, settings, shared_pseudonym
    from simulator.store import open_store, postgres
    from simulator.store.move import move

    record = own_file("There is nothing to move: unset ROLEPLAY_DATABASE to move a SQLite record.")
    if not record.exists():
        raise click.UsageError("There is no record yet, so there is nothing to move.")
    postgres.address(url)
    source = open_store(record, lambda: datetime.now(UTC))
    pseudonym = settings().learner or shared_pseudonym()
    target = open_store(url, lambda: datetime.now(UTC), pseudonym)
    with progress("Moving") as shown:
        moved = move(source, target, pseudonym, shown)
    for table, rows in moved.rows.items():
        say(f"{rows:>9,}  {table.replace('_', ' ')}")
    say("Moved: every row arrived, and every chain of events ends with the same hash.")
    say(f"The local learner is {pseudonym} there. The record {record} was left as it is.")
    say(f"To work there from now on, set ROLEPLAY_DATABASE, or write in {paths().settings}:")
    say(f'database = "{without_password(url)}"')
