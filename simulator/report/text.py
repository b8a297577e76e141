"""A debrief as plain text: for the plain mode, the command line, and anything that reads lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from simulator.conversation.codec import to_bytes
from simulator.report.course import MeterCourse
from simulator.report.plot import plot
from simulator.report.values import CriterionView, Debrief, Point, Quote, RubricView

NARROWEST = 40
BEST = 4
MOST_QUOTES = 2
"""Quotes shown under a criterion; the value holds them all."""

OUTCOMES = {
    "met": "what you came for was reached",
    "partly": "what you came for was reached in part",
    "not_met": "what you came for was not reached",
    "harm": "harm was done",
}
RELATIONSHIPS = {
    "stronger": "the relationship is stronger than before",
    "same": "the relationship is what it was",
    "weaker": "the relationship is weaker than before",
}


def to_json(debrief: Debrief) -> str:
    """The debrief as canonical JSON."""
    return to_bytes(debrief).decode("utf-8")


def render_text(debrief: Debrief, width: int) -> str:
    """The debrief as lines of at most `width` columns (40 at least), without colour or control characters."""
    page = _Page(max(NARROWEST, width))
    page.heading(debrief.title, "=")
    _outcome(page, debrief)
    _points(page, "What worked", debrief.strengths)
    _points(page, "What to try", debrief.growth)
    _missed(page, debrief)
    _course(page, debrief)
    for rubric in debrief.rubrics:
        _rubric(page, rubric, {})
    return page.text()


def render_rubrics(rubrics: Iterable[RubricView], width: int, lines: Mapping[int, int]) -> str:
    """The results of rubrics as lines of at most `width` columns (40 at least).

    `lines` gives the line of the file each turn's reply stands on.
    """
    page = _Page(max(NARROWEST, width))
    for rubric in rubrics:
        _rubric(page, rubric, lines)
    return page.text()


class _Page:
    """Lines being written, none wider than the page."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def heading(self, title: str, mark: str = "-") -> None:
        if self.lines:
            self.lines.append("")
        wrapped = list(wrap(title, self.width))
        self.lines.extend(wrapped)
        self.lines.append(mark * max(map(cells, wrapped), default=0))

    def say(self, text: str, indent: int = 0, mark: str = "") -> None:
        """A paragraph, indented; `mark` stands before its first line."""
        hang = indent + len(mark)
        for number, line in enumerate(wrap(text, self.width - hang)):
            lead = " " * indent + mark if number == 0 else " " * hang
            self.lines.append(f"{lead}{line}".rstrip())

    def gap(self) -> None:
        self.lines.append("")

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def _outcome(page: _Page, debrief: Debrief) -> None:
    replies = f"{debrief.replies} {'reply' if debrief.replies == 1 else 'replies'}"
    if debrief.finished:
        page.say(f"After {replies}: {OUTCOMES[debrief.outcome]}, and {RELATIONSHIPS[debrief.relationship]}.")
    else:
        page.say(f"Left unfinished after {replies}. What follows is a first impression.")
    if debrief.ending_text:
        page.say(debrief.ending_text)
    if debrief.objectives:
        page.heading("Objectives")
        for objective in debrief.objectives:
            page.say(objective.text, mark="[x] " if objective.met else "[ ] ")
    if debrief.issues:
        page.heading("What was negotiated")
        for issue in debrief.issues:
            stood = f"Opened at {_number(issue.opened)}, needed {_number(issue.needed)}."
            page.say(f"{issue.name}: {_settled(issue.settled, issue.kept)} {stood}", mark="- ")
        if debrief.substantive is not None and debrief.relational is not None:
            page.say(f"Matter: {debrief.substantive:.0f} of 100. Relationship: {debrief.relational:.0f} of 100.")


def _settled(settled: float | None, kept: bool | None) -> str:  # noqa: FBT001 (as the debrief has it)
    if settled is None:
        return "not settled."
    return f"settled at {_number(settled)}, {'which meets the need' if kept else 'below the need'}."


def _number(value: float) -> str:
    return f"{value:g}"


def _rubric(page: _Page, rubric: RubricView, lines: Mapping[int, int]) -> None:
    note = ", indicative: too short or unfinished for a grade" if rubric.indicative else ""
    page.heading(f"{rubric.title}: {rubric.total:.0f} of 100{note}")
    for why, quote in rubric.broken:
        page.say(
            f"Held at {rubric.total:.0f} (it would have been {rubric.uncapped:.0f}). {why} {_quoted(quote, lines)}"
        )
    for criterion in rubric.criteria:
        _criterion(page, criterion, lines)


def _criterion(page: _Page, criterion: CriterionView, lines: Mapping[int, int]) -> None:
    if criterion.level is None:
        page.say(f"{criterion.title}: no occasion in this talk", mark="- ")
        return
    shown = "" if criterion.graded else " (shown, not graded)"
    page.say(f"{criterion.title}: {criterion.level} of 4{shown}", mark=f"{'#' * criterion.level:.<4} ")
    page.say(criterion.descriptor, 5)
    for quote in criterion.evidence[:MOST_QUOTES]:
        page.say(_quoted(quote, lines), 5, "+ ")
    for quote in criterion.against[:MOST_QUOTES] if criterion.level < BEST else ():
        page.say(_quoted(quote, lines), 5, "- ")
    if criterion.level < BEST:
        page.say(f'{criterion.advice} Try: "{criterion.phrase}"', 5, "> ")


def _quoted(quote: Quote, lines: Mapping[int, int]) -> str:
    place = f", line {lines[quote.turn]}" if quote.turn in lines else ""
    return f'Turn {quote.turn}{place}: "{quote.words}" ({quote.behaviour})'


def _points(page: _Page, title: str, points: Iterable[Point]) -> None:
    points = tuple(points)
    if points:
        page.heading(title)
    for number, point in enumerate(points, start=1):
        page.say(f"Turn {point.turn}. {point.text}", mark=f"{number}. ")
        if point.model_reply:
            page.say(f'One good reply there: "{point.model_reply}"', 3)


def _missed(page: _Page, debrief: Debrief) -> None:
    if debrief.missed:
        page.heading("Offered, and not taken up")
    for missed in debrief.missed:
        page.say(f'{missed.kind} in "{missed.line}"', mark="- ")
    if debrief.facts:
        page.heading("What you were told")
        for fact in debrief.facts:
            if fact.turn is not None:
                page.say(f"{fact.text} (turn {fact.turn})", mark="- ")
        unsaid = sum(fact.turn is None for fact in debrief.facts)
        if unsaid:
            page.say(f"{unsaid} {'thing' if unsaid == 1 else 'things'} stayed unsaid, and can still be earned.")


def _course(page: _Page, debrief: Debrief) -> None:
    if not debrief.course.meters:
        return
    page.heading("How it went")
    for meter in debrief.course.meters:
        page.say(_in_words(meter), mark="- ")
    for point in debrief.turning_points:
        way = "for the better" if point.better else "for the worse"
        page.say(
            f'It turned {way} in turn {point.turn}: "{point.words}" - and the answer: "{point.answer}"',
            mark="- ",
        )
    page.gap()
    page.lines.extend(plot(debrief.course, page.width))


def _in_words(meter: MeterCourse) -> str:
    return f"{meter.name}: from {meter.values[0]:.0f} ({meter.began}) to {meter.values[-1]:.0f} ({meter.ended})"


def wrap(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns, broken at spaces, inside a word only if it is longer."""
    line = ""
    for word in text.split():
        if cells(line) + bool(line) + cells(word) <= width:
            line = f"{line} {word}" if line else word
            continue
        if line:
            yield line
        *full, line = _chopped(word, width)
        yield from full
    if line:
        yield line


def _chopped(word: str, width: int) -> list[str]:
    pieces = [""]
    for char in word:
        if cells(pieces[-1]) + cells(char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def cells(text: str) -> int:
    """The columns a terminal gives the text (Unicode TR 11): two for a wide character, none for a mark."""
    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )
