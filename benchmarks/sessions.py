"""Assessments of coded sessions: does our rubric tell sessions that experts call good from those they call poor?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.coded import CodedTurn
from simulator.library import Library
from simulator.rubric.assess import assess_record
from simulator.rubric.record import record_without_scenario
from simulator.transcript.talk import Line, turns_of


def session_scores(rubric_id: str, turns: Sequence[CodedTurn]) -> dict[str, float]:
    """The total, 0 to 100, of each conversation by the rubric. The client's lines are those the turns were coded
    after, so that a session is assessed as it was held."""
    rubric = Library().open_rubric(rubric_id)
    sessions: dict[str, list[CodedTurn]] = {}
    for turn in turns:
        sessions.setdefault(turn.conversation, []).append(turn)
    scores = {}
    for name, held in sessions.items():
        lines: list[Line] = []
        for turn in sorted(held, key=lambda turn: turn.turn):
            since = []
            for said in reversed(turn.before):
                if said.speaker == "learner":
                    break
                since.append(Line("client", said.text))
            lines += [*reversed(since), Line("learner", turn.text)]
        scores[name] = assess_record(rubric, record_without_scenario(tuple(turns_of(lines, "learner")))).total
    return scores
