"""What `--fix` mends: only what can be meant in one way, and nothing else in the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnosed import BASES

from simulator.authoring.fixes import fix
from simulator.scenario import check_file

PLAIN = BASES["plain"].read_text(encoding="utf-8")


def mended(path: Path, text: str) -> tuple[int, str]:
    path.write_bytes(text.encode())
    made = fix(path, lambda: check_file(path).problems)
    return made, path.read_bytes().decode()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("title: At the desk", "titel: At the desk"),
        ("and flag noted", "and flag notd"),
        ("to: second}", "to: secnd}"),
        ("temperament: guarded", "temperament: garded"),
        ("id: plain", "id: plan"),
        ("title: At the desk", "title: At\u202e the desk"),
    ],
)
def test_a_slip_is_mended_and_comments_stay(tmp_path: Path, right: str, wrong: str) -> None:
    before = PLAIN.replace("start: first", "# a remark of mine\nstart: first  # and another")
    assert before.count(right) >= 1
    made, text = mended(tmp_path / "plain.yaml", before.replace(right, wrong, 1))
    assert made == 1
    assert text == before


def test_text_that_needs_quotes_gets_them(tmp_path: Path) -> None:
    right = 'line: "She said: no."  # spoken low'
    before = PLAIN.replace('line: "What happens now?"', right)
    made, text = mended(tmp_path / "plain.yaml", before.replace('"She said: no."', "She said: no."))
    assert (made, text) == (1, before)


def test_line_ends_and_rights_stay(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text("")
    path.chmod(0o640)
    _, text = mended(path, PLAIN.replace("title:", "titel:").replace("\n", "\r\n"))
    assert text == PLAIN.replace("\n", "\r\n")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("trust: +10,", "trust: 10,"),
        ("minutes: 2", "minutes: 2\nminutes: 3"),
        ("brief: Ada waits", "brief: Ada #2 waits"),
    ],
)
def test_what_could_be_meant_in_two_ways_is_left(tmp_path: Path, right: str, wrong: str) -> None:
    broken = PLAIN.replace(right, wrong)
    assert mended(tmp_path / "plain.yaml", broken) == (0, broken)
