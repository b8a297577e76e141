"""Everything of a learner as one page: each talk as it was held, what was taken back included, and its scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from simulator.catalogue.clean import clean
from simulator.report.html import page, plain

Values = Mapping[str, Any]


def render_takeout(everything: Values) -> str:
    """The page, in UTF-8, of what `simulator.store.takeout` gives. Every word is cleaned and escaped."""
    learner, attempts = everything["learner"], everything["attempts"]
    who = f" ({plain(learner['name'])})" if learner["name"] else ""
    talks = f"{len(attempts)} talk{'s' if len(attempts) != 1 else ''}"
    body = [
        f"<h1>What roleplay keeps of {plain(learner['pseudonym'])}{who}</h1>",
        f"<p>{talks}. Written {_moment(everything['written'])}.</p>",
        *(row for attempt in attempts for row in _attempt(attempt)),
    ]
    return page(f"What roleplay keeps of {learner['pseudonym']}", body)


def _attempt(attempt: Values) -> Iterator[str]:
    yield f'<section id="{plain(attempt["id"])}"><h2>{plain(attempt["title"] or attempt["scenario_id"])}</h2>'
    yield f"<p>Begun {_moment(attempt['started'])}. {_how(attempt)} Attempt {plain(attempt['id'])}.</p>"
    if attempt["parent_turn"] is not None:
        parent = attempt["parent"] or "a talk that was erased"
        yield f"<p>A branch of {plain(parent)}, begun after its turn {attempt['parent_turn']}.</p>"
    taken_back = _taken_back(attempt["events"])
    for event in attempt["events"]:
        yield from _event(event, taken_back=event["sequence"] in taken_back)
    if attempt["draft"]:
        yield from _said("Your draft, not sent", attempt["draft"], "learner")
    yield from _scores(attempt["assessments"])
    yield "</section>"


def _how(attempt: Values) -> str:
    if not attempt["ending"]:
        return "Not finished."
    outcome = f" ({plain(str(attempt['outcome']).replace('_', ' '))})" if attempt["outcome"] else ""
    return f"Ended: {plain(attempt['ending'])}{outcome}."


def _taken_back(events: list[Values]) -> set[int]:
    """The places of the turns that were taken back."""
    standing: list[int] = []
    gone: set[int] = set()
    for event in events:
        if event["kind"] == "turn":
            standing.append(event["sequence"])
        elif event["kind"] == "undone" and standing:
            gone.add(standing.pop())
    return gone


def _event(event: Values, *, taken_back: bool) -> Iterator[str]:
    payload = event["payload"]
    if event["kind"] == "turn":
        note = ", taken back" if taken_back else ""
        yield from _said(f"You{note}", payload["reading"]["reply"], "learner")
    utterance = payload.get("utterance") or {}
    for saying in utterance.get("before", ()):
        yield from _saying(saying)
    if utterance.get("scene"):
        yield f"<p>[{plain(utterance['scene'])}]</p>"
    for saying in utterance.get("sayings", ()):
        yield from _saying(saying)


def _saying(saying: Values) -> Iterator[str]:
    does = f"({saying['does']}) " if saying["does"] else ""
    yield from _said(saying["name"], does + " ".join(part["text"] for part in saying["parts"] if part["text"]), "")


def _said(who: str, words: str, kind: str) -> Iterator[str]:
    yield f'<div class="said {kind}"><p class="who">{plain(who)}</p><p class="words">{escape(clean(words))}</p></div>'


def _scores(assessments: list[Values]) -> Iterator[str]:
    for made in assessments:
        payload = made["payload"]
        note = " (a later one took its place)" if made["superseded_by"] else ""
        yield f"<h3>{plain(made['rubric_id'])}: {payload['total']:.0f} of 100{note}</h3><ul>"
        for criterion in payload.get("criteria", ()):
            level = "no occasion" if criterion["level"] is None else f"{criterion['level']} of 4"
            yield f"<li>{plain(criterion['criterion'])}: {level}</li>"
        yield "</ul>"


def _moment(text: str) -> str:
    return plain(f"{text[:10]} {text[11:16]} UTC")
