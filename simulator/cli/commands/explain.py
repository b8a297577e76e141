"""`roleplay explain`: what a reply is read as, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulator.catalogue.types import Finding, Heard, Reading
    from simulator.language.style import Style


@click.command("explain", short_help="Show what a reply is read as, and why.")
@click.argument("reply", required=False)
@click.option("--after", metavar="LINE", default="", help="What the client said just before.")
@click.option("--json", "as_json", is_flag=True, help="Write the reading as JSON.")
@click.option("--jsonl", is_flag=True, help="Read JSON objects from standard input, one a line; answer each.")
def command(reply: str | None, after: str, as_json: bool, jsonl: bool) -> int:
    """Show what a reply does: each behaviour with the words that show it.

    Without REPLY it is read from standard input. With --jsonl, each line of standard input is an object
    {"line": what the client said, "reply": ...}, optionally with "context": earlier utterances, oldest first,
    each {"speaker": "client" or "learner", "text": ...}.
    """
    from simulator.cli.output import argument, say, say_json
    from simulator.language import read
    from simulator.language.style import style_of

    if jsonl:
        return _explain_lines()
    if reply is None:
        if sys.stdin.isatty():
            raise click.UsageError("Give the reply in quotes, or on standard input.")
        reply = sys.stdin.read().rstrip("\r\n")
    reply, heard = argument(reply), _heard(argument(after), ())
    reading, style = read(reply, heard), style_of(reply, heard)
    if as_json:
        say_json(as_values(reading, style))
    else:
        for line in (*_table(reading), *_put(style, reading)):
            say(line)
    return 0


def as_values(reading: Reading, style: Style) -> dict[str, Any]:
    """A reading as JSON values: behaviours with their spans (code points of the reply), gates, quality; apart from them
    the leanings, which are not sure enough to count, and how the reply is put, which is never scored."""
    from simulator.language import is_sure

    return {
        "behaviours": [_values(found) for found in reading.findings if is_sure(found)],
        "gates": list(reading.gates),
        "quality": reading.quality,
        "leanings": [_values(found) for found in reading.findings if not is_sure(found)],
        "style": {"polite": style.polite, "strategies": dict(style.strategies)},
    }


def _values(found: Finding) -> dict[str, Any]:
    return {
        "id": found.behaviour,
        "span": [found.span.start, found.span.end],
        "confidence": found.confidence,
        "rule": found.rule,
        "cue": found.cue,
    }


class _LineError(ValueError):
    """A line of input that cannot be read; the message says why."""


def _explain_lines() -> int:
    from simulator.cli.output import complain, say_json
    from simulator.language import read
    from simulator.language.style import style_of

    status = 0
    for number, line in enumerate(_standard_input(), start=1):
        try:
            reply, heard = _asked(line)
        except _LineError as error:
            complain(f"line {number}: {error}")
            say_json({"error": str(error)})
            status = 2
        else:
            say_json(as_values(read(reply, heard), style_of(reply, heard)))
    return status


def _standard_input() -> Iterator[str]:
    # By `readline`, not by iteration: an answer must come before the next line is waited for.
    while line := sys.stdin.readline():
        yield line


def _asked(line: str) -> tuple[str, Heard]:
    """The reply and what it is read against. Raises _LineError."""
    try:
        asked = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _LineError(f"not JSON: {error}") from None
    if not isinstance(asked, dict):
        raise _LineError("not an object with `line` and `reply`")
    context = asked.get("context") or []
    if not isinstance(context, list):
        raise _LineError("`context` is not a list")
    earlier = tuple(_utterance(said) for said in context)
    return _text(asked, "reply"), _heard(_text(asked, "line"), earlier)


def _utterance(said: Any) -> tuple[str, str]:
    if not isinstance(said, dict):
        raise _LineError("`context` holds something that is not an object with `speaker` and `text`")
    speaker = _text(said, "speaker")
    if speaker not in {"client", "learner"}:
        raise _LineError(f"the speaker `{speaker}` is neither `client` nor `learner`")
    return speaker, _text(said, "text")


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str):
        raise _LineError(f"`{key}` is {'missing' if value is None else 'not a text'}")
    # Half of a surrogate pair is no character; one stands in for one, so that spans stay right.
    return value.encode("utf-8", "replace").decode("utf-8")


def _heard(line: str, context: tuple[tuple[str, str], ...]) -> Heard:
    from simulator.catalogue.types import Heard, HeardLine

    said = (*context, ("client", line)) if line else context
    return Heard(lines=tuple(HeardLine(speaker, text) for speaker, text in said))


def _table(reading: Reading) -> list[str]:
    from simulator.language import is_sure

    counted = [found for found in reading.findings if is_sure(found)]
    leanings = [found for found in reading.findings if not is_sure(found)]
    rows = [
        (found.behaviour, f"{found.confidence:.2f}", found.cue or "-", found.rule, _quoted(reading, found))
        for found in (*counted, *leanings)
    ]
    headed = [("Behaviour", "Sure", "Cue", "Rule", "Words"), *rows]
    widths = [max(len(row[column]) for row in headed) for column in range(4)]
    lines = ["  ".join(cell.ljust(wide) for cell, wide in zip(row, [*widths, 0], strict=True)) for row in headed]
    table = lines[: len(counted) + 1] if counted else ["Nothing was found in this reply."]
    if leanings:
        table += ["Leanings, which do not count:", *lines[len(counted) + 1 :]]
    return [*table, f"Gates: {', '.join(reading.gates) or 'none'}", f"Quality: {reading.quality:+.2f}"]


def _put(style: Style, reading: Reading) -> list[str]:
    """How a reply is put, in a line; none where nothing is to be said. Only a request is told to be polite or not:
    nothing else was learnt from."""
    said = [f"polite {style.polite:.2f}"] if reading.questions else []
    said += [f"{words} {sure:.2f}" for words, sure in style.plainly.items()]
    return [f"Style, never scored: {', '.join(said)}"] if said else []


def _quoted(reading: Reading, found: Finding) -> str:
    words = reading.reply[found.span.start : found.span.end]
    return f'"{" ".join(words.split())}"'
