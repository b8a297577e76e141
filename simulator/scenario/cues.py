"""Cues: what a good reply would pick up in a client's line, as written and as the shared `Cue`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, WithJsonSchema, model_validator
from pydantic_core import CoreSchema, core_schema

from simulator.catalogue.types import Cue, CueKind
from simulator.scenario.errors import listed
from simulator.scenario.fields import Name, Part, Texts, fault
from simulator.scenario.frozen import FrozenDict

MIDDLING = 2
"""The strength of a cue that names none."""


def _strength(value: Any) -> int | tuple[str, ...]:
    """`strength` is a kind of cue where it holds words, and how strong the cue is where it holds a number."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, int) and not 1 <= value <= 3:
        raise fault("out-of-range", f"a strength of {value} is not 1, 2 or 3")
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple):
        words = tuple(word.strip() for word in value if isinstance(word, str) and word.strip())
        if len(words) == len(value) and words:
            return words
    elif isinstance(value, int):
        return value
    raise fault("wrong-kind", "`strength` holds a number from 1 to 3, or words that name a strength")


Strength = Annotated[
    Any,
    BeforeValidator(_strength),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 3},
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]


class CueForm(Part):
    """A cue as it is written: exactly one kind with the words that name it."""

    feeling: Texts | None = Field(default=None, description="Words that name a feeling the client shows.")
    need: Texts | None = Field(default=None, description="Words that name something the client needs.")
    worry: Texts | None = Field(default=None, description="Words that name what the client fears.")
    value: Texts | None = Field(default=None, description="Words that name what matters to the client.")
    risk: Texts | None = Field(default=None, description="Words that name a danger.")
    question: Texts | None = Field(default=None, description="Words of what the client asks.")
    position: Texts | None = Field(default=None, description="Words of what the client demands.")
    interest: Texts | None = Field(default=None, description="Words of why the client demands it.")
    culture: Texts | None = Field(default=None, description="Words of a cultural matter.")
    strength: Strength = Field(
        default=MIDDLING,
        description="With words: a strength of the client. With a number, 1 to 3: how strong the cue is.",
    )
    about: Texts = Field(default=(), description="What the cue concerns.")
    answered_by: Texts = Field(default=(), description="For a question: words that count as an answer.")

    @property
    def kinds(self) -> dict[CueKind, tuple[str, ...]]:
        """The kinds written here with their words; a sound cue has one."""
        written = {kind: getattr(self, kind.value) for kind in CueKind}
        return {kind: words for kind, words in written.items() if isinstance(words, tuple)}

    @model_validator(mode="after")
    def _one_kind(self) -> CueForm:
        if len(self.kinds) != 1:
            found = f"it has {listed(self.kinds)}" if self.kinds else "it has none"
            raise fault("cue-kind", f"a cue has exactly one kind, and {found}", f"Kinds: {listed(CueKind, 'or')}.")
        ((kind, words),) = self.kinds.items()
        if not words:
            raise fault("empty-text", f"`{kind.value}` needs the words that name it")
        if self.answered_by and kind is not CueKind.QUESTION:
            raise fault("cue-kind", "only a `question` has `answered_by`", "Put these words with the others.")
        return self


class _Cues:
    """Lets a mapping of cue forms be read as shared `Cue` values, and written again."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            _as_cues,
            handler.generate_schema(dict[Name, CueForm]),
            serialization=core_schema.plain_serializer_function_ser_schema(_as_forms),
        )


def _as_cues(forms: Mapping[str, CueForm]) -> FrozenDict[str, Cue]:
    cues = {}
    for name, form in forms.items():
        ((kind, words),) = form.kinds.items()
        strength = form.strength if isinstance(form.strength, int) else MIDDLING
        cues[name] = Cue(name, kind, words, form.about, form.answered_by, strength)
    return FrozenDict(cues)


def _as_forms(cues: Mapping[str, Cue]) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    for name, cue in cues.items():
        form: dict[str, Any] = {cue.kind.value: list(cue.words)}
        if cue.about:
            form["about"] = list(cue.about)
        if cue.answered_by:
            form["answered_by"] = list(cue.answered_by)
        if cue.strength != MIDDLING:
            form["strength"] = cue.strength
        forms[name] = form
    return forms


Cues = Annotated[FrozenDict[str, Cue], _Cues()]
"""A field of cues by id."""
