"""kill -9 at random points of real attempts: what was seen must be kept, and every attempt must go on.

    python -m benchmarks.endure.kills [--kills N] [--seed N] [--workers N] [--app SHARE]

Each attempt is begun, killed, taken up again and killed again, up to four times, in plain lines through a pipe or in
the app under a pseudo-terminal. After each kill the record is opened: every answer that had been seen must stand in
it, the hash chain must be whole, the turns must be those of the same talk held without a kill, byte for byte, and
the attempt must be resumed. In the app, a draft that had rested must be there again. Ends with 1 where anything was
lost. How long it took until a resumed talk stood there is the time from the start of Python on this machine, with
the other workers running.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.endure.piped import PipedTalk, answers_in, answers_of
from benchmarks.endure.screened import ScreenedTalk, plain
from benchmarks.endure.talks import Talk, practice_in, rehearse
from simulator.conversation import to_bytes
from simulator.practice import Session

LIVES = 4
"""Most kills of one attempt."""

PATIENCE = 120.0
"""Seconds to wait for what must come, on a busy machine."""

RESTED = 2.0
"""Seconds after which a draft that is seen in the editor is surely kept, on a busy machine too."""


@dataclass
class Tally:
    """What became of the kills. `wrong` says each thing that must not be, in words."""

    kills: int = 0
    in_app: int = 0
    turns_seen: int = 0
    drafts_seen: int = 0
    attempts: int = 0
    resumed_after: dict[str, list[float]] = field(default_factory=lambda: {"plain": [], "app": []})
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The tally as it is printed."""
        yield f"{self.kills} kills ({self.in_app} of the app) in {self.attempts} attempts"
        yield f"{self.turns_seen} turns whose answer was seen, {self.drafts_seen} drafts that had rested"
        for face, times in self.resumed_after.items():
            if times:
                ordered = sorted(times)
                half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
                yield (
                    f"resumed in {face}: {len(times)} times, median {half:.2f} s, 95 of 100 under {most:.2f} s, "
                    f"slowest {ordered[-1]:.2f} s"
                )
        yield f"{len(self.wrong)} lost, broken or not resumed"
        yield from self.wrong


class Killer:
    """Attempts in one folder, killed one after another."""

    def __init__(self, folder: Path, chance: random.Random, tally: Tally, app_share: float) -> None:
        self._folder = folder
        self._chance = chance
        self._tally = tally
        self._app_share = app_share
        self._known: set[str] = set()

    def lead(self) -> Iterator[bool]:
        """One attempt through its lives; after each kill, whether it was the app that was killed."""
        talk, in_app = rehearse(self._chance), self._chance.random() < self._app_share
        attempt: str | None = None
        stored, draft = 0, ""
        for _ in range(self._chance.randint(1, LIVES)):
            if attempt and stored == len(talk.turns):
                break
            if in_app:
                seen, must = self._in_app(talk, attempt, stored, draft)
            else:
                seen, must = self._in_lines(talk, attempt, stored), ""
            session = self._look(talk, attempt, seen, must)
            if session is not None:
                attempt, stored, draft = session.id, len(session.turns), session.draft()
            yield in_app

    def _arguments(self, talk: Talk, attempt: str | None) -> list[str]:
        return ["play", "--resume", attempt] if attempt else ["play", talk.scenario, "--seed", str(talk.seed)]

    def _in_lines(self, talk: Talk, attempt: str | None, stored: int) -> int:
        """Talk, and be killed. Gives how many turns had been answered before the eyes of the learner."""
        chance = self._chance
        process = PipedTalk(self._folder, [*self._arguments(talk, attempt), "--plain"])
        whole = [len(answers_of(talk, talk.turns[:number])) for number in range(len(talk.turns) + 1)]

        def answered(number: int) -> bool:
            return len(answers_in(process.seen)) >= whole[number] or process.process.poll() is not None

        if chance.random() < 0.2:
            process.say(talk.replies[stored:])
            time.sleep(chance.uniform(0, 2.5))
        else:
            last = chance.randint(stored, len(talk.turns) - 1)
            if chance.random() < 0.5:
                process.say(talk.replies[stored:])
                _wait(lambda: answered(last))
            else:
                for number in range(stored, last + 1):
                    process.say([talk.replies[number]])
                    _wait(lambda up_to=number: answered(up_to))  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.15))
        process.kill()
        if process.errors:
            self._tally.wrong.append(f"said in plain lines: {process.errors.strip()}")
        if attempt and process.ready_after:
            self._tally.resumed_after["plain"].append(process.ready_after)
        seen = answers_in(process.seen)
        if not answers_of(talk, talk.turns).startswith(seen):
            self._tally.wrong.append(f"not what was rehearsed, in {talk.scenario} {talk.seed}: {seen[-200:]!r}")
        return sum(len(seen) >= length for length in whole[1:])

    def _in_app(self, talk: Talk, attempt: str | None, stored: int, draft: str) -> tuple[int, str]:
        """Talk in the app, and be killed. Gives how many turns had been answered on the screen, and the draft that
        must have been kept."""
        chance, must = self._chance, ""
        process = ScreenedTalk(self._folder, self._arguments(talk, attempt))
        if chance.random() < 0.15:
            process.run_for(chance.uniform(0, 3))
            process.kill()
            return stored, ""
        if not process.enter_talk(PATIENCE, begin=attempt is None):
            self._tally.wrong.append(f"the app did not show the talk {attempt or talk.scenario}: {process.text}")
            process.kill()
            return stored, ""
        if attempt and process.ready_after:
            self._tally.resumed_after["app"].append(process.ready_after)
        if draft and not process.wait_until(lambda: plain(draft)[:40] in process.text, PATIENCE):
            self._tally.wrong.append(f"a draft did not come back into the editor: {draft!r}")
        process.press("\x1b[18~\x7f")  # F7 and backspace: whatever stands in the editor goes
        last = chance.randint(stored, len(talk.turns) - 1)
        for number in range(stored, last + 1):
            if number == last and chance.random() < 0.3:
                must = f"half a thought {chance.randrange(10**6)}"
                process.write(must)
                process.wait_until(lambda wrote=must: wrote in process.text, PATIENCE)  # type: ignore[misc]
                process.run_for(RESTED)
                break
            process.write(talk.replies[number])
            process.press("\r")
            if number < last and not process.wait_until(lambda due=number + 1: process.turns >= due, PATIENCE):  # type: ignore[misc]
                self._tally.wrong.append(f"turn {number + 1} did not come: {process.text}")
                break
        process.run_for(chance.uniform(0, 0.4))
        process.kill()
        return max(stored, process.turns), must

    def _look(self, talk: Talk, attempt: str | None, seen: int, must: str) -> Session | None:
        """Open the record as the next process will, and find everything in it. None where nothing was begun."""
        wrong = self._tally.wrong
        file = self._folder / "record.db"
        if file.exists():
            damage = sqlite3.connect(file).execute("PRAGMA integrity_check").fetchall()
            if damage != [("ok",)]:
                wrong.append(f"the database is damaged: {damage}")
        practice = practice_in(self._folder)
        try:
            new = {one.id for one in practice.store.attempts()} - self._known
            self._known |= new
            self._tally.attempts += len(new)
            attempt = attempt or next(iter(new), None)
            if attempt is None:
                if seen:
                    wrong.append(f"an attempt is gone of which {seen} turns were seen")
                return None
            session = practice.resume(attempt)
            if faults := practice.store.verify(attempt):
                wrong.append(f"{attempt}: {faults}")
        except Exception as error:  # whatever it is, it must be told beside the others
            wrong.append(f"{attempt} did not open: {error!r}")
            return None
        finally:
            practice.store.close()
        kept = list(map(to_bytes, session.turns))
        if len(kept) < seen:
            wrong.append(f"{attempt}: {seen} turns were answered, {len(kept)} are kept")
        for mine, due in zip(session.turns, talk.turns, strict=False):
            if to_bytes(mine) != to_bytes(due):
                wrong.append(f"{attempt}: turn {due.number} is not that of the talk: {mine.reply!r}, not {due.reply!r}")
                break
        if must and session.draft() != must:
            wrong.append(f"{attempt}: the draft {must!r} is {session.draft()!r}")
        self._tally.turns_seen += seen
        self._tally.drafts_seen += bool(must)
        return session


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.002)


def kill(
    root: Path, *, kills: int, seed: int, workers: int, app_share: float, done: Callable[[], None] = lambda: None
) -> Tally:
    """Kill that many processes, each worker in a folder of its own under `root`. `done` is called after each."""
    tallies = [Tally() for _ in range(workers)]
    left = threading.Semaphore(kills)

    def work(number: int) -> None:
        folder = root / str(number)
        killer = Killer(folder, random.Random(f"{seed}:{number}"), tallies[number], app_share)
        while True:
            for in_app in killer.lead():
                if not left.acquire(blocking=False):
                    return
                tallies[number].kills += 1
                tallies[number].in_app += in_app
                done()

    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(work, range(workers)))
    return _together(tallies)


def _together(tallies: list[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        for name in ("kills", "in_app", "turns_seen", "drafts_seen", "attempts"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        for face, times in one.resumed_after.items():
            whole.resumed_after[face] += times
        whole.wrong += one.wrong
    return whole


def main() -> None:
    """Prints the tally."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500, help="processes to kill (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="settles the talks and the moments (default 1)")
    parser.add_argument("--workers", type=int, default=2, help="attempts at a time (default 2)")
    parser.add_argument("--app", type=float, default=0.3, help="the share of attempts held in the app (default 0.3)")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(length=wanted.kills, label="Killing", file=sys.stderr) as bar,
    ):
        tally = kill(
            Path(folder),
            kills=wanted.kills,
            seed=wanted.seed,
            workers=wanted.workers,
            app_share=wanted.app,
            done=lambda: bar.update(1),
        )
    print("\n".join(tally.lines()))
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
