"""How long a reply takes to be read, advanced, coached and committed, and what a first reply costs.

    python -m benchmarks.reply [--turns N]

Plays each shipped scenario with its own model replies, over and over, on a real SQLite file in a temporary
folder, and prints p50 and p99 of `Session.reply` in milliseconds, beside a bare commit of the same store.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from simulator.library import Library
from simulator.practice import Practice
from simulator.settings import Paths
from simulator.store import open_store

_MISCELLANEOUS = [
    "so what happened next",
    "I hear you, and I am sorry nobody rang back.",
    "how old are your kids?",
    "you should just calm down",
    "What would help most right now? I can fill the form in with you today, and I will ring you before five.",
    "asdf",
]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=150, help="replies per scenario (default 150)")
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        places = Paths(data=root, cache=root / "cache", log=root / "log")
        practice = Practice(open_store(places.record, lambda: datetime.now(UTC)), Library(places))
        print(f"{'scenario':<18}{'first':>9}{'p50':>9}{'p99':>9}{'draft':>9}   milliseconds, {turns} replies each")
        for entry in practice.library.index():
            measured, drafts = _play(practice, entry.id, turns)
            first, rest = measured[0], sorted(measured[1:])
            p50, p99 = statistics.median(rest), rest[int(len(rest) * 0.99) - 1]
            print(f"{entry.id:<18}{first:>9.1f}{p50:>9.1f}{p99:>9.1f}{statistics.median(drafts):>9.1f}")


def _play(practice: Practice, scenario: str, turns: int) -> tuple[list[float], list[float]]:
    session = practice.begin(scenario, seed=1)
    models = [state.model_reply for state in session.scenario.states.values() if state.model_reply]
    replies = itertools.cycle([*models, *_MISCELLANEOUS])
    measured: list[float] = []
    drafts: list[float] = []
    while len(measured) < turns:
        if session.ended or len(session.turns) >= 15:
            session = practice.begin(scenario, seed=len(measured))
        started = time.perf_counter()
        session.reply(next(replies))
        measured.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        session.save_draft("a bare commit, for comparison")
        drafts.append((time.perf_counter() - started) * 1000)
    return measured, drafts


if __name__ == "__main__":
    main()
