"""What a scenario file is made of before anything is known of scenarios: texts, lists and mappings.

Each keeps its place, so that every later complaint can point at the very words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.scenario.errors import Problem


@dataclass(slots=True)
class Scalar:
    """A text as the author wrote it: no type is guessed. Lines and columns count from 1."""

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    plain: bool = True  # written without quotes and not as a block


@dataclass(slots=True)
class Entry:
    """A key of a mapping and what stands under it."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class Table:
    """A mapping, in the order of the file."""

    line: int
    column: int
    flow: bool = False  # written in braces
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    flow: bool = False
    items: list[Node] = field(default_factory=list)


Node = Scalar | Table | Items


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its tree, its lines for excerpts, and what was wrong and could be passed over."""

    file: str
    lines: tuple[str, ...]
    root: Table
    problems: tuple[Problem, ...] = ()

    def excerpt(self, line: int) -> str:
        """The source line, or nothing where the file has none of this number."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def plain(node: Node) -> Any:
    """The tree as strings, lists and dicts, without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


@dataclass(frozen=True, slots=True)
class _Found:
    """A node, how many parts of the path led to it, and which part was the last of them."""

    node: Node
    key: Scalar | None = None
    parts: int = 0
    last: int = -1


def locate(root: Table, path: Sequence[str | int]) -> tuple[Node, Scalar | None]:
    """The node a path of keys and list numbers leads to, and the key it stands under.

    Parts of the path that are not in the file are passed over: a shorthand such as `client:` is read
    as `people: {client: ...}`, and its places are still found. The deepest node reached is returned.
    """
    found = _locate(_Found(root), tuple(path), 0)
    return found.node, found.key


def _locate(at: _Found, path: tuple[str | int, ...], start: int) -> _Found:
    best = at
    for number in range(start, len(path)):
        part, node = path[number], at.node
        if isinstance(node, Table) and part in node.entries:
            entry = node.entries[str(part)]
            step = _Found(entry.value, entry.key, at.parts + 1, number)
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
            step = _Found(node.items[part], None, at.parts + 1, number)
        else:
            continue
        found = _locate(step, path, number + 1)
        if (found.parts, found.last) > (best.parts, best.last):
            best = found
    return best


def spot(scalar: Scalar, offset: int, lines: Sequence[str]) -> tuple[int, int]:
    """The line and column of a character inside a text, however the text is folded or quoted.

    Spaces may differ between a text and its source, so the letters are counted.
    """
    if scalar.line == scalar.end_line and scalar.plain:
        return scalar.line, scalar.column + offset
    wanted = sum(1 for char in scalar.text[:offset] if not char.isspace())
    column = scalar.column + (0 if scalar.plain else 1)
    line = scalar.line
    if line <= len(lines) and not scalar.plain and lines[line - 1][scalar.column - 1 :][:1] in ("|", ">"):
        line, column = line + 1, 1
    while line <= min(scalar.end_line, len(lines)):
        text = lines[line - 1]
        for at in range(column - 1, len(text)):
            if text[at].isspace():
                continue
            if wanted == 0:
                return line, at + 1
            wanted -= 1
        line, column = line + 1, 1
    return scalar.line, scalar.column
