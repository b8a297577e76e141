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


def test_graph_stats_and_simulate(cli: Cli, short_talk: Path, tmp_path: Path) -> None:
    assert "first (start)" in cli("graph", str(short_talk)).out
    assert cli("graph", "short-talk", "--format", "mermaid", "--coverage", "tests").out.startswith("flowchart TD")
    place = tmp_path / "graph.dot"
    assert cli("graph", "short-talk", "--format", "dot", "--out", str(place)).status == 0
    assert place.read_text().startswith("digraph")
    assert "2 states, 1 endings" in cli("stats", str(short_talk.parent)).out
    assert cli("stats", str(tmp_path / "nothing")).status == 2
    page = tmp_path / "robots.html"
    ran = cli("simulate", "short-talk", "-n", "10", "--cores", "1", "--html", str(page))
    assert "short-talk: 10 talks, seed 1" in ran.out
    assert "<table>" in page.read_text()
    assert cli("simulate", str(tmp_path / "none.yaml")).status == 2


def test_a_played_talk_becomes_a_test(cli: Cli, short_talk: Path) -> None:
    import json

    cli(
        "play", "short-talk", "--plain", "--seed", "4", stdin="You have been waiting since nine and you are worn out.\n"
    )
    attempt = json.loads(cli("history", "--json").out)[0]["attempt"]["id"]
    ran = cli("test", "--record", attempt)
    assert ran.status == 0
    assert "    seed: 4\n" in ran.out
    assert 'reply: "You have been waiting since nine and you are worn out.", state: second' in ran.out
    assert cli("test", "--record", "nothing").status == 2
    assert cli("test").status == 2


def test_a_state_that_saved_attempts_stand_in_must_not_vanish(cli: Cli, short_talk: Path) -> None:
    cli("play", "short-talk", "--plain", stdin="You have been waiting since nine and you are worn out.\n")
    assert "state-gone" not in cli("check", str(short_talk)).out
    text = short_talk.read_text().replace("second", "later_on")
    short_talk.write_text(text)
    ran = cli("check", str(short_talk))
    assert ran.status == 1
    assert "stands in `second`, which is gone" in ran.out
    short_talk.write_text(text.replace("start: first", "renamed: {second: later_on}\nstart: first"))
    assert "state-gone" not in cli("check", str(short_talk)).out
