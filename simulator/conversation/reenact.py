"""The tests inside a scenario, played out: for each turn what was wanted, what came, and the client's
words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import (
    Finding,
    Heard,
    HeardLine,
    Mention,
    Offer,
    Promise,
    Question,
    Reading,
    Span,
)
from simulator.conversation.advance import advance, begin, heard
from simulator.conversation.evaluate import Moment, holds, sure
from simulator.conversation.reaction import FULL
from simulator.conversation.turn import Turn, Utterance

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.scripted import ScriptedTest, ScriptedTurn

Read = Callable[[str, Heard], Reading]
"""Reads a reply against what was heard before it."""

ADDED = "scripted"
"""Names the rule in findings that a test names outright."""


@dataclass(frozen=True, slots=True)
class TestTurn:
    """One turn of a test. `unmet` says in a line each what was wanted and what came instead; empty when all
    is well; `turn` is the whole of what came."""

    __test__ = False  # not a test of our own, whatever its name

    reply: str
    behaviours: tuple[str, ...]
    transition: str | None
    why: str
    state: str
    told: tuple[str, ...]
    says: str
    unmet: tuple[str, ...]
    turn: Turn


@dataclass(frozen=True, slots=True)
class TestResult:
    """How a test went. `path` holds the states and the ending passed through, in order; `unmet` what the test
    as a whole wanted in vain."""

    __test__ = False

    name: str
    turns: tuple[TestTurn, ...]
    path: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything wanted came."""
        return not self.unmet and not any(turn.unmet for turn in self.turns)


def run_tests(scenario: Scenario, read: Read) -> list[TestResult]:
    """Play every test of a scenario. `read` turns the words of a `reply` into a reading."""
    return [run_test(scenario, test, read) for test in scenario.tests]


def run_test(scenario: Scenario, test: ScriptedTest, read: Read) -> TestResult:
    """Play one test. Turns after an ending are not played: they are reported as unmet."""
    position, spoken = begin(scenario, test.seed)
    lines = list(_lines(spoken))
    turns: list[TestTurn] = []
    path = [position.state]
    unmet: list[str] = []
    for number, scripted in enumerate(test.turns, start=1):
        if position.ending is not None:
            unmet.append(f"wanted {len(test.turns)} turns, got {number - 1}: the talk ended in {position.ending}")
            break
        background = heard(scenario, position, lines)
        turn = advance(scenario, position, reading_of(scenario, scripted, background, read))
        position = turn.after
        lines += [HeardLine("learner", turn.reply), *_lines(turn.utterance)]
        turns.append(_result(scenario, scripted, turn))
        if position.state != path[-1]:
            path.append(position.state)
    if test.ending is not None and position.ending != test.ending:
        unmet.append(f"wanted the ending {test.ending}, got {position.ending or f'none: still in {position.state}'}")
    return TestResult(test.name, tuple(turns), tuple(path), tuple(unmet))


def _lines(spoken: Utterance) -> Iterator[HeardLine]:
    return (HeardLine("client", saying.text, saying.who) for saying in spoken.everything if saying.text)


def reading_of(scenario: Scenario, scripted: ScriptedTurn, background: Heard, read: Read) -> Reading:
    """The reading of one scripted turn: of its words, or of what it names outright, with what it adds to that."""
    reading = read(scripted.reply, background) if scripted.reply and not scripted.shown else _by_hand(scripted)
    return _with_additions(scenario, scripted, reading)


def reading_by_hand(scenario: Scenario, scripted: ScriptedTurn) -> Reading:
    """The reading of a scripted turn that has no words to read."""
    return _with_additions(scenario, scripted, _by_hand(scripted))


def _by_hand(scripted: ScriptedTurn) -> Reading:
    """A reading of the behaviours a test names, of which those that do no harm answer the cue they take
    up."""
    reply = scripted.reply or ", ".join(map(str, scripted.shown)) or "..."
    whole = Span(0, len(reply))
    valences = [catalogue().valence(one.behaviour) for one in scripted.shown]
    helps, harms = valences.count("helps"), valences.count("harms")
    return Reading(
        reply=reply,
        findings=tuple(
            Finding(one.behaviour, whole, 1.0, ADDED, one.cue, FULL if one.cue else 0, one.to) for one in scripted.shown
        ),
        answered=tuple(
            one.cue for one, valence in zip(scripted.shown, valences, strict=True) if one.cue and valence != "harms"
        ),
        addressed=next((one.to for one in scripted.shown if one.to), None),
        quality=(helps - harms) / max(1, helps + harms),
        reader=ADDED,
    )


def _with_additions(scenario: Scenario, scripted: ScriptedTurn, reading: Reading) -> Reading:
    """The reading with the questions, points, offers and promises a test adds to it."""
    whole = Span(0, len(reading.reply))
    forbidden = {point.id for point in scenario.point_words if point.forbidden}
    overpromise = any(name in forbidden for name in scripted.gives) and not reading.has("overpromise")
    undertaken = [(name, scenario.promises[name].about[0]) for name in scripted.promises]
    return replace(
        reading,
        findings=(*reading.findings, *([Finding("overpromise", whole, 1.0, ADDED)] if overpromise else [])),
        questions=(
            *reading.questions,
            *(Question(kind, whole, topic, 1.0, topic.replace("_", " ")) for topic, kind in scripted.asks.items()),
        ),
        points=(*reading.points, *(Mention(name, whole, 1.0) for name in scripted.gives)),
        mentions=(*reading.mentions, *(Mention(name, whole, 1.0) for name in scripted.mentions)),
        answered=tuple(dict.fromkeys((*reading.answered, *scripted.answers))),
        refused=tuple(dict.fromkeys((*reading.refused, *scripted.refuses))),
        discrepancies=tuple(dict.fromkeys((*reading.discrepancies, *scripted.notices))),
        quality=reading.quality if scripted.quality is None else scripted.quality,
        offers=(*reading.offers, *(Offer(issue, number, whole) for issue, number in scripted.offers.items())),
        promises=(*reading.promises, *(Promise("you", about, "", whole) for _, about in undertaken)),
    )


def _result(scenario: Scenario, scripted: ScriptedTurn, turn: Turn) -> TestTurn:
    return TestTurn(
        reply=turn.reply,
        behaviours=_shown(turn),
        transition=turn.transition,
        why=turn.why,
        state=turn.after.state,
        told=turn.told,
        says=turn.utterance.text,
        unmet=tuple(_unmet(scenario, scripted, turn)),
        turn=turn,
    )


def _unmet(scenario: Scenario, scripted: ScriptedTurn, turn: Turn) -> Iterator[str]:
    """What a turn wanted in vain, and what came instead."""
    after, known, shown = turn.after, catalogue(), _shown(turn)
    if scripted.state is not None and after.state != scripted.state:
        yield f"wanted the state {scripted.state}, got {after.state}"
    for fact in scripted.told:
        if fact not in after.told:
            yield f"wanted {fact} told, got {', '.join(after.told) or 'nothing'} told so far"
    for name in scripted.shows:
        if known.expand(name).isdisjoint(shown):
            yield f"wanted {name} shown, got {', '.join(shown) or 'nothing'}"
    if scripted.expect is not None and not holds(scripted.expect, Moment(scenario, after, turn.reading, after.speaker)):
        meters = ", ".join(f"{name} {value:g}" for name, value in after.meters.items())
        yield f"wanted {scripted.expect}, got {meters}"
    for words in scripted.says:
        if words.casefold() not in turn.utterance.text.casefold():
            yield f'wanted "{words}" said, got "{turn.utterance.text}"'
    if scripted.ending is not None and after.ending != scripted.ending:
        yield f"wanted the ending {scripted.ending}, got {after.ending or f'none: still in {after.state}'}"


def _shown(turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.behaviour for finding in sure(turn.reading.findings)))
