"""The scenario: one immutable value that holds the whole file."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.catalogue.types import Cue, IssueWords, PersonNames, PointWords
from simulator.scenario.desk import Desk, DeskItem, Issue, Promise
from simulator.scenario.fields import (
    ONE_OR_MORE,
    FileId,
    GoalRef,
    MeasureName,
    Name,
    Part,
    StateRef,
    Text,
    Texts,
    Whole,
)
from simulator.scenario.frozen import FrozenDict
from simulator.scenario.people import Meter, Person, with_defaults
from simulator.scenario.scripted import ScriptedTest
from simulator.scenario.states import Ending, Objective, State, Transition
from simulator.scenario.walk import lines_of

FORMAT = 1
ONLY_CLIENT = "client"
"""The id of the one person of a scenario that has `client:`."""

Sector = Literal["healthcare", "social work", "corporate and insurance", "mental and behavioural health"]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6 else value


class Scenario(Part):
    """A client, a situation, a state machine, its cues, facts, endings and tests.

    Everything said is a `Line`; the people, states and endings keep the order of the file.
    """

    format: Annotated[Literal[1], BeforeValidator(_whole)] = Field(description="The version of the format: 1.")
    id: FileId = Field(description="Lower case with hyphens; the file's name.")
    title: Text = Field(description="What the library shows.")
    sector: Sector = Field(description="The field of work.")
    difficulty: Annotated[Whole, Field(ge=1, le=3)] = Field(description="1 easy, 2 middling, 3 hard.")
    minutes: Annotated[Whole, Field(ge=1, le=240)] = Field(description="About how long it takes.")
    practises: Annotated[Texts, Field(min_length=1)] = Field(description="Skills, in words.")
    rubrics: Annotated[tuple[FileId, ...], ONE_OR_MORE, Field(min_length=1)] = Field(
        description="Ids of the rubrics an attempt is assessed by."
    )
    summary: Text = Field(description="One line for the library.")
    content_note: Text | None = Field(default=None, description="Shown before the start where a theme is hard.")
    help_line: Text | None = Field(default=None, description="A real line for a learner in distress.")
    brief: Text = Field(description="What the learner knows before the talk.")
    desk: Desk = Field(description="What the learner can look at during the talk.")
    objectives: FrozenDict[Name, Objective] = Field(min_length=1, description="What the learner is to reach.")
    start: StateRef = Field(description="The first state.")
    renamed: FrozenDict[str, GoalRef] = Field(
        default=FrozenDict(), description="Old names of states and endings, with the new ones."
    )
    people: FrozenDict[Name, Person] = Field(min_length=1, description="Who is there; the first speaks by default.")
    meters: FrozenDict[MeasureName, Meter] = Field(
        description="The shared meters; trust and agitation are always there."
    )
    counters: FrozenDict[MeasureName, Whole] = Field(default=FrozenDict(), description="Whole numbers, not clamped.")
    flags: Annotated[tuple[Name, ...], ONE_OR_MORE] = Field(
        default=(), description="Names that effects can set and clear."
    )
    promises: FrozenDict[Name, Promise] = Field(default=FrozenDict(), description="What the learner may undertake.")
    issues: FrozenDict[Name, Issue] = Field(default=FrozenDict(), description="Numbers to negotiate.")
    facts: FrozenDict[Name, Text] = Field(default=FrozenDict(), description="What is told only once it is earned.")
    states: FrozenDict[Name, State] = Field(min_length=1, description="The moments of the talk.")
    anywhere: tuple[Transition, ...] = Field(default=(), description="Transitions tried first in every state.")
    endings: FrozenDict[Name, Ending] = Field(min_length=1, description="How the talk can end.")
    tests: tuple[ScriptedTest, ...] = Field(default=(), description="Runs with what is expected of them.")

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def first_person(self) -> str:
        """The id of the person who speaks where a line names nobody."""
        return next(iter(self.people))

    @cached_property
    def cues(self) -> FrozenDict[str, Cue]:
        """Every cue on any line, by id."""
        return FrozenDict({name: cue for _, line in lines_of(self) for name, cue in line.cues.items()})

    def cue(self, name: str) -> Cue:
        """The cue with this id. Raises KeyError where there is none."""
        return self.cues[name]

    @cached_property
    def points(self) -> FrozenDict[str, DeskItem]:
        """The desk items a reply can bring, by id."""
        return FrozenDict(self.desk.points)

    @cached_property
    def all_meters(self) -> FrozenDict[str, Meter]:
        """The shared meters, then each person's own as `PERSON.METER`."""
        own = {f"{name}.{key}": meter for name, person in self.people.items() for key, meter in person.meters.items()}
        return FrozenDict({**self.meters, **own})

    def meter_of(self, person: str, meter: str) -> str:
        """The full name of a meter as it holds for a person: their own if they have one, else the shared."""
        own = f"{person}.{meter}"
        return own if own in self.all_meters else meter

    def transitions_at(self, state: str) -> tuple[Transition, ...]:
        """The transitions tried in a state, in order: those of `anywhere` first. Raises KeyError."""
        return (*self.anywhere, *self.states[state].transitions)

    @cached_property
    def transition_ids(self) -> FrozenDict[str, Transition]:
        """Every transition by id."""
        every = (*self.anywhere, *(one for state in self.states.values() for one in state.transitions))
        return FrozenDict({one.id: one for one in every})

    @cached_property
    def point_words(self) -> tuple[PointWords, ...]:
        """The points as `Heard` wants them."""
        return self.desk.point_words()

    @cached_property
    def issue_words(self) -> tuple[IssueWords, ...]:
        """The issues as `Heard` wants them."""
        return tuple(issue.words(name) for name, issue in self.issues.items())

    @cached_property
    def person_names(self) -> tuple[PersonNames, ...]:
        """The people as `Heard` wants them."""
        return tuple(person.turned_to(name) for name, person in self.people.items())

    def current_state(self, old: str) -> str:
        """The name a state of a saved attempt has now."""
        seen = set()
        while old in self.renamed and old not in seen:
            seen.add(old)
            old = self.renamed[old]
        return old

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, data: Any) -> Any:
        """`client:` and the top-level `knows:` become one person; meters and ids are filled in."""
        if not isinstance(data, dict):
            return data
        data = dict(data)
        if "client" in data and "people" not in data:
            client = data.pop("client")
            if isinstance(client, dict) and "knows" in data and "knows" not in client:
                client = {**client, "knows": data.pop("knows")}
            data["people"] = {ONLY_CLIENT: client}
        data["meters"] = with_defaults(data.get("meters"), complete=True)
        data["anywhere"] = _with_ids(data.get("anywhere", ()), "anywhere")
        if isinstance(data.get("states"), dict):
            data["states"] = {
                name: {**state, "transitions": _with_ids(state["transitions"], name)}
                if isinstance(state, dict) and "transitions" in state
                else state
                for name, state in data["states"].items()
            }
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema with the shorthand an author may write: `client:` and `knows:` at the top."""
        schema = handler.resolve_ref_schema(handler(core))
        people = schema["properties"]["people"]["additionalProperties"]
        schema["properties"]["client"] = {"description": "The one person of the scenario.", **people}
        schema["properties"]["knows"] = {
            "description": "What the client can be asked about.",
            "type": "object",
        }
        schema["required"] = [key for key in schema["required"] if key not in {"people", "meters"}]
        return schema


def _with_ids(transitions: Any, place: str) -> Any:
    """Name every transition that has no id by its place; the dot keeps it apart from an author's name."""
    if not isinstance(transitions, list | tuple):
        return transitions
    return [
        {"id": f"{place}.{number}", **one} if isinstance(one, dict) else one
        for number, one in enumerate(transitions, start=1)
    ]
