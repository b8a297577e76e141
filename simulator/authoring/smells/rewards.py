"""What a scenario pays for: harm, influence before listening; and what its rubric asks that it never offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simulator.authoring.words import settings
from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.checks import Complaint
from simulator.scenario.walk import Path, transitions_of

if TYPE_CHECKING:
    from simulator.rubric.model import Criterion, Rubric
    from simulator.scenario import Scenario
    from simulator.scenario.states import Transition


def complaints(scenario: Scenario, rubrics: Iterable[Rubric]) -> Iterator[Complaint]:
    """Rewards that teach the wrong thing, and criteria nobody can earn."""
    for path, one in transitions_of(scenario):
        yield from _harm(scenario, path, one)
    yield from _influence(scenario)
    for rubric in rubrics:
        for criterion in rubric.criteria.values():
            if why := _unearnable(scenario, criterion):
                message = f"`{criterion.title}` of `{rubric.id}` cannot be earned: {why}"
                yield Complaint(
                    "criterion-unearnable", message, ("rubrics", scenario.rubrics.index(rubric.id)), on_key=False
                )


def _wanted(expression: ex.Expression) -> list[frozenset[str]]:
    """For each way to make an expression hold, as far as behaviours go: what must be shown in it."""
    match expression:
        case ex.Or(parts):
            return [way for part in parts for way in _wanted(part)]
        case ex.And(parts):
            ways = [frozenset[str]()]
            for part in parts:
                ways = [one | other for one in ways for other in _wanted(part)][:64]
            return ways
        case ex.Shows(name):
            return [frozenset((name,))]
    return [frozenset()]


def _harm(scenario: Scenario, path: Path, one: Transition) -> Iterator[Complaint]:
    known = catalogue()
    ways = [{known.valence(name) for name in way} for way in _wanted(one.when.root)]
    if not ways or not all("harms" in way and "helps" not in way for way in ways):
        return
    for name, change in one.effects.changes.items():
        meter = scenario.all_meters.get(name)
        if meter is not None and (change > 0) == (meter.good == "high") and _turns_round(one, name, change):
            message = f"harm is rewarded here: `{name}` changes by {change:+d}"
            yield Complaint("harm-rewarded", message, (*path, "effects", name), on_key=False)


def _turns_round(one: Transition, meter: str, change: int) -> bool:
    """Whether an effect outweighs what the catalogue takes for the least of these harms."""
    known = catalogue()
    harms = [
        known.behaviours[behaviour].effects.get(meter, 0)
        for term, positive in ex.signed_terms(one.when.root)
        if isinstance(term, ex.Shows) and positive
        for behaviour in term.behaviours
    ]
    return abs(change) > max((abs(harm) for harm in harms), default=0)


def _influence(scenario: Scenario) -> Iterator[Complaint]:
    """Rewards for advice, options or persuasion in the first state that ask for no listening with it."""
    influence, listening = frozenset(settings()["influence"]), frozenset(settings()["listening"])
    for number, one in enumerate(scenario.states[scenario.start].transitions):
        ways = _wanted(one.when.root)
        pays = one.effects.changes.get("trust", 0) > 0
        looked_back = any(isinstance(term, ex.Count | ex.Said | ex.Told) for term in ex.terms(one.when.root))
        if pays and not looked_back and any(way & influence and not way & listening for way in ways):
            path: Path = ("states", scenario.start, "transitions", number, "when")
            yield Complaint("influence-first", "influence pays here before anybody has listened", path, on_key=False)


def _unearnable(scenario: Scenario, criterion: Criterion) -> str:
    measure = criterion.measure
    offered = {cue.kind for cue in scenario.cues.values()}
    wanted = getattr(measure, "kinds", ()) or getattr(measure, "after", ())
    if wanted and offered.isdisjoint(wanted):
        return f"no line offers a cue of the kind {' or '.join(kind.value for kind in wanted)}"
    parts = {getattr(part, "of", "") for part in getattr(measure, "parts", ())}
    if parts and parts <= {"issues", "agreement"} and not scenario.issues:
        return "there are no `issues` to negotiate"
    return ""
