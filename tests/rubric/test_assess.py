"""An attempt assessed by the rubrics that ship: totals, caps, and what must never raise them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from handmade import IGNORED, OUT, PROUD, SCARED, Talk, rubric, rubrics, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.catalogue.loader import catalogue
from simulator.conversation.codec import from_bytes, to_bytes
from simulator.rubric.assess import assess
from simulator.rubric.assessment import Assessment

RUBRICS = rubrics()
SCENARIO = sample()
HELPS = sorted(name for name, code in catalogue().behaviours.items() if code.valence == "helps")
HARMS = sorted(name for name, code in catalogue().behaviours.items() if code.valence == "harms")
NEUTRAL = sorted(catalogue().behaviours.keys() - set(HELPS) - set(HARMS))


def total(talk: Talk, name: str = "active-listening") -> float:
    return assess(rubric(name), SCENARIO, talk.turns).total


def listening() -> Talk:
    """Six good replies."""
    talk = Talk([SCARED, IGNORED])
    talk.say(
        "Four weeks, and then this. That's frightening.", ("feeling_label", "That's frightening.", "scared"), trust=8
    )
    talk.say("What changed?", "open_question", line="Are you putting us out?", cues=[OUT], trust=2)
    talk.say(
        "Not without a court order.",
        "reassurance_grounded",
        answered=("out",),
        line="Never missed a week.",
        cues=[PROUD],
    )
    talk.say("Always paid, and now you feel like a debtor.", ("complex_reflection", "", "proud"), trust=6)
    talk.say("So: fewer nights, the letter, and the children.", "summary", agitation=-20)
    return talk.say("We fill in the form now, and I ring at five.", "close_with_plan", ending="plan_agreed", agreed=14)


def test_a_good_attempt_is_told_from_a_poor_one_by_every_rubric() -> None:
    poor = Talk([SCARED, IGNORED])
    for reply in ("Which form?", "When?", "Did you ring?", "Is it yours?", "Have you paid?"):
        poor.say(reply, "closed_question", agitation=5)
    poor.say("You should have called.", "moralise", ending="walks_out", agitation=10)
    for name in ("active-listening", "de-escalation"):
        assert total(listening(), name) > 50 > 35 > total(poor, name)


def test_levels_carry_their_evidence() -> None:
    assessment = assess(rubric("active-listening"), SCENARIO, listening().turns)
    found = {criterion.criterion: criterion for criterion in assessment.criteria}
    assert next(item.quote for item in found["picks_up_cues"].evidence) == "That's frightening."
    assert found["reflects"].level == 4
    assert all(item.quote in listening().turns[item.turn - 1].reply for item in found["reflects"].evidence)


def test_doing_nothing_earns_little() -> None:
    silent = Talk([SCARED])
    for number in range(8):
        silent.say(f"Form {number} is on the table.")
    for one in RUBRICS:
        assert assess(one, SCENARIO, silent.turns).total < 25


def test_the_total_is_the_weighted_mean_of_graded_levels() -> None:
    assessment = assess(rubric("active-listening"), SCENARIO, listening().turns)
    graded = [(item.weight, item.level) for item in assessment.criteria if item.weight and item.level is not None]
    expected = 25 * sum(weight * level for weight, level in graded) / sum(weight for weight, _ in graded)
    assert assessment.total == pytest.approx(expected, abs=0.05)
    assert any(item.weight == 0 and item.level for item in assessment.criteria)


def test_short_or_unfinished_attempts_are_indicative() -> None:
    assert not assess(rubric("active-listening"), SCENARIO, listening().turns).indicative
    assert assess(rubric("active-listening"), SCENARIO, listening().turns[:5]).indicative
    short = Talk().say("Tuesday, then.", ending="plan_agreed")
    assert assess(rubric("active-listening"), SCENARIO, short.turns).indicative
    empty = assess(rubric("active-listening"), SCENARIO, [])
    assert (empty.total, empty.indicative, empty.replies) == (0, True, 0)


def test_a_hard_fail_caps_the_total_and_says_why() -> None:
    talk = listening()
    capped = Talk().say("Or you'll never see your kids again.", "threat")
    capped.turns.extend(talk.turns)
    for one in RUBRICS:
        assessment = assess(one, SCENARIO, capped.turns)
        assert assessment.total <= 25
        assert assessment.broken[0].why
        assert assessment.broken[0].evidence.quote == "Or you'll never see your kids again."
    assert assess(rubric("active-listening"), SCENARIO, capped.turns).uncapped > 25


def test_an_unsure_hard_fail_caps_nothing() -> None:
    talk = listening()
    unsure = Talk().say("Or else we talk tomorrow.", "threat", confidence=0.45)
    unsure.turns.extend(talk.turns)
    assert assess(rubric("active-listening"), SCENARIO, unsure.turns).broken == ()


def test_substance_and_relationship_are_reported_apart() -> None:
    won = Talk().say("Fourteen or I go to your manager.", "ultimatum", trust=-20, agreed=10, ending="walks_out")
    result = assess(rubric("negotiation"), SCENARIO, won.turns).result
    assert result is not None
    assert result.substantive == 100
    assert result.relational == pytest.approx(15)
    assert (result.issues[0].kept, result.issues[0].settled) == (False, 10)


def test_assessments_survive_json_and_are_deterministic() -> None:
    for one in RUBRICS:
        assessment = assess(one, SCENARIO, listening().turns)
        data = to_bytes(assessment)
        assert from_bytes(Assessment, data) == assessment
        assert to_bytes(assess(one, SCENARIO, listening().turns)) == data


def test_parroting_every_line_earns_no_more_than_silence() -> None:
    parrot, silent = Talk([SCARED, IGNORED]), Talk([SCARED, IGNORED])
    for number in range(6):
        line = f"Four weeks I've been ringing, {number} times a day."
        parrot.say(line, ("simple_reflection", "", "ignored"), "verbatim_parrot", gates=("parrot",))
        silent.say(f"Mm, {number}.")
    for one in RUBRICS:
        assert assess(one, SCENARIO, parrot.turns).total <= assess(one, SCENARIO, silent.turns).total


def test_one_stock_phrase_every_turn_does_not_make_a_listener() -> None:
    stock, fresh = Talk(), Talk()
    words = (
        "It hurt.",
        "So tired.",
        "Alone with it.",
        "And scared.",
        "Nobody rang.",
        "It's the kids.",
        "You paid.",
        "Enough.",
    )
    for number, said in enumerate(words):
        stock.say(f"It sounds like that is hard, {number}.", "feeling_label")
        fresh.say(said, "feeling_label")
    assert total(stock) < total(fresh) - 10


@dataclass
class Move:
    """One reply as data, so that a talk can be made again with another put in."""

    shown: list[str]
    cue: bool = False
    offers: int | None = None
    gates: tuple[str, ...] = ()
    trust: float = 0
    agitation: float = 0
    words: str = "Words."
    answered: bool = field(default=False)


CUES = (SCARED, IGNORED, OUT, PROUD)


def play(moves: list[Move], meant: list[tuple[str, str]] | None = None) -> tuple[Talk, list[tuple[str, str]]]:
    """The talk, and for each move the cues it takes up and answers: the oldest and the newest open one, or those
    `meant` where they are still open, so that another reply put in does not change what the rest speak to."""
    talk = Talk([SCARED, OUT])
    spoken_to: list[tuple[str, str]] = []
    for number, move in enumerate(moves):
        open_now = [one.cue.id for one in talk.now.cues]
        taken = open_now[0] if move.cue and open_now else ""
        answered = open_now[-1] if move.answered and open_now else ""
        if meant is not None:
            taken, answered = (cue if cue in open_now else "" for cue in meant[number])
        spoken_to.append((taken, answered))
        talk.say(
            f"{move.words} {number}",
            *((behaviour, "", taken) for behaviour in move.shown),
            gates=move.gates,
            answered=(answered,) if answered else (),
            cues=[] if move.offers is None else [CUES[move.offers]],
            trust=move.trust,
            agitation=move.agitation,
        )
    return talk, spoken_to


ANY_MOVE = st.builds(
    Move,
    shown=st.lists(st.sampled_from(HELPS + HARMS + NEUTRAL), max_size=3, unique=True),
    cue=st.booleans(),
    offers=st.none() | st.integers(0, 3),
    gates=st.sampled_from([(), (), (), ("parrot",), ("stuffing",)]),
    trust=st.integers(-10, 10),
    agitation=st.integers(-10, 10),
    words=st.sampled_from(["You waited for it.", "It hurt.", "What then?", "That must be hard."]),
    answered=st.booleans(),
)
HARMFUL = st.builds(
    Move,
    shown=st.lists(st.sampled_from(HARMS), min_size=1, max_size=3, unique=True),
    trust=st.integers(-10, 0),
    agitation=st.integers(0, 10),
    words=st.just("That is your own fault."),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_MOVE, min_size=1, max_size=9), HARMFUL, st.data())
def test_adding_a_harmful_reply_never_raises_a_total(moves: list[Move], harm: Move, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(moves)))
    before, meant = play(moves)
    after, _ = play([*moves[:at], harm, *moves[at:]], [*meant[:at], ("", ""), *meant[at:]])
    for one in RUBRICS:
        assert assess(one, SCENARIO, after.turns).total <= assess(one, SCENARIO, before.turns).total + 1e-9


@settings(max_examples=100, deadline=None)
@given(
    st.lists(ANY_MOVE, min_size=1, max_size=8), st.lists(st.sampled_from(HELPS), min_size=1, max_size=6, unique=True)
)
def test_adding_a_gamed_reply_never_raises_a_total(moves: list[Move], pile: list[str]) -> None:
    gamed = Move(
        pile, cue=True, gates=("stuffing",), answered=True, words="I hear you, it sounds like.", trust=9, agitation=-9
    )
    for one in RUBRICS:
        after = assess(one, SCENARIO, play([*moves, gamed])[0].turns)
        assert after.total <= assess(one, SCENARIO, play(moves)[0].turns).total + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_MOVE, max_size=8))
def test_every_level_total_and_span_is_in_range(moves: list[Move]) -> None:
    talk, _ = play(moves)
    for one in RUBRICS:
        assessment = assess(one, SCENARIO, talk.turns)
        assert 0 <= assessment.total <= 100
        for criterion in assessment.criteria:
            assert criterion.level in {None, 0, 1, 2, 3, 4}
            for item in (*criterion.evidence, *criterion.against):
                assert (
                    item.span is None or talk.turns[item.turn - 1].reply[item.span.start : item.span.end] == item.quote
                )
