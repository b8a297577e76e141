"""What a transition or a line changes: meters and counters, flags, promises, issues."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.scenario.fields import (
    ONE_OR_MORE,
    Change,
    FlagRef,
    IssueRef,
    Number,
    Part,
    PromiseRef,
    names_in,
    unknown,
)
from simulator.scenario.frozen import FrozenDict

ACTIONS = ("set", "clear", "keep", "break", "concede", "agree")
"""Keys of an effect that are not the name of a meter or a counter."""


def _meter_or_counter(value: str, info: ValidationInfo) -> str:
    names = names_in(info)
    if names and not names.kind_of(value, "meter", "counter"):
        raise unknown("meter or counter", value, (*names.of("meter"), *names.of("counter"), *ACTIONS))
    return value


Changed = Annotated[str, AfterValidator(_meter_or_counter)]


class Effects(Part):
    """Changes made at once. `changes` holds meters (`PERSON.METER` for a person's own) and counters."""

    changes: FrozenDict[Changed, Change] = Field(
        default=FrozenDict(), description="A meter or counter and its change, with the sign: `trust: +10`."
    )
    set_flags: Annotated[tuple[FlagRef, ...], ONE_OR_MORE] = Field(
        default=(), alias="set", description="Flags that now hold."
    )
    clear_flags: Annotated[tuple[FlagRef, ...], ONE_OR_MORE] = Field(
        default=(), alias="clear", description="Flags that no longer hold."
    )
    keep: Annotated[tuple[PromiseRef, ...], ONE_OR_MORE] = Field(default=(), description="Promises that are kept now.")
    break_: Annotated[tuple[PromiseRef, ...], ONE_OR_MORE] = Field(
        default=(), alias="break", description="Promises that are broken now."
    )
    concede: FrozenDict[IssueRef, Annotated[Number, Field(gt=0)]] = Field(
        default=FrozenDict(),
        description="How far the client's standing offer moves towards the learner, by issue.",
    )
    agree: Annotated[tuple[IssueRef, ...], ONE_OR_MORE] = Field(default=(), description="Issues that are settled now.")

    def __bool__(self) -> bool:
        return any((self.changes, self.set_flags, self.clear_flags, self.keep, self.break_, self.concede, self.agree))

    @model_validator(mode="before")
    @classmethod
    def _gather_changes(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        changes = {key: value for key, value in data.items() if key not in ACTIONS}
        return {**{key: value for key, value in data.items() if key in ACTIONS}, "changes": changes}

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        data.pop("changes", None)
        # In the author's order, in which they are made: a stored scenario must play as the file does.
        return {**dict(sorted(data.items())), **{name: f"{by:+d}" for name, by in self.changes.items()}}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        if "changes" in schema.get("properties", {}):
            changes = schema["properties"].pop("changes")
            schema["additionalProperties"] = {
                "description": changes["description"],
                "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^[+-]\d+$"}],
            }
        return schema
