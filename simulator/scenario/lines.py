"""What a client says: one `Line`, whichever of the three shapes it was written in, and voices."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.scenario.conditions import Condition
from simulator.scenario.cues import Cues
from simulator.scenario.effects import Effects
from simulator.scenario.fields import Facts, Part, PersonRef, SpokenText, SpokenTexts, fault
from simulator.scenario.frozen import FrozenDict

BESIDE = ("does", "who", "cues", "tells")
"""Keys of a line that may stand beside `line:`."""

ANY_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


class Line(Part):
    """One utterance of a client: its variants, and all that goes with saying it.

    A line without variants is only done, or only tells; it replaces no words.
    """

    variants: SpokenTexts = Field(
        default=(),
        alias="line",
        description="What is said; of several variants one is chosen, none twice running.",
    )
    cues: Cues = Field(default=FrozenDict(), description="What a good reply would pick up, by id.")
    tells: Facts = Field(default=(), description="Facts the client tells by saying it.")
    does: SpokenText | None = Field(default=None, description="What the person does before speaking.")
    who: PersonRef | None = Field(default=None, description="Who speaks; the first person where it is absent.")
    when: Condition | None = Field(default=None, description="Said only where this holds.")
    effects: Effects = Field(default=Effects(), description="What saying it changes.")

    @property
    def says(self) -> bool:
        """Whether there are words to say."""
        return bool(self.variants)

    @model_validator(mode="before")
    @classmethod
    def _one_shape(cls, data: Any) -> Any:
        line = as_line(data)
        if isinstance(line, dict) and not line:
            raise fault("empty-text", "there is no line here")
        if isinstance(line, dict) and line.get("line") == []:
            raise fault("empty-text", "there are no variants here")
        return line

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        long_form = dict(schema)
        title = long_form.pop("title", "Line")
        schema.clear()
        schema.update({"title": title, "anyOf": [*ANY_TEXTS["anyOf"], long_form]})
        return schema


def as_line(value: Any) -> Any:
    """A line in its long form, from any of its three shapes. The schema refuses what is none of them."""
    if isinstance(value, str | list | tuple):
        return {"line": list(value) if not isinstance(value, str) else [value]}
    return value


class Speaks(Part):
    """A part that has a line, with some of the line's own keys beside it."""

    beside: ClassVar[tuple[str, ...]] = BESIDE
    lines_of: ClassVar[tuple[str, ...]] = ("line",)

    @model_validator(mode="before")
    @classmethod
    def _gather_line(cls, data: Any) -> Any:
        return gather_line(data, cls.beside, cls.lines_of)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        properties = schema.get("properties", {})
        for key, written in beside_schema(cls.beside).items():
            properties.setdefault(key, written)
        return schema


def beside_schema(keys: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema of the keys that may stand beside a line, as an editor needs it."""
    shapes: dict[str, Any] = {
        "does": {"type": "string"},
        "who": {"type": "string"},
        "cues": {"type": "object"},
        "tells": ANY_TEXTS,
        "effects": {"type": "object"},
    }
    return {key: {"description": Line.model_fields[key].description, **shapes[key]} for key in keys}


def gather_line(data: Any, beside: tuple[str, ...], lines_of: tuple[str, ...]) -> Any:
    """Move the keys beside a line into it, so that everything said is in one place."""
    if not isinstance(data, dict):
        return data
    moved = {key: data[key] for key in beside if key in data}
    if not moved:
        return data
    rest = {key: value for key, value in data.items() if key not in moved}
    for key in [name for name in lines_of if name in rest] or [lines_of[0]]:
        line = as_line(rest.get(key, {}))
        if not isinstance(line, dict):
            continue
        for name in moved:
            if name in line:
                raise fault("written-twice", f"`{name}` stands both beside `{key}` and inside it", "Keep one.")
        rest[key] = {**line, **moved}
    return rest


class MoodLines(Part):
    """What a person says in each mood. `always` serves where a mood has no lines of its own.

    Heated: agitation 65 or more. Open: trust 50 or more and not heated. Guarded: otherwise.
    """

    always: SpokenTexts = Field(default=(), description="In any mood.")
    heated: SpokenTexts = Field(default=(), description="At an agitation of 65 or more.")
    guarded: SpokenTexts = Field(default=(), description="Neither heated nor open.")
    open: SpokenTexts = Field(default=(), description="At a trust of 50 or more, and not heated.")

    def at(self, mood: str) -> tuple[str, ...]:
        """The lines for `heated`, `guarded` or `open`; may be empty."""
        lines: tuple[str, ...] = getattr(self, mood)
        return lines or self.always

    @model_validator(mode="before")
    @classmethod
    def _any_mood(cls, data: Any) -> Any:
        if isinstance(data, str | list | tuple):
            data = {"always": [data] if isinstance(data, str) else list(data)}
        if isinstance(data, dict) and not any(data.values()):
            raise fault("empty-text", "there are no lines here")
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        by_mood = dict(schema)
        title = by_mood.pop("title", "MoodLines")
        schema.clear()
        schema.update({"title": title, "anyOf": [*ANY_TEXTS["anyOf"], by_mood]})
        return schema
