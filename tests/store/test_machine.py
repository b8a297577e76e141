"""Anything a learner may do with their record, in any order, against a model of it in memory.

The short form runs with every test run; the long form, 2,000 examples, is the last step of `make endure`. What is typed
is new each time, so that after an erasure every file can be searched for it.
"""

from __future__ import annotations

import copy
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, multiple, precondition, rule
from short_talk import SHORT_TALK

from simulator.catalogue.types import Finding, Heard, Reading, Span
from simulator.library import Library
from simulator.practice import Practice, Session
from simulator.scenario import Scenario
from simulator.store import LOCAL_LEARNER, backups, engine_for, open_store
from simulator.store.check import check
from simulator.store.erase import Choice, erase
from simulator.store.restore import restore

EXAMPLES = int(os.environ.get("ROLEPLAY_EXAMPLES", "15"))
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where files are kept in memory: thousands of examples wait for the disk for hours."""
CALM = 2
"""Things that are said or typed between two that happen to the record."""
LEARNERS = (LOCAL_LEARNER, "heron")
HEARS, CURT = "hears", "curt"


def read(text: str, heard: Heard) -> Reading:
    """A reader that knows two kinds of reply by their first word."""
    kind = text.partition(" ")[0]
    behaviour, cue = {HEARS: ("feeling_label", "tired"), CURT: ("calm_down", None)}.get(kind, ("", None))
    found = (Finding(behaviour, Span(0, len(text)), 0.9, "told", cue, 2 if cue else 0),) if behaviour else ()
    return Reading(reply=text, findings=found, answered=(cue,) if cue else (), reader="told-1")


@dataclass
class Talk:
    """What the model knows of an attempt."""

    learner: str
    replies: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    draft: str = ""
    parent: str | None = None


Model = dict[str, Talk]


def disturbable(machine: RecordMachine) -> bool:
    """Whether enough was said since the record was last killed, copied, put back or erased in."""
    return machine.calm >= CALM


class Shelf(Library):
    """A library that reads its scenario once for all examples: that takes longer than everything else together."""

    @staticmethod
    @cache
    def _read(_id: str) -> Scenario:
        return Library().open_scenario(_id)

    def open_scenario(self, scenario: str) -> Scenario:
        return self._read(scenario)


class RecordMachine(RuleBasedStateMachine):
    """The record on SQLite, worked with by two learners."""

    talks = Bundle("talks")
    copies = Bundle("copies")

    @initialize(target=talks)
    def open(self) -> object:
        self.folder = Path(tempfile.mkdtemp(prefix="roleplay-machine-", dir=MEMORY))
        (self.folder / "scenarios").mkdir()
        (self.folder / "scenarios" / "short-talk.yaml").write_text(SHORT_TALK, encoding="utf-8")
        self.environment = patch.dict(os.environ, {"ROLEPLAY_HOME": str(self.folder)})
        self.environment.start()
        self.record = self.folder / "record.db"
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
        self.model: Model = {}
        self.kept: dict[Path, Model] = {}
        self.erased: list[str] = []
        self.number = 0
        self.calm = 0
        self._open_all()
        return multiple(*(self.start(learner, seed=1) for learner in LEARNERS))

    def _open_all(self) -> None:
        """As new processes would: nothing is left of the old ones but the files."""
        self.sessions: dict[str, Session] = {}
        self.practices = {
            learner: Practice(open_store(self.record, self._clock, learner), Shelf(), read) for learner in LEARNERS
        }

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now

    def _session(self, attempt: str) -> Session:
        if attempt not in self.sessions:
            self.sessions[attempt] = self.practices[self.model[attempt].learner].resume(attempt)
        return self.sessions[attempt]

    def _words(self, kind: str) -> str:
        self.number += 1
        self.calm += 1
        return f"{kind} word{self.number:06}z"

    # --- talking

    @rule(target=talks, learner=st.sampled_from(LEARNERS), seed=st.integers(0, 5))
    def start(self, learner: str, seed: int) -> str:
        session = self.practices[learner].begin("short-talk", seed)
        self.model[session.id] = Talk(learner)
        self.sessions[session.id] = session
        return session.id

    @rule(attempt=talks, kinds=st.lists(st.sampled_from([HEARS, CURT, "plain"]), min_size=1, max_size=3))
    def reply(self, attempt: str, kinds: list[str]) -> None:
        for kind in kinds:
            if attempt in self.model and not self._session(attempt).ended:
                words = self._words(kind)
                self._session(attempt).reply(words)
                talk = self.model[attempt]
                talk.replies.append(words)
                talk.typed.append(words)
                talk.draft = ""

    @rule(attempt=talks)
    def take_back(self, attempt: str) -> None:
        if attempt in self.model:
            taken = self._session(attempt).undo()
            talk = self.model[attempt]
            assert (taken.reply if taken else None) == (talk.replies.pop() if talk.replies else None)

    @rule(attempt=talks)
    def type(self, attempt: str) -> None:
        if attempt in self.model:
            words = self._words("draft")
            self._session(attempt).save_draft(words)
            self.model[attempt].draft = words
            self.model[attempt].typed.append(words)

    @rule(attempt=talks)
    def quit(self, attempt: str) -> None:
        if attempt in self.model:
            if not self._session(attempt).ended:
                self._session(attempt).leave()
            self.sessions.pop(attempt, None)

    @rule(target=talks, attempt=talks, turn=st.integers(1, 3))
    def rewind(self, attempt: str, turn: int) -> object:
        talk = self.model.get(attempt)
        if talk is None or turn > len(talk.replies):
            return multiple()
        session = self.practices[talk.learner].rewind(attempt, turn)
        kept, draft = talk.replies[: turn - 1], talk.replies[turn - 1]
        self.model[session.id] = Talk(talk.learner, kept, [*kept, draft], draft, parent=attempt)
        self.sessions[session.id] = session
        return session.id

    @rule(attempt=talks)
    def resume(self, attempt: str) -> None:
        self.sessions.pop(attempt, None)
        if attempt in self.model:
            self._compare(attempt)

    # --- what may happen to the record

    @precondition(disturbable)
    @rule()
    def kill(self) -> None:
        """The process goes, without a word, in the middle of a write: a half-written file with its journal is left."""
        self.calm = 0
        for practice in self.practices.values():
            practice.store.close()
        crashed = self.folder / "crashed"
        with closing(sqlite3.connect(self.record, isolation_level=None)) as connection:
            connection.execute("PRAGMA cache_size = 1")  # so that changes reach the file before they are committed
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM drafts")
            connection.execute("UPDATE attempts SET turns = 99, head = 'lost'")
            connection.execute("CREATE TABLE half AS SELECT zeroblob(20000) AS written")
            shutil.copy(self.record, crashed)
            journal = self.record.with_name("record.db-journal")
            left = journal.read_bytes() if journal.exists() else b""
            connection.execute("ROLLBACK")
        crashed.replace(self.record)
        journal.write_bytes(left)
        self._open_all()

    @precondition(disturbable)
    @rule(target=copies)
    def back_up(self) -> Path:
        self.calm = 0
        made = backups.make(self.record, "asked", self._clock())
        self.kept[made.path] = copy.deepcopy(self.model)
        return made.path

    @precondition(disturbable)
    @rule(target=copies, path=consumes(copies))
    def restore(self, path: Path) -> object:
        self.calm = 0
        now = copy.deepcopy(self.model)
        for practice in self.practices.values():
            practice.store.close()
        count, before = restore(self.record, path, self._clock)
        assert before is not None
        self.kept[before.path] = now
        self.model = copy.deepcopy(self.kept[path])
        assert count == len(self.model)
        self._open_all()
        return multiple(path, before.path)

    @precondition(disturbable)
    @rule(learner=st.sampled_from(LEARNERS))
    def erase_a_learner(self, learner: str) -> None:
        self.calm = 0
        mine = [name for name, talk in self.model.items() if talk.learner == learner]
        done = erase(self.practices[learner].store, Choice(learner=learner))
        assert done.attempts == len(mine)
        assert done.removed == ()
        self._forget(lambda _, talk: talk.learner == learner)

    @precondition(disturbable)
    @rule(attempt=talks)
    def erase_one_talk(self, attempt: str) -> None:
        if attempt in self.model:
            self.calm = 0
            gone = {attempt}
            while more := {name for name, talk in self.model.items() if talk.parent in gone} - gone:
                gone |= more
            done = erase(self.practices[self.model[attempt].learner].store, Choice(attempts=[attempt]))
            assert done.attempts == len(gone)
            self._forget(lambda name, _: name in gone)

    def _forget(self, meant: Callable[[str, Talk], bool]) -> None:
        for model in (self.model, *self.kept.values()):
            for name in [name for name, talk in model.items() if meant(name, talk)]:
                self.erased += model.pop(name).typed
                self.sessions.pop(name, None)
        self._none_of_it_is_left()

    def _none_of_it_is_left(self) -> None:
        kept = {words for model in (self.model, *self.kept.values()) for talk in model.values() for words in talk.typed}
        files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        for words in self.erased:
            if words not in kept:
                assert [path.name for path, data in files.items() if words.encode() in data] == []

    # --- what must hold

    def _compare(self, attempt: str) -> None:
        talk, session = self.model[attempt], self._session(attempt)
        assert [turn.reply for turn in session.turns] == talk.replies
        assert session.draft() == talk.draft
        assert self.practices[talk.learner].store.verify(attempt) == []

    @precondition(disturbable)
    @rule()
    def look_back(self) -> None:
        for learner, practice in self.practices.items():
            listed = {past.attempt.id for past in practice.history()}
            mine = {name: talk for name, talk in self.model.items() if talk.learner == learner}
            assert listed == {name for name, talk in mine.items() if talk.replies}
            assert {attempt.id for attempt in practice.store.attempts()} == set(mine)

    def teardown(self) -> None:
        if not hasattr(self, "environment"):
            return
        try:
            self.sessions.clear()
            for attempt in self.model:
                self._compare(attempt)
            assert check(engine_for(self.record)).faults == ()
            for path, model in self.kept.items():
                found = check(engine_for(path))
                assert (found.attempts, found.faults) == (len(model), ())
        finally:
            self.environment.stop()
            shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.usefixtures("home")
class TestRecord(RecordMachine.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
