"""What holds for any input: conditions read back as written, and only the package's own errors come out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from simulator.catalogue.loader import catalogue
from simulator.scenario import ConditionError, check_text, from_json, parse_condition, to_json
from simulator.scenario import expression as ex
from simulator.scenario.nodes import plain
from simulator.scenario.repair import quoted
from simulator.scenario.source import REFUSED, parse
from simulator.scenario.tokens import Fault
from simulator.scenario.wording import describe, written

from .samples import SAMPLE, TWO_PEOPLE
from .test_conditions import NAMES

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def names(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from(NAMES.of(kind))


def shown() -> st.SearchStrategy[ex.Shows]:
    return st.builds(
        lambda name, cue, to: ex.Shows(name, catalogue().expand(name), cue, to),
        st.sampled_from(("blame", "any_reflection", "any_harm", "open_question")),
        st.none() | names("cue"),
        st.none() | names("person"),
    )


OPERATORS = st.sampled_from(tuple(ex.OPERATORS))
NUMBERS = st.integers(-999, 999) | st.sampled_from((0.5, -0.25, 7.75))

TERMS = st.one_of(
    st.just(ex.Always()),
    shown(),
    st.builds(ex.Said, shown(), st.none() | st.integers(1, 99)),
    st.builds(ex.Count, shown(), OPERATORS, st.integers(0, 20)),
    st.builds(ex.Previous, shown()),
    st.builds(ex.Compare, st.just("meter"), names("meter"), OPERATORS, NUMBERS),
    st.builds(ex.Compare, st.just("counter"), names("counter"), OPERATORS, NUMBERS),
    st.sampled_from(("turn", "turns_here", "quality")).flatmap(
        lambda kind: st.builds(ex.Compare, st.just(kind), st.just(kind), OPERATORS, NUMBERS)
    ),
    st.builds(ex.Told, names("fact")),
    st.builds(ex.Visited, names("state")),
    st.builds(ex.Asked, names("topic")),
    st.builds(ex.Mentions, names("topic")),
    st.builds(ex.Discrepancy, names("topic")),
    st.builds(ex.Gave, names("point")),
    st.builds(ex.Given, names("point")),
    st.builds(ex.Answered, names("cue")),
    st.builds(ex.Refused, names("cue")),
    st.builds(ex.Flag, names("flag")),
    st.builds(ex.Promised, st.sampled_from(("promised", "due", "kept", "broken")), st.none() | names("promise")),
    st.builds(ex.Offer, names("issue"), OPERATORS, NUMBERS),
    st.builds(ex.Standing, names("issue"), OPERATORS, NUMBERS),
    st.builds(ex.Conceded, names("issue")),
    st.builds(ex.Agreed, names("issue")),
)

TREES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(ex.Not, inner),
        st.builds(ex.And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(ex.Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=12,
)


@QUICK
@given(TREES)
def test_a_condition_reads_back_as_it_was_written(tree: ex.Expression) -> None:
    assert parse_condition(written(tree), NAMES).root == tree
    assert describe(tree)


WORDS = (
    *("and", "or", "not", "of", "to", "in", "last", "despite", "harm", "always", "said", "count", "previous"),
    *("told", "offer", "promised", "discrepancy", "flag", "trust", "blame", "any_reflection", "scared", "days"),
    *("work", "(", ")", ">=", "=", "<", "3", "-1", "0.5", "&", ".", "٤", "é"),
)


@QUICK
@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
@example("((((")
@example("not")
def test_any_text_is_a_condition_or_a_condition_error(text: str) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        condition = parse_condition(text, NAMES)
    except ConditionError as error:
        faults = error.faults
    else:
        assert parse_condition(written(condition.root), NAMES).root == condition.root
        return
    assert faults
    assert all(0 <= fault.offset <= len(text) for fault in faults)


def survives(text: str | bytes) -> None:
    """Reading gives a scenario or an error, every problem has a place in the file, and all can be shown."""
    checked = check_text(text, "x.yaml")
    assert (checked.scenario is None) == bool(checked.errors)
    for problem in checked.problems:
        assert str(problem)
    if checked.scenario:
        assert from_json(to_json(checked.scenario)) == checked.scenario


@QUICK
@given(st.binary() | st.text())
@example(b"\xff")
@example("\ud800")
@example("a: &a [*a]")
@example("? {a: b}\n: c")
@example("%YAML 9.9\n---\na: b")
@example("<<: {a: b}")
@example('"\\ud800": x')
def test_any_bytes_give_only_problems(text: str | bytes) -> None:
    survives(text)


PIECES = st.sampled_from(
    [
        *"{}[]:,#&*!|>'\"%@`-?~\\\n\t\x00",
        "\u202e",
        "é",
        "\ud800",
        ": ",
        " #",
        "- ",
        "null",
        "{}",
        "[]",
        "99999999999999",
    ]
)


@QUICK
@given(st.data())
def test_a_broken_scenario_gives_only_problems(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((SAMPLE, TWO_PEOPLE)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.sampled_from((0, 0, 1, 5, 40)))
        text = text[:at] + data.draw(PIECES | st.just("")) + text[at + gone :]
    survives(text)


TREE_VALUES = st.recursive(
    st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def replaced(tree: object, path: list[int], value: object) -> object:
    """The tree with the value put in at a place found by turning at each fork as the path says."""
    if not path or not isinstance(tree, dict | list) or not tree:
        return value
    if isinstance(tree, list):
        at = path[0] % len(tree)
        return [replaced(one, path[1:], value) if number == at else one for number, one in enumerate(tree)]
    key = list(tree)[path[0] % len(tree)]
    return {name: replaced(one, path[1:], value) if name == key else one for name, one in tree.items()}


def as_yaml(tree: object) -> str:
    """The tree in flow style with every text in quotes."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{quoted(key)}: {as_yaml(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_yaml, tree)) + "]"
    return quoted(str(tree))


@QUICK
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), TREE_VALUES)
def test_a_wrong_value_anywhere_gives_only_problems(path: list[int], value: object) -> None:
    survives(as_yaml(replaced(plain(parse(SAMPLE, "x").root), path, value)))


@QUICK
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: not REFUSED.search(text))
)
def test_a_quoted_text_reads_back_whole(text: str) -> None:
    assert plain(parse(f"a: {quoted(text)}", "f").root) == {"a": text}


@pytest.mark.parametrize("text", [SAMPLE, TWO_PEOPLE])
def test_the_samples_survive(text: str) -> None:
    survives(text)
    survives(as_yaml(plain(parse(text, "x").root)))
