"""Trust and agitation over the turns, drawn with letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.report.course import Course

STEP = 20
"""Points of a meter to one row."""

MARGIN = 5


def plot(course: Course, width: int) -> Iterator[str]:
    """Lines of at most `width` columns (40 at least) with a letter for each meter in each turn.

    The first two meters are drawn, each as its first letter; `*` where they meet. A talk that is too long
    for the width is drawn with evenly chosen turns, the first and the last among them.
    """
    drawn = [(meter.name.rsplit(" ", 1)[-1][:1].upper(), meter.name, meter.values) for meter in course.meters[:2]]
    turns = len(drawn[0][2]) if drawn else 0
    if turns < 2:
        return
    gap = 2 if MARGIN + 1 + 2 * turns <= width else 1
    shown = _chosen(turns, (width - MARGIN - 1) // gap)
    for row in range(100, -1, -STEP):
        marks = ((_mark(drawn, turn, row)) for turn in shown)
        yield f"{row:>3} |{(' ' * (gap - 1)).join(('', *marks))}".rstrip()
    yield f"{'':>3} +{'-' * (gap * len(shown))}"
    first, last = "start", f"turn {turns - 1}"
    between = max(1, gap * len(shown) - len(first) - len(last) + 1)
    yield f"{'':>{MARGIN}}{first}{' ' * between}{last}"
    yield f"{'':>{MARGIN}}{', '.join(f'{letter} {name}' for letter, name, _ in drawn)}"


def _mark(drawn: Sequence[tuple[str, str, Sequence[float]]], turn: int, row: int) -> str:
    here = [letter for letter, _, values in drawn if round(values[turn] / STEP) * STEP == row]
    return " " if not here else here[0] if len(here) == 1 else "*"


def _chosen(count: int, room: int) -> list[int]:
    if count <= room:
        return list(range(count))
    return [round(place * (count - 1) / (room - 1)) for place in range(room)]
