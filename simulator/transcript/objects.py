"""JSON: an object a row (JSONL), or an array of objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from simulator.transcript.problems import Problem, no_speaker, no_words
from simulator.transcript.talk import Line
from simulator.transcript.words import words

_BETWEEN = re.compile(r"[\s,]*")
_OBJECT = re.compile(r"^[ \t]*\{", re.MULTILINE)
_END = re.compile(r"\]\s*\Z")
_DECODER = json.JSONDecoder()


def read_objects(rows: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The lines of a JSON transcript and what is wrong with it."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for first, last, value in _values("\n".join(rows)):
        line = value if isinstance(value, Problem) else _line(value, first, last)
        if isinstance(line, Problem):
            problems.append(line)
        else:
            lines.append(line)
    return lines, problems


def _values(text: str) -> Iterator[tuple[int, int, Any]]:
    """Each value with its first and last row. Where there is none, a problem, and it goes on at the next row that
    begins an object."""
    array = text.lstrip().startswith("[")
    at = text.index("[") + 1 if array else 0
    row, counted = 1, 0
    while True:
        at = _past(_BETWEEN, text, at)
        if at == len(text) or (array and _END.match(text, at)):
            return
        row, counted = row + text.count("\n", counted, at), at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            end = _next_object(text, at)
            last = row + text[at:end].rstrip().count("\n")
            value = Problem(row, f"not JSON ({_reason(error)})", "write one object a row", last)
        yield row, row + text.count("\n", at, end), value
        at = end


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _next_object(text: str, at: int) -> int:
    """Where the next row begins that begins an object, or the end."""
    row_end = text.find("\n", at)
    found = _OBJECT.search(text, row_end) if row_end >= 0 else None
    return found.start() if found else len(text)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def _line(value: Any, first: int, last: int) -> Line | Problem:
    if not isinstance(value, dict):
        return Problem(first, "not an object", 'write {"speaker": ..., "text": ...}', last)
    known = {key.strip().lower(): item for key, item in value.items()}
    speaker, text = (
        next((known[key] for key in keys if known.get(key) is not None), "") for keys in (words().speaker, words().text)
    )
    if isinstance(speaker, int) and not isinstance(speaker, bool):
        speaker = str(speaker)  # who is told apart by voice alone is often numbered
    if not isinstance(speaker, str) or not isinstance(text, str):
        return Problem(first, f"the {'text' if isinstance(speaker, str) else 'speaker'} is no text", "quote it", last)
    speaker, text = _whole(speaker), _whole(text)
    if not speaker:
        return no_speaker(first, last)
    return Line(speaker, text, first) if text else no_words(first, last)


def _whole(text: str) -> str:
    # Half of a surrogate pair is no character and cannot be written; one stands in for one.
    return text.encode("utf-8", "replace").decode("utf-8").strip()
