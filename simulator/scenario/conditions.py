"""One line such as `any_reflection of scared and trust >= 45`, as a value of the models.

`parse_condition` reads the terms of docs/scenario-format.md by recursive descent and reports every unknown
name at once, each with its place in the line and the nearest names of the right kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, ValidatorFunctionWrapHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simulator.catalogue.loader import catalogue
from simulator.scenario import expression as ex
from simulator.scenario.grammar import Grammar
from simulator.scenario.names import Names
from simulator.scenario.tokens import Fault


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
        """Whether it asks for a behaviour or group that helps, in this reply or counted with it."""
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
    def __get_pydantic_json_schema__(cls, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "names": "condition"}

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(
            _validated,
            core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(when_used="always"),
        )


def _validated(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Condition:
    if isinstance(value, Condition):
        return value
    try:
        return parse_condition(handler(value), info.context if isinstance(info.context, Names) else None)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{faults}", {"faults": error.faults}) from None


def parse_condition(text: str, names: Names | None = None) -> Condition:
    """Read a condition.

    With `names` every name must be known; without, any name is taken and a number's name is a meter.
    Raises ConditionError with all faults found.
    """
    grammar = Grammar(text, names)
    read = grammar.read()
    if read is None:
        raise ConditionError(text, tuple(grammar.faults))
    return Condition(text.strip(), *read)
