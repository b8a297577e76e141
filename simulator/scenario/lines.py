"""What a client says: one `Line`, whichever of the three shapes it was written in, and the cues that stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from simulator.catalogue.types import Cue, CueKind
from simulator.scenario.conditions import Condition
from simulator.scenario.effects import Effects
from simulator.scenario.errors import listed
from simulator.scenario.fields import Facts, Name, Part, PersonRef, SpokenText, SpokenTexts, Text, Texts, Whole, fault
from simulator.scenario.frozen import FrozenDict

BESIDE = ("does", "who", "cues", "tells")
"""Keys of a line that may stand beside `line:`."""

MOODS = ("heated", "guarded", "open")


class CueForm(Part):
    """A cue as it is written: exactly one kind with the words that name it."""

    feeling: Texts | None = Field(default=None, description="Words that name a feeling the client shows.")
    need: Texts | None = Field(default=None, description="Words that name something the client needs.")
    worry: Texts | None = Field(default=None, description="Words that name what the client fears.")
    strength_: Texts | None = Field(default=None, exclude=True)
    value: Texts | None = Field(default=None, description="Words that name what matters to the client.")
    risk: Texts | None = Field(default=None, description="Words that name a danger.")
    question: Texts | None = Field(default=None, description="Words of what the client asks.")
    position: Texts | None = Field(default=None, description="Words of what the client demands.")
    interest: Texts | None = Field(default=None, description="Words of why the client demands it.")
    culture: Texts | None = Field(default=None, description="Words of a cultural matter.")
    about: Texts = Field(default=(), description="What the cue concerns.")
    answered_by: Texts = Field(default=(), description="For a question: words that count as an answer.")
