"""`roleplay new`: a scenario or rubric to start from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click


@click.command("new", short_help="Write a new scenario or rubric to start from.")
@click.argument("name", metavar="ID")
@click.option("--rubric", "is_rubric", is_flag=True, help="Make a rubric, in your folder of rubrics.")
@click.option("--sector", help="The field of work, for example `healthcare`.")
@click.option("--skill", "skills", multiple=True, help="A skill it practises; may be given several times.")
@click.option(
    "--uses", "rubrics", multiple=True, metavar="RUBRIC", help="A rubric that scores it; may be given several times."
)
@click.option("--in", "folder", type=click.Path(path_type=Path, file_okay=False), help="The folder to write it to.")
def command(
    name: str,
    is_rubric: bool,
    sector: str | None,
    skills: tuple[str, ...],
    rubrics: tuple[str, ...],
    folder: Path | None,
) -> None:
    """Write a new scenario ID.yaml, with comments, that can be played, checked and tested as it stands.

    What is not given is asked for where there is a terminal. A scenario goes into this folder, a rubric into the folder
    where rubrics are found. Nothing is ever overwritten.
    """
    from simulator.authoring.new import NewFileError, new_rubric, new_scenario
    from simulator.cli.output import say
    from simulator.settings import paths

    try:
        if is_rubric:
            path = new_rubric(folder or paths().rubrics, name)
        else:
            path = new_scenario(
                folder or Path.cwd(), name, sector=_sector(sector), skills=_skills(skills), rubrics=_rubrics(rubrics)
            )
    except NewFileError as error:
        raise click.ClickException(str(error)) from None
    say(f"{path} is written. Next:")
    if not is_rubric:
        say(f"    roleplay play {path}")
    say(f"    roleplay check {path}")


def _asked(question: str, default: str, choices: list[str] | None = None) -> str:
    """What a person answers, or the default where there is nobody to ask."""
    if not sys.stdin.isatty():
        return default
    kind = click.Choice(choices) if choices else None
    return str(click.prompt(question, default=default, type=kind))


def _sector(given: str | None) -> str:
    from simulator.scenario.errors import did_you_mean
    from simulator.scenario.model import Sector

    known = list(get_args(Sector))
    chosen = given if given is not None else _asked("Sector", known[1], known)
    match: str | None = next((one for one in known if one.lower() == chosen.lower()), None)
    if match is None:
        raise click.UsageError(f"There is no sector `{chosen}`. {did_you_mean(chosen, known)}".rstrip())
    return match


def _skills(given: tuple[str, ...]) -> list[str]:
    words = given or tuple(_asked("Skills it practises, with commas", "active listening").split(","))
    return [word.strip() for word in words if word.strip()] or ["active listening"]


def _rubrics(given: tuple[str, ...]) -> list[str]:
    from simulator.library import Library, LibraryError

    names = given or tuple(_asked("Rubrics that score it, with commas", "active-listening").split(","))
    names = tuple(name.strip() for name in names if name.strip()) or ("active-listening",)
    for name in names:
        try:
            Library().open_rubric(name)
        except LibraryError as error:
            raise click.UsageError(str(error)) from None
    return list(names)
