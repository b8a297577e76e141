"""What a command writes: clean text or JSON to standard output, complaints to standard error."""

from __future__ import annotations

import io
import json
import shutil
import sys
from typing import Any

import click

from simulator.catalogue.clean import clean

WIDEST = 88
"""Columns of running text; longer lines are hard to read on a wide screen."""


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale says; what cannot be decoded is replaced, never fatal."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """Write a line of text, stripped of anything that could drive a terminal."""
    click.echo(clean(text))


def say_json(value: Any) -> None:
    """Write a value as one line of JSON. It is all ASCII, so nothing in it can drive a terminal."""
    click.echo(json.dumps(value))
    flush()


def complain(message: str) -> None:
    """Write a message to standard error."""
    click.echo(clean(f"roleplay: {message}"), err=True)


def flush() -> None:
    """Hand on what was written, so that a reader that went away is noticed here. Raises BrokenPipeError."""
    sys.stdout.flush()


def width() -> int:
    """Columns to write in."""
    return min(WIDEST, shutil.get_terminal_size().columns)


def argument(text: str) -> str:
    """A command-line argument as text: bytes that are not UTF-8 are replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
