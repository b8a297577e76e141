"""Captions as meeting tools export them: WebVTT and SRT."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.transcript.names import folded, label, lone_name, true_names
from simulator.transcript.problems import Problem, no_speaker, no_words
from simulator.transcript.talk import Line

_TIMES = re.compile(r"\s*\d[\d:.,]*\s*-->\s*\d")
_FURNITURE = re.compile(r"\ufeff?(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
_MARKUP = re.compile(r"</?(?:c|i|b|u|v|s|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a caption. `first` says that it is the first of its caption."""

    number: int
    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of a row and who says them, where that is told there."""

    row: _Row
    speaker: str | None
    text: str


def is_times(row: str) -> bool:
    """Whether a row is the one with the times of a caption."""
    return bool(_TIMES.match(row))


def read_cues(rows: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The lines of captions and what is wrong with them.

    Captions in a row of one speaker are one line. In a file with voice tags a caption without one has no speaker;
    else it goes on with the last speaker.
    """
    problems: list[Problem] = []
    captions: list[_Row] = []
    for block in _blocks(rows):
        for found in _captions(block):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                captions.append(found)
    voiced = any(_VOICE.search(row.text) for row in captions)
    said = list(_voices(captions) if voiced else _names(captions, problems))
    return _joined(said, problems), problems


def _blocks(rows: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Rows between blank ones, with their numbers."""
    block: list[tuple[int, str]] = []
    for number, row in enumerate(rows, start=1):
        if row.strip():
            block.append((number, row))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _captions(block: Sequence[tuple[int, str]]) -> Iterator[_Row | Problem]:
    """The rows of the captions in a block. Some tools leave out the blank row between two."""
    times = [index for index, (_, row) in enumerate(block) if is_times(row)]
    before = block[: times[0]] if times else block
    if before and not _FURNITURE.match(before[0][1]):
        # The last row before the times is the number or name of the caption.
        lost = before[:-1] if times else before
        if lost:
            yield Problem(lost[0][0], "no times above these words", "take out the blank row before them", lost[-1][0])
    for place, index in enumerate(times):
        last = place + 1 == len(times)
        inside = block[index + 1 :] if last else block[index + 1 : times[place + 1]]
        if not last and inside and inside[-1][1].strip().isdigit():
            inside = inside[:-1]
        if not inside:
            yield no_words(block[index][0])
        for offset, (number, row) in enumerate(inside):
            yield _Row(number, row, first=offset == 0)


def _voices(captions: Sequence[_Row]) -> Iterator[_Said]:
    speaker: str | None = None
    for row in captions:
        if row.first:
            speaker = None
        before, *tagged = _VOICE.split(row.text)
        if _plain(before):
            yield _Said(row, speaker, _plain(before))
        for name, text in zip(tagged[::2], tagged[1::2], strict=True):
            speaker = _plain(name) or None
            yield _Said(row, speaker, _plain(text))


def _names(captions: Sequence[_Row], problems: list[Problem]) -> Iterator[_Said]:
    texts = [_plain(row.text) for row in captions]
    labels = [label(text) for text in texts]
    named = all(found for row, found in zip(captions, labels, strict=True) if row.first)
    names = true_names(labels, all_named=named)
    speaker: str | None = None
    for row, text, found in zip(captions, texts, labels, strict=True):
        if found and folded(found.name) in names:
            speaker = found.name
            yield _Said(row, speaker, found.text)
            continue
        lone = lone_name(row.number, found, names) if speaker else None
        problems += [lone] if lone else []
        yield _Said(row, speaker, text)


def _joined(said: Sequence[_Said], problems: list[Problem]) -> list[Line]:
    """What was said with rows of one speaker joined; what nobody says, and who says nothing, become problems."""
    lines: list[tuple[int, str, list[str]]] = []
    last: str | None = None
    for index, one in enumerate(said):
        if one.speaker is None:
            problems.append(no_speaker(one.row.number))
            last = None
        elif not one.text:
            if not _goes_on(said, index):
                problems.append(no_words(one.row.number))
        elif last == folded(one.speaker):
            lines[-1][2].append(one.text)
        else:
            lines.append((one.row.number, one.speaker, [one.text]))
            last = folded(one.speaker)
    return [Line(speaker, " ".join(texts), number) for number, speaker, texts in lines]


def _goes_on(said: Sequence[_Said], index: int) -> bool:
    """Whether the words of a speaker stand in the next row of the same caption."""
    following = said[index + 1] if index + 1 < len(said) else None
    return bool(following and not following.row.first and following.speaker == said[index].speaker)


def _plain(text: str) -> str:
    """The words of a row without markup."""
    return html.unescape(_MARKUP.sub("", text)).strip()
