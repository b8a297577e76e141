"""A point of a list: a mark, then text that keeps its indent when it wraps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Static


class Bullet(HorizontalGroup):
    """A mark and a text beside it. The text must be clean."""

    DEFAULT_CSS = """
    Bullet {
        .bullet--mark { width: auto; min-width: 2; padding-right: 1; }
        .bullet--text { width: 1fr; }
    }
    """

    def __init__(self, text: str | Content, mark: str = "-", *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._mark = mark
        self._text = text

    def compose(self) -> ComposeResult:
        """The mark and the text."""
        yield Static(Content(self._mark), classes="bullet--mark")
        yield Static(Content(self._text) if isinstance(self._text, str) else self._text, classes="bullet--text")
