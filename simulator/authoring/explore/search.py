"""What surely can happen: real turns played with made-up replies, from position to position, until every question has
its answer or nothing new is found.

A position is kept only where it shows something new of its state (a fact, a flag, a band of a meter): so the work
grows with the scenario and not with the number of ways through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from simulator.authoring.explore.formula import Formula
from simulator.authoring.explore.replies import HARMING, HELPING, Standing, may_hold, pushed, turn_of, with_any
from simulator.authoring.explore.solve import GaveUpError, Model, Solver
from simulator.catalogue.types import QuestionKind
from simulator.conversation import Position, advance, begin
from simulator.conversation.advance import carry_out, decide
from simulator.conversation.evaluate import Moment, holds
from simulator.conversation.reenact import reading_by_hand

if TYPE_CHECKING:
    from simulator.authoring.explore.possible import Possible
    from simulator.conversation import Turn
    from simulator.scenario import Scenario
    from simulator.scenario.scripted import ScriptedTurn
    from simulator.scenario.states import Transition

Question = tuple[str, str]
"""What is asked, and of what: `("state", name)`, `("transition", id)`; so too an ending, a fact, an objective."""

SEED = 1
"""The seed of every talk played."""

STEPS_QUICK = 60
"""Choices the solver may look into for one reply."""

VISITS = 4
"""Positions of one state from which meters are pushed."""

MANY = 200
"""States from which on a position is let go once it was looked at, to spare memory."""

BAND = 12.5
"""The width of a band of a meter, for telling positions apart."""


@dataclass(slots=True)
class Node:
    """A position reached: from which node, with which reply. The position is let go once nothing more is tried."""

    parent: int
    turn: ScriptedTurn | None
    position: Position | None
    state: str
    ended: bool = False


class Search:
    """Plays turns and notes what they reach."""

    def __init__(self, scenario: Scenario, possible: Possible, most: int) -> None:
        """`most` is the number of turns played at the most."""
        self.scenario, self.possible, self.left = scenario, possible, most
        self.nodes: list[Node] = []
        self.reached: dict[Question, tuple[int, ScriptedTurn | None]] = {}
        self._new: set[tuple[str, object]] = set()
        self._queue: list[tuple[int, int]] = []
        self._visits: dict[str, int] = {}
        self.large = len(scenario.states) > MANY
        self.open = {one.id for one in scenario.transition_ids.values()}
        self._reactions = possible.reactions
        self.by_state: dict[str, list[int]] = {}
        self.by_ending: dict[str, list[int]] = {}

    # -- the first sweep

    def sweep(self) -> None:
        """Go wherever replies made for the transitions lead, and push the meters on the way."""
        position, _ = begin(self.scenario, SEED)
        self._keep(-1, None, position)
        for fact in position.told:
            self.reached.setdefault(("fact", fact), (0, None))
        while self._queue and self.left > 0:
            # The state looked at least comes first, so that none waits for all the ways through another.
            _, number = heappop(self._queue)
            name = self.nodes[number].state
            self._visits[name] = self._visits.get(name, 0) + 1
            for transition in self.scenario.transitions_at(name):
                if transition.id in self.open and self.left > 0:
                    self.take(number, transition)
            if self._visits[name] <= VISITS:
                self._push_on(number)
            elif self.large:
                self.nodes[number].position = None

    def _push_on(self, number: int) -> None:
        """Where conditions wait for meters or time, let help, harm or nothing work."""
        node = self.nodes[number]
        if not any(one.id in self.open for one in self.scenario.transitions_at(node.state)):
            return
        standing = self.standing(number)
        solver = Solver(self.scenario, standing, strict=True)
        for behaviours in (HELPING, HARMING, ()):
            if self.left > 0:
                model = with_any(Model(), behaviours, standing, (), solver.certain)
                self.play(number, turn_of(model, self.scenario))

    # -- steps

    def standing(self, number: int) -> Standing:
        """A node's position as the solver asks for it."""
        position = self.nodes[number].position
        assert position is not None  # noqa: S101 (only open nodes are asked)
        return Standing(position, self.possible.compiler.history, self._reactions)

    def reply(
        self,
        number: int,
        wanted: Sequence[Formula],
        avoided: Sequence[Formula],
        kinds: dict[str, QuestionKind] | None = None,
    ) -> ScriptedTurn | None:
        """A reply that makes `wanted` hold at a node and none of what `avoided` negates; None where none is found."""
        standing = self.standing(number)
        solver = Solver(self.scenario, standing, strict=True, steps=STEPS_QUICK)
        try:
            model = solver.solve(wanted, avoided)
        except GaveUpError:
            return None
        if model is None:
            return None
        return turn_of(pushed(model, standing, avoided, solver.certain), self.scenario, kinds)

    def take(self, number: int, transition: Transition) -> bool:
        """Try to make a transition fire at a node; whether it did."""
        node = self.nodes[number]
        if not may_hold(self.possible.asked[transition.id], self.standing(number)):
            return False
        wanted = [self.possible.fires[transition.id]]
        turn = self.reply(number, wanted, self.possible.before(node.state, transition.id))
        if turn is None or node.position is None:
            return False
        self.left -= 1
        decision = decide(self.scenario, node.position, reading_by_hand(self.scenario, turn))
        fired = decision.transition
        if fired is not None and fired.id in self.open:
            self.open.discard(fired.id)
            self.reached[("transition", fired.id)] = (number, turn)
            if self._worth_playing(fired):
                played = carry_out(node.position, decision)
                self._note(number, turn, played)
                self._keep(number, turn, played.after)
        return fired is not None and fired.id == transition.id

    def _worth_playing(self, transition: Transition) -> bool:
        """Whether what it does may be new."""
        unseen = transition.to is not None and not self.reached.keys() & {
            ("state", transition.to),
            ("ending", transition.to),
        }
        tells = transition.line is not None and bool(transition.line.tells)
        if unseen or tells or not self.large:
            return unseen or tells or bool(transition.effects)
        effects = transition.effects
        return bool(effects.set_flags or effects.concede or effects.agree or effects.keep or effects.break_)

    def play(self, number: int, turn: ScriptedTurn | None, *, anyway: bool = False) -> int | None:
        """Play a reply at a node; the node it leads to, or None where it is not worth keeping (unless `anyway`)."""
        node = self.nodes[number]
        if turn is None or node.position is None or node.ended:
            return None
        self.left -= 1
        played = advance(self.scenario, node.position, reading_by_hand(self.scenario, turn))
        self._note(number, turn, played)
        return self._keep(number, turn, played.after, anyway=anyway)

    def _note(self, number: int, turn: ScriptedTurn, played: Turn) -> None:
        if played.transition is not None:
            self.open.discard(played.transition)
            self.reached.setdefault(("transition", played.transition), (number, turn))
        for fact in played.told:
            self.reached.setdefault(("fact", fact), (number, turn))
        after = played.after
        for name, objective in self.scenario.objectives.items():
            if ("objective", name) not in self.reached and holds(
                objective.met, Moment(self.scenario, after, played.reading, after.speaker)
            ):
                self.reached["objective", name] = (number, turn)

    def _keep(self, parent: int, turn: ScriptedTurn | None, position: Position, *, anyway: bool = False) -> int | None:
        """Keep a position that shows anything new of its state."""
        name = position.ending or position.state
        kind = "ending" if position.ending else "state"
        shows = {(name, feature) for feature in self._features(position)}
        if shows <= self._new and not anyway:
            return None
        self._new |= shows
        number = len(self.nodes)
        self.nodes.append(Node(parent, turn, position, position.state, ended=position.ending is not None))
        if parent >= 0 and turn is not None:
            self.reached.setdefault((kind, name), (parent, turn))
        else:
            self.reached.setdefault((kind, name), (0, None))
        if position.ending is not None:
            self.by_ending.setdefault(name, []).append(number)
        else:
            self.by_state.setdefault(name, []).append(number)
            heappush(self._queue, (self._visits.get(name, 0), number))
        return number

    def _features(self, position: Position) -> Iterator[object]:
        yield "there"
        kept = self.possible.kept
        for kind, names in (("told", position.told), ("flag", position.flags), ("given", position.given)):
            for name in names:
                if (kind, name) in kept:
                    yield kind, name
        for name in position.visited:
            if ("visited", name) in kept:
                yield "visited", name
        for name, value in (
            *position.meters.items(),
            *((f"counter:{key}", value) for key, value in position.counters.items()),
        ):
            if name in self.possible.steps:
                yield name, value // BAND if name in position.meters else min(value, 9)
        if "turns_here" in self.possible.steps:
            yield "turns_here", min(position.turns_here, 7)
        for name, issue in position.issues.items():
            yield "issue", name, issue.standing, issue.agreed is not None

    # -- witnesses

    def path(self, number: int, last: ScriptedTurn | None) -> list[ScriptedTurn]:
        """The turns that lead to a node, and one more."""
        turns = [] if last is None else [last]
        while number >= 0 and self.nodes[number].turn is not None:
            turn = self.nodes[number].turn
            if turn is not None:
                turns.append(turn)
            number = self.nodes[number].parent
        return turns[::-1]
