"""The examples of the diagnostics' data files, as whole files: broken ones with the place marked, and clean ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from simulator.scenario.codes import codes, rule

BASES = {
    path.stem: path for folder in ("scenario", "authoring") for path in (Path(__file__).parent / folder).glob("*.yaml")
}
MARK = "¦"
"""Stands in an example where the problem must be found."""


@dataclass(frozen=True)
class Case:
    """One example: in the file `base` the text `replace` becomes `wrong`, or `right`; without `replace` they are
    whole files. `at` is the place, or the marked text, where what is wrong is found elsewhere."""

    code: str
    number: int
    wrong: str
    replace: str = ""
    right: str | None = None
    base: str = "sample"
    says: tuple[str, ...] = ()
    at: str = ""
    encoding: str = "utf-8"
    pad: int = 0

    def __str__(self) -> str:
        return f"{self.code}-{self.number}"


def _cases():
    for code in codes():
        for number, example in enumerate(rule(code).examples, start=1):
            yield Case(
                code, number, **{**example, "says": tuple(example.get("says", ())), "pad": int(example.get("pad", 0))}
            )


CASES = list(_cases())


def whole(case: Case) -> bytes:
    """The clean file of a case."""
    return _applied(case, case.replace if case.right is None else case.right).encode()


def place(case: Case) -> tuple[bytes, int, int]:
    """The broken file of a case, and the line and column where its problem must be found."""
    text = _applied(case, case.wrong)
    if re.fullmatch(r"\d+:\d+", case.at):
        line, column = map(int, case.at.split(":"))
    else:
        if case.at:
            assert text.count(case.at.replace(MARK, "")) == 1, f"{case.at!r} does not stand there once"
            text = text.replace(case.at.replace(MARK, ""), case.at)
        at = text.index(MARK)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    text = text.replace(MARK, "") + "# padding\n" * (case.pad // 10)
    return text.encode(case.encoding), line, column


def _applied(case: Case, piece: str) -> str:
    base = BASES[case.base].read_text(encoding="utf-8")
    if not case.replace:
        return piece or base
    assert base.count(case.replace) == 1, f"{case.replace!r} stands {base.count(case.replace)} times in {case.base}"
    return base.replace(case.replace, piece)
