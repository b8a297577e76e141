"""What can still be wrong with a scenario of the right shape: its graph, names used twice, idle facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from simulator.scenario import expression as ex
from simulator.scenario.model import Scenario
from simulator.scenario.nodes import Items, Node, Scalar, Table
from simulator.scenario.walk import Path, conditions_of, lines_of, transitions_of


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem, before it has its place in the file."""

    code: str
    message: str
    path: Path
    mend: str = ""
    on_key: bool = True  # it is about the name, not about what stands under it


def complaints(scenario: Scenario) -> Iterator[Complaint]:
    """All that can be said of a scenario without playing it."""
    yield from _names(scenario)
    yield from _graph(scenario)
    yield from _idle(scenario)
    for path, condition in conditions_of(scenario):
        for term in ex.terms(condition.root):
            if isinstance(term, ex.Compare) and _never(term):
                message = f"`{term.name} {term.op} {term.value}` can never hold"
                yield Complaint("condition-never-holds", message, path, on_key=False)


def duplicate_cues(root: Node) -> Iterator[tuple[Scalar, Scalar]]:
    """Cue ids used again, each with the key that had it first."""
    seen: dict[str, Scalar] = {}
    for key in _cue_keys(root):
        first = seen.setdefault(key.text, key)
        if first is not key:
            yield key, first


def _cue_keys(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Items):
        for item in node.items:
            yield from _cue_keys(item)
    elif isinstance(node, Table):
        for name, entry in node.entries.items():
            if name == "cues" and isinstance(entry.value, Table):
                yield from (cue.key for cue in entry.value.entries.values())
            else:
                yield from _cue_keys(entry.value)


def _names(scenario: Scenario) -> Iterator[Complaint]:
    for name in scenario.endings:
        if name in scenario.states:
            yield Complaint("duplicate-name", f"`{name}` is a state and an ending", ("endings", name), "Rename one.")
    for name in scenario.counters:
        if name in scenario.meters:
            yield Complaint("duplicate-name", f"`{name}` is a meter and a counter", ("counters", name), "Rename one.")
    for number, name in enumerate(scenario.flags):
        if name in scenario.flags[:number]:
            yield Complaint("duplicate-name", f"the flag `{name}` is listed twice", ("flags", number), "Delete one.")
    points: set[str] = set()
    for part in ("know", "may_offer", "may_not"):
        for number, item in enumerate(getattr(scenario.desk, part)):
            if item.id in points:
                path: Path = ("desk", part, number, "id")
                message = f"the desk has two items called `{item.id}`"
                yield Complaint("duplicate-name", message, path, "Rename one.", on_key=False)
            points.update([item.id] if item.id else [])
    seen: set[str] = set()
    for path, transition in transitions_of(scenario):
        if transition.id in seen:
            message = f"two transitions are called `{transition.id}`"
            yield Complaint("duplicate-name", message, (*path, "id"), "Rename one.", on_key=False)
        seen.add(transition.id)
    for old in scenario.renamed:
        if old in scenario.states or old in scenario.endings:
            yield Complaint("renamed", f"`{old}` still exists", ("renamed", old), "Delete this line.")


def _graph(scenario: Scenario) -> Iterator[Complaint]:
    everywhere = {transition.to for transition in scenario.anywhere if transition.to}
    leads = {
        name: (everywhere | {one.to for one in state.transitions if one.to}) - {name}
        for name, state in scenario.states.items()
    }
    reached = _reach({scenario.start}, leads)
    if not reached & scenario.endings.keys():
        yield Complaint("no-ending", "no ending can be reached from the start", ("start",), "Lead a transition to one.")
    else:
        back: dict[str, set[str]] = {}
        for name, goals in leads.items():
            for goal in goals:
                back.setdefault(goal, set()).add(name)
        finite = _reach(set(scenario.endings), back)
        for name in scenario.states:
            if not leads[name]:
                message = f"`{name}` has no way out"
            elif name not in finite:
                message = f"no ending can be reached from `{name}`"
            else:
                continue
            mend = "Add a transition with `to:` here or under `anywhere:`."
            yield Complaint("no-way-out", message, ("states", name), mend)
    for name in scenario.states:
        if name not in reached:
            yield Complaint("unreachable-state", f"no way leads to the state `{name}`", ("states", name))
    for name in scenario.endings:
        if name not in reached:
            yield Complaint("unreachable-ending", f"no way leads to the ending `{name}`", ("endings", name))


def _reach(start: set[str], leads: dict[str, set[str]]) -> set[str]:
    """Everything that can be reached along the arrows, the start included."""
    found, waiting = set(start), list(start)
    while waiting:
        for goal in leads.get(waiting.pop(), ()):
            if goal not in found:
                found.add(goal)
                waiting.append(goal)
    return found


def _idle(scenario: Scenario) -> Iterator[Complaint]:
    told = {fact for _, line in lines_of(scenario) for fact in line.tells}
    for fact in scenario.facts:
        if fact not in told:
            yield Complaint(
                "fact-never-told",
                f"no line tells `{fact}`",
                ("facts", fact),
                f"Add `tells: {fact}` to a line.",
            )
    effects = chain(
        (one.effects for _, one in transitions_of(scenario)), (line.effects for _, line in lines_of(scenario))
    )
    raised = {flag for effect in effects for flag in effect.set_flags}
    for number, flag in enumerate(scenario.flags):
        if flag not in raised:
            yield Complaint("flag-never-set", f"nothing sets the flag `{flag}`", ("flags", number))


def _never(term: ex.Compare) -> bool:
    """Whether no value in the range of what is measured passes the comparison."""
    ranges: dict[str, tuple[float, float]] = {
        "meter": (0, 100),
        "quality": (-1, 1),
        "turn": (1, 1e9),
        "turns_here": (1, 1e9),
    }
    if term.kind not in ranges:
        return False
    low, high = ranges[term.kind]
    passes = ex.OPERATORS[term.op]
    return not any(passes(value, term.value) for value in (low, high, max(low, min(high, term.value)), low + 0.5))
