"""What a learner is told after an attempt, as a value and as text."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from handmade import IGNORED, OUT, PROUD, SCARED, Talk, rubrics, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.report.debrief import Debrief, debrief
from simulator.report.text import cells, render_text, to_json, wrap
from simulator.rubric.assess import assess

SCENARIO = sample()
RUBRICS = rubrics()
HOSTILE = "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link\x1b]8;;\x07 \u202egnol\u2066 \x9b2J a\rb \x00\x07[/red] 漢字"


def told(talk: Talk) -> Debrief:
    assessments = [assess(one, SCENARIO, talk.turns) for one in RUBRICS]
    ending = talk.turns[-1].after.ending if talk.turns else None
    return debrief(SCENARIO, RUBRICS, talk.turns, assessments, ending)


def whole() -> Talk:
    talk = Talk([SCARED, IGNORED])
    talk.say("Which form is it?", "closed_question", agitation=4)
    talk.say(
        "You're frightened for them.",
        ("feeling_label", "", "scared"),
        trust=12,
        agitation=-10,
        line="They cut my nights.",
        told=("hours_cut",),
    )
    talk.say(
        "You should have rung us in March.", "moralise", trust=-9, agitation=9, state="opens_up", cues=[OUT, PROUD]
    )
    talk.say("I'm sorry, that was unfair of me.", "apologise_specific", trust=8, agitation=-6)
    talk.say("What would help most?", "open_question", trust=2)
    talk.say("It's a lot to carry.", "validation", trust=3)
    return talk.say(
        "So: the form today, and I ring at five.",
        "summarise_agreement",
        ending="plan_agreed",
        agreed=9,
        line="Tuesday, then.",
    )


def test_it_says_what_came_of_it() -> None:
    result = told(whole())
    assert (result.finished, result.outcome, result.relationship) == (True, "met", "stronger")
    assert [(one.id, one.met) for one in result.objectives] == [("reason", True), ("step", True)]
    assert [(one.name, one.settled, one.kept) for one in result.issues] == [("days", 9, False)]
    assert result.substantive == 80
    assert result.relational is not None


def test_strengths_and_points_to_grow_are_three_at_most_and_quote_the_learner() -> None:
    talk = whole()
    result = told(talk)
    assert 1 <= len(result.strengths) <= 3
    assert 1 <= len(result.growth) <= 3
    for point in result.strengths:
        assert point.words in talk.turns[point.turn - 1].reply
    worst = next(point for point in result.growth if point.name)
    assert worst.words == "You should have rung us in March."
    assert worst.model_reply == SCENARIO.states["at_the_desk"].model_reply


def test_an_unearned_fact_is_not_given_away() -> None:
    assert [(one.id, one.turn) for one in told(whole()).facts] == [("hours_cut", 2)]
    unearned = told(Talk().say("Hello.", "greet"))
    assert [(one.text, one.turn) for one in unearned.facts] == [("", None)]
    assert "night hours" not in render_text(unearned, 80)


def test_missed_cues_come_with_the_line_that_offered_them() -> None:
    missed = told(Talk([SCARED]).say("Which form?").say("Fill it in.")).missed
    assert [(one.turn, one.kind) for one in missed] == [(0, "feeling")]
    assert missed[0].line.startswith("Four weeks")


def test_the_course_names_its_turning_points() -> None:
    result = told(whole())
    trust = result.course.meters[0]
    assert (trust.name, trust.values[0], trust.began, len(trust.values)) == ("trust", 25, "wary", 8)
    assert [(point.turn, point.better) for point in result.turning_points] == [(2, True), (3, False)]
    assert result.turning_points[0].answer == "They cut my nights."


def test_an_unfinished_attempt_says_so() -> None:
    talk = whole()
    talk.turns[-1] = replace(talk.turns[-1], after=replace(talk.turns[-1].after, ending=None))
    result = told(talk)
    assert (result.finished, result.outcome, result.ending_text) == (False, "", "")
    assert all(rubric.indicative for rubric in result.rubrics)
    assert "unfinished" in render_text(result, 80)


def test_an_attempt_without_a_reply_still_renders() -> None:
    text = render_text(told(Talk()), 60)
    assert "0 replies" in text


def test_the_ending_tells_what_tipped_it() -> None:
    result = told(Talk().say("Wait your turn.", "command", ending="walks_out"))
    assert result.ending_text == "What tipped it was being told, again, to wait."
    assert "What tipped it" in render_text(result, 60)


@pytest.mark.parametrize("width", range(40, 121, 8))
def test_no_line_is_wider_than_the_page(width: int) -> None:
    talk = whole()
    long = Talk([SCARED])
    for number in range(60):
        long.say("Pneumonoultramicroscopicsilicovolcanoconiosis" * 3 + f" 漢字漢字 {number}", "open_question", trust=1)
    for one in (talk, long):
        for line in render_text(told(one), width).splitlines():
            assert cells(line) <= width


def test_it_needs_no_colour_and_says_levels_in_words() -> None:
    text = render_text(told(whole()), 60)
    assert re.search(r"Reflects: \d of 4", text)
    assert "\x1b" not in text
    assert "T trust, A agitation" in text


def test_a_hard_fail_is_told_with_its_words() -> None:
    talk = whole()
    talk.turns.insert(0, Talk().say("Or you lose the kids.", "threat").turns[0])
    text = render_text(told(talk), 100)
    assert "Held at" in text
    assert '"Or you lose the kids."' in text


def hostile_talk() -> Talk:
    talk = Talk([replace(SCARED, words=(HOSTILE,))], opening=HOSTILE)
    talk.say(f"Form? {HOSTILE}", "closed_question", line=HOSTILE)
    talk.say(HOSTILE, "threat", line=HOSTILE, agitation=20)
    return talk.say(f"{HOSTILE}. Sorry.", "apologise_specific", "open_question", line=HOSTILE, trust=20)


def unsafe(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}


def test_hostile_text_never_reaches_the_output() -> None:
    result = told(hostile_talk())
    text, data = render_text(result, 72), to_json(result)
    assert "漢字" in text
    assert unsafe(text) == set()
    assert unsafe("".join(_strings(json.loads(data)))) == set()
    assert "evil" not in text
    assert "evil" not in data


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _strings(item)]


def test_json_holds_the_same_and_is_canonical() -> None:
    result = told(whole())
    data = json.loads(to_json(result))
    assert (data["title"], data["replies"], len(data["rubrics"])) == ("The letter on the door", 7, 3)
    assert to_json(result) == to_json(told(whole()))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(8, 60))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
