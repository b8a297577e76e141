"""`roleplay simulate`: robot learners play a scenario many times."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulator.authoring.robots import Simulation


@click.command("simulate", short_help="Let robot learners play a scenario many times.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-n", "--talks", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Talks in all.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same result.")
@click.option("--cores", type=click.IntRange(1), help="Processes to use; all there are where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the result as a page, too.")
def command(file: Path, talks: int, seed: int, cores: int | None, as_json: bool, html: Path | None) -> int:
    """Let robot learners of ten kinds play a scenario many times, from expert to hostile, and those who only play at
    helping: what they score, in which order, how hard the scenario is and how well it tells them apart, and what of it
    they come to see.

    Ends with 0 where the order of the kinds is as it should be, 1 where it is not.
    """
    from dataclasses import asdict

    from simulator.authoring.robots.render import render_html, render_text
    from simulator.cli.output import say, say_json

    found = _played(file, talks, seed, cores)
    if html is not None:
        try:
            html.write_text(render_html(found), encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{html} cannot be written ({error.strerror}).") from None
    if as_json:
        say_json(asdict(found))
    else:
        say(render_text(found))
    return 1 if found.broken else 0


def _played(file: Path, talks: int, seed: int, cores: int | None) -> Simulation:
    from simulator.authoring.robots import simulate
    from simulator.library import Library

    library = Library()
    scenario = library.open_scenario(file if file.suffix else str(file))
    rubrics = [library.open_rubric(name) for name in scenario.rubrics]
    bar: Any = nullcontext()
    if sys.stderr.isatty():
        bar = click.progressbar(length=talks, label="Playing", file=sys.stderr)
    with bar as shown:
        told: Callable[[int], None] | None = shown.update if shown is not None else None
        return simulate(scenario, rubrics, talks, seed, cores=cores, progress=told)
