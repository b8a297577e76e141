"""Whether a condition holds at a moment of the talk: the expression tree against position, reading and
history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue, read_data
from simulator.catalogue.types import Finding, Reading
from simulator.conversation.cues import DODGE_RULE
from simulator.conversation.turn import Position
from simulator.scenario import expression as ex

if TYPE_CHECKING:
    from simulator.scenario import Condition, Scenario

SURE = 0.5
"""The confidence from which a finding counts."""

SURE_GUESS = 0.7
"""The confidence from which a finding counts that no rule made."""

HARM = "any_harm"
"""The group whose presence in a reply spoils the help beside it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a condition is tested against: the position with this reply counted in, and the reading of the
    reply.

    `listener` is whom the reply was said to, `who` the person whose meters an unqualified name means (the
    first one, where it is empty). `spoiled` says that help does not count, because harm stands beside it.
    """

    scenario: Scenario
    position: Position
    reading: Reading
    listener: str
    who: str = ""
    spoiled: bool = False

    def of(self, who: str | None) -> Moment:
        """The same moment, with unqualified meters meaning this person's."""
        return replace(self, who=who or "")


def meter_name(scenario: Scenario, name: str, who: str = "") -> str:
    """The key of a meter in `Position.meters`.

    `name` is as an author writes it. Unqualified, it means the own meter of `who` (the first person, where
    empty), or the shared one. Own meters of the first person stand under their plain name.
    """
    first = scenario.first_person
    full = name if "." in name else scenario.meter_of(who or first, name)
    return full.removeprefix(f"{first}.")


def sure(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that count: sure enough, and of a behaviour the catalogue knows (another reader's may not
    be). A client reacts to a guess only where it is a good one."""
    known = catalogue().behaviours
    return tuple(
        finding
        for finding in findings
        if finding.confidence >= (SURE_GUESS if finding.guessed else SURE) and finding.behaviour in known
    )


def gamed(reading: Reading) -> bool:
    """Whether a gate says that the reply only plays at helping: it copies, stuffs or repeats itself."""
    return not _spoiling().isdisjoint(reading.gates)


@cache
def _spoiling() -> frozenset[str]:
    return frozenset(read_data("lexicons/gates.yaml")["spoil"])


def marks(findings: Iterable[Finding], listener: str) -> tuple[str, ...]:
    """What a reply showed, for `Position.shown`: each behaviour, alone and with its cue and listener."""
    shown: set[str] = set()
    for finding in findings:
        for cue in ["", *(f" of {cue}" for cue in (finding.cue, *finding.also) if cue)]:
            shown.update((finding.behaviour + cue, f"{finding.behaviour}{cue} to {finding.to or listener}"))
    return tuple(sorted(shown))


def harmful(moment: Moment) -> bool:
    """Whether the reply holds harm that spoils the help beside it. A question left open is nothing the reply
    says."""
    harm = catalogue().expand(HARM)
    return any(one.behaviour in harm and one.rule != DODGE_RULE for one in sure(moment.reading.findings))


def fires(condition: Condition, moment: Moment, *, harm: bool) -> bool:
    """Whether a transition's condition holds. Help does not count beside harm, unless it says `despite harm`.
    `harm` is what `harmful` says of the moment."""
    if harm and not condition.despite_harm:
        moment = replace(moment, spoiled=True)
    return _holds(condition.root, moment, asked=True)


def holds(condition: Condition | None, moment: Moment) -> bool:
    """Whether a condition of anything but a transition holds; none at all always does."""
    return condition is None or _holds(condition.root, moment, asked=True)


def evidence(condition: Condition, moment: Moment) -> tuple[str, ...]:
    """What of the reply the condition speaks of, as it stands in `Position.shown`, in the order of the
    condition."""
    found = []
    for term in ex.terms(condition.root):
        if isinstance(term, ex.Shows):
            found += [mark for mark in sorted(_wanted(term)) if mark in moment.position.shown[-1]]
    return tuple(dict.fromkeys(found))


def _holds(expression: ex.Expression, moment: Moment, *, asked: bool) -> bool:
    """`asked` is False inside an odd number of `not`."""
    match expression:
        case ex.And(parts):
            return all(_holds(part, moment, asked=asked) for part in parts)
        case ex.Or(parts):
            return any(_holds(part, moment, asked=asked) for part in parts)
        case ex.Not(part):
            return not _holds(part, moment, asked=not asked)
    if moment.spoiled and asks_help(expression, asked=asked):
        return not asked
    return _term(expression, moment)


def asks_help(term: ex.Expression, *, asked: bool) -> bool:
    """Whether the term wants help to be shown, as `Condition.asks_help` defines it."""
    match term:
        case ex.Shows(name) | ex.Said(ex.Shows(name)):
            wanted = asked
        case ex.Count(ex.Shows(name), op):
            wanted = op in {">=", ">", "=="} if asked else op in {"<", "<="}
        case _:
            return False
    return wanted and catalogue().valence(name) == "helps"


def _term(term: ex.Expression, moment: Moment) -> bool:
    position, reading = moment.position, moment.reading
    match term:
        case ex.Always():
            return True
        case ex.Shows():
            return _in(term, position.shown[-1:])
        case ex.Said(shows, last):
            return _in(shows, position.shown[-last:] if last else position.shown)
        case ex.Previous(shows):
            return _in(shows, position.shown[-2:-1])
        case ex.Count(shows, op, value):
            wanted = _wanted(shows)
            return ex.OPERATORS[op](sum(not wanted.isdisjoint(one) for one in position.shown), value)
        case ex.Compare(_, _, op, value):
            return ex.OPERATORS[op](_measured(term, moment), value)
        case ex.Told(fact):
            return fact in position.told
        case ex.Visited(state):
            return state in position.visited
        case ex.Asked(topic):
            return any(question.may_ask(topic) for question in reading.questions)
        case ex.Mentions(topic):
            return any(question.may_ask(topic) for question in reading.questions) or any(
                topic == spoken.id for spoken in reading.mentions
            )
        case ex.Gave(point):
            return any(mention.id == point for mention in reading.points)
        case ex.Given(point):
            return point in position.given
        case ex.Answered(cue):
            return cue in reading.answered
        case ex.Refused(cue):
            return cue in reading.refused
        case ex.Flag(name):
            return name in position.flags
        case ex.Discrepancy(topic):
            # Noticed gently: beside harm it is an accusation.
            return topic in reading.discrepancies and not harmful(moment)
    return _undertaken(term, moment)


def _undertaken(term: ex.Expression, moment: Moment) -> bool:
    """The terms on promises and issues."""
    position = moment.position
    match term:
        case ex.Promised(status, name):
            kept = (promise for promise in position.promises if name is None or promise.id == name)
            return any(status in {"promised", promise.status} for promise in kept)
        case ex.Offer(issue, op, value):
            offers = [offer.value for offer in moment.reading.offers if offer.issue == issue]
            return bool(offers) and ex.OPERATORS[op](offers[-1], value)
        case ex.Standing(issue, op, value):
            return ex.OPERATORS[op](position.issues[issue].standing, value)
        case ex.Conceded(issue):
            return position.issues[issue].conceded
        case ex.Agreed(issue):
            return position.issues[issue].agreed is not None
    raise TypeError(f"no term of a condition: {term!r}")


def _wanted(shows: ex.Shows) -> frozenset[str]:
    """The marks any of which makes the term hold."""
    tail = (f" of {shows.cue}" if shows.cue else "") + (f" to {shows.to}" if shows.to else "")
    return frozenset(behaviour + tail for behaviour in shows.behaviours)


def _in(shows: ex.Shows, replies: tuple[tuple[str, ...], ...]) -> bool:
    wanted = _wanted(shows)
    return any(not wanted.isdisjoint(shown) for shown in replies)


def _measured(compare: ex.Compare, moment: Moment) -> float:
    position = moment.position
    match compare.kind:
        case "meter":
            return position.meters[meter_name(moment.scenario, compare.name, moment.who)]
        case "counter":
            return position.counters[compare.name]
        case "turn":
            return position.turn
        case "turns_here":
            return position.turns_here
        case "quality":
            return moment.reading.quality
