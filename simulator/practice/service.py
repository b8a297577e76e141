"""The service itself: what can be begun, resumed and looked back on, over one record and one library."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulator.catalogue.types import Heard, Reading
from simulator.conversation.turn import Turn
from simulator.library import Library
from simulator.practice.session import Read, Session
from simulator.practice.upkeep import begin_upkeep
from simulator.practice.values import SHORT_ID, Opening, Past, PracticeError
from simulator.settings import paths, settings
from simulator.store import Attempt, AttemptState, Event, NewAttempt, open_store

if TYPE_CHECKING:
    from simulator.practice.replay import Replay
    from simulator.report.compare import Comparison
    from simulator.report.debrief import Debrief
    from simulator.rubric.model import Rubric
    from simulator.scenario.model import Scenario
    from simulator.store.store import Store


_NEAR = 1000
"""Attempts among which the one meant is looked for when an id is mistyped."""


def open_practice() -> Practice:
    """The user's own practice: their library, and the record where `settings.settings` says. Once a day a backup is
    made behind it. Raises StoreError and SettingsError."""
    chosen = settings()
    practice = Practice(open_store(chosen.record, _now, chosen.pseudonym), Library(paths()))
    begin_upkeep(practice.store, _now)
    return practice


def _now() -> datetime:
    return datetime.now(UTC)


class Practice:
    """Everything a learner does, over one record and one library."""

    def __init__(self, store: Store, library: Library, read: Read | None = None) -> None:
        """`read` turns a reply into a reading (None: the reader that ships)."""
        self.store = store
        self.library = library
        self._read = read
        self._versions: dict[str, Scenario] = {}

    def begin(self, scenario_id: str, seed: int | None = None) -> Session:
        """A new attempt at a scenario (an id or a path), kept from the first line on. The seed (None: a
        random one) settles the client's choice of words. Raises LibraryError, ScenarioError, StoreError."""
        from simulator.conversation import begin, codec, compiled_hash
        from simulator.scenario import to_json

        scenario = self.library.open_scenario(scenario_id)
        rubrics = [self.library.open_rubric(name) for name in scenario.rubrics]
        seed = secrets.randbits(31) if seed is None else seed
        opening = Opening(*begin(scenario, seed))
        by_hash = {_sha256(_compiled(rubric)): rubric for rubric in rubrics}
        new = NewAttempt(
            scenario_id=scenario.id,
            scenario_hash=compiled_hash(scenario),
            scenario=to_json(scenario),
            seed=seed,
            rubrics={name: (rubric.id, _compiled(rubric)) for name, rubric in by_hash.items()},
        )
        attempt = self.store.start(new, codec.to_bytes(opening).decode())
        return Session(self.store, self.read, attempt, scenario, by_hash, opening, ())

    def resume(self, attempt_id: str) -> Session:
        """An attempt as it was left, on the version of the scenario it began with. Raises StoreError."""
        from simulator.conversation import codec
        from simulator.rubric.model import Rubric

        attempt = self.store.attempt(attempt_id)
        first, *rest = self.store.events(attempt_id)
        opening = codec.from_bytes(Opening, first.payload.encode())
        rubrics = {
            name: Rubric.model_validate_json(text) for name, text in self.store.rubric_versions(attempt_id).items()
        }
        turns = tuple(codec.from_bytes(Turn, event.payload.encode()) for event in standing(rest))
        scenario = self._version(attempt.scenario_hash)
        return Session(self.store, self.read, attempt, scenario, rubrics, opening, turns)

    def rewind(self, attempt_id: str, turn: int) -> Session:
        """Go back to a turn of any attempt, counted from 1, and try again from there: a new attempt, a branch, with
        the turns before that one. What was said in it is the branch's draft; the attempt itself stays as it is.

        Raises PracticeError where the talk has no such turn, StoreError.
        """
        from simulator.conversation import codec
        from simulator.rubric.model import Rubric

        attempt = self.store.attempt(attempt_id)
        first, *rest = self.store.events(attempt_id)
        turns = standing(rest)
        if not 1 <= turn <= len(turns):
            raise PracticeError(_no_such_turn(turn, len(turns)))
        compiled = self.store.rubric_versions(attempt_id)
        kept = turns[: turn - 1]
        new = NewAttempt(
            scenario_id=attempt.scenario_id,
            scenario_hash=attempt.scenario_hash,
            scenario=self.store.scenario_version(attempt.scenario_hash),
            seed=attempt.seed,
            rubrics={name: (Rubric.model_validate_json(text).id, text) for name, text in compiled.items()},
            parent=attempt_id,
            parent_turn=len(kept),
            parent_event=(kept[-1] if kept else first).id,
        )
        said = codec.from_bytes(Turn, turns[turn - 1].payload.encode()).reply
        return self.resume(self.store.start(new, first.payload, kept, said).id)

    def replay(self, attempt_id: str) -> Replay:
        """Whether what is stored of an attempt is, byte for byte, what it was. Raises StoreError."""
        from simulator.practice.replay import replay

        attempt = self.store.attempt(attempt_id)
        return replay(self._version(attempt.scenario_hash), attempt.seed, self.store.events(attempt_id))

    def unfinished(self, scenario_id: str | None = None, limit: int | None = None) -> list[Past]:
        """Attempts that can be taken up again, the latest first: those with a turn or a draft in them.

        With `scenario_id` only those at this scenario; with `limit` no more than that.
        """
        states = (AttemptState.OPEN, AttemptState.LEFT)
        return self._past(self.store.attempts(*states, scenario=scenario_id, drafted=True, limit=limit))

    def history(self, limit: int | None = None, offset: int = 0) -> list[Past]:
        """Every attempt with at least one turn, the latest first; with `limit` no more than that, with
        `offset` without the first ones."""
        return self._past(self.store.attempts(begun=True, limit=limit, offset=offset))

    def held(self) -> int:
        """How many attempts `history` lists in all."""
        return self.store.count(begun=True)

    def welcome(self) -> str:
        """What a learner is told before their first talk: what is kept, and where. Empty once they have begun one."""
        if self.store.attempts(limit=1):
            return ""
        kept = "What you write and how it went is kept"
        more = "To look after it: roleplay data --help."
        if self.store.file is not None:
            return f"{kept} in {self.store.file}, which you alone can read; nothing is sent anywhere. {more}"
        return f"{kept} in {self.store.place}, under the pseudonym {self.store.learner}. {more}"

    def ended(self) -> list[str]:
        """The ids of the attempts that have ended, the latest first."""
        return [attempt.id for attempt in self.store.attempts(AttemptState.ENDED)]

    def latest(self) -> str:
        """The id of the attempt last left unfinished. Raises PracticeError where there is none."""
        unfinished = self.unfinished(limit=1)
        if not unfinished:
            raise PracticeError("There is no unfinished talk to take up.")
        return unfinished[0].attempt.id

    def debrief(self, attempt_id: str) -> Debrief:
        """The debrief of any attempt, finished or not. Raises StoreError."""
        return self.resume(attempt_id).debrief()

    def compare(self, left: str, right: str) -> Comparison:
        """Two attempts at one scenario side by side. Raises PracticeError where they are at two, StoreError."""
        from simulator.report.compare import Told, compare

        sessions = [self.resume(left), self.resume(right)]
        if sessions[0].scenario.id != sessions[1].scenario.id:
            titles = " and ".join(f"`{session.scenario.title}`" for session in sessions)
            raise PracticeError(f"Only two talks of one scenario can be set side by side; these are of {titles}.")
        return compare(*(Told(one.id[:SHORT_ID], one.turns, one.debrief()) for one in sessions))

    def attempt_id(self, prefix: str) -> str:
        """The whole id of the attempt whose id begins with `prefix`. Raises PracticeError where there is
        none or more than one."""
        from simulator.scenario.errors import did_you_mean

        found = self.store.ids(prefix.lower()) if prefix else []
        if len(found) == 1:
            return found[0]
        if found:
            raise PracticeError(f"Several attempts begin with `{prefix}`; write more of the id.")
        known = {attempt.id[: max(SHORT_ID, len(prefix))] for attempt in self.store.attempts(limit=_NEAR)}
        near = did_you_mean(prefix, known)
        raise PracticeError(f"There is no attempt `{prefix}`. {near}".rstrip())

    def read(self, text: str, heard: Heard) -> Reading:
        """What a reply is read as, by the reader this practice was given."""
        if self._read is None:
            from simulator.language import read

            self._read = read
        return self._read(text, heard)

    def _past(self, attempts: Sequence[Attempt]) -> list[Past]:
        titles = self.store.titles({attempt.scenario_hash for attempt in attempts})
        totals = self.store.totals([attempt.id for attempt in attempts if attempt.ending])
        return [
            Past(attempt, titles[attempt.scenario_hash], attempt.ending, attempt.outcome, totals.get(attempt.id, {}))
            for attempt in attempts
        ]

    def _version(self, scenario_hash: str) -> Scenario:
        from simulator.scenario import from_json

        if scenario_hash not in self._versions:
            self._versions[scenario_hash] = from_json(self.store.scenario_version(scenario_hash))
        return self._versions[scenario_hash]


def standing(events: Iterable[Event]) -> list[Event]:
    """The turn events that stand: each `undone` takes back the turn before it."""
    turns: list[Event] = []
    for event in events:
        if event.kind == "turn":
            turns.append(event)
        elif event.kind == "undone":
            turns.pop()
    return turns


def _no_such_turn(turn: int, turns: int) -> str:
    if not turns:
        return "This talk has no turn yet to go back to."
    return f"This talk has no turn {turn}: it has {f'the turns 1 to {turns}' if turns > 1 else 'one turn'}."


def _compiled(rubric: Rubric) -> str:
    # Not sorted: a rubric's criteria are shown in the order of its file.
    return json.dumps(rubric.model_dump(mode="json", by_alias=True), separators=(",", ":"), ensure_ascii=False)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
