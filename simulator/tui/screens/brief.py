"""The brief: what the learner knows before the talk, and the way into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from simulator.catalogue.clean import clean
from simulator.tui.failures import RefusedError
from simulator.tui.screens.page import Page
from simulator.tui.widgets.bullet import Bullet
from simulator.tui.widgets.desk import DeskView
from simulator.tui.wording import counted, flowing, line

if TYPE_CHECKING:
    from simulator.practice import Past, Practice
    from simulator.scenario.model import Scenario


class BriefScreen(Page):
    """One scenario before it begins. Where an attempt at it was left unfinished, it can be taken up."""

    AUTO_FOCUS = None

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "Begin", id="brief.begin", tooltip="Begin a new talk"),
        Binding("c", "go_on", "Go on", id="brief.go_on", tooltip="Take up the talk left unfinished"),
        Binding("escape,backspace", "app.step_back", "Back", id="brief.back", tooltip="Back to the library"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="brief.down", tooltip="Read on"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="brief.up", tooltip="Read back"),
        Binding("right", "app.focus_next", "Next", show=False, id="brief.next", tooltip="The next button"),
        Binding("left", "app.focus_previous", "Before", show=False, id="brief.before", tooltip="The button before"),
    ]

    def __init__(self, scenario_id: str) -> None:
        """`scenario_id` is an id or a path."""
        super().__init__("Brief")
        self._scenario_id = scenario_id
        self._past: Past | None = None

    def body(self) -> Iterable[Widget]:
        """The text, then the buttons."""
        yield VerticalScroll(id="brief", can_focus=False)
        with HorizontalGroup(id="buttons"):
            yield Button("Begin", id="begin", variant="primary", compact=True, disabled=True)
            yield Button("Go on", id="go-on", compact=True)
            yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """Read the scenario."""
        self.query_one("#go-on").display = False
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        brief = self.query_one("#brief")
        try:
            scenario, self._past = await self.clerk.do(self._opened)
        except RefusedError as error:
            await brief.mount(Static(Content(clean(str(error))), classes="trouble"))
            self.query_one("#back").focus()
            return
        self.title_bar.say(line(scenario.title), f"about {counted(scenario.minutes, 'minute')}")
        await brief.mount(*_told(scenario))
        go_on, begin = self.query_one("#go-on", Button), self.query_one("#begin", Button)
        begin.disabled = False
        if self._past:
            begin.label = Content("Begin anew")
            go_on.display = True
        (go_on if self._past else begin).focus()
        self.refresh_bindings()

    def _opened(self, practice: Practice) -> tuple[Scenario, Past | None]:
        scenario = practice.library.open_scenario(self._scenario_id)
        left = practice.unfinished(scenario.id, limit=1)
        return scenario, left[0] if left else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Begin what could be read, go on with what was left."""
        if action == "begin":
            return not self.query_one("#begin").disabled
        return self._past is not None if action == "go_on" else True

    @on(Button.Pressed, "#begin")
    def action_begin(self) -> None:
        """Begin a new attempt."""
        self.role_play.begin(self._scenario_id)

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        """Take up the attempt that was left."""
        if self._past:
            self.role_play.resume(self._past.attempt.id)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.role_play.action_step_back()

    def action_scroll(self, lines: int) -> None:
        """Read on or back."""
        self.query_one("#brief").scroll_relative(y=lines, animate=False)


def _told(scenario: Scenario) -> Iterator[Widget]:
    if scenario.content_note:
        yield Static(Content.assemble(("Before you begin: ", "bold"), line(scenario.content_note)), classes="note")
    yield Static(Content(flowing(scenario.brief)))
    yield Static(Content("What you are here for"), classes="heading")
    for objective in scenario.objectives.values():
        yield Bullet(line(objective.text))
    yield Static(Content("Your desk"), classes="part")
    yield DeskView(scenario.desk)
    if scenario.help_line:
        yield Static(Content("If it comes too close"), classes="heading")
        yield Static(Content(line(scenario.help_line)))
