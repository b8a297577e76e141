"""One question at a time: what the first sweep did not reach is worked for, step by step.

What a transition asks of the talk (facts told, flags, counts, meters) is found as if anything could be; then the node
nearest to that is taken, and each thing that is still missing is brought about where it can be: a question asked, a
point brought, a behaviour shown, a meter pushed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.authoring.explore.formula import OF_THE_REPLY, TRUE, Atom, Every, Formula, Is
from simulator.authoring.explore.replies import HARMING, HELPING, turn_of, with_any
from simulator.authoring.explore.solve import GaveUpError, Model, Solver
from simulator.catalogue.types import QuestionKind
from simulator.scenario.effects import Effects
from simulator.scenario.walk import lines_of

if TYPE_CHECKING:
    from simulator.authoring.explore.search import Search
    from simulator.scenario.scripted import ScriptedTurn
    from simulator.scenario.states import Transition

STEPS = 8
"""Turns spent on one question from one node."""

NEAREST = 2
"""Nodes a question is worked for from, in each state."""


@dataclass(frozen=True, slots=True)
class Way:
    """Something a reply can do that brings a thing about: what must hold, and the kind of question it takes."""

    formula: Formula
    kinds: dict[str, QuestionKind]
    state: str | None = None
    transition: str | None = None


class Pursuit:
    """Works for what a search has not reached yet."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.scenario = search.scenario
        self.possible = search.possible
        self.ways: dict[Atom, list[Way]] = {}
        self.counts: dict[tuple[str, bool], list[Way]] = {}
        self._leaving: dict[str, list[Formula]] = {}
        self._far: dict[str, dict[str, int]] = {}
        self._collect()

    def transitions(self) -> None:
        """Work for every transition not taken yet."""
        for round_ in range(2):
            for name in self.scenario.states:
                for transition in self.scenario.transitions_at(name):
                    if transition.id in self.search.open and (name, transition.id) in self.possible.taken:
                        self._transition(name, transition, deep=round_ == 1)
                    if self.search.left <= 0:
                        return

    def facts(self) -> None:
        """Work for every fact not told yet."""
        for fact in self.scenario.facts:
            if ("fact", fact) not in self.search.reached:
                self._condition(Is(("told", fact)), ("fact", fact))

    def objectives(self) -> None:
        """Work for every objective not met yet."""
        for name in self.scenario.objectives:
            if ("objective", name) not in self.search.reached:
                formula = self.possible.conditions["objectives", name, "met"]
                self._condition(formula, ("objective", name))

    # -- what brings what about

    def _collect(self) -> None:
        for path, line in lines_of(self.scenario):
            if path[0] == "people" and "answers" in path:
                topic, number = str(path[3]), int(path[5])
                answer = self.scenario.people[str(path[1])].knows[topic].answers[number]
                formula = self._all(Is(("asked", topic)), self.possible.conditions.get((*path[:-1], "when"), TRUE))
                kind = answer.asks[0]
                self._note(line.effects, line.tells, Way(formula, {topic: kind}))
            elif path[0] == "desk":
                item = getattr(self.scenario.desk, str(path[1]))[int(path[2])]
                self._note(line.effects, line.tells, Way(Is(("gave", item.id)), {}))
        for name in self.scenario.states:
            for one in self.scenario.states[name].transitions:
                self._of_transition(one, name)
        for one in self.scenario.anywhere:
            self._of_transition(one, None)

    def _of_transition(self, one: Transition, state: str | None) -> None:
        tells = one.line.tells if one.line else ()
        self._note(one.effects, tells, Way(self.possible.fires[one.id], {}, state, one.id))
        self.ways.setdefault(("fired", one.id), []).append(Way(self.possible.fires[one.id], {}, state, one.id))

    def _note(self, effects: Effects, tells: tuple[str, ...], way: Way) -> None:
        for fact in tells:
            self.ways.setdefault(("told", fact), []).append(way)
        for flag in effects.set_flags:
            self.ways.setdefault(("flag", flag), []).append(way)
        for issue in effects.concede:
            self.ways.setdefault(("conceded", issue), []).append(way)
        for issue in effects.agree:
            self.ways.setdefault(("agreed", issue), []).append(way)
        for name, change in effects.changes.items():
            self.counts.setdefault((name, change > 0), []).append(way)

    @staticmethod
    def _all(*formulas: Formula) -> Formula:
        return Every(tuple(one for one in formulas if one != TRUE))

    # -- working for one thing

    def _transition(self, name: str, transition: Transition, *, deep: bool) -> None:
        wanted = [self.possible.fires[transition.id]]
        avoided = self.possible.before(name, transition.id)
        needs = self._needs(name, wanted, avoided)
        if needs is None:
            return
        for number in self._near(name, needs, NEAREST + deep):
            self._work(number, name, needs, transition)
            if transition.id not in self.search.open or self.search.left <= 0:
                return
        if deep:
            by_way = self._by_way_of(name, needs)
            if by_way is not None:
                self._work(by_way, name, needs, transition)

    def _by_way_of(self, name: str, needs: Model) -> int | None:
        """A node of the state that has been by another state first, where something that is missing could be had."""
        near = self._near(name, needs, 1)
        if not near:
            return None
        for missing, wanted in self._missing(near[0], needs):
            if isinstance(missing, str):
                ways = self.counts.get((missing.rpartition(":")[2], wanted), [])
            else:
                ways = self.ways.get(missing, []) if wanted else []
            for state in dict.fromkeys(way.state for way in ways if way.state not in (None, name)):
                start = self._near(str(state), needs, 1)
                at: int | None = start[0] if start else None
                for _ in range(STEPS):
                    if at is None or self.search.left <= 0 or (missing, wanted) not in list(self._missing(at, needs)):
                        break
                    at = self._step(at, str(state), needs)
                    if at is not None and self.search.nodes[at].state != state:
                        break
                at = None if at is None else self._walk(at, name)
                if at is not None:
                    return at
        return None

    def _walk(self, number: int, goal: str) -> int | None:
        """Go from a node to a state, by the transitions that can fire; the node reached, if any."""
        at: int | None = number
        for _ in range(2 * STEPS):
            if at is None or self.search.left <= 0 or self.search.nodes[at].ended:
                return None
            state = self.search.nodes[at].state
            if state == goal:
                return at
            at = self._hop(at, state, goal)
        return None

    def _hop(self, number: int, state: str, goal: str) -> int | None:
        """One turn nearer to another state: over, or towards what a way over asks for."""
        ways = self._towards(state, goal)
        for transition in ways:
            wanted = [self.possible.fires[transition.id]]
            turn = self.search.reply(number, wanted, self.possible.before(state, transition.id))
            step = self.search.play(number, turn, anyway=True)
            if step is not None:
                return step
        needs = self._needs(state, [self.possible.fires[ways[0].id]], []) if ways else None
        return self._step(number, state, needs or Model())

    def _towards(self, state: str, goal: str) -> list[Transition]:
        """The transitions of a state that lead nearer to another, nearest first."""
        known = self.scenario.transition_ids
        if goal not in self._far:
            back: dict[str, set[str]] = {}
            for origin, name in self.possible.taken:
                back.setdefault(known[name].to or origin, set()).add(origin)
            far, waiting = {goal: 0}, deque([goal])
            while waiting:
                here = waiting.popleft()
                for origin in sorted(back.get(here, ())):
                    if origin not in far:
                        far[origin] = far[here] + 1
                        waiting.append(origin)
            self._far[goal] = far
        far = self._far[goal]
        near = [
            one for one in self.scenario.transitions_at(state) if far.get(one.to or state, 999) < far.get(state, 999)
        ]
        return sorted(near, key=lambda one: far[one.to or state])

    def _condition(self, formula: Formula, question: tuple[str, str]) -> None:
        """Work for a condition in whatever state is best for it."""
        for name in self.scenario.states:
            needs = self._needs(name, [formula], [])
            if needs is None:
                continue
            for number in self._near(name, needs, 1):
                self._work(number, name, needs, None, question)
                if question in self.search.reached or self.search.left <= 0:
                    return
            by_way = self._by_way_of(name, needs)
            if by_way is not None:
                self._work(by_way, name, needs, None, question)

    def _needs(self, name: str, wanted: list[Formula], avoided: list[Formula]) -> Model | None:
        if name not in self.possible.at or name not in self.search.by_state:
            return None
        try:
            return Solver(self.scenario, self.possible.tested(name)).solve(wanted, avoided)
        except GaveUpError:
            return None

    def _near(self, name: str, needs: Model, most: int) -> list[int]:
        """The nodes of a state that lack the least."""
        nodes = [one for one in self.search.by_state.get(name, ()) if self.search.nodes[one].position is not None]
        return sorted(nodes, key=lambda one: (len(list(self._missing(one, needs))), one))[:most]

    def _missing(self, number: int, needs: Model) -> Iterator[tuple[Atom, bool] | tuple[str, bool]]:
        """What is not yet as it has to be: atoms of the talk with what they should be, and numbers with whether they
        are too low."""
        standing = self.search.standing(number)
        for atom, positive in needs.atoms.items():
            if atom[0] not in OF_THE_REPLY and standing.truth(atom) is not positive:
                yield atom, positive
        for name, (low, high) in needs.numbers.items():
            have = standing.bounds(name)
            if have[1] < low:
                yield name, True
            elif have[0] > high:
                yield name, False

    def _work(
        self,
        number: int,
        name: str,
        needs: Model,
        transition: Transition | None,
        question: tuple[str, str] | None = None,
    ) -> None:
        search = self.search
        at: int | None = number
        for _ in range(STEPS):
            if at is None or search.left <= 0 or search.nodes[at].state != name or search.nodes[at].ended:
                return
            if transition is not None and search.take(at, transition):
                return
            if question is not None and question in search.reached:
                return
            at = self._step(at, name, needs)

    def _step(self, number: int, name: str, needs: Model) -> int | None:
        """One turn towards what is needed; the node after it."""
        for missing, wanted in self._missing(number, needs):
            turn = None
            if isinstance(missing, str):
                turn = self._count_up(number, name, missing, up=wanted)
            elif wanted:
                turn = self._bring(number, name, missing)
            if turn is not None:
                return self.search.play(number, turn, anyway=True)
        return self._let_pass(number, name, needs)

    def _let_pass(self, number: int, name: str, needs: Model) -> int | None:
        """A turn that leaves the talk where it is, and pushes the meters."""
        standing = self.search.standing(number)
        solver = Solver(self.scenario, standing, strict=True)
        try:
            quiet = all(solver.certain(formula, Model()) for formula in self._staying(name))
            model = Model() if quiet else solver.solve([], self._staying(name)) or Model()
        except GaveUpError:
            return None
        at = standing.position.meters
        for meter, (low, high) in needs.numbers.items():
            if meter in at and not low <= at[meter] <= high:
                good = (at[meter] < low) != meter.endswith("agitation")
                model = with_any(model, HELPING if good else HARMING, standing, self._staying(name), solver.certain)
        return self.search.play(number, turn_of(model, self.scenario), anyway=True)

    def _staying(self, name: str) -> list[Formula]:
        """That no transition leads away."""
        if name not in self._leaving:
            self._leaving[name] = [
                self.possible.stays[one.id]
                for one in self.scenario.transitions_at(name)
                if one.to is not None and one.to != name
            ]
        return self._leaving[name]

    def _bring(self, number: int, name: str, atom: Atom) -> ScriptedTurn | None:
        """A reply that makes an atom of the talk so, without leaving the state."""
        kind = atom[0]
        if kind == "given":
            return self.search.reply(number, [Is(("gave", atom[1]))], self._staying(name))
        if kind == "said":
            return self.search.reply(number, [self.possible.compiler.history[atom[1]]], self._staying(name))
        if kind == "promise":
            return self.search.reply(number, [Is(("promises", atom[2]))], self._staying(name))
        return self._by_some_way(number, name, self.ways.get(atom, ()))

    def _by_some_way(self, number: int, name: str, ways: Iterable[Way]) -> ScriptedTurn | None:
        for way in ways:
            if way.state not in (None, name):
                continue
            avoided = self._staying(name)
            if way.transition is not None:
                if self.scenario.transition_ids[way.transition].to not in (None, name):
                    continue
                avoided = self.possible.before(name, way.transition)
            turn = self.search.reply(number, [way.formula], avoided, way.kinds)
            if turn is not None:
                return turn
        return None

    def _count_up(self, number: int, name: str, measure: str, *, up: bool) -> ScriptedTurn | None:
        """A reply that moves a number the way it has to go."""
        kind, _, rest = measure.partition(":")
        if kind == "count" and up:
            return self.search.reply(number, [self.possible.compiler.history[rest]], self._staying(name))
        return self._by_some_way(number, name, self.counts.get((rest or measure, up), ()))
