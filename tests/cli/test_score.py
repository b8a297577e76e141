"""`roleplay score`: real conversations from files, scored."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest

from simulator.cli.commands import score

from .conftest import Cli
from .test_app import Terminal

TALK = """\
Tuesday, by telephone
Dana: I got the letter on Monday and I haven't slept since. I'm so scared.
Nurse Kim: That sounds frightening. You've been lying awake with that letter.
Dana: They'll put us out. <b>All of us.</b>
Nurse Kim: Calm down. What have they told you so far?
Dana: Nothing.
Nurse Kim: So you got the letter, you can't sleep, and nobody has told you a thing.
"""


@pytest.fixture
def talk(tmp_path: Path) -> str:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return str(path)


class TestText:
    def test_each_criterion_has_its_level_and_quotes_with_turn_and_line(self, cli: Cli, talk: str) -> None:
        ran = cli("score", talk)
        assert ran.status == 0
        assert re.match(r"Active listening: \d+ of 100, indicative", ran.out)
        assert re.search(r"Reflects: [1-4] of 4", ran.out)
        assert 'Turn 1, line 3: "' in ran.out
        assert 'Try: "' in ran.out

    def test_what_was_skipped_and_who_is_scored_is_told_beside(self, cli: Cli, talk: str) -> None:
        ran = cli("score", talk)
        assert "1 row was skipped:\n  line 1: no speaker; begin it with a name" in ran.err
        assert "`Nurse Kim` is scored" in ran.err
        assert "`Nurse Kim` is scored" not in cli("score", talk, "--learner", "nurse kim").err

    def test_several_rubrics_each_once(self, cli: Cli, talk: str) -> None:
        ran = cli("score", talk, "--rubric", "de-escalation", "--rubric", "negotiation", "--rubric", "de-escalation")
        titles = re.findall(r"^(.+): \d+ of 100", ran.out, re.MULTILINE)
        assert titles == ["De-escalation", "Negotiation"]

    def test_standard_input_in_any_form_and_encoding(self, cli: Cli, talk: str) -> None:
        given = cli("score", talk, "--learner", "Dana").out
        assert cli("score", "-", "--learner", "dana", stdin=TALK).out == given
        assert "c7" in cli("score", "-", stdin="Nurse: Hello.\nJoe: Ça va.".encode("latin-1")).err

    def test_what_could_drive_a_terminal_never_reaches_it(self, cli: Cli) -> None:
        hostile = "J\x1b[31m\u202eoe"
        ran = cli(
            "score", "-", stdin=f"Nurse: That\x1b]0;a\x07 is hard.\n{hostile}: So.\nNurse: {hostile}?\n{hostile}:\n"
        )
        assert ran.status == 0
        assert not set(ran.out + ran.err) & {"\x1b", "\x07", "\x9b", "\u202e"}


class TestJson:
    def test_levels_evidence_turns_and_what_was_skipped(self, cli: Cli, talk: str) -> None:
        result = json.loads(cli("score", talk, "--json", "--rubric", "active-listening").out)
        assert set(result) == {"rubrics", "turns", "skipped"}
        rubric = result["rubrics"]["active-listening"]
        assert set(rubric) == {"score", "criteria"}
        assert 0 <= rubric["score"] <= 100
        assert {found["level"] for found in rubric["criteria"].values()} <= {None, 0, 1, 2, 3, 4}
        turns = {turn["turn"]: turn for turn in result["turns"]}
        evidence = [item for found in rubric["criteria"].values() for item in found["evidence"]]
        assert evidence
        for item in evidence:
            assert set(item) == {"turn", "line", "behaviour", "quote"}
            assert item["line"] == turns[item["turn"]]["line"]
            assert item["quote"] in turns[item["turn"]]["text"]
            assert item["behaviour"] in [found["id"] for found in turns[item["turn"]]["behaviours"]]
        assert [(turn["turn"], turn["line"]) for turn in result["turns"]] == [(1, 3), (2, 5), (3, 7)]
        assert set(turns[1]) == {"turn", "line", "speaker", "text", "behaviours", "quality"}
        assert set(turns[1]["behaviours"][0]) == {"id", "span", "confidence", "rule"}
        assert turns[2]["text"][slice(*turns[2]["behaviours"][0]["span"])] in TALK
        assert [(row["line"], row["why"]) for row in result["skipped"]] == [(1, "no speaker")]

    def test_the_same_talk_scores_the_same_in_every_form(self, cli: Cli, talk: str, tmp_path: Path) -> None:
        rows = [row.partition(": ")[::2] for row in TALK.splitlines()[1:]]
        forms = {
            "talk.csv": "who,text\n" + "".join(f'{who},"{text}"\n' for who, text in rows),
            "talk.jsonl": "".join(json.dumps({"role": who, "content": text}) + "\n" for who, text in rows),
            "talk.json": json.dumps([{"name": who, "message": text} for who, text in rows], indent=1),
            "talk.srt": "".join(f"1\n00:00:01,0 --> 00:00:02,0\n{who}: {text}\n\n" for who, text in rows),
        }
        wanted = json.loads(cli("score", talk, "--json").out)["rubrics"]["active-listening"]["score"]
        for name, text in forms.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            found = json.loads(cli("score", str(tmp_path / name), "--json").out)
            assert found["rubrics"]["active-listening"]["score"] == wanted, name


class _Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


class TestHtml:
    def test_a_page_with_criteria_and_the_talk_with_its_evidence(self, cli: Cli, talk: str, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        ran = cli("score", talk, "--html", str(path), "--rubric", "active-listening", "--rubric", "de-escalation")
        assert (ran.status, f"the page is in {path}" in ran.err) == (0, True)
        text = path.read_text(encoding="utf-8")
        page = _Page(text)
        for words in ("Active listening: ", "De-escalation: ", "Nurse Kim", "turn 2, line 5", "line 1: no speaker"):
            assert words in page.words
        assert "<b>All of us.</b>" in page.words
        assert '<mark class="for">' in text
        assert '<mark class="against">Calm down' in text
        assert path.stat().st_mode & 0o077 == 0

    def test_nothing_is_fetched_or_run(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        evil = "<script>alert(1)</script>\"'><img src=x onerror=y> \x1b[31m\u202e"
        rows = [{"who": f"Nurse {evil}", "text": f"That sounds hard. {evil}"}, {"who": evil, "text": evil}] * 3
        name = tmp_path / "a<script>.jsonl"
        name.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        assert cli("score", str(name), "--html", str(path)).status == 0
        page = _Page(path.read_text(encoding="utf-8"))
        assert not {"script", "img", "link", "iframe"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        assert {value and value[0] for name, value in page.attributes if name == "href"} <= {"#"}
        assert "<script>alert(1)</script>" in page.words
        assert not {"\x1b", "\u202e"} & set(page.words)

    def test_no_file_is_overwritten_unless_forced(self, cli: Cli, talk: str, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text("mine")
        ran = cli("score", talk, "--html", str(path))
        assert (ran.status, ran.out, path.read_text()) == (2, "", "mine")
        assert "--force" in ran.err
        assert cli("score", talk, "--html", str(path), "--force").status == 0
        assert path.read_text().startswith("<!DOCTYPE html>")
        assert cli("score", talk, "--html", talk, "--force").status == 2
        assert Path(talk).read_text() == TALK
        assert "no folder" in cli("score", talk, "--html", str(tmp_path / "nowhere" / "page.html")).err


class TestLearner:
    def test_the_nearest_speakers_are_named(self, cli: Cli, talk: str) -> None:
        ran = cli("score", talk, "--learner", "nures kim")
        assert (ran.status, ran.out) == (2, "")
        assert "Did you mean `Nurse Kim`?" in ran.err
        assert "These speak: `Dana` and `Nurse Kim`." in cli("score", talk, "--learner", "Xyz").err

    @pytest.mark.parametrize("speakers", [("Dana", "Kim"), ("Nurse", "Social worker"), ("Diana", "Cosme")])
    def test_who_cannot_be_told_is_asked_for(self, cli: Cli, speakers: tuple[str, str]) -> None:
        ran = cli("score", "-", stdin="".join(f"{speaker}: Hello there.\n" for speaker in speakers))
        assert (ran.status, ran.out) == (2, "")
        assert f"--learner NAME. These speak: `{speakers[0]}` and `{speakers[1]}`." in ran.err

    @pytest.mark.parametrize("helper", ["ME", "Social_Worker 2", "Kim (case manager)", "Counsellor"])
    def test_the_only_helper_is_taken(self, cli: Cli, helper: str) -> None:
        ran = cli("score", "-", stdin=f"Dana: So.\n{helper}: Hello.\n")
        assert (ran.status, f"`{helper}` is scored" in ran.err) == (0, True)

    def test_at_a_terminal_there_is_a_menu(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text("Dana: Hello.\nKim: You sound tired.\n")
        asked = Terminal("score", str(path))
        asked.until("1. Dana (1 utterance)")
        asked.until("Whom to score")
        asked.write("3\n")
        asked.until("Whom to score")
        asked.write("2\n")
        asked.until("Active listening: ")
        assert asked.status() == 0, asked.seen


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["{talk}", "--rubric", "active-listning"], "Did you mean `active-listening`"),
            (["{talk}x"], "does not exist"),
            ([], "TRANSCRIPT"),
        ],
    )
    def test_bad_use_is_one_message(self, cli: Cli, talk: str, arguments: list[str], said: str) -> None:
        ran = cli("score", *(argument.format(talk=talk) for argument in arguments))
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err

    def test_a_file_nothing_can_be_read_from_is_bad_input(self, cli: Cli) -> None:
        ran = cli("score", "-", stdin="Once upon a time.\n")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("roleplay: standard input: there is nothing to score.\n  line 1: no speaker")
        assert cli("score", "-", stdin=b"PK\x00\x01").status == 2


def test_a_long_talk_shows_its_progress_at_a_terminal_only(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(score, "MANY", 1)
    shown: list[str] = []
    real = click.progressbar
    monkeypatch.setattr(click, "progressbar", lambda *given, **named: shown.append("bar") or real(*given, **named))
    path = tmp_path / "talk.txt"
    path.write_text("Nurse: Hello.\nNurse: You sound tired.\n")
    assert cli("score", str(path)).status == 0
    assert not shown
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert cli("score", str(path)).status == 0
    assert shown
