"""What exploring a scenario shows to be wrong with it, as complaints with their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.authoring.explore.formula import TRUE, Every, negated, of_the_talk
from simulator.conversation.evaluate import meter_name
from simulator.scenario.checks import Complaint

if TYPE_CHECKING:
    from simulator.authoring.explore import Answer, Exploration
    from simulator.authoring.explore.world import Ways
    from simulator.scenario import Scenario
    from simulator.scenario.states import Transition
    from simulator.scenario.walk import Path

NOUNS = {
    "state": "unreachable-state",
    "ending": "unreachable-ending",
    "fact": "fact-never-earned",
    "objective": "objective-never-met",
}


def complaints(scenario: Scenario, found: Exploration) -> Iterator[Complaint]:
    """Everything the answers and bounds show."""
    for answer in found.answers:
        if answer.verdict == "impossible":
            yield from _impossible(answer)
        elif answer.verdict == "unknown":
            message = f"whether the {answer.kind} `{_called(answer)}` can come about is not known"
            if answer.kind in {"transition", "condition"}:
                message = (
                    f"whether this {answer.kind} can {'fire' if answer.kind == 'transition' else 'hold'} is not known"
                )
            yield Complaint("unsettled", message, _place(answer), on_key=answer.kind not in {"transition", "condition"})
    yield from _traps(scenario, found)
    yield from _bounds(scenario, found)
    yield from _silent(scenario, found)


def _called(answer: Answer) -> str:
    return answer.name


def _place(answer: Answer) -> Path:
    return (*answer.path, "when") if answer.kind == "transition" else answer.path


def _impossible(answer: Answer) -> Iterator[Complaint]:
    if answer.kind == "transition":
        if answer.why.startswith("its state"):
            return
        shadowed = answer.why.startswith(("`", "those"))
        code = "transition-shadowed" if shadowed else "condition-never-holds"
        yield Complaint(code, f"this transition never fires: {answer.why}", _place(answer), on_key=False)
    elif answer.kind == "condition":
        why = f": {answer.why}" if answer.why else ""
        yield Complaint("condition-never-holds", f"this condition never holds{why}", answer.path, on_key=False)
    else:
        why = f": {answer.why}" if answer.why else ""
        verb = {"fact": "is never earned", "objective": "is never met"}.get(answer.kind, "is never reached")
        yield Complaint(NOUNS[answer.kind], f"the {answer.kind} `{answer.name}` {verb}{why}", answer.path)


def _traps(scenario: Scenario, found: Exploration) -> Iterator[Complaint]:
    """States from which no ending can be reached by transitions that can fire."""
    back: dict[str, set[str]] = {}
    for state, name in found.possible.taken:
        goal = scenario.transition_ids[name].to
        if goal is not None and goal != state:
            back.setdefault(goal, set()).add(state)
    finite, waiting = set(scenario.endings), list(scenario.endings)
    while waiting:
        for state in back.get(waiting.pop(), ()):
            if state not in finite:
                finite.add(state)
                waiting.append(state)
    for name in scenario.states:
        if name in found.possible.at and name not in finite:
            message = f"no transition out of `{name}` that leads to an ending can ever fire"
            yield Complaint("trap", message, ("states", name))


def _bounds(scenario: Scenario, found: Exploration) -> Iterator[Complaint]:
    """Conditions that always hold where they are tried, and effects that always hit the end of their meter."""
    possible = found.possible
    for name, state in scenario.states.items():
        if name not in possible.at:
            continue
        left: Ways | None = possible.tested(name)
        firing: list[tuple[Path, Transition]] = [
            (("anywhere", number), one) for number, one in enumerate(scenario.anywhere)
        ]
        firing += [(("states", name, "transitions", number), one) for number, one in enumerate(state.transitions)]
        for path, one in firing:
            if left is None:
                break
            fires = of_the_talk(possible.fires[one.id])
            stays = of_the_talk(possible.stays[one.id])
            then = left.narrow(fires)
            if path[0] == "states":
                if fires not in (TRUE, Every(())) and one.when.text != "always" and left.narrow(stays) is None:
                    message = "this condition always holds where it is tried"
                    yield Complaint("condition-always-holds", message, (*path, "when"), on_key=False)
                if then is not None:
                    yield from _at_end(scenario, then, one, path)
            left = left.narrow(stays)


def _at_end(scenario: Scenario, ways: Ways, one: Transition, path: Path) -> Iterator[Complaint]:
    who = (one.line.who if one.line else None) or ""
    for name, change in one.effects.changes.items():
        if name in scenario.counters:
            continue
        low, high = ways.numbers[meter_name(scenario, name, who)]
        if (change > 0 and low >= 100) or (change < 0 and high <= 0):
            message = f"`{name}` stands at {100 if change > 0 else 0} already whenever this fires"
            yield Complaint("effect-at-bound", message, (*path, "effects", name))


def _silent(scenario: Scenario, found: Exploration) -> Iterator[Complaint]:
    """States in which none of the lines may hold on entry, and no transition that leads there speaks."""
    possible = found.possible
    for name, state in scenario.states.items():
        if name not in possible.at or (state.line is not None and state.line.when is None):
            continue
        entering = [one for one in scenario.transition_ids.values() if one.to == name]
        if name != scenario.start and all(one.speaks for one in entering):
            continue
        guards = [line.when for line in (*state.line_when, *([state.line] if state.line else []))]
        left: Ways | None = possible.at[name]
        for guard in guards:
            if left is not None:
                left = left.narrow(of_the_talk(negated(possible.compiler.condition(guard))))
        if left is not None:
            message = f"`{name}` may be entered with nothing to say"
            yield Complaint("silent-state", message, ("states", name))
