"""`roleplay play`: talk with a client, on the screen or in plain lines."""

from __future__ import annotations

import os
import sys

import click

LATEST = "latest"
"""What `--resume` without an attempt means."""


@click.command("play", short_help="Talk with a client.")
@click.argument("scenario", required=False)
@click.option("--plain", is_flag=True, help="Talk in plain lines; taken by itself where there is no screen.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Settle the client's choice of words.")
@click.option(
    "--resume", is_flag=False, flag_value=LATEST, metavar="[ATTEMPT]", help="Take up the latest talk, or this."
)
def command(scenario: str | None, plain: bool, seed: int | None, resume: str | None) -> None:
    """Talk with a client.

    SCENARIO is an id from `roleplay list`, or a file; without one you choose.
    """
    if resume is not None and (scenario is not None or seed is not None):
        raise click.UsageError("--resume goes on with a talk as it was begun: leave out scenario and seed.")
    open_front_end(scenario, plain=plain, seed=seed, resume=resume)


def open_front_end(
    scenario: str | None = None, *, plain: bool = False, seed: int | None = None, resume: str | None = None
) -> None:
    """Open the screen, or plain lines where they are asked for or there is no screen to draw on."""
    attempt = None if resume is None else _attempt(resume)
    if plain or not has_screen():
        from simulator.plain import play
        from simulator.practice import open_practice

        play(open_practice(), scenario=scenario, seed=seed, attempt=attempt)
    else:
        # It opens the record itself, once it is painted.
        from simulator.tui.app import run

        run(scenario=scenario, seed=seed, attempt=attempt)


def _attempt(resume: str) -> str:
    from simulator.practice import open_practice

    practice = open_practice()
    return practice.latest() if resume == LATEST else practice.attempt_id(resume)


def has_screen() -> bool:
    """Whether there is a terminal that can be drawn on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb"
