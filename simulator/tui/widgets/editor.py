"""Where the learner writes a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from simulator.catalogue.clean import clean


class Editor(TextArea):
    """A box that grows with the reply, to five lines. Enter sends; a paste arrives whole, line ends included."""

    DEFAULT_CSS = """
    Editor {
        height: auto;
        min-height: 3;
        max-height: 7;
        border: round $border-blurred;
        border-title-color: $quiet;
        border-subtitle-color: $quiet;
        background: $background;
        &:focus { border: round $border; background-tint: $foreground 0%; }
        .text-area--cursor-line { background: transparent; }
        .text-area--placeholder { color: $quiet; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Send", id="editor.send", tooltip="Say this to the client"),
        Binding(
            "ctrl+j,shift+enter",
            "new_line",
            "New line",
            show=False,
            id="editor.new_line",
            tooltip="Begin a new line in the reply",
        ),
    ]

    @dataclass
    class Sent(Message):
        """The learner sends this text."""

        text: str

    def __init__(self) -> None:
        super().__init__(placeholder="Write what you would say", highlight_cursor_line=False)
        self.release()

    def action_send(self) -> None:
        """Send what is written; a reply being worked on comes first."""
        if not self.read_only:
            self.post_message(self.Sent(self.text))

    def action_new_line(self) -> None:
        """Begin a new line."""
        if not self.read_only:
            self._type("\n")

    def hold(self, why: str) -> None:
        """Take no more text for now, and say why."""
        self.read_only = True
        self.border_title = why

    def release(self) -> None:
        """Take text again."""
        self.read_only = False
        self.border_title = "Your reply"

    def put(self, text: str) -> None:
        """Show this text, ready to be worked on."""
        self.load_text(clean(text))
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: Paste) -> None:
        # What is pasted may hold escapes, which a terminal would obey.
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self._type(clean(event.text))

    def _type(self, text: str) -> None:
        self.replace(text, *sorted(self.selection), maintain_selection_offset=False)

    async def _on_key(self, event: Key) -> None:
        # The editor's keys act here, among the letters: a priority binding would overtake letters still on their way,
        # any other would come after letters typed later.
        active = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if active and active.node is self:
            event.prevent_default()
            event.stop()
            await self.app.run_action(active.binding.action, self)
