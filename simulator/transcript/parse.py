"""A file with a conversation, read into lines: plain text, CSV, JSON, WebVTT or SRT.

The form is told by the content, and by the suffix where the content leaves it open.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from simulator.transcript.cues import is_times, read_cues
from simulator.transcript.names import folded
from simulator.transcript.objects import read_objects
from simulator.transcript.plain import read_plain
from simulator.transcript.problems import Problem, Transcript, TranscriptError, listing
from simulator.transcript.table import header_delimiter, read_table
from simulator.transcript.talk import Line

LARGEST = 16 * 1024 * 1024
"""Bytes of a transcript that are still read: a working week of talk."""

HEAD = 20
"""Rows among which captions show their first times."""

Reader = Callable[[Sequence[str]], tuple[list[Line], list[Problem]]]

_BY_SUFFIX: dict[str, Reader] = {
    ".vtt": read_cues,
    ".srt": read_cues,
    ".csv": read_table,
    ".tsv": read_table,
    ".json": read_objects,
    ".jsonl": read_objects,
    ".ndjson": read_objects,
}
_OBJECTS = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_ROW_END = re.compile(r"\r\n|\n|\r")
_UNDECODED = re.compile("[\udc80-\udcff]+")


def parse(data: bytes, name: str = "") -> Transcript:
    """The lines in the bytes of a file called `name`, and its problems, both in the order of the file.

    The text of a line is raw: who shows it must clean it. Two spellings of a speaker that differ only in case are
    one, spelt as first met. Raises TranscriptError, and nothing else, where nothing can be used.
    """
    rows, problems = _rows(data)
    lines, more = _reader(rows, PurePath(name).suffix.lower())(rows)
    problems = sorted([*problems, *more], key=lambda problem: problem.line)
    if not lines:
        raise TranscriptError("\n".join(["there is nothing to score.", *([listing(problems)] if problems else [])]))
    return Transcript(tuple(_of_one_spelling(lines)), tuple(problems))


def _reader(rows: Sequence[str], suffix: str) -> Reader:
    """Who reads such rows."""
    head = [row for row in rows if row.strip()][:HEAD]
    if head and (head[0].startswith("WEBVTT") or any(is_times(row) for row in head)):
        return read_cues
    if _OBJECTS.match("\n".join(head)):
        return read_objects
    if header_delimiter(head):
        return read_table
    return _BY_SUFFIX.get(suffix, read_plain)


def _rows(data: bytes) -> tuple[list[str], list[Problem]]:
    """The rows of a file without their ends; what cannot be decoded is replaced and named."""
    if len(data) > LARGEST:
        raise TranscriptError(f"it is larger than the {LARGEST // 1024 // 1024} MB that are read.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8")  # as spreadsheets write "Unicode text"
    if b"\0" in data:
        raise TranscriptError("it is no text file. Export the conversation as text, CSV or WebVTT.")
    rows = _ROW_END.split(data.decode("utf-8-sig", "surrogateescape"))
    problems = []
    for number, row in enumerate(rows, start=1):
        wrong = _UNDECODED.findall(row)
        if wrong:
            shown = wrong[0].encode("utf-8", "surrogateescape")[:4].hex(" ")
            problems.append(Problem(number, f"bytes that are not UTF-8 ({shown})", "save the file as UTF-8", kept=True))
            rows[number - 1] = _UNDECODED.sub(lambda found: "\ufffd" * len(found[0]), row)
    return rows, problems


def _of_one_spelling(lines: Sequence[Line]) -> list[Line]:
    spelt: dict[str, str] = {}
    return [replace(line, speaker=spelt.setdefault(folded(line.speaker), line.speaker)) for line in lines]
