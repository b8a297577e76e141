"""What the robots showed, as text and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from simulator.authoring.robots.results import PersonaResult, Simulation
from simulator.report.html import page

HEADS = ("persona", "talks", "score", "spread", "low", "high", "turns", "endings")


def render_text(found: Simulation) -> str:
    """The result as text: a table of personas, their order, difficulty and discrimination, and coverage."""
    rows = [HEADS, *map(_cells, found.personas)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [f"{found.scenario}: {found.talks} talks, seed {found.seed}", ""]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)),
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join([*lines, "", *_said(found)])


def render_html(found: Simulation) -> str:
    """The result as one page."""
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    rows = ["".join(f"<td>{escape(cell)}</td>" for cell in _cells(one)) for one in found.personas]
    title = f"{found.scenario}: {found.talks} talks of robots"
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<table><thead><tr>{heads}</tr></thead><tbody>",
        *(f"<tr>{row}</tr>" for row in rows),
        "</tbody></table>",
        *(f"<p>{escape(line)}</p>" for line in _said(found) if line),
    ]
    return page(title, body)


def _cells(one: PersonaResult) -> tuple[str, ...]:
    scores = [one.mean, one.deviation, one.lowest, one.highest]
    endings = ", ".join(f"{name} {times}" for name, times in one.endings.items())
    return (
        one.name,
        str(one.talks),
        *("-" if score is None else f"{score:.1f}" for score in scores),
        f"{one.turns:.1f}",
        endings,
    )


def _said(found: Simulation) -> Iterator[str]:
    if found.broken:
        yield from (f"order broken: {said}" for said in found.broken)
    else:
        yield "order: as it should be (the more skilled above the less; none who only play at it above developing)"
    if found.difficulty is not None:
        yield f"difficulty: {found.difficulty:.2f} (share of the points a developing learner loses)"
    if found.discrimination is not None:
        yield f"discrimination: {found.discrimination:.2f} (expert above novice, of the whole scale)"
    flat = [f"{name} {gap:+.2f}" for name, gap in sorted(found.criteria.items(), key=lambda pair: pair[1]) if gap < 0.1]
    if flat:
        yield f"criteria that hardly tell expert from novice: {', '.join(flat)}"
    places, transitions = found.coverage.places, found.coverage.transitions
    yield (
        f"covered: {sum(map(bool, places.values()))} of {len(places)} states and endings, "
        f"{sum(map(bool, transitions.values()))} of {len(transitions)} transitions"
    )
    missed = [name for name, times in places.items() if not times]
    if missed:
        yield f"never reached: {', '.join(missed)}"
