"""The commands for authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Cli


def test_new_and_schema(cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("new", "mine", "--sector", "Social Work", "--skill", "empathy")
    assert ran.status == 0
    assert (tmp_path / "mine.yaml").is_file()
    assert cli("new", "mine").status == 2
    assert "Did you mean `healthcare`" in cli("new", "other", "--sector", "helthcare").err
    assert "Did you mean `negotiation`" in cli("new", "other", "--uses", "negotation").err
    assert cli("new", "--rubric", "mine").status == 0
    assert (home / "rubrics" / "mine.yaml").is_file()
    assert '"title": "Role-play scenario"' in cli("schema", "scenario").out
