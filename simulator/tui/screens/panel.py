"""What is laid over a screen and put away again: the desk, the help line, the keys, the question before leaving."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static


class Panel(ModalScreen[None]):
    """A box with a title and a text that scrolls. Any of the keys that close things closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,f1,f2,ctrl+d,f9", "dismiss", "Close", id="panel.close", tooltip="Put this away"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="panel.down", tooltip="Read on"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="panel.up", tooltip="Read back"),
    ]

    def __init__(self, title: str, content: Iterable[Widget]) -> None:
        """`title` must be clean."""
        super().__init__()
        self._title = title
        self._content = tuple(content)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="panel") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Escape or Enter closes"
            yield VerticalScroll(*self._content, id="panel")

    def action_scroll(self, lines: int) -> None:
        """Read on or back."""
        self.query_one("#panel").scroll_relative(y=lines, animate=False)


def words(*paragraphs: str) -> Iterable[Widget]:
    """Clean paragraphs to show in a panel."""
    return [Static(Content(paragraph), classes="paragraph") for paragraph in paragraphs]
