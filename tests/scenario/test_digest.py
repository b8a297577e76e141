"""A scenario as JSON and as a hash: the same for the same scenario, and another for any change."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from simulator.scenario import ScenarioError, content_hash, from_json, load_text, to_json

from .samples import SAMPLE, TWO_PEOPLE, edited

SAMPLE_HASH = "fb18ff656d257c88a77d97f6cc66f082327ce50c71ceb50a2d09a80c25f1d394"


@pytest.mark.parametrize("text", [SAMPLE, TWO_PEOPLE])
def test_json_restores_the_scenario_exactly(text: str) -> None:
    scenario = load_text(text, "x")
    again = from_json(to_json(scenario))
    assert again == scenario
    assert to_json(again) == to_json(scenario)
    assert content_hash(again) == content_hash(scenario)
    assert list(again.states) == list(scenario.states)
    assert again.cues == scenario.cues
    conditions = [one.when.root for one in scenario.transition_ids.values()]
    assert [one.when.root for one in again.transition_ids.values()] == conditions


def test_json_is_a_scenario_file_by_itself() -> None:
    scenario = load_text(SAMPLE, "x")
    assert load_text(to_json(scenario), "x") == scenario


def test_the_hash_does_not_change_from_version_to_version() -> None:
    assert content_hash(load_text(SAMPLE, "x")) == SAMPLE_HASH


def test_the_hash_does_not_see_how_the_file_is_laid_out() -> None:
    plain = content_hash(load_text(SAMPLE, "x"))
    assert content_hash(load_text(f"# a comment\n{SAMPLE}\n\n", "y")) == plain
    assert content_hash(load_text(edited("start: 25", 'start: "25"'), "x")) == plain
    text = edited("    does: She stays standing.\n", "")
    text = text.replace("    line: \"Four weeks I've", "    does: She stays standing.\n    line: \"Four weeks I've")
    assert content_hash(load_text(text, "x")) == plain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trust: +15", "trust: +16"),
        ("when: any_roadblock", "when: any_roadblock or blame"),
        ('"Go on. How much?"', '"Go on then. How much?"'),
        ("temperament: proud", "temperament: flat"),
    ],
)
def test_the_hash_sees_every_change(old: str, new: str) -> None:
    assert content_hash(load_text(edited(old, new), "x")) != content_hash(load_text(SAMPLE, "x"))


def test_the_hash_sees_the_order_of_people() -> None:
    data = json.loads(to_json(load_text(TWO_PEOPLE, "x")))
    data["people"] = dict(reversed(data["people"].items()))
    assert content_hash(from_json(json.dumps(data))) != content_hash(load_text(TWO_PEOPLE, "x"))


def test_effects_keep_the_order_in_which_they_are_made() -> None:
    scenario = load_text(SAMPLE, "x")
    again = from_json(to_json(scenario))
    orders = [[list(one.effects.changes) for one in of.transition_ids.values()] for of in (scenario, again)]
    assert orders[0] == orders[1]
    assert any(order != sorted(order) for order in orders[0])


def test_the_hash_is_the_same_in_another_process() -> None:
    script = (
        "import sys; from simulator.scenario import *; print(content_hash(load_text(sys.stdin.buffer.read(), 'x')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=SAMPLE.encode(), capture_output=True, check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout.decode().strip() == content_hash(load_text(SAMPLE, "x"))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', '{"people": 3}'])
def test_what_is_not_a_stored_scenario(text: str) -> None:
    with pytest.raises(ScenarioError):
        from_json(text)


def test_a_damaged_stored_scenario_is_refused() -> None:
    text = re.sub(r'"start":"at_the_desk"', '"start":"elsewhere"', to_json(load_text(SAMPLE, "x")))
    with pytest.raises(ScenarioError, match="elsewhere"):
        from_json(text)
