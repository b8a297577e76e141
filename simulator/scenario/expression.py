"""What a condition says, as a tree of small frozen values. Evaluating it is the conversation's business."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Operator = Literal[">=", "<=", ">", "<", "==", "!="]
Measured = Literal["meter", "counter", "turn", "turns_here", "quality"]
PromiseStatus = Literal["promised", "due", "kept", "broken"]

OPERATORS: Mapping[Operator, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Always:
    """`always`."""


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Shows:
    """This reply shows one of the behaviours; where given, taking up `cue`, said `to` a person.

    `name` is the behaviour or group the author wrote.
    """

    name: str
    behaviours: frozenset[str]
    cue: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The behaviour was in this reply or an earlier one; in the `last` so many replies, where given."""

    shows: Shows
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many replies showed the behaviour, this one included."""

    shows: Shows
    op: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Previous:
    """The reply before this one showed the behaviour."""

    shows: Shows


@dataclass(frozen=True, slots=True)
class Compare:
    """A number against a number. `name` is a meter (`PERSON.METER` for their own), a counter, or the kind."""

    kind: Measured
    name: str
    op: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Told:
    """The client has told the fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Visited:
    """The talk has been in the state."""

    state: str


@dataclass(frozen=True, slots=True)
class Asked:
    """This reply asks about the topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """This reply speaks of the topic, in a question or out of one."""

    topic: str


@dataclass(frozen=True, slots=True)
class Gave:
    """This reply brings the desk item."""

    point: str


@dataclass(frozen=True, slots=True)
class Given:
    """The learner has brought the desk item at some time so far."""

    point: str


@dataclass(frozen=True, slots=True)
class Answered:
    """This reply answered the cue."""

    cue: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This reply refused to answer the cue."""

    cue: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag was set."""

    name: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise has this status; any promise, where `name` is None."""

    status: PromiseStatus
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The number the learner put on the issue in this reply."""

    issue: str
    op: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The client's standing offer on the issue."""

    issue: str
    op: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Conceded:
    """The client has moved on the issue."""

    issue: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """The issue is settled."""

    issue: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """The learner noticed what does not fit about the topic."""

    topic: str


Named = Told | Visited | Asked | Mentions | Gave | Given | Answered | Refused | Flag | Conceded | Agreed | Discrepancy
"""Terms that hold one name and nothing else."""

Expression = Always | And | Or | Not | Shows | Said | Count | Previous | Compare | Named | Promised | Offer | Standing


def terms(expression: Expression) -> Iterator[Expression]:
    """The terms of a tree, left to right: all but `and`, `or`, `not`."""
    for term, _ in signed_terms(expression):
        yield term


def signed_terms(expression: Expression, *, positive: bool = True) -> Iterator[tuple[Expression, bool]]:
    """The terms of a tree, each with whether it must hold (True) or must not (False)."""
    if isinstance(expression, And | Or):
        for part in expression.parts:
            yield from signed_terms(part, positive=positive)
    elif isinstance(expression, Not):
        yield from signed_terms(expression.part, positive=not positive)
    else:
        yield expression, positive


def uses(expression: Expression) -> frozenset[tuple[str, str]]:
    """The names an expression holds, as (kind, name).

    Kinds are behaviour, cue, person, fact, state, topic, point, flag, promise, issue, meter and counter.
    """
    found: set[tuple[str, str]] = set()
    for term in terms(expression):
        found.update(_uses(term))
    return frozenset(found)


def _uses(term: Expression) -> Iterator[tuple[str, str]]:
    match term:
        case Shows(name, _, cue, to):
            yield "behaviour", name
            if cue:
                yield "cue", cue
            if to:
                yield "person", to
        case Said(shows) | Count(shows) | Previous(shows):
            yield from _uses(shows)
        case Compare(("meter" | "counter") as kind, name):
            yield kind, name
        case Told(name):
            yield "fact", name
        case Visited(name):
            yield "state", name
        case Asked(name) | Mentions(name) | Discrepancy(name):
            yield "topic", name
        case Gave(name) | Given(name):
            yield "point", name
        case Answered(name) | Refused(name):
            yield "cue", name
        case Flag(name):
            yield "flag", name
        case Promised(_, str(name)):
            yield "promise", name
        case Offer(name) | Standing(name) | Conceded(name) | Agreed(name):
            yield "issue", name
