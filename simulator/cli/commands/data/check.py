"""`roleplay data check`: is what is kept whole?"""

from __future__ import annotations

import click


@click.command("check", short_help="Find out whether the record is whole.")
@click.option("--json", "as_json", is_flag=True, help="Write what was found as JSON.")
def command(as_json: bool) -> int:
    """Find out whether the record is whole: the database itself, what refers to what, and the hash chain of every
    attempt, which shows any event that was changed, moved or taken away. Nothing is changed.

    Ends with 0 where all is well, 1 where something is wrong.
    """
    from dataclasses import asdict

    from simulator.cli.output import say, say_json
    from simulator.cli.progress import progress
    from simulator.settings import settings
    from simulator.store import engine_for, is_there

    where = settings().record
    if not is_there(where):
        say_json({"attempts": 0, "events": 0, "faults": []}) if as_json else say("There is no record yet.")
        return 0
    from simulator.store.check import check

    with progress("Checking") as shown:
        found = check(engine_for(where), shown)
    if as_json:
        say_json(asdict(found))
        return 1 if found.faults else 0
    for fault in found.faults:
        say(str(fault))
    counted = f"{_counted(found.attempts, 'attempt')} and {_counted(found.events, 'event')} checked"
    if found.faults:
        say(f"{counted}, {_counted(len(found.faults), 'thing')} wrong. To go back to a backup: roleplay data restore")
        return 1
    say(f"{counted}: all is as it was written. {_last_backup(where)}".rstrip())
    return 0


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' if number != 1 else ''}"


def _last_backup(where: object) -> str:
    from pathlib import Path

    from simulator.store.backups import listed

    if not isinstance(where, Path):
        return ""
    known = listed(where)
    if not known:
        return "There is no backup yet. To make one: roleplay data backup"
    return f"The last backup is of {known[0].made.astimezone():%Y-%m-%d %H:%M}."
