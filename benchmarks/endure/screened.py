"""The app as a process of its own under a pseudo-terminal, and its screen as a person would see it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pexpect
import pyte

from benchmarks.endure.piped import COMMAND, environment

ROWS, COLUMNS = 44, 100
"""High enough for the last answers, too narrow for the desk beside them."""

_TURNS = re.compile(r"\b(\d+) turns?\b")


class ScreenedTalk:
    """One process with the app. Its screen is read whenever it is waited for."""

    def __init__(self, folder: Path, arguments: Sequence[str], preexec_fn: Callable[[], None] | None = None) -> None:
        """`preexec_fn` is called in the new process before it runs."""
        self._begun = time.perf_counter()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.process = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *arguments],
            env=environment(folder, TERM="xterm-256color", COLORTERM="truecolor"),
            dimensions=(ROWS, COLUMNS),
            timeout=None,
            preexec_fn=preexec_fn,
        )
        self.process.delaybeforesend = None
        self._said = b""
        self.ready_after: float | None = None

    @property
    def text(self) -> str:
        """Everything on the screen, line ends and runs of blanks as one blank."""
        return plain(" ".join(self._screen.display))

    @property
    def turns(self) -> int:
        """The turns that the title counts."""
        found = _TURNS.search(self._screen.display[0])
        return int(found[1]) if found else 0

    @property
    def spoken(self) -> int:
        """How often the coach has spoken in plain lines, as after every answer."""
        return self._said.count(b"\nCoach: ")

    def wait_until(self, holds: Callable[[], bool], patience: float) -> bool:
        """Read on until it holds. False where the process ended or patience was over before."""
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end or not self._pump(0.05):
                return holds()
        return True

    def enter_talk(self, patience: float, *, begin: bool) -> bool:
        """Wait for the talk, by way of the brief where it is begun. False where it did not come."""
        if begin:
            # The keys at the foot tell when a key is heard.
            if not self.wait_until(lambda: "b Begin" in self.text, patience):
                return False
            self.press("b")
        there = self.wait_until(lambda: bool(_TURNS.search(self._screen.display[0])), patience)
        if there:
            self.ready_after = time.perf_counter() - self._begun
        return there

    def press(self, keys: str) -> None:
        """Press keys."""
        self.process.send(keys)

    def write(self, text: str) -> None:
        """Put text into the editor, as a paste."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def run_for(self, seconds: float) -> None:
        """Let it work, and look on."""
        self.wait_until(lambda: False, seconds)

    def kill(self) -> None:
        """kill -9, then read what had still been painted."""
        self.process.kill(9)
        while self._pump(0.2):
            pass
        self.process.close(force=True)

    def _pump(self, seconds: float) -> bool:
        try:
            data = self.process.read_nonblocking(65536, seconds)
            self._said += data
            self._stream.feed(data)
        except pexpect.TIMEOUT:
            return self.process.isalive()
        except pexpect.EOF:
            return False
        return True


def plain(text: str) -> str:
    """Words alone, for comparing what was wrapped and framed with what was said."""
    return " ".join(re.findall(r"[^\s│╭╮╰╯─▁▔▊▎]+", text))
