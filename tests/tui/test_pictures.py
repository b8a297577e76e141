"""Every screen as it looks, in the three sizes it must look right in.

After a change that is meant: `pytest tests/tui/test_pictures.py --snapshot-update`, then look at the pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from simulator.practice import Practice
from simulator.report.course import Course, MeterCourse, TurningPoint
from simulator.report.values import (
    CriterionView,
    Debrief,
    FactView,
    MissedView,
    ObjectiveView,
    Point,
    Quote,
    RubricView,
)

from .conftest import CURT, HEARS, PROMISES, Start
from .steps import app_of, begin, press, say, settle

Prepare = Callable[[Pilot[None]], Awaitable[None]]
SIZES = [(80, 24), (60, 20), (120, 40)]

DEBRIEF = Debrief(
    scenario="front-desk",
    title="Nobody said how long",
    replies=3,
    finished=True,
    outcome="partly",
    relationship="same",
    ending_text="She stayed. She would have said more, had there been room for it.",
    objectives=(ObjectiveView("heard", "Let her say how it is", met=True), ObjectiveView("plan", "Agree", met=False)),
    rubrics=(
        RubricView(
            "hearing",
            "Hearing people out",
            50.0,
            50.0,
            indicative=True,
            criteria=(
                CriterionView(
                    "names",
                    "Names what is felt",
                    "A feeling that is named loses some of its weight.",
                    graded=True,
                    level=2,
                    descriptor="A feeling is named in one reply out of three.",
                    advice="Do it a little more often.",
                    phrase="You have had enough of waiting.",
                    evidence=(Quote(1, "Feeling named", HEARS, "I am tired."),),
                    against=(Quote(3, "Command", CURT, "How much longer?"),),
                ),
                CriterionView("ends", "Ends well", "", True, None, "", "", "", (), ()),
            ),
            broken=(),
        ),
    ),
    strengths=(Point(1, "Feeling named", HEARS, "I am tired.", "You named what she felt.", ""),),
    growth=(Point(3, "Command", CURT, "How long?", "She heard an order.", "Ask.", "I will find out for you."),),
    missed=(MissedView(0, "feeling", "I am tired, and nobody says a word."),),
    facts=(FactView("late_bus", "She was up at five for the bus.", 1), FactView("ill", "", None)),
    course=Course(
        (
            MeterCourse("trust", (30.0, 50.0, 55.0, 45.0), "high", "wary", "wary"),
            MeterCourse("agitation", (50.0, 35.0, 30.0, 60.0), "low", "angry", "angry"),
        )
    ),
    turning_points=(TurningPoint(1, better=True, points=35.0, words=HEARS, answer="Yes. Since eight."),),
)


async def library(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "j")


async def filtered(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "slash")
    pilot.app.screen.query_one(Input).value = "zebra"
    await settle(pilot)


async def brief(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "enter")


async def conversation(pilot: Pilot[None]) -> None:
    await begin(pilot)
    await say(pilot, HEARS)
    await press(pilot, "f3")


async def two_people(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "j", "enter", "b")
    await say(pilot, "Let us begin.")


async def ended(pilot: Pilot[None]) -> None:
    await begin(pilot)
    await say(pilot, HEARS, PROMISES, "Here I am.")


async def desk(pilot: Pilot[None]) -> None:
    await begin(pilot)
    await press(pilot, "f2")


async def leaving(pilot: Pilot[None]) -> None:
    await begin(pilot)
    await say(pilot, HEARS)
    await press(pilot, "escape")


async def help_screen(pilot: Pilot[None]) -> None:
    await begin(pilot)
    await press(pilot, "f1")


def debrief(*keys: str) -> Prepare:
    async def shown(pilot: Pilot[None]) -> None:
        screen = await begin(pilot)
        await say(pilot, HEARS, "Hm.", CURT)
        app_of(pilot).debrief(screen.session, DEBRIEF)
        await settle(pilot)
        await press(pilot, *keys)

    return shown


async def history(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "h")


SCREENS: dict[str, Prepare] = {
    "library": library,
    "nothing-found": filtered,
    "brief": brief,
    "conversation": conversation,
    "two-people": two_people,
    "ended": ended,
    "desk": desk,
    "leaving": leaving,
    "help": help_screen,
    "outcome": debrief(),
    "criteria": debrief("2", "j"),
    "course": debrief("3"),
    "talk": debrief("2", "j", "enter"),
    "history": history,
}


@pytest.fixture
def _past(practice: Practice, library_with_a_broken_file: Path) -> None:
    """Two talks held before: one to its end, one left."""
    for replies in ((HEARS, PROMISES, "Here I am."), (HEARS,)):
        session = practice.begin("front-desk", seed=7)
        for reply in replies:
            session.reply(reply)
        session.leave()


@pytest.fixture
def library_with_a_broken_file(library: Path) -> Path:
    """The folder of the library, with a file that cannot be played."""
    (library / "half.yaml").write_text("format: 1\nid: half\ntitle: Half a file\n", encoding="utf-8")
    return library


@pytest.mark.usefixtures("_past")
@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("name", SCREENS)
def test_screens_look_as_they_did(
    snap_compare: Callable[..., bool], start: Start, name: str, size: tuple[int, int]
) -> None:
    assert snap_compare(start(), terminal_size=size, run_before=SCREENS[name])
