"""The short forms of what attempts must endure; the long forms are `make endure`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.endure.flips import flip

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pseudo-terminals are POSIX's")


@posix
@pytest.mark.parametrize(("kills", "app_share"), [(4, 0), (3, 1)], ids=["plain", "app"])
def test_what_was_seen_outlives_kill_9(tmp_path: Path, kills: int, app_share: float) -> None:
    from benchmarks.endure.kills import kill

    tally = kill(tmp_path, kills=kills, seed=4, workers=1, app_share=app_share)
    assert tally.wrong == []
    assert tally.kills == kills
    assert tally.in_app == kills * app_share
    assert tally.turns_seen


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of another process are Linux's")
def test_writes_that_fail_lose_no_words_and_break_nothing(tmp_path: Path) -> None:
    from benchmarks.endure.faults import break_writes

    tally = break_writes(tmp_path, faults=6, seed=3)
    assert tally.wrong == []
    assert tally.faults.total() == 6


def test_every_flipped_bit_of_an_event_is_found(tmp_path: Path) -> None:
    tally = flip(tmp_path, flips=20, seed=2, talks=2)
    assert tally.missed == []
    assert tally.in_file
