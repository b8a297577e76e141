"""Two talks of one scenario set side by side: where they part, what each came to, and what was said on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from simulator.catalogue.clean import clean
from simulator.conversation.turn import Saying, Turn
from simulator.report.values import Debrief


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the learner said in a turn, and what the client side answered: a line for each who spoke."""

    reply: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One turn in both talks; None where a talk had ended, or had not come so far."""

    turn: int
    left: Exchange | None
    right: Exchange | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing both talks are measured by, with where each stands; None where it does not apply."""

    name: str
    left: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Path:
    """What one talk came to. Unfinished, `outcome` and `relationship` are empty."""

    attempt: str
    replies: int
    finished: bool
    outcome: str
    relationship: str
    ending_text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two talks side by side. `shared` turns at the start are the same in both; `steps` are those after them.

    `totals` are by rubric (0 to 100), `levels` by criterion (0 to 4), `meters` at the end (0 to 100).
    """

    title: str
    shared: int
    left: Path
    right: Path
    totals: tuple[Line, ...]
    levels: tuple[Line, ...]
    meters: tuple[Line, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One of the talks to compare: the attempt's id, its turns, and its debrief."""

    attempt: str
    turns: Sequence[Turn]
    debrief: Debrief


def compare(left: Told, right: Told) -> Comparison:
    """Set two talks of one scenario side by side."""
    shared = _shared(left.turns, right.turns)
    pairs = zip_longest(left.turns[shared:], right.turns[shared:])
    return Comparison(
        title=left.debrief.title,
        shared=shared,
        left=_path(left),
        right=_path(right),
        totals=_lines(_totals(left.debrief), _totals(right.debrief)),
        levels=_lines(_levels(left.debrief), _levels(right.debrief)),
        meters=_lines(_meters(left.debrief), _meters(right.debrief)),
        steps=tuple(
            Step(number, _exchange(one), _exchange(other))
            for number, (one, other) in enumerate(pairs, start=shared + 1)
        ),
    )


def _shared(left: Sequence[Turn], right: Sequence[Turn]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if (one.reply, one.utterance) != (other.reply, other.utterance):
            break
        count += 1
    return count


def _path(told: Told) -> Path:
    found = told.debrief
    return Path(told.attempt, found.replies, found.finished, found.outcome, found.relationship, found.ending_text)


def _exchange(turn: Turn | None) -> Exchange | None:
    if turn is None:
        return None
    spoken = turn.utterance
    scene = (f"[{clean(spoken.scene, keep_newlines=False)}]",) if spoken.scene else ()
    return Exchange(clean(turn.reply).strip(), (*_said(spoken.before), *scene, *_said(spoken.sayings)))


def _said(sayings: Sequence[Saying]) -> Iterator[str]:
    for saying in sayings:
        does = f"({saying.does}) " if saying.does else ""
        yield clean(f"{saying.name}: {does}{saying.text}".rstrip(), keep_newlines=False)


def _totals(debrief: Debrief) -> dict[str, float | None]:
    return {rubric.title: rubric.total for rubric in debrief.rubrics}


def _levels(debrief: Debrief) -> dict[str, float | None]:
    return {
        f"{rubric.title}: {criterion.title}": criterion.level
        for rubric in debrief.rubrics
        for criterion in rubric.criteria
    }


def _meters(debrief: Debrief) -> dict[str, float | None]:
    return {meter.name: meter.values[-1] for meter in debrief.course.meters}


def _lines(left: dict[str, float | None], right: dict[str, float | None]) -> tuple[Line, ...]:
    return tuple(Line(name, left.get(name), right.get(name)) for name in dict.fromkeys((*left, *right)))
