"""`roleplay replay`: whether attempts are, byte for byte, what they were."""

from __future__ import annotations

import click


@click.command("replay", short_help="Replay attempts from the record, and compare.")
@click.argument("attempts", nargs=-1, metavar="[ATTEMPT]...")
@click.option("--json", "as_json", is_flag=True, help="Write the results as JSON.")
def command(attempts: tuple[str, ...], as_json: bool) -> int:
    """Replay attempts from what is stored (none named: all of yours), and compare byte for byte. Nothing is read anew.

    Each turn must come out of the record as it went in. Where the rules it was played by are still those installed,
    its stored reading must make the same turn again.

    Ends with 0 where all is as it was, 1 where something is not.
    """
    from dataclasses import asdict

    from simulator.cli.output import say, say_json
    from simulator.practice import SHORT_ID, open_practice

    practice = open_practice()
    chosen = [practice.attempt_id(attempt) for attempt in attempts] or [one.id for one in practice.store.attempts()]
    results = [(attempt, practice.replay(attempt)) for attempt in chosen]
    if as_json:
        say_json([{"attempt": attempt, **asdict(result)} for attempt, result in results])
    else:
        for attempt, result in results:
            turns = f"{result.turns} turn{'s' if result.turns != 1 else ''}"
            how = f"{turns}, {result.again} made again from their readings"
            say(f"{attempt[:SHORT_ID]}  {how}: {'; '.join(result.differences) or 'as it was'}")
        if not results:
            say("There are no attempts yet. Begin one with: roleplay play")
    return 1 if any(result.differences for _, result in results) else 0
