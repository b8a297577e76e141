"""The tests of a scenario: scripted turns with what is expected of them."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.catalogue.types import QuestionKind
from simulator.scenario.conditions import Condition
from simulator.scenario.fields import (
    ONE_OR_MORE,
    Behaviour,
    BehaviourRef,
    CueRef,
    EndingRef,
    Facts,
    GoalRef,
    IssueRef,
    Number,
    Part,
    PersonRef,
    PointRef,
    PromiseRef,
    Text,
    Texts,
    TopicRef,
    Whole,
    fault,
)
from simulator.scenario.frozen import FrozenDict

SHOWN = re.compile(r"\s*(\S+)(?:\s+of\s+(\S+))?(?:\s+to\s+(\S+))?\s*")


class ScriptedBehaviour(Part):
    """A behaviour a scripted reply shows: `complex_reflection of ignored to denise`."""

    behaviour: BehaviourRef
    cue: CueRef | None = None
    to: PersonRef | None = None

    @model_validator(mode="before")
    @classmethod
    def _parts(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        found = SHOWN.fullmatch(data)
        if found is None:
            raise fault("wrong-kind", "this is not a behaviour, `of` a cue, `to` a person")
        return {"behaviour": found[1], "cue": found[2], "to": found[3]}

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"title": "Behaviour", "type": "string", "names": "shown"}

    @model_serializer
    def _as_written(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return self.behaviour + (f" of {self.cue}" if self.cue else "") + (f" to {self.to}" if self.to else "")


class ScriptedTurn(Part):
    """One reply of a test, in words or as behaviours, and what is expected after it."""

    reply: Text | None = Field(default=None, description="The learner's words, which are read.")
    shown: Annotated[tuple[ScriptedBehaviour, ...], ONE_OR_MORE] = Field(
        default=(), alias="as", description="Behaviours named outright, in place of a reading."
    )
    asks: FrozenDict[TopicRef, QuestionKind] = Field(default=FrozenDict(), description="Questions, by topic.")
    gives: Annotated[tuple[PointRef, ...], ONE_OR_MORE] = Field(default=(), description="Desk items the reply brings.")
    offers: FrozenDict[IssueRef, Number] = Field(default=FrozenDict(), description="Numbers, by issue.")
    promises: Annotated[tuple[PromiseRef, ...], ONE_OR_MORE] = Field(
        default=(), description="What the reply undertakes."
    )
    mentions: Annotated[tuple[TopicRef, ...], ONE_OR_MORE] = Field(
        default=(), description="Topics it speaks of without asking."
    )
    answers: Annotated[tuple[CueRef, ...], ONE_OR_MORE] = Field(default=(), description="Cues it answers.")
    refuses: Annotated[tuple[CueRef, ...], ONE_OR_MORE] = Field(
        default=(), description="Questions (cues) it refuses to answer."
    )
    notices: Annotated[tuple[TopicRef, ...], ONE_OR_MORE] = Field(
        default=(), description="Topics on which it notices what does not fit."
    )
    quality: Annotated[Number, Field(ge=-1, le=1)] | None = Field(
        default=None, description="How skilled it is, -1 to 1, where that is not to follow from its behaviours."
    )
    state: GoalRef | None = Field(default=None, description="Expected: the state or ending after the turn.")
    told: Facts = Field(default=(), description="Expected: facts told by now.")
    shows: Annotated[tuple[Behaviour, ...], ONE_OR_MORE] = Field(
        default=(), description="Expected: behaviours or groups found in the reply."
    )
    expect: Condition | None = Field(default=None, description="Expected: a condition that holds after the turn.")
    says: Texts = Field(default=(), description="Expected: parts of the client's utterance.")
    ending: EndingRef | None = Field(default=None, description="Expected: the talk ends so with this turn.")

    @property
    def adds(self) -> bool:
        """Whether it adds anything to what is read, or shown."""
        more = (
            self.asks,
            self.gives,
            self.offers,
            self.promises,
            self.mentions,
            self.answers,
            self.refuses,
            self.notices,
        )
        return any(more) or self.quality is not None

    @model_validator(mode="after")
    def _does_something(self) -> ScriptedTurn:
        if not (self.reply or self.shown or self.adds):
            raise fault("empty-turn", "this turn has no reply", 'Add `reply: "..."` or `as: [...]`.')
        return self


class ScriptedTest(Part):
    """A run through the scenario with what is expected of it."""

    name: Text = Field(description="What it shows.")
    seed: Whole = Field(default=1, description="The seed for the choice of wording.")
    turns: tuple[ScriptedTurn, ...] = Field(min_length=1, description="The replies, in order.")
    ending: EndingRef | None = Field(default=None, description="Expected: how the talk has ended.")
    levels: FrozenDict[str, Annotated[Whole, Field(ge=0, le=4)]] = Field(
        default=FrozenDict(), description="Expected: the least level of criteria, as CRITERION or RUBRIC.CRITERION."
    )
