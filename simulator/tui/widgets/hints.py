"""The last line of every screen: the keys that work now."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class Hints(Footer):
    """A footer that leaves out the keys there is no room for, the last first, rather than cut one in two."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        """As many keys as fit."""
        room = self.app.size.width
        for key in super().compose():
            if isinstance(key, FooterKey):
                room -= len(key.key_display) + len(key.description) + 2
            if room < 0:
                return
            yield key

    def on_resize(self) -> None:
        """The room changed."""
        self.call_after_refresh(self.recompose)
