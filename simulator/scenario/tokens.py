"""The pieces a condition is read in, and what is noted of a piece that is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"\s+|(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?%?)|(?P<word>[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)?)"
    r"|(?P<op>>=|<=|==|!=|=>|=<|<>|[<>=])|(?P<mark>[()])|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a condition, at a character of its text."""

    code: str
    message: str
    offset: int
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a condition: a number, a word, an op, a mark, or the end."""

    kind: str
    text: str
    offset: int


def tokenize(text: str) -> tuple[list[Token], Fault | None]:
    """The tokens of a condition, closed by an `end`; and a fault at a character that has no meaning."""
    tokens: list[Token] = []
    for found in TOKEN.finditer(text):
        if found.lastgroup == "other":
            return tokens, Fault("condition", f"`{found[0]}` has no meaning in a condition", found.start())
        if found.lastgroup:
            tokens.append(Token(found.lastgroup, found[0], found.start()))
    return [*tokens, Token("end", "", len(text))], None
