"""The library: what can be practised, and what was left unfinished. The first screen that is painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.failures import RefusedError
from simulator.tui.screens.page import Page
from simulator.tui.widgets.details import Details
from simulator.tui.widgets.listing import Listing
from simulator.tui.wording import counted, difficulty, line, listed

if TYPE_CHECKING:
    from simulator.library import Entry
    from simulator.practice import Past, Practice

_REMEMBERED = 500
"""Talks, from the latest back, that the details of a scenario look into."""

_BROKEN = "Files that cannot be read"


class LibraryScreen(Page):
    """The list at the left, the details of the one chosen at the right; stacked where it is narrow."""

    AUTO_FOCUS = "Listing"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="library.filter", tooltip="Find a scenario by words"),
        Binding("c", "go_on", "Go on", id="library.go_on", tooltip="Take up the talk left unfinished"),
        Binding("h", "app.history", "History", id="library.history", tooltip="Your earlier talks"),
        Binding("q", "app.quit", "Quit", show=False, id="library.quit", tooltip="Leave the program"),
        Binding("escape", "no_filter", "All", show=False, id="library.all", tooltip="Show all scenarios again"),
        Binding("down", "to_list", "List", show=False, id="library.list", tooltip="From the filter to the list"),
    ]

    def __init__(self) -> None:
        super().__init__("Role-play", "")
        self._entries: Sequence[Entry] | None = None
        self._shown: Sequence[Entry] = ()
        self._unfinished: Sequence[Past] = ()
        self._history: Sequence[Past] | None = None
        self._welcome = ""

    def body(self) -> Iterable[Widget]:
        """The filter, a word on what is kept or was left unfinished, the list and the details."""
        yield Input(placeholder="/ to find by title, sector, skill or difficulty", id="filter", compact=True)
        yield Static(id="unfinished")
        with Horizontal(id="shelf"):
            yield Listing(id="list")
            yield Details()

    def on_screen_resume(self) -> None:
        """Read everything anew: files may have changed, and talks have been held."""
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        from simulator.library import Library

        try:
            entries = await self.clerk.run(lambda: Library().index())
            if entries != self._entries:
                self._entries = entries
                self._refill()
            # Opening the record loads the database library, which the first paint need not wait for.
            self.call_after_refresh(self._look_back)
        except RefusedError as error:
            self.complain(error)

    @work(exclusive=True, group="past")
    async def _look_back(self) -> None:
        try:
            self._unfinished, self._history, self._welcome = await self.clerk.do(_past)
        except RefusedError as error:
            self.complain(error)
        else:
            self._tell()
            self._offer()
            self.refresh_bindings()
        self.role_play.warm_up()

    def _refill(self) -> None:
        words = self.query_one("#filter", Input).value.lower().split()
        listing = self.query_one(Listing)
        chosen = self._chosen
        self._shown = [entry for entry in self._entries or () if all(word in _haystack(entry) for word in words)]
        listing.clear_options()
        group = None
        for number, entry in enumerate(self._shown):
            heading = _BROKEN if entry.error else line(entry.sector)
            if heading != group:
                group = heading
                listing.add_option(Option(Content.styled(group, "bold"), disabled=True))
            listing.add_option(Option(Content(f"  {line(entry.title)}"), id=str(number)))
        if self._shown:
            again = chosen if chosen in self._shown else self._shown[0]
            listing.highlighted = listing.get_option_index(str(self._shown.index(again)))
        self.title_bar.say(note=counted(len(self._shown), "scenario"))
        self._tell()

    @property
    def _chosen(self) -> Entry | None:
        option = self.query_one(Listing).highlighted_option
        return self._shown[int(option.id)] if option and option.id else None

    def _tell(self) -> None:
        details, entry = self.query_one(Details), self._chosen
        if entry is not None:
            details.show(entry, self._of(entry))
        elif self._entries:
            details.tell("No scenario fits these words. Escape shows all again.")
        elif self._entries is not None:
            from simulator.settings import paths

            details.tell(f"There are no scenarios yet. Put scenario files into {line(str(paths().scenarios))}.")

    def _of(self, entry: Entry) -> Sequence[Past] | None:
        if self._history is None:
            return None
        return [past for past in self._history if past.attempt.scenario_id == entry.id]

    def _offer(self) -> None:
        offer = self.query_one("#unfinished", Static)
        offer.display = bool(self._unfinished or self._welcome)
        if self._unfinished:
            past = self._unfinished[0]
            left = counted(past.attempt.turns, "turn")
            offer.update(Content.assemble("Unfinished: ", (line(past.title), "bold"), f", {left}. Press c to go on."))
        elif self._welcome:
            offer.update(Content(line(self._welcome)))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._tell()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        entry = self._chosen
        if entry is None:
            return
        if entry.error:
            self.notify("This file cannot be played; the details say why.", severity="warning")
            return
        self.role_play.brief(entry.id)

    @on(Input.Changed)
    def _filtered(self) -> None:
        if self._entries is not None:
            self._refill()

    @on(Input.Submitted)
    def _found(self) -> None:
        self.action_to_list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`Go on` is there only when something was left unfinished."""
        return bool(self._unfinished) if action == "go_on" else True

    def action_go_on(self) -> None:
        """Take up the talk that was left last."""
        self.role_play.resume(self._unfinished[0].attempt.id)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one("#filter", Input).focus()

    def action_no_filter(self) -> None:
        """Show all scenarios."""
        self.query_one("#filter", Input).value = ""
        self.action_to_list()

    def action_to_list(self) -> None:
        """Go to the list."""
        self.query_one(Listing).focus()


def _past(practice: Practice) -> tuple[Sequence[Past], Sequence[Past], str]:
    return practice.unfinished(limit=1), practice.history(_REMEMBERED), practice.welcome()


def _haystack(entry: Entry) -> str:
    words = (
        entry.id,
        entry.title,
        entry.sector,
        entry.summary,
        listed(entry.practises),
        difficulty(entry),
        entry.error,
    )
    return " ".join(words).lower()
