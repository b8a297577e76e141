"""What a learner does, for the tests to do: by keys alone, but for text, which is put into the editor at once."""

from __future__ import annotations

import asyncio

from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from simulator.tui.app import RolePlay
from simulator.tui.blocks import Kind
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.screens.page import ASKING
from simulator.tui.widgets.editor import Editor
from simulator.tui.widgets.transcript import Transcript


def app_of(pilot: Pilot[None]) -> RolePlay:
    """The app being driven."""
    assert isinstance(pilot.app, RolePlay)
    return pilot.app


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is being worked on and the screen shows what came of it; a question may stay open."""
    quiet = 0
    while quiet < 2:
        await pilot.pause()
        busy = any(not worker.is_finished and worker.group != ASKING for worker in app_of(pilot).workers)
        quiet = 0 if busy else quiet + 1
    for field in pilot.app.screen.query("Input, TextArea").results(Input | TextArea):
        field.cursor_blink = False


async def closed(app: RolePlay) -> None:
    """Wait until the app is on its way out."""
    while app.return_code is None:
        await asyncio.sleep(0.02)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after the last has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def say(pilot: Pilot[None], *replies: str) -> None:
    """Send replies."""
    for reply in replies:
        pilot.app.screen.query_one(Editor).put(reply)
        await press(pilot, "enter")


async def begin(pilot: Pilot[None]) -> ConversationScreen:
    """From the library into the first scenario's talk."""
    await settle(pilot)
    await press(pilot, "enter", "b")
    screen = pilot.app.screen
    assert isinstance(screen, ConversationScreen)
    return screen


def said(pilot: Pilot[None], kind: Kind | None = None) -> list[str]:
    """The texts of the transcript, of one kind or all."""
    blocks = pilot.app.screen.query_one(Transcript).blocks
    return [block.text for block in blocks if kind is None or block.kind is kind]


def shown(pilot: Pilot[None], selector: str = "Static") -> str:
    """All text that stands on the screen in widgets of a kind."""
    return "\n".join(str(widget.render()) for widget in pilot.app.screen.query(selector).results(Static))


def contrast(one: Color, other: Color) -> float:
    """How two colours stand out from one another, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def faint(pilot: Pilot[None]) -> dict[str, float]:
    """Words painted on the screen, or on the panel laid over it, that stand out by less than 4.5 to 1."""
    screen, found = pilot.app.screen, {}
    over = next((panel.region for panel in screen.query(".panel")), screen.region)
    for row, strip in enumerate(screen._compositor.render_strips()):
        column = 0
        for segment in strip:
            style, inside = segment.style, over.contains(column, row)
            column += segment.cell_length
            if inside and style and style.color and style.bgcolor and any(char.isalnum() for char in segment.text):
                ratio = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
                if ratio < 4.5:
                    found[segment.text.strip()] = ratio
    return found
