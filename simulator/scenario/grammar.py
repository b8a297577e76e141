"""The grammar of conditions, read by recursive descent.

An unknown name is noted and reading goes on, so that an author sees every misspelling at once; a mistake
in the grammar itself ends the reading.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.errors import did_you_mean, listed
from simulator.scenario.hints import for_number, for_term
from simulator.scenario.names import Names
from simulator.scenario.tokens import Fault, Token, tokenize

DEEPEST = 40
"""Levels of `not` and parentheses; a readable condition has two or three."""

NAMED_TERMS: dict[str, tuple[str, Callable[[str], ex.Expression]]] = {
    "told": ("fact", ex.Told),
    "visited": ("state", ex.Visited),
    "asked": ("topic", ex.Asked),
    "mentions": ("topic", ex.Mentions),
    "gave": ("point", ex.Gave),
    "given": ("point", ex.Given),
    "answered": ("cue", ex.Answered),
    "refused": ("cue", ex.Refused),
    "flag": ("flag", ex.Flag),
    "conceded": ("issue", ex.Conceded),
    "agreed": ("issue", ex.Agreed),
}
"""Terms of one word and one name, with the kind of the name."""

MEASURED: tuple[ex.Measured, ...] = ("turn", "turns_here", "quality")
OTHER_TERMS = ("always", "not", "said", "previous", "count", "promised", "discrepancy", "offer", "standing")
JOINTS = frozenset({"and", "or", "despite"})


class _Stop(Exception):  # noqa: N818 (leaves the parser after a fault it cannot go on from)
    pass


class Grammar:
    """One reading of one condition. `faults` holds what was wrong."""

    def __init__(self, text: str, names: Names | None) -> None:
        self.text = text
        self.names = names
        self.faults: list[Fault] = []
        self.tokens: list[Token] = []
        self.at = 0
        self.depth = 0

    def read(self) -> tuple[ex.Expression, bool] | None:
        """The tree, and whether it holds despite harm; None where there is a fault."""
        try:
            self.tokens, unreadable = tokenize(self.text)
            if unreadable:
                self.faults.append(unreadable)
                return None
            if self._now.kind == "end":
                self._stop("there is no condition here", "Write `always` for one that always holds.")
            root = self._or()
            despite = self._take_word("despite")
            if despite and not self._take_word("harm"):
                self._stop("`despite` is followed by `harm`", "End the condition with `despite harm`.")
            if self._now.kind != "end":
                self._left_over()
        except _Stop:
            return None
        return None if self.faults else (root, despite)

    # -- moving along the tokens

    @property
    def _now(self) -> Token:
        return self.tokens[self.at]

    def _take(self) -> Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def _take_word(self, word: str) -> bool:
        if self._now.kind in {"word", "mark"} and self._now.text == word:
            self._take()
            return True
        return False

    def _fault(self, code: str, message: str, offset: int, mend: str = "") -> None:
        self.faults.append(Fault(code, message, offset, mend))

    def _stop(self, message: str, mend: str = "", token: Token | None = None) -> NoReturn:
        self._fault("condition", message, (token or self._now).offset, mend)
        raise _Stop

    def _left_over(self) -> NoReturn:
        word = self._now.text
        if word == ")":
            self._stop("this parenthesis was never opened")
        mend = did_you_mean(word, ("and", "or", "of", "to", "in", "despite")) if len(word) < 8 else ""
        self._stop(f"`{word}` cannot follow here", mend if "Did" in mend else "Join two terms with `and` or `or`.")

    # -- the grammar

    def _or(self) -> ex.Expression:
        parts = [self._and()]
        while self._take_word("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else ex.Or(tuple(parts))

    def _and(self) -> ex.Expression:
        parts = [self._not()]
        while self._take_word("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else ex.And(tuple(parts))

    def _not(self) -> ex.Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            self._stop("this condition has too many levels", "Split it over two transitions.")
        try:
            if self._take_word("not"):
                return ex.Not(self._not())
            if self._now.text == "(":
                return self._group()
            return self._term()
        finally:
            self.depth -= 1

    def _group(self) -> ex.Expression:
        opened = self._take()
        inner = self._or()
        if not self._take_word(")"):
            self._stop("this parenthesis is never closed", token=opened)
        return inner

    def _term(self) -> ex.Expression:
        token = self._now
        if token.kind != "word" or token.text in JOINTS:
            what = f"`{token.text}`" if token.text else "the end of the line"
            self._stop(
                f"a term is expected here, not {what}",
                "A term is, for example, `any_reflection` or `trust >= 45`.",
            )
        self._take()
        word = token.text
        if word in NAMED_TERMS:
            kind, make = NAMED_TERMS[word]
            return make(self._name(kind, word))
        match word:
            case "always":
                return ex.Always()
            case "said":
                shows = self._shows(self._name_token("behaviour", word))
                return ex.Said(shows, self._last())
            case "previous":
                return ex.Previous(self._shows(self._name_token("behaviour", word)))
            case "count":
                return self._count()
            case "promised" | "due" | "kept" | "broken":
                named = self._now.kind == "word" and self._now.text not in JOINTS
                return ex.Promised(word, self._name("promise", word) if named else None)
            case "discrepancy":
                if not self._take_word("of"):
                    self._stop("`discrepancy` is followed by `of` and a topic")
                return ex.Discrepancy(self._name("topic", "discrepancy of"))
            case "offer" | "standing":
                issue = self._name("issue", word)
                op, value = self._comparison(f"{word} {issue}")
                return (ex.Offer if word == "offer" else ex.Standing)(issue, op, value)
        if self._now.kind == "op" or word in MEASURED:
            return self._compare(token)
        return self._shows(token)

    def _count(self) -> ex.Expression:
        if not self._take_word("("):
            self._stop(
                "`count` is followed by a behaviour in parentheses",
                "Write, for example, `count(blame) >= 2`.",
            )
        shows = self._shows(self._name_token("behaviour", "count("))
        if not self._take_word(")"):
            self._stop("the parenthesis after `count` is not closed")
        op, value = self._comparison(f"count({shows.name})")
        return ex.Count(shows, op, value)

    def _last(self) -> int | None:
        if not self._take_word("in"):
            return None
        if not self._take_word("last"):
            self._stop("`in` is followed by `last` and a number", "Write, for example, `in last 3`.")
        number = self._take()
        if number.kind != "number" or not number.text.isdigit() or not 0 < int(number.text[:6]) < 1000:
            self._stop("`last` is followed by a whole number of replies", token=number)
        return int(number.text)

    def _shows(self, token: Token) -> ex.Shows:
        known = self.names.catalogue if self.names else catalogue()
        name = token.text
        if not known.is_known(name):
            mend = for_term(name, self.names, (*NAMED_TERMS, *OTHER_TERMS))
            self._fault("unknown-name", f"there is no behaviour or group called `{name}`", token.offset, mend)
        cue = self._name("cue", "of") if self._take_word("of") else None
        to = self._name("person", "to") if self._take_word("to") else None
        return ex.Shows(name, known.expand(name) if known.is_known(name) else frozenset(), cue, to)

    def _compare(self, token: Token) -> ex.Compare:
        name = token.text
        kind: ex.Measured = "meter"
        if name in MEASURED:
            kind = next(measured for measured in MEASURED if measured == name)
        elif self.names and self.names.has("counter", name):
            kind = "counter"
        elif self.names and not self.names.has("meter", name):
            mend = for_number(name, self.names, MEASURED)
            self._fault("unknown-name", f"there is no meter or counter called `{name}`", token.offset, mend)
        op, value = self._comparison(name)
        return ex.Compare(kind, name, op, value)

    def _comparison(self, what: str) -> tuple[ex.Operator, float]:
        sign = self._now
        if sign.kind != "op":
            self._stop(f"`{what}` needs a comparison and a number", f"Write, for example, `{what} >= 2`.")
        self._take()
        op = next((op for op in ex.OPERATORS if op == sign.text), None)
        if op is None:
            right = {"=": "==", "=>": ">=", "=<": "<=", "<>": "!="}[sign.text]
            self._stop(f"`{sign.text}` is not a comparison", f"Write `{right}`.", sign)
        number = self._now
        if number.kind != "number" or len(number.text) > 12 or number.text.endswith("%"):
            self._stop(f"`{what} {op}` needs a plain number")
        self._take()
        value = float(number.text)
        return op, int(value) if value.is_integer() else value

    # -- names

    def _name_token(self, kind: str, after: str) -> Token:
        token = self._now
        if token.kind != "word" or token.text in JOINTS:
            choices = self.names.of(kind) if self.names and kind != "behaviour" else ()
            mend = f"Known here: {listed(choices)}." if 0 < len(choices) <= 12 else ""
            self._stop(f"`{after}` is followed by the name of a {kind}", mend)
        return self._take()

    def _name(self, kind: str, after: str) -> str:
        token = self._name_token(kind, after)
        if self.names and not self.names.has(kind, token.text):
            choices = self.names.of(kind)
            mend = did_you_mean(token.text, choices) if choices else f"This scenario has no {kind} yet."
            self._fault("unknown-name", f"there is no {kind} called `{token.text}`", token.offset, mend)
        return token.text
