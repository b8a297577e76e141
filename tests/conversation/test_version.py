"""The hash of a compiled scenario covers all that decides how it is played."""

from __future__ import annotations

import pytest
from talk import shipped

from simulator.catalogue.loader import read_data
from simulator.conversation import compiled_hash, version


def test_the_same_file_has_the_same_hash_however_often_it_is_loaded():
    assert compiled_hash(shipped("sample")) == compiled_hash(shipped("sample"))


@pytest.mark.parametrize("changed", ["temperaments/proud.yaml", "topics.yaml"])
def test_what_a_scenario_falls_back_on_is_part_of_it(changed, monkeypatch):
    before = compiled_hash(shipped("sample"))
    monkeypatch.setattr(version, "read_data", lambda name: "other" if name == changed else read_data(name))
    assert compiled_hash(shipped("sample")) != before
