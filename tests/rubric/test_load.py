"""Rubric files: those that ship, and what an instructor is told about a slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from handmade import ROOT

from simulator.rubric.load import load_file, load_text
from simulator.rubric.model import Rubric
from simulator.scenario import ScenarioError

FILES = sorted((ROOT / "rubrics").glob("*.yaml"))
TEXT = (ROOT / "rubrics" / "active-listening.yaml").read_text(encoding="utf-8")


def broken(before: str, after: str) -> str:
    """What the loader says of the shipped rubric with one place changed."""
    assert before in TEXT
    with pytest.raises(ScenarioError) as error:
        load_text(TEXT.replace(before, after, 1), "mine.yaml")
    return str(error.value)


def place(text: str, before: str) -> str:
    """Where the first of these words stands in the shipped rubric, as `line:column`."""
    at = text.index(before)
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_rubrics_load(path: Path) -> None:
    rubric = load_file(path)
    assert rubric.id == path.stem
    for criterion in rubric.criteria.values():
        descriptors = [level.descriptor for level in criterion.levels.values()]
        assert len(set(descriptors)) == 5
        phrases = {criterion.feedback.for_level(level).phrase for level in range(5)}
        assert len(phrases) == 3


def test_what_people_agree_on_poorly_is_never_graded() -> None:
    meaning = load_text(TEXT, "it").criteria["reflects_meaning"]
    assert (meaning.graded, meaning.weight) == (False, 0)
    assert "weight" in broken("weight: 0\n", "weight: 1\n")


def test_middling_balance_of_reflections_and_questions_is_level_2() -> None:
    balance = load_text(TEXT, "it").criteria["does_not_interrogate"]
    assert [balance.level(score) for score in (0.49, 0.5, 0.99, 1, 1.99, 2)] == [1, 2, 2, 3, 3, 4]


def test_an_unknown_behaviour_is_shown_with_its_place_and_the_nearest_one() -> None:
    said = broken("behaviours: [any_reflection]", "behaviours: [any_reflecton]")
    assert f"mine.yaml:{place(TEXT, 'any_reflection], floor')}: error unknown-name" in said
    assert "`any_reflection`" in said


def test_an_unknown_key_is_shown_with_its_place_and_the_nearest_one() -> None:
    said = broken("    weight: 3", "    wieght: 3")
    assert f"mine.yaml:{place(TEXT, 'weight: 3')}: error unknown-key" in said
    assert "Did you mean `weight`?" in said
    assert "missing-key" in said
    assert "Did you mean `floor`?" in broken("floor: 4}", "flor: 4}")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("kind: rate", "kind: rates", "not-a-choice"),
        ("{from: 0.25,", "{from: 0.4,", "out-of-range"),
        ("floor: 4}", "floor: -1}", "out-of-range"),
        ("weight: 3", "weight: heavy", "not-a-number"),
        ("graded: true", "graded: perhaps", "not-a-choice"),
        ("      4: {from: 0.5,", "      5: {from: 0.5,", "out-of-range"),
        ("id: active-listening", "id: Active Listening", "bad-name"),
        ("title: Reflects\n", "title: \n", "empty-text"),
        ("weight: 3", "weight: 3\n    weight: 2", "duplicate-key"),
        ("format: 1", "format: 2", "out-of-range"),
    ],
)
def test_each_slip_is_named(before: str, after: str, code: str) -> None:
    assert f" {code}:" in broken(before, after)


def test_all_slips_are_told_at_once() -> None:
    text = TEXT.replace("weight: 3", "weight: x", 1).replace("kind: rate", "kind: rates", 1)
    with pytest.raises(ScenarioError) as error:
        load_text(text, "mine.yaml")
    assert {problem.code for problem in error.value.problems} >= {"not-a-number", "not-a-choice"}


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ScenarioError, match="id-not-file-name"):
        load_file(path)
    with pytest.raises(ScenarioError, match="unreadable-file"):
        load_file(tmp_path / "nowhere.yaml")


def test_a_rubric_cannot_be_changed() -> None:
    rubric: Rubric = load_text(TEXT, "it")
    with pytest.raises(ValueError, match="frozen"):
        rubric.title = "Other"  # type: ignore[misc]
