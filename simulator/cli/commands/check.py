"""`roleplay check`: what is wrong with scenarios and rubrics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulator.authoring.check import Report
    from simulator.authoring.explore import Exploration
    from simulator.scenario import Problem


@click.command("check", short_help="Check scenarios and rubrics.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--notes", is_flag=True, help="Show notes too: advice that does not make the check fail.")
@click.option("--fix", "mend", is_flag=True, help="First mend what can be mended safely; comments and layout stay.")
@click.option("--explore", "answers", is_flag=True, help="Also list what can happen: every question with its answer.")
@click.option("--json", "as_json", is_flag=True, help="Write everything found as JSON.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="`github` marks lines in pull requests.",
)
def command(paths: tuple[Path, ...], notes: bool, mend: bool, answers: bool, as_json: bool, form: str) -> int:
    """Check scenarios and rubrics: files, or folders with all in them.

    What loading shows comes first; then every scenario is explored (which states, transitions, endings, facts and
    objectives can be reached, and how), its tests are played, and its words are looked at. docs/codes.md lists every
    code. A file roleplay-check.toml sets severities; `# check: ignore CODE` at the end of a line, or in a line of its
    own above, silences one there.

    Ends with 0 where all is well (notes do not count), 1 where problems were found, 2 where a file could not be read.
    """
    from simulator.authoring.check import files_in
    from simulator.cli.output import complain, say, say_json

    files = list(files_in(paths))
    if not files:
        complain("there are no YAML files there")
        return 2
    reports: list[Report] = []
    for report in _reports(files, mend=mend):
        reports.append(report)
        if not as_json:
            for problem in _shown(report, notes=notes):
                say(_on_github(problem) if form == "github" else f"{problem}\n")
            if answers and report.exploration is not None:
                for line in _answers(report.exploration):
                    say(line)
    if as_json:
        say_json([one for report in reports for one in _as_json(report, answers=answers)])
    elif form == "text":
        say(_summed_up(reports, notes=notes))
    if any(report.unreadable for report in reports):
        return 2
    return 1 if any(report.failed for report in reports) else 0


def _reports(files: Sequence[Path], *, mend: bool) -> Iterator[Report]:
    """A report for each file, as soon as it is ready. Raises UsageError for settings that cannot be used."""
    from simulator.authoring.check import check
    from simulator.authoring.severity import SettingsError, settings_for
    from simulator.cli.output import complain
    from simulator.language import read
    from simulator.library import Library

    library, told = Library(extra=files), set[str]()
    for path in files:
        try:
            severities = settings_for(path)
        except SettingsError as error:
            raise click.UsageError(str(error)) from None
        if mend and (made := _mended(path)):
            complain(f"{path}: {made} place{'s' if made != 1 else ''} mended")
        yield check(path, library, read, severities, _saved(path.stem, told))


def _saved(name: str, told: set[str]) -> Iterator[tuple[str, str]]:
    """The states saved attempts stand in; none, and one word about it in all, where the record cannot be read."""
    from simulator.authoring.saved import saved_states
    from simulator.cli.output import complain
    from simulator.store import StoreError

    try:
        yield from saved_states(name)
    except StoreError as error:
        if str(error) not in told:
            complain(f"saved attempts were not looked at. {error}")
        told.add(str(error))


def _mended(path: Path) -> int:
    from simulator.authoring.check import is_rubric
    from simulator.authoring.fixes import fix
    from simulator.scenario import check_file

    if not path.is_file() or is_rubric(path):
        return 0
    try:
        return fix(path, lambda: check_file(path).problems)
    except UnicodeDecodeError:
        return 0
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written ({error.strerror})") from None


def _shown(report: Report, *, notes: bool) -> Iterator[Problem]:
    return (problem for problem in report.problems if notes or problem.severity != "note")


def _on_github(problem: Problem) -> str:
    """A workflow command that marks the line in a pull request."""
    level = {"note": "notice"}.get(problem.severity, problem.severity)
    said = f"{problem.message}. {problem.mend}".strip()
    for char, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        said = said.replace(char, escaped)
    file = problem.file
    for char, escaped in (("%", "%25"), (",", "%2C"), (":", "%3A")):
        file = file.replace(char, escaped)
    return (
        f"::{level} file={file},line={max(1, problem.line)},col={max(1, problem.column)},title={problem.code}::{said}"
    )


def _answers(found: Exploration) -> Iterator[str]:
    for one in found.answers:
        yield f"{one.verdict}: {one.kind} {one.name}{f' ({one.why})' if one.why else ''}"
        for turn in found.replies(one):
            yield f"    - {turn}"


def _as_json(report: Report, *, answers: bool) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    for problem in report.problems:
        yield asdict(problem)
    if answers and report.exploration is not None:
        for one in report.exploration.answers:
            yield {
                "file": str(report.path),
                "question": one.kind,
                "name": one.name,
                "answer": one.verdict,
                "why": one.why,
                "replies": report.exploration.replies(one),
            }


def _summed_up(reports: Sequence[Report], *, notes: bool) -> str:
    found = [problem.severity for report in reports for problem in report.problems]
    grave = len(found) - found.count("note")
    said = f"{_number(len(reports), 'file')} checked, {_number(grave, 'problem') if grave else 'no problems'} found"
    hidden = found.count("note")
    if hidden and not notes:
        said += f", {_number(hidden, 'note')} (shown with --notes)"
    elif hidden:
        said += f", {_number(hidden, 'note')}"
    return f"{said}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"
