"""The last line of every screen: the keys that work now."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

LAST_TO_GO = "help"
"""The action whose key stays however narrow the screen is: it leads to all the others."""


class Hints(Footer):
    """A footer that leaves out the keys there is no room for, the last first, rather than cut one in two."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        """As many keys as fit."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        room = self.app.size.width - sum(_width(key) for key in keys if key.action == LAST_TO_GO)
        for key in keys:
            if key.action != LAST_TO_GO:
                room -= _width(key)
            if room >= 0 or key.action == LAST_TO_GO:
                yield key

    def on_resize(self) -> None:
        """The room changed."""
        self.call_after_refresh(self.recompose)


def _width(key: FooterKey) -> int:
    return len(key.key_display) + len(key.description) + 2
