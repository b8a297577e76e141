"""What holds for every test: none of them touches the real home. And a small scenario to practise with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from short_talk import SHORT_TALK

from benchmarks.server import NoServerError, make_database, server

# A person's run looks for new counterexamples; a run that gates a change must not fail on another's luck.
settings.register_profile("gate", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("gate")

NO_POSTGRESQL = "PostgreSQL: "
"""How the reason begins for which a test of PostgreSQL was left out."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly when nothing was tried on a PostgreSQL."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    missed = [reason.partition(NO_POSTGRESQL)[2] for reason in reasons if NO_POSTGRESQL in reason]
    if missed:
        terminalreporter.section("PostgreSQL was NOT tested", yellow=True)
        terminalreporter.line(f"{len(missed)} tests were skipped. {missed[0].rstrip(')').strip(chr(39))}", yellow=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, in the environment of subprocesses too."""
    place = tmp_path / "home"
    monkeypatch.setenv("ROLEPLAY_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server of this test run's own."""
    try:
        with server("fsync=off", "synchronous_commit=off", "full_page_writes=off") as address:
            yield address
    except NoServerError as error:
        pytest.skip(f"{NO_POSTGRESQL}{error}")


@pytest.fixture
def database(postgresql: str) -> str:
    """The URL of an empty PostgreSQL database."""
    return make_database(postgresql, uuid4().hex)


@pytest.fixture
def short_talk(home: Path) -> Path:
    """A small scenario in the user's own folder: two moments, and an ending two replies after the first is met."""
    path = home / "scenarios" / "short-talk.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SHORT_TALK, encoding="utf-8")
    return path
