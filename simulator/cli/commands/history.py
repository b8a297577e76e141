"""`roleplay history`: attempts so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.practice import Past


@click.command("history", short_help="List your attempts.")
@click.option("--json", "as_json", is_flag=True, help="Write the attempts as JSON.")
def command(as_json: bool) -> None:
    """List your attempts, the latest first."""
    from dataclasses import asdict

    from simulator.cli.output import say, say_json
    from simulator.practice import open_practice

    attempts = open_practice().history()
    if as_json:
        say_json([asdict(past) for past in attempts])
        return
    if not attempts:
        say("There are no attempts yet. Begin one with: roleplay play")
    for past in attempts:
        say(_line(past))


def _line(past: Past) -> str:
    from datetime import datetime

    from simulator.practice import SHORT_ID

    attempt = past.attempt
    day = datetime.fromisoformat(attempt.started).astimezone().strftime("%Y-%m-%d %H:%M")
    how = f"{past.ending} ({past.outcome})" if past.ending else "not finished"
    totals = ", ".join(f"{rubric} {total:.0f}" for rubric, total in past.totals.items())
    turns = f"{attempt.turns} turn{'s' if attempt.turns != 1 else ''}"
    branch = f"; {past.branch}" if past.branch else ""
    return f"{attempt.id[:SHORT_ID]}  {day}  {past.title}: {turns}, {how}{'; ' if totals else ''}{totals}{branch}"
