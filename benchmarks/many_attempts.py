"""How long a record of 100,000 attempts takes to sum up, and to open in the app's history.

    python -m benchmarks.many_attempts [--attempts N] [--record FILE] [--postgresql]

Attempts are made of talks really played in the shipped scenarios, fifteen turns each, written with hash chains of
their own; the payloads of their events, which nothing here reads, are cut short unless --whole is given. Half of the
attempts are one learner's, whose history is opened; the others' are spread over 2,000 learners. Two in three ended and
were assessed. With --record the file is kept, and used again. --postgresql measures on a server started for it.

    cohort     the summary of everybody's attempts
    history    the first page of the history, in the app: from the key to the list on the screen
    library    what the library shows of earlier talks, read as the app opens
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from textual.screen import Screen
from tqdm import tqdm

from benchmarks.server import make_database, server
from simulator.conversation import codec
from simulator.library import Library
from simulator.practice import Practice, Session
from simulator.store import LOCAL_LEARNER, Attempt, Event, NewAssessment, chain, figures, open_store, tables
from simulator.store.cohort import cohort
from simulator.store.store import Store

TURNS = 15
LEARNERS = 2000
CUT = 1000
"""Characters that an event's payload is cut to; nothing that is measured reads it."""
BATCH = 500
"""Attempts written in one transaction."""
REPEATS = 7
BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Played:
    """A talk that was really played, to be copied."""

    attempt: Attempt
    events: list[Event]
    assessments: list[NewAssessment]
    rubrics: list[str]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=100_000, help="attempts in the record (default 100,000)")
    parser.add_argument("--record", type=Path, help="keep the record in this file, and use it again")
    parser.add_argument("--whole", action="store_true", help="keep events whole: 25 GB for 100,000 attempts")
    parser.add_argument("--postgresql", action="store_true", help="measure on PostgreSQL")
    chosen = parser.parse_args()
    cut = None if chosen.whole else CUT
    with tempfile.TemporaryDirectory() as folder:
        if chosen.postgresql:
            with server() as address:
                _measure(make_database(address, "attempts"), chosen.attempts, cut)
        else:
            _measure(chosen.record or Path(folder) / "record.db", chosen.attempts, cut)


def _measure(where: Path | str, wanted: int, cut: int | None) -> None:
    store = open_store(where, lambda: datetime.now(UTC))
    if store.count() == 0:
        fill(store, wanted, cut)
    practice = Practice(store, Library())
    summed = cohort(store)
    print(f"{summed.attempts:,} attempts of {summed.learners:,} learners, {summed.turns:,} turns")
    if isinstance(where, Path):
        print(f"{where.stat().st_size / 1e9:.1f} GB")
    _show("cohort", lambda: cohort(store))
    _show("library", lambda: (practice.unfinished(limit=1), practice.history(500), practice.welcome()))
    _print("history", asyncio.run(_open_history(practice)))


def _show(name: str, job: Callable[[], object]) -> None:
    times = []
    for _ in range(REPEATS):
        watch = _Watch()
        job()
        times.append(watch.read())
    _print(name, times)


def _print(name: str, times: list[tuple[float, float]]) -> None:
    whole, own = zip(*times, strict=True)
    middle, slowest, worked = statistics.median(whole), max(whole), statistics.median(own)
    print(f"{name:<10}{middle:>9.0f} ms median{slowest:>9.0f} ms slowest{worked:>9.0f} ms of the processor")


class _Watch:
    """Milliseconds since it was made: on the wall, and of the processor, which others on the machine leave alone."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        wall, own = self._began
        return (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000


async def _open_history(practice: Practice) -> list[tuple[float, float]]:
    """Milliseconds from the key to the filled list, several times."""
    from simulator.tui.app import RolePlay
    from simulator.tui.screens.history import HistoryScreen

    app = RolePlay(open_practice=lambda: practice)
    times = []
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        for _ in range(REPEATS):
            watch = _Watch()
            app.action_history()
            while not isinstance(app.screen, HistoryScreen) or not _filled(app.screen):
                await asyncio.sleep(0.001)
            times.append(watch.read())
            await pilot.press("escape")
            await app.workers.wait_for_complete()
    return times


def _filled(screen: Screen[object]) -> bool:
    from simulator.tui.widgets.listing import Listing

    return any(listing.option_count for listing in screen.query(Listing))


def fill(store: Store, wanted: int, cut: int | None) -> None:
    """Write that many attempts, with a bar that shows how far it is. The payloads of events are cut to `cut`
    characters (None: whole)."""
    talks = list(_played())
    with store.writing() as connection:
        names = [LOCAL_LEARNER, *(f"learner-{number:04}" for number in range(LEARNERS))]
        rows = [{"pseudonym": name, "made": _moment(0)} for name in names]
        # What was played in the store of the talks is kept in this one, too.
        connection.execute(tables.learners.insert(), rows)
        for table in (tables.scenario_versions, tables.rubric_versions):
            for row in {row["hash"]: row for talk in talks for row in talk[1][table.name]}.values():
                connection.execute(table.insert(), row)
    with tqdm(total=wanted, unit=" attempts", file=sys.stderr, disable=None) as bar:
        for start in range(0, wanted, BATCH):
            batch = range(start, min(start + BATCH, wanted))
            _write(store, [_copied(talks[number % len(talks)][0], number, cut) for number in batch])
            bar.update(len(batch))


def _played() -> Iterator[tuple[Played, dict[str, list[dict[str, Any]]]]]:
    """Two talks in each shipped scenario that were assessed and one that was not, with the versions they rest on."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "record.db", lambda: datetime.now(UTC))
        practice = Practice(store, Library())
        for entry in practice.library.index():
            for seed in range(3):
                session = practice.begin(entry.id, seed=seed)
                models = [state.model_reply for state in session.scenario.states.values() if state.model_reply]
                for reply in models[:TURNS]:
                    if not session.ended:
                        session.reply(reply)
                yield _as_played(store, session, assessed=seed != 2), _versions(store)


def _as_played(store: Store, session: Session, *, assessed: bool) -> Played:
    rubrics = list(store.rubric_versions(session.id))
    made = [
        NewAssessment(one.rubric, rubric, one.version, codec.to_bytes(one).decode())
        for rubric, one in zip(rubrics, session._assess(session.turns), strict=True)
    ]
    return Played(store.attempt(session.id), store.events(session.id), made if assessed else [], rubrics)


def _versions(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store.reading() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in (tables.scenario_versions, tables.rubric_versions)
        }


Rows = dict[str, list[dict[str, Any]]]


def _copied(talk: Played, number: int, cut: int | None) -> Rows:
    """The rows of one more attempt like that talk."""
    learner = LOCAL_LEARNER if number % 2 else f"learner-{number // 2 % LEARNERS:04}"
    name, started = str(uuid.uuid4()), _moment(number)
    scenario = talk.attempt.scenario_hash
    head = chain.root(name, scenario, number, started)
    rows: Rows = {"events": [], "assessments": [], "criterion_levels": []}
    opening, *turns = (event for event in talk.events if event.kind in {"opening", "turn"})
    for sequence, event in enumerate([opening, *islice(cycle(turns), TURNS)]):
        content: dict[str, Any] = {
            "attempt": name,
            "sequence": sequence,
            "id": str(uuid.uuid4()),
            "kind": event.kind,
            "payload": event.payload[:cut],
            "reader": event.reader,
            "scenario_hash": scenario,
            "at": started,
            "previous": head,
        }
        head = chain.event_hash(**content)
        rows["events"].append({**content, "hash": head})
    ended = bool(talk.assessments)
    rows["attempts"] = [
        {
            "id": name,
            "learner": learner,
            "scenario_id": talk.attempt.scenario_id,
            "scenario_hash": scenario,
            "seed": number,
            "state": "ended" if ended else "left",
            "started": started,
            "updated": started,
            "head": head,
            "length": TURNS + 1,
            "turns": TURNS,
            "ending": "done" if ended else None,
            "outcome": ("met", "partly", "not_met")[number % 3] if ended else None,
        }
    ]
    rows["attempt_rubrics"] = [
        {"attempt": name, "place": place, "rubric_hash": rubric} for place, rubric in enumerate(talk.rubrics)
    ]
    for made in talk.assessments:
        one = str(uuid.uuid4())
        row = {"id": one, "attempt": name, "rubric_id": made.rubric_id, "rubric_hash": made.rubric_hash}
        more = {"scorer": made.scorer, "total": figures.total(made.payload), "payload": made.payload, "made": started}
        rows["assessments"].append({**row, **more})
        rows["criterion_levels"] += [
            {"assessment": one, "criterion": criterion, "rubric_id": made.rubric_id, "level": level}
            for criterion, level in figures.levels(made.payload).items()
        ]
    return rows


def _write(store: Store, attempts: list[Rows]) -> None:
    order = ("attempts", "attempt_rubrics", "events", "assessments", "criterion_levels")
    with store.writing() as connection:
        for table in order:
            rows = [row for attempt in attempts for row in attempt[table]]
            if rows:
                connection.execute(tables.metadata.tables[table].insert(), rows)


def _moment(number: int) -> str:
    return (BEGAN + timedelta(minutes=number)).isoformat(timespec="microseconds")


if __name__ == "__main__":
    main()
