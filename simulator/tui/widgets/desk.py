"""The desk: what the learner knows, may offer and may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Static

from simulator.tui.widgets.bullet import Bullet
from simulator.tui.wording import line

if TYPE_CHECKING:
    from simulator.scenario.desk import Desk


class DeskView(VerticalGroup):
    """Three lists; an empty one is left out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The lists, each under its heading."""
        for heading, items in (
            ("You know", self._desk.know),
            ("You may offer", self._desk.may_offer),
            ("You may not", self._desk.may_not),
        ):
            if items:
                yield Static(Content(heading), classes="heading")
            for item in items:
                yield Bullet(line(item.text))
