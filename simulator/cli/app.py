"""The `roleplay` command: which commands there are, and how each may end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from simulator import __version__
from simulator.cli.output import complain, flush, speak_utf8

COMMANDS = (
    *("play", "list", "explain", "score", "history", "debrief"),
    *("new", "check", "test", "simulate", "graph", "stats", "schema"),
)
"""Each is one module of `simulator.cli.commands`, loaded when it is called for."""

INTERRUPTED = 130
"""What a shell expects of a program stopped by ctrl+c: 128 and the number of the signal."""


class Commands(click.Group):
    """A group that loads a command when it is called for, and suggests one when it is misspelt."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"simulator.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with our suggestion where there is no such command."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from simulator.scenario.errors import did_you_mean, listed

            near = did_you_mean(args[0], COMMANDS) or f"Known here: {listed(COMMANDS)}."
            ctx.fail(f"There is no command `{args[0]}`. {near}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of ours that went away early (`| head`) is not an error."""
        try:
            result = super().invoke(ctx)
            flush()
        except BrokenPipeError:
            # Whatever is still waiting to be written must not be tried again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="roleplay", message="%(prog)s %(version)s")
@click.pass_context
def roleplay(ctx: click.Context) -> None:
    """Practise hard conversations: write what you would say, and be answered.

    Without a command, the screen opens; where there is none, the talk goes in plain lines.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not sys.stdin.isatty():
        click.echo(ctx.get_help())
        return
    from simulator.cli.commands.play import open_front_end

    open_front_end()


def run(arguments: Sequence[str] | None = None) -> int:
    """Run `roleplay` with these arguments (None: the command line's) and give its exit status.

    Every failure is one message on standard error; a traceback goes to the log only.
    """
    speak_utf8()
    try:
        status = roleplay.main(arguments, prog_name="roleplay", standalone_mode=False)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "roleplay"
        complain(f"{error.format_message()}\nTry `{where} --help`.")
        return 2
    except click.ClickException as error:
        complain(error.format_message())
        return 2
    except (click.Abort, KeyboardInterrupt):
        with suppress(BrokenPipeError):
            click.echo()
        return INTERRUPTED
    except Exception as error:  # the last resort: the user gets a sentence, the log the details
        return _failed(error)
    return status if isinstance(status, int) else 0


def _failed(error: Exception) -> int:
    from simulator.cli.failures import log
    from simulator.practice.failures import expected

    said = expected(error)
    if said is None:
        said = f"Something went wrong inside ({type(error).__name__}). {log(error)}"
    complain(said)
    return 2
