"""Two talks side by side as plain text: in two columns where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from simulator.report.compare import Comparison, Exchange, Line, Path
from simulator.report.text import OUTCOMES, RELATIONSHIPS, cells, wrap

LEAST_COLUMN = 28
"""Columns below which two talks do not fit beside one another."""

_BETWEEN = " | "
_NAMES = ("A", "B")


def render_comparison(comparison: Comparison, width: int) -> str:
    """The comparison as lines of at most `width` columns, without colour or control characters."""
    return "\n".join(_rendered(comparison, width)) + "\n"


def _rendered(comparison: Comparison, width: int) -> Iterator[str]:
    yield from _heading(f"{comparison.title}: two paths", "=", width)
    for name, path in zip(_NAMES, (comparison.left, comparison.right), strict=True):
        yield from wrap(f"{name} ({path.attempt}): {_came_to(path)}", width)
    for title, lines in (
        ("Scores, 0 to 100", comparison.totals),
        ("Criteria, 0 to 4", comparison.levels),
        ("The client at the end, 0 to 100", comparison.meters),
    ):
        if lines:
            yield ""
            yield from _heading(title, "-", width)
            for line in lines:
                yield from wrap(_stand(line), width)
    yield ""
    yield from _heading("What was said", "-", width)
    yield from wrap(_shared(comparison), width)
    for step in comparison.steps:
        yield ""
        yield f"Turn {step.turn}"
        yield from _beside(_lines_of(step.left), _lines_of(step.right), width)


def _heading(title: str, mark: str, width: int) -> Iterator[str]:
    lines = list(wrap(title, width))
    yield from lines
    yield mark * max(map(cells, lines), default=0)


def _came_to(path: Path) -> str:
    replies = f"{path.replies} {'reply' if path.replies == 1 else 'replies'}"
    if not path.finished:
        return f"unfinished after {replies}."
    return f"{replies}; {OUTCOMES[path.outcome]}, and {RELATIONSHIPS[path.relationship]}."


def _stand(line: Line) -> str:
    left, right = ("-" if value is None else f"{value:.0f}" for value in (line.left, line.right))
    change = "" if line.left is None or line.right is None else f" ({line.right - line.left:+.0f})"
    return f"{line.name}: A {left}, B {right}{'' if change == ' (+0)' else change}"


def _shared(comparison: Comparison) -> str:
    if not comparison.steps:
        return "Both talks are the same."
    if not comparison.shared:
        return "The talks part with the first turn."
    same = f"The first {comparison.shared} turns are" if comparison.shared > 1 else "The first turn is"
    return f"{same} the same. Then they part."


def _lines_of(exchange: Exchange | None) -> tuple[str, ...]:
    return (f"You: {exchange.reply}", *exchange.answer) if exchange else ("(no such turn)",)


def _beside(left: Iterable[str], right: Iterable[str], width: int) -> Iterator[str]:
    column = (width - len(_BETWEEN)) // 2
    if column < LEAST_COLUMN:
        for name, said in zip(_NAMES, (left, right), strict=True):
            for line in said:
                yield from wrap(f"{name} {line}", width)
        return
    columns = ([part for line in said for part in wrap(line, column)] for said in (left, right))
    for one, other in zip_longest(*columns, fillvalue=""):
        yield f"{one}{' ' * (column - cells(one))}{_BETWEEN}{other}".rstrip()
