"""The state machine of a scenario: one for all attempts, which pass through it as its models."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.conversation.evaluate import Moment, fires, harmful
from simulator.conversation.kept import per_scenario

if TYPE_CHECKING:
    from transitions import Machine

    from simulator.scenario import Scenario
    from simulator.scenario.states import Transition

TRIGGER = "reply"
"""The only thing that moves a talk on."""


class Passage:
    """One attempt on its way through the machine: the state it is in, and the transition that took it there.

    It is bare, because the machine would hang an attribute on it for every state and trigger; so it is not
    registered with the machine, only handed to the trigger.
    """

    __slots__ = ("harmful", "moment", "state", "taken")

    def __init__(self, moment: Moment) -> None:
        self.state = moment.position.state
        self.moment = moment
        self.harmful = harmful(moment)  # once, and not for every transition that is tried
        self.taken: Transition | None = None


def fire(moment: Moment) -> tuple[Transition | None, str]:
    """The transition a reply takes and the state or ending the talk is in then.

    Those of `anywhere` come first, then the state's own, each in the order of the file. Without one that
    fires the talk stays: (None, the same state).
    """
    event = machine_of(moment.scenario).events.get(TRIGGER)
    passage = Passage(moment)
    if event is not None and passage.state in event.transitions:
        event.trigger(passage)
    return passage.taken, passage.state


@per_scenario
def machine_of(scenario: Scenario) -> Machine:
    """The machine of a scenario, made once. Endings are states without ways out."""
    from transitions import Machine

    return Machine(
        model=None,
        states=[*scenario.states, *scenario.endings],
        initial=scenario.start,
        transitions=[
            {
                "trigger": TRIGGER,
                "source": state,
                # A transition to the state one is in keeps it: its line is said on entry only.
                "dest": transition.to if transition.to != state else None,
                "conditions": partial(_allowed, transition),
                "before": partial(_take, transition),
            }
            for state in scenario.states
            for transition in scenario.transitions_at(state)
        ],
        auto_transitions=False,
        send_event=True,
    )


def _allowed(transition: Transition, event: Any) -> bool:
    passage: Passage = event.model
    if transition.once and transition.id in passage.moment.position.fired:
        return False
    speaker = transition.line.who if transition.line else None
    moment = passage.moment.of(speaker) if speaker else passage.moment
    return fires(transition.when, moment, harm=passage.harmful)


def _take(transition: Transition, event: Any) -> None:
    event.model.taken = transition
