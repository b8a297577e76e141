"""Exploration: what is called reached is reached by the replies given, and what is called impossible never comes."""

from __future__ import annotations

import random

import pytest
from diagnosed import BASES

from simulator.authoring.explore import explore
from simulator.catalogue.loader import catalogue
from simulator.conversation import advance, begin, run_tests
from simulator.conversation.reenact import reading_by_hand
from simulator.library import Library
from simulator.scenario import check_text, load_file
from simulator.scenario.frozen import FrozenDict
from simulator.scenario.scripted import ScriptedBehaviour, ScriptedTurn

LADDER = """\
format: 1
id: ladder
title: A ladder
sector: healthcare
difficulty: 1
minutes: 5
practises: [listening]
rubrics: [active-listening]
summary: States one above the other.
brief: Climb.
desk: {may_offer: [{id: tea, text: Tea, words: [cup of tea]}]}
objectives: {top: {text: Get there, met: visited high}, tea: {text: Offer tea, met: given tea}}
client: {name: Joe, about: waits, temperament: flat}
meters: {hope: {start: 20}}
counters: {steps: 0}
flags: [sure]
facts: {why: He lost his job.}
start: low
states:
  low:
    line: Here.
    transitions:
      - {when: any_reflection and count(any_reflection) >= 3 and given tea, effects: {hope: +30, set: sure}, to: middle}
      - {when: any_question, effects: {steps: +1}, line: Well.}
  middle:
    line: Higher.
    transitions:
      - {when: hope >= 60, to: never}
      - {when: flag sure and steps >= 2 and trust >= 60, tells: why, line: Because., to: high}
      - {when: turns_here >= 9, to: fallen}
  high:
    line: The top.
    transitions:
      - {when: told why and any_closing, to: done}
      - {when: any_closing and quality >= 0.5, line: Good.}
      - {when: turns_here >= 5, to: fallen}
  never:
    line: Nobody comes here.
    transitions: [{when: always, to: done}]
endings:
  done: {outcome: met, relationship: stronger, line: Bye.}
  fallen: {outcome: not_met, relationship: weaker, line: Bye.}
"""


def loaded(text: str):
    checked = check_text(text, "x.yaml")
    assert checked.scenario is not None, "\n".join(map(str, checked.problems))
    return checked.scenario


def verdicts(text: str) -> dict[tuple[str, str], str]:
    return {(one.kind, one.name): one.verdict for one in explore(loaded(text)).answers}


def test_a_long_way_up_is_found_and_what_is_barred_is_proved_so() -> None:
    found = verdicts(LADDER)
    assert found["ending", "done"] == found["fact", "why"] == "reached"
    assert found["objective", "tea"] == found["objective", "top"] == "reached"
    assert found["state", "never"] == found["transition", "middle.1"] == "impossible"
    assert found["transition", "high.2"] == "impossible"  # what it waits for, the one before it has too
    assert "unknown" not in found.values()


def test_why_something_is_impossible_is_said_with_the_meters_as_intervals() -> None:
    answer = explore(loaded(LADDER)).by_question["transition", "middle.1"]
    assert answer.why == "its condition can never hold: `hope` is 50 to 50 there"


@pytest.mark.parametrize(
    ("old", "new", "what", "verdict"),
    [
        (
            "turns_here >= 9, to: fallen}",
            "turns_here >= 9 and turn <= 1, to: fallen}",
            ("transition", "middle.3"),
            "impossible",
        ),
        ("hope >= 60, to: never", "not flag sure, to: never", ("state", "never"), "impossible"),
        ("hope >= 60, to: never", "hope >= 60 and hope < 40, to: never", ("state", "never"), "impossible"),
        ("hope >= 60, to: never", "blame and not any_harm, to: never", ("state", "never"), "impossible"),
        ("hope >= 60, to: never", "blame and affirmation, to: never", ("state", "never"), "impossible"),
        ("hope >= 60, to: never", "blame and affirmation despite harm, to: never", ("state", "never"), "reached"),
        ("hope >= 60, to: never", "said any_reflection and previous blame, to: never", ("state", "never"), "reached"),
        ("told why and any_closing", "told why and any_closing and steps >= 7", ("ending", "done"), "reached"),
        ("met: given tea", "met: given tea and steps < 0", ("objective", "tea"), "impossible"),
    ],
)
def test_conditions_are_understood(old: str, new: str, what: tuple[str, str], verdict: str) -> None:
    assert LADDER.count(old) == 1
    assert verdicts(LADDER.replace(old, new))[what] == verdict


SCENARIOS = {
    "ladder": lambda: loaded(LADDER),
    "sample": lambda: load_file(BASES["sample"]),
    "two-people": lambda: load_file(BASES["two-people"]),
    "plain": lambda: load_file(BASES["plain"]),
    **{entry.id: (lambda name=entry.id: Library().open_scenario(name)) for entry in Library().index()},
}


@pytest.fixture(scope="module", params=SCENARIOS)
def explored(request):
    scenario = SCENARIOS[request.param]()
    return scenario, explore(scenario)


def test_the_replies_given_lead_there(explored) -> None:
    scenario, found = explored
    reached = [one for one in found.answers if one.verdict == "reached" and one.kind != "condition"]
    for answer in reached[:: max(1, len(reached) // 40)]:
        position, _ = begin(scenario, 1)
        turn = None
        for scripted in found.search.path(*answer.found):
            turn = advance(scenario, position, reading_by_hand(scenario, scripted))
            position = turn.after
        seen = {
            "state": position.state in (answer.name, None) or answer.name in position.visited,
            "ending": position.ending == answer.name,
            "transition": turn is not None and turn.transition == answer.name,
            "fact": answer.name in position.told,
            "objective": True,
        }
        assert seen[answer.kind], answer


def test_replies_can_be_copied_into_a_test(explored) -> None:
    scenario, found = explored
    ending = next(one for one in found.answers if one.kind == "ending" and one.verdict == "reached")
    turns = [ScriptedTurn.model_validate(_as_yaml(line)) for line in found.replies(ending)]
    test = scenario.tests[0].__class__(name="made", turns=turns, ending=ending.name) if scenario.tests else None
    if test is not None:
        (result,) = run_tests(scenario.model_copy(update={"tests": (test,)}), lambda _text, _heard: None)
        assert result.passed, result


def _as_yaml(line: str):
    import yaml

    return yaml.load(line, Loader=yaml.BaseLoader)


def test_nothing_impossible_ever_comes(explored) -> None:
    """Talks of chance replies: whatever they pass through was not called impossible, and stays within the bounds."""
    scenario, found = explored
    barred = {(one.kind, one.name) for one in found.answers if one.verdict == "impossible"}
    chance = random.Random(1)
    behaviours = sorted(catalogue().behaviours)
    topics = sorted({topic for person in scenario.people.values() for topic in person.knows})
    for _ in range(15):
        position, _ = begin(scenario, 1)
        for _ in range(25):
            if position.ending:
                break
            scripted = ScriptedTurn.model_construct(
                shown=tuple(
                    ScriptedBehaviour.model_construct(behaviour=name, cue=None, to=None)
                    for name in chance.sample(behaviours, chance.randrange(4))
                ),
                asks=FrozenDict(dict.fromkeys(chance.sample(topics, min(len(topics), chance.randrange(3))), "any")),
                gives=tuple(chance.sample(sorted(scenario.points), min(len(scenario.points), chance.randrange(2)))),
                offers=FrozenDict(),
                promises=tuple(chance.sample(sorted(scenario.promises), min(1, len(scenario.promises)))),
            )
            turn = advance(scenario, position, reading_by_hand(scenario, scripted))
            position = turn.after
            came = {("transition", turn.transition), ("ending", position.ending), ("state", position.state)}
            came |= {("fact", fact) for fact in turn.told}
            assert not came & barred
            ways = found.possible.at[position.ending or position.state]
            for name, (low, high) in ways.numbers.items():
                if name in position.meters:
                    assert low <= position.meters[name] <= high, (name, position.state)
            for (kind, name), mask in (
                (atom, mask) for atom, mask in ways.atoms.items() if atom[0] in ("told", "flag")
            ):
                assert mask & (2 if name in (position.told if kind == "told" else position.flags) else 1), (kind, name)


def test_most_questions_of_what_ships_are_settled() -> None:
    for entry in Library().index():
        found = explore(Library().open_scenario(entry.id))
        assert len(found.unknown) <= 0.05 * len(found.answers), entry.id


AT_THE_END = """\
knows:
  mood:
    topic: [your mood]
    answers:
      - {asks: [any], when: flag over, line: Lighter.}
      - {asks: [any], when: flag sure and flag lost, line: Never.}
      - {asks: [any], line: Not bad.}
"""


def test_what_is_answered_in_an_ending_is_reached_there():
    text = LADDER.replace("flags: [sure]", "flags: [sure, lost, over]").replace(
        "{when: told why and any_closing, to: done}", "{when: told why and any_closing, effects: {set: over}, to: done}"
    )
    text += AT_THE_END
    scenario = check_text(text, "ladder.yaml").scenario
    assert scenario is not None
    found = explore(scenario)
    verdicts = {one.path[-2]: one.verdict for one in found.answers if one.kind == "condition" and "mood" in one.path}
    assert verdicts[0] == "reached"
    assert verdicts[1] == "impossible"
