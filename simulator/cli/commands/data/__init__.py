"""`roleplay data`: look after what is kept."""

from __future__ import annotations

import click

from simulator.cli.groups import Lazy

COMMANDS = ("path", "check", "backup", "restore", "export", "erase", "retention")


@click.group(
    "data", cls=Lazy, package=__name__, commands_in=COMMANDS, short_help="Look after what is kept of your talks."
)
def command() -> None:
    """Look after what is kept: where it lies, whether it is whole, copies of it, and its end.

    Every talk is kept in one file of yours, or in the PostgreSQL database that ROLEPLAY_DATABASE or the settings name.
    """
