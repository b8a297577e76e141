"""The small types the models are made of: texts, names, numbers and references, typed from what was written.

Every scalar of a scenario arrives as a string. A validator here says what is wrong in words an author
knows; the loader adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simulator.scenario.errors import did_you_mean, listed
from simulator.scenario.names import GRAMMAR_WORDS, NAME, RESERVED, Names

WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
SIGNED = re.compile(r"[+-][0-9]{1,9}")
FILE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
PLACEHOLDERS = ("name", "subject", "promise", "feeling")
"""What a line may leave open until it is spoken."""


class Part(BaseModel):
    """A piece of a scenario: it cannot be changed, and a key nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __deepcopy__(self, _memo: dict[int, Any] | None = None) -> Self:
        """Itself, since nothing can change it; this also spares a copy of every default."""
        return self

    @model_serializer(mode="wrap")
    def _sorted(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Keys in the order of the alphabet, so that the order of fields in the code is not in a hash."""
        return dict(sorted(handler(self).items()))


def fault(code: str, message: str, mend: str = "", at: tuple[str, ...] = ()) -> PydanticCustomError:
    """The error a validator raises: a code of simulator.scenario.codes, and where below the value it is."""
    return PydanticCustomError("fault", "{message}", {"code": code, "message": message, "mend": mend, "at": at})


def names_in(info: ValidationInfo) -> Names | None:
    """The names of the scenario being loaded, where one is."""
    return info.context if isinstance(info.context, Names) else None


def as_list(value: Any) -> Any:
    """One thing where a list may stand is a list of one."""
    return [value] if isinstance(value, str) else value


class OneOrMore:
    """Marks a list an author may write as one text where it has one item."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(as_list, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [whole["items"], whole]} if "items" in whole else whole


ONE_OR_MORE = OneOrMore()


def _text(value: str) -> str:
    value = value.strip()
    if not value:
        raise fault("empty-text", "there is no text here")
    return value


def _spoken(value: str) -> str:
    for found in PLACEHOLDER.finditer(value):
        if found[1] not in PLACEHOLDERS:
            known = listed((f"{{{name}}}" for name in PLACEHOLDERS), "and")
            raise fault("unknown-placeholder", f"`{found[0]}` cannot be filled in", f"Known here: {known}.")
    return value


def _name(value: str) -> str:
    if not NAME.fullmatch(value) or len(value) > 60:
        better = re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")
        mend = f"Write `{better}`." if NAME.fullmatch(better) and len(better) <= 60 else ""
        raise fault("bad-name", f"`{value[:60]}` is not a name: lower case letters, digits and `_`", mend)
    if value in GRAMMAR_WORDS:
        raise fault("reserved-name", f"`{value}` is a word of the conditions and cannot be a name")
    return value


def _measure_name(value: str) -> str:
    if value in RESERVED:
        raise fault("reserved-name", f"`{value}` is a word of conditions or effects and cannot be a meter or counter")
    return value


def _file_id(value: str) -> str:
    if not FILE_ID.fullmatch(value) or len(value) > 80:
        better = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
        mend = f"Write `{better}`." if FILE_ID.fullmatch(better) else ""
        raise fault("bad-name", f"`{value[:80]}` is not an id: lower case letters, digits and hyphens", mend)
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not WHOLE.fullmatch(value.strip()):
            raise fault("not-a-number", f"`{value[:40]}` is not a whole number")
        return int(value)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if not NUMBER.fullmatch(value.strip()):
            raise fault("not-a-number", f"`{value[:40]}` is not a number", "Write the bare number, without a unit.")
        return float(value)
    return value


def _change(value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
        if WHOLE.fullmatch(value) and not SIGNED.fullmatch(value):
            raise fault("effect-sign", f"`{value}` has no sign", f"Write `+{value}` or `-{value}`.")
        if not SIGNED.fullmatch(value):
            raise fault("not-a-number", f"`{value[:40]}` is not a change", "Write, for example, `+10` or `-5`.")
        return int(value)
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        word = value.strip().lower()
        if word not in {"true", "yes", "false", "no"}:
            raise fault("not-a-choice", f"`{value[:40]}` is neither true nor false", "Write `true` or `false`.")
        return word in {"true", "yes"}
    return value


def refers_to(kind: str, noun: str = "") -> Callable[[str, ValidationInfo], str]:
    """A validator for the name of a thing of this kind, defined anywhere in the scenario."""

    def check(value: str, info: ValidationInfo) -> str:
        names = names_in(info)
        if names and not names.has(kind, value):
            raise unknown(noun or kind, value, names.of(kind))
        return value

    return check


def unknown(noun: str, word: str, choices: tuple[str, ...]) -> PydanticCustomError:
    """The fault for a name nothing has, with the nearest names that exist."""
    mend = did_you_mean(word, choices) if choices else f"This scenario has no {noun} yet."
    return fault("unknown-name", f"there is no {noun} called `{word[:60]}`", mend)


Text = Annotated[str, AfterValidator(_text)]
SpokenText = Annotated[str, AfterValidator(_text), AfterValidator(_spoken)]
Texts = Annotated[tuple[Text, ...], ONE_OR_MORE]
SpokenTexts = Annotated[tuple[SpokenText, ...], ONE_OR_MORE]
Name = Annotated[str, AfterValidator(_name)]
MeasureName = Annotated[str, AfterValidator(_name), AfterValidator(_measure_name)]
FileId = Annotated[str, AfterValidator(_file_id)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number)]
Change = Annotated[int, BeforeValidator(_change)]
Truth = Annotated[bool, BeforeValidator(_truth)]

Behaviour = Annotated[
    str,
    AfterValidator(refers_to("behaviour", "behaviour or group")),
    Field(json_schema_extra={"names": "any behaviour"}),
]
CueRef = Annotated[str, AfterValidator(refers_to("cue"))]
FactRef = Annotated[str, AfterValidator(refers_to("fact"))]
FlagRef = Annotated[str, AfterValidator(refers_to("flag"))]
StateRef = Annotated[str, AfterValidator(refers_to("state"))]
EndingRef = Annotated[str, AfterValidator(refers_to("ending"))]
GoalRef = Annotated[str, AfterValidator(refers_to("goal", "state or ending"))]
PersonRef = Annotated[str, AfterValidator(refers_to("person"))]
PromiseRef = Annotated[str, AfterValidator(refers_to("promise"))]
IssueRef = Annotated[str, AfterValidator(refers_to("issue"))]
TopicRef = Annotated[str, AfterValidator(refers_to("topic"))]
PointRef = Annotated[str, AfterValidator(refers_to("point"))]
Facts = Annotated[tuple[FactRef, ...], ONE_OR_MORE]


def _one_behaviour(value: str, info: ValidationInfo) -> str:
    names = names_in(info)
    if names and value not in names.catalogue.behaviours:
        if names.has("behaviour", value):
            raise fault("unknown-name", f"`{value}` is a group", "Name one behaviour, as a reply shows it.")
        raise unknown("behaviour", value, tuple(names.catalogue.behaviours))
    return value


BehaviourRef = Annotated[str, AfterValidator(_one_behaviour), Field(json_schema_extra={"names": "behaviour"})]
"""One behaviour of the catalogue, no group."""
