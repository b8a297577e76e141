"""Lines and helps: too long, hard to read, said twice, telling what is not earned; hints that give the answer away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.authoring.reading_level import grade
from simulator.authoring.words import content_words, settings
from simulator.scenario.checks import Complaint
from simulator.scenario.expression import Told, signed_terms
from simulator.scenario.walk import Path, lines_of, transitions_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.lines import Line

SAME = 0.8
"""The share of a model reply's words from which on a hint gives it away."""

SHORT = 12
"""Letters up to which a line may well be said twice ("I see.")."""


def complaints(scenario: Scenario) -> Iterator[Complaint]:
    """What is wrong with the lines and helps of a scenario."""
    yield from _helps(scenario)
    seen: dict[str, Path] = {}
    facts = {name: content_words(text) for name, text in scenario.facts.items()}
    for path, line in lines_of(scenario):
        for number, text in enumerate(line.variants):
            place = (*path, "line", number)
            yield from _length(text, place)
            first = seen.setdefault(text.casefold().strip(), place)
            if first != place and len(text) > SHORT:
                message = f'"{text[:60]}" is said in another place too: {" ".join(map(str, first[:-2]))}'
                yield Complaint("line-repeated", message, place, on_key=False)
            yield from _leaks(scenario, facts, line, text, path, place)


def _length(text: str, place: Path) -> Iterator[Complaint]:
    most = settings()["lines"]
    words = len(text.split())
    if words > most["words"]:
        message = f"this line has {words} words; {most['words']} take half a minute to say"
        yield Complaint("line-too-long", message, place, on_key=False)
    elif words >= most["words_graded"] and (level := grade(text)) > most["grade"]:
        message = (
            f"this line reads at school grade {level:.0f}; people in a hard talk speak at {most['grade']} or below"
        )
        yield Complaint("line-hard-to-read", message, place, on_key=False)


def _leaks(
    scenario: Scenario, facts: dict[str, frozenset[str]], line: Line, text: str, path: Path, place: Path
) -> Iterator[Complaint]:
    words = content_words(text)
    for name, of_fact in facts.items():
        if name in line.tells or len(of_fact) < 2 or not of_fact or len(of_fact & words) / len(of_fact) < SAME:
            continue
        if not _after(scenario, name, path):
            message = f"this line holds the words of the fact `{name}` and does not tell it"
            yield Complaint("fact-leaked", message, place, f"Add `tells: {name}`, or take the words out.", on_key=False)


def _after(scenario: Scenario, fact: str, path: Path) -> bool:
    """Whether a line is said only where the fact is told already, or its own transition tells it."""
    conditions = []
    if path[0] == "people" and len(path) > 5 and path[4] == "answers":
        answer = scenario.people[str(path[1])].knows[str(path[3])].answers[int(path[5])]
        conditions.append(answer.when)
        if answer.lie:
            return True
    for where, transition in transitions_of(scenario):
        if where == path[: len(where)]:
            conditions.append(transition.when)
    return path[0] == "endings" or any(
        positive and isinstance(term, Told) and term.fact == fact
        for condition in conditions
        if condition is not None
        for term, positive in signed_terms(condition.root)
    )


def _helps(scenario: Scenario) -> Iterator[Complaint]:
    for name, state in scenario.states.items():
        place: Path = ("states", name)
        if not state.hint:
            yield Complaint("no-hint", f"the state `{name}` has no hint", place)
        if not state.model_reply:
            yield Complaint("no-model-reply", f"the state `{name}` has no model reply", place)
            continue
        wanted = content_words(state.model_reply)
        for number, hint in enumerate(state.hint):
            if len(wanted) >= 3 and len(wanted & content_words(hint)) / len(wanted) >= SAME:
                message = f"hint {number + 1} of `{name}` has nearly all words of its model reply"
                yield Complaint("hint-tells-all", message, (*place, "hint", number), on_key=False)
