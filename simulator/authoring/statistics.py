"""What a scenario is made of, in numbers: words, states, lines, paths, reading level, minutes, what it exercises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.authoring.reading_level import grade
from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.walk import lines_of, transitions_of

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric
    from simulator.scenario import Scenario

MOST_PATHS = 1_000_000
"""Paths counted; there may be more."""

SECONDS_A_TURN = 25
"""What a turn takes, as an estimate: reading some 30 words, thinking, and writing 15."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of one scenario. `words` and `lines` are the client's; `paths` are ways from the start to an ending
    that come to no state twice; `shortest` is the fewest turns to a good ending; `minutes` what its tests take on
    average. `grade` is the mean school grade of lines long enough to be graded."""

    id: str
    states: int
    endings: int
    transitions: int
    lines: int
    words: int
    topics: int
    answers: int
    cues: int
    facts: int
    points: int
    tests: int
    paths: int
    shortest: int | None
    minutes: float | None
    grade: float | None
    behaviours: dict[str, int]
    criteria: tuple[str, ...]
    idle_criteria: tuple[str, ...]


def statistics(scenario: Scenario, rubrics: Iterable[Rubric]) -> Statistics:
    """Count what a scenario is made of; `rubrics` are those it names."""
    texts = [text for _, line in lines_of(scenario) for text in line.variants]
    graded = [grade(text) for text in texts if len(text.split()) >= 16]
    goals = _goals(scenario)
    turns = [len(test.turns) for test in scenario.tests if test.ending or any(turn.ending for turn in test.turns)]
    behaviours = _behaviours(scenario)
    criteria = {f"{rubric.id}.{name}": one for rubric in rubrics for name, one in rubric.criteria.items()}
    idle = [name for name, one in criteria.items() if _idle(one.measure, behaviours, scenario)]
    known = [person.knows for person in scenario.people.values()]
    return Statistics(
        id=scenario.id,
        states=len(scenario.states),
        endings=len(scenario.endings),
        transitions=len(scenario.transition_ids),
        lines=len(texts),
        words=sum(len(text.split()) for text in texts),
        topics=sum(len(topics) for topics in known),
        answers=sum(len(topic.answers) for topics in known for topic in topics.values()),
        cues=len(scenario.cues),
        facts=len(scenario.facts),
        points=len(scenario.points),
        tests=len(scenario.tests),
        paths=_paths(scenario, goals),
        shortest=_shortest(scenario, goals),
        minutes=round(sum(turns) / len(turns) * SECONDS_A_TURN / 60, 1) if turns else None,
        grade=round(sum(graded) / len(graded), 1) if graded else None,
        behaviours=behaviours,
        criteria=tuple(criteria),
        idle_criteria=tuple(idle),
    )


def _goals(scenario: Scenario) -> dict[str, list[str]]:
    everywhere = [one.to for one in scenario.anywhere if one.to]
    return {
        name: list(
            dict.fromkeys(
                goal for goal in [*(one.to for one in state.transitions), *everywhere] if goal and goal != name
            )
        )
        for name, state in scenario.states.items()
    }


def _paths(scenario: Scenario, goals: dict[str, list[str]]) -> int:
    """Ways to an ending without coming to a state twice, counted up to `MOST_PATHS` steps."""
    count = steps = 0
    waiting: list[tuple[str, frozenset[str]]] = [(scenario.start, frozenset((scenario.start,)))]
    while waiting and steps < MOST_PATHS:
        name, been = waiting.pop()
        for goal in goals[name]:
            steps += 1
            if goal in scenario.endings:
                count += 1
            elif goal not in been:
                waiting.append((goal, been | {goal}))
    return count


def _shortest(scenario: Scenario, goals: dict[str, list[str]]) -> int | None:
    """The fewest turns to an ending with the outcome `met`."""
    seen, row, turns = {scenario.start}, [scenario.start], 0
    while row:
        turns += 1
        following = list(dict.fromkeys(goal for name in row for goal in goals[name] if goal not in seen))
        if any(goal in scenario.endings and scenario.endings[goal].outcome == "met" for goal in following):
            return turns
        seen.update(following)
        row = [goal for goal in following if goal in scenario.states]
    return None


def _behaviours(scenario: Scenario) -> dict[str, int]:
    """The behaviours transitions look for, most often looked for first."""
    known = catalogue()
    found: Counter[str] = Counter()
    for _, one in transitions_of(scenario):
        for term, positive in ex.signed_terms(one.when.root):
            if positive and isinstance(term, ex.Shows) and known.is_known(term.name):
                found.update(term.behaviours)
    return dict(found.most_common())


def _idle(measure: object, behaviours: dict[str, int], scenario: Scenario) -> bool:
    """Whether nothing in a scenario answers to what a measure looks for."""
    from simulator.rubric.measures import members

    wanted = getattr(measure, "behaviours", None) or (
        getattr(measure, "of", None) if not hasattr(measure, "parts") else None
    )
    return bool(wanted) and isinstance(wanted, tuple) and members(wanted).isdisjoint(behaviours)


def render(found: Statistics) -> list[str]:
    """The numbers in lines."""
    most = list(found.behaviours)
    ending = (
        "no test comes to an ending" if found.minutes is None else f"tests that end take about {found.minutes} minutes"
    )
    grade_said = "-" if found.grade is None else f"{found.grade:g}"
    return [
        found.id,
        f"  {found.states} states, {found.endings} endings, {found.transitions} transitions, {found.paths:,} paths",
        f"  {found.lines:,} client lines, {found.words:,} words, school grade {grade_said}",
        f"  {found.topics} topics with {found.answers} answers, {found.points} points, "
        f"{found.cues} cues, {found.facts} facts",
        f"  shortest way to a good end: {found.shortest or '-'} turns; {found.tests} tests; {ending}",
        f"  looks for {len(most)} of {len(catalogue().behaviours)} behaviours, "
        f"most for {', '.join(most[:6]) or 'none'}",
        f"  {len(found.criteria)} criteria; no transition looks for: {', '.join(found.idle_criteria) or 'none'}",
    ]
