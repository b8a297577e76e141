"""The conversation: the client's lines and mood, the learner's replies, the coach's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Static

from simulator.tui import blocks
from simulator.tui.failures import RefusedError
from simulator.tui.screens.leave import Answer, LeaveScreen
from simulator.tui.screens.page import ASKING, Page
from simulator.tui.screens.panel import Panel, words
from simulator.tui.widgets.desk import DeskView
from simulator.tui.widgets.editor import Editor
from simulator.tui.widgets.meters import Meters
from simulator.tui.widgets.transcript import Transcript
from simulator.tui.wording import counted, line

if TYPE_CHECKING:
    from simulator.practice import MeterView, Practice, Session, TurnResult
    from simulator.report.debrief import Debrief

DRAFT_AFTER = 0.6
"""Seconds after which what is being written is kept: all that a crash can take from it."""

_NO_HELP_LINE = (
    "If this talk touches something of your own, stop whenever you like: what you said is kept, and nothing is lost.",
    "Speak to somebody you trust, or to the person who gave you this exercise. In danger, call the emergency number "
    "of the place you are in.",
)


class ConversationScreen(Page):
    """One attempt under way."""

    AUTO_FOCUS = "Editor"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "desk", "Desk", id="talk.desk", tooltip="What you know and may offer"),
        Binding("ctrl+d", "desk", show=False, priority=True, id="talk.desk_too", tooltip="What you know and may offer"),
        Binding("f3", "hint", "Hint", id="talk.hint", tooltip="A hint; again for a plainer one"),
        Binding("f9", "help_line", "Help line", id="talk.help_line", tooltip="Help for you, if it comes too close"),
        Binding("f8,ctrl+z", "undo", "Undo", id="talk.undo", tooltip="Take back your last reply"),
        Binding("escape", "leave", "Leave", id="talk.leave", tooltip="Leave; the talk is kept"),
        Binding("f4", "coach", "Coach", id="talk.coach", tooltip="Show or hide the coach's words"),
        Binding("f5", "debrief", "Debrief", id="talk.debrief", tooltip="See how it went"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(line(session.scenario.title))
        self.session = session
        self._hints = 0
        self._keeping: Timer | None = None
        self._unkept = False
        self._warned = False
        self._debrief: Debrief | None = None

    def body(self) -> Iterable[Widget]:
        """The meters, the talk, the editor; beside them the desk, where there is room."""
        with Horizontal():
            with Vertical():
                yield Meters([person.name for person in self.session.scenario.people.values()])
                yield Transcript(id="talk")
                with Vertical(id="ended"):
                    yield Static(Content("The talk has ended."))
                    yield Button("See the debrief", id="see", variant="primary", compact=True)
                yield Editor()
            with VerticalScroll(id="side"):
                yield DeskView(self.session.desk)

    def on_mount(self) -> None:
        """Show the talk as it stands; a talk taken up again has a past and perhaps a draft."""
        self._open()

    @work(exclusive=True, group="talk")
    async def _open(self) -> None:
        session = self.session
        try:
            draft = await self.clerk.do(lambda _: session.draft())
            if draft:
                # Who is quick has written on by now.
                self._editor.put(draft + self._editor.text)
            await self._show_talk()
        except RefusedError as error:
            self.complain(error)
        self.role_play.opened()

    @property
    def under_way(self) -> bool:
        """Whether leaving would break off a talk."""
        return not self.session.ended and bool(self.session.turns or self._editor.text.strip())

    @property
    def _editor(self) -> Editor:
        return self.query_one(Editor)

    @property
    def _transcript(self) -> Transcript:
        return self.query_one("#talk", Transcript)

    async def _show_talk(self) -> None:
        session = self.session
        await self._transcript.show(await self.clerk.do(lambda _: blocks.talk(session)))
        self._stand(session.meters)

    def _stand(self, before: Sequence[MeterView]) -> None:
        """Show how things stand after anything changed; `before` are the meters that the last reply met."""
        session = self.session
        self.query_one(Meters).show(session.meters, before)
        self.title_bar.say(note=counted(len(session.turns), "turn"))
        self.query_one("#ended").display = session.ended
        self._editor.display = not session.ended
        (self.query_one("#see") if session.ended else self._editor).focus()
        self.refresh_bindings()

    @on(Editor.Sent)
    def _sent(self, event: Editor.Sent) -> None:
        if event.text.strip():
            self._reply(event.text)
        else:
            self._editor.border_subtitle = "Nothing is written yet. To say nothing, write (silence)."

    @work(exclusive=True, group="talk")
    async def _reply(self, text: str) -> None:
        session, editor, before = self.session, self._editor, self.session.meters

        def send(_: Practice) -> TurnResult:
            # Reading takes a moment; a crash in it must not take the words either.
            session.save_draft(text)
            return session.reply(text)

        self._forget_to_keep()
        editor.hold("Heard ...")
        editor.put("")
        await self._transcript.add(blocks.reply(text, len(session.turns) + 1))
        try:
            result = await self.clerk.do(send)
        except RefusedError as error:
            await self._transcript.drop_last()
            editor.put(text)
            self.complain(error)
        else:
            self._hints, self._unkept = 0, False
            self._debrief = result.debrief
            await self._transcript.add(*blocks.answer(result.turn, result.feedback))
            self._stand(before)
        finally:
            editor.release()

    @on(Editor.Changed)
    def _changed(self) -> None:
        self._editor.border_subtitle = ""
        # Not begun anew by each key: who writes without a rest is kept up with, too.
        if self._keeping is None:
            self._keeping = self.set_timer(DRAFT_AFTER, self._keep_draft)

    def _forget_to_keep(self) -> None:
        if self._keeping:
            self._keeping.stop()
        self._keeping = None

    @work(group="draft")
    async def _keep_draft(self) -> None:
        self._keeping = None
        session, text = self.session, self._editor.text
        if self._editor.read_only or session.ended:
            return
        try:
            await self.clerk.do(lambda _: session.save_draft(text))
        except RefusedError as error:
            if not self._unkept:  # said once, not at every key
                self.complain(error)
            self._unkept = True
        else:
            self._unkept = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done depends on whether there is a reply to take back, and whether the talk has ended."""
        if action == "undo":
            return True if self.session.turns else None
        if action in {"hint", "debrief"}:
            return self.session.ended == (action == "debrief")
        return True

    def action_desk(self) -> None:
        """Lay the desk over the talk."""
        self.app.push_screen(Panel("Your desk", [DeskView(self.session.desk)]))

    def action_help_line(self) -> None:
        """Show the help line the instructor set."""
        own = self.session.scenario.help_line
        self.app.push_screen(Panel("Help for you", words(line(own)) if own else words(*_NO_HELP_LINE)))

    async def action_hint(self) -> None:
        """One more hint for this moment: a nudge, the cue, nearly an example."""
        told = self.session.hint(self._hints + 1)
        if told is None:
            self.notify("There is no further hint for this moment.", markup=False)
            return
        self._hints += 1
        await self._transcript.add(blocks.hint(told, len(self.session.turns)))

    def action_coach(self) -> None:
        """Show or hide the coach."""
        hidden = self._transcript.toggle_class("-no-coach").has_class("-no-coach")
        self.notify("The coach is silent." if hidden else "The coach speaks again.", timeout=2, markup=False)
        self._transcript.scroll_end(animate=False)

    @work(exclusive=True, group="talk")
    async def action_undo(self) -> None:
        """Take back the last turn; its words come back into an empty editor."""
        session = self.session
        try:
            taken = await self.clerk.do(lambda _: session.undo())
            if taken:
                self._hints = 0
                await self._show_talk()
                if not self._editor.text:
                    self._editor.put(taken.reply)
        except RefusedError as error:
            self.complain(error)

    @on(Button.Pressed, "#see")
    def action_debrief(self) -> None:
        """See how it went."""
        self.role_play.debrief(self.session, self._debrief)

    @work(exclusive=True, group=ASKING)
    async def action_leave(self) -> None:
        """Leave the talk; ask first when that breaks it off."""
        answer: Answer = "library"
        if self.under_way:
            answer = await self.app.push_screen_wait(LeaveScreen())
        if answer == "stay":
            return
        self._forget_to_keep()
        session, text = self.session, self._editor.text

        def leave(_: Practice) -> None:
            if not session.ended:
                session.save_draft(text)
                session.leave()

        try:
            await self.clerk.do(leave)
        except RefusedError as error:
            self.complain(error)
            if text.strip() and not self._warned:
                self._warned = True
                self.notify(
                    "What stands in the editor is not saved. To leave without it, leave again.",
                    severity="warning",
                    markup=False,
                )
                return
        if answer == "quit":
            self.app.exit()
        else:
            self.role_play.action_step_back()
