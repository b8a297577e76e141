"""Freeze attempts of the installed release, to be replayed by every later one.

    python tests/frozen/freeze.py     writes tests/frozen/VERSION/, one file for each attempt

Each shipped scenario is played by learners of its tests and with clumsy replies, turns are taken back, one talk is
rescored, one is a branch; then each attempt is written down as the record has it: its own facts, the compiled scenario
and rubrics, all events and assessments as text, and the talk as plain lines show it. Run it for a release once. The
folder of a released version is never written again: what stands there is what people have in their records.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import yaml

from benchmarks.endure.talks import practice_in
from simulator import __version__
from simulator.plain import Talk
from simulator.practice import Practice, Session

HERE = Path(__file__).parent
LEARNERS = HERE.parent / "learners"
CLUMSY = ("asdf", "Ünd ‘so’ 😀 weiter\u202e?", "(silence)", "You have to calm down.", "How old are your kids?")


class Lines:
    """A console that keeps what is told."""

    interactive = False

    def __init__(self) -> None:
        self.told: list[str] = []

    def ask(self, prompt: str, draft: str = "") -> str | None:
        """Nobody answers."""
        return None

    def tell(self, text: str = "") -> None:
        """Keep a line."""
        self.told.append(text)


def transcript(session: Session) -> str:
    """The talk as plain lines show it when it is taken up again."""
    lines = Lines()
    Talk(session, lines).transcript()
    return "\n".join(lines.told)


def frozen(practice: Practice, attempt_id: str) -> dict[str, object]:
    """One attempt with all that belongs to it, as JSON values."""
    store = practice.store
    attempt = store.attempt(attempt_id)
    return {
        "attempt": asdict(attempt),
        "scenario": store.scenario_version(attempt.scenario_hash),
        "rubrics": store.rubric_versions(attempt_id),
        "events": [asdict(event) for event in store.events(attempt_id)],
        "assessments": [asdict(made) for made in store.assessments(attempt_id)],
        "transcript": transcript(practice.resume(attempt_id)),
    }


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
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    with tempfile.TemporaryDirectory() as home:
        practice = practice_in(Path(home))
        for number, attempt in enumerate(play(practice), start=1):
            whole = frozen(practice, attempt)
            scenario = practice.store.attempt(attempt).scenario_id
            path = folder / f"{number:02}-{scenario}.json"
            path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            print(path.relative_to(HERE.parent))  # noqa: T201 -- a script


if __name__ == "__main__":
    main()
