"""Where YAML stops, and why, in words that help: text that it cuts or chokes on, and brackets left open.

libyaml says "did not find expected key". What an author needs is the line with the quotes in place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.scenario.nodes import Scalar
from simulator.scenario.repair import repaired

KEY_WITHOUT_SPACE = re.compile(r"^(\s*(?:-\s+)*([a-z_]+):)(?=[^\s:])")
FIRST_WORD = re.compile(r"\s*[\w.-]*\s*")
"""A line up to the end of its first word: what follows was begun on an earlier line."""

IN_PLAIN_WORDS = {
    "did not find expected key": "this line does not fit under the lines above it",
    "mapping values are not allowed in this context": "a key cannot stand here, below what is above it",
    "did not find expected '-' indicator": "this is neither an item of the list above nor a key beside it",
    "could not find expected ':'": "a key with a colon is missing here or just above",
    "did not find expected ',' or '}'": "a comma or a closing brace is missing before this",
    "did not find expected ',' or ']'": "a comma or a closing bracket is missing before this",
    "did not find expected node content": "a value is missing here",
}
"""What libyaml says, as an author would say it."""

CHECK_AROUND = "Check the indentation here and above, and that every bracket and quotation mark is closed."
CLOSE_QUOTE = "Close it at the end of the text."


class Trap(Exception):  # noqa: N818 (it stops one pass over the events, and never leaves the package)
    """Where YAML had to stop, and the line as it was most likely meant."""

    def __init__(
        self, code: str, message: str, line: int, column: int, mend: str = "", repaired: str | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column = code, message, line, column
        self.mend, self.repaired = mend, repaired


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
    """The Trap for a YAMLError: where it stopped, in plain words, with the repaired line if one is known."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Trap("yaml", f"YAML cannot read this file: {getattr(error, 'reason', error)}", 0, 0)
    row, column, said = mark.line, mark.column, str(error.problem or "")
    before = lines[row][:column] if row < len(lines) else ""
    if left_open := _left_open(error, row, before, last_quoted):
        return left_open
    if row >= len(lines):  # libyaml stopped after the last line, where there is nothing to show
        row, column = len(lines) - 1, 0
    return (
        _wrong_character(said, lines[row], row, column)
        or _text_without_quotes(lines[row], row, column)
        or _key_without_space(lines, row)
        or Trap("yaml", IN_PLAIN_WORDS.get(said, said), row + 1, column + 1, CHECK_AROUND)
    )


def _left_open(error: Any, row: int, before: str, last_quoted: Scalar | None) -> Trap | None:
    """A quotation mark or a bracket that was opened on an earlier line and not closed."""
    opened, doing = error.context_mark, str(error.context or "")
    if opened and "quoted scalar" in doing and "end of stream" in str(error.problem):
        message = "this quotation mark is never closed"
        return Trap("yaml", message, opened.line + 1, opened.column + 1, CLOSE_QUOTE)
    if last_quoted and last_quoted.line < last_quoted.end_line == row + 1:
        message = f"the quotation mark opened here is closed only in line {row + 1}"
        return Trap("yaml", message, last_quoted.line, last_quoted.column, CLOSE_QUOTE)
    if opened and "flow" in doing and opened.line < row and FIRST_WORD.fullmatch(before):
        message = f"this bracket is not closed before line {row + 1}, or a comma is missing there"
        return Trap("yaml", message, opened.line + 1, opened.column + 1, "Close it, or add the comma.")
    return None


def _wrong_character(said: str, text: str, row: int, column: int) -> Trap | None:
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return Trap("yaml", "this line is indented with a tab", row + 1, 1, "Indent with spaces.")
    if "escape" in said:
        message = "a backslash in double quotes begins an escape"
        mend = "Write the backslash twice, or use single quotes."
        return Trap("yaml", message, row + 1, column + 1, mend)
    return None


def _text_without_quotes(text: str, row: int, column: int) -> Trap | None:
    whole = repaired(text, column)
    if whole is None or whole == text:
        return None
    message = "YAML cannot read this text without quotes"
    return Trap("text-needs-quotes", message, row + 1, column + 1, f"Write: {whole.strip()}", whole)


def _key_without_space(lines: Sequence[str], row: int) -> Trap | None:
    """`to:opens_up` is a text for YAML, and it stumbles only over the line that follows."""
    for number in (row, row - 1):
        found = KEY_WITHOUT_SPACE.match(lines[number]) if number >= 0 else None
        if found:
            whole = f"{found[1]} {lines[number][found.end() :]}"
            message = f"there must be a space after `{found[2]}:`"
            return Trap("yaml", message, number + 1, found.end() + 1, f"Write: {whole.strip()}", whole)
    return None
