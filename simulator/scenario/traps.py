"""Text that YAML cuts or chokes on, shown as its author should have written it.

libyaml says "did not find expected key". What an author needs is the line with the quotes in place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.scenario.nodes import Scalar

BLOCK_VALUE = re.compile(r"""^(\s*(?:-\s+)*(?:(?:"[^"]*"|'[^']*'|[\w.-]+):\s+)?)(\S.*)$""")
FLOW_KEY = re.compile(r"[{,\[]\s*(?:[\w.-]+:\s+)?(?=\S)")
FLOW_END = re.compile(r",\s*[\w.-]+:\s|\s*\}[\s,\]}]*(?:#.*)?$")
KEY_WITHOUT_SPACE = re.compile(r"^\s*(?:-\s+)*([a-z_]+):\S")


class Trap(Exception):  # noqa: N818 (it stops one pass over the events, and never leaves the package)
    """Where YAML had to stop, and the line as it was most likely meant."""

    def __init__(
        self, code: str, message: str, line: int, column: int, mend: str = "", repaired: str | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column = code, message, line, column
        self.mend, self.repaired = mend, repaired


def quoted(text: str) -> str:
    """The text as YAML reads it back whole: in double quotes, or in single ones where it holds double ones."""
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'


def cut_by_comment(text: str, rest: str) -> str | None:
    """The code of the problem where a comment looks like the tail of a text: `Room #4`, `I am # one`.

    `rest` is the source line after the text. A comment that stands off by two spaces and begins with
    one is taken for a comment.
    """
    after = rest.lstrip(" \t")
    if not after.startswith("#") or not rest.startswith(" ") or after.startswith("##"):
        return None
    words = len(text.split())
    if after[1:2].strip():
        return "text-cut" if words != 1 else "comment-in-text"
    return "comment-in-text" if words >= 3 and not rest.startswith("  ") and after[1:].strip() else None


def trap_in(error: Any, lines: Sequence[str], last_quoted: Scalar | None) -> Trap:
    """The Trap for a YAMLError: where it stopped, in plain words, with the repaired line where one is known."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Trap("yaml", f"YAML cannot read this file: {getattr(error, 'reason', error)}", 0, 0)
    said = str(getattr(error, "problem", "") or "")
    context = getattr(error, "context_mark", None)
    # libyaml may stop after the last line, where there is nothing to show
    row, column = (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, 0)
    text = lines[row] if lines else ""
    if "quoted scalar" in str(error.context) and "end of stream" in said and context:
        return Trap("yaml", "this quotation mark is never closed", context.line + 1, context.column + 1,
                    "Close it at the end of the text.")  # fmt: skip
    if last_quoted and last_quoted.line < last_quoted.end_line == row + 1:
        return Trap("yaml", f"the quotation mark opened here is closed only in line {row + 1}", last_quoted.line,
                    last_quoted.column, "Close it at the end of the text.")  # fmt: skip
    if text[column : column + 1] == "\t" or ("\t" in text[: len(text) - len(text.lstrip())]):
        return Trap("yaml", "a line is indented with a tab", row + 1, column + 1, "Indent with spaces.")
    if "escape" in said:
        return Trap("yaml", "a backslash in double quotes begins an escape", row + 1, column + 1,
                    "Write the backslash twice, or use single quotes.")  # fmt: skip
    return _with_repair(said, text, row, column)


def _with_repair(said: str, text: str, row: int, column: int) -> Trap:
    repaired = _repaired(text, column)
    if repaired and repaired != text:
        return Trap("text-needs-quotes", "YAML cannot read this text without quotes", row + 1, column + 1,
                    f"Write: {repaired.strip()}", repaired)  # fmt: skip
    if found := KEY_WITHOUT_SPACE.match(text):
        fixed = text[: found.end(1)] + ": " + text[found.end(1) + 1 :]
        return Trap("yaml", f"there must be a space after `{found[1]}:`", row + 1, found.end(1) + 1,
                    f"Write: {fixed.strip()}", fixed)  # fmt: skip
    mend = "Check the indentation of this line and the one above it, and that every bracket and quote is closed."
    return Trap("yaml", said or "YAML cannot read this", row + 1, column + 1, mend)


def _repaired(text: str, column: int) -> str | None:
    """The line with its value in quotes, or None where quotes would not help."""
    block = BLOCK_VALUE.match(text)
    if block is None or column < block.end(1):
        return None
    head, value = block[1], block[2]
    if value[0] in "{[" and (inside := _repaired_in_brackets(text, block.end(1), column)):
        return inside
    value, comment = _split_comment(value)
    if _is_whole(value) or not (head.strip() or value[0] not in "{["):
        return None
    return head + quoted(value) + comment


def _repaired_in_brackets(text: str, start: int, column: int) -> str | None:
    """`{line: *sighs*, to: x}`: the piece around the column in quotes."""
    keys = [found for found in FLOW_KEY.finditer(text, start) if found.end() <= column]
    end = FLOW_END.search(text, column)
    if not keys or end is None:
        return None
    first = keys[-1].end()
    for found in reversed(keys):  # the nearest `key: value`, or else the nearest item of a list
        if ":" in found[0]:
            first = found.end()
            break
    value = text[first : end.start()]
    return None if not value.strip() or _is_whole(value) else text[:first] + quoted(value.strip()) + text[end.start() :]


def _split_comment(value: str) -> tuple[str, str]:
    found = re.search(r"\s{2,}#\s.*$", value)
    return (value[: found.start()], found[0]) if found else (value.rstrip(), "")


def _is_whole(value: str) -> bool:
    """Whether the value is already one quoted text."""
    return bool(re.fullmatch(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'", value.strip()))
