"""Going back, reading anew, replaying and comparing, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Cli

HEARD = "You have been waiting since nine and you are worn out."
TALK = f"Good morning.\n{HEARD}\nI will call you before five.\nYou can go home.\n"

pytestmark = pytest.mark.usefixtures("short_talk")


def play(cli: Cli, stdin: str = TALK) -> str:
    """Play the short talk and give the id of the attempt."""
    assert cli("play", "short-talk", "--plain", "--seed", "1", stdin=stdin).status == 0
    return str(json.loads(cli("history", "--json").out)[0]["attempt"]["id"])


def test_a_branch_is_begun_named_in_the_history_and_gone_on_with(cli: Cli) -> None:
    attempt = play(cli)
    ran = cli("rewind", attempt[:8], "--turn", "2")
    assert ran.status == 0
    assert f"back to turn 2 of {attempt[:8]}" in ran.out
    assert f'You said then: "{HEARD}"' in ran.out
    branch = ran.out.split("--resume ")[1].strip()
    assert f"a branch of {attempt[:8]} from turn 2" in cli("history").out
    went = cli("play", "--plain", "--resume", branch, stdin="Calm down.\n")
    assert "You: Good morning." in went.out
    assert f"You were writing: {HEARD}" in went.out
    kept = {past["attempt"]["id"]: past["attempt"] for past in json.loads(cli("history", "--json").out)}
    assert kept[attempt]["turns"] >= 3
    (other,) = [one for one in kept.values() if one["parent"] == attempt]
    assert (other["parent_turn"], other["turns"]) == (1, 2)


def test_a_branch_as_json(cli: Cli) -> None:
    attempt = play(cli)
    branch = json.loads(cli("rewind", attempt, "--turn", "1", "--json").out)
    assert (branch["parent"], branch["parent_turn"], branch["turns"]) == (attempt, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--turn", "9"), "no turn 9: it has the turns 1 to"),
        (("--turn", "0"), "0 is not in the range"),
        ((), "Missing option '--turn'"),
    ],
)
def test_a_turn_that_is_not_there_is_one_clear_error(cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    ran = cli("rewind", play(cli), *arguments)
    assert (ran.status, says in ran.err) == (2, True)
    assert cli("rewind", "nobody", "--turn", "1").status == 2


def test_two_paths_stand_side_by_side_where_there_is_room(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = play(cli)
    branch = json.loads(cli("rewind", attempt, "--turn", "2", "--json").out)["id"]
    cli("play", "--plain", "--resume", branch, stdin="Calm down.\n")
    monkeypatch.setenv("COLUMNS", "88")
    wide = cli("debrief", attempt, "--compare", branch)
    assert wide.status == 0
    assert f"B ({branch[:8]}): unfinished after 2 replies." in wide.out
    assert "The first turn is the same. Then they part." in wide.out
    row = next(line for line in wide.out.splitlines() if "Calm down." in line)
    assert row.startswith("You: You have been waiting since nine")
    assert " | You: Calm down." in row
    assert "(no such turn)" in wide.out
    assert all(len(line) <= 88 for line in wide.out.splitlines())
    monkeypatch.setenv("COLUMNS", "50")
    narrow = cli("debrief", attempt, "--compare", branch)
    assert "A You: You have been waiting since nine" in narrow.out
    assert "B You: Calm down." in narrow.out
    found = json.loads(cli("debrief", attempt, "--compare", branch, "--json").out)
    assert (found["shared"], found["left"]["finished"], found["right"]["finished"]) == (1, True, False)


def test_talks_of_two_scenarios_cannot_be_compared(cli: Cli) -> None:
    attempt = play(cli)
    cli("play", "rent-arrears", "--plain", stdin="Hello.\n")
    other = json.loads(cli("history", "--json").out)[0]["attempt"]["id"]
    ran = cli("debrief", attempt, "--compare", other)
    assert (ran.status, "one scenario" in ran.err) == (2, True)


def test_rescoring_tells_what_it_came_to_and_keeps_the_order_of_the_history(cli: Cli) -> None:
    first, second = play(cli), play(cli)
    play(cli, "Hm.\n")
    before = [past["attempt"]["id"] for past in json.loads(cli("history", "--json").out)]
    ran = cli("rescore", "--all")
    assert (ran.status, ran.out.count("read as before")) == (0, 2)
    after = [past["attempt"]["id"] for past in json.loads(cli("history", "--json").out)]
    assert [one for one in after if one in {first, second}] == [one for one in before if one in {first, second}]
    (one,) = json.loads(cli("rescore", first, "--json").out)
    assert (one["attempt"], one["replies"], one["before"]) == (first, 0, one["after"])


def test_rescoring_needs_talks_that_have_ended(cli: Cli) -> None:
    assert "No talk has ended yet" in cli("rescore", "--all").out
    unfinished = play(cli, "Hm.\n")
    ran = cli("rescore", unfinished)
    assert (ran.status, "not ended" in ran.err) == (2, True)
    for wrong in ((), ("--all", unfinished)):
        assert cli("rescore", *wrong).status == 2


def test_a_replay_says_whether_all_is_as_it_was(cli: Cli, short_talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no attempts yet" in cli("replay").out
    attempt = play(cli)
    short_talk.write_text("not a scenario any more")
    monkeypatch.setattr("simulator.language.read", lambda *_: pytest.fail("read again"))
    ran = cli("replay")
    assert ran.status == 0
    assert ran.out.startswith(f"{attempt[:8]}  3 turns, 3 made again from their readings: as it was")
    monkeypatch.setattr("simulator.conversation.advance", lambda scenario, before, reading: before)
    broken = cli("replay", attempt, "--json")
    assert broken.status == 1
    assert "would go otherwise now" in json.loads(broken.out)[0]["differences"][0]
