"""Conditions as formulas a solver can work on: negations at the leaves, and history apart from the reply.

`count(blame) >= 2` becomes "this reply blames and one before did, or two before did", so that a leaf is decided
either by the reply or by where the talk stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.conversation.evaluate import HARM, asks_help, meter_name
from simulator.scenario import expression as ex

if TYPE_CHECKING:
    from simulator.scenario import Condition, Scenario
    from simulator.scenario.states import Transition

Atom = tuple[str, ...]
"""What is so or not: `("told", fact)` of the talk, `("asked", topic)` of the reply."""

OF_THE_REPLY = frozenset({"asked", "mentions", "gave", "answered", "refused", "discrepancy", "promises"})
"""Kinds of atoms a reply decides, beside what it shows and offers."""

OPPOSITE: Mapping[ex.Operator, ex.Operator] = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Is:
    """An atom that must hold, or must not."""

    atom: Atom
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the behaviours is shown in this reply, or none of them is."""

    behaviours: frozenset[str]
    cue: str | None = None
    to: str | None = None
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Number:
    """A number compared: `trust`, `turn`, `counter:slips`, `standing:days`, `count:...`, `quality`."""

    name: str
    op: ex.Operator
    value: float


@dataclass(frozen=True, slots=True)
class Offered:
    """The reply puts a number on an issue that compares so; or it does not."""

    issue: str
    op: ex.Operator
    value: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Formula, ...]


Leaf = Is | Shown | Number | Offered
Formula = Leaf | Every | Some

TRUE: Formula = Every(())
FALSE: Formula = Some(())


def negated(formula: Formula) -> Formula:
    """The formula that holds exactly where this one does not."""
    match formula:
        case Is(atom, positive):
            return Is(atom, not positive)
        case Shown(behaviours, cue, to, positive):
            return Shown(behaviours, cue, to, not positive)
        case Number(name, op, value):
            return Number(name, OPPOSITE[op], value)
        case Offered(issue, op, value, positive):
            return Offered(issue, op, value, not positive)
        case Every(parts):
            # What a silent reply already makes so stands first, because it is found so most often.
            return Some(tuple(sorted((negated(part) for part in parts), key=_asks_much)))
        case Some(parts):
            return Every(tuple(negated(part) for part in parts))


def _asks_much(formula: Formula) -> int:
    match formula:
        case Shown(positive=False) | Is(positive=False):
            return 0
        case Every() | Some():
            return 2
    return 1


def of_the_talk(formula: Formula) -> Formula:
    """What a formula asks of the talk, whatever the reply: the reply is taken to do its part."""
    match formula:
        case Every(parts):
            asked = tuple(one for one in map(of_the_talk, parts) if one != TRUE)
            return asked[0] if len(asked) == 1 else Every(asked)
        case Some(parts):
            asked = tuple(map(of_the_talk, parts))
            return TRUE if TRUE in asked else Some(asked)
        case Number():
            return formula
        case Is(atom):
            return TRUE if atom[0] in OF_THE_REPLY else formula
    return TRUE


def leaves(formula: Formula) -> Iterable[Leaf]:
    """The leaves, left to right."""
    if isinstance(formula, Every | Some):
        for part in formula.parts:
            yield from leaves(part)
    else:
        yield formula


class Compiler:
    """Makes formulas of one scenario's conditions."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        harm = catalogue().expand(HARM)
        self.harmless = Shown(harm, positive=False)
        self.history: dict[str, Shown] = {}
        self._known: dict[tuple[str, str, bool], Formula] = {}

    def transition(self, transition: Transition) -> Formula:
        """When a transition fires, once it is its turn: its condition, no harm beside the help it asks for, and not
        before where it fires only once."""
        who = (transition.line.who if transition.line else None) or ""
        asked = (transition.when.text, who, True)  # many transitions ask the same
        formula = self._known.get(asked)
        if formula is None:
            formula = self._made(transition.when.root, who, helps_alone=not transition.when.despite_harm)
            self._known[asked] = formula
        if transition.once:
            formula = Every((Is(("fired", transition.id), positive=False), formula))
        return formula

    def condition(self, condition: Condition | None, who: str = "") -> Formula:
        """When a condition of anything else holds."""
        return TRUE if condition is None else self._made(condition.root, who)

    def _made(self, expression: ex.Expression, who: str, *, asked: bool = True, helps_alone: bool = False) -> Formula:
        """The formula of an expression, or with `asked` False of its opposite."""
        match expression:
            case ex.And(parts) | ex.Or(parts):
                made = tuple(self._made(part, who, asked=asked, helps_alone=helps_alone) for part in parts)
                return Every(made) if isinstance(expression, ex.And) == asked else Some(made)
            case ex.Not(part):
                return self._made(part, who, asked=not asked, helps_alone=helps_alone)
        formula = self._term(expression, who)
        if not asked:
            formula = negated(formula)
        if helps_alone and asks_help(expression, asked=asked):
            formula = Every((formula, self.harmless))
        return formula

    def _term(self, term: ex.Expression, who: str) -> Formula:
        match term:
            case ex.Always():
                return TRUE
            case ex.Shows():
                return _shown(term)
            case ex.Said(shows, last):
                if last == 1:
                    return _shown(shows)
                return Some((_shown(shows), Is(("said", self._key(shows), str(last - 1 if last else 0)))))
            case ex.Previous(shows):
                return Is(("said", self._key(shows), "1"))
            case ex.Count(shows, op, value):
                before = f"count:{self._key(shows)}"
                shown = _shown(shows)
                with_this = Every((shown, Number(before, op, value - 1)))
                return Some((with_this, Every((negated(shown), Number(before, op, value)))))
            case ex.Compare(kind, name, op, value):
                named = meter_name(self.scenario, name, who) if kind == "meter" else name
                return Number(f"counter:{name}" if kind == "counter" else named, op, value)
            case ex.Given(point):
                return Some((Is(("gave", point)), Is(("given", point))))
            case ex.Mentions(topic):
                return Some((Is(("mentions", topic)), Is(("asked", topic))))
            case ex.Discrepancy(topic):
                return Every((Is(("discrepancy", topic)), self.harmless))
            case ex.Promised(status, name):
                standing = Is(("promise", status, name or ""))
                return Some((Is(("promises", name or "")), standing)) if status == "promised" else standing
            case ex.Offer(issue, op, value):
                return Offered(issue, op, value)
            case ex.Standing(issue, op, value):
                return Number(f"standing:{issue}", op, value)
        ((_, name),) = ex.uses(term)
        return Is((type(term).__name__.lower(), name))

    def _key(self, shows: ex.Shows) -> str:
        """The name history keeps a behaviour under."""
        name = shows.name + (f" of {shows.cue}" if shows.cue else "") + (f" to {shows.to}" if shows.to else "")
        self.history[name] = _shown(shows)
        return name


def _shown(shows: ex.Shows) -> Shown:
    return Shown(shows.behaviours, shows.cue, shows.to)
