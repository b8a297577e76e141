"""Single bits flipped in a record: every flip that changes a stored event must be found.

    python -m benchmarks.endure.flips [--flips N] [--seed N]

Half of the flips are made in a stored value (any column of any event, the triggers taken away first), half anywhere
in the database file. A flip in the file counts when the events read otherwise after it, or cannot be read. Each is
made in a fresh copy of a record of real talks, and the copy is checked as `roleplay data check` does. Ends with 1 where
one was not found.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.endure.talks import practice_in, rehearse
from simulator.store import sqlite
from simulator.store.check import check

TALKS = 8
"""Attempts in the record."""

_COLUMNS = (
    "attempt", "sequence", "id", "kind", "payload", "reader", "scenario_hash", "at", "previous", "hash",
)  # fmt: skip


@dataclass
class Tally:
    """What became of the flips. `missed` names each that was not found."""

    in_values: int = 0
    in_file: int = 0
    missed: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The tally as it is printed."""
        yield f"{self.in_values} bits flipped in stored values, {self.in_file} in the file that changed an event"
        yield f"{len(self.missed)} not found"
        yield from self.missed


def flip(root: Path, *, flips: int, seed: int, talks: int = TALKS, done: Callable[[], None] = lambda: None) -> Tally:
    """Flip that many bits, each in a copy of one record of so many talks under `root`. `done` is called after each that
    counts."""
    chance, tally = random.Random(seed), Tally()
    whole, copy = root / "whole", root / "copy"
    _hold_talks(whole, talks, chance)
    before = _events(whole / "record.db")
    if _found(whole):
        tally.missed.append(f"the record is not whole to begin with: {_found(whole)}")
    while tally.in_values + tally.in_file < flips:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        in_value = tally.in_values < flips - flips // 2
        what = (_flip_value if in_value else _flip_file)(copy / "record.db", chance)
        if _events(copy / "record.db") == before:
            continue
        tally.in_values += in_value
        tally.in_file += not in_value
        try:
            found = _found(copy)
        except Exception as error:  # a check that breaks off tells nobody anything
            tally.missed.append(f"{what}: the check ended with {error!r}")
        else:
            if not found:
                tally.missed.append(what)
        done()
    return tally


def _hold_talks(folder: Path, talks: int, chance: random.Random) -> None:
    practice = practice_in(folder)
    for _ in range(talks):
        talk = rehearse(chance)
        session = practice.begin(talk.scenario, talk.seed)
        for reply in talk.replies:
            session.reply(reply)
        if chance.random() < 0.5:
            session.undo()
    practice.store.close()


def _found(folder: Path) -> str:
    """What `roleplay data check` finds wrong with the record; empty where it finds nothing."""
    engine = sqlite.connect(folder / "record.db")
    try:
        return "; ".join(map(str, check(engine).faults))
    finally:
        engine.dispose()


def _flip_value(file: Path, chance: random.Random) -> str:
    with closing(sqlite3.connect(file)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        rows = [row for (row,) in connection.execute("SELECT rowid FROM events").fetchall()]
        row, column = chance.choice(rows), chance.choice(_COLUMNS)
        value = connection.execute(f"SELECT CAST({column} AS BLOB) FROM events WHERE rowid = ?", (row,)).fetchone()[0]
        if not value:
            return "an empty value"
        bit = chance.randrange(8 * len(value))
        kind = "INTEGER" if column == "sequence" else "TEXT"
        try:
            connection.execute(
                f"UPDATE events SET {column} = CAST(? AS {kind}) WHERE rowid = ?", (_flipped(value, bit), row)
            )
        except sqlite3.IntegrityError:
            return "a place that is taken"  # nothing was changed
        connection.commit()
    return f"bit {bit} of {column} in row {row}"


def _flip_file(file: Path, chance: random.Random) -> str:
    data = file.read_bytes()
    bit = chance.randrange(8 * len(data))
    file.write_bytes(_flipped(data, bit))
    return f"bit {bit} of the file"


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def _events(file: Path) -> object:
    """The events as they are stored, or the error that comes of reading them."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.text_factory = bytes
            return connection.execute("SELECT * FROM events NOT INDEXED ORDER BY rowid").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the second where its message itself was flipped
        return str(error)


def main() -> None:
    """Prints the tally."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=500, help="bits to flip (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="settles the talks and the bits (default 1)")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(length=wanted.flips, label="Flipping", file=sys.stderr) as bar,
    ):
        tally = flip(Path(folder), flips=wanted.flips, seed=wanted.seed, done=lambda: bar.update(1))
    print("\n".join(tally.lines()))
    sys.exit(1 if tally.missed else 0)


if __name__ == "__main__":
    main()
