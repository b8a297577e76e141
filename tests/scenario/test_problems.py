"""Every kind of problem: found at its line and column, with words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scenario import ScenarioError, check_file, check_text, load_file, load_text

from .samples import FOLDER, SAMPLE, TWO_PEOPLE, edited, expect, found


def test_every_problem_is_found_at_once() -> None:
    text = edited("title: The", "titel: The")
    text = edited("start: at_the_desk", "start: at_desk", text)
    text = edited("of scared or any_reflection of ignored", "of scard and any_reflektion", text)
    text = edited("effects: {trust: +15,", "effects: {trust: 15,", text)
    text = edited("      - when: any_roadblock", "      - when: any_roadblock or", text)
    codes = [problem.code for problem in check_text(text, "x").problems]
    assert sorted(codes) == [
        "condition", "effect-sign", "missing-key", "unknown-key", "unknown-name", "unknown-name", "unknown-name",
    ]  # fmt: skip


def test_problems_stand_in_the_order_of_the_file() -> None:
    text = edited("start: at_the_desk", "start: at_desk", edited("format: 1", "format: 2"))
    lines = [problem.line for problem in check_text(text, "x").problems]
    assert lines == sorted(lines)


def test_a_refused_list_is_not_said_to_be_empty_too() -> None:
    text = edited('{asks: [any], line: "It\'s in my bag."}', "{asks: [any], lin: a, line: b}")
    assert [problem.code for problem in check_text(text, "x").problems] == ["unknown-key"]


def test_one_client_or_several_people() -> None:
    assert found(check_text(edited("client:\n", "persons:\n"), "x"), "no-people")
    people = "\n".join(["people:", "  a: {name: A, about: b, temperament: flat}"])
    expect(edited("client:\n", f"{people}\n¦client:\n"), "written-twice", "either", alone=False)
    expect(f"{TWO_PEOPLE}¦knows: {{}}\n", "written-twice", "under the person")


def test_names_used_twice() -> None:
    expect(
        edited("            moving: {feeling", "            scared: {feeling").replace(
            "      scared: {feeling: [scared,", "      ¦scared: {feeling: [scared,"
        ),
        "duplicate-name",
        "in line 74",
        alone=False,
    )
    expect(
        edited("endings:\n", "endings:\n  ¦opens_up: {outcome: met, relationship: same}\n"),
        "duplicate-name",
        "a state and an ending",
        alone=False,
    )
    text = edited("      - when: any_roadblock", "      - id: ¦heard\n        when: any_roadblock")
    expect(text, "duplicate-name", "two transitions")


def test_a_state_without_a_way_out() -> None:
    text = edited("  - {when: agitation >= 95, to: walks_out}\n", "")
    assert not found(check_text(text, "x"), "no-way-out")
    expect(
        text.replace(
            "  next_morning:\n    later", "  waits:\n    line: Still here.\n  next_morning:\n    later"
        ).replace("  waits:", "  ¦waits:"),
        "no-way-out",
        "`waits` has no way out",
    )
    expect(
        edited("renamed:", "renamed:", text).replace(
            "anywhere:",
            "  ¦ping: {line: a, transitions: [{when: always, to: pong}]}\n"
            "  pong: {line: b, transitions: [{when: always, to: ping}]}\nanywhere:",
        ),
        "no-way-out",
        "no ending can be reached from `ping`",
        alone=False,
    )


def test_a_talk_that_never_ends() -> None:
    text = TWO_PEOPLE.replace("to: agreed_home", "to: meeting").replace('line: "He worries.", to: calm', "to: calm")
    text = text.replace("      - {when: mother.trust < 10 or son.strain >= 95, to: torn}\n", "")
    expect(text.replace("start: meeting", "start: ¦meeting").replace("start: ¦", "¦start: "), "no-ending", alone=False)


def test_states_and_endings_nobody_reaches_are_warned_of() -> None:
    text = edited("anywhere:", "  ¦aside: {line: a, transitions: [{when: always, to: plan_agreed}]}\nanywhere:")
    assert expect(text, "unreachable-state", "`aside`").severity == "warning"
    text = edited("  plan_agreed:\n", "  ¦other: {outcome: met, relationship: same}\n  plan_agreed:\n")
    assert expect(text, "unreachable-ending", "`other`").severity == "warning"
    assert load_text(text.replace("¦", ""), "x").endings["other"].outcome == "met"


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    (problem,) = check_file(path).problems
    assert (problem.code, problem.line, problem.column) == ("id-not-file-name", 3, 5)
    assert "id: other" in problem.mend
    with pytest.raises(ScenarioError):
        load_file(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_file(tmp_path / "none.yaml")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_file(tmp_path)


def test_how_a_problem_is_shown() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(edited("to: opens_up", "to: open_up"), "rent.yaml")
    assert str(caught.value) == (
        "rent.yaml:100:13: error unknown-name: there is no state or ending called `open_up`\n"
        "  100 |         to: open_up\n"
        "      |             ^\n"
        "  why: Nothing in the scenario or in the catalogue has this name.\n"
        "  mend: Did you mean `opens_up`?"
    )


def test_what_is_shown_cannot_steer_a_terminal() -> None:
    shown = str(check_text('title: "\x1b[31mred"\nid: \u202eabc\n', "a\x1b[2Jb.yaml").problems[0])
    assert "\x1b" not in shown
    assert "\\x1b" in shown


def test_long_lines_are_cut_around_the_mistake() -> None:
    long = "word " * 60
    text = edited('line: "Twelve and seven."', f'line: "{long}", tells: hour_cut, does: "{long}"')
    problem = found(check_text(text, "x"), "unknown-name")[0]
    _, source, caret, *_ = str(problem).split("\n")
    assert source[caret.index("^") :].startswith("hour_cut")
    assert len(source) < 120


def test_the_sample_files_are_where_the_tests_look() -> None:
    assert {path.name for path in FOLDER.glob("*.yaml")} == {"sample.yaml", "two-people.yaml"}
