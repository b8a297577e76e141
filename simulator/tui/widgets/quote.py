"""The learner's own words, as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from simulator.tui.widgets.bullet import Bullet

if TYPE_CHECKING:
    from simulator.report.values import Quote


class QuoteView(Bullet, can_focus=True):
    """A quote that leads to its turn. `mark` says what it counts as: `+` for, `-` against."""

    DEFAULT_CSS = """
    QuoteView {
        padding: 0 1;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "show_turn", "Show the turn", id="quote.turn", tooltip="Show these words where they were said")
    ]

    @dataclass
    class Chosen(Message):
        """The learner wants to see this turn."""

        turn: int

    def __init__(self, quote: Quote, mark: str) -> None:
        super().__init__(f"“{quote.words}” ({quote.behaviour}, turn {quote.turn})", mark)
        self._turn = quote.turn

    def action_show_turn(self) -> None:
        """Lead to the turn."""
        self.post_message(self.Chosen(self._turn))

    def on_click(self, event: Click) -> None:
        """The same with a mouse."""
        event.stop()
        self.action_show_turn()
