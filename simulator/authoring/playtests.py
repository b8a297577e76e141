"""The tests inside a scenario as lines to read: the path taken against what was wanted."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation import TestResult, TestTurn


def render(result: TestResult) -> Iterator[str]:
    """A test in lines: its name and path; where it failed, each turn, with what was wanted and what came."""
    yield f"{'passed' if result.passed else 'FAILED'}: {result.name} ({' > '.join(result.path)})"
    if result.passed:
        return
    for number, turn in enumerate(result.turns, start=1):
        yield from _turn(number, turn)
    for unmet in result.unmet:
        yield f"  {unmet}"


def _turn(number: int, turn: TestTurn) -> Iterator[str]:
    yield f"  {number}. You: {turn.reply}"
    yield f"     read as: {', '.join(turn.behaviours) or 'nothing'}"
    yield f"     {turn.transition or 'no transition'} ({turn.why}), now in {turn.state}"
    yield f"     answer: {turn.says}"
    for unmet in turn.unmet:
        yield f"     {unmet}"
