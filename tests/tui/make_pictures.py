"""Makes the pictures of the app for the docs, from a scenario that ships: `python -m tests.tui.make_pictures`.

The record it writes is a temporary one, and the seed is fixed, so the pictures change only when the app does.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from simulator.settings import HOME_VARIABLE
from simulator.tui.app import RolePlay
from simulator.tui.screens.conversation import ConversationScreen
from simulator.tui.widgets.editor import Editor

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZE = (100, 30)
SCENARIO = "rent-arrears"
GOOD_TALK = "a good talk, from the desk to the call"
"""The scenario's own test that is played."""


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is being worked on."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    for field in pilot.app.screen.query("Input, TextArea").results(Input | TextArea):
        field.cursor_blink = False


def keep(app: RolePlay, name: str) -> None:
    """Save the screen as it is; no font is fetched from anywhere to show it."""
    picture = re.sub(r"@font-face\s*\{[^}]*\}", "", app.export_screenshot(title="roleplay"))
    picture = picture.replace("Fira Code, monospace", "monospace").replace("Fira Code", "monospace")
    (IMAGES / f"{name}.svg").write_text(picture, encoding="utf-8")


async def main() -> None:
    """The library, the conversation and the debrief."""
    app = RolePlay(seed=2)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        keep(app, "library")
        app.brief(SCENARIO)
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        talk = app.screen
        assert isinstance(talk, ConversationScreen)
        played = next(test for test in talk.session.scenario.tests if test.name == GOOD_TALK)
        for number, turn in enumerate(played.turns, start=1):
            talk.query_one(Editor).put(turn.reply or "")
            await pilot.press("enter")
            await settled(pilot)
            if number == 2:
                keep(app, "conversation")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("2", "j")
        await settled(pilot)
        keep(app, "debrief")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        asyncio.run(main())
