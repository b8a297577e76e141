"""Tables: CSV with commas, semicolons or tabs, with a header or without."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.transcript.problems import Problem, TranscriptError, no_speaker, no_words
from simulator.transcript.talk import Line
from simulator.transcript.words import words

DELIMITERS = ",;\t"
_DELIMITER = re.compile(f"[{DELIMITERS}]")
LONGEST_HEADER = 2048
"""Characters of a first row that are looked at for a header."""

NO_HEADER = "for others begin with a header such as speaker,text"
UNQUOTED = "put the whole text in double quotes, and double each quote inside it"


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of one record and the rows it stands in."""

    first: int
    last: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns hold what; a record with more cells than `width` was cut at a delimiter in its text."""

    speaker: int
    text: int
    width: int


def header_delimiter(rows: Sequence[str]) -> str | None:
    """The delimiter of a table whose first row names who speaks and what; None for anything else."""
    first = next((row for row in rows if row.strip()), "")[:LONGEST_HEADER]
    for delimiter in DELIMITERS:
        header = next(csv.reader([first], delimiter=delimiter, skipinitialspace=True), [])
        if None not in _columns(header):
            return delimiter
    return None


def read_table(rows: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The lines of a table and what is wrong with it. Raises TranscriptError for a header that lacks a column."""
    delimiter = header_delimiter(rows) or _guessed(rows)
    found = list(_records(rows, delimiter))
    problems = [record for record in found if isinstance(record, Problem)]
    records = [record for record in found if isinstance(record, _Record) and any(cell.strip() for cell in record.cells)]
    if not records:
        return [], problems
    layout, records, remarks = _laid_out(records)
    problems += remarks
    lines = []
    for record in records:
        line = _line(record, layout)
        if isinstance(line, Problem):
            problems.append(line)
        else:
            lines.append(line)
    return lines, problems


def _columns(cells: Sequence[str]) -> tuple[int | None, int | None]:
    """Where a header has who speaks, and what."""
    names = [cell.strip().lower() for cell in cells]

    def place(known: Sequence[str]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    return place(words().speaker), place(words().text)


def _laid_out(records: list[_Record]) -> tuple[_Layout, list[_Record], list[Problem]]:
    """How the table is laid out, its records without the header, and what of them is not read."""
    header = records[0].cells
    speaker, text = _columns(header)
    if speaker is not None and text is not None:
        return _Layout(speaker, text, len(header)), records[1:], []
    if speaker is not None or text is not None:
        lacks, known = ("who speaks", words().speaker) if speaker is None else ("what is said", words().text)
        raise TranscriptError(
            f"line {records[0].first}: the header has no column for {lacks}; call it {' or '.join(known)}"
        )
    # Nothing says which columns there are: as many are meant as most records have.
    width = max(2, Counter(len(record.cells) for record in records).most_common(1)[0][0])
    unread = Problem(records[0].first, "of each row only the first two columns are read", NO_HEADER, kept=True)
    return _Layout(0, 1, width), records, [unread] if width > 2 else []


def _line(record: _Record, layout: _Layout) -> Line | Problem:
    cells = record.cells
    if any(cell.strip() for cell in cells[layout.width :]):
        return Problem(record.first, f"more than {layout.width} columns", UNQUOTED, record.last)
    speaker, text = (cells[place].strip() if place < len(cells) else "" for place in (layout.speaker, layout.text))
    if not speaker:
        return no_speaker(record.first, record.last)
    return Line(speaker, text, record.first) if text else no_words(record.first, record.last)


def _guessed(rows: Sequence[str]) -> str:
    """The delimiter of a table without a header that would tell.

    A name comes first and seldom holds one, so it is what most rows have first. `csv.Sniffer` looks at the whole row
    and takes the commas of speech for it.
    """
    firsts = Counter(found[0] for found in map(_DELIMITER.search, rows) if found)
    return firsts.most_common(1)[0][0] if firsts else DELIMITERS[0]


def _records(rows: Sequence[str], delimiter: str) -> Iterator[_Record | Problem]:
    """The records in order. Where one cannot be read, its first row is a problem and reading goes on behind that
    row, so that a quote left open does not swallow the rest."""
    begun = 0
    while begun < len(rows):
        texts = (f"{rows[index]}\n" for index in range(begun, len(rows)))
        reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=True, strict=True)
        done = begun
        try:
            for cells in reader:
                yield _Record(done + 1, begun + reader.line_num, cells)
                done = begun + reader.line_num
        except csv.Error as error:
            yield Problem(done + 1, f"not a row of a table ({error})", UNQUOTED)
            done += 1
        begun = done
