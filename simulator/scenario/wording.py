"""Conditions in words: as a line that reads back to the same tree, and as a sentence for people."""

from __future__ import annotations

from typing import assert_never

from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.conditions import Condition

COMPARED: dict[ex.Operator, str] = {
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "less than",
    "==": "exactly",
    "!=": "not",
}

STATUS: dict[ex.PromiseStatus, str] = {
    "promised": "was made",
    "due": "is due",
    "kept": "was kept",
    "broken": "was broken",
}


def written(expression: ex.Expression) -> str:
    """The expression as an author would write it; parsing it gives the same tree."""
    match expression:
        case ex.And(parts):
            return " and ".join(_inner(part) for part in parts)
        case ex.Or(parts):
            return " or ".join(_inner(part) for part in parts)
        case ex.Not(part):
            return f"not {_inner(part)}"
        case _:
            return _term(expression)


def _inner(expression: ex.Expression) -> str:
    text = written(expression)
    return f"({text})" if isinstance(expression, ex.And | ex.Or) else text


def _term(term: ex.Expression) -> str:
    match term:
        case ex.Shows(name, _, cue, to):
            return name + (f" of {cue}" if cue else "") + (f" to {to}" if to else "")
        case ex.Said(shows, last):
            return f"said {_term(shows)}" + (f" in last {last}" if last else "")
        case ex.Previous(shows):
            return f"previous {_term(shows)}"
        case ex.Count(shows, op, value):
            return f"count({_term(shows)}) {op} {value}"
        case ex.Compare(_, name, op, value):
            return f"{name} {op} {value}"
        case ex.Offer(name, op, value):
            return f"offer {name} {op} {value}"
        case ex.Standing(name, op, value):
            return f"standing {name} {op} {value}"
        case ex.Promised(status, name):
            return f"{status} {name}" if name else status
        case ex.Discrepancy(name):
            return f"discrepancy of {name}"
        case ex.Always():
            return "always"
        case ex.And() | ex.Or() | ex.Not():
            return written(term)
        case _:
            ((_, name),) = ex.uses(term)
            return f"{type(term).__name__.lower()} {name}"


def describe(condition: Condition | ex.Expression) -> str:
    """The condition in plain words, for telling why a transition was taken."""
    if isinstance(condition, Condition):
        said = describe(condition.root)
        return f"{said}, even beside harm" if condition.despite_harm else said
    match condition:
        case ex.And(parts):
            return " and ".join(_described(part, ex.Or) for part in parts)
        case ex.Or(parts):
            return " or ".join(_described(part, ex.And) for part in parts)
        case ex.Not(part):
            return f"it is not so that {_described(part, ex.And | ex.Or)}"
        case ex.Always():
            return "always"
        case ex.Shows():
            return f"the reply shows {_shown(condition)}"
        case ex.Said(shows, last):
            within = "so far" if last is None else "in this reply" if last == 1 else f"in the last {last} replies"
            return f"{_shown(shows)} was said {within}"
        case ex.Previous(shows):
            return f"the reply before showed {_shown(shows)}"
        case ex.Count(shows, op, value):
            return f"the number of replies with {_shown(shows)} is {COMPARED[op]} {value}"
        case ex.Compare(kind, name, op, value):
            return f"{_measured(kind, name)} is {COMPARED[op]} {value}"
        case ex.Offer(name, op, value):
            return f"the learner's offer on {_plain(name)} is {COMPARED[op]} {value}"
        case ex.Standing(name, op, value):
            return f"the client's offer on {_plain(name)} is {COMPARED[op]} {value}"
        case ex.Promised(status, name):
            return f"{f'the promise {_plain(name)}' if name else 'a promise'} {STATUS[status]}"
        case _:
            return _simple(condition)


def _simple(term: ex.Expression) -> str:
    """Terms of one word and one name."""
    match term:
        case ex.Told(name):
            return f"the client has told {_plain(name)}"
        case ex.Visited(name):
            return f"the talk has been at {_plain(name)}"
        case ex.Asked(name):
            return f"the reply asks about {_plain(name)}"
        case ex.Mentions(name):
            return f"the reply speaks of {_plain(name)}"
        case ex.Gave(name):
            return f"the reply brings {_plain(name)}"
        case ex.Given(name):
            return f"{_plain(name)} was brought"
        case ex.Answered(name):
            return f"the reply answers {_plain(name)}"
        case ex.Refused(name):
            return f"the reply refuses to answer {_plain(name)}"
        case ex.Flag(name):
            return f"{_plain(name)} was noted"
        case ex.Conceded(name):
            return f"the client has moved on {_plain(name)}"
        case ex.Agreed(name):
            return f"{_plain(name)} is settled"
        case ex.Discrepancy(name):
            return f"the learner noticed what does not fit about {_plain(name)}"
        case _:
            return _term(term)


def _described(part: ex.Expression, bracketed: object) -> str:
    text = describe(part)
    return f"({text})" if isinstance(part, bracketed) else text  # type: ignore[arg-type]


def _shown(shows: ex.Shows) -> str:
    known = catalogue()
    named = known.groups.get(shows.name) or known.behaviours.get(shows.name)
    name = named.name.lower() if named else _plain(shows.name)
    cue = f" of {_plain(shows.cue)}" if shows.cue else ""
    return f"{name}{cue}{f' to {_plain(shows.to)}' if shows.to else ''}"


def _measured(kind: ex.Measured, name: str) -> str:
    match kind:
        case "turn":
            return "the number of turns"
        case "turns_here":
            return "the number of turns here"
        case "quality":
            return "the quality of the reply"
        case "meter" | "counter":
            person, _, meter = name.rpartition(".")
            return f"{_plain(meter)} of {_plain(person)}" if person else _plain(meter)
        case _:
            assert_never(kind)


def _plain(name: str) -> str:
    return name.replace("_", " ")
