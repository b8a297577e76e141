"""The question which turn of a talk to go back to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.widgets.listing import Listing
from simulator.tui.wording import line

LONGEST = 56
"""Characters of a reply that are shown, to know the turn by."""


class RewindScreen(ModalScreen[int | None]):
    """The turns of a talk to choose from. Gives the number of the one to try again, None to let it be."""

    AUTO_FOCUS = "Listing"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Let be", id="rewind.close", tooltip="Let the talk be"),
    ]

    def __init__(self, replies: Sequence[str], turn: int) -> None:
        """`replies` are those of the talk in order, one at least; `turn` is the one proposed."""
        super().__init__()
        self._replies = replies
        self._turn = turn

    def compose(self) -> ComposeResult:
        """What it does, and the turns."""
        with Vertical(classes="panel") as box:
            box.border_title = "Go back to which turn?"
            box.border_subtitle = "Enter goes back, Escape lets it be"
            yield Static(Content("A new talk begins with the turns before it. This one stays as it is."))
            yield Listing()

    def on_mount(self) -> None:
        """List the turns, and propose one."""
        listing = self.query_one(Listing)
        listing.add_options(Option(_row(number, reply)) for number, reply in enumerate(self._replies, start=1))
        listing.highlighted = self._turn - 1

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index + 1)


def _row(number: int, reply: str) -> Content:
    words = line(reply)
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return Content.assemble((f"{number:>3}  ", "bold"), short)
