"""States, transitions, endings and objectives: what happens in a scenario and how it can end."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from simulator.scenario.conditions import Condition
from simulator.scenario.effects import Effects
from simulator.scenario.fields import GoalRef, Part, Text, Texts, Truth, fault
from simulator.scenario.lines import Line, Speaks


def _transition_id(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[0-9]+)?", value):
        raise fault("bad-name", f"`{value[:60]}` is not a name: lower case letters, digits and `_`")
    return value


TransitionId = Annotated[str, AfterValidator(_transition_id)]
"""An author's name, or the one it was given by its place: `at_the_desk.2`."""


class Transition(Speaks):
    """What happens when a condition holds."""

    id: TransitionId = Field(default="", description="A name that stays the same when others are added before it.")
    when: Condition = Field(description="The condition, in one line.")
    to: GoalRef | None = Field(default=None, description="The state or ending it leads to; absent, the talk stays.")
    effects: Effects = Field(default=Effects(), description="What it changes.")
    line: Line | None = Field(default=None, description="What the client says in place of a reaction.")
    once: Truth = Field(default=False, description="It fires only once in an attempt.")

    @property
    def speaks(self) -> bool:
        """Whether its own words replace the reaction."""
        return self.line is not None and self.line.says


class ConditionalLine(Line):
    """A line that is said only where its condition holds."""

    when: Condition = Field(description="Said only where this holds.")


class State(Speaks):
    """A moment of the talk. Its line is said on entry only."""

    line: Line | None = Field(default=None, description="What the client says on entry.")
    line_when: tuple[ConditionalLine, ...] = Field(
        default=(), description="Lines said on entry in place of `line`: the first whose `when` holds."
    )
    later: Text | None = Field(default=None, description="A scene break before it: `next morning`.")
    hint: Texts = Field(default=(), description="Up to three hints, each plainer than the one before.")
    model_reply: Text | None = Field(default=None, description="A good reply here.")
    unsafe_when: Condition | None = Field(default=None, description="Asking about risk would harm while this holds.")
    transitions: tuple[Transition, ...] = Field(default=(), description="The first whose condition holds, fires.")
    otherwise: Line | None = Field(default=None, description="Said when no transition fired and no answer was found.")


class Ending(Speaks):
    """How a talk ends."""

    outcome: Literal["met", "partly", "not_met", "harm"] = Field(description="What came of the matter.")
    relationship: Literal["stronger", "same", "weaker"] = Field(description="What came of the relationship.")
    line: Line | None = Field(default=None, description="The client's last words.")
    debrief: Text | None = Field(default=None, description="What tipped it, for the debrief.")


class Objective(Part):
    """What the learner is to reach."""

    text: Text = Field(description="In words the learner reads.")
    met: Condition = Field(description="It is met once this holds.")
