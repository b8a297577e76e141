"""Plain text: "Name: text", and rows without a name that go on with the last speaker."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.transcript.names import folded, label, lone_name, true_names, without_time
from simulator.transcript.problems import Problem, no_words
from simulator.transcript.talk import Line

UNNAMED = "begin it with a name, as in `Nurse: Hello.` (a name counts that occurs twice, or where every row has one)"
"""How to mend a row before anybody is known to speak."""


def read_plain(rows: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The lines of a plain transcript and what is wrong with it.

    A row after a blank one begins a paragraph of the same speaker.
    """
    labels = {number: label(row) for number, row in enumerate(rows, start=1) if row.strip()}
    names = true_names(labels.values(), all_named=all(labels.values()))
    problems: list[Problem] = []
    said: list[tuple[int, str, list[str]]] = []
    for number, found in labels.items():
        if found and folded(found.name) in names:
            said.append((number, found.name, [found.text]))
        elif not said:
            problems.append(Problem(number, "no speaker", UNNAMED))
        else:
            lone = lone_name(number, found, names)
            problems += [lone] if lone else []
            said[-1][2].append((" " if number - 1 in labels else "\n") + without_time(rows[number - 1]))
    lines = [Line(speaker, "".join(parts).strip(), number) for number, speaker, parts in said]
    problems += [no_words(line.number) for line in lines if not line.text]
    return [line for line in lines if line.text], problems
