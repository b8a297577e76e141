"""One line such as `any_reflection of scared and trust >= 45`, read into an expression tree.

`parse_condition` reads the terms of docs/scenario-format.md by recursive descent and reports every unknown
name at once, each with its place in the line and the nearest names of the right kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.errors import did_you_mean, listed
from simulator.scenario.names import Names

DEEPEST = 40
"""Levels of `not` and parentheses; a readable condition has two or three."""

TOKEN = re.compile(
    r"\s+|(?P<number>[+-]?\d+(?:\.\d+)?%?)|(?P<word>[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)?)"
    r"|(?P<op>>=|<=|==|!=|=>|=<|<>|[<>=])|(?P<mark>[()])|(?P<other>.)",
    re.DOTALL,
)

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
JOINTS = frozenset({"and", "or", "despite"})

HOW_TO_ASK = {
    "flag": "flag {}",
    "fact": "told {}",
    "cue": "any_reflection of {}",
    "state": "visited {}",
    "ending": "",
    "topic": "asked {}",
    "point": "gave {}",
    "promise": "promised {}",
    "issue": "agreed {}",
    "meter": "{} >= 50",
    "counter": "{} >= 1",
    "person": "any_empathy to {}",
}
"""How to write a condition about a name that stands there alone, by its kind."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a condition, at a character of its text."""

    code: str
    message: str
    offset: int
    mend: str = ""


class ConditionError(ValueError):
    """A condition that cannot be read. `faults` holds all that was found."""

    def __init__(self, text: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"column {fault.offset + 1}: {fault.message}" for fault in faults))
        self.text = text
        self.faults = faults


@dataclass(frozen=True)
class Condition:
    """A condition as written and as understood. Two conditions are equal when their texts are."""

    text: str
    root: ex.Expression = field(compare=False)
    despite_harm: bool = False

    def __str__(self) -> str:
        return self.text

    @cached_property
    def asks_help(self) -> bool:
        """Whether it asks for a behaviour or group whose valence is `helps`, in this reply or counted with it."""
        known = catalogue()
        for term, positive in ex.signed_terms(self.root):
            match term:
                case ex.Shows(name) | ex.Said(ex.Shows(name)):
                    asked = positive
                case ex.Count(ex.Shows(name), op):
                    asked = positive if op in {">=", ">", "=="} else not positive and op in {"<", "<="}
                case _:
                    continue
            if asked and known.is_known(name) and known.valence(name) == "helps":
                return True
        return False

    @cached_property
    def uses(self) -> frozenset[tuple[str, str]]:
        """The names it holds, as (kind, name)."""
        return ex.uses(self.root)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.with_info_after_validator_function(_validated, core_schema.str_schema())
        return core_schema.union_schema(
            [core_schema.is_instance_schema(cls), text],
            mode="left_to_right",
            serialization=core_schema.to_string_ser_schema(when_used="always"),
        )


def _validated(text: str, info: ValidationInfo) -> Condition:
    try:
        return parse_condition(text, info.context if isinstance(info.context, Names) else None)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{faults}", {"faults": error.faults}) from None


def parse_condition(text: str, names: Names | None = None) -> Condition:
    """Read a condition.

    With `names` every name must be known; without, any name is taken and a number's name is a meter.
    Raises ConditionError with all faults found.
    """
    return _Parser(text, names).condition()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, word, op, mark, end
    text: str
    offset: int


class _Stop(Exception):  # noqa: N818 (leaves the parser after a fault it cannot go on from)
    pass


class _Parser:
    def __init__(self, text: str, names: Names | None) -> None:
        self.text = text
        self.names = names
        self.faults: list[Fault] = []
        self.tokens: list[_Token] = []
        self.at = 0
        self.depth = 0

    def condition(self) -> Condition:
        try:
            self._tokenize()
            if self._now.kind == "end":
                self._stop("there is no condition here", "Write `always` for one that always holds.")
            root = self._or()
            despite = self._take_word("despite")
            if despite and not self._take_word("harm"):
                self._stop("`despite` is followed by `harm`", "Write `despite harm` at the end of the condition.")
            if self._now.kind != "end":
                self._left_over()
        except _Stop:
            raise ConditionError(self.text, tuple(self.faults)) from None
        if self.faults:
            raise ConditionError(self.text, tuple(self.faults))
        return Condition(self.text.strip(), root, despite)

    def _tokenize(self) -> None:
        for found in TOKEN.finditer(self.text):
            if found.lastgroup == "other":
                self._fault("condition", f"`{found[0]}` has no meaning in a condition", found.start())
                raise _Stop
            if found.lastgroup:
                self.tokens.append(_Token(found.lastgroup, found[0], found.start()))
        self.tokens.append(_Token("end", "", len(self.text)))

    # -- moving along the tokens

    @property
    def _now(self) -> _Token:
        return self.tokens[self.at]

    def _take(self) -> _Token:
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

    def _stop(self, message: str, mend: str = "", token: _Token | None = None) -> NoReturn:
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
            self._stop(f"a term is expected here, not {what}", "A term is, for example, `any_reflection` or `trust >= 45`.")
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
                return ex.Promised(word, self._name("promise", word) if named else None)  # type: ignore[arg-type]
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
            self._stop("`count` is followed by a behaviour in parentheses", "Write, for example, `count(blame) >= 2`.")
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

    def _shows(self, token: _Token) -> ex.Shows:
        known = self.names.catalogue if self.names else catalogue()
        name = token.text
        if not known.is_known(name):
            self._unknown_term(token)
        cue = self._name("cue", "of") if self._take_word("of") else None
        to = self._name("person", "to") if self._take_word("to") else None
        return ex.Shows(name, known.expand(name) if known.is_known(name) else frozenset(), cue, to)

    def _compare(self, token: _Token) -> ex.Compare:
        name = token.text
        kind: ex.Measured = "meter"
        if name in MEASURED:
            kind = next(measured for measured in MEASURED if measured == name)
        elif self.names and self.names.has("counter", name):
            kind = "counter"
        elif self.names and not self.names.has("meter", name):
            self._unknown_number(token, self.names)
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

    def _name_token(self, kind: str, after: str) -> _Token:
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

    def _unknown_term(self, token: _Token) -> None:
        """A word that is no behaviour: perhaps another kind of name written without its word."""
        word = token.text
        mend = ""
        if self.names and (kind := self.names.kind_of(word, *HOW_TO_ASK)):
            how = HOW_TO_ASK[kind].format(word)
            mend = f"`{word}` is a {kind}. Write, for example, `{how}`." if how else f"`{word}` is an {kind}."
        elif word.lower() in {*NAMED_TERMS, *JOINTS, "not", "always"}:
            mend = f"Write `{word.lower()}` in lower case."
        else:
            known = self.names.catalogue.names() if self.names else catalogue().names()
            mend = did_you_mean(word, (*known, *NAMED_TERMS, "always", "previous", "promised", "not"))
        self._fault("unknown-name", f"there is no behaviour or group called `{word}`", token.offset, mend)

    def _unknown_number(self, token: _Token, names: Names) -> None:
        word = token.text
        if names.has("behaviour", word):
            mend = f"Write `count({word})` for the number of replies that showed it."
        elif names.has("issue", word):
            mend = f"Write `offer {word}` or `standing {word}`."
        else:
            mend = did_you_mean(word, (*names.of("meter"), *names.of("counter"), *MEASURED))
        self._fault("unknown-name", f"there is no meter or counter called `{word}`", token.offset, mend)
