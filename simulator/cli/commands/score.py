"""`roleplay score`: score a conversation that was held elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.conversation.turn import Turn
    from simulator.transcript.problems import Transcript
    from simulator.transcript.score import Scored

DEFAULT_RUBRIC = "active-listening"
STANDARD_INPUT = "-"
MANY = 200
"""Replies that take so long to read that progress is shown."""


@click.command("score", short_help="Score a conversation from a file.")
@click.argument("transcript", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--rubric", "rubrics", multiple=True, metavar="ID", help=f"Score by this rubric [{DEFAULT_RUBRIC}].")
@click.option("--learner", metavar="NAME", help="The speaker to score.")
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
@click.option(
    "--html", "page", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write a page, too."
)
@click.option("--force", is_flag=True, help="Let --html overwrite a file.")
def command(
    transcript: str, rubrics: tuple[str, ...], learner: str | None, as_json: bool, page: Path | None, force: bool
) -> int:
    """Score a real conversation by the rubrics of the simulator.

    TRANSCRIPT is a file, or - for standard input: rows "Name: text" (times may stand before them), CSV, JSON a row or
    in an array, WebVTT or SRT. --rubric may be given several times. Without --learner the speaker is taken who is
    called as helpers are (nurse, social worker, me ...), or you are asked.

    Ends with 0 where it was scored, 2 for wrong use or a file nothing can be read from. Rows that cannot be read are
    named on standard error.
    """
    from simulator.cli.output import say, say_json, width
    from simulator.library import Library
    from simulator.report.text import render_rubrics
    from simulator.transcript.score import as_values, score

    if page is not None:
        _must_be_free(page, transcript, force=force)
    library = Library()
    opened = [library.open_rubric(name) for name in dict.fromkeys(rubrics or (DEFAULT_RUBRIC,))]
    talk = _read(transcript)
    speaker = _learner(talk, learner, asking=transcript != STANDARD_INPUT)
    scored = score(talk, speaker, _turns(talk, speaker), opened)
    if page is not None:
        _write_page(page, scored, transcript)
    if as_json:
        say_json(as_values(scored))
    else:
        say(render_rubrics(scored.views(), width(), scored.places).rstrip("\n"))
    return 0


def _must_be_free(page: Path, transcript: str, *, force: bool) -> None:
    """Raise click.UsageError where a page must not be written."""
    if not page.parent.is_dir():
        raise click.UsageError(f"There is no folder {page.parent} to write the page in.")
    if not page.exists():
        return
    if not page.is_file() or (transcript != STANDARD_INPUT and page.samefile(transcript)):
        raise click.UsageError(f"{page} cannot be overwritten. Give the page another name.")
    if not force:
        raise click.UsageError(f"{page} is there already. Add --force to overwrite it, or give another name.")


def _read(transcript: str) -> Transcript:
    """The lines of the file; what was left out is told. Raises click.ClickException where nothing can be used."""
    from simulator.cli.output import complain
    from simulator.transcript.parse import LARGEST, parse
    from simulator.transcript.problems import TranscriptError, listing

    with click.open_file(transcript, "rb") as file:
        data: bytes = file.read(LARGEST + 1)
    try:
        talk = parse(data, transcript)
    except TranscriptError as error:
        raise click.ClickException(f"{_called(transcript)}: {error}") from None
    kept = [problem for problem in talk.problems if problem.kept]
    if talk.skipped:
        rows = "1 row was" if len(talk.skipped) == 1 else f"{len(talk.skipped)} rows were"
        complain(f"{rows} skipped:\n{listing(talk.skipped)}")
    if kept:
        rows = "1 row was" if len(kept) == 1 else f"{len(kept)} rows were"
        complain(f"{rows} read, perhaps not as meant:\n{listing(kept)}")
    return talk


def _called(transcript: str) -> str:
    return "standard input" if transcript == STANDARD_INPUT else Path(transcript).name


def _learner(talk: Transcript, name: str | None, *, asking: bool) -> str:
    """Whom to score: as named, else as likely, else as answered. Raises click.UsageError where nobody can be told."""
    from simulator.cli.output import argument, complain
    from simulator.transcript.learner import likely, named
    from simulator.transcript.problems import TranscriptError

    if name is not None:
        try:
            return named(argument(name), talk.speakers)
        except TranscriptError as error:
            raise click.UsageError(str(error)) from None
    found = likely(talk.speakers)
    if found is not None:
        complain(f"`{found}` is scored; for another: --learner NAME.")
        return found
    if asking and sys.stdin.isatty() and sys.stderr.isatty():
        return _asked(talk)
    from simulator.scenario.errors import listed

    raise click.UsageError(f"Say whom to score with --learner NAME. These speak: {listed(talk.speakers)}.")


def _asked(talk: Transcript) -> str:
    from simulator.catalogue.clean import clean
    from simulator.transcript.score import replies_of

    speakers = talk.speakers
    for number, speaker in enumerate(speakers, start=1):
        count = len(replies_of(talk, speaker))
        said = f"{count} {'utterance' if count == 1 else 'utterances'}"
        click.echo(f"{number}. {clean(speaker, keep_newlines=False)} ({said})", err=True)
    chosen: int = click.prompt("Whom to score", type=click.IntRange(1, len(speakers)), err=True)
    return speakers[chosen - 1]


def _turns(talk: Transcript, learner: str) -> Sequence[Turn]:
    from simulator.transcript.score import replies_of
    from simulator.transcript.talk import turns_of

    turns = turns_of(talk.lines, learner)
    count = len(replies_of(talk, learner))
    if count <= MANY or not sys.stderr.isatty():
        return list(turns)
    with click.progressbar(turns, length=count, label="Reading", file=sys.stderr) as shown:
        return list(shown)


def _write_page(page: Path, scored: Scored, transcript: str) -> None:
    """Write the page for the owner alone: it quotes a real conversation. Raises OSError where it cannot."""
    from simulator.cli.output import complain
    from simulator.report.html import render_html
    from simulator.report.values import ScoredTalk
    from simulator.settings import write_private
    from simulator.transcript.score import said

    skipped = tuple(str(problem) for problem in scored.transcript.skipped)
    talk = ScoredTalk(_called(transcript), scored.learner, tuple(scored.views()), tuple(said(scored)), skipped)
    write_private(page, render_html(talk))
    complain(f"the page is in {page}.")
