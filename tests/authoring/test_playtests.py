"""Tests inside scenarios: levels expected, path against path, coverage by line, a talk recorded as a test."""

from __future__ import annotations

from diagnosed import BASES

from simulator.authoring.playtests import covered, play, recorded, render, render_coverage
from simulator.language import read
from simulator.library import Library
from simulator.scenario import check_text

TEXT = BASES["plain"].read_text(encoding="utf-8")


def played(text: str):
    checked = check_text(text, "plain.yaml")
    assert checked.scenario is not None, "\n".join(map(str, checked.problems))
    rubrics = [Library().open_rubric(name) for name in checked.scenario.rubrics]
    return checked, play(checked.scenario, read, rubrics)


def test_levels_of_criteria_are_expected() -> None:
    _, results = played(
        TEXT.replace(
            "    turns:\n      - {as: [contempt]",
            "    levels: {no_harm_at_all: 1}\n    turns:\n      - {as: [contempt]",
        )
    )
    assert "no rubric here has it" in results[0].unmet[0]
    name = next(iter(Library().open_rubric("active-listening").criteria))
    _, results = played(
        TEXT.replace(
            "    turns:\n      - {as: [contempt]", f"    levels: {{{name}: 0}}\n    turns:\n      - {{as: [contempt]"
        )
    )
    assert results[0].passed
    _, results = played(
        TEXT.replace(
            "    turns:\n      - {as: [contempt]", f"    levels: {{{name}: 4}}\n    turns:\n      - {{as: [contempt]"
        )
    )
    assert f"wanted level 4 of active-listening.{name}, got" in results[0].unmet[0]


def test_the_path_taken_stands_beside_the_path_wanted() -> None:
    checked, results = played(
        TEXT.replace("{as: [give_information of now], ending: done}", "{as: [blame], ending: done}")
    )
    lines = list(render(checked.scenario, results[0]))
    assert lines[:3] == [
        "FAILED: hearing her leads on (first > second)",
        "  wanted: first > second > done",
        "  took:   first > second",
    ]


def test_lines_nothing_went_through_are_numbered() -> None:
    checked, results = played(TEXT.replace("      - {as: [contempt], state: first}\n", ""))
    coverage = covered(checked.scenario, ([turn.turn for turn in result.turns] for result in results))
    lines = list(render_coverage(checked.scenario, coverage, checked.source))
    number = next(at for at, line in enumerate(TEXT.split("\n"), start=1) if "any_roadblock" in line)
    assert lines == [
        "covered: 3 of 4 transitions",
        "         2 of 2 states",
        "         2 of 2 endings",
        f"missing lines: {number}",
    ]


def test_a_talk_recorded_as_a_test_passes() -> None:
    with_words = TEXT.replace(
        "{as: [complex_reflection of tired], state: second}\n      - {as: [give",
        '{reply: "You are \\"worn out\\" from waiting."}\n      - {as: [give',
    )
    _, results = played(with_words)
    made = recorded([turn.turn for turn in results[0].turns][1:2], "recorded: one", 1)
    _, again = played(f"{TEXT.rstrip()}\n{made}\n")
    assert again[-1].name == "recorded: one"
    assert again[-1].passed
