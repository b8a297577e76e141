"""`roleplay test`: play the tests inside scenarios."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("test", short_help="Play the tests inside scenario files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """Play the tests inside scenario files, and show where a path was not the one wanted.

    Ends with 0 where all passed, 1 where one failed, 2 where a file cannot be played.
    """
    from simulator.authoring.playtests import render
    from simulator.cli.output import complain, say
    from simulator.conversation import run_tests
    from simulator.language import read
    from simulator.scenario import ScenarioError, load_file

    failed, status = 0, 0
    for path in files:
        try:
            results = run_tests(load_file(path), read)
        except ScenarioError as error:
            complain(str(error))
            status = 2
            continue
        for result in results:
            failed += not result.passed
            for line in render(result):
                say(line)
        say(f"{path}: {len(results)} tests, {sum(not result.passed for result in results)} failed")
    return status or (1 if failed else 0)
