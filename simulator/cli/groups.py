"""A group of commands that loads each one when it is called for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click


class Lazy(click.Group):
    """Commands that are modules of one package, each with its own `command`; a misspelt one brings a suggestion."""

    def __init__(self, *args: Any, package: str = "", commands_in: Sequence[str] = (), **kwargs: Any) -> None:
        """`commands_in` are the names of the modules of `package`, in the order they are listed in."""
        super().__init__(*args, **kwargs)
        self._package = package
        self._names = tuple(commands_in)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self._names:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with our suggestion where there is no such command."""
        if args and args[0] not in self._names and not args[0].startswith("-"):
            from simulator.scenario.errors import did_you_mean

            ctx.fail(f"There is no command `{args[0]}`. {did_you_mean(args[0], self._names)}".rstrip())
        return super().resolve_command(ctx, args)
