"""A scenario, a rubric, a reader and a coach of the app's own tests, so that no other folder's words move them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator.catalogue.types import Finding, Heard, Reading, Span
from simulator.library import Library
from simulator.practice import Practice, Session
from simulator.rubric.feedback import Feedback
from simulator.store import open_store
from simulator.tui.app import RolePlay

SCENARIOS = Path(__file__).parent / "scenarios"
HEARS = "Since eight, and nobody came to say a word. That is a long morning."
PROMISES = "I will find out now and be back in ten minutes."
CURT = "You have to wait like everybody else."

FOUND = {HEARS: ("feeling_label", "tired"), PROMISES: ("close_with_plan", "when"), CURT: ("command", None)}

WELCOME = Practice.welcome

Start = Callable[..., RolePlay]


def read(text: str, heard: Heard) -> Reading:
    """A reader that knows three replies."""
    behaviour, cue = FOUND.get(text, ("", None))
    found = (Finding(behaviour, Span(0, len(text)), 0.9, "told", cue, 2 if cue else 0),) if behaviour else ()
    return Reading(reply=text, findings=found, answered=(cue,) if cue else (), reader="told-1")


def coach(session: Session, turns: object) -> Feedback:
    """A coach of few words."""
    return Feedback(1, word="Stay with what was said before you ask for more.")


class Clock:
    """Half a minute passes whenever it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One time zone, colours, one coach for all, and no dictionaries loaded for the reader that is not used."""
    monkeypatch.setattr(Session, "_coach", coach)
    monkeypatch.setattr("simulator.language.warm_up", lambda: None)
    monkeypatch.setattr(Practice, "welcome", lambda _: "")  # it names the folder, which differs at each run
    monkeypatch.delenv("NO_COLOR", raising=False)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def library(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the tests' own scenarios; nothing that ships is in it. Gives its folder."""
    monkeypatch.setattr("simulator.library.shipped", lambda _kind: [])
    folder = home / "scenarios"
    (home / "rubrics").mkdir(parents=True)
    folder.mkdir()
    for path in SCENARIOS.glob("*.yaml"):
        place = home / "rubrics" if path.stem == "hearing" else folder
        (place / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture
def practice(home: Path) -> Practice:
    """The practice the app will work with, to prepare and to look into."""
    return Practice(open_store(home / "record.db", Clock()), Library(), read)


@pytest.fixture
def start(practice: Practice) -> Start:
    """The app over that practice. The clients' choice of words is settled."""

    def started(**wanted: str) -> RolePlay:
        return RolePlay(seed=7, open_practice=lambda: practice, **wanted)  # type: ignore[arg-type]

    return started
