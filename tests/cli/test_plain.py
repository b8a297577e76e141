from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.plain import Talk
from simulator.practice import Practice, Session, open_practice
from simulator.store import StoreError

from .conftest import Cli

HEARD = "You have been waiting since nine and you are worn out."

pytestmark = pytest.mark.usefixtures("short_talk")


def lines_of(out: str, name: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith(f"{name}: ")]


def test_a_talk_through_a_pipe_to_its_ending(cli: Cli) -> None:
    ran = cli(
        "play",
        "short-talk",
        "--plain",
        stdin=f"Hello.\n{HEARD}\nI will call you before five.\nYou can go home.\nToo late.\n",
    )
    assert (ran.status, ran.err) == (0, "")
    said = lines_of(ran.out, "Ada")
    assert said[0] == "Ada: (She does not look up.) I have been waiting since nine and I am tired."
    assert said[-1].endswith("Thank you. I will go home.")
    assert "Ada waits at the desk." in ran.out
    assert "You know: The office closes at five." in ran.out
    assert "You: " not in ran.out  # no prompt where nobody sits
    assert "what you came for was reached" in ran.out
    assert "\x1b" not in ran.out


def test_a_pipe_needs_no_plain_and_no_scenario(cli: Cli) -> None:
    listed = json.loads(cli("list", "--json").out)
    number = [entry["id"] for entry in listed if not entry["error"]].index("short-talk") + 1
    ran = cli("play", stdin=f"0\nnonsense\n{number}\n{HEARD}\n")
    assert ran.status == 0
    assert f"{number}. A short talk" in ran.out
    assert ran.out.count("Write a number from 1 to") == 2
    assert "What happens now?" in ran.out


@pytest.mark.parametrize("stdin", ["", "q\n", ":quit\n"])
def test_the_menu_can_be_left(cli: Cli, stdin: str) -> None:
    assert cli("play", "--plain", stdin=stdin).status == 0
    assert json.loads(cli("history", "--json").out) == []


def test_the_end_of_the_input_keeps_the_talk_and_debriefs_it_as_unfinished(cli: Cli) -> None:
    ran = cli("play", "short-talk", "--plain", stdin="Hello.\nIt is cold today.")
    assert ran.status == 0
    assert "unfinished" in ran.out.lower()
    (past,) = json.loads(cli("history", "--json").out)
    assert (past["attempt"]["state"], past["attempt"]["turns"], past["ending"]) == ("left", 2, None)
    assert f"--resume {past['attempt']['id'][:8]}" in ran.out


@pytest.mark.parametrize("which", ["", "prefix"])
def test_a_talk_is_taken_up_where_it_was_left(cli: Cli, which: str) -> None:
    first = cli("play", "short-talk", "--plain", stdin=f"{HEARD}\n")
    attempt = json.loads(cli("history", "--json").out)[0]["attempt"]["id"]
    ran = cli(
        "play",
        "--plain",
        "--resume",
        *([attempt[:8]] if which else []),
        stdin="I will call you before five.\nGo home.\n",
    )
    assert ran.status == 0
    for line in lines_of(first.out, "Ada"):
        assert line in ran.out
    assert f"You: {HEARD}" in ran.out
    assert json.loads(cli("history", "--json").out)[0]["ending"] == "done"


def test_resuming_with_a_scenario_is_bad_use_and_so_is_nothing_to_resume(cli: Cli) -> None:
    ran = cli("play", "--resume")
    assert ran.status == 2
    assert "no unfinished talk" in ran.err
    assert cli("play", "short-talk", "--resume", "abc").status == 2


def test_commands_answer_and_are_no_replies(cli: Cli) -> None:
    stdin = ":help\n:hint\n:hint\n:hint\n:hint\n:desk\n:meters\n:transcript\n:HINT\n"
    stdin += ":) hello\n:coach off\nHm.\n:quit\nmore\n"
    ran = cli("play", "short-talk", "--plain", "--seed", "1", stdin=stdin)
    assert ran.status == 0
    for name in (":help", ":hint", ":desk", ":meters", ":undo", ":coach", ":quit", ":transcript"):
        assert name in ran.out
    hints = [line for line in ran.out.splitlines() if line.startswith("Hint: ")]
    assert hints[:3] == ["Hint: She named a feeling.", "Hint: She is tired.", "Hint: Say that she is tired."]
    assert "Ada, trust: 30 of 100, wary" in ran.out
    assert ran.out.count("You know: The office closes at five.") == 2
    assert ran.out.count("Coach: ") == 1  # after ":) hello", and not once it was off
    assert json.loads(cli("history", "--json").out)[0]["attempt"]["turns"] == 2


def test_an_unknown_command_is_answered_with_the_nearest_and_is_no_reply(cli: Cli) -> None:
    ran = cli("play", "short-talk", "--plain", stdin=":hnt\n:frobnicate\n")
    assert "There is no command :hnt. Did you mean :hint?" in ran.out
    assert "There is no command :frobnicate." in ran.out
    assert json.loads(cli("history", "--json").out) == []


def test_undo_goes_back_to_the_clients_last_words(cli: Cli) -> None:
    ran = cli("play", "short-talk", "--plain", "--seed", "1", stdin=f":undo\n{HEARD}\n:undo\n:transcript\n")
    assert "There is nothing to take back." in ran.out
    after = ran.out.split(f"Taken back: {HEARD}\n")[1]
    assert after.splitlines()[0] == "Ada: (She does not look up.) I have been waiting since nine and I am tired."
    assert HEARD not in after


def test_a_very_long_line_is_one_reply(cli: Cli) -> None:
    long = "I hear you. " * 2_000
    cli("play", "short-talk", "--plain", stdin=f"{long}\nHm.\n")
    (past,) = json.loads(cli("history", "--json").out)
    assert past["attempt"]["turns"] == 2


def test_what_could_drive_a_terminal_never_reaches_it(cli: Cli, home: Path) -> None:
    hostile = "\x1b]0;owned\x07\x1b[31mred\u202e \x9b2Jback"
    ran = cli("play", "short-talk", "--plain", stdin=f"{hostile}\n:transcript\n:undo\n")
    for mark in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert mark not in ran.out
    assert "You: red back" in ran.out


def test_the_same_seed_gives_the_same_talk(cli: Cli) -> None:
    one, two = (
        lines_of(cli("play", "short-talk", "--plain", "--seed", "7", stdin="Hm.\nWell.\nSo.\n").out, "Ada")
        for _ in range(2)
    )
    assert one == two
    assert len(one) == 4


class Typist:
    """Somebody at a terminal, who takes up what is put before them and then says the next thing."""

    interactive = True

    def __init__(self, *lines: str) -> None:
        self.offered: list[str] = []
        self.told: list[str] = []
        self._lines = list(lines)

    def ask(self, prompt: str, draft: str = "") -> str | None:
        self.offered.append(draft)
        return draft or (self._lines.pop(0) if self._lines else None)

    def tell(self, text: str = "") -> None:
        self.told.append(text)


def _failing(practice: Practice, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this many writes fail as a full disk does."""
    kept, left = practice.store.append, [None] * times

    def append(*arguments: object, **named: object) -> object:
        if left:
            left.pop()
            raise StoreError("The disk is full.")
        return kept(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(practice.store, "append", append)


def _begun() -> tuple[Practice, Session]:
    practice = open_practice()
    return practice, practice.begin("short-talk", 1)


def test_words_that_could_not_be_saved_are_put_before_the_learner_again(monkeypatch: pytest.MonkeyPatch) -> None:
    practice, session = _begun()
    _failing(practice, 2, monkeypatch)
    typist = Typist(HEARD)
    Talk(session, typist).run()
    assert typist.offered == ["", HEARD, HEARD, ""]
    assert sum("Not sent. The disk is full." in line for line in typist.told) == 2
    assert [turn.reply for turn in practice.resume(session.id).turns] == [HEARD]


def test_a_turn_that_could_not_be_taken_back_stands_and_the_talk_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    practice, session = _begun()
    session.reply(HEARD)
    _failing(practice, 2, monkeypatch)
    typist = Typist(":undo")
    Talk(session, typist).run()
    assert "Not taken back. The disk is full." in typist.told
    assert any("--resume" in line for line in typist.told)
    assert [turn.reply for turn in practice.resume(session.id).turns] == [HEARD]


def test_what_a_learner_was_writing_is_put_before_them_and_outlives_leaving(cli: Cli) -> None:
    practice, session = _begun()
    session.save_draft("I wonder\nwhat")
    typist = Typist(":quit")
    typist.ask = lambda prompt, draft="": typist.offered.append(draft)  # type: ignore[assignment]
    Talk(session, typist).run()
    assert typist.offered == ["I wonder\nwhat"]
    assert practice.resume(session.id).draft() == "I wonder\nwhat"
    ran = cli("play", "--plain", "--resume", session.id[:8])
    assert "You were writing: I wonder\nwhat" in ran.out


def test_through_a_pipe_words_that_could_not_be_saved_are_said(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_session: Session, _text: str) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Session, "reply", full)
    ran = cli("play", "short-talk", "--plain", stdin=f"{HEARD}\n")
    assert (ran.status, f"Not sent: {HEARD}" in ran.out) == (2, True)
    assert "The disk is full." in ran.err


def test_a_scenario_that_cannot_be_played_names_its_first_problem(cli: Cli, short_talk: Path) -> None:
    short_talk.write_text(short_talk.read_text().replace("start: first", "start: nowhere"))
    ran = cli("play", "short-talk", "--plain")
    assert ran.status == 2
    assert "nowhere" in ran.err
    assert "Traceback" not in ran.err
