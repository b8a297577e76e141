"""All the ways a talk can stand in one state, as one value: each number between two bounds, each fact so, not so or
either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from simulator.authoring.explore.formula import TRUE, Atom, Every, Formula, Is, Number, Some
from simulator.authoring.explore.solve import STEP, narrowed

NO, YES, EITHER = 1, 2, 3
"""What may be the case of an atom, as bits."""

METERS = (0.0, 100.0)
UNBOUNDED = (-inf, inf)
FIXED: Mapping[str, tuple[float, float]] = {"quality": (-1.0, 1.0)}


@dataclass(slots=True)
class Ways:
    """The ways a talk can stand. What is not kept may be anything."""

    numbers: dict[str, tuple[float, float]]
    atoms: dict[Atom, int]

    def copy(self) -> Ways:
        """Ways that can be changed apart."""
        return Ways(dict(self.numbers), dict(self.atoms))

    def truth(self, atom: Atom) -> bool | None:
        """As the solver asks for it."""
        known = self.atoms.get(atom, EITHER)
        return None if known == EITHER else known == YES

    def bounds(self, name: str) -> tuple[float, float]:
        """As the solver asks for it."""
        found = self.numbers.get(name) or FIXED.get(name)
        return found or ((0.0, inf) if name.startswith("count:") else UNBOUNDED)

    def open_cue(self, cue: str) -> bool:
        """Any cue may be open."""
        return bool(cue)

    def join(self, other: Ways) -> bool:
        """Allow what `other` allows too; whether that is anything new."""
        new = False
        for name, (low, high) in other.numbers.items():
            mine = self.numbers[name]
            if low < mine[0] or high > mine[1]:
                self.numbers[name] = (min(low, mine[0]), max(high, mine[1]))
                new = True
        for atom, mask in other.atoms.items():
            mine_too = self.atoms[atom] | mask
            if mine_too != self.atoms[atom]:
                self.atoms[atom] = mine_too
                new = True
        return new

    def widen(self, before: Ways, steps: Mapping[str, tuple[float, ...]]) -> None:
        """Push every bound that moved since `before` out to the next number any condition speaks of, so that growing
        comes to an end."""
        for name, (new_low, new_high) in self.numbers.items():
            low, high, old = new_low, new_high, before.numbers[name]
            ends = METERS if name in before.numbers and _is_meter(name) else UNBOUNDED
            at = steps.get(name, ())
            if low < old[0]:
                low = max((step for step in at if step <= low), default=ends[0])
            if high > old[1]:
                high = min((step for step in at if step >= high), default=ends[1])
            self.numbers[name] = (low, high)

    def narrow(self, formula: Formula) -> Ways | None:
        """The ways in which a formula of the talk can hold, or None."""
        if formula == TRUE:
            return self.copy()
        numbers, atoms = dict(self.numbers), dict(self.atoms)
        return Ways(numbers, atoms) if _narrow(formula, numbers, atoms, self) else None

    def shift(self, name: str, low: float, high: float) -> None:
        """Add something between `low` and `high` to a number."""
        ends = METERS if _is_meter(name) else UNBOUNDED
        old = self.numbers[name]
        self.numbers[name] = (
            min(ends[1], max(ends[0], old[0] + low)),
            min(ends[1], max(ends[0], old[1] + high)),
        )


def _is_meter(name: str) -> bool:
    return ":" not in name and name not in {"turn", "turns_here"}


def _narrow(formula: Formula, numbers: dict[str, tuple[float, float]], atoms: dict[Atom, int], ways: Ways) -> bool:
    match formula:
        case Every(parts):
            return all(_narrow(part, numbers, atoms, ways) for part in parts)
        case Some(parts):
            return _narrow_some(parts, numbers, atoms, ways)
        case Is(atom, positive):
            mask = atoms.get(atom, EITHER) & (YES if positive else NO)
            if atom in atoms:
                atoms[atom] = mask
            return mask != 0
        case Number(name, op, value):
            grain = STEP if _is_meter(name) else 1.0
            if name.startswith("standing:"):
                grain = STEP
            bounds = narrowed(numbers.get(name) or ways.bounds(name), op, value, grain)
            if bounds is not None and name in numbers:
                numbers[name] = bounds
            return bounds is not None
    return True


def _narrow_some(
    parts: Iterable[Formula], numbers: dict[str, tuple[float, float]], atoms: dict[Atom, int], ways: Ways
) -> bool:
    """All that any of the parts allows, taken together."""
    found: Ways | None = None
    for part in parts:
        theirs = Ways(dict(numbers), dict(atoms))
        if not _narrow(part, theirs.numbers, theirs.atoms, ways):
            continue
        if theirs.numbers == numbers and theirs.atoms == atoms:
            return True
        if found is None:
            found = theirs
        else:
            found.join(theirs)
    if found is None:
        return False
    numbers.update(found.numbers)
    atoms.update(found.atoms)
    return True
