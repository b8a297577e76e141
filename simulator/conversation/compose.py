"""The client's next utterance: how they took the reply, the answer to it, and what they want next.

Up to three parts, each authored, are joined. Parts that would crowd or repeat are left out, the weakest
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.conversation.choose import Variant, variants
from simulator.conversation.evaluate import Moment, holds
from simulator.conversation.knowledge import Answer, answers, unforeseen
from simulator.conversation.reaction import anything, say, to_harm, to_help, to_reply
from simulator.conversation.turn import Part, Saying, Utterance
from simulator.conversation.voice import settings
from simulator.scenario.effects import Effects
from simulator.scenario.expression import Asked, Shows, signed_terms

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.lines import Line
    from simulator.scenario.states import Transition

LONG = 60
"""Words an utterance should not pass: half a minute of speech."""

CROWDED = 40
"""Words an utterance should not pass of which a part only reacts."""

GOOD = ("met", "partly")
"""Outcomes with which people part on speaking terms."""

AFTER_SCENE = ("move", "opening")
"""Parts that open a new scene; all others answer the reply before it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A variant that is said: as which part, and to which question or point, if to one."""

    kind: str
    variant: Variant
    answer: Answer | None = None


def opening(moment: Moment) -> tuple[Said, ...]:
    """The client's first words: the line of the first state."""
    return _entry(moment, "opening")


def compose(moment: Moment, transition: Transition | None, left: Moment | None = None) -> tuple[Said, ...]:
    """What is said after a reply, in order; never nothing, never the client's last words again.

    `moment` holds the position after the transition's effects, in the state or ending reached; `left` the one before
    it, where another state was left for this one.
    """
    moved = left is not None
    own = _whole(moment, "reaction", transition.line, f"transition:{transition.id}") if transition else ()
    if moved and moment.position.state in moment.scenario.endings:
        said = (*own, *_ending(moment, transition, own))
    else:
        said = _talking_on(moment, transition, own, left)
    if _has_words(said) or any(one.variant.key not in moment.position.used for one in said):
        return said
    return (*said, Said("reaction", anything(moment)))


def utterance(scenario: Scenario, said: Sequence[Said], scene: str = "") -> Utterance:
    """The parts joined into what each person says in one go. After a scene break only the move is said: what was
    said to the reply belongs before it."""
    before = tuple(one for one in said if one.kind not in AFTER_SCENE) if scene else ()
    return Utterance(_joined(scenario, said[len(before) :]), scene, _joined(scenario, before))


def _joined(scenario: Scenario, said: Iterable[Said]) -> tuple[Saying, ...]:
    sayings = []
    for together in _in_one_go(said):
        who = together[0].variant.who
        deeds = dict.fromkeys(one.variant.line.does for one in together if one.variant.line)
        parts = tuple(Part(one.kind, one.variant.text, one.variant.source) for one in together if one.variant.text)
        sayings.append(Saying(who, scenario.people[who].name, " ".join(filter(None, deeds)), parts))
    return tuple(one for one in sayings if one.does or one.parts)


def _in_one_go(said: Iterable[Said]) -> Iterator[tuple[Said, ...]]:
    """What each person says in one go. What they do as they go on to the next state ends it: it comes after what they
    answered. In an ending it comes first, since answers are given there."""
    together: list[Said] = []
    for one in said:
        other = together and one.variant.who != together[0].variant.who
        goes_on = one.kind == "move" and one.variant.source.startswith("state:")
        acts = goes_on and one.variant.line is not None and one.variant.line.does
        if other or (acts and _has_words(together)):
            yield tuple(together)
            together = []
        together.append(one)
    if together:
        yield tuple(together)


def _ending(moment: Moment, transition: Transition | None, own: tuple[Said, ...]) -> tuple[Said, ...]:
    """The last words. Who parts on good terms still answers what they were asked."""
    name = moment.position.state
    ending = moment.scenario.endings[name]
    asked = (
        _one(_beside(_given(moment, transition), transition)) if ending.outcome in GOOD and not _has_words(own) else ()
    )
    return (*asked, *_whole(moment, "move", ending.line, f"ending:{name}"))


def _talking_on(
    moment: Moment, transition: Transition | None, own: tuple[Said, ...], left: Moment | None
) -> tuple[Said, ...]:
    """Reaction, answers, and the line of the state entered, or what the client wants in the state they stay
    in."""
    state = moment.scenario.states[moment.position.state]
    moved = left is not None
    move = _entry(moment, "move") if moved else ()
    # What is said in the next scene crowds nothing that is said before it, and what is said before it is still said
    # where they were.
    near = () if moved and state.later else move
    given = _given(left if left and state.later else moment, transition)
    if _has_words(own):
        given = _beside(given, transition)
    if _has_words(near) and _length((*given, *near)) > CROWDED:
        given = _one(given)
    if given and _has_words(near) and _length((*own, *given, *near)) > CROWDED:
        if _answers(moment, transition):
            # A line that answers the question itself comes before one to a point brought beside it.
            given = ()
        else:
            # A line that only reacts makes room for the answer.
            own = tuple(one for one in own if _carries(one))
    pressing = " ".join(one.variant.text for one in (*own, *near)).strip()
    admitted = () if given or (pressing and _takes_questions(transition)) else _admitted(moment, pressing)

    # An offer that may not be made is spoken to by the point's own line, a dodge by the talk moving on.
    spoken_to = {"overpromise"} if _forbidden(moment, given) else set()
    if moved:
        spoken_to.add("deflect")
    if given or admitted or pressing:
        spoken_to.update(settings()["let_pass"])
    harm = () if _has_words(own) else _reaction(to_harm(moment, apart_from=spoken_to))
    firm = (*own, *harm)
    if harm:
        admitted = ()
    if _has_words(firm) or ((given or admitted) and _has_words(move)):
        soft: tuple[Said, ...] = ()
    elif given or admitted:
        soft = _reaction(to_help(moment))
    else:
        soft = _reaction(to_reply(moment, must=not _has_words(move)))
    # What was asked is answered before the client asks in turn.
    last = any("?" in one.variant.text for one in own)
    said = (*soft, *admitted, *given, *firm, *move) if last else (*admitted, *firm, *soft, *given, *move)
    if not _has_words(firm) and not move:
        said = (*soft, *admitted, *given)
    # The weakest first; an answer goes only where the client has something sharper to say.
    for weak in (soft, given[1:], admitted, given[:1] if _has_words(firm) else ()):
        if _length(one for one in said if one not in move or one in near) > LONG:
            said = tuple(one for one in said if one not in weak)
    if transition is None and not given and not admitted:
        said += _otherwise(moment, said, state.otherwise)
    return said


def _beside(given: tuple[Said, ...], transition: Transition | None) -> tuple[Said, ...]:
    """The answers that may stand beside a transition's own line: to points brought, and to questions that it does not
    answer itself."""
    spoken_to = transition.when.uses if transition else frozenset()
    answered = transition is not None and transition.speaks and _takes_questions(transition)

    def stands(answer: Answer | None) -> bool:
        if answer is None or not answer.topic:
            return True
        return not answered and ("topic", answer.topic) not in spoken_to

    return tuple(one for one in given if stands(one.answer))


def _one(given: tuple[Said, ...]) -> tuple[Said, ...]:
    """The one answer to give where much else is said: to the surest question, else to what was brought last."""
    asked = [one for one in given if one.answer and one.answer.topic]
    surest = max(asked, key=lambda one: one.answer.score if one.answer else 0.0, default=None)
    return (surest,) if surest else given[-1:]


def _takes_questions(transition: Transition | None) -> bool:
    """Whether a transition waits for a question, so that what follows from it is the answer."""
    if transition is None:
        return False
    asking = catalogue().expand("any_question")
    return any(
        positive and (isinstance(term, Asked) or (isinstance(term, Shows) and asking.issuperset(term.behaviours)))
        for term, positive in signed_terms(transition.when.root)
    )


def _answers(moment: Moment, transition: Transition | None) -> bool:
    """Whether a transition's own line is the answer to a question that was asked."""
    if transition is None or not transition.speaks or not moment.reading.questions:
        return False
    asked = {("topic", question.topic) for question in moment.reading.questions}
    return _takes_questions(transition) or not asked.isdisjoint(transition.when.uses)


def _given(moment: Moment, transition: Transition | None) -> tuple[Said, ...]:
    """The answers to the reply's questions and points; two that have the same words, or tell the same facts, are given
    once."""
    given: list[Said] = []
    told: set[str] = set()
    for answer in answers(moment, transition):
        variant = say(moment, "answer", answer.tiers, answer.subject)
        tells = set(variant.line.tells) if variant and variant.line else set()
        if variant is None or (tells and tells <= told) or any(one.variant.text == variant.text for one in given):
            continue
        told |= tells
        given.append(Said("answer", variant, answer))
    return tuple(given)


def _carries(one: Said) -> bool:
    """Whether a line does more than react: it tells, offers something to take up, or changes something."""
    line = one.variant.line
    return line is not None and bool(line.tells or line.cues or line.effects != Effects())


def _forbidden(moment: Moment, given: Iterable[Said]) -> bool:
    """Whether the client speaks to something the learner may not offer."""
    forbidden = {f"point:{point.id}" for point in moment.scenario.point_words if point.forbidden}
    return any(one.variant.source in forbidden for one in given)


def _admitted(moment: Moment, beside: str) -> tuple[Said, ...]:
    """The admission that a question was not foreseen; `beside` words that press more, it is put off."""
    answer = unforeseen(moment, beside=beside)
    return _reaction(say(moment, "reaction", answer.tiers, answer.subject)) if answer else ()


def _otherwise(moment: Moment, said: Sequence[Said], line: Line | None) -> tuple[Said, ...]:
    """What the client wants here, unless it was all said before."""
    if line is None or not holds(line.when, moment):
        return ()
    variant = say(moment, "move", [variants(line, f"otherwise:{moment.position.state}", moment.scenario.first_person)])
    if variant is None or (_has_words(said) and variant.key in moment.position.used):
        return ()
    return (Said("move", variant),)


def _whole(moment: Moment, kind: str, line: Line | None, source: str) -> tuple[Said, ...]:
    """A line of the machine. Where its words would repeat the last ones it goes without them: what it tells,
    offers and changes holds all the same."""
    if line is None or not holds(line.when, moment):
        return ()
    every = variants(line, source, moment.scenario.first_person)
    return (Said(kind, say(moment, kind, [every]) or replace(every[0], text="")),)


def _entry(moment: Moment, kind: str) -> tuple[Said, ...]:
    """The line of the state just entered: the first of `line_when` whose condition holds, else `line`."""
    name = moment.position.state
    state = moment.scenario.states[name]
    for number, line in enumerate(state.line_when, start=1):
        if holds(line.when, moment):
            return _whole(moment, kind, line, f"state:{name}/{number}")
    return _whole(moment, kind, state.line, f"state:{name}")


def _reaction(variant: Variant | None) -> tuple[Said, ...]:
    return (Said("reaction", variant),) if variant else ()


def _has_words(said: Iterable[Said]) -> bool:
    return any(one.variant.text for one in said)


def _length(said: Iterable[Said]) -> int:
    return sum(len(one.variant.text.split()) for one in said)
