"""How a scenario speaks of people, and whether it warns of what may hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from simulator.authoring.words import settings
from simulator.catalogue.types import CueKind
from simulator.scenario.checks import Complaint
from simulator.scenario.walk import Path, lines_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario


def complaints(scenario: Scenario) -> Iterator[Complaint]:
    """Words that label people in the author's own voice, and risk nobody is warned of."""
    for path, text in _authors_words(scenario):
        for found in _labels().finditer(text):
            yield Complaint("label-word", f"`{found[0]}` labels a person", path, _instead(found[0]), on_key=False)
    if scenario.content_note is None and (why := _risk(scenario)):
        yield Complaint("no-content-note", f"there is no content note, and {why}", ("title",))


def _authors_words(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What the author says, not the client: a client may well call others names."""
    yield ("title",), scenario.title
    yield ("summary",), scenario.summary
    yield ("brief",), scenario.brief
    for name, person in scenario.people.items():
        yield ("people", name, "about"), person.about
    for part in ("know", "may_offer", "may_not"):
        for number, item in enumerate(getattr(scenario.desk, part)):
            yield ("desk", part, number, "text"), item.text
    for name, objective in scenario.objectives.items():
        yield ("objectives", name, "text"), objective.text
    for name, state in scenario.states.items():
        for number, hint in enumerate(state.hint):
            yield ("states", name, "hint", number), hint
        if state.model_reply:
            yield ("states", name, "model_reply"), state.model_reply
    for name, ending in scenario.endings.items():
        if ending.debrief:
            yield ("endings", name, "debrief"), ending.debrief


@cache
def _labels() -> re.Pattern[str]:
    return _any_of(settings()["labels"])


@cache
def _dangers() -> re.Pattern[str]:
    return _any_of(settings()["risk"])


def _any_of(phrases: object) -> re.Pattern[str]:
    words = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))  # type: ignore[call-overload]
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _instead(word: str) -> str:
    better = settings()["labels"].get(word.lower())
    return f"Write, for example, `{better}`." if better else ""


def _risk(scenario: Scenario) -> str:
    for path, line in lines_of(scenario):
        place = " ".join(map(str, path[:-1]))
        if any(cue.kind is CueKind.RISK for cue in line.cues.values()):
            return f"a cue in {place} is a risk"
        for text in line.variants:
            if found := _dangers().search(text):
                return f"a line in {place} speaks of `{found[0]}`"
    return ""
