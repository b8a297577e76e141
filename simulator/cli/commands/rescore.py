"""`roleplay rescore`: read and score ended talks anew."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.practice import Practice, Rescored

MANY = 20
"""Talks that take so long to read that progress is shown."""


@click.command("rescore", short_help="Read and score ended talks anew.")
@click.argument("attempts", nargs=-1, metavar="[ATTEMPT]...")
@click.option("--all", "every", is_flag=True, help="Rescore all of your ended talks.")
@click.option("--json", "as_json", is_flag=True, help="Write the results as JSON.")
def command(attempts: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Read and score ended talks anew, by the reader and the scorer installed now.

    ATTEMPT is an id from `roleplay history`; its first letters are enough. The talk stays as it was. The new
    assessment is what history and debrief show from now on; the old one stays in the record.
    """
    from dataclasses import asdict

    from simulator.cli.output import say, say_json
    from simulator.practice import open_practice

    if every == bool(attempts):
        raise click.UsageError("Name the talks to rescore, or --all for every one that has ended.")
    practice = open_practice()
    # The one last touched comes last, so that the history keeps its order.
    chosen = list(reversed(practice.ended())) if every else [practice.attempt_id(attempt) for attempt in attempts]
    results = list(_rescored(practice, chosen))
    if as_json:
        say_json([asdict(result) for result in results])
        return
    if not results:
        say("No talk has ended yet, so there is nothing to rescore.")
    for result in results:
        say(_line(result))


def _rescored(practice: Practice, attempts: list[str]) -> Iterator[Rescored]:
    if len(attempts) < MANY or not sys.stderr.isatty():
        yield from _each(practice, attempts)
        return
    with click.progressbar(attempts, label="Rescoring", file=sys.stderr) as shown:
        yield from _each(practice, shown)


def _each(practice: Practice, attempts: Iterable[str]) -> Iterator[Rescored]:
    for attempt in attempts:
        yield practice.resume(attempt).rescore()


def _line(result: Rescored) -> str:
    from simulator.practice import SHORT_ID

    totals = ", ".join(
        f"{rubric} {result.before[rubric]:.0f} -> {total:.0f}" if rubric in result.before else f"{rubric} {total:.0f}"
        for rubric, total in result.after.items()
    )
    otherwise = (
        f"{result.replies} {'reply' if result.replies == 1 else 'replies'} read otherwise"
        if result.replies
        else "read as before"
    )
    versions = f"reader {result.reader}, scorer {result.scorer}"
    return f"{result.attempt[:SHORT_ID]}  {result.title}: {totals or 'no rubric'}; {otherwise} ({versions})"
