"""A list to choose from."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class Listing(OptionList):
    """An option list that also moves with j, k, g and G."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="list.open", tooltip="Open this one"),
        Binding("j", "cursor_down", "Down", show=False, id="list.down", tooltip="The next one"),
        Binding("k", "cursor_up", "Up", show=False, id="list.up", tooltip="The one before"),
        Binding("g", "first", "First", show=False, id="list.first", tooltip="The first one"),
        Binding("G", "last", "Last", show=False, id="list.last", tooltip="The last one"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as Textual names it)
        super().__init__(id=id, markup=False, compact=True)
