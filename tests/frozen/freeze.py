"""Freeze attempts of the installed release, to be replayed by every later one.

    python -m tests.frozen.freeze     writes tests/frozen/VERSION/: attempts, and the versions they were played with

Each shipped scenario is played by learners of its tests and with clumsy replies, turns are taken back, one talk is
rescored, one is a branch; then each attempt is written down as the record has it: its own facts, all events and
assessments as text, and the talk as plain lines show it; beside them, once each, compiled scenarios and rubrics. Run
it for a release once. The folder of a released version is never written again: what stands there is what people have
in their records.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.endure.talks import practice_in
from simulator import __version__
from simulator.practice import Practice, Session

from .frozen import HERE, transcript, write

LEARNERS = HERE.parent / "learners"
CLUMSY = ("asdf", "Ünd ‘so’ 😀 weiter\u202e?", "(silence)", "You have to calm down.", "How old are your kids?")


def play(practice: Practice) -> Iterator[str]:
    """Hold the talks. Gives the ids of their attempts."""
    for path in sorted(LEARNERS.glob("*.yaml")):
        kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
        for seed, kind in enumerate(("good", "poor"), start=1):
            session = practice.begin(path.stem, seed)
            _say(session, kinds[kind][0])
            if session.ended:
                session.rescore()
            yield session.id
        session = practice.begin(path.stem, 3)
        _say(session, CLUMSY)
        session.undo()
        _say(session, ["What would help most right now?"])
        session.leave()
        yield session.id
        branch = practice.rewind(session.id, 3)
        _say(branch, ["That sounds frightening."])
        yield branch.id


def _say(session: Session, replies: list[str] | tuple[str, ...]) -> None:
    for reply in replies:
        if not session.ended:
            session.reply(reply)


def main() -> None:
    """Writes the folder of this release."""
    folder = HERE / __version__
    if folder.exists() and "--again" not in sys.argv[1:]:
        sys.exit(f"{folder} is there already. Only while {__version__} is not released yet: add --again.")
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        practice = practice_in(Path(home))
        for number, attempt in enumerate(play(practice), start=1):
            write(folder, number, practice.store, attempt, transcript(practice.resume(attempt)))
    print(f"{number} attempts in {folder}")  # noqa: T201 -- a script


if __name__ == "__main__":
    main()
