"""Every kind of problem: found at its line and column, with words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scenario import ScenarioError, check_file, check_text, load_file, load_text
from simulator.scenario.codes import RULES

from .samples import FOLDER, SAMPLE, TWO_PEOPLE, edited, expect, found

CASES = [
    # keys and values
    ("title: The letter", "¦titel: The letter", "unknown-key", ["`titel`", "Did you mean `title`"]),
    ("      - id: heard", "      - ¦whne: x\n        id: heard", "unknown-key", ["a transition", "`when`"]),
    ("    does: She stays standing.", "    ¦doez: She stays.", "unknown-key", ["a state", "`does`"]),
    ("  reactions: {trust", "  ¦Reactions: {trust", "unknown-key", ["a person", "`reactions`"]),
    (
        "  - name: listening earns the reason\n    seed: 1",
        "  - ¦seed: 1",
        "missing-key",
        ["`name` is missing in a test"],
    ),
    ("text: A payment plan, words:", "¦text: {a: b}, words:", "wrong-kind", ["a text is expected"]),
    ("hint: [", "hint: [¦{a: b}, ", "wrong-kind", []),
    ("  children:\n    topic: [kids, son, daughter]", "  children: ¦none\n  kin:\n    topic: [kids]", "wrong-kind", []),
    ("sector: social work", "sector: ¦sozial work", "not-a-choice", ["`social work`"]),
    ("temperament: proud", "temperament: ¦prowd", "not-a-choice", ["`proud`"]),
    ("asks: [how many]", "asks: [¦how meny]", "not-a-choice", ["`how many`"]),
    ("outcome: met", "outcome: ¦good", "not-a-choice", ["`met`, `partly`"]),
    ("once: true", "once: ¦perhaps", "not-a-choice", ["`true`"]),
    ("difficulty: 2", "difficulty: ¦4", "out-of-range", ["more than 3"]),
    ("agitation: {start: 60}", "agitation: {start: ¦160}", "out-of-range", ["more than 100"]),
    ("strength: 3", "strength: ¦7", "out-of-range", []),
    ("minutes: 8", "minutes: ¦about 8", "not-a-number", []),
    ("learner_needs: 14", "learner_needs: ¦14 days", "not-a-number", ["without a unit"]),
    ("title: The letter on the door", "¦title:", "empty-text", []),
    ("practises: [active listening, de-escalation]", "¦practises: []", "empty-text", ["one is needed"]),
    (
        'model_reply: "Four weeks of ringing and nobody called back. That must have been frightening."',
        '¦model_reply: ""',
        "empty-text",
        [],
    ),
    ('"{subject}? Why do you ask?"', '¦"{topic}? Why?"', "unknown-placeholder", ["`{topic}`", "`{subject}`"]),
    ('line: "Don\'t you tell me how to feel."', 'line: ¦"You, {learner}."', "unknown-placeholder", ["{name}"]),
    ("effects: {trust: +15,", "effects: {trust: ¦15,", "effect-sign", ["`+15` or `-15`"]),
    ("effects: {trust: +15,", "effects: {trust: ¦much,", "not-a-number", ["+10"]),
    ("proud: {value: [never missed", "¦proud: {about: [never missed", "cue-kind", ["it has none", "`feeling`"]),
    ("scared: {feeling:", "¦scared: {need: [help], feeling:", "cue-kind", ["`feeling` and `need`"]),
    ("proud: {value:", "¦proud: {answered_by: [yes], value:", "cue-kind", ["only a `question`"]),
    ("- {asks: [how old], line:", "- ¦{asks: [how old], guarded:", "answer-incomplete", ["`trusting`"]),
    ('{asks: [any], line: "They\'re fine."}', "¦{asks: [any], tells: hours_cut}", "answer-incomplete", ["no words"]),
    ("- {asks: [how old], line:", "- ¦{asks: [how old], lie: true, line:", "lie-without-fact", ["`hides:`"]),
    ("- {asks: [how old], line:", "- ¦{asks: [how old], hides: hours_cut, line:", "lie-without-fact", ["`lie: true`"]),
    ('{reply: "I\'ll see you on Tuesday at ten.", ', "¦{", "empty-turn", []),
    (
        '  walks_out: {outcome: not_met, relationship: weaker, line: "Forget it.", does:',
        "  ¦walks_out: {outcome: not_met, relationship: weaker, line: {line: a, does: b}, does:",
        "written-twice",
        ["`does`"],
    ),
    # names
    ("hope: {start: 30", "¦Hope!: {start: 30", "bad-name", ["Write `hope`"]),
    ("rubrics: [active-listening,", "rubrics: [¦Active Listening,", "bad-name", ["Write `active-listening`"]),
    ("- id: heard", "- id: ¦He heard", "bad-name", []),
    ("dodges: 0", "¦turn: 0, dodges: 0", "reserved-name", []),
    ("flags: [son_named,", "flags: [¦not, son_named,", "reserved-name", []),
    ("start: at_the_desk", "start: ¦at_desk", "unknown-name", ["no state called `at_desk`", "`at_the_desk`"]),
    ("        to: opens_up", "        to: ¦open_up", "unknown-name", ["`opens_up`"]),
    ("effects: {hope: +10,", "effects: {¦hop: +10,", "unknown-name", ["meter or counter", "`hope`"]),
    ("concede: {days: 2}", "concede: {¦day: 2}", "unknown-name", ["no issue", "`days`"]),
    ("clear: [partner_here]", "clear: [¦partner_her]", "unknown-name", ["no flag", "`partner_here`"]),
    ("effects: {keep: call_back}", "effects: {keep: ¦callback}", "unknown-name", ["no promise", "`call_back`"]),
    ("hides: hours_cut", "hides: ¦hour_cut", "unknown-name", ["no fact", "`hours_cut`"]),
    ("tells: hours_cut}", "tells: ¦hours_cutt}", "unknown-name", ["no fact", "`hours_cut`"]),
    ("tells: [hours_cut]", "tells: [¦hours]", "unknown-name", ["no fact", "`hours_cut`"]),
    ("due: next_morning", "due: ¦next_mornin", "unknown-name", ["no state", "`next_morning`"]),
    ("the_desk: at_the_desk", "the_desk: ¦at_a_desk", "unknown-name", ["`at_the_desk`"]),
    ("    any_roadblock:\n      heated", "    ¦any_roadblok:\n      heated", "unknown-name", ["`any_roadblock`"]),
    ("reactions: {trust: 1.0,", "reactions: {¦trsut: 1.0,", "unknown-name", ["no meter", "`trust`"]),
    ("asked_unknown:", "¦asked_unkown:", "unknown-name", ["`asked_unknown`"]),
    ("as: next_step", "as: ¦next_stp", "unknown-name", ["no behaviour", "`next_step`"]),
    ("as: next_step", "as: ¦any_closing", "unknown-name", ["is a group"]),
    (
        "complex_reflection of proud to client]",
        "¦complex_reflection of prou to client]",
        "unknown-name",
        ["no cue", "`proud`"],
    ),
    ("asks: {work: any}", "asks: {¦wrok: any}", "unknown-name", ["no topic", "`work`"]),
    ("gives: court_order", "gives: ¦court", "unknown-name", ["no point", "`court_order`"]),
    ("offers: {days: 9}", "offers: {¦weeks: 9}", "unknown-name", ["no issue", "`days`"]),
    ("promises: [call_back]", "promises: [¦cal_back]", "unknown-name", ["no promise"]),
    ("state: opens_up}", "state: ¦opensup}", "unknown-name", ["`opens_up`"]),
    ("shows: [any_closing]", "shows: [¦any_closng]", "unknown-name", ["`any_closing`"]),
    ("ending: plan_agreed}", "ending: ¦plan_agree}", "unknown-name", ["`plan_agreed`"]),
    ("  letter:\n    topic: [letter, notice, the door]", "  ¦lettr:", "topic-without-words", []),
    ("  work:\n    answers", "  ¦wrok:\n    answers", "topic-without-words", ["`work`"]),
    ("- {id: payment_plan, text", "- ¦{text", "point-without-id", []),
    ("{id: payment_plan, text", "{id: ¦court_order, text", "duplicate-name", ["two items"]),
    ("son_named, partner_here]", "son_named, ¦son_named, partner_here]", "duplicate-name", ["twice"]),
    ("counters: {dodges: 0}", "counters: {¦hope: 0, dodges: 0}", "duplicate-name", ["a meter and a counter"]),
    ("renamed: {the_desk: at_the_desk}", "renamed: {¦opens_up: at_the_desk}", "renamed", ["still exists"]),
    (
        "days: {unit: [day, days], learner_needs: 14, client_limit: 10",
        "¦days: {learner_needs: 14, client_limit: 3",
        "issue-limits",
        ["past their own limit"],
    ),
    # warnings
    (
        "  hours_cut: Her night",
        "  ¦debts: She owes her sister.\n  hours_cut: Her night",
        "fact-never-told",
        ["`debts`"],
    ),
    ("flags: [son_named,", "flags: [¦moved, son_named,", "flag-never-set", ["`moved`"]),
    ("when: agitation >= 95", "when: ¦agitation >= 101", "condition-never-holds", []),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    CASES,
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_problem_is_found_where_it_is(old: str, new: str, code: str, words: list[str]) -> None:
    expect(edited(old, new), code, *words, alone=code not in {"bad-name", "unknown-key", "wrong-kind"})


CONDITIONS = [
    ("when: any_roadblock", "when: ¦any_roadblok", "unknown-name", ["`any_roadblock`"]),
    ("when: any_roadblock", "when: (any_roadblock or ¦blam)", "unknown-name", ["`blame`"]),
    ("when: any_roadblock", 'when: "blame or ¦blam"', "unknown-name", ["`blame`"]),
    ("when: any_roadblock", "when: >\n          blame\n          or ¦blam", "unknown-name", ["`blame`"]),
    ("when: any_roadblock", "when: blame\n          or ¦blam", "unknown-name", ["`blame`"]),
    ("when: any_roadblock", "when: blame or ¦and or", "condition", []),
    ("of ignored", "of ¦ignord", "unknown-name", ["no cue", "`ignored`"]),
    ("when: kept call_back", "when: kept ¦callback", "unknown-name", ["no promise", "`call_back`"]),
    ("when: agitation >= 95", "when: ¦agitatoin >= 95", "unknown-name", ["`agitation`"]),
    ("met: told hours_cut", "met: told ¦hours", "unknown-name", ["no fact", "`hours_cut`"]),
    ("expect: trust >= 45", "expect: ¦trst >= 45", "unknown-name", ["`trust`"]),
    ("unsafe_when: flag partner_here", "unsafe_when: flag ¦partner", "unknown-name", ["no flag", "`partner_here`"]),
    ("when: discrepancy of work", "when: discrepancy of ¦wrok", "unknown-name", ["no topic", "`work`"]),
    ("when: not given court_order", "when: not given ¦cort_order", "unknown-name", ["no point", "`court_order`"]),
    ("when: any_roadblock", "when: always ¦>= 3", "condition", []),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), CONDITIONS, ids=lambda value: str(value)[:40])
def test_a_condition_is_marked_at_the_word(old: str, new: str, code: str, words: list[str]) -> None:
    expect(edited(old, new), code, *words)


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


def test_every_rule_says_why() -> None:
    assert all(rule.why.endswith(".") and rule.code == code for code, rule in RULES.items())
