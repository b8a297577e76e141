"""The library, the brief, the history and the ways between them, by keyboard alone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList

from simulator.practice import Practice
from simulator.store import StoreError
from simulator.tui.app import RolePlay
from simulator.tui.blocks import Kind
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.library import LibraryScreen
from simulator.tui.widgets.listing import Listing

from .conftest import CURT, HEARS, PROMISES, WELCOME, Start
from .steps import closed, press, said, say, settle, shown


def titles(app: RolePlay) -> list[str]:
    """The titles listed, without the headings."""
    return [str(option.prompt).strip() for option in app.screen.query_one(Listing).options if not option.disabled]


async def test_scenarios_are_listed_by_sector_with_details(start: Start) -> None:
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert titles(app) == ["Nobody said how long", "Two at the table"]
        assert "healthcare · easy · about 4 minutes" in shown(pilot, "Details Static")
        await press(pilot, "j")
        assert "social work · hard" in shown(pilot, "Details Static")
        assert "mediation, de-escalation" in shown(pilot, "Details Static")


@pytest.mark.parametrize(
    ("words", "found"), [("hard", ["Two at the table"]), ("HEALTH listen", ["Nobody said how long"])]
)
async def test_the_filter_finds_by_any_word_of_the_card(start: Start, words: str, found: list[str]) -> None:
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        app.screen.query_one(Input).value = words
        await settle(pilot)
        assert titles(app) == found
        await press(pilot, "escape")
        assert len(titles(app)) == 2
        assert isinstance(app.focused, OptionList)


async def test_a_filter_that_fits_nothing_says_how_to_go_on(start: Start) -> None:
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one(Input).value = "zebra"
        await settle(pilot)
        assert "Escape shows all again" in shown(pilot, "Details Static")
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)


async def test_an_empty_library_says_where_files_go(start: Start, library: Path) -> None:
    for path in library.glob("*.yaml"):
        path.unlink()
    async with start().run_test() as pilot:
        await settle(pilot)
        assert str(library) in shown(pilot, "Details Static").replace("\n", "")


async def test_a_broken_file_is_listed_with_its_error_and_does_not_open(start: Start, library: Path) -> None:
    (library / "half.yaml").write_text("format: 1\nid: half\ntitle: Half a file\n", encoding="utf-8")
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert titles(app)[-1] == "Half a file"
        await press(pilot, "G")
        assert "lacks a proper" in shown(pilot, "Details Static")
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_scenario_that_cannot_be_used_says_why_in_its_brief(start: Start, library: Path) -> None:
    path = library / "front-desk.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("to: goes", "to: nowhere [/]"), encoding="utf-8")
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "nowhere" in shown(pilot, ".trouble")
        await press(pilot, "b")
        assert isinstance(app.screen, BriefScreen)
        assert app.screen.query_one("#begin", Button).disabled
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_title_that_would_drive_the_terminal_is_shown_without_its_escapes(start: Start, library: Path) -> None:
    path = library / "front-desk.yaml"
    nasty = path.read_text(encoding="utf-8").replace(
        "Nobody said how long", '"\\e[31m[/]Ward\\e]0;owned\\a \\u202enine"'
    )
    path.write_text(nasty, encoding="utf-8")
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert titles(app)[0] == "[/]Ward nine"
        painted = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "[/]Ward nine" in painted
        assert not {"\x1b", "\x07", "\u202e"} & set(painted)


async def test_the_brief_tells_what_the_learner_knows(start: Start) -> None:
    async with start().run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        told = shown(pilot)
        for words in (
            "You cover the front desk of the clinic this morning. Ada Quill has been here since eight.",
            "Before you begin: This talk mentions an illness.",
            "Agree what happens next",
            "The doctor is an hour late.",
            "To find out and come back",
            "Put her first",
            "Ring the ward sister, room 4.",
        ):
            assert words in told
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_brief_offers_to_go_on_with_what_was_left(start: Start, practice: Practice) -> None:
    session = practice.begin("front-desk", seed=7)
    session.reply(HEARS)
    session.leave()
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ConversationScreen)
        assert said(pilot, Kind.LEARNER) == [HEARS]


async def test_the_library_remembers_how_it_went(start: Start, practice: Practice) -> None:
    for replies in ((HEARS, PROMISES, "Here I am."), (HEARS, CURT)):
        session = practice.begin("front-desk", seed=7)
        for reply in replies:
            session.reply(reply)
    async with start().run_test() as pilot:
        await settle(pilot)
        told = shown(pilot, "Details Static")
        assert "Last time 2026-03-01" in told
        assert "not reached, hearing" in told


async def test_the_history_opens_debriefs_and_talks(start: Start, practice: Practice) -> None:
    ended, left = practice.begin("front-desk", seed=7), practice.begin("two-voices", seed=7)
    for reply in (HEARS, PROMISES, "Here I am."):
        ended.reply(reply)
    left.reply("Let us begin.")
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert isinstance(app.screen, HistoryScreen)
        rows = titles(app)
        assert "Two at the table\n  2026-03-01" in rows[0]
        assert "unfinished after 1 turn" in rows[0]
        assert "· reached\n  hearing" in rows[1]
        await press(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        await press(pilot, "escape", "l")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, DebriefScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, LibraryScreen)


async def test_an_empty_history_says_so(start: Start) -> None:
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "h", "enter", "d", "c")
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.query_one("#nothing").display


async def test_a_record_that_cannot_be_opened_is_one_message_and_the_library_stands() -> None:
    def broken() -> Practice:
        raise StoreError("The record could not be opened: its folder is missing or may not be written to.")

    app = RolePlay(open_practice=broken)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert len(titles(app)) == 2
        assert [notice.severity for notice in app._notifications] == ["error"]


async def test_an_error_nobody_expected_closes_the_screen_and_is_handed_on() -> None:
    def broken() -> Practice:
        raise RuntimeError("a bug")

    app = RolePlay(open_practice=broken)
    async with app.run_test():
        await asyncio.wait_for(closed(app), 10)
    assert isinstance(app.failure, RuntimeError)


async def test_an_attempt_asked_for_is_taken_up_at_once(start: Start, practice: Practice) -> None:
    session = practice.begin("front-desk", seed=7)
    session.reply(HEARS)
    app = start(attempt=session.id)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ConversationScreen)
        await say(pilot, PROMISES)
        assert said(pilot, Kind.LEARNER) == [HEARS, PROMISES]


async def test_the_reader_is_made_ready_once_and_after_the_record(
    start: Start, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    history = practice.history
    monkeypatch.setattr(practice, "history", lambda *_: done.append("record") or history())
    monkeypatch.setattr("simulator.language.warm_up", lambda: done.append("reader"))
    async with start().run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter", "escape")
        assert done == ["record", "reader", "record"]


FIRST_PAINT = """
import asyncio, sys, threading
from simulator.tui.app import RolePlay

HEAVY = {"nltk", "pydantic", "sqlalchemy"}
opening, seen = threading.Event(), []

def open_practice():
    seen.extend(HEAVY & set(sys.modules))
    opening.set()
    from simulator.practice import open_practice
    return open_practice()

async def main():
    app = RolePlay(open_practice=open_practice)
    async with app.run_test() as pilot:
        while not opening.is_set():
            await pilot.pause()
        painted = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Nobody said how long" in painted, painted

asyncio.run(main())
print(sorted(seen))
"""


def test_the_first_painted_screen_loads_no_heavy_library(home: Path) -> None:
    library = Path(__file__).parent / "scenarios" / "front-desk.yaml"
    (home / "scenarios" / "front-desk.yaml").write_text(library.read_text(encoding="utf-8"), encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "[]", ran.stderr


async def test_a_long_history_is_read_a_page_at_a_time(
    start: Start, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.tui.screens.history.PAGE", 4)
    monkeypatch.setattr("simulator.tui.screens.history.NEAR_END", 2)
    for number in range(10):
        practice.begin("two-voices", seed=number).reply("Let us begin.")
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert len(titles(app)) == 4
        assert "10 talks" in shown(pilot, ".title-bar--note")
        await press(pilot, "down", "down")
        assert len(titles(app)) == 8
        await press(pilot, "end", "end")
        assert len(titles(app)) == 10
        assert app.screen.query_one(Listing).highlighted == 9


async def test_before_the_first_talk_the_library_says_what_is_kept_and_where(
    start: Start, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Practice, "welcome", WELCOME)
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert str(practice.store.file) in shown(pilot, "#unfinished").replace("\n", "")
