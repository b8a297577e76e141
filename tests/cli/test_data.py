"""`roleplay data` and `roleplay migrate`, as they are typed."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator.practice.upkeep import begin_upkeep
from simulator.settings import paths, settings
from simulator.store import backups, open_store
from simulator.store.retention import keep_for

from .conftest import Cli

MARKER = "Zanzibar-marker"


@pytest.fixture
def talked(cli: Cli, short_talk: Path) -> str:
    """A talk in the record, left after two replies. Gives its attempt's id."""
    assert cli("play", "short-talk", "--plain", stdin=f"Hm. {MARKER}\nWell.\n").status == 0
    (past,) = json.loads(cli("history", "--json").out)
    return str(past["attempt"]["id"])


def private(folder: Path) -> bool:
    """Whether everything in a folder is its owner's alone; scenarios are put there by the tests."""
    return all(
        stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in folder.rglob("*") if "scenario" not in str(path)
    )


def test_before_the_first_talk_there_is_nothing_to_look_after(cli: Cli) -> None:
    assert cli("data", "check").out == "There is no record yet.\n"
    assert cli("data", "restore").out == "There is no backup yet.\n"
    for command in (["backup"], ["export"], ["erase", "--yes"], ["retention", "30"]):
        ran = cli("data", *command)
        assert (ran.status, ran.out) == (2, "")
        assert "There is no record yet" in ran.err
    assert not paths().record.exists()


@pytest.mark.usefixtures("short_talk")
def test_the_first_run_says_once_what_is_kept_and_where(cli: Cli) -> None:
    first = cli("play", "short-talk", "--plain", stdin="Hm.\n").out
    (sentence,) = [line for line in first.splitlines() if line.startswith("What you write")]
    assert str(paths().record) in sentence
    assert "roleplay data" in sentence
    assert "What you write" not in cli("play", "short-talk", "--plain", stdin="Hm.\n").out


def test_path_names_every_place(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(cli("data", "path", "--json").out)
    assert found["record"] == str(home / "record.db")
    assert str(home / "backups") in cli("data", "path").out
    monkeypatch.setenv("ROLEPLAY_DATABASE", "postgresql+psycopg://ada:secret@school/talks")
    ran = cli("data", "path")
    assert "postgresql+psycopg://ada:***@school/talks" in ran.out
    assert "secret" not in ran.out


@pytest.mark.usefixtures("talked")
def test_check_is_quiet_about_what_is_well_and_names_what_is_not(cli: Cli, home: Path) -> None:
    well = cli("data", "check")
    assert (well.status, well.err) == (0, "")
    assert well.out.startswith("1 attempt and 4 events checked: all is as it was written.")
    with closing(sqlite3.connect(home / "record.db")) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET payload = replace(payload, 'Hm.', 'No.') WHERE sequence = 1")
        connection.commit()
    broken = cli("data", "check")
    assert broken.status == 1
    assert "event 1 was changed after it was written" in broken.out
    assert "roleplay data restore" in broken.out
    asked = cli("data", "check", "--json")
    assert asked.status == 1
    assert [fault["what"] for fault in json.loads(asked.out)["faults"]] == ["event 1 was changed after it was written"]


def test_check_of_a_file_that_is_no_record_is_a_finding(cli: Cli, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "record.db").write_text("Dear diary, " * 100)
    ran = cli("data", "check")
    assert ran.status == 1
    assert "not a record of attempts" in ran.out


def test_a_backup_can_be_made_listed_and_restored(cli: Cli, home: Path, talked: str) -> None:
    assert cli("data", "backup").status == 0
    assert cli("play", "short-talk", "--plain", stdin="Other.\n").status == 0
    (made,) = [row for row in json.loads(cli("data", "restore", "--json").out) if row["reason"] == "asked"]
    assert Path(made["path"]).name in cli("data", "restore").out
    refused = cli("data", "restore", "1")
    assert refused.status == 2
    assert "--yes" in refused.err
    name = Path(made["path"]).name
    assert "Restored: 1 attempt." in cli("data", "restore", name, "--yes").out
    assert [past["attempt"]["id"] for past in json.loads(cli("history", "--json").out)] == [talked]
    assert cli("data", "restore", "latest", "--yes").status == 0
    assert len(json.loads(cli("history", "--json").out)) == 2
    assert private(home)
    near = cli("data", "restore", name[:-4], "--yes")
    assert near.status == 2
    assert "Did you mean" in near.err


@pytest.mark.usefixtures("talked")
def test_a_backup_goes_where_it_is_wanted_and_over_nothing_else(cli: Cli, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert cli("data", "backup", "--to", str(copy)).status == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "--force" in cli("data", "backup", "--to", str(copy)).err
    assert cli("data", "backup", "--to", str(copy), "--force").status == 0
    assert "record itself" in cli("data", "backup", "--to", str(home / "record.db"), "--force").err
    assert "no folder" in cli("data", "backup", "--to", str(tmp_path / "none" / "copy.db")).err
    assert cli("data", "restore", str(copy), "--yes").status == 0


def test_export_holds_everything_for_programs_and_for_people(cli: Cli, tmp_path: Path, talked: str) -> None:
    ran = cli("data", "export", "--to", str(tmp_path / "out"))
    assert ran.status == 0
    found = json.loads((tmp_path / "out" / "roleplay-local.json").read_text(encoding="utf-8"))
    (attempt,) = found["attempts"]
    assert attempt["id"] == talked
    assert [event["kind"] for event in attempt["events"]] == ["opening", "turn", "turn", "left"]
    assert attempt["events"][1]["payload"]["reading"]["reply"] == f"Hm. {MARKER}"
    page = (tmp_path / "out" / "roleplay-local.html").read_text(encoding="utf-8")
    assert f"Hm. {MARKER}" in page
    assert "I have been waiting since nine" in page
    assert private(tmp_path / "out")
    assert "--force" in cli("data", "export", "--to", str(tmp_path / "out")).err
    assert "Did you mean `local`" in cli("data", "export", "--learner", "loal").err


def test_export_shows_markup_as_text(cli: Cli, tmp_path: Path, short_talk: Path) -> None:
    cli("play", "short-talk", "--plain", stdin="<script>alert(1)</script>\x1b[31m\n")
    cli("data", "export", "--to", str(tmp_path))
    page = (tmp_path / "roleplay-local.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert "\x1b" not in page


def test_after_erase_no_file_holds_what_was_typed(cli: Cli, home: Path, talked: str) -> None:
    store = open_store(home / "record.db", lambda: datetime.now(UTC))
    store.save_draft(talked, f"{MARKER}, I wonder")
    store.close()
    cli("data", "backup")
    cli("play", "short-talk", "--plain", stdin=f"{MARKER} again\n")
    cli("data", "backup")
    log = home / "log" / "roleplay.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text(f"ValueError: {MARKER}")
    refused = cli("data", "erase")
    assert refused.status == 2
    assert "2 attempts, 3 turns" in refused.err
    assert [path for path in home.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
    ran = cli("data", "erase", "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert "Erased: 2 attempts." in ran.out
    assert [path for path in home.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()] == []
    assert json.loads(cli("history", "--json").out) == []
    assert cli("data", "check").status == 0


def test_one_talk_can_be_erased_by_the_first_letters_of_its_id(cli: Cli, talked: str) -> None:
    cli("play", "short-talk", "--plain", stdin="Other.\n")
    assert "No attempt begins with `zz`" in cli("data", "erase", "--attempt", "zz", "--yes").err
    assert "not both" in cli("data", "erase", "--attempt", talked, "--learner", "local").err
    assert "Did you mean `local`" in cli("data", "erase", "--learner", "locl", "--yes").err
    assert cli("data", "erase", "--attempt", talked[:8], "--yes").status == 0
    (past,) = json.loads(cli("history", "--json").out)
    assert past["attempt"]["id"] != talked


@pytest.mark.usefixtures("talked")
def test_retention_is_settled_asked_about_and_applied(cli: Cli, home: Path) -> None:
    assert cli("data", "retention").out == "Attempts are kept for ever.\n"
    assert cli("data", "retention", "30").out == "Attempts are kept for 30 days.\n"
    assert json.loads(cli("data", "retention", "--json").out) == {"days": 30}
    assert "36500" in cli("data", "retention", "soon").err
    with closing(sqlite3.connect(home / "record.db")) as connection:
        connection.execute("UPDATE attempts SET updated = '2020-01-01T00:00:00.000000+00:00'")
        connection.commit()
    refused = cli("data", "retention", "10")
    assert "1 attempt older than 10 days will be erased for good" in refused.err
    assert json.loads(cli("data", "retention", "--json").out) == {"days": 30}
    assert "1 attempt erased." in cli("data", "retention", "--apply").out
    assert cli("data", "retention", "forever").out == "Attempts are kept for ever.\n"


@pytest.mark.usefixtures("talked")
def test_once_a_day_old_attempts_go_and_a_backup_is_made(cli: Cli, home: Path) -> None:
    for thread in threading.enumerate():  # what opening the record has begun
        if thread.name == "upkeep":
            thread.join()
    for backup in backups.listed(home / "record.db"):
        backup.path.unlink()
    now = datetime.now(UTC)
    store = open_store(home / "record.db", lambda: now)
    thread = begin_upkeep(store, lambda: now)
    assert thread is not None
    thread.join()
    assert [backup.reason for backup in backups.listed(home / "record.db")] == ["daily"]
    assert begin_upkeep(store, lambda: now + timedelta(hours=1)) is None
    keep_for(store, 30)
    later = begin_upkeep(store, lambda: now + timedelta(days=31))
    assert later is not None
    later.join()
    assert store.attempts() == []


# --- settings


def test_the_settings_file_names_the_database_and_the_environment_goes_before_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('database = "postgresql+psycopg://a@b/c"\nlearner = "heron"\n')
    assert (settings().record, settings().pseudonym) == ("postgresql+psycopg://a@b/c", "heron")
    monkeypatch.setenv("ROLEPLAY_DATABASE", "postgresql+psycopg://x@y/z")
    monkeypatch.setenv("ROLEPLAY_LEARNER", "wren")
    assert (settings().record, settings().pseudonym) == ("postgresql+psycopg://x@y/z", "wren")


def test_in_a_shared_database_each_user_gets_a_pseudonym_that_stays(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings().pseudonym == "local"
    monkeypatch.setenv("ROLEPLAY_DATABASE", "postgresql+psycopg://x@y/z")
    made = settings().pseudonym
    assert made.startswith("learner-")
    assert settings().pseudonym == made
    assert stat.S_IMODE((home / "pseudonym").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("databse = 'x'", "Did you mean `database`"),
        ("database = 5", "wants a text in quotes"),
        ("database = \nlearner = 'x'", "line 1"),
        (f"learner = '{'x' * 101}'", "at most 100"),
    ],
)
def test_settings_that_cannot_be_used_are_said_plainly(cli: Cli, home: Path, text: str, said: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(text)
    ran = cli("history")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_database_that_cannot_be_reached_is_said_plainly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEPLAY_DATABASE", "postgresql+psycopg://ada:secret@localhost:1/talks")
    ran = cli("history")
    assert ran.status == 2
    assert "cannot be reached" in ran.err
    assert "secret" not in ran.err


# --- PostgreSQL


def test_a_record_is_moved_to_postgresql_and_worked_with_there(
    cli: Cli, talked: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = cli("migrate", "--to", database)
    assert (moved.status, moved.err) == (0, "")
    assert "        4  events" in moved.out
    again = cli("migrate", "--to", database)
    assert again.status == 2
    assert "not empty: it holds attempts" in again.err
    monkeypatch.setenv("ROLEPLAY_DATABASE", database)
    (past,) = json.loads(cli("history", "--json").out)
    assert (past["attempt"]["id"], past["attempt"]["turns"]) == (talked, 2)
    resumed = cli("play", "--plain", "--resume", stdin="Three.\n")
    assert (resumed.status, resumed.err) == (0, "")
    assert f"You: Hm. {MARKER}" in resumed.out
    assert "1 attempt and 6 events checked" in cli("data", "check").out
    assert "pg_dump" in cli("data", "backup").err
    assert "PostgreSQL" in cli("migrate", "--to", database).err
    erased = cli("data", "erase", "--yes")
    assert "Erased: 1 attempt." in erased.out
    assert "VACUUM (FULL)" in erased.out
    assert json.loads(cli("history", "--json").out) == []


@pytest.mark.usefixtures("talked")
@pytest.mark.parametrize("url", ["sqlite:///x.db", "nonsense", "postgresql://localhost"])
def test_a_target_that_is_no_postgresql_database_is_refused(cli: Cli, url: str) -> None:
    ran = cli("migrate", "--to", url)
    assert (ran.status, ran.out) == (2, "")
    assert "postgresql+psycopg://" in ran.err
