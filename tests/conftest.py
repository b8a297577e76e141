"""What holds for every test: none of them touches the real home."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, in the environment of subprocesses too."""
    place = tmp_path / "home"
    monkeypatch.setenv("ROLEPLAY_HOME", str(place))
    return place
