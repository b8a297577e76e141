"""`roleplay list`: the library."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.library import Entry


@click.command("list", short_help="List the scenarios you can play.")
@click.option("--sector", help="Only this sector, for example `healthcare`.")
@click.option("--skill", help="Only what practises this skill, for example `de-escalation`.")
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def command(sector: str | None, skill: str | None, as_json: bool) -> None:
    """List the scenarios you can play."""
    from simulator.cli.output import complain, say, say_json
    from simulator.library import Library

    entries = Library().index()
    sound = [entry for entry in entries if not entry.error]
    if sector is not None:
        _must_be_known("sector", sector, (entry.sector for entry in sound))
        entries = [entry for entry in entries if entry.sector.lower() == sector.lower()]
    if skill is not None:
        _must_be_known("skill", skill, (one for entry in sound for one in entry.practises))
        entries = [entry for entry in entries if skill.lower() in [one.lower() for one in entry.practises]]
    if as_json:
        say_json([{**asdict(entry), "path": str(entry.path)} for entry in entries])
        return
    for entry in entries:
        if entry.error:
            complain(f"{entry.path}: {entry.error}")
        else:
            for line in _lines(entry):
                say(line)


def _lines(entry: Entry) -> list[str]:
    skills = ", ".join(entry.practises)
    return [
        f"{entry.id}: {entry.title}",
        f"    {entry.sector}, difficulty {entry.difficulty} of 3, about {entry.minutes} minutes; {skills}",
        f"    {entry.summary}",
    ]


def _must_be_known(kind: str, name: str, known: Iterable[str]) -> None:
    choices = sorted(set(known))
    if name.lower() not in [choice.lower() for choice in choices]:
        from simulator.scenario.errors import did_you_mean

        raise click.UsageError(f"No scenario has the {kind} `{name}`. {did_you_mean(name, choices)}".rstrip())
