"""The debrief, the help, the palette and the looks, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from textual.binding import Binding
from textual.color import Color
from textual.widget import Widget
from textual.widgets import Input, TabbedContent

from simulator.practice import Practice
from simulator.tui.app import RolePlay
from simulator.tui.blocks import Kind
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.page import Page
from simulator.tui.screens.panel import Panel
from simulator.tui.screens.rewind import RewindScreen
from simulator.tui.theme import CALM, CONTRAST
from simulator.tui.widgets.editor import Editor
from simulator.tui.widgets.listing import Listing
from simulator.tui.widgets.quote import QuoteView
from simulator.tui.widgets.transcript import BlockView, Transcript

from .conftest import CURT, HEARS, PROMISES, Start
from .steps import begin, faint, press, said, say, settle, shown


async def test_the_debrief_tells_what_it_came_to(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS, PROMISES, "Here I am.")
        await press(pilot, "enter")
        told = shown(pilot, "#outcome Static")
        assert "You heard her and you came back." in told
        assert "She was up at five for the bus. (turn 1)" in told
        assert "[x]" in told
        assert "[ ]" not in told


async def test_evidence_leads_to_its_turn_and_keys_change_the_tab(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await say(pilot, "Hm.", HEARS, PROMISES, "Here I am.")
        await press(pilot, "enter", "2", "j")
        quote = pilot.app.focused
        assert isinstance(quote, QuoteView)
        assert HEARS[:30] in shown(pilot, "QuoteView Static")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(TabbedContent).active == "talk"
        marked = [view.block for view in pilot.app.screen.query(BlockView) if view.has_class("-marked")]
        assert marked[0].text == HEARS
        assert {block.turn for block in marked} == {2}
        for key, tab in (("1", "outcome"), ("3", "course"), ("2", "criteria"), ("4", "talk")):
            await press(pilot, key)
            assert pilot.app.screen.query_one(TabbedContent).active == tab


async def test_a_turn_can_be_tried_again_and_the_paths_compared(start: Start, practice: Practice) -> None:
    async with start().run_test() as pilot:
        first = await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "w")
        assert isinstance(pilot.app.screen, RewindScreen)
        assert "This one stays as it is." in shown(pilot)
        await press(pilot, "enter")
        branch = pilot.app.screen
        assert isinstance(branch, ConversationScreen)
        assert branch.session.parent == first.session.id
        assert said(pilot, Kind.LEARNER) == [HEARS]
        assert branch.query_one(Editor).text == CURT
        await say(pilot, PROMISES, "Here I am.")
        await press(pilot, "enter", "p")
        assert isinstance(pilot.app.screen, Panel)
        told = shown(pilot, "#panel Static")
        assert "The first turn is the same. Then they part." in told
        assert f"A ({first.session.id[:8]})" in told
        await press(pilot, "escape", "escape", "h")
        assert f"a branch of {first.session.id[:8]} from turn 2" in "".join(
            str(option.prompt) for option in pilot.app.screen.query_one(Listing).options
        )
    assert practice.resume(first.session.id).ended


async def test_a_rewind_can_be_let_be(start: Start, practice: Practice) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "w", "escape")
        assert isinstance(pilot.app.screen, DebriefScreen)
    assert len(practice.store.attempts()) == 1


async def test_the_talk_is_there_with_the_coach(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "4")
        assert said(pilot, Kind.LEARNER) == [HEARS, CURT]
        assert len(said(pilot, Kind.COACH)) == 2


async def test_the_course_is_drawn_with_marks_and_told_in_words(start: Start) -> None:
    async with start().run_test(size=(80, 40)) as pilot:
        await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "3")
        painted = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert "●● trust" in painted
        assert "×× agitation" in painted
        assert "Agitation rose: angry at the start, at the edge at the end." in painted


async def test_retry_begins_the_same_talk_anew(start: Start, practice: Practice) -> None:
    async with start().run_test() as pilot:
        first = await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "r")
        again = pilot.app.screen
        assert isinstance(again, ConversationScreen)
        assert again.session.id != first.session.id
        assert again.session.scenario == first.session.scenario
        assert again.session.turns == ()


async def test_long_pages_scroll_by_keys(start: Start) -> None:
    async with start().run_test(size=(60, 20)) as pilot:
        await begin(pilot)
        await say(pilot, HEARS, CURT)
        await press(pilot, "enter", "G")
        page = pilot.app.screen.query("#outcome VerticalScroll").first()
        assert page.is_vertical_scroll_end
        assert page.scroll_y > 0
        await press(pilot, "g", "j", "j", "k")
        assert page.scroll_y == 1


async def test_a_talk_without_a_reply_taken_has_an_honest_debrief(start: Start, practice: Practice) -> None:
    session = practice.begin("front-desk", seed=7)
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.debrief(session, None)
        await settle(pilot)
        assert "Left unfinished after 0 replies" in shown(pilot, "#outcome Static")
        await press(pilot, "3")
        assert "nothing was said" in shown(pilot, "#course Static")


async def test_the_palette_finds_what_a_key_does_and_does_it(start: Start) -> None:
    async with start().run_test() as pilot:
        await begin(pilot)
        await press(pilot, "ctrl+p")
        pilot.app.screen.query_one(Input).value = "know and may offer"
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Panel)
        assert "The doctor is an hour late." in shown(pilot)


async def test_help_lists_the_keys_of_the_screen_it_was_called_from(start: Start) -> None:
    async with start().run_test() as pilot:
        await settle(pilot)
        await press(pilot, "f1")
        assert "Your earlier talks" in shown(pilot)
        await press(pilot, "escape")
        await begin(pilot)
        await press(pilot, "f1")
        told = shown(pilot)
        assert "Ctrl+J, Shift+Enter" in told
        assert "Take back your last reply" in told
        assert "Your earlier talks" not in told


@pytest.mark.parametrize("width", [40, 60, 80])
async def test_the_hints_fit_whole_and_always_name_help(start: Start, width: int) -> None:
    async with start().run_test(size=(width, 20)) as pilot:
        await settle(pilot)
        for keys in ((), ("enter",), ("b",), ("f3",)):
            await press(pilot, *keys)
            hints = list(pilot.app.screen.query("FooterKey").results(Widget))
            assert "Help" in {hint.render().plain.split()[-1] for hint in hints}  # type: ignore[attr-defined]
            assert hints[-1].region.right <= width


@pytest.mark.parametrize("theme", [CALM.name, CONTRAST.name])
async def test_all_words_stand_out_at_four_and_a_half_to_one(start: Start, theme: str) -> None:
    app = start()
    async with app.run_test() as pilot:
        await settle(pilot)
        if app.theme != theme:
            await press(pilot, "f6")
        assert app.theme == theme
        assert faint(pilot) == {}
        await press(pilot, "slash")
        assert faint(pilot) == {}
        await press(pilot, "escape", "enter")
        assert faint(pilot) == {}
        await press(pilot, "b", "f3")
        await say(pilot, HEARS)
        assert faint(pilot) == {}
        await press(pilot, "escape")
        assert faint(pilot) == {}
        await press(pilot, "s", "f1")
        assert faint(pilot) == {}
        await press(pilot, "escape")
        await say(pilot, CURT)
        await press(pilot, "enter")
        for tab in ("1", "2", "j", "3", "4"):
            await press(pilot, tab)
            assert faint(pilot) == {}


async def test_without_colour_the_screen_is_grey_and_says_the_same(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = start()
    async with app.run_test() as pilot:
        await begin(pilot)
        await say(pilot, HEARS)
        colours = {
            colour.triplet
            for strip in app.screen._compositor.render_strips()
            for segment in strip.apply_filter(app._filters[-1], Color.parse("black"))
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour and colour.triplet
        }
        assert len(colours) > 2
        assert all(red == green == blue for red, green, blue in colours)
        assert "listening ↑" in shown(pilot, "Meters")


def bindings(kind: type[Any]) -> list[Binding]:
    return [binding for binding in kind.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding)]


def kinds(root: type[Any]) -> set[type[Any]]:
    return {root, *(kind for child in root.__subclasses__() for kind in kinds(child))}


def test_every_key_has_an_id_of_its_own_and_says_what_it_does() -> None:
    ours = {kind for kind in kinds(Widget) | {RolePlay} if kind.__module__.startswith("simulator.tui")}
    found = [binding for kind in ours for binding in bindings(kind)]
    assert {Page, DebriefScreen, Transcript} <= ours
    assert len(found) > 30
    assert all(binding.id and binding.tooltip for binding in found)
    assert len({binding.id for binding in found}) == len(found)


def test_escape_is_never_the_only_way() -> None:
    also = {"leave": "ctrl+q asks the same", "no_filter": "the filter can be emptied"}
    for kind in kinds(Widget):
        if kind.__module__.startswith("simulator.tui"):
            for binding in bindings(kind):
                same = [other.key for other in bindings(kind) if other.action == binding.action]
                assert same != ["escape"] or binding.action in also, binding
