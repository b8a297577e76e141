"""The debrief: what it came to, the criteria with their evidence, the course of the talk, the talk itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TabbedContent, TabPane

from simulator.tui import blocks
from simulator.tui.failures import RefusedError
from simulator.tui.screens.page import ASKING, Page
from simulator.tui.screens.panel import Panel
from simulator.tui.screens.rewind import RewindScreen
from simulator.tui.widgets.quote import QuoteView
from simulator.tui.widgets.transcript import Transcript
from simulator.tui.wording import counted, line

if TYPE_CHECKING:
    from simulator.practice import Practice, Session
    from simulator.report.debrief import Debrief

WIDEST = 76
"""Columns of a panel."""

_TABS = ("outcome", "criteria", "course", "talk")


class DebriefScreen(Page):
    """One attempt looked back on, in four tabs."""

    AUTO_FOCUS = None

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "tab('outcome')", "Outcome", id="debrief.outcome", tooltip="What it came to"),
        Binding("2", "tab('criteria')", "Criteria", id="debrief.criteria", tooltip="The criteria, with your own words"),
        Binding("3", "tab('course')", "Course", id="debrief.course", tooltip="How trust and agitation went"),
        Binding("4", "tab('talk')", "Talk", id="debrief.talk", tooltip="The talk, with the coach's words"),
        Binding("r", "retry", "Retry", id="debrief.retry", tooltip="Try the same talk again"),
        Binding("w", "rewind", "Rewind", id="debrief.rewind", tooltip="Go back to a turn and try again from there"),
        Binding("p", "compare", "Compare", id="debrief.compare", tooltip="Beside the talk this one is a branch of"),
        Binding("escape,b", "app.step_back", "Back", id="debrief.back", tooltip="Back to where you came from"),
        Binding("j,down", "move(1)", "Down", show=False, id="debrief.down", tooltip="On, or the next quote"),
        Binding("k,up", "move(-1)", "Up", show=False, id="debrief.up", tooltip="Back, or the quote before"),
        Binding("pagedown,space", "page(1)", "Page on", show=False, id="debrief.page_down", tooltip="A page on"),
        Binding("pageup", "page(-1)", "Page back", show=False, id="debrief.page_up", tooltip="A page back"),
        Binding("g,home", "first", "Start", show=False, id="debrief.first", tooltip="The start of this page"),
        Binding("G,end", "last", "End", show=False, id="debrief.last", tooltip="The end of this page"),
    ]

    def __init__(self, session: Session, debrief: Debrief | None = None) -> None:
        """`debrief` is of this session (None: it is made now)."""
        super().__init__(line(session.scenario.title), "debrief")
        self._session = session
        self._shown = debrief

    def body(self) -> Iterable[Widget]:
        """The four tabs, filled once the debrief is there."""
        with TabbedContent():
            for number, name in enumerate(_TABS, start=1):
                with TabPane(Content(f"{number} {name.capitalize()}"), id=name):
                    yield Transcript(id="said") if name == "talk" else VerticalScroll(can_focus=False)

    def on_mount(self) -> None:
        """Fill the tabs."""
        self._fill()

    @work(exclusive=True)
    async def _fill(self) -> None:
        session, known = self._session, self._shown
        try:
            debrief, talk = await self.clerk.do(lambda _: (known or session.debrief(), blocks.talk(session)))
        except RefusedError as error:
            self.complain(error)
            return
        self._shown = debrief
        # Only here, because the report stands on the schema library.
        from simulator.tui import debrief_pages

        for name, page in (
            ("outcome", debrief_pages.outcome),
            ("criteria", debrief_pages.criteria),
            ("course", debrief_pages.course),
        ):
            await self._page(name).mount(*page(debrief))
        await self.query_one("#said", Transcript).show(talk)
        self.query_one("#said", Transcript).scroll_home(animate=False)
        self.title_bar.say(note=f"debrief · {counted(debrief.replies, 'reply', 'replies')}")

    def _page(self, name: str) -> VerticalScroll:
        return self.query_one(f"#{name}", TabPane).query_one(VerticalScroll)

    @property
    def _active(self) -> str:
        return self.query_one(TabbedContent).active

    def action_tab(self, name: str) -> None:
        """Show a tab."""
        self.query_one(TabbedContent).active = name
        if name == "talk":
            self.query_one("#said").focus()
        else:
            self.set_focus(None)

    def action_move(self, way: int) -> None:
        """To the next quote where there are quotes; else a line on or back."""
        if self._active == "criteria" and self.query(QuoteView):
            (self.focus_next if way > 0 else self.focus_previous)(QuoteView)
        else:
            self._page(self._active).scroll_relative(y=way, animate=False)

    def action_page(self, way: int) -> None:
        """A page on or back."""
        page = self._page(self._active)
        page.scroll_relative(y=way * max(1, page.size.height - 1), animate=False)

    def action_first(self) -> None:
        """The start of the page."""
        self._page(self._active).scroll_home(animate=False)

    def action_last(self) -> None:
        """The end of the page."""
        self._page(self._active).scroll_end(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a turn to go back to once something was said, and a talk to compare with in a branch."""
        if action == "rewind":
            return True if self._session.turns else None
        return self._session.parent is not None if action == "compare" else True

    @work(exclusive=True, group=ASKING)
    async def action_rewind(self) -> None:
        """Choose a turn, and try again from there in a branch."""
        turns = self._session.turns
        chosen = await self.app.push_screen_wait(RewindScreen([turn.reply for turn in turns], self._worst))
        if chosen is not None:
            self.role_play.rewind(self._session.id, chosen)

    @property
    def _worst(self) -> int:
        """The turn that cost most, to be proposed; the last where none did."""
        points = self._shown.turning_points if self._shown else ()
        cost = {point.turn: point.points for point in points if not point.better}
        return max(cost, key=cost.__getitem__, default=len(self._session.turns))

    @work(exclusive=True, group="compare")
    async def action_compare(self) -> None:
        """Set this branch beside its parent."""
        session, parent, width = self._session, self._session.parent, min(self.size.width * 94 // 100, WIDEST) - 6
        if parent is None:
            return

        def compared(practice: Practice) -> str:
            from simulator.report.columns import render_comparison

            return render_comparison(practice.compare(parent, session.id), width)

        try:
            text = await self.clerk.do(compared)
        except RefusedError as error:
            self.complain(error)
        else:
            self.app.push_screen(Panel("Two paths", [Static(Content(text))]))

    def action_retry(self) -> None:
        """The same scenario, as a new attempt."""
        self.role_play.begin(self._session.scenario.id)

    @on(QuoteView.Chosen)
    async def _show_turn(self, event: QuoteView.Chosen) -> None:
        self.action_tab("talk")
        await self.query_one("#said", Transcript).show_turn(event.turn)
