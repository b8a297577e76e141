"""Replies changed by rule: what each change may do to the quality of a reply and to the help counted in it.

The replies are data (attacks.yaml). Under `known` stand the faults that are known, by change; a test fails when one of
them is mended, so that it is taken off the list.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from talks import typed

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Heard, HeardLine, OpenCue, Reading
from simulator.language import read
from simulator.library import Library
from simulator.rubric.assess import assess
from simulator.rubric.scoring import scoring
from simulator.scenario import Scenario

DATA: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("attacks.yaml").read_text("utf-8"))
LEARNERS = Path(__file__).parent.parent / "learners"
REFLECTIONS = catalogue().groups["any_reflection"].members
GOOD_ENOUGH = 0.2
CLEARLY = 0.1
EACH = 4
"""Of other clients' lines every fourth is tried, to save time."""


@dataclass(frozen=True)
class Case:
    """A reply to a client's line, good or poor."""

    id: str
    line: str
    reply: str
    good: bool
    order: bool = False
    shows: tuple[str, ...] = ()

    def read(self, reply: str) -> Reading:
        """Another reply to the same line."""
        return _read(self.line, reply)

    @property
    def before(self) -> Reading:
        """The reply as it stands."""
        return self.read(self.reply)


@cache
def _read(line: str, reply: str) -> Reading:
    return read(reply, Heard(lines=(HeardLine("client", line),)))


def _cases(kind: str) -> tuple[Case, ...]:
    return tuple(
        Case(one["id"], one["line"], one["reply"], kind == "good", one.get("order", False), tuple(one.get("shows", ())))
        for one in DATA[kind]
    )


GOOD, POOR = _cases("good"), _cases("poor")
ALL = (*GOOD, *POOR)


def shown(reading: Reading) -> frozenset[str]:
    """What counts in full."""
    return frozenset(finding.behaviour for finding in reading.findings if finding.confidence >= 0.5)


def of_valence(reading: Reading, valence: str) -> frozenset[str]:
    return frozenset(each for each in shown(reading) if catalogue().valence(each) == valence)


def helped(reading: Reading) -> frozenset[str]:
    """The help that a rubric counts: none in a reply that was gamed, none beside harm that voids it."""
    rules = scoring()
    void = rules.gaming_gates & set(reading.gates) or (rules.gaming_behaviours | rules.voids) & shown(reading)
    return frozenset() if void else of_valence(reading, "helps")


# Changes: each makes a new reply of a case and the reply so far.

_SAYS = re.compile(r"\b(You're|You've|You were|You|It's|It was|It makes|It sounds|That took|I'm|We both|you felt)\b")
_NEGATED = {
    "You": "You never",
    "It makes": "It doesn't make",
    "It sounds": "It doesn't sound",
    "That took": "That didn't take any",
    "We both": "Neither of us",
    "you felt": "you never felt",
}
_PRONOUNS = {"i": "you", "me": "you", "my": "your", "i'm": "you're", "i've": "you've", "i'd": "you'd", "we": "you"}
_SMALL = frozenset({"with", "were", "been", "that", "this", "than"})


def negated(_: Case, reply: str) -> str:
    return _SAYS.sub(lambda found: _NEGATED.get(found[0], f"{found[0]} not"), reply)


def and_calm_down(_: Case, reply: str) -> str:
    return f"{reply} Calm down."


def but_calm_down(_: Case, reply: str) -> str:
    return f"{reply[:-1]}, but you need to calm down."


def and_an_insult(_: Case, reply: str) -> str:
    return f"{reply} You stupid woman."


def and_an_order(_: Case, reply: str) -> str:
    return f"{reply} Now be quiet and do as I say."


def stuffed(_: Case, reply: str) -> str:
    return f"{reply} I hear you. That must be hard. Tell me more. I understand."


def stuffed_first(_: Case, reply: str) -> str:
    return f"I hear you. That must be hard. I understand. {reply}"


def doubled(_: Case, reply: str) -> str:
    return f"{reply} {reply}"


def in_capitals(_: Case, reply: str) -> str:
    return reply.upper()


def shuffled(_: Case, reply: str) -> str:
    words = reply.split()
    random.Random(reply).shuffle(words)
    return " ".join(words)


def echoed(case: Case, _: str) -> str:
    return case.line


def echoed_as_you(case: Case, _: str) -> str:
    words = (_PRONOUNS.get(word.lower(), word) for word in case.line.split())
    return " ".join(words)


def keywords(case: Case, _: str) -> str:
    words = re.findall(r"[\w']+", case.line.lower())
    return ", ".join(word for word in words if len(word) > 3 and word not in _SMALL)


def sorry_but(_: Case, reply: str) -> str:
    return re.sub(r"(?=[.]|$)", ", but you could have told us sooner", reply, count=1)


def told_to(_: Case, reply: str) -> str:
    return f"So he told you to {reply[0].lower()}{reply[1:-1]}."


def quoted(_: Case, reply: str) -> str:
    return f'So he said to you, "{reply}"'


# Rules: what must hold of the reading of a case before and after.


def _no_higher(case: Case, after: Reading) -> bool:
    return after.quality <= case.before.quality


def _lower(case: Case, after: Reading) -> bool:
    return after.quality < case.before.quality if case.good else _no_higher(case, after)


def _saves_nothing(case: Case, after: Reading) -> bool:
    return after.quality <= (case.before.quality if case.good else max(0.0, case.before.quality))


def _reflects_nothing(case: Case, after: Reading) -> bool:
    return not helped(after) & REFLECTIONS


def _no_order(case: Case, after: Reading) -> bool:
    return _no_higher(case, after) and _reflects_nothing(case, after)


def _no_help(_: Case, after: Reading) -> bool:
    return not helped(after)


def _no_apology(_: Case, after: Reading) -> bool:
    return "apologise_specific" not in shown(after)


def _not_the_learners(case: Case, after: Reading) -> bool:
    return not of_valence(case.before, "harms") & of_valence(after, "harms")


def _always(_: Case) -> bool:
    return True


@dataclass(frozen=True)
class Transformation:
    """A change, the replies it is made to, and what must hold afterwards."""

    change: Callable[[Case, str], str]
    holds: Callable[[Case, Reading], bool]
    applies: Callable[[Case], bool] = _always
    stacks: bool = False
    """Whether it never raises, and may be put on top of another that never does."""

    @property
    def name(self) -> str:
        return self.change.__name__

    def breaks(self, case: Case) -> bool:
        return not self.holds(case, case.read(self.change(case, case.reply)))


TRANSFORMATIONS = (
    Transformation(negated, _lower, lambda case: case.good and bool(_SAYS.search(case.reply))),
    Transformation(and_calm_down, _lower, stacks=True),
    Transformation(but_calm_down, _lower, stacks=True),
    Transformation(and_an_insult, _lower, stacks=True),
    Transformation(and_an_order, _lower, stacks=True),
    Transformation(stuffed, _saves_nothing, stacks=True),
    Transformation(stuffed_first, _saves_nothing, stacks=True),
    Transformation(doubled, _no_higher, stacks=True),
    Transformation(in_capitals, _no_higher, stacks=True),
    Transformation(shuffled, _no_order, lambda case: case.good and bool(shown(case.before) & REFLECTIONS)),
    Transformation(echoed, _no_help),
    Transformation(echoed_as_you, _no_help),
    Transformation(keywords, _reflects_nothing),
    Transformation(sorry_but, _no_apology, lambda case: "apologise_specific" in case.shows),
    Transformation(told_to, _not_the_learners, lambda case: case.order),
    Transformation(quoted, _not_the_learners, lambda case: not case.good),
)
STACKING = tuple(each for each in TRANSFORMATIONS if each.stacks)


def known(change: str) -> frozenset[str]:
    """The cases that a change is known to be misread in."""
    return frozenset(case for fault in DATA["known"].get(change, ()) for case in fault["cases"])


def _held(change: str, case: str, *, broken: bool) -> None:
    """Fails where a fault is new, and where one that is known is mended."""
    listed = case in known(change)
    assert broken == listed, f"{change}, {case}: {'read rightly now, take it off `known`' if listed else 'misread'}"


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_good_reply_is_read_as_good(case: Case) -> None:
    groups = catalogue().groups
    wanted = {each for name in case.shows for each in (groups[name].members if name in groups else (name,))}
    _held("good", case.id, broken=case.before.quality < GOOD_ENOUGH or not helped(case.before) & wanted)


@pytest.mark.parametrize("case", POOR, ids=lambda case: case.id)
def test_a_poor_reply_is_read_as_poor(case: Case) -> None:
    reading = case.before
    broken = reading.quality >= 0 or bool(helped(reading)) or not of_valence(reading, "harms")
    _held("poor", case.id, broken=broken)


@pytest.mark.parametrize(
    ("transformation", "case"),
    [
        pytest.param(each, case, id=f"{each.name}-{case.id}")
        for each in TRANSFORMATIONS
        for case in ALL
        if each.applies(case)
    ],
)
def test_a_change_does_what_it_may(transformation: Transformation, case: Case) -> None:
    _held(transformation.name, case.id, broken=transformation.breaks(case))


Stack = tuple[Case, Transformation, Transformation]
STACKS: tuple[Stack, ...] = tuple(
    (case, *pair)
    for case in ALL
    for pair in product(STACKING, repeat=2)
    if not any(case.id in known(each.name) for each in pair)
)
"""Two changes on top of each other, where neither alone is a known fault."""


def _hold_stacked(case: Case, first: Transformation, second: Transformation) -> None:
    changed = case.read(second.change(case, first.change(case, case.reply)))
    _held(f"{first.name} then {second.name}", case.id, broken=not _saves_nothing(case, changed))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STACKS))
def test_two_changes_that_never_raise_do_not_raise_together(stack: Stack) -> None:
    _hold_stacked(*stack)


def test_known_faults_of_two_changes_are_still_faults() -> None:
    for case, first, second in STACKS:
        if case.id in known(f"{first.name} then {second.name}"):
            _hold_stacked(case, first, second)


@pytest.mark.parametrize("reply", DATA["mixes"] + DATA["sarcasm"])
def test_help_with_harm_in_it_does_not_help(reply: str) -> None:
    readings = [case.read(reply) for case in GOOD]
    _held("mocking", reply, broken=any(reading.quality > 0 or helped(reading) for reading in readings))


# Whole scenarios.


@dataclass(frozen=True)
class Moment:
    """A state of a scenario: what is heard there, and the model reply to it."""

    scenario: str
    heard: Heard
    reply: str


@cache
def _moments() -> tuple[Moment, ...]:
    library = Library()
    scenarios = [library.open_scenario(entry.path) for entry in library.index()]
    return tuple(
        Moment(
            scenario.id,
            Heard(
                lines=(HeardLine("client", state.line.variants[0]),),
                cues=tuple(OpenCue(cue) for cue in state.line.cues.values()),
            ),
            state.model_reply,
        )
        for scenario in scenarios
        for state in scenario.states.values()
        if state.line and state.line.variants and state.model_reply
    )


@pytest.mark.parametrize(
    ("measure", "of"),
    [
        ("quality", lambda reading: reading.quality),
        ("reflections", lambda reading: bool(helped(reading) & REFLECTIONS)),
        ("cues answered", lambda reading: bool(reading.answered)),
    ],
    ids=["quality", "reflections", "cues"],
)
def test_a_model_reply_earns_less_on_another_clients_line(measure: str, of: Callable[[Reading], float]) -> None:
    own = mean(of(read(moment.reply, moment.heard)) for moment in _moments())
    pairs = product(_moments(), _moments()[::EACH])
    others = mean(of(read(one.reply, other.heard)) for one, other in pairs if one.scenario != other.scenario)
    _held("pasted", measure, broken=others > own - CLEARLY)


def _listening(scenario: Scenario, replies: Sequence[str]) -> float:
    """What replies to a scenario earn for active listening."""
    return assess(Library().open_rubric("active-listening"), scenario, typed(scenario, replies)).total


@pytest.mark.parametrize("scenario", sorted(path.stem for path in LEARNERS.glob("*.yaml")))
def test_the_same_stock_phrase_every_turn_earns_less_than_a_middling_learner(scenario: str) -> None:
    talks = yaml.safe_load((LEARNERS / f"{scenario}.yaml").read_text("utf-8"))
    opened = Library().open_scenario(scenario)
    middling = min(_listening(opened, replies) for replies in talks["middling"])
    for number, phrase in enumerate(DATA["stock"]):
        _held(f"stock {number}", scenario, broken=_listening(opened, [phrase] * 6) >= middling)
