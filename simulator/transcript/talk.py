"""A conversation in lines, made into the turns that rubrics assess.

There is no scenario: the client's cues are inferred from their words, and nothing is known of meters or endings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.catalogue.types import Heard, HeardLine, OpenCue, Reading
from simulator.conversation.advance import LINES_HEARD, REMEMBERED
from simulator.conversation.cues import dodges, grow_older, pass_over
from simulator.conversation.turn import Part, Position, Saying, Turn, Utterance
from simulator.language import cues_in, read

CLIENT = "client"
"""The person all other speakers together stand for."""

STATE = "talk"
"""The one state of a talk without a scenario."""

NOTED = "held elsewhere"
"""Why such a talk stays in its state."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said: by whom, what, and on which line of the file (from 1; 0 where there is none)."""

    speaker: str
    text: str
    number: int = 0


def turns_of(lines: Iterable[Line], learner: str) -> Iterator[Turn]:
    """The turns of a talk, in order: each reply of the learner, read against what was said before it.

    What others say between two replies is one utterance of the client; two lines of the learner's in a row are two
    replies.
    """
    heard: list[HeardLine] = []
    position = Position(state=STATE, seed=0, meters={}, speaker=CLIENT)
    waiting: tuple[Line, Reading] | None = None
    said: list[str] = []
    for line in lines:
        if line.speaker != learner:
            said.append(line.text)
            heard.append(HeardLine("client", line.text, line.speaker))
            continue
        if waiting is not None:
            turn = _turn(position, *waiting, said)
            yield turn
            position = turn.after
        elif said:
            position = _opened(position, said)
        said = []
        background = Heard(lines=tuple(heard[-LINES_HEARD:]), cues=position.cues)
        waiting = (line, read(line.text, background))
        heard.append(HeardLine("learner", line.text, learner))
    if waiting is not None:
        yield _turn(position, *waiting, said)


def _opened(position: Position, said: Sequence[str]) -> Position:
    """The position after the client spoke first."""
    cues, _ = grow_older(position.cues, _offered(said, 0))
    return replace(position, cues=cues, recent=(" ".join(said),))


def _turn(before: Position, line: Line, reading: Reading, said: Sequence[str]) -> Turn:
    number = before.turn + 1
    open_cues = pass_over(before.cues, reading)
    reading = replace(reading, findings=(*reading.findings, *dodges(before.cues, open_cues, reading)))
    cues, missed = grow_older(open_cues, _offered(said, number))
    text = " ".join(said)
    after = replace(before, turn=number, cues=cues, recent=(*before.recent, text)[-REMEMBERED:])
    spoken = (Saying(CLIENT, CLIENT, "", (Part("move", text, f"line:{line.number}"),)),) if text else ()
    return Turn(number, reading, before, after, None, NOTED, (), (), Utterance(spoken), missed)


def _offered(said: Sequence[str], number: int) -> list[OpenCue]:
    """The cues of an utterance, named so that no two turns share one."""
    return [OpenCue(replace(cue, id=f"turn{number}_{cue.id}"), who=CLIENT) for cue in cues_in(" ".join(said))]
