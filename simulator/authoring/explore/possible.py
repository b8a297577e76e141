"""All that can happen, and more: the ways a talk can stand in each state, found by letting everything happen that no
condition forbids. What is not found here is impossible."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.authoring.explore.formula import (
    OF_THE_REPLY,
    TRUE,
    Atom,
    Compiler,
    Formula,
    Is,
    Number,
    leaves,
    negated,
    of_the_talk,
)
from simulator.authoring.explore.solve import GaveUpError, Solver
from simulator.authoring.explore.world import EITHER, NO, YES, Ways
from simulator.catalogue.loader import catalogue
from simulator.conversation.effects import MOST_A_TURN
from simulator.conversation.evaluate import meter_name
from simulator.conversation.temperament import temperament
from simulator.scenario.effects import Effects
from simulator.scenario.walk import Path, conditions_of, lines_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.lines import Line
    from simulator.scenario.states import State, Transition

PATIENCE = 3
"""Times a state's ways may grow before their bounds are pushed out."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something a turn can do: when, what it changes, which facts it tells. `who` is whose meters it means."""

    when: Formula
    effects: Effects
    tells: tuple[str, ...]
    who: str
    facts_known: tuple[Atom, ...] = ()


class Possible:
    """The ways the talk can stand in each state after a turn (`at`) and when a reply is tested there (`tested`)."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.compiler = Compiler(scenario)
        self.conditions: dict[Path, Formula] = {
            path: self.compiler.condition(condition, _speaker(scenario, path))
            for path, condition in conditions_of(scenario)
        }
        self.fires = {one.id: self.compiler.transition(one) for one in scenario.transition_ids.values()}
        apart = {id(formula): formula for formula in self.fires.values()}  # many transitions ask the same
        stays = {key: negated(formula) for key, formula in apart.items()}
        asked = {key: of_the_talk(formula) for key, formula in apart.items()}
        left = {key: of_the_talk(formula) for key, formula in stays.items()}
        self.stays = {name: stays[id(formula)] for name, formula in self.fires.items()}
        self.asked = {name: asked[id(formula)] for name, formula in self.fires.items()}
        self._left = {name: left[id(formula)] for name, formula in self.fires.items()}
        self.steps, self.kept = self._spoken_of()
        self.reactions: dict[str, tuple[float, float]] = {}
        for meter, (down, up) in self._default_reactions():  # several people may share a meter
            known = self.reactions.get(meter, (0.0, 0.0))
            self.reactions[meter] = min(down, known[0]), max(up, known[1])
        self._ambient = [change for change in self._changes() if change.effects or change.tells]
        self._barred: set[tuple[str, str]] = set()
        self.at: dict[str, Ways] = {}
        self.taken: set[tuple[str, str]] = set()
        self._run()

    # -- what is kept of a talk

    def _spoken_of(self) -> tuple[dict[str, tuple[float, ...]], frozenset[Atom]]:
        """The numbers each measure is compared with, and the atoms of the talk, in all conditions."""
        steps: dict[str, set[float]] = {}
        atoms: set[Atom] = set()
        for formula in (*self.conditions.values(), *self.fires.values()):
            for leaf in leaves(formula):
                if isinstance(leaf, Number):
                    steps.setdefault(leaf.name, set()).update((leaf.value - 1, leaf.value, leaf.value + 1))
                elif isinstance(leaf, Is) and leaf.atom[0] not in OF_THE_REPLY:
                    atoms.add(leaf.atom)
        kept = frozenset(
            atom for atom in atoms if atom[0] in {"told", "visited", "flag", "conceded", "agreed", "fired"}
        )
        kept |= {("told", fact) for fact in self.scenario.facts}
        return {name: tuple(sorted(values)) for name, values in steps.items()}, kept

    def _default_reactions(self) -> Iterator[tuple[str, tuple[float, float]]]:
        """How far one reply can move each meter by itself."""
        known = catalogue().behaviours.values()
        for person, one in self.scenario.people.items():
            for meter in {name for behaviour in known for name in behaviour.effects}:
                factor = one.reactions.get(meter, 1.0) * temperament(one.temperament).reactions.get(meter, 1.0)
                if factor == 0:
                    continue
                changes = [behaviour.effects.get(meter, 0) for behaviour in known]
                down = MOST_A_TURN if min(changes) < 0 else 0.0
                up = MOST_A_TURN if max(changes) > 0 else 0.0
                # Somebody may be made to take help for harm.
                yield meter_name(self.scenario, meter, person), (-down, up) if factor > 0 else (-up, down)

    def _changes(self) -> Iterator[Change]:
        """What answers, points and the lines of staying can do in any turn."""
        for path, line in lines_of(self.scenario):
            if path[0] == "people":
                person = str(path[1])
                when = of_the_talk(self.conditions.get((*path[:-1], "when"), TRUE))
                yield Change(when, line.effects, line.tells, person)
            elif path[0] == "desk":
                when = of_the_talk(self.conditions.get((*path[:-1], "when"), TRUE))
                yield Change(when, line.effects, line.tells, line.who or "")

    def _start(self) -> Ways:
        scenario = self.scenario
        numbers = {meter_name(scenario, name): (float(one.start),) * 2 for name, one in scenario.all_meters.items()}
        numbers |= {f"counter:{name}": (float(value),) * 2 for name, value in scenario.counters.items()}
        numbers |= {f"standing:{name}": (float(one.start),) * 2 for name, one in scenario.issues.items()}
        numbers |= {"turn": (0.0, 0.0), "turns_here": (0.0, 0.0)}
        atoms = {atom: YES if atom == ("visited", scenario.start) else NO for atom in self.kept}
        return Ways(numbers, atoms)

    # -- letting everything happen

    def _run(self) -> None:
        start = self._start()
        state = self.scenario.states[self.scenario.start]
        self._said(start, _entered(state))
        self._reach(self.scenario.start, start)
        self._surround(start, self.scenario.start)
        queue = deque([self.scenario.start])
        waiting = {self.scenario.start}
        grown: dict[str, int] = {}
        while queue:
            name = queue.popleft()
            waiting.discard(name)
            before: dict[str, Ways | None] = {}
            changed: dict[str, None] = {}
            for target, ways in self._turns(name):
                if target not in before:
                    before[target] = self.at[target].copy() if target in self.at else None
                if self._reach(target, ways):
                    changed[target] = None
            for target in changed:
                self._surround(self.at[target], target)
                grown[target] = grown.get(target, 0) + 1
                earlier = before[target]
                if earlier is not None and grown[target] > PATIENCE:
                    # With many numbers in the conditions, going from one to the next would take for ever.
                    self.at[target].widen(earlier, self.steps if grown[target] <= 2 * PATIENCE else {})
                if target in self.scenario.states and target not in waiting:
                    waiting.add(target)
                    queue.append(target)

    def _reach(self, target: str, ways: Ways) -> bool:
        """Allow some ways in a state or ending; whether any of them is new."""
        if target in self.at:
            return self.at[target].join(ways)
        self.at[target] = ways
        return True

    def tested(self, name: str) -> Ways:
        """The ways the talk can stand in a state when its conditions are tested: one turn on, and the reply's own
        effects in. Raises KeyError where the state cannot be reached."""
        ways = self.at[name].copy()
        ways.shift("turn", 1, 1)
        ways.shift("turns_here", 1, 1)
        for meter, (down, up) in self.reactions.items():
            ways.shift(meter, down, up)
        return ways

    def _turns(self, name: str) -> Iterator[tuple[str, Ways]]:
        left: Ways | None = self.tested(name)
        for transition in self.scenario.transitions_at(name):
            if left is None:
                return
            if (name, transition.id) in self._barred:
                continue
            ways = left.narrow(self.asked[transition.id])
            if ways is None:
                continue
            self.taken.add((name, transition.id))
            yield transition.to or name, self._after(name, transition, ways)
            if self._left[transition.id] != TRUE:
                left = left.narrow(self._left[transition.id])
        if left is not None:
            otherwise = self.scenario.states[name].otherwise
            if otherwise is not None:
                self._may(left, Change(TRUE, otherwise.effects, otherwise.tells, otherwise.who or ""))
            yield name, left

    def _after(self, name: str, transition: Transition, ways: Ways) -> Ways:
        who = (transition.line.who if transition.line else None) or ""
        self._apply(ways, transition.effects, who)
        self._set(ways, ("fired", transition.id), YES)
        target = transition.to or name
        self._said(ways, [transition.line] if transition.line else [])
        if target == name:
            return ways
        ways.numbers["turns_here"] = (0.0, 0.0)
        self._set(ways, ("visited", target), YES)
        state = self.scenario.states.get(target)
        ending = self.scenario.endings.get(target)
        lines = _entered(state) if state else [ending.line] if ending and ending.line else []
        self._said(ways, lines)
        return ways

    def _said(self, ways: Ways, lines: list[Line]) -> None:
        """Let one of some lines be said; a single one without a condition surely is."""
        for line in lines:
            if not (line.effects or line.tells):
                continue
            when = of_the_talk(self.compiler.condition(line.when))
            change = Change(when, line.effects, line.tells, line.who or "")
            if len(lines) == 1 and line.when is None:
                self._do(ways, change)
            else:
                self._may(ways, change)

    def _do(self, ways: Ways, change: Change) -> None:
        self._apply(ways, change.effects, change.who)
        for fact in change.tells:
            self._set(ways, ("told", fact), YES)

    def _may(self, ways: Ways, change: Change) -> bool:
        """Let a change happen or not; whether that allowed anything new."""
        if self._told_already(ways, change):
            return False
        then = ways.narrow(change.when)
        if then is None:
            return False
        self._do(then, change)
        return ways.join(then)

    @staticmethod
    def _told_already(ways: Ways, change: Change) -> bool:
        """Whether a change can bring nothing that may not be so already."""
        effects = change.effects
        if effects.changes or effects.concede or effects.agree:
            return False
        facts = [("told", fact) for fact in change.tells] + [("flag", flag) for flag in effects.set_flags]
        return all(ways.atoms.get(atom, YES) & YES for atom in facts) and all(
            ways.atoms.get(("flag", flag), NO) & NO for flag in effects.clear_flags
        )

    def _surround(self, ways: Ways, place: str) -> None:
        """Let answers and points happen, as often as one likes."""
        if place in self.scenario.endings and self.scenario.endings[place].outcome not in {"met", "partly"}:
            return
        for round_ in range(PATIENCE * 3):
            before = ways.copy() if round_ >= PATIENCE else None
            grown = [self._may(ways, change) for change in self._ambient]  # each of them, not up to the first
            if not any(grown):
                return
            if before is not None:
                ways.widen(before, self.steps if round_ < 2 * PATIENCE else {})

    def _apply(self, ways: Ways, effects: Effects, who: str) -> None:
        scenario = self.scenario
        for name, change in effects.changes.items():
            full = f"counter:{name}" if name in scenario.counters else meter_name(scenario, name, who)
            ways.shift(full, change, change)
        for flag in effects.set_flags:
            self._set(ways, ("flag", flag), YES)
        for flag in effects.clear_flags:
            self._set(ways, ("flag", flag), NO)
        for issue, steps in effects.concede.items():
            limit, (low, high) = scenario.issues[issue].client_limit, ways.numbers[f"standing:{issue}"]
            if scenario.issues[issue].better == "high":
                ways.numbers[f"standing:{issue}"] = (min(limit, low + steps), min(limit, high + steps))
            else:
                ways.numbers[f"standing:{issue}"] = (max(limit, low - steps), max(limit, high - steps))
            self._set(ways, ("conceded", issue), EITHER)
        for issue in effects.agree:
            self._set(ways, ("agreed", issue), YES)

    @staticmethod
    def _set(ways: Ways, atom: Atom, mask: int) -> None:
        if atom in ways.atoms:
            ways.atoms[atom] = mask

    # -- proofs

    def impossible(self, name: str, wanted: list[Formula], avoided: list[Formula]) -> bool:
        """Whether no reply in a state makes all of `wanted` hold and all of `avoided` (negations) too."""
        if name not in self.at:
            return True
        try:
            return Solver(self.scenario, self.tested(name)).solve(wanted, avoided) is None
        except GaveUpError:
            return False

    def before(self, name: str, transition_id: str) -> list[Formula]:
        """What must not have held for a transition's turn to come: the negations of those before it."""
        found = []
        for one in self.scenario.transitions_at(name):
            if one.id == transition_id:
                break
            found.append(self.stays[one.id])
        return found

    def bar(self, unreached: Collection[str]) -> None:
        """Leave out those of the `unreached` transitions that cannot fire because those before them always do, and see
        what is possible without them."""
        found = {
            (name, one)
            for name, one in self.taken
            if one in unreached and self.impossible(name, [self.fires[one]], self.before(name, one))
        }
        if found:
            self._barred |= found
            self.at.clear()
            self.taken.clear()
            self._run()


def _entered(state: State) -> list[Line]:
    return [*state.line_when, *([state.line] if state.line else [])]


def _speaker(scenario: Scenario, path: Path) -> str:
    """Whose meters a condition's unqualified names mean."""
    return str(path[1]) if path[0] == "people" else scenario.first_person
