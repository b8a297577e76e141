"""`roleplay play --plain` as a process of its own, driven through pipes."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.endure.talks import Talk
from simulator.catalogue.clean import clean
from simulator.conversation.turn import Turn, Utterance

COMMAND = (sys.executable, "-m", "simulator.cli")
_ATTEMPT = re.compile(r"\(attempt ([0-9a-f]{8})\)\n")
_BEGINS = "Write what you would say, or :help.\n\n"
_ASIDE = ("You: ", "Coach: ", "Kept. ", "Not sent: ")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process whose data lies in this folder."""
    return {**os.environ, "ROLEPLAY_HOME": str(folder), "PYTHONIOENCODING": "utf-8", **more}


class PipedTalk:
    """One process. `seen` is all it has said so far."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as the process
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(folder),
        )
        self._begun = time.perf_counter()
        self.ready_after: float | None = None
        """Seconds until the talk so far stood on the page."""
        self._bytes = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def seen(self) -> str:
        """What was said so far; a character cut in half at the end is left out."""
        return self._bytes.decode("utf-8", "ignore")

    @property
    def errors(self) -> str:
        """What stands on standard error."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")

    def say(self, lines: Iterable[str]) -> None:
        """Hand over lines, if there is still somebody to read them."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def kill(self) -> None:
        """kill -9, then read what had still been said."""
        self.process.kill()
        self._close()

    def finish(self) -> int:
        """Close its input and wait for its end. Gives its exit status."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self._close()
        return self.process.returncode

    def _close(self) -> None:
        self.process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while data := os.read(self.process.stdout.fileno(), 65536):
            self._bytes += data
            if self.ready_after is None and _BEGINS.encode() in self._bytes:
                self.ready_after = time.perf_counter() - self._begun


def attempt_in(seen: str) -> str | None:
    """The first letters of the id of the attempt that is talked about, once that was said."""
    found = _ATTEMPT.search(seen)
    return found[1] if found else None


def answers_in(seen: str) -> str:
    """What the people of the scenario said, one line each; the last may be cut off."""
    _, _, talk = seen.partition(_BEGINS)
    talk, _, _ = talk.partition("\n\n")  # then the debrief
    return "".join(line for line in talk.splitlines(keepends=True) if not line.startswith(_ASIDE))


def answers_of(talk: Talk, turns: Sequence[Turn]) -> str:
    """What they must have said by the end of these turns."""
    lines = (line for spoken in (talk.opening, *(turn.utterance for turn in turns)) for line in _lines(spoken))
    return "".join(f"{clean(line)}\n" for line in lines)


def _lines(spoken: Utterance) -> Iterator[str]:
    for sayings, scene in ((spoken.before, spoken.scene), (spoken.sayings, "")):
        for saying in sayings:
            does = f"({saying.does}) " if saying.does else ""
            yield f"{saying.name}: {does}{saying.text}".rstrip()
        if scene:
            yield f"[{scene}]"
