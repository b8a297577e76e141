"""What `roleplay new` writes: clean in every respect, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.authoring.check import check
from simulator.authoring.new import NewFileError, new_rubric, new_scenario
from simulator.language import read
from simulator.library import Library
from simulator.scenario import load_file


def test_a_new_scenario_has_nothing_to_mend(tmp_path: Path) -> None:
    skills = ["active listening", 'saying "no": kindly']
    path = new_scenario(tmp_path, "first-visit", sector="healthcare", skills=skills, rubrics=["de-escalation"])
    problems = check(path, Library(), read).problems
    assert problems == (), "\n".join(map(str, problems))
    scenario = load_file(path)
    assert (scenario.id, scenario.title, scenario.sector) == ("first-visit", "First visit", "healthcare")
    assert (scenario.practises, scenario.rubrics) == (tuple(skills), ("de-escalation",))
    assert (tmp_path / ".roleplay" / "scenario.schema.json").is_file()


def test_a_new_rubric_has_nothing_to_mend(tmp_path: Path) -> None:
    path = new_rubric(tmp_path, "kindness")
    assert check(path, Library(), read).problems == ()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = new_rubric(tmp_path, "kindness")
    path.write_text("mine")
    with pytest.raises(NewFileError, match="is there already"):
        new_rubric(tmp_path, "kindness")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["Kind", "../kind", "kind.yaml", "", "a b"])
def test_a_name_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NewFileError, match="is not an id"):
        new_rubric(tmp_path, name)
