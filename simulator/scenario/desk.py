"""The learner's side: what they know, may offer and may not, may undertake, and what is negotiated."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.catalogue.types import IssueWords, PointWords
from simulator.scenario.conditions import Condition
from simulator.scenario.fields import BehaviourRef, Name, Number, Part, StateRef, Text, Texts, fault
from simulator.scenario.lines import BESIDE, Line, Speaks


class DeskItem(Speaks):
    """Something on the desk. With `words` it is a point the learner may bring; without, it is for reading."""

    beside: ClassVar[tuple[str, ...]] = (*BESIDE, "effects")

    id: Name | None = Field(default=None, description="Its name in conditions: `gave ID`.")
    text: Text = Field(description="What the learner reads.")
    words: Texts = Field(default=(), description="Words and phrases that bring it, matched as stems.")
    shows: tuple[BehaviourRef, ...] = Field(
        default=(), description="Behaviours that bringing it is, however it is worded: `objective_criterion`."
    )
    line: Line | None = Field(default=None, description="The client's answer when it is brought for the first time.")
    when: Condition | None = Field(default=None, description="The client answers so only where this holds.")

    @property
    def is_point(self) -> bool:
        """Whether a reply can bring it."""
        return bool(self.words)

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _named(self) -> DeskItem:
        if self.words and self.id is None:
            raise fault("point-without-id", "a desk item with `words` needs an `id`")
        if not self.words and (self.line or self.when):
            raise fault("missing-key", "a desk item with a `line` needs the `words` that bring it")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core, handler))
        long_form = dict(schema)
        schema.clear()
        schema.update({"title": long_form.pop("title", "DeskItem"), "anyOf": [{"type": "string"}, long_form]})
        return schema


class Desk(Part):
    """What the learner can look at during the talk."""

    know: tuple[DeskItem, ...] = Field(default=(), description="What the learner knows.")
    may_offer: tuple[DeskItem, ...] = Field(default=(), description="What the learner may offer.")
    may_not: tuple[DeskItem, ...] = Field(default=(), description="What the learner may not promise or do.")

    @property
    def points(self) -> dict[str, DeskItem]:
        """The items a reply can bring, by id, in the order of the page."""
        items = (*self.know, *self.may_offer, *self.may_not)
        return {item.id: item for item in items if item.id is not None and item.is_point}

    def point_words(self) -> tuple[PointWords, ...]:
        """The points as `Heard` wants them."""
        forbidden = {item.id for item in self.may_not}
        return tuple(PointWords(name, item.words, name in forbidden, item.shows) for name, item in self.points.items())


class Promise(Part):
    """Something the learner may undertake."""

    about: Texts = Field(min_length=1, description="Words that mean it, matched as stems.")
    due: StateRef | None = Field(default=None, description="The state whose entering makes it due.")
    kept: Condition | None = Field(default=None, description="Once due, it is kept when this holds.")


class Issue(Part):
    """A number to negotiate."""

    unit: Texts = Field(default=(), description="Words of its unit: day, days.")
    learner_needs: Number = Field(description="What the learner should reach.")
    client_limit: Number = Field(description="What the client will not go past.")
    start: Number = Field(description="What the client opens with.")
    better: Literal["high", "low"] = Field(default="high", description="Which way the learner wants the number.")

    @model_validator(mode="after")
    def _in_order(self) -> Issue:
        towards = self.client_limit - self.start
        if towards < 0 if self.better == "high" else towards > 0:
            raise fault(
                "issue-limits",
                f"the client starts past their own limit: `better` is {self.better}",
                "Swap `start` and `client_limit`, or change `better`.",
            )
        return self

    def words(self, name: str) -> IssueWords:
        """The issue as `Heard` wants it."""
        numbers = (self.start, self.learner_needs, self.client_limit)
        return IssueWords(name, self.unit, min(numbers), max(numbers))
