"""YAML before it is a scenario: what is refused, what is shown in quotes, and that every word has its place."""

from __future__ import annotations

import pytest

from simulator.scenario import Problem, ScenarioError
from simulator.scenario.nodes import Scalar, locate, plain, spot
from simulator.scenario.repair import quoted
from simulator.scenario.source import DEEPEST, parse


def problems_in(text: str | bytes, largest: int = 1_000_000) -> tuple[Problem, ...]:
    try:
        return parse(text, "f.yaml", largest).problems
    except ScenarioError as error:
        return error.problems


def only(text: str | bytes) -> Problem:
    found = problems_in(text)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def test_scalars_stay_what_the_author_wrote() -> None:
    text = "a: No\nb: 12:30\nc: 012\nd: on\ne: ~\nf:\ng: 1.10\nh: 2024-01-01\ni: [yes, null]\n"
    assert plain(parse(text, "f").root) == {
        "a": "No", "b": "12:30", "c": "012", "d": "on", "e": "~", "f": "", "g": "1.10", "h": "2024-01-01",
        "i": ["yes", "null"],
    }  # fmt: skip


def test_every_key_and_value_has_its_place() -> None:
    root = parse("a:\n  b: [x, {c: yé d}]\n", "f").root
    node, key = locate(root, ("a", "b", 1, "c"))
    assert isinstance(node, Scalar)
    assert (node.text, node.line, node.column) == ("yé d", 2, 14)
    assert key is not None
    assert (key.line, key.column) == (2, 11)


def test_a_path_passes_over_what_is_not_written() -> None:
    root = parse("client:\n  name: Denise\n", "f").root
    node, _ = locate(root, ("people", "client", "name"))
    assert isinstance(node, Scalar)
    assert node.text == "Denise"


@pytest.mark.parametrize(
    "text",
    ["a: one two", "a: one\n  two", 'a: "one two"', "a: >\n  one\n  two", "a: |\n  one two", "a: 'one\n\n  two'"],
)
def test_a_word_inside_a_text_is_found_however_it_is_written(text: str) -> None:
    node, _ = locate(parse(text, "f").root, ("a",))
    assert isinstance(node, Scalar)
    lines = text.split("\n")
    line, column = spot(node, node.text.index("two"), lines)
    assert lines[line - 1][column - 1 :].startswith("two")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("*sighs* I know.", '"*sighs* I know."'),
        ("*sighs I know", '"*sighs I know"'),
        ("%5 of it", '"%5 of it"'),
        ("@home", '"@home"'),
        ("`x` is it", '"`x` is it"'),
        ('"Fine," she said', "'\"Fine,\" she said'"),
        ('"Don\'t," she said', '"\\"Don\'t,\\" she said"'),
        ("I told you: no", '"I told you: no"'),
        ("[sighs] I know", '"[sighs] I know"'),
        ("{subject}? Why", '"{subject}? Why"'),
        ("- no", '"- no"'),
        ("? what", '"? what"'),
        ("> well", '"> well"'),
        (", hi", '", hi"'),
        ("'don't'", '"don\'t"'),
        ("no: yes  # a remark", '"no: yes"  # a remark'),
    ],
)
def test_text_that_yaml_chokes_on_is_shown_in_quotes(written: str, right: str) -> None:
    text = f"a:\n  line: {written}\n  to: b\n"
    problem = only(text)
    assert (problem.code, problem.line) == ("text-needs-quotes", 2)
    assert problem.mend == f"Write: line: {right}"
    assert problem.excerpt == f"  line: {written}"
    mended = parse(text.replace(written, right), "f")
    assert mended.problems == ()


def test_in_braces_only_the_piece_is_quoted() -> None:
    problem = only("a: [{line: I told you: no, does: x}]")
    assert problem.mend == 'Write: a: [{line: "I told you: no", does: x}]'


def test_reading_goes_on_after_a_text_without_quotes() -> None:
    found = problems_in("a: *x* y\nb: @z\nc: 1\nc: 2\n")
    assert [(one.code, one.line) for one in found] == [
        ("text-needs-quotes", 1), ("text-needs-quotes", 2), ("duplicate-key", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "column", "mend"),
    [
        ("a: &x foo", "anchor", 4, '"&x foo"'),
        ("a: *sighs", "anchor", 4, '"*sighs"'),
        ("a: !no way", "tag", 4, '"!no way"'),
        ("a: !!str 5", "tag", 4, '"!!str 5"'),
        ("a: {subject}", "text-cut", 5, '"{subject}"'),
        ("a: {line: Well, I do, to: x}", "text-cut", 17, 'line: "Well, I do"'),
        ("a: We meet in room #4", "text-cut", 20, '"We meet in room #4"'),
        ("a: #1 rule", "text-cut", 4, '"#1 rule"'),
        ("a: 25 #start", "comment-in-text", 7, '"25 #start"'),
        ("a: It is # one", "comment-in-text", 0, ""),
        ("a: It is my # one", "comment-in-text", 13, '"It is my # one"'),
        ("a: 1\na: 2", "duplicate-key", 1, "Keep one"),
        ('a: "x\\ey"', "control-character", 4, "without it"),
        ("a: x\u202ey", "control-character", 5, "Delete it"),
        ("a: x\x1by", "control-character", 5, "Delete it"),
        ("a: x\u2028y", "control-character", 5, "Delete it"),
        ("a: x\ud800y", "control-character", 5, "Delete it"),
        ("a: 1\n---\nb: 2", "several-documents", 1, ""),
        ("- a", "not-a-mapping", 1, ""),
        ("just text", "not-a-mapping", 1, ""),
        ("? [a]\n: b", "wrong-kind", 3, "double quotes"),
        ('a: "x\n', "yaml", 4, "Close it"),
        ('a: "x\nb: "y"\n', "yaml", 4, "Close it"),
        ("a: {b: c\nd: e\n", "yaml", 4, "Close it"),
        ("to:opens_up\nb: c", "yaml", 4, "Write: to: opens_up"),
        ('a: "c\\q"', "yaml", 6, "twice"),
        ("a:\n\tb: c", "yaml", 1, "spaces"),
        ("a: 1\n b: 2", "yaml", 3, "indentation"),
        ("a: [x", "yaml", 4, "Close it"),
    ],
)
def test_what_is_refused(text: str, code: str, column: int, mend: str) -> None:
    if not column:
        assert problems_in(text) == ()
        return
    problem = only(text)
    assert (problem.code, problem.column) == (code, column), str(problem)
    assert mend in problem.mend


def test_comments_are_not_text() -> None:
    text = '# head\na: 25  # a start\nb: two words # said\nc: [x, y] # three little words\nd: "a #1 b" # fine\n'
    assert problems_in(text) == ()


def test_an_empty_file_is_not_a_scenario() -> None:
    assert only("").code == "not-a-mapping"
    assert only("# nothing\n").code == "not-a-mapping"


def test_depth_is_limited_and_very_deep_nesting_is_harmless() -> None:
    text = "a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert problems_in(text) == ()
    assert only("a: " + "[" * DEEPEST + "]" * DEEPEST).code == "too-deep"
    assert only("a: " + "[" * 200_000).code == "too-deep"
    assert only("{a: " * 50_000).code == "too-deep"


def test_size_is_limited_in_bytes() -> None:
    assert problems_in("a: éé", largest=7) == ()
    assert only_code("a: ééé", 7) == "too-large"
    assert only_code("a: ééé".encode(), 7) == "too-large"


def only_code(text: str | bytes, largest: int) -> str:
    (problem,) = problems_in(text, largest)
    return problem.code


def test_bytes_that_are_not_utf8_are_pointed_at() -> None:
    problem = only("a: 1\né: x".encode() + b"\xff")
    assert (problem.code, problem.line, problem.column) == ("unreadable-file", 2, 5)


def test_line_ends_and_byte_order_marks_of_other_systems() -> None:
    source = parse("\ufeffa: 1\r\nb: 2\rc: 3\n".encode(), "f")
    assert source.problems == ()
    assert plain(source.root) == {"a": "1", "b": "2", "c": "3"}
    assert only("a: 1\r\nb: &x 2\r\n").line == 2


def test_other_scripts_are_plain_text() -> None:
    text = "a: שלום \u200fעולם\nb: می‌خواهم\nc: 👩‍👧 été\n"
    assert problems_in(text) == ()


@pytest.mark.parametrize("text", ["a", 'a "b" c', "it's", 'it\'s "b"', "a\nb", "a\\b", "tab\there"])
def test_a_quoted_text_reads_back_whole(text: str) -> None:
    assert plain(parse(f"a: {quoted(text)}", "f").root) == {"a": text}
