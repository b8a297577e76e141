"""Files of every form read into lines; whatever cannot be read is named with its row."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.transcript.parse import LARGEST, parse
from simulator.transcript.problems import Transcript, TranscriptError
from simulator.transcript.talk import Line


def read(text: str, name: str = "") -> Transcript:
    return parse(text.encode("utf-8"), name)


def lines(text: str, name: str = "") -> list[tuple[str, str, int]]:
    return [(line.speaker, line.text, line.number) for line in read(text, name).lines]


def skipped(text: str, name: str = "") -> list[tuple[int, str]]:
    return [(problem.line, problem.why) for problem in read(text, name).skipped]


def refusal(data: str | bytes, name: str = "") -> str:
    with pytest.raises(TranscriptError) as error:
        parse(data.encode("utf-8") if isinstance(data, str) else data, name)
    return str(error.value)


class TestPlain:
    def test_rows_without_a_name_go_on_with_the_speaker(self) -> None:
        text = "Nurse: How are you?\nJoe: Tired.\nVery tired.\n\nAnd cold.\nNurse: I see.\nJoe: Hm."
        assert lines(text) == [
            ("Nurse", "How are you?", 1),
            ("Joe", "Tired. Very tired.\nAnd cold.", 2),
            ("Nurse", "I see.", 6),
            ("Joe", "Hm.", 7),
        ]
        assert read(text).problems == ()

    def test_a_colon_inside_speech_begins_no_speaker(self) -> None:
        text = "Nurse: Hello.\nJoe: I am off.\none thing: my coat.\nNurse: It is 10:30.\nSee https://a.b/c\nJoe: Bye."
        assert lines(text)[1] == ("Joe", "I am off. one thing: my coat.", 2)
        assert lines(text)[2] == ("Nurse", "It is 10:30. See https://a.b/c", 4)
        assert read(text).problems == ()

    def test_what_looks_like_somebody_who_speaks_once_is_remarked_on(self) -> None:
        text = "Nurse: Hello.\nJoe: Hi.\nDoctor: Good morning.\nNurse: Well.\nJoe: Well.\nYes."
        (remark,) = read(text).problems
        assert (remark.line, remark.kept) == (3, True)
        assert "`Doctor:` occurs once" in remark.why

    def test_names_that_occur_once_count_where_every_row_has_one(self) -> None:
        assert lines("Nurse: Hello.\nJoe: Hi.") == [("Nurse", "Hello.", 1), ("Joe", "Hi.", 2)]

    @pytest.mark.parametrize(
        "stamp",
        ["[00:01:02] ", "10:42 ", "(1:02) ", "10:42:13 AM ", "[00:01:02.500] - ", "12/05/2024, 10:42 - "],
    )
    def test_times_in_front_are_no_part_of_the_name(self, stamp: str) -> None:
        text = f"{stamp}Nurse Kim: At 10:30 then.\n{stamp}Joe: Yes."
        assert lines(text) == [("Nurse Kim", "At 10:30 then.", 1), ("Joe", "Yes.", 2)]

    def test_two_spellings_of_a_name_are_one_speaker(self) -> None:
        assert read("Nurse: A.\nJOE: B.\nNURSE: C.\nJoe: D.").speakers == ("Nurse", "JOE")

    def test_words_before_the_first_name_and_names_without_words_are_named(self) -> None:
        text = "Ward 4, Tuesday\n\nNurse: Hello.\nJoe:\nNurse: So?\nJoe: Hm."
        assert skipped(text) == [(1, "no speaker"), (4, "no words")]
        assert "line 1: no speaker; begin it with a name" in str(read(text).problems[0])

    def test_nothing_usable_is_an_error_that_says_why(self) -> None:
        assert "line 1: no speaker" in refusal("Once upon a time\nthere was a talk.")
        assert refusal("") == refusal("\n \n") == "there is nothing to score."

    def test_many_problems_are_told_in_part(self) -> None:
        assert "and 80 more" in refusal("word\n" * 100)


class TestBytes:
    def test_a_byte_order_mark_and_every_row_end_are_taken(self) -> None:
        data = "\ufeffNurse: Hello.\r\nJoe: Ça va.\rNurse: Good.\nJoe: Yes."
        assert lines(data) == [
            ("Nurse", "Hello.", 1), ("Joe", "Ça va.", 2), ("Nurse", "Good.", 3), ("Joe", "Yes.", 4)
        ]  # fmt: skip
        assert [line.text for line in parse(data.encode("utf-16")).lines] == ["Hello.", "Ça va.", "Good.", "Yes."]

    def test_bytes_that_are_not_utf8_are_named_and_replaced(self) -> None:
        found = parse("Nurse: Hello.\nJoe: Ça va.".encode("latin-1"))
        assert found.lines[1] == Line("Joe", "\ufffda va.", 2)
        (problem,) = found.problems
        assert str(problem) == "line 2: bytes that are not UTF-8 (c7); save the file as UTF-8"
        assert problem.kept
        assert found.skipped == ()

    def test_what_is_no_text_is_refused(self) -> None:
        assert "no text file" in refusal(b"PK\x03\x04\x00\x00", "talk.docx")
        assert "larger than" in refusal(b" " * (LARGEST + 1))

    def test_text_is_kept_as_it_is(self) -> None:
        assert lines("Nurse: \x1b[31mred\u202e\nJoe: Hm.")[0][1] == "\x1b[31mred\u202e"


class TestTable:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("name", ["talk.csv", "talk.txt", ""])
    def test_columns_are_found_by_the_header_in_any_order(self, delimiter: str, name: str) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerows(
            [["Time", "Message", "WHO"], ["1", f'So{delimiter} "well"\ntoday', "Nurse"], ["2", "No.", "Joe"]]
        )
        assert lines(out.getvalue(), name) == [
            ("Nurse", f'So{delimiter} "well"\ntoday', 2), ("Joe", "No.", 4)
        ]  # fmt: skip

    def test_without_a_header_the_first_two_columns_count(self) -> None:
        assert lines("Nurse;Well, how are you?\nJoe;Tired, thanks.", "a.csv") == [
            ("Nurse", "Well, how are you?", 1), ("Joe", "Tired, thanks.", 2)
        ]  # fmt: skip
        three = "Nurse,Hello.,00:12\nJoe,Hi.,00:14"
        assert lines(three, "a.csv") == [("Nurse", "Hello.", 1), ("Joe", "Hi.", 2)]
        assert "only the first two columns" in read(three, "a.csv").problems[0].why

    def test_broken_rows_are_named_and_lose_no_others(self) -> None:
        text = (
            'speaker,text\nNurse,Hello.\n,Who is this?\nJoe,\nJoe,Well, I do not know.\nJoe,"An open quote.\n'
            'Nurse,"He said "no" to me."\n,,\nNurse,Bye.'
        )
        assert [line[2] for line in lines(text)] == [2, 9]
        found = skipped(text)
        assert [line for line, _ in found] == [3, 4, 5, 6, 7]
        assert [why for _, why in found][:3] == ["no speaker", "no words", "more than 2 columns"]
        assert all("not a row of a table" in why for _, why in found[3:])

    def test_a_cell_that_is_too_long_is_named(self) -> None:
        assert skipped(f"speaker,text\nNurse,{'a' * 200_000}\nJoe,Hm.")[0][0] == 2

    def test_a_header_that_lacks_a_column_is_an_error(self) -> None:
        assert refusal("time,text\n1,Hello.", "a.csv") == (
            "line 1: the header has no column for who speaks; call it speaker or name or role or who"
        )
        assert "no column for what is said" in refusal("speaker,words\nNurse,Hello.", "a.csv")
        assert refusal("speaker,text\n", "a.csv") == "there is nothing to score."


class TestObjects:
    def test_an_object_a_row(self) -> None:
        text = '{"role": "Nurse", "content": "Hello."}\n\n{"Speaker": 1, "Text": "Hi\\nthere."}\n'
        assert lines(text) == [("Nurse", "Hello.", 1), ("1", "Hi\nthere.", 3)]

    def test_an_array_however_it_is_broken_into_rows(self) -> None:
        said = [{"name": "Nurse", "utterance": "Hello."}, {"name": "Joe", "utterance": "Hi."}]
        assert lines(json.dumps(said)) == [("Nurse", "Hello.", 1), ("Joe", "Hi.", 1)]
        assert lines(json.dumps(said, indent=2)) == [("Nurse", "Hello.", 2), ("Joe", "Hi.", 6)]

    def test_broken_rows_are_named_and_lose_no_others(self) -> None:
        rows = [
            '{"speaker": "Nurse", "text": "Hello."}',
            "not json",
            '{"speaker": "Joe", "text": }',
            '{"text": "Who is this?"}',
            '{"speaker": "Joe", "text": ""}',
            '{"speaker": "Joe", "text": ["a"]}',
            '{"speaker": true, "text": "a"}',
            "4",
            "[" * 100_000,
            '{"speaker": "Joe", "text": "Half \\ud83d a pair."} {"speaker": "Joe", "text": "Two."} trailing',
        ]
        text = "\n".join(rows)
        assert lines(text, "a.jsonl") == [("Nurse", "Hello.", 1), ("Joe", "Half ? a pair.", 10), ("Joe", "Two.", 10)]
        assert [line for line, _ in skipped(text)] == [2, 3, 4, 5, 6, 7, 8, 9, 10]

    def test_a_broken_object_over_several_rows_is_one_problem(self) -> None:
        text = '[\n  {\n    "speaker": "Joe"\n    "text": "Hi."\n  },\n  {"speaker": "Joe", "text": "Bye."}\n]'
        (problem,) = read(text).problems
        assert (problem.line, problem.last) == (2, 5)
        assert str(problem).startswith("lines 2 to 5: not JSON")


VTT = """WEBVTT - a meeting
Kind: captions

STYLE
::cue { color: red }

NOTE
exported today

id-1
00:00:00.000 --> 00:00:03.000 align:start
<v Dana Reyes>I got the <i>letter</i>
and haven't slept.</v>

00:00:03.000 --> 00:00:06.000
<v.loud Nurse>You lie awake. 1 &lt; 2</v>

00:00:06.000 --> 00:00:08.000
<v Nurse>What worries you?</v>
<v Dana Reyes>Us.</v>
"""


class TestCues:
    @pytest.mark.parametrize("name", ["talk.vtt", ""])
    def test_voice_tags_say_who_speaks_and_cues_of_one_speaker_join(self, name: str) -> None:
        assert lines(VTT, name) == [
            ("Dana Reyes", "I got the letter and haven't slept.", 12),
            ("Nurse", "You lie awake. 1 < 2 What worries you?", 16),
            ("Dana Reyes", "Us.", 20),
        ]
        assert read(VTT, name).problems == ()

    def test_names_in_srt_and_what_goes_on(self) -> None:
        text = (
            "1\n00:00:00,000 --> 00:00:02,000\nNurse: Hello\nthere.\n\n2\n00:00:02,000 --> 00:00:03,000\nHow are you?\n"
            "3\n00:00:03,000 --> 00:00:04,000\nJoe: One thing:\n\n4\n00:00:04,000 --> 00:00:05,000\nJoe: coats.\n\n"
            "5\n00:00:05,000 --> 00:00:06,000\nNurse: Ah.\n"
        )
        expected = [("Nurse", "Hello there. How are you?", 3), ("Joe", "One thing: coats.", 11), ("Nurse", "Ah.", 19)]
        assert lines(text) == lines(text, "talk.srt") == expected
        assert read(text).problems == ()

    def test_broken_cues_are_named_and_lose_no_others(self) -> None:
        text = (
            "WEBVTT\n\n00:00.000 --> 00:01.000\nunvoiced\n\n00:01.000 --> 00:02.000\n<v Joe>Hi.</v>\n\n"
            "lost words\nand more\n\n00:02.000 --> 00:03.000\n\n00:03.000 --> 00:04.000\n<v Joe></v>\n"
        )
        assert lines(text) == [("Joe", "Hi.", 7)]
        assert skipped(text) == [
            (4, "no speaker"), (9, "no times above these words"), (12, "no words"), (15, "no words")
        ]  # fmt: skip

    def test_who_speaks_again_behind_a_cue_of_nobodys_speaks_anew(self) -> None:
        cue = "00:00.000 --> 00:01.000\n"
        text = f"WEBVTT\n\n{cue}<v Joe>Hi.</v>\n\n{cue}what?\n\n{cue}<v Joe>Ho.</v>\n"
        assert [line[1] for line in lines(text)] == ["Hi.", "Ho."]


NAMES = st.sampled_from(["Nurse", "Joe", "Carol Ann", ""])
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=30) | st.sampled_from(
    ["Hello.", "One thing: this.", '"', 'say "no"', "a,b;c", "<v Joe>", "-->", "1", "NOTE", "{", "&amp;"]
)
SUFFIXES = st.sampled_from(["", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".vtt", ".srt"])
PIECES = st.sampled_from(
    ["WEBVTT\n", "NOTE x\n", "\n", "00:01.000 --> 00:02.000\n", "<v Joe>", "</v>", "Nurse: ", "Joe: ", "hello",
     "[", "{", '{"speaker": "Joe", "text": "Hi"}', "}", "]", ",", ";", "\t", '"', "speaker,text\n", "[00:01] ",
     "\r", "\ufeff", "\ud800", "7", ":"]
)  # fmt: skip


def parsed(data: bytes, name: str) -> Transcript | None:
    try:
        return parse(data, name)
    except TranscriptError:
        return None


@given(
    st.binary(max_size=200)
    | st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "replace")),
    SUFFIXES,
)
@example(b"\xff\xfea", ".csv")
def test_no_file_whatever_raises_another_error(data: bytes, suffix: str) -> None:
    found = parsed(data, f"talk{suffix}")
    if found is not None:
        assert found.lines
        assert all(line.speaker.strip() and line.text.strip() and line.number for line in found.lines)
        assert [problem.line for problem in found.problems] == sorted(problem.line for problem in found.problems)


@given(st.lists(st.tuples(NAMES, WORDS), max_size=12))
def test_no_row_of_plain_text_is_lost_silently(said: list[tuple[str, str]]) -> None:
    rows = [f"{name}: {words}" if name else words for name, words in said]
    found = parsed("\n".join(["Nurse: Start.", "Nurse: Well.", *rows]).encode(), "talk.txt")
    if found is None:
        return
    for number, (_, words) in enumerate(said, start=3):
        assert kept(words, found) or number in named(found)


@given(st.lists(st.tuples(NAMES, WORDS), max_size=12), st.sampled_from([True, False]), st.sampled_from([True, False]))
def test_no_row_of_a_table_is_lost_silently(said: list[tuple[str, str]], quoted: bool, header: bool) -> None:
    rows = [["speaker", "text"]] if header else []
    rows += [["Nurse", "Start."], *map(list, said)]
    if quoted:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        text = out.getvalue()
    else:
        text = "\n".join(",".join(row) for row in rows)
    found = parsed(text.encode(), "talk.csv")
    if found is None:
        return
    for number, row in enumerate(rows[header:], start=1 + header):
        in_a_line = number in {line.number for line in found.lines}
        assert not any(cell.strip() for cell in row) or in_a_line or number in named(found) or kept(row[1], found)


@given(st.lists(st.dictionaries(st.sampled_from(["speaker", "text", "at"]), WORDS | st.integers() | st.none()) | WORDS))
def test_no_row_of_objects_is_lost_silently(said: list[object]) -> None:
    rows = ['{"speaker": "Nurse", "text": "Start."}', *map(json.dumps, said)]
    found = parsed("\n".join(rows).encode(), "talk.jsonl")
    assert found is not None
    assert {line.number for line in found.lines} | named(found) == set(range(1, len(rows) + 1))


@given(st.lists(st.tuples(NAMES, WORDS), max_size=12), st.sampled_from([True, False]))
def test_no_words_of_captions_are_lost_silently(said: list[tuple[str, str]], voiced: bool) -> None:
    said = [(name, " ".join(words.replace("<", "").replace("&", "").replace("{", "").split())) for name, words in said]
    shown = [(f"<v {name}>{words}" if voiced else f"{name}: {words}") if name else words for name, words in said]
    cues = [f"00:01.000 --> 00:02.000\n{text}\n" for text in ("<v Nurse>Start." if voiced else "Nurse: Start.", *shown)]
    found = parsed(("WEBVTT\n\n" + "\n".join(cues)).encode(), "talk.vtt")
    if found is None:
        return
    for index, (_, words) in enumerate(said):
        assert kept(words, found) or not named(found).isdisjoint({6 + 3 * index, 7 + 3 * index})


def kept(words: str, found: Transcript) -> bool:
    """Whether every word stands in some line, be it taken for a name. Quotes are no words."""
    held = " ".join(f"{line.speaker} {line.text}" for line in found.lines).casefold()
    return all(word.casefold() in held for word in re.split(r"[:\s\"]+", words))


def named(found: Transcript) -> set[int]:
    return {line for problem in found.problems for line in range(problem.line, max(problem.line, problem.last) + 1)}
