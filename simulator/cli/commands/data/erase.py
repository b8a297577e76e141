"""`roleplay data erase`: remove a learner, or one talk, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.store.erase import Choice
    from simulator.store.store import Store


@click.command("erase", short_help="Remove a learner, or one talk, for good.")
@click.option("--learner", metavar="PSEUDONYM", help="Whom to remove [yourself].")
@click.option("--attempt", metavar="ATTEMPT", help="Remove only this talk, and the branches that began from it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(learner: str | None, attempt: str | None, yes: bool) -> None:
    """Remove a learner for good: their talks, drafts, scores and identity.

    The file is written anew, its journals are emptied, backups are rewritten and the log is removed, so that no byte
    of what they typed stays in the data folder. What you exported or copied elsewhere is yours to destroy. On
    PostgreSQL it says what else whoever administers the database must purge.
    """
    from simulator.cli.commands.data.own import confirm, own_store
    from simulator.cli.output import say
    from simulator.cli.progress import progress
    from simulator.store import erase, postgres

    if learner is not None and attempt is not None:
        raise click.UsageError("Give --learner or --attempt, not both.")
    store = own_store()
    choice = _choice(store, learner, attempt)
    talks, turns = erase.count(store, choice)
    whose = f"the talk {attempt}" if attempt else f"all talks of `{choice.learner}`"
    confirm(f"Erase {whose} ({_counted(talks, 'attempt')}, {_counted(turns, 'turn')})? It cannot be undone.", yes=yes)
    with progress("Erasing") as shown:
        done = erase.erase(store, choice, shown)
    _remove_logs()
    say(f"Erased: {_counted(done.attempts, 'attempt')}.")
    if done.rewritten:
        say(f"{_counted(done.rewritten, 'backup')} rewritten.")
    for path in done.removed:
        say(f"The backup {path.name} could not be read, so it was removed.")
    if store.file is None:
        say(postgres.PURGE)


def _choice(store: Store, learner: str | None, attempt: str | None) -> Choice:
    """What is meant. Raises click.UsageError where there is no such talk or learner."""
    from simulator.store.erase import Choice

    if attempt is not None:
        found = store.ids(attempt.lower())
        if len(found) != 1:
            how_many = "Several attempts begin" if found else "No attempt begins"
            raise click.UsageError(f"{how_many} with `{attempt}`. To see them: roleplay history")
        return Choice(attempts=found)
    if learner is not None and learner not in store.learners():
        from simulator.scenario.errors import did_you_mean

        raise click.UsageError(f"There is no learner `{learner}`. {did_you_mean(learner, store.learners())}".rstrip())
    return Choice(learner=learner or store.learner)


def _remove_logs() -> None:
    """A log may quote what was typed when something failed."""
    from simulator.settings import paths

    for log in paths().log.glob("*.log*"):
        log.unlink(missing_ok=True)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' if number != 1 else ''}"
