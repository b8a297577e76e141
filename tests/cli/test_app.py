"""The command as the shell sees it: what it imports, how it fails, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from simulator import __version__
from simulator.cli import app

from .conftest import Cli

ROLEPLAY = [sys.executable, "-m", "simulator.cli"]
ROOT = Path(__file__).parents[2]
HEARD = "You have been waiting since nine and you are worn out."


def shell(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*ROLEPLAY, *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONFAULTHANDLER": "1", **environment},
        timeout=60,
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["play", "--help"], ["explain", "--help"], ["score", "--help"], ["list"]]
)
def test_nothing_slow_is_imported_that_the_command_does_not_need(arguments: list[str]) -> None:
    code = (
        "import sys; from simulator.cli.app import run; status = run(sys.argv[1:]); "
        "slow = {'textual', 'nltk', 'pydantic', 'sqlalchemy'} & set(sys.modules); "
        "sys.exit(f'imported {slow}' if slow else status)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_every_command_is_listed_and_has_help(cli: Cli) -> None:
    listed = cli("--help").out
    for name in app.COMMANDS:
        assert f"\n  {name}" in listed
        ran = cli(name, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(f"Usage: roleplay {name}")


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"roleplay {__version__}\n"


def test_without_a_command_and_a_terminal_the_help_is_shown(cli: Cli) -> None:
    ran = cli()
    assert ran.status == 0
    assert ran.out.startswith("Usage: roleplay")


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["hsitory"], "Did you mean `history`"),
        (["xyzzy"], "Try `roleplay --help`"),
        (["data", "xyzzy"], "Known here"),
        (["list", "--jsn"], "--json"),
        (["debrief"], "ATTEMPT"),
        (["play", "--seed", "minus"], "minus"),
        (["play", "short-tlk"], "Did you mean `short-talk`"),
        (["play", "no/such/file.yaml"], "no file"),
    ],
)
@pytest.mark.usefixtures("short_talk")
def test_bad_use_is_one_message_with_the_nearest_and_ends_with_2(cli: Cli, arguments: list[str], near: str) -> None:
    ran = cli(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("roleplay: ")
    assert near in ran.err


def test_an_unforeseen_failure_is_a_sentence_and_the_details_are_logged(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> None:
        raise ZeroDivisionError("the inner workings")

    monkeypatch.setattr("simulator.library.Library.index", lambda _: breaks())
    ran = cli("list")
    log = home / "log" / "roleplay.log"
    assert ran.status == 2
    assert ran.err == f"roleplay: Something went wrong inside (ZeroDivisionError). The details are in {log}.\n"
    assert "the inner workings" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_record_that_cannot_be_opened_is_said_plainly(cli: Cli, home: Path, short_talk: Path) -> None:
    (home / "record.db").write_text("Dear diary, " * 100)
    ran = cli("play", "short-talk", "--plain", stdin="Hm.\n")
    assert ran.status == 2
    assert "not a record of attempts" in ran.err
    assert not (home / "log").exists()


def test_a_reader_that_goes_away_is_not_an_error(short_talk: Path) -> None:
    for number in range(60):
        text = short_talk.read_text().replace("id: short-talk", f"id: talk-{number}")
        (short_talk.parent / f"talk-{number}.yaml").write_text(text)
    asked = subprocess.Popen([*ROLEPLAY, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert asked.stdout is not None
    assert asked.stderr is not None
    asked.stdout.close()
    assert asked.stderr.read() == b""
    assert asked.wait(30) == 0


def test_text_is_utf8_whatever_the_locale(short_talk: Path) -> None:
    short_talk.write_text(short_talk.read_text().replace("A short talk", "Ein kurzes Gespräch – “ça va” 😀"), "utf-8")
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        ran = shell("list", LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
        assert "Ein kurzes Gespräch – “ça va” 😀" in ran.stdout.decode("utf-8")
        assert ran.stderr == b""


def test_bytes_that_are_no_text_do_not_stop_a_talk(short_talk: Path) -> None:
    ran = subprocess.run(
        [*ROLEPLAY, "play", "short-talk", "--plain"],
        input=b"caf\xe9 \xff\xfe\x00\nHm.\n",
        capture_output=True,
        cwd=ROOT,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    (past,) = json.loads(shell("history", "--json").stdout)
    assert past["attempt"]["turns"] == 2


def test_explain_answers_each_line_before_the_next_is_written() -> None:
    asked = subprocess.Popen(
        [*ROLEPLAY, "explain", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert asked.stdin is not None
    assert asked.stdout is not None
    for _ in range(3):
        asked.stdin.write('{"line": "I am scared.", "reply": "That sounds frightening."}\n')
        asked.stdin.flush()
        assert "feeling_label" in asked.stdout.readline()
    asked.stdin.close()
    assert asked.wait(30) == 0


@pytest.mark.usefixtures("short_talk")
@pytest.mark.parametrize("turns", [1, 3])
def test_a_kill_between_replies_loses_no_turn_that_was_answered(turns: int) -> None:
    talk = subprocess.Popen(
        [*ROLEPLAY, "play", "short-talk", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert talk.stdin is not None
    assert talk.stdout is not None
    answers = [_answer(talk)]
    for number in range(turns):
        talk.stdin.write(f"Well, number {number}.\n")
        talk.stdin.flush()
        answers.append(_answer(talk))
    talk.send_signal(signal.SIGKILL)
    talk.wait(30)
    resumed = shell("play", "--plain", "--resume", stdin=f"{HEARD}\n").stdout.decode()
    said = [line for line in resumed.splitlines() if line.startswith("Ada: ")]
    assert said[: turns + 1] == answers
    assert [f"You: Well, number {number}." in resumed for number in range(turns)] == [True] * turns
    (past,) = json.loads(shell("history", "--json").stdout)
    assert past["attempt"]["turns"] == turns + 1


def _answer(talk: subprocess.Popen[str]) -> str:
    assert talk.stdout is not None
    while not (line := talk.stdout.readline()).startswith("Ada: "):
        assert line, "the talk ended before the client answered"
    return line.rstrip("\n")


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.process, self._end = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.execve(sys.executable, [*ROLEPLAY, *arguments], {**os.environ, "PYTHONFAULTHANDLER": "1", **environment})
        self.seen = ""

    def until(self, text: str) -> None:
        """Read until a text is seen; what stands before it is not looked at again."""
        while text not in self.seen:
            assert select.select([self._end], [], [], 20)[0], f"{text!r} did not come: {self.seen!r}"
            self.seen += os.read(self._end, 65536).decode("utf-8", "replace")
        self.seen = self.seen.partition(text)[2]

    def write(self, text: str) -> None:
        """Type something."""
        self.seen = ""
        for start in range(0, len(text), 200):
            os.write(self._end, text[start : start + 200].encode())
            while select.select([self._end], [], [], 0.01)[0]:  # what is echoed must be taken, or both sides wait
                self.seen += os.read(self._end, 65536).decode("utf-8", "replace")

    def status(self) -> int:
        """Wait for the end and give the exit status. A command that hangs is ended, and shows where it hung."""
        with suppress(OSError):  # how a terminal says that the other end is closed
            while True:
                if not select.select([self._end], [], [], 20)[0]:
                    os.kill(self.process, signal.SIGABRT)
                self.seen += os.read(self._end, 65536).decode("utf-8", "replace")
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.mark.usefixtures("short_talk")
def test_at_a_terminal_there_are_prompts_long_lines_and_an_offer_to_resume() -> None:
    first = Terminal("play", "short-talk", "--plain", TERM="dumb")
    first.until("You: ")
    first.write("I hear you. " * 600 + "\n")
    first.until("Ada: ")
    first.until("You: ")
    first.write(":quit\n")
    first.until("--resume")
    assert first.status() == 0, first.seen
    (past,) = json.loads(shell("history", "--json").stdout)
    assert past["attempt"]["turns"] == 1

    second = Terminal("play", "short-talk", TERM="dumb")  # plain by itself
    second.until("after 1 turn. Take it up again? (y/n)")
    second.write("y\n")
    second.until("You: I hear you.")
    second.until("Ada: ")
    second.until("You: ")
    second.write("\x04")
    assert second.status() == 0, second.seen
    assert len(json.loads(shell("history", "--json").stdout)) == 1


@pytest.mark.usefixtures("short_talk")
def test_ctrl_c_keeps_the_talk_and_says_how_to_go_on() -> None:
    talk = Terminal("play", "short-talk", "--plain", TERM="dumb")
    talk.until("You: ")
    talk.write("Hm.\n")
    talk.until("Coach: ")
    talk.until("You: ")
    talk.write("\x03")
    talk.until("roleplay play --resume")
    assert talk.status() == 130, talk.seen
    (past,) = json.loads(shell("history", "--json").stdout)
    assert (past["attempt"]["turns"], past["attempt"]["state"]) == (1, "left")
