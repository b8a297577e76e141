"""From what the solver found to a turn of a test: behaviours, questions and points that an author can copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simulator.authoring.explore.formula import Atom, Every, Formula, Is, Number, Shown, Some
from simulator.authoring.explore.solve import STEP, Model, narrowed
from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import QuestionKind
from simulator.scenario.frozen import FrozenDict
from simulator.scenario.scripted import ScriptedBehaviour, ScriptedTurn

if TYPE_CHECKING:
    from simulator.conversation import Position
    from simulator.scenario import Scenario

HELPING = ("validation", "complex_reflection", "honour_value", "apologise_specific", "feeling_label", "affirmation")
"""Behaviours that move trust up and agitation down where nothing else is asked for."""

HARMING = ("contempt", "insult", "threat", "blame", "provoke", "dismiss")
"""Behaviours that do the opposite."""

AT_ONCE = 3
"""Behaviours added to one reply to move a meter."""


Certain = Callable[[Formula, Model], bool]


class Standing:
    """A position of the talk as the solver asks for it. A meter may move by as much as a reply can move it."""

    def __init__(
        self, position: Position, history: dict[str, Shown], reactions: dict[str, tuple[float, float]]
    ) -> None:
        self.position = position
        self._history = history
        self._reactions = reactions
        self._cues = {cue.cue.id for cue in position.cues}

    def exactly(self) -> Standing:
        """The same, with the meters as they are."""
        return Standing(self.position, self._history, {})

    def truth(self, atom: Atom) -> bool | None:
        """Whether an atom of the talk holds."""
        at, kind, name = self.position, atom[0], atom[1]
        match kind:
            case "told" | "visited" | "given" | "fired":
                return name in getattr(at, kind)
            case "flag":
                return name in at.flags
            case "conceded":
                return at.issues[name].conceded
            case "agreed":
                return at.issues[name].agreed is not None
            case "said":
                return self._count(name, int(atom[2])) > 0
            case "promise":
                kept = [one for one in at.promises if not atom[2] or one.id == atom[2]]
                return any(name in {"promised", one.status} for one in kept)
        return None

    def bounds(self, name: str) -> tuple[float, float]:
        """The bounds of a number in the next turn."""
        at = self.position
        kind, _, rest = name.partition(":")
        if name in at.meters:
            down, up = self._reactions.get(name, (0.0, 0.0))
            return max(0.0, at.meters[name] + down), min(100.0, at.meters[name] + up)
        known: dict[str, float] = {"turn": at.turn + 1, "turns_here": at.turns_here + 1}
        if name in known:
            return known[name], known[name]
        if name == "quality":
            return -1.0, 1.0
        value = self._count(rest, 0) if kind == "count" else 0.0
        if kind == "counter":
            value = at.counters[rest]
        elif kind == "standing":
            value = at.issues[rest].standing
        return float(value), float(value)

    def open_cue(self, cue: str) -> bool:
        """Whether a reply can take up the cue now."""
        return cue in self._cues

    def _count(self, key: str, last: int) -> int:
        shown = self._history[key]
        tail = (f" of {shown.cue}" if shown.cue else "") + (f" to {shown.to}" if shown.to else "")
        wanted = {behaviour + tail for behaviour in shown.behaviours}
        replies = self.position.shown[-last:] if last else self.position.shown
        return sum(not wanted.isdisjoint(one) for one in replies)


def may_hold(formula: Formula, standing: Standing) -> bool:
    """Whether a formula of the talk can hold here, part by part: a quick look before the solver is asked."""
    match formula:
        case Every(parts):
            return all(may_hold(part, standing) for part in parts)
        case Some(parts):
            return any(may_hold(part, standing) for part in parts)
        case Is(atom, positive):
            return standing.truth(atom) is not (not positive)
        case Number(name, op, value):
            return narrowed(standing.bounds(name), op, value, STEP) is not None
    return True


def turn_of(model: Model, scenario: Scenario, kinds: dict[str, QuestionKind] | None = None) -> ScriptedTurn | None:
    """The turn a model stands for; `kinds` are the kinds of question by topic. None where no reply could be so."""
    kinds = kinds or {}
    said: dict[str, list[str]] = {
        kind: [] for kind in ("asked", "mentions", "gave", "answered", "refused", "discrepancy", "promises")
    }
    for (kind, *names), positive in model.atoms.items():
        if positive and kind in said:
            said[kind].append(names[0])
    shown = sorted(model.shows, key=lambda triple: (triple[0], triple[1] or "", triple[2] or ""))
    offers = {issue: bounds[0] for issue, bounds in model.offers.items()}
    quality = _quality(model, [triple[0] for triple in shown])
    if quality is False:
        return None
    promised = [name or next(iter(scenario.promises), "") for name in said["promises"]]
    answered_anyway = {cue for behaviour, cue, _ in shown if cue and catalogue().valence(behaviour) != "harms"}
    if not (shown or offers or any(said.values())) and quality is None:
        quality = 0.0  # a reply that does nothing
    return ScriptedTurn.model_construct(
        reply=None,
        shown=tuple(
            ScriptedBehaviour.model_construct(behaviour=behaviour, cue=cue, to=to)
            for behaviour, cue, to in shown
            if not (behaviour == "overpromise" and said["gave"] and cue is None)
        ),
        asks=FrozenDict({topic: kinds.get(topic, QuestionKind.ANY) for topic in said["asked"]}),
        gives=tuple(said["gave"]),
        offers=FrozenDict(offers),
        promises=tuple(name for name in promised if name),
        mentions=tuple(topic for topic in said["mentions"] if topic not in said["asked"]),
        answers=tuple(cue for cue in said["answered"] if cue not in answered_anyway),
        refuses=tuple(said["refused"]),
        notices=tuple(said["discrepancy"]),
        quality=quality,
        state=None,
        told=(),
        shows=(),
        expect=None,
        says=(),
        ending=None,
    )


def _quality(model: Model, shown: list[str]) -> float | bool | None:
    """The quality to name outright; None where it follows from the behaviours, False where it cannot go with them."""
    if "quality" not in model.numbers:
        return None
    low, high = model.numbers["quality"]
    valences = [catalogue().valence(behaviour) for behaviour in shown]
    helps, harms = valences.count("helps"), valences.count("harms")
    natural = (helps - harms) / max(1, helps + harms)
    if low <= natural <= high:
        return None
    wanted = low if natural < low else high
    if helps and not harms and wanted <= 0:
        return False
    if harms and not helps and wanted >= 0:
        return False
    return round(wanted, 2)


def pushed(model: Model, standing: Standing, avoided: Sequence[Formula], certain: Certain) -> Model:
    """The model with behaviours added that move its meters to where they have to be, as far as `avoided` allows.
    `certain` tells whether a formula holds in a model."""
    at = standing.position.meters
    for name, (low, high) in list(model.numbers.items()):
        if name in at and not low <= at[name] <= high:
            good = (at[name] < low) != name.endswith("agitation")
            model = with_any(model, HELPING if good else HARMING, standing, avoided, certain)
    return model


def with_any(
    model: Model, behaviours: Sequence[str], standing: Standing, avoided: Sequence[Formula], certain: Certain
) -> Model:
    """The model with some of the behaviours added, others in each turn, because the same help wears off."""
    turn = standing.position.turn
    added = 0
    for number in range(len(behaviours)):
        behaviour = behaviours[(turn * AT_ONCE + number) % len(behaviours)]
        if any(behaviour in one.behaviours and one.cue is None and one.to is None for one in model.banned):
            continue
        trial = model.copy()
        trial.shows |= {(behaviour, None, None)}
        if all(certain(formula, trial) for formula in avoided):
            model, added = trial, added + 1
        if added == AT_ONCE:
            break
    return model


def written(turn: ScriptedTurn) -> str:
    """The turn as an author writes it under `turns:` of a test."""
    parts = []
    if turn.shown:
        parts.append(f"as: [{', '.join(map(str, turn.shown))}]")
    if turn.asks:
        parts.append(f"asks: {{{', '.join(f'{topic}: {kind.value}' for topic, kind in turn.asks.items())}}}")
    if turn.offers:
        parts.append(f"offers: {{{', '.join(f'{issue}: {value:g}' for issue, value in turn.offers.items())}}}")
    for name in ("gives", "promises", "mentions", "answers", "refuses", "notices"):
        values: tuple[str, ...] = getattr(turn, name)
        parts += [f"{name}: [{', '.join(values)}]"] if values else []
    if turn.quality is not None:
        parts.append(f"quality: {turn.quality:g}")
    return f"{{{', '.join(parts)}}}"
