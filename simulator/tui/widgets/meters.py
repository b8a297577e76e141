"""How the client is, in a word and a bar for each meter. No numbers: a person shows none either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from simulator.tui.wording import line

if TYPE_CHECKING:
    from simulator.practice import MeterView

CELLS = 5
"""Cells of a bar. More would be read as a number."""

STIRRED = 0.5
"""Points from which a meter is said to have moved."""

_GAP = "   "
_FIRST = ("trust", "agitation")


def _place(meter: MeterView) -> tuple[bool, bool, str]:
    # A talk taken up again names its meters in another order than a new one.
    return meter.name != _FIRST[0], meter.name != _FIRST[1], meter.name


def bar(value: float) -> str:
    """A value from 0 to 100 as a bar; empty and full only at the very ends."""
    least, most = int(value > 0), CELLS - int(value < 100)
    full = min(most, max(least, int(value / 100 * CELLS + 0.5)))
    return "█" * full + "░" * (CELLS - full)


class Meters(Static):
    """One row for each person, more where the screen is narrow. An arrow marks what the last reply moved."""

    DEFAULT_CSS = """
    Meters { height: auto; padding: 0 1; background: $surface; }
    """

    def __init__(self, people: Sequence[str]) -> None:
        """`people` are the names in the room, in the order to show them."""
        super().__init__()
        self._people = tuple(people)
        self._shown: Sequence[MeterView] = ()
        self._before: Mapping[tuple[str, str], float] = {}

    def show(self, meters: Sequence[MeterView], before: Sequence[MeterView] = ()) -> None:
        """Show these values, against those before the last reply."""
        self._shown = sorted(meters, key=_place)
        self._before = {(meter.person, meter.name): meter.value for meter in before}
        self._draw()

    def on_resize(self) -> None:
        """Put as many meters in a row as there is room for."""
        self._draw()

    def _draw(self) -> None:
        meters = [(meter.person, self._meter(meter)) for meter in self._shown]
        if len(self._people) == 1:
            self.update(Content("\n").join(packed((content for _, content in meters), self._room)))
            return
        # Several people stand in columns.
        widest = max((content.cell_length for _, content in meters), default=0)
        longest = max(cell_len(line(person)) for person in self._people)
        rows: list[Content] = []
        for person in self._people:
            name = Content.styled(set_cell_size(line(person), longest), "bold")
            own = (content.pad_right(widest - content.cell_length) for owner, content in meters if owner == person)
            rows += packed([name, *own], self._room)
        self.update(Content("\n").join(rows))

    @property
    def _room(self) -> int:
        return self.content_size.width or 80

    def _meter(self, meter: MeterView) -> Content:
        moved = meter.value - self._before.get((meter.person, meter.name), meter.value)
        arrow = "" if abs(moved) < STIRRED else " ↑" if moved > 0 else " ↓"
        name = Content.styled(f"{line(meter.name).replace('_', ' ')} ", "$quiet")
        return Content.assemble(name, (bar(meter.value), "$primary"), " ", (line(meter.word) + arrow, "bold"))


def packed(items: Iterable[Content], room: int) -> list[Content]:
    """The items in rows of at most `room` cells where that can be."""
    rows: list[Content] = []
    for item in items:
        if rows and rows[-1].cell_length + len(_GAP) + item.cell_length <= room:
            rows[-1] = Content.assemble(rows[-1], _GAP, item)
        else:
            rows.append(item)
    return rows
