"""`roleplay check`: what is wrong with a scenario."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("check", short_help="Check scenario files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the problems as JSON.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check scenario files: their format, their tests, and their help for the learner.

    Ends with 0 where nothing was found, 1 where something was, 2 where a file could not be read.
    """
    from dataclasses import asdict

    from simulator.authoring.check import check
    from simulator.cli.output import say, say_json
    from simulator.language import read
    from simulator.library import Library

    library = Library()
    reports = [check(path, library, read) for path in files]
    problems = [problem for report in reports for problem in report.problems]
    if as_json:
        say_json([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            say(f"{problem}\n")
        checked = "1 file" if len(files) == 1 else f"{len(files)} files"
        say(f"{checked} checked, {len(problems) or 'no'} problem{'s' if len(problems) != 1 else ''} found.")
    if any(report.unreadable for report in reports):
        return 2
    return 1 if problems else 0
