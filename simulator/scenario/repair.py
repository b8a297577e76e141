"""A line of YAML with the quotes in place that its author left out."""

from __future__ import annotations

import re

BLOCK_VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:(?:"[^"]*"|'[^']*'|[\w.-]+):\s+)?)(\S.*)$""")
FLOW_KEY = re.compile(r"[{,]\s*[\w.-]+:\s+(?=\S)")
FLOW_END = re.compile(r",\s*[\w.-]+:\s|\s*\}[\s,\]}]*(?:#.*)?$")
BRACKETS = {"[": "]", "{": "}"}


def quoted(text: str) -> str:
    """The text as YAML reads it back whole: in double quotes, or in single ones if it holds double ones."""
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'


def repaired(text: str, column: int) -> str | None:
    """The line with the value around a column in quotes, or None where quotes would not help."""
    block = BLOCK_VALUE.match(text)
    if block is None or column < block.end(1):
        return None
    head, value = block[1], block[2]
    if value[0] in BRACKETS and (inside := _in_braces(text, block.end(1), column)):
        return inside
    value, comment = _split_comment(value)
    if _is_whole(value) or value.endswith(BRACKETS.get(value[0], "\n")) or not head.strip():
        return None
    if value[0] == value[-1] == "'":  # an apostrophe ended the quotes too early
        value = value[1:-1]
    return head + quoted(value) + comment


def _in_braces(text: str, start: int, column: int) -> str | None:
    """`{line: *sighs*, to: x}`: the value of the last key before the column in quotes."""
    keys = [found for found in FLOW_KEY.finditer(text, start) if found.end() <= column]
    end = FLOW_END.search(text, column)
    if not keys or end is None:
        return None
    first = keys[-1].end()
    value = text[first : end.start()].strip()
    if not value or value[0] in BRACKETS or _is_whole(value):
        return None
    return text[:first] + quoted(value) + text[end.start() :]


def _split_comment(value: str) -> tuple[str, str]:
    found = re.search(r"\s{2,}#\s.*$", value)
    return (value[: found.start()], found[0]) if found else (value.rstrip(), "")


def _is_whole(value: str) -> bool:
    """Whether the value is already one quoted text."""
    return bool(re.fullmatch(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'", value.strip()))
