"""`roleplay debrief`: look back on one attempt."""

from __future__ import annotations

import json

import click


@click.command("debrief", short_help="Look back on one attempt.")
@click.argument("attempt")
@click.option("--json", "as_json", is_flag=True, help="Write the debrief as JSON.")
def command(attempt: str, as_json: bool) -> None:
    """Show the debrief of an attempt.

    ATTEMPT is an id from `roleplay history`; its first letters are enough.
    """
    from simulator.cli.output import say, say_json, width
    from simulator.practice import open_practice
    from simulator.report.text import render_text, to_json

    practice = open_practice()
    debrief = practice.debrief(practice.attempt_id(attempt))
    if as_json:
        say_json(json.loads(to_json(debrief)))
    else:
        say(render_text(debrief, width()))
