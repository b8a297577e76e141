"""The conversation, by keyboard alone."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from textual.events import Key, Paste

from simulator.catalogue.types import Heard, Reading
from simulator.practice import Practice
from simulator.store import StoreError
from simulator.tui.blocks import Block, Kind
from simulator.tui.screens.brief import BriefScreen
from simulator.tui.screens.conversation import DRAFT_AFTER, ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.leave import LeaveScreen
from simulator.tui.screens.library import LibraryScreen
from simulator.tui.screens.panel import Panel
from simulator.tui.widgets.editor import Editor
from simulator.tui.widgets.transcript import STRIDE, WINDOW, BlockView, Transcript

from .conftest import CURT, HEARS, PROMISES, Start, read
from .steps import begin, closed, press, said, say, settle, shown


async def test_a_reply_is_answered_coached_and_kept(start: Start, practice: Practice) -> None:
    app = start()
    async with app.run_test() as pilot:
        screen = await begin(pilot)
        assert said(pilot) == ["I have been here since eight. I am tired, and nobody says a word."]
        await say(pilot, HEARS)
        assert said(pilot, Kind.LEARNER) == [HEARS]
        assert said(pilot, Kind.CLIENT)[-2:] == ["Yes. Since eight.", "I was up at five for the bus. How much longer?"]
        assert said(pilot, Kind.COACH) == ["Stay with what was said before you ask for more."]
        assert screen.query_one(Editor).text == ""
        assert practice.resume(screen.session.id).turns == screen.session.turns
        assert len(screen.session.turns) == 1


async def test_the_mood_is_told_in_words_and_what_moved_is_marked(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        assert shown(pilot, "Meters") == "trust ██░░░ wary   agitation ███░░ angry"
        await say(pilot, HEARS)
        assert "listening ↑" in shown(pilot, "Meters")
        assert "tense ↓" in shown(pilot, "Meters")


async def test_an_ending_leads_to_the_debrief(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS, PROMISES, "Here I am.")
        assert not screen.query_one(Editor).display
        assert "ten minutes later" in said(pilot, Kind.SCENE)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)


async def test_the_last_reply_can_be_taken_back_even_after_the_ending(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS, CURT)
        assert screen.session.ended
        await press(pilot, "f8")
        assert not screen.session.ended
        assert said(pilot, Kind.LEARNER) == [HEARS]
        assert screen.query_one(Editor).text == CURT
        assert screen.query_one(Editor).has_focus


async def test_taking_back_leaves_alone_what_is_being_written(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS)
        screen.query_one(Editor).put("So far")
        await press(pilot, "f8")
        assert screen.query_one(Editor).text == "So far"


async def test_letters_line_ends_and_enter_keep_their_order(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        app = pilot.app
        for key in ("a", "b", "backspace", "ctrl+j", "d", "left", "c", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert said(pilot, Kind.LEARNER) == ["a\ncd"]


async def test_what_is_written_before_the_talk_stands_there_is_not_lost(start: Start, practice: Practice) -> None:
    session = practice.begin("front-desk")
    session.save_draft("I was ")
    app = start(attempt=session.id)
    async with app.run_test() as pilot:
        while not isinstance(app.screen, ConversationScreen):
            await pilot.pause(0.01)
        app.screen.query_one(Editor).insert("saying")
        await settle(pilot)
        assert app.screen.query_one(Editor).text == "I was saying"


async def test_a_paste_arrives_whole_and_without_escapes(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        screen.query_one(Editor).post_message(Paste("One.\r\nTwo.\x1b[31m\n\x07Three."))
        await settle(pilot)
        assert screen.query_one(Editor).text == "One.\nTwo.\nThree."
        assert screen.session.turns == ()


async def test_the_editor_grows_to_five_lines(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        heights = []
        for lines in (1, 3, 5, 9):
            screen.query_one(Editor).put("\n".join(["line"] * lines))
            await settle(pilot)
            heights.append(screen.query_one(Editor).content_size.height)
        assert heights == [1, 3, 5, 5]


async def test_nothing_is_sent_while_a_reply_is_being_worked_on(start: Start, practice: Practice) -> None:
    go = threading.Event()

    def slow(text: str, heard: Heard) -> Reading:
        go.wait(5)
        return read(text, heard)

    practice._read = slow
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        editor = screen.query_one(Editor)
        editor.put(HEARS)
        await pilot.press("enter")
        await pilot.pause()
        assert editor.read_only
        assert said(pilot, Kind.LEARNER) == [HEARS]
        await pilot.press("x", "enter")
        go.set()
        await settle(pilot)
        assert len(screen.session.turns) == 1
        assert not editor.read_only


async def test_what_could_not_be_saved_comes_back_into_the_editor(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)

        def full(_text: str) -> None:
            raise StoreError("The disk is full [/] [b.")

        screen.session.reply = full  # type: ignore[assignment,method-assign]
        await say(pilot, HEARS)
        assert screen.query_one(Editor).text == HEARS
        assert said(pilot, Kind.LEARNER) == []
        assert [notice.message for notice in pilot.app._notifications] == ["The disk is full [/] [b."]
        del screen.session.reply  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert said(pilot, Kind.LEARNER) == [HEARS]


async def test_an_empty_reply_is_not_sent(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await press(pilot, "enter")
        assert screen.session.turns == ()
        assert "(silence)" in str(screen.query_one(Editor).border_subtitle)


async def test_hints_go_from_a_nudge_to_nearly_an_example(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await press(pilot, "f3", "f3", "f3", "f3")
        assert said(pilot, Kind.HINT) == [
            "She named a feeling.",
            "She is tired.",
            "Say that she is tired of waiting.",
        ]
        await say(pilot, HEARS)
        await press(pilot, "f3")
        assert said(pilot, Kind.HINT)[-1] == "She asked you something."


async def test_the_coach_can_be_silenced(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS)
        (coach,) = screen.query(".-coach")
        await press(pilot, "f4")
        assert not coach.display
        await press(pilot, "f4")
        assert coach.display


async def test_the_desk_and_the_help_line_are_a_key_away(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        for key, words in (("f2", "The doctor is an hour late."), ("ctrl+d", "Put her first"), ("f9", "ward sister")):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, Panel)
            assert words in shown(pilot)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, ConversationScreen)


async def test_leaving_in_the_middle_asks_and_the_talk_can_go_on(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS)
        screen.query_one(Editor).put("I will")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LeaveScreen)
        await press(pilot, "s")
        assert pilot.app.screen is screen
        await press(pilot, "ctrl+q", "l")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "Nobody said how long, 1 turn" in shown(pilot, "#unfinished")
        await press(pilot, "c")
        assert said(pilot, Kind.LEARNER) == [HEARS]
        assert pilot.app.screen.query_one(Editor).text == "I will"


async def test_quitting_asks_only_in_the_middle_of_a_talk(start: Start) -> None:
    app = start()
    async with app.run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS)
        await press(pilot, "f2", "ctrl+q")
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("q")
        await asyncio.wait_for(closed(app), 10)
    assert app.return_code == 0
    other = start()
    async with other.run_test() as pilot:
        await begin(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(other.screen, LibraryScreen)


async def test_a_draft_is_kept_without_being_sent(start: Start, practice: Practice) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        screen.query_one(Editor).put("I am half")
        await pilot.pause(DRAFT_AFTER * 1.5)
        await settle(pilot)
        assert practice.resume(screen.session.id).draft() == "I am half"


async def test_who_writes_without_a_rest_is_kept_up_with(start: Start, practice: Practice) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        for letters in range(1, 9):
            screen.query_one(Editor).put("word " * letters)
            await pilot.pause(DRAFT_AFTER / 4)
        assert len(practice.resume(screen.session.id).draft()) >= len("word word ")


async def test_words_just_sent_outlive_a_crash_while_they_are_read(start: Start, practice: Practice) -> None:
    drafts = []

    def look(text: str, heard: Heard) -> Reading:
        drafts.append(practice.store.draft(practice.store.attempts()[0].id))
        return read(text, heard)

    practice._read = look
    async with start().run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS)
    assert drafts == [HEARS]


async def test_a_draft_that_cannot_be_kept_is_said_once_and_leaving_without_it_asks(
    start: Start, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_attempt: str, _text: str) -> None:
        raise StoreError("The disk is full.")

    app = start()
    async with app.run_test() as pilot:
        screen = await begin(pilot)
        await say(pilot, HEARS)
        monkeypatch.setattr(practice.store, "save_draft", full)
        for text in ("One", "One more", "One more time"):
            screen.query_one(Editor).put(text)
            await pilot.pause(DRAFT_AFTER * 1.5)
            await settle(pilot)
        assert [notice.message for notice in app._notifications] == ["The disk is full."]
        await press(pilot, "escape", "l")
        assert app.screen is screen
        assert screen.query_one(Editor).text == "One more time"
        await press(pilot, "escape", "l")
        assert isinstance(app.screen, LibraryScreen)


async def test_two_people_are_told_apart(start: Start) -> None:
    async with start(scenario="two-voices").run_test() as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, BriefScreen)
        await press(pilot, "enter")
        await say(pilot, "Let us begin.")
        names = [block.name for block in pilot.app.screen.query_one(Transcript).blocks if block.kind is Kind.CLIENT]
        assert names == ["Ben", "Cora"]
        ben, cora = shown(pilot, "Meters").splitlines()
        assert ben.startswith("Ben ")
        assert cora.startswith("Cora")
        assert "↑" in cora
        assert "↑" not in ben


async def test_a_long_talk_mounts_a_window_and_can_be_walked(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await begin(pilot)
        talk = screen.query_one("#talk", Transcript)
        await talk.show(Block(Kind.CLIENT, number, "Ada", f"Line {number}") for number in range(3 * WINDOW))
        await talk.add(Block(Kind.CLIENT, 3 * WINDOW, "Ada", "The last"))
        await settle(pilot)
        talk.focus()

        def ends() -> tuple[int, int]:
            views = list(talk.query(BlockView))
            assert len(views) == WINDOW
            return views[0].block.turn, views[-1].block.turn

        assert ends() == (2 * WINDOW + 1, 3 * WINDOW)
        await press(pilot, "g")
        assert ends() == (0, WINDOW - 1)
        await press(pilot, "G")
        assert talk.is_vertical_scroll_end
        assert ends() == (2 * WINDOW + 1, 3 * WINDOW)
        talk.scroll_home(animate=False)
        await press(pilot, "pageup")
        assert ends() == (2 * WINDOW + 1 - STRIDE, 3 * WINDOW - STRIDE)


async def test_text_that_looks_like_markup_or_drives_a_terminal_is_only_text(start: Start, library: Path) -> None:
    nasty = (library / "front-desk.yaml").read_text(encoding="utf-8")
    nasty = nasty.replace("Nobody said how long", '"[/] [bold red]Ward nine[/x"')
    nasty = nasty.replace('"I have been here since eight.', '"[/] [@click=app.quit]here[/] [b')
    nasty = nasty.replace("She does not look up.", '"[/i]"').replace("The doctor is an hour late.", '"[/] late"')
    (library / "front-desk.yaml").write_text(nasty, encoding="utf-8")
    async with start().run_test() as pilot:
        await settle(pilot)
        assert "[/] [bold red]Ward nine[/x" in shown(pilot)
        await press(pilot, "enter", "b")
        assert said(pilot) == ["[/] [@click=app.quit]here[/] [b I am tired, and nobody says a word."]
        await say(pilot, "[/] \x1b[31mmine \u202e[b\x07")
        assert said(pilot, Kind.LEARNER) == ["[/] mine [b"]
        for key in ("f2", "f1", "f9"):
            await press(pilot, key, "escape")
        await press(pilot, "f8")
        assert pilot.app.screen.query_one(Editor).text == "[/] mine [b"
