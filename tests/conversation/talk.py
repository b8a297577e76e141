"""Small scenarios and readings made by hand, so that a test says only what it is about."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulator.catalogue.types import Finding, Mention, Offer, Promise, Question, QuestionKind, Reading, Span
from simulator.conversation import Position, Turn, advance, begin
from simulator.scenario import Scenario, load_text

SCENARIOS = Path(__file__).parent.parent / "scenario"

ALONE: dict[str, Any] = {
    "format": 1,
    "id": "small",
    "title": "Small",
    "sector": "social work",
    "difficulty": 1,
    "minutes": 5,
    "practises": ["active listening"],
    "rubrics": ["active-listening"],
    "summary": "A small talk.",
    "brief": "You meet Ada.",
    "desk": {},
    "objectives": {"o": {"text": "Listen.", "met": "always"}},
    "client": {"name": "Ada", "about": "A woman of 50.", "temperament": "guarded"},
    "start": "first",
    "states": {"first": {"line": "Hello there."}},
    "endings": {"done": {"outcome": "met", "relationship": "same", "line": "Goodbye now."}},
}

COUPLE: dict[str, Any] = {
    **{key: value for key, value in ALONE.items() if key != "client"},
    "people": {
        "ada": {"name": "Ada", "about": "A woman.", "temperament": "guarded", "meters": {"trust": {"start": 20}}},
        "ben": {
            "name": "Ben",
            "about": "A man.",
            "temperament": "guarded",
            "meters": {"trust": {"start": 60}, "agitation": {"start": 70}},
        },
    },
}


def scenario(base: dict[str, Any] = ALONE, **parts: Any) -> Scenario:
    """A loaded scenario: the base, with these parts of the file in place of its own. `first` holds keys for the
    first state, `client` and the people's ids keys for a person."""
    data = {**base, **parts}
    # A scenario must have a way to an ending; most tests want none that matters.
    data["anywhere"] = [*data.get("anywhere", ()), {"id": "at_last", "when": "turn >= 900", "to": "done"}]
    if "first" in parts:
        data["states"] = {**data["states"], "first": {**data["states"]["first"], **data.pop("first")}}
    if "client" in parts:
        data["client"] = {**base["client"], **parts["client"]}
    people = {name: data.pop(name) for name in ("ada", "ben") if name in parts}
    if people:
        data["people"] = {name: {**person, **people.get(name, {})} for name, person in data["people"].items()}
    # JSON is YAML too, and repeats what is repeated where yaml.dump would write an anchor.
    return load_text(json.dumps(data, ensure_ascii=False), "small.yaml")


def shipped(name: str) -> Scenario:
    """A scenario of the tests of `simulator.scenario`."""
    path = SCENARIOS / f"{name}.yaml"
    return load_text(path.read_text(encoding="utf-8"), path.name)


def reads(*shown: str, reply: str = "Something the learner says.", **more: Any) -> Reading:
    """A reading that shows these behaviours: `validation`, `validation of scared`, `validation to ben`, with a
    confidence where one follows (`blame 0.4`)."""
    whole = Span(0, len(reply))
    findings = []
    for text in shown:
        words = text.split()
        confidence = float(words.pop()) if words[-1][0].isdigit() else 1.0
        beside = dict(zip(words[1::2], words[2::2], strict=True))
        findings.append(Finding(words[0], whole, confidence, "test", beside.get("of"), 0, beside.get("to")))
    return Reading(reply, tuple(findings), **more)


def asks(
    topic: str | None, kind: str = "what", *, subject: str = "", score: float = 1.0, at: int = 0, **others: float
) -> Question:
    """A question on a topic; `others` it may be about as well, with their scores."""
    return Question(QuestionKind(kind), Span(at, at + 5), topic, score, subject, others=tuple(others.items()))


def brings(*points: str) -> tuple[Mention, ...]:
    """Points of the desk, brought one after the other."""
    return tuple(Mention(point, Span(10 * at, 10 * at + 5), 1.0) for at, point in enumerate(points))


def offers(issue: str, value: float) -> tuple[Offer, ...]:
    """A number put on an issue."""
    return (Offer(issue, value, Span(0, 5)),)


def promises(what: str, when: str = "") -> tuple[Promise, ...]:
    """A promise of the learner's."""
    return (Promise("you", what, when, Span(0, 5)),)


def play(of: Scenario, *readings: Reading, seed: int = 1, start: Position | None = None) -> list[Turn]:
    """The turns these readings make."""
    position = start or begin(of, seed)[0]
    turns = []
    for reading in readings:
        turns.append(advance(of, position, reading))
        position = turns[-1].after
    return turns


def at(of: Scenario, **changes: Any) -> Position:
    """The first position, with changes. `meters` are laid over those of the scenario."""
    position = begin(of, 1)[0]
    meters = {**position.meters, **{name: float(value) for name, value in changes.pop("meters", {}).items()}}
    return replace(position, meters=meters, **changes)


def sources(turn: Turn) -> list[str]:
    """Where the parts of a turn's utterance stand."""
    return [part.source for saying in turn.utterance.everything for part in saying.parts]
