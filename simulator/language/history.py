"""What only the talk before a reply can show: what the client asked, what the learner said, and their numbers."""

from __future__ import annotations

import re
from functools import cache

from simulator.language.data import lexicon
from simulator.language.evidence import Context
from simulator.language.patterns import compile_pattern
from simulator.language.questions import OPEN_KINDS, asks, kind_of
from simulator.language.undertakings import numbers_in
from simulator.language.utterance import Utterance


@cache
def piece(name: str) -> re.Pattern[str]:
    """A regular expression of lexicons/detecting.yaml, by its path ("information.verb")."""
    data = lexicon("detecting")
    for key in name.split("."):
        data = data[key]
    return compile_pattern(str(data))


@cache
def listed(name: str) -> tuple[str, ...]:
    """A list of lexicons/detecting.yaml."""
    return tuple(str(word) for word in lexicon("detecting")[name])


def client_text(context: Context, lines: int = 1) -> str:
    """The plain form of the client's last lines, newest first."""
    return " ".join(line.text for line in context.background.lines[:lines])


def client_asked(context: Context) -> bool:
    """Whether the client's last line ends in a question, so that an answer is due."""
    last = context.background.last
    return bool(last and last.clauses and any(asks(clause) for clause in last.clauses[-2:]))


def is_question(utterance: Utterance) -> bool:
    """Whether a reply is little more than a question with a short shape of answer."""
    asked = [clause for clause in utterance.clauses if asks(clause)]
    stated = sum(len(clause.opening) for clause in utterance.clauses if clause not in asked)
    return bool(asked) and stated <= 3


def is_closed(utterance: Utterance) -> bool:
    """Whether the questions of a reply all ask for a fact or a yes."""
    return all(kind_of(clause) not in OPEN_KINDS for clause in utterance.clauses if asks(clause))


def own_numbers(context: Context) -> tuple[float, ...]:
    """Numbers the learner has put in earlier replies, newest first."""
    return tuple(
        value for reply in context.background.replies for clause in reply.clauses for _, value in numbers_in(clause)
    )


def client_numbers(context: Context) -> tuple[float, ...]:
    """Numbers in the client's last line."""
    last = context.background.last
    return tuple(value for clause in last.clauses for _, value in numbers_in(clause)) if last else ()


def is_bargaining(context: Context) -> bool:
    """Whether terms are being bargained over: there are issues, or the learner has laid down a number or a limit."""
    if context.heard.issues or own_numbers(context) or client_numbers(context):
        return True
    if piece("terms_asked").search(client_text(context)):
        return True
    return any(piece("limit").search(reply.text) for reply in context.background.replies[:2])
