"""Severities: set for a folder, silenced on a line, and never for what keeps a scenario from loading."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnosed import BASES

from simulator.authoring.check import check
from simulator.authoring.severity import FILE_NAME, SettingsError, Severities, read_settings, settings_for
from simulator.language import read
from simulator.library import Library

PLAIN = BASES["plain"].read_text(encoding="utf-8")
NO_HINT = PLAIN.replace('    hint: ["She asked something.", "What happens now.", "Tell her what comes next."]\n', "")


def checked(path: Path, text: str, severities: Severities | None = None):
    path.write_text(text, encoding="utf-8")
    return check(path, Library(), read, severities).problems


def test_a_comment_silences_a_code_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    assert [one.code for one in checked(path, NO_HINT)] == ["no-hint"]
    assert checked(path, NO_HINT.replace("  second:\n", "  second:  # check: ignore no-hint\n")) == ()
    assert checked(path, NO_HINT.replace("  second:\n", "  # check: ignore no-hint\n  second:\n")) == ()
    assert checked(path, NO_HINT.replace("  second:\n", "  second:  # check: ignore\n")) == ()
    assert len(checked(path, NO_HINT.replace("  second:\n", "  second:  # check: ignore no-tests\n"))) == 1


def test_what_keeps_a_scenario_from_loading_cannot_be_silenced(tmp_path: Path) -> None:
    text = PLAIN.replace("title: At the desk", "titel: At the desk  # check: ignore unknown-key")
    assert "unknown-key" in [one.code for one in checked(tmp_path / "plain.yaml", text)]


def test_the_nearest_settings_file_sets_severities(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / FILE_NAME).write_text('[severity]\nno-hint = "off"\n')
    path = inner / "plain.yaml"
    assert checked(path, NO_HINT, settings_for(path)) == ()
    (inner / FILE_NAME).write_text('[severity]\nno-hint = "error"\n')
    assert [one.severity for one in checked(path, NO_HINT, settings_for(path))] == ["error"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[severity]\nno-hnt = 'off'", "Did you mean `no-hint`"),
        ("[severity]\nno-hint = 'loud'", "error, warning, note, off"),
        ("[severity]\nunknown-key = 'off'", "cannot be changed"),
        ("[levels]\n", "`levels` is not a key"),
        ("severity = 3", "is not a table"),
        ("[severity", "Expected"),
    ],
)
def test_settings_that_cannot_be_used_say_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(text)
    with pytest.raises(SettingsError, match=FILE_NAME) as caught:
        read_settings(path)
    assert said in str(caught.value)
