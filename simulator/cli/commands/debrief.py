"""`roleplay debrief`: look back on one attempt."""

from __future__ import annotations

import json

import click


@click.command("debrief", short_help="Look back on one attempt.")
@click.argument("attempt")
@click.option("--compare", "other", metavar="OTHER", help="Set it side by side with another talk of the scenario.")
@click.option("--json", "as_json", is_flag=True, help="Write the debrief as JSON.")
def command(attempt: str, other: str | None, as_json: bool) -> None:
    """Show the debrief of an attempt, or with --compare two attempts side by side.

    ATTEMPT and OTHER are ids from `roleplay history`; their first letters are enough.
    """
    from dataclasses import asdict

    from simulator.cli.output import say, say_json, width
    from simulator.practice import open_practice
    from simulator.report.columns import render_comparison
    from simulator.report.text import render_text, to_json

    practice = open_practice()
    if other is not None:
        comparison = practice.compare(practice.attempt_id(attempt), practice.attempt_id(other))
        if as_json:
            say_json(asdict(comparison))
        else:
            say(render_comparison(comparison, width()))
        return
    debrief = practice.debrief(practice.attempt_id(attempt))
    if as_json:
        say_json(json.loads(to_json(debrief)))
    else:
        say(render_text(debrief, width()))
