from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Cli

ROOT = Path(__file__).parents[2]

HEARD = "You have been waiting since nine and you are worn out."
TALK = f"Good morning.\n{HEARD}\nI will call you before five.\nYou can go home.\n"


def play(cli: Cli, stdin: str = TALK) -> str:
    """Play the short talk and give the id of the attempt."""
    assert cli("play", "short-talk", "--plain", "--seed", "1", stdin=stdin).status == 0
    return str(json.loads(cli("history", "--json").out)[0]["attempt"]["id"])


@pytest.mark.usefixtures("short_talk")
class TestList:
    def test_shows_each_scenario_with_what_it_practises(self, cli: Cli) -> None:
        ran = cli("list")
        assert ran.status == 0
        assert "short-talk: A short talk" in ran.out
        assert "social work, difficulty 1 of 3, about 2 minutes; active listening" in ran.out

    def test_narrows_by_sector_and_skill_whatever_the_case(self, cli: Cli) -> None:
        found = json.loads(cli("list", "--sector", "Social Work", "--skill", "Active Listening", "--json").out)
        assert "short-talk" in [entry["id"] for entry in found]
        assert {entry["sector"] for entry in found} == {"social work"}

    def test_an_unknown_sector_or_skill_is_bad_use(self, cli: Cli) -> None:
        ran = cli("list", "--sector", "socail work")
        assert ran.status == 2
        assert "Did you mean `social work`" in ran.err
        assert cli("list", "--skill", "juggling").status == 2

    def test_a_broken_file_is_named_on_standard_error_and_hides_nothing(self, cli: Cli, home: Path) -> None:
        (home / "scenarios" / "broken.yaml").write_text("id: [")
        ran = cli("list")
        assert ran.status == 0
        assert "broken.yaml" in ran.err
        assert "short-talk" in ran.out


class TestExplain:
    def test_shows_behaviours_with_the_words_that_show_them(self, cli: Cli) -> None:
        ran = cli("explain", "That sounds frightening. What happened then?", "--after", "I am so scared.")
        assert ran.status == 0
        feeling = next(line for line in ran.out.splitlines() if line.startswith("feeling_label"))
        assert '"That sounds frightening"' in feeling
        assert "Quality: +" in ran.out

    def test_only_a_request_is_told_to_be_polite_or_not(self, cli: Cli) -> None:
        assert "polite" in cli("explain", "Could you tell me a little more, please?").out
        assert "polite" not in cli("explain", "You must be worn out.", "--after", "I've rung for weeks.").out

    def test_json_gives_spans_of_the_raw_reply(self, cli: Cli) -> None:
        reply = "😀  That sounds frightening…"
        ran = cli("explain", reply, "--after", "I am so scared.", "--json")
        reading = json.loads(ran.out)
        assert set(reading) == {"behaviours", "gates", "quality", "leanings", "style"}
        feeling = next(found for found in reading["behaviours"] if found["id"] == "feeling_label")
        assert set(feeling) == {"id", "span", "confidence", "rule", "cue"}
        start, end = feeling["span"]
        assert "sounds frightening" in reply[start:end]
        assert -1 <= reading["quality"] <= 1

    def test_reads_the_reply_from_standard_input(self, cli: Cli) -> None:
        given = cli("explain", "Calm down.", "--json")
        assert cli("explain", "--json", stdin="Calm down.\n").out == given.out

    def test_a_reply_that_is_not_understood_says_so(self, cli: Cli) -> None:
        assert "Gates: not_understood" in cli("explain", "qwe asd").out

    def test_lines_answer_one_for_one_and_go_on_after_a_bad_one(self, cli: Cli) -> None:
        good = {"line": "I am so scared.", "reply": "That sounds frightening."}
        context = {
            "line": "So?",
            "reply": "That sounds frightening.",
            "context": [
                {"speaker": "client", "text": "I am so scared."},
                {"speaker": "learner", "text": "What happened?"},
            ],
        }
        lines = [
            json.dumps(good),
            "not json",
            json.dumps({"line": "I am so scared."}),
            json.dumps({"line": 4, "reply": "x"}),
            json.dumps([1]),
            json.dumps({**good, "context": [{"speaker": "nurse", "text": "x"}]}),
            "[" * 100_000,
            json.dumps(context),
            json.dumps({"line": "", "reply": "half \ud83d a pair"}),
        ]
        ran = cli("explain", "--jsonl", stdin="\n".join(lines))
        answers = [json.loads(line) for line in ran.out.splitlines()]
        assert ran.status == 2
        assert [("error" in answer) for answer in answers] == [False, True, True, True, True, True, True, False, False]
        assert "feeling_label" in [found["id"] for found in answers[0]["behaviours"]]
        for number in range(2, 8):
            assert f"line {number}:" in ran.err
        assert "`reply` is missing" in ran.err

    def test_lines_that_are_all_good_end_well(self, cli: Cli) -> None:
        ran = cli("explain", "--jsonl", stdin='{"line": "Hm.", "reply": "Calm down."}\n')
        assert (ran.status, ran.err) == (0, "")
        assert cli("explain", "--jsonl", stdin="").out == ""


class TestCheckAndTest:
    def test_a_sound_scenario_has_no_problems(self, cli: Cli, short_talk: Path) -> None:
        ran = cli("check", str(short_talk))
        assert (ran.status, ran.out) == (0, "1 file checked, no problems found, 4 notes (shown with --notes).\n")
        assert {one["severity"] for one in json.loads(cli("check", "--json", str(short_talk)).out)} == {"note"}

    def test_notes_answers_and_marks_for_pull_requests(self, cli: Cli, short_talk: Path) -> None:
        assert "note transition-untested" in cli("check", "--notes", str(short_talk)).out
        ran = cli("check", "--explore", str(short_talk))
        assert "reached: ending done\n    - {as: [" in ran.out
        short_talk.write_text(short_talk.read_text().replace("any_roadblock", "any_rodblock"))
        ran = cli("check", "--format", "github", str(short_talk))
        assert ran.out.startswith("::error file=")
        assert "title=unknown-name::there is no behaviour or group called `any_rodblock`. Did you mean" in ran.out

    def test_a_folder_is_checked_with_rubrics_in_it_and_slips_are_mended(self, cli: Cli, short_talk: Path) -> None:
        rubric = short_talk.with_name("active-listening.yaml")
        rubric.write_text((ROOT / "rubrics" / "active-listening.yaml").read_text())
        short_talk.write_text(short_talk.read_text().replace("to: second}", "to: secnd}"))
        assert cli("check", str(short_talk.parent)).status == 1
        ran = cli("check", "--fix", str(short_talk.parent))
        assert (ran.status, ran.out.split(" checked")[0]) == (0, "2 files")
        assert "1 place mended" in ran.err
        (short_talk.parent / "roleplay-check.toml").write_text("[severity]\nno-hnt = 'off'\n")
        assert "Did you mean `no-hint`?" in cli("check", str(short_talk)).err

    @pytest.mark.parametrize(
        ("old", "new", "code", "at"),
        [
            ("rubrics: [active-listening]", "rubrics: [nonsense]", "rubric-unusable", "rubrics"),
            (', "She is tired.", "Say that she is tired."]', "]", None, ""),
            (
                '    hint: ["She asked something.", "What happens now.", "Tell her what comes next."]\n',
                "",
                "no-hint",
                "second",
            ),
            (
                '    model_reply: "You have been waiting since nine and you are worn out."\n',
                "",
                "no-model-reply",
                "first",
            ),
            (
                "You have been waiting since nine and you are worn out.",
                "Calm down.",
                "model-reply-misses",
                "model_reply",
            ),
            ("state: second}", "state: done}", "test-fails", "name: hearing her"),
            ("any_roadblock", "any_rodblock", "unknown-name", "any_rodblock"),
        ],
    )
    def test_each_mistake_is_found_at_its_line(
        self, cli: Cli, short_talk: Path, old: str, new: str, code: str | None, at: str
    ) -> None:
        text = short_talk.read_text()
        assert text.count(old) == 1
        short_talk.write_text(text.replace(old, new))
        ran = cli("check", "--json", str(short_talk))
        problems = [problem for problem in json.loads(ran.out) if problem["severity"] != "note"]
        assert [problem["code"] for problem in problems] == ([code] if code else [])
        assert ran.status == (1 if code else 0)
        for problem in problems:
            assert at in short_talk.read_text().splitlines()[problem["line"] - 1]

    def test_problems_of_all_files_are_shown_and_an_unreadable_one_is_bad_input(
        self, cli: Cli, short_talk: Path, tmp_path: Path
    ) -> None:
        short_talk.write_text(short_talk.read_text().replace("any_roadblock", "any_rodblock"))
        ran = cli("check", str(short_talk), str(tmp_path / "nowhere.yaml"))
        assert ran.status == 2
        assert "any_rodblock" in ran.out
        assert "nowhere.yaml" in ran.out

    def test_a_failing_test_shows_the_path_taken_and_what_was_wanted(self, cli: Cli, short_talk: Path) -> None:
        assert cli("test", str(short_talk)).status == 0
        short_talk.write_text(short_talk.read_text().replace("state: second}", "state: done}"))
        ran = cli("test", str(short_talk))
        assert ran.status == 1
        assert "FAILED: hearing her leads on (first > second)" in ran.out
        assert "wanted the state done, got second" in ran.out

    def test_a_file_that_cannot_be_played_does_not_keep_others_from_it(
        self, cli: Cli, short_talk: Path, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken.yaml"
        broken.write_text("format: 1\n")
        ran = cli("test", str(broken), str(short_talk))
        assert ran.status == 2
        assert "passed: hearing her leads on" in ran.out


@pytest.mark.usefixtures("short_talk")
class TestLookingBack:
    def test_nothing_yet(self, cli: Cli) -> None:
        assert "no attempts yet" in cli("history").out
        assert json.loads(cli("history", "--json").out) == []

    def test_history_and_debrief_of_a_talk(self, cli: Cli) -> None:
        attempt = play(cli)
        line = cli("history").out
        assert line.startswith(attempt[:8])
        assert "turns, done (met); active-listening" in line
        ran = cli("debrief", attempt[:6])
        assert ran.status == 0
        assert "Get past the first moment" in ran.out
        assert json.loads(cli("debrief", attempt, "--json").out)["outcome"] == "met"

    def test_an_unknown_attempt_is_bad_use(self, cli: Cli) -> None:
        attempt = play(cli)
        wrong = ("0" if attempt[0] != "0" else "1") + attempt[1:8]
        ran = cli("debrief", wrong)
        assert ran.status == 2
        assert f"Did you mean `{attempt[:8]}`" in ran.err
