"""The whole product in lines, for screen readers, pipes and terminals without a screen.

No alternate screen, no colour, no cursor movement: every utterance begins with the name of who says it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.console import Console, Standard
from simulator.practice import SHORT_ID, Past, Practice, Session
from simulator.store import StoreError

if TYPE_CHECKING:
    from simulator.conversation.turn import Saying, Utterance
    from simulator.library import Entry
    from simulator.report.debrief import Debrief

WIDEST = 88
HINTS = 3
_COMMAND = re.compile(r":([A-Za-z]+)\s*(.*)")
_YES = {"y", "yes"}


def play(
    practice: Practice,
    *,
    scenario: str | None = None,
    seed: int | None = None,
    attempt: str | None = None,
    console: Console | None = None,
) -> None:
    """Talk until an ending, `:quit` or the end of the input; then show the debrief.

    `attempt` is taken up again; else `scenario` is begun, or chosen from a menu where none is given. Raises
    LibraryError, ScenarioError and StoreError.
    """
    console = console or Standard()
    welcome = practice.welcome()
    session = practice.resume(attempt) if attempt else None
    if session is None:
        scenario = scenario or _choose(practice.library.index(), console)
        if scenario is None:
            return
        session = _offer_to_resume(practice, scenario, console) if seed is None else None
        session = session or practice.begin(scenario, seed)
    if welcome:
        console.tell(welcome)
    Talk(session, console).run()


class Talk:
    """One session in lines."""

    def __init__(self, session: Session, console: Console) -> None:
        self._session = session
        self._console = console
        self._coaching = True
        self._hints = 0
        self._stopped = False
        self._draft = session.draft()
        self._commands: Mapping[str, tuple[str, Callable[[str], None]]] = {
            "help": ("what you can write", self._help),
            "hint": ("a hint; again for a plainer one", self._hint),
            "desk": ("what you know and may offer", self._desk),
            "meters": ("how the client is", self._meters),
            "undo": ("take back your last reply", self._undo),
            "coach": ("on or off: the word after each reply", self._coach),
            "transcript": ("the talk so far", lambda _rest: self.transcript()),
            "quit": ("stop; the talk is kept", self._quit),
        }

    def run(self) -> None:
        """Talk to the end. A talk broken off with ctrl+c is kept and can be taken up again."""
        self._introduce()
        try:
            self._talk()
        except KeyboardInterrupt:
            self._leave()
            raise

    def _talk(self) -> None:
        while not self._session.ended and not self._stopped:
            line = self._console.ask("You: ", self._draft)
            self._draft = ""
            if line is None:
                break
            command = _COMMAND.fullmatch(line.strip())
            if command:
                self._command(command[1].lower(), command[2])
            elif line.strip():
                self._reply(line)
        if not self._session.ended:
            self._leave()
            if self._session.turns:
                self._show(self._session.debrief())

    def _introduce(self) -> None:
        scenario = self._session.scenario
        self._console.tell(f"{scenario.title} (attempt {self._session.id[:SHORT_ID]})")
        for text in (scenario.content_note, scenario.brief, scenario.help_line):
            if text:
                self._console.tell(text)
        self._desk("")
        self._console.tell("Write what you would say, or :help.")
        self._console.tell()
        self.transcript()

    def _reply(self, text: str) -> None:
        try:
            result = self._session.reply(text)
        except StoreError as error:
            if not self._console.interactive:
                self._console.tell(f"Not sent: {text}")
                raise
            self._draft = text
            self._console.tell(f"Not sent. {error} Your words stand below: press Enter to send them again.")
            return
        self._hints = 0
        self._utterance(result.turn.utterance)
        if self._coaching:
            for text in result.feedback.texts:
                self._console.tell(f"Coach: {text}")
        if result.debrief is not None:
            self._show(result.debrief)

    def _utterance(self, utterance: Utterance) -> None:
        self._sayings(utterance.before)
        if utterance.scene:
            self._console.tell(f"[{utterance.scene}]")
        self._sayings(utterance.sayings)

    def _sayings(self, sayings: Iterable[Saying]) -> None:
        for saying in sayings:
            does = f"({saying.does}) " if saying.does else ""
            self._console.tell(f"{saying.name}: {does}{saying.text}".rstrip())

    def _show(self, debrief: Debrief) -> None:
        from simulator.report.text import render_text

        self._console.tell()
        self._console.tell(render_text(debrief, min(WIDEST, shutil.get_terminal_size().columns)))

    def _leave(self) -> None:
        try:
            self._session.leave()
        except StoreError as error:
            # Every turn is in the record already; only the word that the learner stopped is missing there.
            self._console.tell(str(error))
        if self._session.turns:
            self._console.tell(f"Kept. Go on with: roleplay play --resume {self._session.id[:SHORT_ID]}")

    def _command(self, name: str, rest: str) -> None:
        if name in self._commands:
            self._commands[name][1](rest)
            return
        from simulator.scenario.errors import did_you_mean

        near = did_you_mean(name, self._commands).replace("`", ":", 1).replace("`", "")
        self._console.tell(f"There is no command :{name}. {near} To see them all: :help")

    def _help(self, _rest: str) -> None:
        for name, (what, _) in self._commands.items():
            self._console.tell(f":{name}  {what}")
        self._console.tell("(silence) and what you do, such as (I sit down), are replies too.")

    def _quit(self, _rest: str) -> None:
        self._stopped = True

    def _hint(self, _rest: str) -> None:
        hint = self._session.hint(min(self._hints + 1, HINTS))
        if hint is None:
            self._console.tell("There is no further hint here.")
            return
        self._hints += 1
        self._console.tell(f"Hint: {hint}")

    def _desk(self, _rest: str) -> None:
        desk = self._session.desk
        for title, items in (
            ("You know", desk.know),
            ("You may offer", desk.may_offer),
            ("You may not", desk.may_not),
        ):
            for item in items:
                self._console.tell(f"{title}: {item.text}")

    def _meters(self, _rest: str) -> None:
        for meter in self._session.meters:
            self._console.tell(f"{meter.person}, {meter.name}: {meter.value:.0f} of 100, {meter.word}")

    def _undo(self, _rest: str) -> None:
        try:
            taken = self._session.undo()
        except StoreError as error:
            if not self._console.interactive:
                raise
            self._console.tell(f"Not taken back. {error}")
            return
        if taken is None:
            self._console.tell("There is nothing to take back.")
            return
        self._hints = 0
        self._console.tell(f"Taken back: {taken.reply}")
        self._utterance(self._last_utterance())

    def _last_utterance(self) -> Utterance:
        turns = self._session.turns
        return turns[-1].utterance if turns else self._session.opening

    def _coach(self, rest: str) -> None:
        if rest.lower() in {"on", "off"}:
            self._coaching = rest.lower() == "on"
        self._console.tell(f"The coach is {'on' if self._coaching else 'off'}. To change: :coach on, :coach off.")

    def transcript(self) -> None:
        """Tell the talk so far."""
        self._utterance(self._session.opening)
        for turn in self._session.turns:
            self._console.tell(f"You: {turn.reply}")
            self._utterance(turn.utterance)


def _choose(entries: Sequence[Entry], console: Console) -> str | None:
    """A scenario's id from a numbered menu; None when the learner wants none."""
    sound = [entry for entry in entries if not entry.error]
    for number, entry in enumerate(sound, start=1):
        about = f"{entry.sector}, difficulty {entry.difficulty} of 3, about {entry.minutes} minutes"
        console.tell(f"{number}. {entry.title} ({about}): {entry.summary}")
    console.tell("Write a number, or q to leave.")
    while True:
        answer = console.ask("Number: ")
        if answer is None or answer.strip().lower() in {"q", ":q", ":quit", "quit"}:
            return None
        answer = answer.strip()
        if answer.isdecimal() and 1 <= int(answer[:6]) <= len(sound):
            return sound[int(answer) - 1].id
        if answer in {entry.id for entry in sound}:
            return answer
        console.tell(f"Write a number from 1 to {len(sound)}, or q to leave.")


def _offer_to_resume(practice: Practice, scenario: str, console: Console) -> Session | None:
    """The unfinished talk of this scenario, where there is one and the learner wants it."""
    if not console.interactive:
        return None
    waiting = practice.unfinished(scenario, limit=1)
    if not waiting:
        return None
    answer = console.ask(f"{_described(waiting[0])} Take it up again? (y/n) ")
    return practice.resume(waiting[0].attempt.id) if (answer or "").strip().lower() in _YES else None


def _described(past: Past) -> str:
    turns = past.attempt.turns
    return f"You left this talk after {turns} turn{'s' if turns != 1 else ''}."
