"""`roleplay rewind`: go back to a turn of an earlier talk, and try again from there."""

from __future__ import annotations

import click


@click.command("rewind", short_help="Go back to a turn and try again from there.")
@click.argument("attempt")
@click.option("--turn", type=click.IntRange(1), required=True, metavar="N", help="The turn to try again, from 1.")
@click.option("--json", "as_json", is_flag=True, help="Write the new attempt as JSON.")
def command(attempt: str, turn: int, as_json: bool) -> None:
    """Go back to a turn of a talk and try again from there.

    ATTEMPT is an id from `roleplay history`; its first letters are enough. It stays as it is. A new attempt, a
    branch of it, begins with the turns before turn N; what you said in turn N stands ready to be said otherwise. Two
    such paths can be set side by side: roleplay debrief ATTEMPT --compare OTHER.
    """
    from dataclasses import asdict

    from simulator.cli.output import say, say_json
    from simulator.practice import SHORT_ID, open_practice

    practice = open_practice()
    parent = practice.attempt_id(attempt)
    branch = practice.rewind(parent, turn)
    short = branch.id[:SHORT_ID]
    if as_json:
        say_json(asdict(practice.store.attempt(branch.id)))
        return
    say(f"{branch.scenario.title}: back to turn {turn} of {parent[:SHORT_ID]}, as the new attempt {short}.")
    say(f'You said then: "{branch.draft()}"')
    say(f"Go on with: roleplay play --resume {short}")
