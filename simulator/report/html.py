"""A talk as one page: nothing is fetched, nothing runs, and it can be read and printed anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import pairwise
from pathlib import Path

from simulator.catalogue.clean import clean
from simulator.report.values import CriterionView, Mark, Quote, RubricView, Said, ScoredTalk

BEST = 4


def render_html(scored: ScoredTalk) -> str:
    """The page, in UTF-8. Every word from outside is cleaned and escaped."""
    lines = {said.turn: said.line for said in scored.talk if said.turn is not None}
    body = [
        f"<h1>{plain(scored.title)}</h1>",
        f"<p>{len(lines)} {'reply' if len(lines) == 1 else 'replies'} of {plain(scored.learner)}, scored by rule.</p>",
        *(row for rubric in scored.rubrics for row in _rubric(rubric, lines)),
        "<section><h2>The talk</h2>",
        '<p class="shows"><mark class="for">Underlined</mark>: counts for a criterion (+). '
        '<mark class="against">Waved</mark>: counts against one (-).</p>',
        *(_said(said) for said in scored.talk),
        "</section>",
        *_skipped(scored.skipped),
    ]
    return page(scored.title, body)


def page(title: str, body: Iterable[str]) -> str:
    """A whole page of rows of HTML, with the one style sheet; `title` is plain text."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{plain(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>",
            *body,
            "</main>\n</body>\n</html>\n",
        ]
    )


def plain(text: str) -> str:
    """Text from outside in one line of HTML: cleaned and escaped."""
    return escape(clean(text, keep_newlines=False))


def _rubric(rubric: RubricView, lines: Mapping[int, int]) -> Iterator[str]:
    note = ", indicative" if rubric.indicative else ""
    yield f"<section><h2>{plain(rubric.title)}: {rubric.total:.0f} of 100{note}</h2>"
    if rubric.indicative:
        yield "<p>The talk is too short for a grade.</p>"
    for why, quote in rubric.broken:
        held = f"Held at {rubric.total:.0f} (it would have been {rubric.uncapped:.0f})."
        yield f'<p class="advice">{held} {plain(why)} {_quote(quote, lines)}</p>'
    for criterion in rubric.criteria:
        yield from _criterion(criterion, lines)
    yield "</section>"


def _criterion(criterion: CriterionView, lines: Mapping[int, int]) -> Iterator[str]:
    yield f'<div class="criterion"><h3>{plain(criterion.title)}</h3>'
    if criterion.level is None:
        yield '<p class="level">No occasion in this talk</p></div>'
        return
    shown = "" if criterion.graded else " (shown, not graded)"
    yield f'<p class="level">{criterion.level} of {BEST}{shown}</p>'
    yield f"<p>{plain(criterion.descriptor)}</p>"
    against = criterion.against if criterion.level < BEST else ()
    if criterion.evidence or against:
        yield "<ul>"
        yield from (f"<li>+ {_quote(quote, lines)}</li>" for quote in criterion.evidence)
        yield from (f"<li>- {_quote(quote, lines)}</li>" for quote in against)
        yield "</ul>"
    if criterion.level < BEST:
        yield f'<p class="advice">{plain(criterion.advice)} Try: <q>{plain(criterion.phrase)}</q></p>'
    yield "</div>"


def _quote(quote: Quote, lines: Mapping[int, int]) -> str:
    place = f'<a href="#turn-{quote.turn}">Turn {quote.turn}, line {lines[quote.turn]}</a>'
    return f"{place}: <q>{plain(quote.words)}</q> ({plain(quote.behaviour)})"


def _said(said: Said) -> str:
    if said.turn is None:
        opening, place = '<div class="said">', f"line {said.line}"
    else:
        opening, place = f'<div class="said learner" id="turn-{said.turn}">', f"turn {said.turn}, line {said.line}"
    shows = dict.fromkeys(f"{'+' if mark.helps else '-'} {mark.behaviour}" for mark in said.marks)
    shown = f'<p class="shows">{plain("; ".join(shows))}</p>' if shows else ""
    who = f'<p class="who">{plain(said.speaker)} <span class="place">{place}</span></p>'
    return f'{opening}{who}<p class="words">{_marked(said.text, said.marks)}</p>{shown}</div>'


def _marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with its marks. Where they lie over each other, what counts against the learner is shown."""
    marks = tuple(marks)
    cuts = sorted({0, len(text), *(at for mark in marks for at in (mark.span.start, mark.span.end))})
    pieces: list[tuple[str, str]] = []
    for start, end in pairwise(cuts):
        over = [mark.helps for mark in marks if mark.span.start <= start and end <= mark.span.end]
        kind = "" if not over else "for" if all(over) else "against"
        if pieces and pieces[-1][0] == kind:
            pieces[-1] = (kind, pieces[-1][1] + text[start:end])
        else:
            pieces.append((kind, text[start:end]))
    shown = ((kind, escape(clean(piece))) for kind, piece in pieces)
    return "".join(f'<mark class="{kind}">{piece}</mark>' if kind else piece for kind, piece in shown)


def _skipped(skipped: Iterable[str]) -> Iterator[str]:
    rows = [f"<li>{plain(why)}</li>" for why in skipped]
    if rows:
        yield from ("<section><h2>Left out</h2><ul>", *rows, "</ul></section>")
