"""What the library tells of one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.wording import counted, difficulty, line, listed, mean, outcome, totals, when

if TYPE_CHECKING:
    from simulator.library import Entry
    from simulator.practice import Past


class Details(VerticalScroll):
    """A page about one scenario, or a word to the learner where there is none to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False, id="details.down", tooltip="Scroll on"),
        Binding("k", "scroll_up", "Up", show=False, id="details.up", tooltip="Scroll back"),
    ]

    def compose(self) -> list[Static]:
        """One text."""
        return [Static()]

    def show(self, entry: Entry, past: Sequence[Past] | None) -> None:
        """Tell of this scenario, and of the learner's earlier attempts at it (None: not known yet)."""
        self._say(_broken(entry) if entry.error else _sound(entry, past))

    def tell(self, words: str) -> None:
        """Say only this."""
        self._say(Content(words))

    def _say(self, content: Content) -> None:
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)


def _sound(entry: Entry, past: Sequence[Past] | None) -> Content:
    facts = [line(entry.sector), difficulty(entry), f"about {counted(entry.minutes, 'minute')}"]
    return Content.assemble(
        (line(entry.title), "bold"),
        ("\n" + " · ".join(facts), "$quiet"),
        "\n\n" + line(entry.summary),
        ("\n\nPractises ", "$quiet"),
        listed(entry.practises),
        *_attempts(past),
    )


def _attempts(past: Sequence[Past] | None) -> list[str | tuple[str, str]]:
    if past is None:
        return []
    finished = [one for one in past if one.outcome]
    if not finished:
        return [("\n\nYou have not finished it yet." if past else "\n\nYou have not tried it yet.", "$quiet")]
    last, best = finished[0], max(finished, key=mean)
    told: list[str | tuple[str, str]] = [("\n\nLast time ", "$quiet"), _result(last)]
    if best is not last:
        told += [("\nBest so far ", "$quiet"), _result(best)]
    return told


def _result(past: Past) -> str:
    return f"{when(past)}: {', '.join((outcome(past), *totals(past)))}"


def _broken(entry: Entry) -> Content:
    return Content.assemble(
        (f"{line(entry.title)} cannot be played", "bold"),
        f"\n\nIt {line(entry.error)}.",
        ("\n\n" + line(str(entry.path)), "$quiet"),
    )
