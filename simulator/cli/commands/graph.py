"""`roleplay graph`: the states of a scenario and the ways between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.authoring.playtests import Coverage
    from simulator.scenario import Scenario

ROBOTS = 100
"""Talks of robots laid over a graph."""


@click.command("graph", short_help="Draw the states of a scenario.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["tree", "mermaid", "dot", "svg"]),
    default="tree",
    help="A tree for the terminal (the default), Mermaid, DOT, or SVG where Graphviz is installed.",
)
@click.option(
    "--coverage", type=click.Choice(["tests", "robots"]), help="Lay over it what the tests, or robot learners, take."
)
@click.option("--stays", is_flag=True, help="Show transitions that do not leave their state too.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def command(file: Path, form: str, coverage: str | None, stays: bool, out: Path | None) -> None:
    """Draw the states of a scenario and the ways between them, with their conditions.

    Never taken is dotted, taken is bold and counted; kinds of states are told by shape and in words.
    """
    from simulator.authoring import drawing
    from simulator.authoring.graph import graph_of
    from simulator.cli.output import say
    from simulator.library import Library

    scenario = Library().open_scenario(file if file.suffix else str(file))
    graph = graph_of(scenario, _coverage(scenario, coverage) if coverage else None, stays=stays)
    try:
        drawn = {"tree": drawing.tree, "mermaid": drawing.mermaid, "dot": drawing.dot, "svg": drawing.svg}[form](graph)
    except drawing.DrawingError as error:
        raise click.ClickException(str(error)) from None
    if out is None:
        say(drawn.rstrip("\n"))
        return
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written ({error.strerror}).") from None


def _coverage(scenario: Scenario, by: str) -> Coverage:
    from simulator.authoring.playtests import covered
    from simulator.conversation import run_tests
    from simulator.language import read

    if by == "tests":
        return covered(scenario, ([turn.turn for turn in result.turns] for result in run_tests(scenario, read)))
    from simulator.authoring.robots import simulate

    return simulate(scenario, (), talks=ROBOTS, seed=1).coverage
