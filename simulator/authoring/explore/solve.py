"""A reply that makes some formulas hold and others not, or the proof that there is none.

The search goes through the choices the formulas leave, and takes for false whatever nothing asks for. It gives up
after a number of steps: then nothing is proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from simulator.authoring.explore.formula import OF_THE_REPLY, Atom, Every, Formula, Is, Number, Offered, Shown, Some
from simulator.catalogue.loader import catalogue
from simulator.scenario.expression import OPERATORS, Operator

if TYPE_CHECKING:
    from simulator.scenario import Scenario

STEPS = 400
"""Choices looked into before the search gives up."""

STEP = 0.01
"""How finely meters are kept."""

Triple = tuple[str, str | None, str | None]
"""A behaviour, the cue it takes up, the person it is said to."""


class World(Protocol):
    """Where the talk stands, exactly or within bounds."""

    def truth(self, atom: Atom) -> bool | None:
        """Whether an atom of the talk holds; None where it may or may not."""

    def bounds(self, name: str) -> tuple[float, float]:
        """The least and the greatest a number can be."""

    def open_cue(self, cue: str) -> bool:
        """Whether a reply can take up the cue."""


class GaveUpError(Exception):
    """The search ended before it had looked everywhere."""


@dataclass(slots=True)
class Model:
    """A reply in the making, and what it takes for granted of the talk."""

    shows: frozenset[Triple] = frozenset()
    banned: tuple[Shown, ...] = ()
    atoms: dict[Atom, bool] = field(default_factory=dict)
    numbers: dict[str, tuple[float, float]] = field(default_factory=dict)
    offers: dict[str, tuple[float, float]] = field(default_factory=dict)
    unoffered: frozenset[str] = frozenset()

    def copy(self) -> Model:
        """A model that can go its own way."""
        return Model(self.shows, self.banned, dict(self.atoms), dict(self.numbers), dict(self.offers), self.unoffered)


@dataclass(slots=True)
class Solver:
    """Solves for one scenario in one world. `strict` also asks that a reply be one that could be read: help that takes
    up a cue answers it, and a cue that is not open cannot be taken up."""

    scenario: Scenario
    world: World
    strict: bool = False
    steps: int = STEPS

    def solve(self, wanted: Sequence[Formula], avoided: Sequence[Formula] = ()) -> Model | None:
        """A model in which all of `wanted` hold and none of what `avoided` negates; None where there is none.

        `avoided` are the negations themselves. Raises GaveUpError when the steps run out.
        """
        left = [self.steps]
        return next(self._search(Model(), list(wanted), avoided, left), None)

    def _search(
        self, model: Model, pending: list[Formula], avoided: Sequence[Formula], left: list[int]
    ) -> Iterator[Model]:
        pending = list(pending)
        while pending:
            formula = pending.pop()
            if isinstance(formula, Every):
                pending.extend(reversed(formula.parts))
            elif isinstance(formula, Some) or (isinstance(formula, Shown) and formula.positive):
                if self.certain(formula, model):
                    continue
                for branch in self._branches(formula, model):
                    self._count(left)
                    yield from self._search(branch[0], [*pending, *branch[1]], avoided, left)
                return
            elif not self._assert(formula, model):
                return
        for formula in avoided:
            if not self.certain(formula, model):
                self._count(left)
                yield from self._search(model.copy(), [formula], avoided, left)
                return
        yield model

    @staticmethod
    def _count(left: list[int]) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise GaveUpError

    def _branches(self, formula: Some | Shown, model: Model) -> Iterator[tuple[Model, list[Formula]]]:
        if isinstance(formula, Some):
            for part in sorted(formula.parts, key=_cost):
                yield model.copy(), [part]
            return
        if formula.cue is not None and not self.world.open_cue(formula.cue):
            return
        for behaviour in sorted(formula.behaviours):
            branch = model.copy()
            if self._show(branch, (behaviour, formula.cue, formula.to)):
                yield branch, []

    def _show(self, model: Model, triple: Triple) -> bool:
        behaviour, cue, _ = triple
        if any(_matches(banned, triple) for banned in model.banned):
            return False
        model.shows |= {triple}
        if self.strict and cue is not None and catalogue().valence(behaviour) != "harms":
            return self._assert(Is(("answered", cue)), model)
        return True

    def _assert(self, formula: Formula, model: Model) -> bool:
        match formula:
            case Shown():
                model.banned = (*model.banned, formula)
                return not any(_matches(formula, triple) for triple in model.shows)
            case Is(atom, positive):
                return self._assert_atom(atom, model, positive=positive)
            case Number(name, op, value):
                bounds = narrowed(model.numbers.get(name) or self.world.bounds(name), op, value, _grain(name))
                if bounds is None:
                    return False
                model.numbers[name] = bounds
                return True
            case Offered(issue, op, value, positive):
                if not positive:
                    model.unoffered |= {issue}
                    return issue not in model.offers
                bounds = narrowed(model.offers.get(issue, (0.0, 1e6)), op, value, 1.0)
                if bounds is None or issue in model.unoffered:
                    return False
                model.offers[issue] = bounds
                return True
        raise TypeError(f"no leaf: {formula!r}")

    def _assert_atom(self, atom: Atom, model: Model, *, positive: bool) -> bool:
        known = model.atoms.get(atom)
        if known is None and atom[0] not in OF_THE_REPLY:
            known = self.world.truth(atom)
        if known is not None:
            return known is positive
        model.atoms[atom] = positive
        if not positive or atom[0] not in OF_THE_REPLY:
            return True
        kind, name = atom[0], atom[1]
        if kind in {"answered", "refused"}:
            return self.world.open_cue(name)
        if kind == "promises" and name and self.scenario.promises.get(name) is None:
            return False
        if kind == "gave":
            forbidden = any(item.id == name for item in self.scenario.desk.may_not)
            shown = ("overpromise",) if forbidden else ()
            return all(
                self._show(model, (behaviour, None, None)) for behaviour in (*shown, *self.scenario.points[name].shows)
            )
        return True

    def certain(self, formula: Formula, model: Model) -> bool:
        """Whether a formula holds as the model stands, with all it says nothing of taken for false."""
        match formula:
            case Every(parts):
                return all(self.certain(part, model) for part in parts)
            case Some(parts):
                return any(self.certain(part, model) for part in parts)
            case Shown(positive=positive):
                return any(_matches(formula, triple) for triple in model.shows) is positive
            case Is(atom, positive):
                known = model.atoms.get(atom)
                if known is None:
                    known = False if atom[0] in OF_THE_REPLY else self.world.truth(atom)
                return known is positive
            case Number(name, op, value):
                low, high = model.numbers.get(name) or self.world.bounds(name)
                return always(low, high, op, value)
            case Offered(issue, op, value, positive):
                offer = model.offers.get(issue)
                holds = offer is not None and OPERATORS[op](offer[0], value)
                return holds is positive
        raise TypeError(f"no formula: {formula!r}")


def _matches(wanted: Shown, triple: Triple) -> bool:
    behaviour, cue, to = triple
    return (
        behaviour in wanted.behaviours
        and (wanted.cue is None or wanted.cue == cue)
        and (wanted.to is None or wanted.to == to)
    )


def _cost(formula: Formula) -> int:
    """What to try first: what asks for little."""
    match formula:
        case Every(parts) | Some(parts):
            return sum(map(_cost, parts))
        case Is(_, positive) | Shown(positive=positive) | Offered(positive=positive):
            return 2 if positive else 0
    return 1


def _grain(name: str) -> float:
    """The least step of a number: meters and quality are fine, all others whole."""
    whole = name in {"turn", "turns_here"} or name.startswith(("counter:", "count:"))
    return 1.0 if whole else STEP


def narrowed(bounds: tuple[float, float], op: Operator, value: float, grain: float) -> tuple[float, float] | None:
    """The bounds within which the comparison holds; None where it cannot."""
    low, high = bounds
    match op:
        case ">=":
            low = max(low, value)
        case ">":
            low = max(low, value + grain)
        case "<=":
            high = min(high, value)
        case "<":
            high = min(high, value - grain)
        case "==":
            low, high = max(low, value), min(high, value)
        case "!=":
            low = low + grain if low == value else low
            high = high - grain if high == value else high
    return (low, high) if low <= high else None


def always(low: float, high: float, op: Operator, value: float) -> bool:
    """Whether the comparison holds for all numbers from `low` to `high`."""
    match op:
        case ">=":
            return low >= value
        case ">":
            return low > value
        case "<=":
            return high <= value
        case "<":
            return high < value
        case "==":
            return low == high == value
        case "!=":
            return value < low or value > high
