"""The talk so far. However long it is, only a window of it is mounted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.blocks import Block, Kind

WINDOW = 100
"""Blocks mounted at a time: 800 take most of a second to mount."""

STRIDE = WINDOW // 2
"""Blocks the window moves by when it is scrolled past its end."""


class BlockView(Static):
    """One block. Who speaks is told by name and indent, not by colour alone."""

    def __init__(self, block: Block) -> None:
        super().__init__(_drawn(block), classes=f"block -{block.kind.value}")
        self.block = block


class Transcript(VerticalScroll):
    """Blocks one under another, the newest in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "down", "Down", show=False, id="talk.down", tooltip="Scroll on"),
        Binding("k,up", "up", "Up", show=False, id="talk.up", tooltip="Scroll back"),
        Binding("pagedown", "later", "Page on", show=False, id="talk.page_down", tooltip="A page on"),
        Binding("pageup", "earlier", "Page back", show=False, id="talk.page_up", tooltip="A page back"),
        Binding("g,home", "first", "Start", show=False, id="talk.first", tooltip="The start of the talk"),
        Binding("G,end", "last", "End", show=False, id="talk.last", tooltip="The end of the talk"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as Textual names it)
        super().__init__(id=id)
        self._blocks: list[Block] = []
        self._start = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The whole talk, mounted or not."""
        return tuple(self._blocks)

    async def show(self, blocks: Iterable[Block]) -> None:
        """Show this talk, its end in sight."""
        self._blocks = list(blocks)
        await self.action_last()

    async def add(self, *blocks: Block) -> None:
        """Go on with these blocks."""
        at_end = self._start + len(self.children) == len(self._blocks)
        self._blocks += blocks
        if not at_end:
            await self.action_last()
            return
        await self.mount(*map(BlockView, blocks))
        for view in self.children[:-WINDOW]:
            self._start += 1
            await view.remove()
        self.scroll_end(animate=False)

    async def drop_last(self) -> None:
        """Take the last block away again."""
        self._blocks.pop()
        await self.action_last()

    async def show_turn(self, turn: int) -> None:
        """Bring a turn into sight and mark its blocks."""
        first = next((place for place, block in enumerate(self._blocks) if block.turn == turn), None)
        if first is None:
            return
        if not self._start <= first < self._start + len(self.children):
            await self._move(first - STRIDE)
        for view in self.query(BlockView):
            view.set_class(view.block.turn == turn, "-marked")
        marked = self.query(".-marked").first()
        self.call_after_refresh(self.scroll_to_widget, marked, animate=False, top=True, force=True)

    async def action_first(self) -> None:
        """Show the start."""
        await self._move(0)
        self.scroll_home(animate=False)

    async def action_last(self) -> None:
        """Show the end."""
        await self._move(len(self._blocks) - WINDOW)
        self.scroll_end(animate=False)

    async def action_earlier(self) -> None:
        """A page back; at the top of the window, the blocks before it."""
        if self.scroll_y == 0 and self._start > 0:
            await self._move(self._start - STRIDE)
        self.scroll_page_up(animate=False)

    async def action_later(self) -> None:
        """A page on; at the bottom of the window, the blocks after it."""
        if self.is_vertical_scroll_end and self._start + WINDOW < len(self._blocks):
            await self._move(self._start + STRIDE)
        self.scroll_page_down(animate=False)

    def action_down(self) -> None:
        """A line on."""
        self.scroll_down(animate=False)

    def action_up(self) -> None:
        """A line back."""
        self.scroll_up(animate=False)

    async def _move(self, start: int) -> None:
        self._start = max(0, min(start, len(self._blocks) - WINDOW))
        await self.remove_children()
        await self.mount(*map(BlockView, self._blocks[self._start : self._start + WINDOW]))


def _drawn(block: Block) -> Content:
    match block.kind:
        case Kind.SCENE:
            return Content(f"── {block.text} ──")
        case Kind.COACH | Kind.HINT:
            return Content.assemble((f"{block.name}: ", "bold"), block.text)
        case _:
            does = f"  ({block.does})" if block.does else ""
            said = f"\n{block.text}" if block.text else ""
            return Content.assemble((block.name, "bold"), (does, "italic $quiet"), said)
