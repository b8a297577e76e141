"""`roleplay stats`: what scenarios are made of, in numbers."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("stats", short_help="Count what scenarios are made of.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the numbers as JSON.")
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Count what scenarios are made of: words, states, lines, paths, reading level, minutes, behaviours and criteria.

    PATHs are files or folders. Ends with 2 where a file cannot be read as a scenario.
    """
    from dataclasses import asdict

    from simulator.authoring.check import files_in, is_rubric
    from simulator.authoring.statistics import render, statistics
    from simulator.cli.output import complain, say, say_json
    from simulator.library import Library
    from simulator.scenario import ScenarioError

    library, found, status = Library(), [], 0
    for path in files_in(paths):
        if is_rubric(path):
            continue
        try:
            scenario = library.open_scenario(path)
            found.append(statistics(scenario, [library.open_rubric(name) for name in scenario.rubrics]))
        except ScenarioError as error:
            complain(str(error))
            status = 2
    if as_json:
        say_json([asdict(one) for one in found])
    else:
        for one in found:
            for line in render(one):
                say(line)
    if not found and not status:
        complain("there are no scenarios there")
        status = 2
    return status
