"""Frozen attempts as files, and as a record that can only be read.

A folder holds `versions/HASH.json.gz` (a compiled scenario or rubric, byte for byte) and `NN-SCENARIO.json.gz`, one
for each attempt: its facts, the hashes of its rubrics, its events, its standing assessments, its transcript.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from simulator.plain import Talk
from simulator.practice import Session
from simulator.store import Attempt, AttemptState, Event, StoredAssessment
from simulator.store.store import Store

HERE = Path(__file__).parent


class _Lines:
    interactive = False

    def __init__(self) -> None:
        self.told: list[str] = []

    def ask(self, prompt: str, draft: str = "") -> str | None:
        return None

    def tell(self, text: str = "") -> None:
        self.told.append(text)


def transcript(session: Session) -> str:
    """The talk as plain lines show it when it is taken up again."""
    lines = _Lines()
    Talk(session, lines).transcript()
    return "\n".join(lines.told)


def write(folder: Path, number: int, store: Store, attempt_id: str, said: str) -> None:
    """Write an attempt into the folder, and the versions it was played with where they are not there yet."""
    attempt = store.attempt(attempt_id)
    rubrics = store.rubric_versions(attempt_id)
    whole = {
        "attempt": asdict(attempt),
        "rubrics": list(rubrics),
        "events": [asdict(event) for event in store.events(attempt_id)],
        "assessments": [asdict(made) for made in store.assessments(attempt_id)],
        "transcript": said,
    }
    for name, text in {attempt.scenario_hash: store.scenario_version(attempt.scenario_hash), **rubrics}.items():
        _write(folder / "versions" / f"{name}.json.gz", text)
    _write(folder / f"{number:02}-{attempt.scenario_id}.json.gz", json.dumps(whole, indent=1, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


class FrozenStore:
    """One frozen attempt as a record to read from."""

    def __init__(self, path: Path) -> None:
        whole: dict[str, Any] = json.loads(_read(path))
        facts = whole["attempt"]
        self._attempt = Attempt(**{**facts, "state": AttemptState(facts["state"])})
        self._events = [Event(**event) for event in whole["events"]]
        self._assessments = [StoredAssessment(**made) for made in whole["assessments"]]
        self._rubrics = whole["rubrics"]
        self._versions = path.parent / "versions"
        self.transcript: str = whole["transcript"]
        self.id = self._attempt.id

    def attempt(self, _attempt: str) -> Attempt:
        """See Store."""
        return self._attempt

    def events(self, _attempt: str) -> list[Event]:
        """See Store."""
        return self._events

    def assessments(self, _attempt: str) -> list[StoredAssessment]:
        """See Store."""
        return self._assessments

    def scenario_version(self, scenario_hash: str) -> str:
        """See Store."""
        return _read(self._versions / f"{scenario_hash}.json.gz")

    def rubric_versions(self, _attempt: str) -> dict[str, str]:
        """See Store."""
        return {name: self.scenario_version(name) for name in self._rubrics}

    def draft(self, _attempt: str) -> str:
        """See Store."""
        return ""
