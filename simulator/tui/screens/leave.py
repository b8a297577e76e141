"""The question before a talk is left in the middle."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

Answer = Literal["stay", "library", "quit"]


class LeaveScreen(ModalScreen[Answer]):
    """Gives `stay`, `library` or `quit`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,escape", "answer('stay')", "Stay", id="leave.stay", tooltip="Go on with this talk"),
        Binding("l", "answer('library')", "Library", id="leave.library", tooltip="Leave to the library"),
        Binding("q", "answer('quit')", "Quit", id="leave.quit", tooltip="Leave the program"),
        Binding("right", "app.focus_next", "Next", show=False, id="leave.next", tooltip="The next button"),
        Binding("left", "app.focus_previous", "Before", show=False, id="leave.before", tooltip="The button before"),
    ]

    def compose(self) -> ComposeResult:
        """The question and its three answers."""
        with Vertical(classes="panel", id="leave") as box:
            box.border_title = "Leave this talk?"
            yield Static(Content("It is kept as it stands. You can take it up again from the library."))
            with HorizontalGroup(id="buttons"):
                yield Button("Stay (s)", id="stay", variant="primary", compact=True)
                yield Button("To the library (l)", id="library", compact=True)
                yield Button("Quit (q)", id="quit", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id or "stay")

    def action_answer(self, answer: str) -> None:
        """Close with this answer."""
        self.dismiss(answer if answer in {"library", "quit"} else "stay")  # type: ignore[arg-type]
