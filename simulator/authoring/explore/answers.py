"""Every question about a scenario with its answer: reached with the replies that lead there, impossible with the
reason, or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Literal

from simulator.authoring.explore.formula import TRUE, Every, Formula, Is, Number, leaves, of_the_talk
from simulator.authoring.explore.possible import Possible
from simulator.authoring.explore.pursue import Pursuit
from simulator.authoring.explore.replies import Standing, may_hold, written
from simulator.authoring.explore.search import Question, Search
from simulator.authoring.explore.world import Ways
from simulator.catalogue.types import Reading
from simulator.conversation.advance import decide
from simulator.conversation.compose import GOOD
from simulator.conversation.evaluate import Moment, holds
from simulator.conversation.reenact import reading_by_hand
from simulator.scenario.memory import without_collector
from simulator.scenario.walk import Path, conditions_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.scripted import ScriptedTurn

Verdict = Literal["reached", "impossible", "unknown"]

SWEEP, PURSUE = 500, 700
"""Turns played in a scenario of ordinary size: going wherever replies lead, and working for what is left."""

A_STATE = 6
"""Turns played for each state of a large scenario."""

LOOKED_AT, TRIED = 120, 4
"""Positions looked at for a condition of an answer, and of those that fit, how many are tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer.

    `kind` is state, ending, transition, fact, objective or condition, `name` what it is asked of, `path` where that
    stands; `why` says what makes it impossible. `found` is the position and the last reply it was reached by.
    """

    kind: str
    name: str
    verdict: Verdict
    path: Path
    why: str = ""
    found: tuple[int, ScriptedTurn | None] | None = None


@dataclass(frozen=True)
class Exploration:
    """All answers, and what else the bounds show."""

    answers: tuple[Answer, ...]
    possible: Possible
    search: Search

    @cached_property
    def by_question(self) -> Mapping[Question, Answer]:
        """The answers by kind and name."""
        return {(one.kind, one.name): one for one in self.answers}

    def replies(self, answer: Answer) -> tuple[str, ...]:
        """The replies that lead to what was reached, as turns of a test; none for any other answer."""
        return () if answer.found is None else tuple(map(written, self.search.path(*answer.found)))

    @property
    def unknown(self) -> tuple[Answer, ...]:
        """The questions nothing was proved of."""
        return tuple(one for one in self.answers if one.verdict == "unknown")


def explore(scenario: Scenario) -> Exploration:
    """Answer every question about a scenario. The same scenario always gets the same answers."""
    with without_collector():
        possible = Possible(scenario)
        search = Search(scenario, possible, max(SWEEP, A_STATE * len(scenario.states)))
        search.sweep()
        if not search.large:
            search.left = PURSUE
            pursuit = Pursuit(search)
            pursuit.transitions()
            pursuit.facts()
            pursuit.objectives()
        possible.bar(search.open)
        return Exploration(tuple(_Answers(scenario, possible, search).all()), possible, search)


class _Answers:
    def __init__(self, scenario: Scenario, possible: Possible, search: Search) -> None:
        self.scenario, self.possible, self.search = scenario, possible, search
        self._taken = {one for _, one in possible.taken}
        self._everywhere = self._any_state()
        self._written = dict(conditions_of(scenario))

    def all(self) -> Iterator[Answer]:
        scenario, at = self.scenario, self.possible.at
        for name in scenario.states:
            yield self._answer(
                "state", name, ("states", name), possible=name in at, why="no transition that leads there can fire"
            )
        for name in scenario.endings:
            yield self._answer(
                "ending", name, ("endings", name), possible=name in at, why="no transition that leads there can fire"
            )
        for number, one in enumerate(scenario.anywhere):
            yield self._transition(one.id, ("anywhere", number), list(scenario.states))
        for name, state in scenario.states.items():
            for number, one in enumerate(state.transitions):
                yield self._transition(one.id, ("states", name, "transitions", number), [name])
        for fact in scenario.facts:
            possible = any(ways.atoms.get(("told", fact), 3) & 2 for ways in at.values())
            yield self._answer(
                "fact", fact, ("facts", fact), possible=possible, why="no line that tells it can be said"
            )
        for name in scenario.objectives:
            path: Path = ("objectives", name, "met")
            formula = of_the_talk(self.possible.conditions[path])
            possible = any(ways.narrow(formula) is not None for ways in at.values())
            why = self._bounds(self.possible.conditions[path], list(at))
            yield self._answer("objective", name, ("objectives", name), possible=possible, why=why)
        yield from self._conditions()

    def _answer(self, kind: str, name: str, path: Path, *, possible: bool, why: str) -> Answer:
        found = self.search.reached.get((kind, name))
        if found is not None:
            return Answer(kind, name, "reached", path, found=found)
        return Answer(kind, name, "unknown", path) if possible else Answer(kind, name, "impossible", path, why=why)

    # -- transitions

    def _transition(self, name: str, path: Path, states: list[str]) -> Answer:
        return self._answer("transition", name, path, possible=name in self._taken, why=self._barred_by(name, states))

    def _barred_by(self, name: str, states: list[str]) -> str:
        """Why a transition never fires: nobody comes there, its condition cannot hold, or others always come first."""
        if ("transition", name) in self.search.reached or name in self._taken:
            return ""
        reached = [state for state in states if state in self.possible.at]
        if not reached:
            return "its state is never reached"
        formula = self.possible.fires[name]
        able = [state for state in reached if not self.possible.impossible(state, [formula], [])]
        if not able:
            return (
                f"its condition can never hold: {self._bounds(formula, reached) or 'its parts contradict each other'}"
            )
        for one in self.scenario.transitions_at(able[0]):
            if one.id == name:
                break
            if self.possible.impossible(able[0], [formula], [self.possible.stays[one.id]]):
                return f"`{one.id}` before it always fires first"
        return "those before it always fire first"

    def _bounds(self, formula: Formula, states: list[str]) -> str:
        """The numbers a formula speaks of, as they can be in the states."""
        found = []
        for name in dict.fromkeys(leaf.name for leaf in leaves(formula) if isinstance(leaf, Number)):
            spans = [self._tested(state).numbers.get(name) for state in states if state in self.possible.at]
            known = [span for span in spans if span is not None]
            if known:
                low, high = min(span[0] for span in known), max(span[1] for span in known)
                label = name.rpartition(":")[2]
                found.append(
                    f"`{label}` is {_number(low)} to {_number(high)} there"
                    if high < inf
                    else f"`{label}` is at least {_number(low)}"
                )
        return ", ".join(found)

    def _tested(self, state: str) -> Ways:
        return self.possible.tested(state) if state in self.scenario.states else self.possible.at[state]

    # -- conditions of answers and lines

    def _conditions(self) -> Iterator[Answer]:
        left = {
            path: formula
            for path, formula in self.possible.conditions.items()
            if path[0] != "objectives" and not ("transitions" in path and path[-2] != "line") and path[0] != "anywhere"
        }
        for path, formula in left.items():
            name = " ".join(map(str, path))
            states = [str(path[1])] if path[0] == "states" else list(self.scenario.states)
            asked = Is(("asked", str(path[3]))) if path[0] == "people" else TRUE
            # Who parts on good terms still answers what they were asked, in the ending.
            endings = self._parted_well if path[0] == "people" else ()
            found = self._tried(path, Every((asked, formula)), states) or self._ended(path, endings)
            if found is not None:
                yield Answer("condition", name, "reached", path, found=found)
            elif self._never(formula, states, endings):
                yield Answer("condition", name, "impossible", path, why=self._bounds(formula, states))
            else:
                yield Answer("condition", name, "unknown", path)

    def _tried(self, path: Path, formula: Formula, states: list[str]) -> tuple[int, ScriptedTurn] | None:
        """A node and a reply at which a condition holds."""
        condition = self._written[path]
        kinds = {}
        who = ""
        if path[0] == "people":
            who, topic = str(path[1]), str(path[3])
            answers = self.scenario.people[who].knows[topic].answers
            kinds = {topic: answers[int(path[5])].asks[0]} if len(path) > 5 and isinstance(path[5], int) else {}
        talk = of_the_talk(formula)
        fitting = (number for number, exact in self._sample(tuple(states)) if may_hold(talk, exact))
        for number in islice(fitting, TRIED):
            turn = self.search.reply(number, [formula], [], kinds)
            if turn is None:
                continue
            position = self.search.nodes[number].position
            if position is None:
                continue
            decision = decide(self.scenario, position, reading_by_hand(self.scenario, turn))
            if holds(condition, decision.moment.of(who)):
                return number, turn
        return None

    @cached_property
    def _parted_well(self) -> tuple[str, ...]:
        return tuple(name for name, ending in self.scenario.endings.items() if ending.outcome in GOOD)

    def _ended(self, path: Path, endings: tuple[str, ...]) -> tuple[int, ScriptedTurn | None] | None:
        """A node and the reply at which a condition of an answer holds in the ending that the reply leads to."""
        condition, who = self._written[path], str(path[1])
        for ending in endings:
            for number in self.search.by_ending.get(ending, ()):
                node = self.search.nodes[number]
                if node.position is None or node.parent < 0:
                    continue
                moment = Moment(self.scenario, node.position, Reading(""), node.position.speaker)
                if holds(condition, moment.of(who)):
                    return node.parent, node.turn
        return None

    @cache  # noqa: B019 (this object lives as long as one exploration)
    def _sample(self, states: tuple[str, ...]) -> list[tuple[int, Standing]]:
        """Positions of some states, spread over all that were reached, with the meters as they are."""
        found = [
            number
            for state in states
            for number in self.search.by_state.get(state, ())
            if self.search.nodes[number].position is not None
        ]
        step = max(1, len(found) // LOOKED_AT)
        return [(number, self.search.standing(number).exactly()) for number in found[::step]]

    def _never(self, formula: Formula, states: list[str], endings: tuple[str, ...]) -> bool:
        talk = of_the_talk(formula)
        if any(name in self.possible.at and self.possible.at[name].narrow(talk) is not None for name in endings):
            return False
        reached = [state for state in states if state in self.possible.at]
        if len(states) > 1 and talk != TRUE and self._everywhere.narrow(talk) is None:
            return True
        return all(self.possible.impossible(state, [formula], []) for state in reached)

    def _any_state(self) -> Ways:
        """All ways the talk can stand anywhere."""
        everywhere: Ways | None = None
        for name in self.possible.at:
            ways = self._tested(name)
            if everywhere is None:
                everywhere = ways.copy()
            else:
                everywhere.join(ways)
        assert everywhere is not None  # noqa: S101 (the start is always reached)
        return everywhere


def _number(value: float) -> str:
    return "any number" if value in (inf, -inf) else f"{value:g}"
