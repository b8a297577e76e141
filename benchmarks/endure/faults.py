"""Writes that fail in the middle of real attempts: a full disk, I/O errors, a locked record, a read-only folder.

    python -m benchmarks.endure.faults [--faults N] [--seed N]

The product runs as a process of its own under a pseudo-terminal, in plain lines and in the app by turns, without
the powers of root. The disk is a small one of its own that is filled up (this needs root; else the kind is left out and
that is said); an I/O error is a limit on the size of files, set while the process runs; the lock is another process's;
read-only is a change of the modes of folder and files. Under each fault a reply is sent. It must be refused in words,
stand in the editor or the prompt again, and, once the fault is gone, go through with one key. One fault in five is
there before the process starts, which must then end with status 2 and a sentence. After each the database must be
sound, and no traceback may show. Ends with 1 where anything was otherwise.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.endure.piped import COMMAND, environment
from benchmarks.endure.screened import ScreenedTalk, plain
from benchmarks.endure.talks import Talk, practice_in, rehearse
from benchmarks.endure.trouble import KINDS, small_disk, step_down, trouble
from simulator.conversation import to_bytes

PATIENCE = 120.0
"""Seconds to wait for what must come, on a busy machine."""

REFUSALS = ("disk is full", "disk gave an error", "is busy", "read-only", "may not be written", "could not be")
"""Words of which one stands in each refusal."""

_INSIDE = ("Traceback", "Something went wrong inside")


@dataclass
class Tally:
    """What became of the faults. `wrong` says each thing that must not be, in words."""

    faults: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    left_out: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The tally as it is printed."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.faults.items()))
        yield f"{self.faults.total()} writes failed: {kinds}; {self.harmless} more were met by no write"
        yield from (f"LEFT OUT: {kind}" for kind in self.left_out)
        yield f"{len(self.wrong)} lost, corrupt or with a traceback"
        yield from self.wrong


class Breaker:
    """Attempts in one folder, with faults under each."""

    def __init__(self, folder: Path, kinds: list[str], chance: random.Random, tally: Tally) -> None:
        self._folder = folder
        self._kinds = kinds
        self._chance = chance
        self._tally = tally

    def lead(self, *, in_app: bool) -> Iterator[None]:
        """One attempt, most of its replies met by a fault; yields after each fault."""
        talk = rehearse(self._chance)
        process = ScreenedTalk(
            self._folder,
            ["play", talk.scenario, "--seed", str(talk.seed), *([] if in_app else ["--plain"])],
            preexec_fn=step_down,
        )
        try:
            if not (process.enter_talk(PATIENCE, begin=True) if in_app else self._prompted(process)):
                self._tally.wrong.append(f"the talk did not begin: {process.text}")
                return
            attempt = practice_in(self._folder).store.attempts()[0].id
            for number, reply in enumerate(talk.replies, start=1):
                kind = self._chance.choice(self._kinds)
                if not self._say_under(process, kind, attempt, number, reply, in_app=in_app):
                    return
                yield
        finally:
            process.kill()
            self._look(talk)

    def start_under(self) -> None:
        """A process that meets the fault as it starts."""
        kind = self._chance.choice(self._kinds)
        practice_in(self._folder).store.close()
        scenario = practice_in(self._folder).library.index()[0].id
        with trouble(kind, self._folder, self._chance) as largest:

            def prepare() -> None:
                if largest:
                    # A new attempt's scenario alone is larger than this.
                    resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
                step_down()

            ran = subprocess.run(  # noqa: PLW1510 -- the status is looked at
                [*COMMAND, "play", scenario, "--plain"],
                input="Hello.\n",
                capture_output=True,
                text=True,
                env=environment(self._folder),
                preexec_fn=prepare,
                timeout=PATIENCE,
            )
        said = ran.stdout + ran.stderr
        if ran.returncode != 2 or not any(words in ran.stderr for words in REFUSALS) or any(map(said.count, _INSIDE)):
            self._tally.wrong.append(f"{kind} at the start: status {ran.returncode}, {ran.stderr.strip()!r}")
        self._tally.faults[f"{kind} at the start"] += 1
        self._sound()

    def _prompted(self, process: ScreenedTalk) -> bool:
        return process.wait_until(lambda: process.text.rstrip().endswith("You:"), PATIENCE)

    def _say_under(
        self, process: ScreenedTalk, kind: str, attempt: str, number: int, reply: str, *, in_app: bool
    ) -> bool:
        """Send a reply under a fault, then without it. Whether the talk can go on."""
        # The last refusal stands there for a while, and must not be taken for the next.
        process.wait_until(lambda: not in_app or not self._refused(process, in_app=True), PATIENCE)
        with trouble(kind, self._folder, self._chance, process.process.pid):
            process.write(reply) if in_app else process.press(reply)
            process.press("\r")
            process.wait_until(
                lambda: self._refused(process, in_app=in_app) or self._went(process, number, in_app=in_app), PATIENCE
            )
            refused = self._refused(process, in_app=in_app)
            back = not refused or process.wait_until(lambda: self._stands(process, reply, in_app=in_app), PATIENCE)
        if any(words in process.text for words in _INSIDE):
            self._tally.wrong.append(f"{kind}: a traceback: {process.text}")
        if not process.process.isalive():
            self._tally.wrong.append(f"{kind}: the process ended: {process.text}")
            return False
        if not refused:
            self._tally.harmless += 1
        elif not back:
            self._tally.wrong.append(f"{kind}: the words {reply!r} did not come back: {process.text}")
            return False
        else:
            self._tally.faults[kind] += 1
            process.press("\r")
        if not _waited(lambda: self._kept(attempt) == number, process):
            self._tally.wrong.append(f"{kind}: turn {number} is not kept after all: {process.text}")
            return False
        return process.wait_until(lambda: self._went(process, number, in_app=in_app), PATIENCE)

    def _refused(self, process: ScreenedTalk, *, in_app: bool) -> bool:
        return any(words in process.text for words in (REFUSALS if in_app else ("Not sent.",)))

    def _stands(self, process: ScreenedTalk, reply: str, *, in_app: bool) -> bool:
        # A terminal breaks a line inside a word.
        text, words = (plain(said).replace(" ", "") for said in (process.text, reply))
        return words[-30:] in text.rpartition("Yourreply" if in_app else "tosendthemagain.")[2]

    def _went(self, process: ScreenedTalk, number: int, *, in_app: bool) -> bool:
        return (process.turns if in_app else process.spoken) >= number

    def _kept(self, attempt: str) -> int:
        with closing(sqlite3.connect(self._folder / "record.db", timeout=10)) as connection:
            turns: int = connection.execute("SELECT turns FROM attempts WHERE id = ?", (attempt,)).fetchone()[0]
            return turns

    def _look(self, talk: Talk) -> None:
        self._sound()
        practice = practice_in(self._folder)
        latest = practice.store.attempts()[0].id
        if faults := practice.store.verify(latest):
            self._tally.wrong.append(f"{latest}: {faults}")
        for mine, due in zip(practice.resume(latest).turns, talk.turns, strict=False):
            if to_bytes(mine) != to_bytes(due):
                self._tally.wrong.append(f"{latest}: turn {due.number} is not that of the talk: {mine.reply!r}")
                break
        practice.store.close()

    def _sound(self) -> None:
        with closing(sqlite3.connect(self._folder / "record.db")) as connection:
            damage = connection.execute("PRAGMA integrity_check").fetchall()
        if damage != [("ok",)]:
            self._tally.wrong.append(f"the database is damaged: {damage}")


def _waited(holds: Callable[[], bool], process: ScreenedTalk) -> bool:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        process.run_for(0.1)
    return True


def break_writes(root: Path, *, faults: int, seed: int, done: Callable[[], None] = lambda: None) -> Tally:
    """Let that many writes fail, in a data folder under `root`. `done` is called after each."""
    chance, tally = random.Random(seed), Tally()
    with small_disk(root / "disk") as there:
        kinds = [kind for kind in KINDS if there or kind != "full"]
        if not there:
            tally.left_out.append("full disk: this user may not mount a small one")
        folder = root / "disk" / "data"
        breaker = Breaker(folder, kinds, chance, tally)
        in_app = False
        while tally.faults.total() < faults:
            if chance.random() < 0.5:
                breaker.start_under()
                done()
            before = tally.faults.total()
            for _ in breaker.lead(in_app=in_app):
                done()
                if tally.faults.total() >= faults:
                    break
            in_app = not in_app
            if tally.wrong and tally.faults.total() == before:
                break
    return tally


def main() -> None:
    """Prints the tally."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=200, help="writes that fail (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="settles the talks and the faults (default 1)")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(length=wanted.faults, label="Breaking", file=sys.stderr) as bar,
    ):
        tally = break_writes(Path(folder), faults=wanted.faults, seed=wanted.seed, done=lambda: bar.update(1))
    print("\n".join(tally.lines()))
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
