"""`roleplay test`: play the tests inside scenarios."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("test", short_help="Play the tests inside scenario files.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--record", metavar="ATTEMPT", help="Print a talk you have played as a test, to be put under `tests:`.")
def command(paths: tuple[Path, ...], record: str | None) -> int:
    """Play the tests inside scenario files or folders: the path taken against the path wanted, and what no test goes
    through, by line.

    Ends with 0 where all passed, 1 where one failed, 2 where a file cannot be played. ATTEMPT is an id from `roleplay
    history`; its first letters are enough.
    """
    from simulator.authoring.check import files_in, is_rubric
    from simulator.cli.output import complain

    if record is not None:
        return _record(record)
    if not paths:
        raise click.UsageError("Name a scenario file or a folder, or use `--record ATTEMPT`.")
    files = [path for path in files_in(paths) if not is_rubric(path)]
    if not files:
        complain("there are no scenarios there")
        return 2
    return max(_play(path) for path in files)


def _play(path: Path) -> int:
    from simulator.authoring.playtests import covered, play, render, render_coverage
    from simulator.cli.output import complain, say
    from simulator.language import read
    from simulator.library import Library
    from simulator.scenario import ScenarioError, check_file

    checked = check_file(path)
    scenario = checked.scenario
    if scenario is None:
        complain(str(ScenarioError(checked.errors)))
        return 2
    library = Library()
    results = play(scenario, read, (library.open_rubric(name) for name in _rubrics(scenario.tests, scenario.rubrics)))
    for result in results:
        for line in render(scenario, result):
            say(line)
    failed = sum(not result.passed for result in results)
    say(f"{path}: {len(results)} tests, {failed} failed")
    coverage = covered(scenario, ([turn.turn for turn in result.turns] for result in results))
    for line in render_coverage(scenario, coverage, checked.source):
        say(f"  {line}")
    return 1 if failed else 0


def _rubrics(tests: tuple[object, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The rubrics to open: none where no test expects a level."""
    return names if any(getattr(test, "levels", None) for test in tests) else ()


def _record(attempt: str) -> int:
    from simulator.authoring.playtests import recorded
    from simulator.cli.output import say
    from simulator.practice import open_practice

    practice = open_practice()
    session = practice.resume(practice.attempt_id(attempt))
    if not session.turns:
        raise click.ClickException("Nothing was said in that attempt.")
    say(recorded(session.turns, f"as played in {session.id[:8]}", session.position.seed))
    return 0
