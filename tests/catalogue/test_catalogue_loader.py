"""The catalogue's loader: what ships fits together, and what does not is refused in clear words."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator.catalogue.loader import (
    CatalogueError,
    catalogue,
    common_topics,
    load_catalogue,
    load_topics,
    read_data,
)

BEHAVIOUR = """
format: 1
family: listening
about: x
behaviours:
  nod:
    name: Nod
    definition: A nod.
    is_not: A shake.
    valence: helps
    effects: {trust: +3, agitation: -2}
    whole_talk: false
    try: "Mm."
    effect_on_client: They go on.
    examples:
      - {line: "No.", reply: Mm.}
      - {context: [{speaker: client, text: silence}], reply: Yes}
    near_misses:
      - {line: a, reply: b, instead: [shrug, nod]}
    source: made up
  shrug:
    name: Shrug
    definition: A shrug.
    valence: harms
"""
GROUPS = "groups:\n  any_nod: {name: Any nod, valence: helps, members: [nod]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "behaviours").mkdir()
    (tmp_path / "behaviours" / "listening.yaml").write_text(BEHAVIOUR, encoding="utf-8")
    (tmp_path / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    return tmp_path


def test_what_ships_fits_together() -> None:
    known = catalogue()
    assert known is catalogue()
    assert known.is_known("any_reflection")
    assert known.is_known("simple_reflection")
    assert not known.is_known("reflection")
    assert known.expand("any_trade") == {"conditional_concession", "package_offer"}
    assert known.expand("blame") == {"blame"}
    assert "any_reflection" in known.groups_of("summary")
    assert known.groups_of("nothing") == ()
    assert known.behaviour("blame").valence == "harms"
    assert known.valence("any_roadblock") == "harms"
    assert set(known.names()) == {*known.behaviours, *known.groups}
    with pytest.raises(KeyError):
        known.expand("nothing")


def test_no_name_of_the_catalogue_is_a_word_of_conditions() -> None:
    from simulator.scenario.names import RESERVED

    assert RESERVED.isdisjoint(catalogue().names())


def test_behaviours_are_read_as_written(folder: Path) -> None:
    known = load_catalogue(folder)
    nod = known.behaviour("nod")
    assert (nod.family, nod.try_, nod.whole_talk) == ("listening", "Mm.", False)
    assert nod.effects == {"trust": 3, "agitation": -2}
    assert nod.examples[0].line == "No."
    assert (nod.examples[1].context, nod.examples[1].reply) == ((("client", "silence"),), "Yes")
    assert nod.near_misses[0].instead == ("shrug", "nod")
    assert known.behaviour("shrug").effects == {}
    with pytest.raises(TypeError):
        known.behaviours["x"] = nod  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[nod]", "[nod, wink]", "any_nod names behaviours that are not there: wink"),
        ("[nod]", "[nod, shrug]", "any_nod helps, but these harm: shrug"),
        ("[nod]", "[]", "no members"),
        ("any_nod:", "nod:", "the name of a behaviour"),
        ("valence: helps, ", "", "any_nod lacks valence"),
        ("groups:", "group:", "needs a mapping `groups:`"),
        ("{name: Any nod, valence: helps, members: [nod]}", "x", "must be a mapping"),
        ("groups:", "groups: [", "not YAML"),
    ],
)
def test_groups_that_do_not_fit(folder: Path, old: str, new: str, message: str) -> None:
    (folder / "groups.yaml").write_text(GROUPS.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    definition: A nod.\n", "", "nod lacks definition"),
        ("valence: helps", "valence: nice", "valence of nod"),
        ("trust: +3", "trust: much", "the behaviour nod"),
        ("{context: [", "{contxt: [", "the behaviour nod"),
    ],
)
def test_behaviours_that_cannot_be_read(folder: Path, old: str, new: str, message: str) -> None:
    (folder / "behaviours" / "listening.yaml").write_text(BEHAVIOUR.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(folder)


def test_a_behaviour_is_written_once(folder: Path) -> None:
    (folder / "behaviours" / "more.yaml").write_text(BEHAVIOUR, encoding="utf-8")
    with pytest.raises(CatalogueError, match="in two files"):
        load_catalogue(folder)


def test_common_topics(tmp_path: Path) -> None:
    assert {"children", "work", "learner", "time", "more"} <= set(common_topics())
    assert all(topic.words for topic in common_topics().values())
    path = tmp_path / "topics.yaml"
    path.write_text("topics:\n  work: {words: job, asks: [what do you do]}\n", encoding="utf-8")
    assert load_topics(path)["work"].words == ("job",)
    assert load_topics(path)["work"].asks == ("what do you do",)
    path.write_text("topics:\n  work: {asks: [x]}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no words"):
        load_topics(path)


def test_data_files_hold_only_strings() -> None:
    groups = read_data("groups.yaml")
    assert groups["format"] == "1"
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_data("nothing.yaml")


def test_the_catalogue_is_read_quickly_and_yaml_only_when_needed() -> None:
    script = "import sys, simulator.catalogue.loader; assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
    from simulator.catalogue.loader import DATA

    load_catalogue(DATA)
    start = time.perf_counter()
    load_catalogue(DATA)
    assert time.perf_counter() - start < 0.3  # about 0.05 on an idle machine
