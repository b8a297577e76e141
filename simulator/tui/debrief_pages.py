"""The pages of a debrief as widgets. The values of a debrief are clean already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from simulator.report.course import MeterCourse
from simulator.report.text import OUTCOMES, RELATIONSHIPS
from simulator.report.values import CriterionView, Debrief, IssueView, Point, RubricView
from simulator.tui.widgets.bullet import Bullet
from simulator.tui.widgets.plot import course_plot
from simulator.tui.widgets.quote import QuoteView
from simulator.tui.wording import counted

BEST = 4
LEVELS = ("not yet", "beginning", "on the way", "good", "strong")
"""Levels 0 to 4 in words."""


def outcome(debrief: Debrief) -> Iterator[Widget]:
    """What it came to, what worked, what to try, what was missed."""
    if debrief.finished:
        came_to = f"{OUTCOMES[debrief.outcome].capitalize()}, and {RELATIONSHIPS[debrief.relationship]}."
    else:
        came_to = f"Left unfinished after {counted(debrief.replies, 'reply', 'replies')}: a first impression."
    yield Static(Content.styled(came_to, "bold"))
    if debrief.ending_text:
        yield _paragraph(debrief.ending_text)
    yield from _points("What worked", debrief.strengths)
    yield from _points("What to try", debrief.growth)
    if debrief.missed:
        yield _heading("Offered, and not taken up")
    for missed in debrief.missed:
        where = f"turn {missed.turn}" if missed.turn else "the opening"
        yield Bullet(f"A {missed.kind} in “{missed.line}” ({where})")
    yield _heading("What you came for")
    for objective in debrief.objectives:
        yield Bullet(objective.text, "[x]" if objective.met else "[ ]")
    yield from _negotiated(debrief)
    yield from _told(debrief)


def criteria(debrief: Debrief) -> Iterator[Widget]:
    """Each rubric with its criteria, and the learner's own words under them."""
    if not any(quote for rubric in debrief.rubrics for one in rubric.criteria for quote in one.evidence + one.against):
        yield Static(Content.styled("There are no words to quote yet.", "$quiet"))
    for rubric in debrief.rubrics:
        yield from _rubric(rubric)


def course(debrief: Debrief) -> Iterator[Widget]:
    """How the meters went, drawn and in words."""
    if not debrief.course.meters:
        yield Static(Content("There is no course yet: nothing was said."))
        return
    yield course_plot(debrief.course)
    yield _heading("In words")
    for meter in debrief.course.meters:
        yield Bullet(_in_words(meter))
    for point in debrief.turning_points:
        way = "for the better" if point.better else "for the worse"
        words = f"It turned {way} in turn {point.turn}: “{point.words}” The answer: “{point.answer}”"
        yield Bullet(words)


def _heading(words: str) -> Static:
    return Static(Content(words), classes="heading")


def _paragraph(words: str) -> Static:
    return Static(Content(words), classes="paragraph")


def _points(heading: str, points: Sequence[Point]) -> Iterator[Widget]:
    if points:
        yield _heading(heading)
    for point in points:
        yield Bullet(f"Turn {point.turn}. {point.text}")
        if point.model_reply:
            yield Static(
                Content.assemble(("One good reply there: ", "$quiet"), f"“{point.model_reply}”"), classes="under"
            )


def _negotiated(debrief: Debrief) -> Iterator[Widget]:
    if debrief.issues:
        yield _heading("What was negotiated")
    for issue in debrief.issues:
        yield Bullet(_settled(issue))
    if debrief.substantive is not None and debrief.relational is not None:
        yield Bullet(f"Matter: {debrief.substantive:.0f} of 100. Relationship: {debrief.relational:.0f} of 100.")


def _settled(issue: IssueView) -> str:
    if issue.settled is None:
        came_to = "not settled"
    else:
        came_to = f"settled at {issue.settled:g}, {'which meets' if issue.kept else 'short of'} what was needed"
    return f"{issue.name.capitalize()}: {came_to}. It opened at {issue.opened:g}; {issue.needed:g} was needed."


def _told(debrief: Debrief) -> Iterator[Widget]:
    if debrief.facts:
        yield _heading("What you were told")
    unsaid = 0
    for fact in debrief.facts:
        if fact.turn is None:
            unsaid += 1
        else:
            yield Bullet(f"{fact.text} (turn {fact.turn})")
    if unsaid:
        yield Bullet(f"{counted(unsaid, 'thing')} stayed unsaid, and can still be earned.")


def _rubric(rubric: RubricView) -> Iterator[Widget]:
    note = " · indicative: too short or unfinished for a grade" if rubric.indicative else ""
    yield _heading(f"{rubric.title}: {rubric.total:.0f} of 100{note}")
    for why, quote in rubric.broken:
        yield Static(Content(f"{_held(rubric)}{why}"), classes="note")
        yield QuoteView(quote, "-")
    for criterion in rubric.criteria:
        yield from _criterion(criterion)


def _held(rubric: RubricView) -> str:
    if rubric.uncapped <= rubric.total:
        return ""
    return f"Held at {rubric.total:.0f}; without this it would have been {rubric.uncapped:.0f}. "


def _criterion(criterion: CriterionView) -> Iterator[Widget]:
    if criterion.level is None:
        words = Content.assemble((criterion.title, "bold"), ("  no occasion in this talk", "$quiet"))
        yield Static(words, classes="criterion")
        return
    bar = "■" * criterion.level + "□" * (BEST - criterion.level)
    level = f"  {bar} {LEVELS[criterion.level]}, {criterion.level} of {BEST}"
    aside = "" if criterion.graded else " (shown, not graded)"
    yield Static(Content.assemble((criterion.title, "bold"), (level, "$primary"), aside), classes="criterion")
    yield Static(Content(criterion.descriptor), classes="under")
    for quote in criterion.evidence:
        yield QuoteView(quote, "+")
    if criterion.level < BEST:
        for quote in criterion.against:
            yield QuoteView(quote, "-")
        advice = (f"{criterion.advice} ", ("Try: ", "bold"), f"“{criterion.phrase}”")
        yield Static(Content.assemble(*advice), classes="under")


def _in_words(meter: MeterCourse) -> str:
    went = meter.values[-1] - meter.values[0]
    name = meter.name.replace("_", " ").capitalize()
    way = "stayed as it was" if abs(went) < 1 else "rose" if went > 0 else "fell"
    if meter.began == meter.ended:
        return f"{name} {way}: {meter.ended} at the start and at the end."
    return f"{name} {way}: {meter.began} at the start, {meter.ended} at the end."
