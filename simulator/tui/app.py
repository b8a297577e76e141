"""The app: it wires the screens together and knows the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from simulator.tui.clerk import Clerk
from simulator.tui.commands import Commands
from simulator.tui.failures import RefusedError
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.help import help_screen
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.leave import LeaveScreen
from simulator.tui.screens.library import LibraryScreen
from simulator.tui.screens.page import Page
from simulator.tui.theme import CALM, CONTRAST

if TYPE_CHECKING:
    from simulator.practice import Practice, Session
    from simulator.report.debrief import Debrief

_KEYS = {"escape": "Esc", "slash": "/", "pageup": "PgUp", "pagedown": "PgDn"}


def run(*, scenario: str | None = None, seed: int | None = None, attempt: str | None = None) -> None:
    """Open the app and stay until the learner leaves.

    `attempt` is taken up again at once; else `scenario` (an id or a path) is opened at its brief; else the
    library. `seed` settles the clients' choice of words. Raises what nobody expected, once the screen is closed.
    """
    app = RolePlay(scenario=scenario, seed=seed, attempt=attempt)
    app.run()
    if app.failure:
        raise app.failure


def _open_practice() -> Practice:
    from simulator.practice import open_practice

    return open_practice()


def _warm_up() -> None:
    from simulator.language import warm_up

    warm_up()


class RolePlay(App[None]):
    """The library lies at the bottom of the stack; a brief, a talk and its debrief take each other's place."""

    TITLE = "Role-play"
    COMMANDS: ClassVar = {Commands}
    # Textual declares these two as the instance's own.
    CSS_PATH = ["styles/common.tcss", "styles/library.tcss", "styles/talk.tcss", "styles/debrief.tcss"]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="app.help", tooltip="The keys of this screen, and how to talk"),
        Binding("ctrl+p", "command_palette", "Commands", id="app.commands", tooltip="Find a command by words"),
        Binding("f6", "contrast", "Contrast", show=False, id="app.contrast", tooltip="High contrast on or off"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Leave the program"),
    ]

    def __init__(
        self,
        *,
        scenario: str | None = None,
        seed: int | None = None,
        attempt: str | None = None,
        open_practice: Callable[[], Practice] = _open_practice,
    ) -> None:
        """See `run`. `open_practice` is called in a thread, after the first paint."""
        super().__init__()
        self.clerk = Clerk(open_practice, self._fail)
        self.failure: Exception | None = None
        self._scenario = scenario
        self._seed = seed
        self._attempt = attempt
        self._warm = False
        self._opening = attempt is not None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the style sheets may name before a theme of ours is set."""
        return CALM.variables

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is printed on a keyboard."""
        *modifiers, key = binding.key.split("+")
        named = key if len(key) == 1 and not modifiers else _KEYS.get(key, key.capitalize())
        return "+".join((*(modifier.capitalize() for modifier in modifiers), named))

    def on_mount(self) -> None:
        """Show the library, and what was asked for on top of it."""
        self.register_theme(CALM)
        self.register_theme(CONTRAST)
        self.theme = CALM.name
        self.push_screen(LibraryScreen())
        if self._attempt:
            self.resume(self._attempt)
        elif self._scenario:
            self.brief(self._scenario)

    def on_unmount(self) -> None:
        """What was begun is finished; nothing more is taken."""
        self.clerk.close()

    @work(exclusive=True, group="warm")
    async def warm_up(self) -> None:
        """Load the reader's dictionaries while the learner still chooses or reads, so that the first reply is not slow.

        Nothing while a talk is being opened: it would have to wait. Whoever opens it asks again.
        """
        if not self._warm and not self._opening:
            self._warm = True
            try:
                await self.clerk.run(_warm_up)
            except RefusedError as error:
                self._complain(error)

    def brief(self, scenario_id: str) -> None:
        """Show what a scenario is about."""
        self._show(BriefScreen(scenario_id))

    @work(exclusive=True, group="way")
    async def begin(self, scenario_id: str) -> None:
        """Begin a new attempt."""
        try:
            session = await self.clerk.do(lambda practice: practice.begin(scenario_id, self._seed))
        except RefusedError as error:
            self._complain(error)
        else:
            self._show(ConversationScreen(session))

    @work(exclusive=True, group="way")
    async def resume(self, attempt_id: str) -> None:
        """Take up an attempt where it was left."""
        self._opening = True
        try:
            session = await self.clerk.do(lambda practice: practice.resume(attempt_id))
        except RefusedError as error:
            self._complain(error)
            self.opened()
        else:
            self._show(ConversationScreen(session))

    def opened(self) -> None:
        """The talk that was being opened stands there: what would have kept it waiting may begin."""
        self._opening = False
        self.warm_up()

    @work(exclusive=True, group="way")
    async def rewind(self, attempt_id: str, turn: int) -> None:
        """Go back to a turn of an attempt, and try again from there in a branch."""
        try:
            session = await self.clerk.do(lambda practice: practice.rewind(attempt_id, turn))
        except RefusedError as error:
            self._complain(error)
        else:
            self._show(ConversationScreen(session))

    @work(exclusive=True, group="way")
    async def look_back(self, attempt_id: str) -> None:
        """Show the debrief of an earlier attempt."""
        try:
            session = await self.clerk.do(lambda practice: practice.resume(attempt_id))
        except RefusedError as error:
            self._complain(error)
        else:
            self.debrief(session, None)

    def debrief(self, session: Session, debrief: Debrief | None) -> None:
        """Show the debrief of a session (None: yet to be made)."""
        self._show(DebriefScreen(session, debrief))

    def action_history(self) -> None:
        """Show the history."""
        self._show(HistoryScreen())

    def action_step_back(self) -> None:
        """Back to the screen underneath."""
        if len(self.screen_stack) > 2:
            self.pop_screen()

    def action_help(self) -> None:
        """Show the help for this screen."""
        self.push_screen(help_screen(self.screen))

    def action_contrast(self) -> None:
        """Change between the calm look and high contrast."""
        self.theme = CALM.name if self.theme == CONTRAST.name else CONTRAST.name

    async def action_quit(self) -> None:
        """Leave the program; in the middle of a talk, ask first."""
        if isinstance(self.screen, LeaveScreen):
            return
        talk = next((screen for screen in self.screen_stack if isinstance(screen, ConversationScreen)), None)
        if talk and talk.under_way:
            talk.action_leave()
        else:
            self.exit()

    def _show(self, page: Page) -> None:
        """On top of the library or the history; in place of anything else."""
        if isinstance(self.screen, LibraryScreen | HistoryScreen):
            self.push_screen(page)
        else:
            self.switch_screen(page)

    def _complain(self, error: RefusedError) -> None:
        self.notify(str(error), severity="error", timeout=10, markup=False)

    def _fail(self, error: Exception) -> None:
        self.failure = error
        self.exit()
