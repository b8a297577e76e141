"""`roleplay data export`: everything of a learner, to take along."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export", short_help="Take along everything of a learner.")
@click.option("--learner", metavar="PSEUDONYM", help="Whose talks [yours].")
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    default=".",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write [here].",
)
@click.option("--force", is_flag=True, help="Overwrite an earlier export.")
def command(learner: str | None, folder: Path, force: bool) -> None:
    """Write everything that is kept of a learner: one JSON file for programs, and one page to read.

    The JSON holds every event as it was stored, those taken back included, and every assessment, drafts too.
    """
    import json

    from simulator.cli.commands.data.own import own_store
    from simulator.cli.output import say
    from simulator.report.takeout import render_takeout
    from simulator.settings import write_private
    from simulator.store.takeout import takeout

    store = own_store()
    whose = learner or store.learner
    if learner is not None and learner not in store.learners():
        from simulator.scenario.errors import did_you_mean

        raise click.UsageError(f"There is no learner `{learner}`. {did_you_mean(learner, store.learners())}".rstrip())
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in whose)
    files = [folder / f"roleplay-{name}.json", folder / f"roleplay-{name}.html"]
    taken = [path for path in files if path.exists()]
    if taken and not force:
        raise click.UsageError(f"{taken[0]} is there already. Add --force to overwrite it, or give another folder.")
    everything = takeout(store, whose)
    write_private(files[0], json.dumps(everything, indent=1, ensure_ascii=False))
    write_private(files[1], render_takeout(everything))
    count = len(everything["attempts"])
    say(f"{count} attempt{'s' if count != 1 else ''} written to {files[0]} and, to read, {files[1]}.")
