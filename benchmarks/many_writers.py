"""How long a turn takes to be kept while many others write to the same record.

    python -m benchmarks.many_writers [--seconds N] [--pause SECONDS] [--processes N] [--postgresql | --sqlite]

Each process is a learner of their own who plays a talk at human pace: reads and types for some seconds (--pause on
average), a draft is kept now and then while typing, then the reply is sent. By default 50 processes on one SQLite file,
then 200 on one PostgreSQL that is started for it with its own settings, a hundred connections among them. Printed are
the errors, which must be none, and p50 and p99 of keeping a turn and of keeping a draft, in milliseconds: opening the
record, which each process does at the start, is not among them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty
from typing import Any

from tqdm import tqdm

from benchmarks.server import make_database, server
from simulator.store import AttemptState, NewAttempt, open_store
from simulator.store.check import check
from simulator.store.store import Store

SQLITE, POSTGRESQL = 50, 200
"""Processes on each."""
PAUSE = 20.0
"""Seconds between a learner's replies; people take longer."""
DRAFTS = 3
"""Drafts kept while a reply is typed."""
TURNS = 15
"""Turns of a talk; then another begins."""

PAYLOAD = '{"reply":"' + "I hear that you have been waiting. " * 500 + '"}'
"""As long as what is kept of a turn."""
NEW = NewAttempt("talk", "s" * 64, '{"title":"A talk"}', 1)

Result = tuple[list[float], list[float], list[str]]


def main() -> None:
    """Prints a line for each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120, help="how long they write (default 120)")
    parser.add_argument("--pause", type=float, default=PAUSE, help=f"seconds between replies (default {PAUSE:.0f})")
    parser.add_argument("--processes", type=int, help=f"processes (default {SQLITE} and {POSTGRESQL})")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sqlite", action="store_true", help="SQLite alone")
    only.add_argument("--postgresql", action="store_true", help="PostgreSQL alone")
    chosen = parser.parse_args()
    failed = False
    for name, processes in (("SQLite", SQLITE), ("PostgreSQL", POSTGRESQL)):
        if (chosen.sqlite and name != "SQLite") or (chosen.postgresql and name != "PostgreSQL"):
            continue
        with _database(name) as where:
            failed |= _measure(name, where, chosen.processes or processes, chosen.seconds, chosen.pause)
    sys.exit(1 if failed else 0)


@contextmanager
def _database(name: str) -> Iterator[Path | str]:
    if name == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / "record.db"
    else:
        with server() as address:
            yield make_database(address, "writers")


def _measure(name: str, where: Path | str, processes: int, seconds: float, pause: float) -> bool:
    """Print what keeping cost; gives whether anything went wrong."""
    open_store(where, _now).close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["simulator.store.store", "simulator.store.postgres", "psycopg"])
    ready, results = context.Barrier(processes + 1), context.Queue()
    writers = [
        context.Process(target=_write, args=(where, number, seconds, pause, ready, results), daemon=True)
        for number in range(processes)
    ]
    for writer in tqdm(writers, desc=f"{name}: starting", unit=" processes", leave=False, disable=None):
        writer.start()
    ready.wait()
    for _ in tqdm(range(int(seconds)), desc=f"{name}: writing", unit=" s", leave=False, disable=None):
        time.sleep(1)
    found = [_result(results, pause) for _ in writers]
    for writer in writers:
        writer.join(30)
    turns = sorted(taken for one in found for taken in one[0])
    drafts = sorted(taken for one in found for taken in one[1])
    errors = [error for one in found for error in one[2]]
    store = open_store(where, _now)
    whole = check(store._engine)
    print(
        f"{name}: {processes} processes, {len(turns)} turns and {len(drafts)} drafts in {seconds:.0f} s, "
        f"{len(errors)} errors, {len(whole.faults)} faults"
    )
    for what, taken in (("turn", turns), ("draft", drafts)):
        if taken:
            p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            print(f"  {what:<6} p50 {p50:>7.1f} ms   p99 {p99:>7.1f} ms   slowest {taken[-1]:>7.1f} ms")
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} times: {error}")
    return bool(errors or whole.faults)


def _result(results: Any, pause: float) -> Result:
    try:
        found: Result = results.get(timeout=pause * 3 + 30)
    except Empty:
        return [], [], ["a process ended without a word"]
    return found


def _write(where: Path | str, number: int, seconds: float, pause: float, ready: Barrier, results: Any) -> None:
    """One learner: talks until the time is over, and hands over what each turn and each draft took."""
    chance = random.Random(number)
    turns: list[float] = []
    drafts: list[float] = []
    errors: list[str] = []
    try:
        store = open_store(where, _now, f"learner-{number:03}")
        ready.wait()
        time.sleep(chance.uniform(0, pause))  # they do not sit down all at once
        end = time.monotonic() + seconds
        attempt, length = "", TURNS + 1
        while time.monotonic() < end:
            if length > TURNS:
                attempt, length = store.start(NEW, PAYLOAD).id, 1
            for draft in range(DRAFTS):
                time.sleep(chance.expovariate((DRAFTS + 1) / pause))
                drafts.append(_timed(lambda text="word " * draft: store.save_draft(attempt, text)))  # noqa: B023
            time.sleep(chance.expovariate((DRAFTS + 1) / pause))
            turns.append(_timed(lambda: _say(store, attempt, length)))  # noqa: B023
            length += 1
    except Exception as error:  # what went wrong is the result
        errors.append(f"{type(error).__name__}: {error}")
    results.put((turns, drafts, errors))


def _say(store: Store, attempt: str, after: int) -> None:
    store.append(attempt, after=after, kind="turn", payload=PAYLOAD, state=AttemptState.OPEN, turns=after)


def _timed(job: Any) -> float:
    began = time.perf_counter()
    job()
    return (time.perf_counter() - began) * 1000


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
