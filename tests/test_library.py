from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import library
from simulator.library import Library, LibraryError, read_head

HEAD = """\
# yaml-language-server: $schema=anything
format: 1
id: {id}
title: {title}
sector: social work
difficulty: 2
minutes: 8
practises: [active listening, "de-escalation"]
rubrics: [active-listening]
summary: >
  One line
  for the library.
"""
REST = """\
client:
  name: Denise
  title: this is not the scenario's title
states:
  a: {line: "[[[["}
"""


def write(folder: Path, name: str, title: str = "The letter", text: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(id=name, title=title) + REST if text is None else text, encoding="utf-8")
    return path


@pytest.fixture
def nothing_ships(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A package with nothing shipped, in a checkout with nothing at its top."""
    monkeypatch.setattr(library, "PACKAGE", tmp_path / "checkout" / "simulator")
    return tmp_path / "checkout"


@pytest.mark.usefixtures("nothing_ships")
def test_the_head_of_a_scenario_is_read_as_text_and_numbers(home: Path) -> None:
    path = write(home / "scenarios" / "social-work", "rent-arrears", "'No: the letter'")
    (entry,) = Library().index()
    assert (entry.id, entry.title, entry.sector) == ("rent-arrears", "No: the letter", "social work")
    assert (entry.difficulty, entry.minutes) == (2, 8)
    assert (entry.practises, entry.rubrics) == (("active listening", "de-escalation"), ("active-listening",))
    assert (entry.summary, entry.path, entry.error) == ("One line for the library.", path, "")


@pytest.mark.usefixtures("nothing_ships")
def test_a_broken_file_is_listed_last_with_its_error_and_hides_no_other(home: Path) -> None:
    folder = home / "scenarios"
    write(folder, "a-brackets", text="id: " + "[" * 30_000)
    write(folder, "b-anchor", text="id: *nobody\n")
    write(folder, "c-empty", text="")
    write(folder, "d-list", text="- a\n- b\n")
    (folder / "e-binary.yaml").write_bytes(b"\xff\xfe\x00id")
    write(folder, "f-lacks", text="id: f-lacks\ntitle: Lacks\ndifficulty: hard\n")
    write(folder, "rent-arrears")
    entries = Library().index()
    assert entries[0].id == "rent-arrears"
    assert {entry.id for entry in entries if entry.error} == {
        "a-brackets",
        "b-anchor",
        "c-empty",
        "d-list",
        "e-binary",
        "f-lacks",
    }
    lacks = next(entry for entry in entries if entry.id == "f-lacks")
    assert lacks.title == "Lacks"
    assert "`difficulty`" in lacks.error
    assert "`title`" not in lacks.error


@pytest.mark.usefixtures("nothing_ships")
def test_what_was_read_is_remembered_until_the_file_changes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(home / "scenarios", "rent-arrears")
    first = Library().index()
    monkeypatch.setattr(library, "read_head", lambda _: pytest.fail("read again though nothing changed"))
    assert Library().index() == first
    monkeypatch.setattr(library, "read_head", read_head)
    write(home / "scenarios", "rent-arrears", "Another title")
    os.utime(path, ns=(1, 1))
    assert [entry.title for entry in Library().index()] == ["Another title"]


@pytest.mark.usefixtures("nothing_ships")
@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"format": 1, "files": []}', '{"format": 1, "files": {"PATH": {}}}']
)
def test_a_damaged_cache_is_only_slower(home: Path, damage: str) -> None:
    path = write(home / "scenarios", "rent-arrears")
    good = Library().index()
    (home / "cache" / "library.json").write_text(damage.replace("PATH", str(path)))
    assert Library().index() == good


@pytest.mark.usefixtures("nothing_ships")
def test_the_list_works_where_nothing_can_be_written(home: Path) -> None:
    write(home / "scenarios", "rent-arrears")
    (home / "cache").write_text("in the way")
    assert [entry.id for entry in Library().index()] == ["rent-arrears"]


def test_the_library_is_found_in_a_checkout_and_in_a_wheel(nothing_ships: Path) -> None:
    write(nothing_ships / "scenarios" / "social-work", "at-the-top")
    write(nothing_ships / "simulator" / "shipped" / "scenarios" / "social-work", "in-the-wheel")
    assert [entry.id for entry in Library().index()] == ["in-the-wheel"]
    (nothing_ships / "pyproject.toml").write_text("")
    assert sorted(entry.id for entry in Library().index()) == ["at-the-top", "in-the-wheel"]


def test_ones_own_scenario_stands_before_the_one_that_ships(nothing_ships: Path, home: Path, tmp_path: Path) -> None:
    write(nothing_ships / "simulator" / "shipped" / "scenarios", "rent-arrears", "Shipped")
    assert Library().index()[0].title == "Shipped"
    write(home / "scenarios", "rent-arrears", "My own")
    assert [entry.title for entry in Library().index()] == ["My own"]
    named = write(tmp_path / "elsewhere", "rent-arrears", "Named outright")
    assert [entry.title for entry in Library(extra=[named]).index()] == ["Named outright"]
    assert [entry.title for entry in Library(extra=[named.parent]).index()] == ["Named outright"]


@pytest.mark.usefixtures("nothing_ships")
def test_an_unknown_name_is_answered_with_the_nearest(home: Path) -> None:
    path = write(home / "scenarios", "rent-arrears")
    write(home / "scenarios", "fourteen-days")
    assert Library().find("rent-arrears") == path
    with pytest.raises(LibraryError, match=r"called `rent-arears`.*Did you mean `rent-arrears`"):
        Library().find("rent-arears")
    with pytest.raises(LibraryError, match="no file"):
        Library().find("elsewhere/rent-arrears.yaml")
    with pytest.raises(LibraryError, match="no rubric called `listening`"):
        Library().open_rubric("listening")


@pytest.mark.usefixtures("nothing_ships")
def test_a_scenario_is_found_by_its_path_too(tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere", "rent-arrears")
    assert Library().find(str(path)) == path


def test_the_list_needs_neither_the_schema_nor_the_database(home: Path) -> None:
    write(home / "scenarios", "rent-arrears")
    code = (
        "import sys; from simulator.library import Library; entries = Library().index(); "
        "print([name for name in ('pydantic', 'sqlalchemy', 'nltk', 'textual', 'yaml') if name in sys.modules])"
    )
    for expected in ("['yaml']", "[]"):  # the second time everything is remembered
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == expected
