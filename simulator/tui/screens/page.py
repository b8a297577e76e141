"""What all full screens share: the title at the top, the keys at the bottom, the way to the practice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from simulator.tui.failures import RefusedError
from simulator.tui.widgets.hints import Hints
from simulator.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from simulator.tui.app import RolePlay
    from simulator.tui.clerk import Clerk


ASKING = "asking"
"""The group of a worker that waits for an answer."""


class Page(Screen[None]):
    """A full screen."""

    def __init__(self, title: str, note: str = "") -> None:
        """`title` and `note` must be clean."""
        super().__init__()
        self._title = title
        self._note = note

    def compose(self) -> ComposeResult:
        """The title, what the screen is about, and the keys."""
        yield TitleBar(self._title, self._note)
        yield from self.body()
        yield Hints()

    def body(self) -> Iterable[Widget]:
        """What stands between the title and the keys."""
        return ()

    @property
    def role_play(self) -> RolePlay:
        """The app, which knows the way from screen to screen."""
        return cast("RolePlay", self.app)

    @property
    def clerk(self) -> Clerk:
        """Who does all work with the practice."""
        return self.role_play.clerk

    @property
    def title_bar(self) -> TitleBar:
        """The first line."""
        return self.query_one(TitleBar)

    def complain(self, error: RefusedError) -> None:
        """Say what could not be done."""
        self.notify(str(error), severity="error", timeout=10, markup=False)
