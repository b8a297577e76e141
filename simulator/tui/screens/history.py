"""The history: every attempt with at least one turn, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.failures import RefusedError
from simulator.tui.screens.page import Page
from simulator.tui.widgets.listing import Listing
from simulator.tui.wording import counted, line, outcome, totals, when

if TYPE_CHECKING:
    from simulator.practice import Past


PAGE = 100
"""Talks read at a time."""
NEAR_END = 20
"""Rows from the end at which the next page is read."""


class HistoryScreen(Page):
    """Attempts to look back on, or to take up again where they were left."""

    AUTO_FOCUS = "Listing"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "debrief", "Debrief", id="history.debrief", tooltip="The debrief of this talk"),
        Binding("c", "go_on", "Go on", id="history.go_on", tooltip="Take this talk up again"),
        Binding("escape,b", "app.step_back", "Back", id="history.back", tooltip="Back to the library"),
    ]

    def __init__(self) -> None:
        super().__init__("History")
        self._past: Sequence[Past] = ()
        self._total = 0

    def body(self) -> Iterable[Widget]:
        """The list, or a word where there is nothing yet."""
        yield Static(Content("You have held no talk yet. What you practise is listed here."), id="nothing")
        yield Listing(id="past")

    def on_screen_resume(self) -> None:
        """Read anew: a talk may have gone on."""
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        wanted = max(PAGE, len(self._past))
        try:
            self._past, self._total = await self.clerk.do(lambda practice: (practice.history(wanted), practice.held()))
        except RefusedError as error:
            self.complain(error)
            return
        listing = self.query_one(Listing)
        chosen = listing.highlighted or 0
        listing.clear_options()
        listing.add_options(Option(_row(past)) for past in self._past)
        listing.highlighted = min(chosen, len(self._past) - 1) if self._past else None
        self.query_one("#nothing").display = not self._past
        self.title_bar.say(note=counted(self._total, "talk"))
        self.refresh_bindings()

    @work(exclusive=True, group="more")
    async def _read_on(self) -> None:
        """Add the next page to the list."""
        seen = len(self._past)
        try:
            more = await self.clerk.do(lambda practice: practice.history(PAGE, seen))
        except RefusedError as error:
            self.complain(error)
            return
        if len(self._past) == seen:  # else the list was read anew meanwhile
            self._past = [*self._past, *more]
            self.query_one(Listing).add_options(Option(_row(past)) for past in more)

    @property
    def _chosen(self) -> Past | None:
        place = self.query_one(Listing).highlighted
        return self._past[place] if place is not None and place < len(self._past) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a talk without an ending can go on."""
        if action in {"debrief", "go_on"} and self._chosen is None:
            return None
        return True if action != "go_on" or (self._chosen and self._chosen.ending is None) else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()
        place = self.query_one(Listing).highlighted
        if place is not None and place >= len(self._past) - NEAR_END and len(self._past) < self._total:
            self._read_on()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if self._chosen and self._chosen.ending is None:
            self.action_go_on()
        else:
            self.action_debrief()

    def action_go_on(self) -> None:
        """Take the talk up again."""
        if self._chosen:
            self.role_play.resume(self._chosen.attempt.id)

    def action_debrief(self) -> None:
        """Look back on it."""
        if self._chosen:
            self.role_play.look_back(self._chosen.attempt.id)


def _row(past: Past) -> Content:
    return Content.assemble((line(past.title), "bold"), f"\n  {when(past)} · {outcome(past)}", *_standing(past))


def _standing(past: Past) -> list[str]:
    branch = [f"\n  {past.branch}"] if past.branch else []
    return [*branch, *([f"\n  {', '.join(totals(past))}"] if past.totals else [])]
