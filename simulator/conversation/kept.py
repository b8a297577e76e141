"""Work done once for each scenario and forgotten with it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from simulator.scenario import Scenario

T = TypeVar("T")


def per_scenario(make: Callable[[Scenario], T]) -> Callable[[Scenario], T]:
    """Keep what `make` returns for as long as the scenario lives.

    A scenario is known by identity: comparing two by content would cost more than what is kept. The value
    must not hold the scenario itself, or neither would ever be forgotten.
    """
    known: dict[int, tuple[weakref.ref[Scenario], T]] = {}

    @wraps(make)
    def kept(scenario: Scenario) -> T:
        key = id(scenario)
        found = known.get(key)
        if found is not None and found[0]() is scenario:
            return found[1]
        value = make(scenario)
        known[key] = (weakref.ref(scenario, lambda _: known.pop(key, None)), value)
        return value

    return kept
