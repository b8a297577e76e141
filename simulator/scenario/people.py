"""The people of a scenario: who they are, how they speak, what moves in them and what they know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from simulator.catalogue.loader import common_topics
from simulator.catalogue.types import PersonNames, QuestionKind, TopicWords
from simulator.scenario.conditions import Condition
from simulator.scenario.errors import did_you_mean
from simulator.scenario.fields import (
    ONE_OR_MORE,
    FactRef,
    MeasureName,
    Name,
    Number,
    Part,
    Text,
    Texts,
    Truth,
    Whole,
    fault,
    names_in,
    unknown,
)
from simulator.scenario.frozen import FrozenDict
from simulator.scenario.lines import BESIDE, Line, MoodLines, Speaks

Temperament = Literal["guarded", "angry", "anxious", "flat", "talkative", "proud", "exhausted"]

SPECIAL_VOICES = (
    "not_understood",
    "asked_unknown",
    "asked_who",
    "asked_when",
    "asked_where",
    "asked_why",
    "asked_figure",
    "asked_yes_no",
    "asked_to_agree",
    "asked_again",
    "silence",
    "action",
    "off_topic",
    "other_language",
    "too_short",
    "too_long",
    "repeats",
    "told_something",
    "statement",
    "told_nothing",
    "asked_back",
    "asked_meaning",
    "asked_beside",
)
"""Keys of a voice for replies that are no behaviour of the catalogue."""

TRUSTING = 50
"""From this trust on a person gives the `trusting` answer."""

DEFAULT_METERS: Mapping[str, Mapping[str, Any]] = {
    "trust": {"start": "30", "good": "high", "words": ["shut", "wary", "listening", "open"]},
    "agitation": {"start": "30", "good": "low", "words": ["calm", "tense", "angry", "at the edge"]},
}
"""Trust and agitation as they are where a scenario does not say."""


def with_defaults(meters: Any, *, complete: bool) -> Any:
    """Fill in what a `meters:` mapping leaves out of trust and agitation; with `complete`, add them too."""
    if meters is None:
        meters = {}
    if not isinstance(meters, dict):
        return meters
    filled: dict[str, Any] = {name: {} for name in DEFAULT_METERS if name not in meters} if complete else {}
    filled.update(meters)
    return {
        name: {**DEFAULT_METERS[name], **meter} if name in DEFAULT_METERS and isinstance(meter, dict) else meter
        for name, meter in filled.items()
    }


class Meter(Part):
    """A variable of a client's inner state, 0 to 100."""

    start: Annotated[Whole, Field(ge=0, le=100)] = Field(description="Where it stands when the talk begins.")
    good: Literal["high", "low"] = Field(default="high", description="Which way is better.")
    words: Annotated[Texts, Field(min_length=2, max_length=10)] = Field(
        default=("low", "middling", "high"), description="Words for equal bands of it, from 0 to 100."
    )

    def word(self, value: float) -> str:
        """The word for a value."""
        return self.words[max(0, min(len(self.words) - 1, int(value * len(self.words) // 100)))]


class Answer(Speaks):
    """One way of answering a question about a topic. The first that fits is given."""

    beside: ClassVar[tuple[str, ...]] = (*BESIDE, "effects")
    lines_of: ClassVar[tuple[str, ...]] = ("line", "guarded", "trusting")

    asks: Annotated[tuple[QuestionKind, ...], ONE_OR_MORE, Field(min_length=1)] = Field(
        default=(QuestionKind.ANY,), description="The kinds of question it answers."
    )
    when: Condition | None = Field(default=None, description="Given only where this holds.")
    line: Line | None = Field(default=None, description="The answer.")
    guarded: Line | None = Field(default=None, description="The answer at a trust below 50.")
    trusting: Line | None = Field(default=None, description="The answer from a trust of 50.")
    lie: Truth = Field(default=False, description="The answer is not true.")
    hides: FactRef | None = Field(default=None, description="The fact a lie hides, until it is told.")

    @model_validator(mode="after")
    def _complete(self) -> Answer:
        if self.line is None and not (self.guarded and self.trusting):
            lacks = "`trusting`" if self.guarded else "`guarded`" if self.trusting else "`line`"
            raise fault(
                "answer-incomplete",
                f"this answer has no {lacks}",
                "Give `line`, or both `guarded` and `trusting`.",
            )
        if any(line and not (line.says or line.does) for line in (self.line, self.guarded, self.trusting)):
            raise fault("answer-incomplete", "this answer has no words", "Give `line`, or `does` for a gesture.")
        if self.lie and self.hides is None:
            raise fault("lie-without-fact", "a lie needs `hides:` with the fact it hides")
        if self.hides is not None and not self.lie:
            raise fault("lie-without-fact", "`hides` belongs to a lie", "Add `lie: true`.")
        return self

    def accepts(self, kind: QuestionKind) -> bool:
        """Whether it answers this kind of question."""
        return QuestionKind.ANY in self.asks or kind in self.asks

    def line_at(self, trust: float) -> Line:
        """The line for this much trust."""
        line = (self.trusting if trust >= TRUSTING else self.guarded) or self.line
        assert line is not None  # noqa: S101 (the validator above)
        return line


class Topic(Part):
    """Something a person can be asked about."""

    topic: Texts = Field(default=(), description="Words and phrases that mean it, matched as stems.")
    asked_as: Texts = Field(
        default=(), description="Whole questions about it, as people put them; others are matched by likeness."
    )
    answers: tuple[Answer, ...] = Field(min_length=1, description="Answers, the first that fits is given.")
    again: Line | None = Field(default=None, description="What follows when the answer was given before.")


def _voice_key(key: str, info: ValidationInfo) -> str:
    names = names_in(info)
    if names and not names.has("behaviour", key) and key not in SPECIAL_VOICES:
        raise unknown("behaviour, group or special voice", key, (*names.of("behaviour"), *SPECIAL_VOICES))
    return key


def _reaction_key(key: str, info: ValidationInfo) -> str:
    names = names_in(info)
    meters = tuple(dict.fromkeys(meter.rpartition(".")[2] for meter in names.of("meter"))) if names else ()
    if names and key not in meters:
        raise unknown("meter", key, meters)
    return key


ReactionKey = Annotated[str, AfterValidator(_reaction_key)]
VoiceKey = Annotated[str, AfterValidator(_voice_key), Field(json_schema_extra={"names": "voice"})]


class Person(Part):
    """A simulated person."""

    name: Text = Field(description="What the learner calls them.")
    called: Texts = Field(default=(), description="Other names a reply may turn to them by.")
    about: Text = Field(description="Who they are, in a line.")
    temperament: Temperament = Field(description="How they react where their voice does not say.")
    voice: FrozenDict[VoiceKey, MoodLines] = Field(
        default=FrozenDict(), description="Lines by behaviour, group or special key."
    )
    reactions: FrozenDict[ReactionKey, Annotated[Number, Field(ge=0, le=10)]] = Field(
        default=FrozenDict(), description="How strongly a meter takes the catalogue's default effects (1.0)."
    )
    knows: FrozenDict[Name, Topic] = Field(default=FrozenDict(), description="What they can be asked about.")
    meters: FrozenDict[MeasureName, Meter] = Field(default=FrozenDict(), description="Meters of their own.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names a reply may turn to them by: the name itself first."""
        return tuple(dict.fromkeys((self.name, *self.called)))

    def turned_to(self, person: str) -> PersonNames:
        """The names as `Heard` wants them."""
        return PersonNames(person, self.names)

    def topic_words(self) -> tuple[TopicWords, ...]:
        """The topics with all their words: the scenario's, then the catalogue's."""
        common = common_topics()
        return tuple(
            TopicWords(
                name,
                tuple(dict.fromkeys((*topic.topic, *(common[name].words if name in common else ())))),
                topic.asked_as,
            )
            for name, topic in self.knows.items()
        )

    @model_validator(mode="before")
    @classmethod
    def _fill_meters(cls, data: Any) -> Any:
        if isinstance(data, dict) and "meters" in data:
            return {**data, "meters": with_defaults(data["meters"], complete=False)}
        return data

    @model_validator(mode="after")
    def _topics_have_words(self) -> Person:
        for name, topic in self.knows.items():
            if not topic.topic and not topic.asked_as and name not in common_topics():
                raise fault(
                    "topic-without-words",
                    f"the topic `{name}` has no words and is none of the common topics",
                    did_you_mean(name, common_topics()) or f"Add `topic: [...]` or `asked_as: [...]` under `{name}:`.",
                    at=("knows", name),
                )
        return self
