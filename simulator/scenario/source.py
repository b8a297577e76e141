"""YAML read with care: as events first, with a place for every word, and nothing guessed.

Anchors, aliases, tags and duplicate keys are refused, every scalar stays a string, and text that YAML
would cut or choke on is shown in its quoted form. The events are built into a tree without recursion,
because libyaml's own composer crashes on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simulator.scenario.errors import Problem, ScenarioError, problem
from simulator.scenario.nodes import Entry, Items, Node, Scalar, Source, Table
from simulator.scenario.repair import quoted
from simulator.scenario.traps import Trap, cut_by_comment, trap_in

LARGEST_FILE = 16 * 1024 * 1024
LARGEST_IN_PACK = 1024 * 1024
DEEPEST = 20
MOST_REPAIRS = 20
"""Syntax slips mended in a copy, so that what stands after them is checked in the same run."""

# All control characters but tab and line breaks; line separators; overrides and isolates of writing
# direction; a byte order mark inside the text; code points that are no characters.
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
MOST_CHARACTERS_SHOWN = 10


def parse(text: str | bytes, name: str, largest: int = LARGEST_FILE) -> Source:
    """Read one YAML document into a tree of places.

    Takes the text (or its bytes, in UTF-8), the name to show in complaints, and the largest size in
    bytes. What can be passed over is in `Source.problems`; what cannot raises ScenarioError.
    """
    decoded = _decode(text, name, largest)
    lines = tuple(decoded.split("\n"))
    problems = list(_refused_characters(decoded, name, lines))
    decoded = REFUSED.sub("\ufffd", decoded)
    for _ in range(MOST_REPAIRS):
        reader = _Reader(name, decoded.split("\n"), lines)
        try:
            root = reader.read(decoded)
        except Trap as trap:
            problems.append(reader.problem(trap.code, trap.message, trap.line, trap.column, trap.mend))
            if trap.repaired is None:
                break
            repaired = decoded.split("\n")
            repaired[trap.line - 1] = trap.repaired
            decoded = "\n".join(repaired)
            continue
        return Source(name, lines, root, (*problems, *reader.problems))
    raise ScenarioError(sorted([*problems, *reader.problems], key=lambda found: (found.line, found.column)))


def _decode(text: str | bytes, name: str, largest: int) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > largest:
        raise ScenarioError([problem("too-large", f"the file is larger than {largest:,} bytes", file=name)])
    if isinstance(text, bytes):
        text = _from_utf8(text, name)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _from_utf8(text: bytes, name: str) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = len(text[text.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise ScenarioError(
            [
                problem(
                    "unreadable-file",
                    f"the byte 0x{text[error.start]:02x} is not UTF-8",
                    mend="Save the file as UTF-8.",
                    file=name,
                    line=line,
                    column=column,
                )
            ]
        ) from None


def _refused_characters(text: str, name: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    for count, found in enumerate(REFUSED.finditer(text)):
        if count == MOST_CHARACTERS_SHOWN:
            break
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        yield problem(
            "control-character",
            f"the invisible character U+{ord(found[0]):04X} is not allowed",
            mend="Delete it.",
            file=name,
            line=line,
            column=column,
            excerpt=lines[line - 1],
        )


class _Reader:
    """One pass over the events of a document."""

    def __init__(self, name: str, text_lines: list[str], shown_lines: tuple[str, ...]) -> None:
        self.name = name
        self.lines = text_lines
        self.shown = shown_lines
        self.problems: list[Problem] = []
        self.stack: list[tuple[Table | Items, list[Scalar]]] = []  # an open container, and a key that waits
        self.root: Node | None = None
        self.last_quoted: Scalar | None = None

    def problem(self, code: str, message: str, line: int, column: int, mend: str = "") -> Problem:
        excerpt = self.shown[line - 1] if 0 < line <= len(self.shown) else ""
        return problem(code, message, mend=mend, file=self.name, line=line, column=column, excerpt=excerpt)

    def add(self, code: str, message: str, line: int, column: int, mend: str = "") -> None:
        self.problems.append(self.problem(code, message, line, column, mend))

    def read(self, text: str) -> Table:
        """The root mapping of the text. Raises Trap at what YAML cannot read."""
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        documents = 0
        try:
            for event in yaml.parse(text, Loader=loader):
                if isinstance(event, yaml.ScalarEvent):
                    self._scalar(event)
                elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                    self._open(event, Table if isinstance(event, yaml.MappingStartEvent) else Items)
                elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                    self._close()
                elif isinstance(event, yaml.AliasEvent):
                    self._alias(event)
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        line = event.start_mark.line + 1 if event.start_mark else 0
                        raise Trap("several-documents", "a second document begins here", line, 1)
        except yaml.YAMLError as error:
            raise trap_in(error, self.lines, self.last_quoted) from None
        if not isinstance(self.root, Table):
            line, column = (self.root.line, self.root.column) if self.root else (0, 0)
            raise Trap("not-a-mapping", "the file is not a mapping of keys", line, column)
        return self.root

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        bare = event.style is None or event.style == ""
        scalar = Scalar(event.value, start.line + 1, start.column + 1, end.line + 1, end.column + 1, bare)
        self._refuse_marks(event, scalar)
        if bare:
            self._comment(scalar)
        else:
            self.last_quoted = scalar
            if REFUSED.search(event.value):
                self.add(
                    "control-character",
                    "an escape in this text makes an invisible character",
                    scalar.line,
                    scalar.column,
                    "Write the text without it.",
                )
                scalar.text = REFUSED.sub("\ufffd", scalar.text)
        self._put(scalar)

    def _open(self, event: Any, kind: type[Table] | type[Items]) -> None:
        mark = event.start_mark
        if len(self.stack) >= DEEPEST:
            raise Trap(
                "too-deep",
                f"more than {DEEPEST} levels, one inside the other",
                mark.line + 1,
                mark.column + 1,
            )
        node = kind(mark.line + 1, mark.column + 1, bool(event.flow_style))
        self._refuse_marks(event, node)
        self._put(node)
        self.stack.append((node, []))

    def _close(self) -> None:
        node, waiting = self.stack.pop()
        waiting.clear()
        if isinstance(node, Table) and node.flow:
            self._sentence_in_braces(node)

    def _alias(self, event: Any) -> None:
        mark = event.start_mark
        self._put(Scalar("", mark.line + 1, mark.column + 1, mark.line + 1, event.end_mark.column + 1, plain=False))
        self.add(
            "anchor",
            f"`*{event.anchor}` is read as a reference to another place",
            mark.line + 1,
            mark.column + 1,
            f'If it is text, put it in double quotes: "*{event.anchor}"',
        )

    def _refuse_marks(self, event: Any, node: Node) -> None:
        """Anchors and tags, on a scalar or on a container."""
        if event.anchor is None and event.tag is None:
            return
        mend = "Delete it."
        if isinstance(node, Scalar):
            written = self.lines[node.line - 1][node.column - 1 :].strip()
            mend = f"If it is text, put it in double quotes: {quoted(written)}"
        if event.anchor is not None:
            self.add("anchor", f"`&{event.anchor}` is read as an anchor", node.line, node.column, mend)
        if event.tag is not None:
            self.add("tag", f"`{event.tag}` is read as a tag", node.line, node.column, mend)

    def _comment(self, scalar: Scalar) -> None:
        rest = self.lines[scalar.end_line - 1][scalar.end_column - 1 :] if scalar.end_line <= len(self.lines) else ""
        code = cut_by_comment(scalar.text, rest)
        if code:
            whole = quoted((scalar.text + rest.rstrip()).strip())
            self.add(
                code,
                "YAML drops the text from ` #` on",
                scalar.end_line,
                scalar.end_column + len(rest) - len(rest.lstrip()),
                f"If it belongs to the text, write {whole}; if it is a comment, put two spaces before "
                "the `#` and one after it.",
            )

    def _put(self, node: Node) -> None:
        """Place a finished scalar, or a container that has just been opened."""
        if not self.stack:
            self.root = node
            return
        parent, waiting = self.stack[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif not waiting:
            if not isinstance(node, Scalar):
                raise Trap(
                    "wrong-kind",
                    "a list or a mapping cannot be a key",
                    node.line,
                    node.column,
                    "If it is text, put the whole text in double quotes.",
                )
            waiting.append(node)
        else:
            self._enter(parent, waiting.pop(), node)

    def _enter(self, table: Table, key: Scalar, value: Node) -> None:
        first = table.entries.get(key.text)
        if first is None:
            table.entries[key.text] = Entry(key, value)
            return
        self.add(
            "duplicate-key",
            f"`{key.text}` is written a second time; the first is in line {first.key.line}",
            key.line,
            key.column,
            "Keep one of the two, or give one another name.",
        )

    def _sentence_in_braces(self, table: Table) -> None:
        """`{line: Well, I do}` and `{subject}`: a comma or a brace made a key out of a piece of text."""
        before: Entry | None = None
        for name, entry in list(table.entries.items()):
            if not self._has_no_value(entry):
                before = entry
                continue
            mend = f'If it is text, put it in double quotes: "{{{name}}}"'
            if before and isinstance(before.value, Scalar):
                before.value.text = f"{before.value.text}, {name}"
                whole = quoted(before.value.text)
                mend = f"Put the whole text in double quotes: {before.key.text}: {whole}"
            message = f"`{name}` is read as a key without a value"
            self.add("text-cut", message, entry.key.line, entry.key.column, mend)
            del table.entries[name]

    @staticmethod
    def _has_no_value(entry: Entry) -> bool:
        """Whether a key stands in braces without even a colon."""
        value, key = entry.value, entry.key
        if not isinstance(value, Scalar) or value.text or not value.plain:
            return False
        return (value.line, value.column) == (key.end_line, key.end_column)
