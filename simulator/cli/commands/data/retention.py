"""`roleplay data retention`: how long attempts are kept."""

from __future__ import annotations

import click

FOR_EVER = "forever"


@click.command("retention", short_help="Settle how long attempts are kept.")
@click.argument("days", required=False, metavar=f"[DAYS|{FOR_EVER}]")
@click.option("--apply", "at_once", is_flag=True, help="Erase now what is older than settled.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Write what is settled as JSON.")
def command(days: str | None, at_once: bool, yes: bool, as_json: bool) -> None:
    """Settle how long attempts are kept, counted from the day they were last touched; without DAYS, say it.

    What is older is erased, from backups too: in a file of your own once a day when roleplay opens, in a PostgreSQL
    database by whoever runs `roleplay data retention --apply` there each day.
    """
    from datetime import UTC, datetime

    from simulator.cli.commands.data.own import confirm, own_store
    from simulator.cli.output import say, say_json
    from simulator.store import erase, retention

    store = own_store()
    wanted = _days(days) if days is not None else retention.days(store)
    if days is not None:
        meant = erase.count(store, retention.expired(wanted, datetime.now(UTC)))[0] if wanted is not None else 0
        if meant:
            confirm(f"{_attempts(meant)} older than {_shown(wanted)} will be erased for good. Go on?", yes=yes)
        retention.keep_for(store, wanted)
    if as_json:
        say_json({"days": wanted})
    else:
        say(f"Attempts are kept for {_shown(wanted)}.")
    if at_once and wanted is not None:
        done = erase.erase(store, retention.expired(wanted, datetime.now(UTC)))
        say(f"{_attempts(done.attempts)} erased.")


def _days(text: str) -> int | None:
    if text == FOR_EVER:
        return None
    if text.isdecimal() and 1 <= int(text[:6]) <= 36_500:
        return int(text)
    raise click.UsageError(f"`{text}` is no number of days from 1 to 36500. To keep attempts without end: {FOR_EVER}")


def _shown(days: int | None) -> str:
    return "ever" if days is None else f"{days} day{'s' if days != 1 else ''}"


def _attempts(count: int) -> str:
    return f"{count} attempt{'s' if count != 1 else ''}"
