"""The first line of every screen: where one is, and at the right how it stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Static


class TitleBar(HorizontalGroup):
    """A title at the left, cut with dots where there is no room, and a note at the right. Both must be clean."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $panel;
        .title-bar--title { width: 1fr; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        .title-bar--note { width: auto; padding-left: 2; color: $quiet; }
    }
    """

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self._title = title
        self._note = note

    def compose(self) -> ComposeResult:
        """The title and the note."""
        yield Static(Content(self._title), classes="title-bar--title")
        yield Static(Content(self._note), classes="title-bar--note")

    def say(self, title: str | None = None, note: str | None = None) -> None:
        """Change what is given."""
        for text, part in ((title, "title"), (note, "note")):
            if text is not None:
                self.query_one(f".title-bar--{part}", Static).update(Content(text))
