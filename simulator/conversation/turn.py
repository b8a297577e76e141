"""What a talk is made of: the position an attempt stands in, and the turn a reply makes of it.

Both are immutable values that turn into JSON and back (`codec`), so an event stores them whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.catalogue.types import OpenCue, Promise, Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One authored piece of an utterance. `kind` is reaction, answer, move or opening; `source` says where it
    stands in the scenario or temperament (`state:opens_up`, `topic:children/1`, `voice:any_roadblock`)."""

    kind: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What one person says in one go. `does` is what they do before they speak; both may be empty, not
    both."""

    who: str
    name: str
    does: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The words alone, joined."""
        return " ".join(part.text for part in self.parts if part.text)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Everything the client side says between two replies.

    `scene` is a scene break ("next morning"): `before` is said ahead of it, still to the reply, `sayings`
    after it.
    """

    sayings: tuple[Saying, ...]
    scene: str = ""
    before: tuple[Saying, ...] = ()

    @property
    def text(self) -> str:
        """The words of all people, joined, without names and actions."""
        return " ".join(saying.text for saying in self.everything if saying.text)

    @property
    def everything(self) -> tuple[Saying, ...]:
        """All sayings in order, from before and after a scene break."""
        return (*self.before, *self.sayings)


@dataclass(frozen=True, slots=True)
class IssueState:
    """Where one negotiated number stands: the client's standing offer, the learner's last, and what was
    settled."""

    standing: float
    offered: float | None = None
    agreed: float | None = None
    conceded: bool = False


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise of the learner's and how it stands: open, due, kept or broken. `id` is empty when the
    scenario names no such promise."""

    id: str
    promise: Promise
    turn: int
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Effect:
    """One change to a meter or counter: where it came from and what it did after clamping."""

    source: str
    meter: str
    change: float


@dataclass(frozen=True, slots=True)
class Position:
    """Where an attempt stands after a turn: everything the next turn depends on, and nothing else.

    `meters` names the shared meters and the first person's own plainly (`trust`), those of others in full
    (`carol.trust`). `shown` holds the behaviours of each reply so far, oldest first; one that took up a cue
    or was said to a person stands there once more with it (`validation of scared`, `validation to carol`).
    `answers` counts answers given, by source. `used` holds the turn each line was last said in. `recent`
    holds the last client texts, newest last, so that no words come twice in a row. `speaker` is who spoke
    last.
    """

    state: str
    seed: int
    meters: Mapping[str, float]
    counters: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    visited: tuple[str, ...] = ()
    turn: int = 0
    turns_here: int = 0
    given: tuple[str, ...] = ()
    promises: tuple[PromiseState, ...] = ()
    issues: Mapping[str, IssueState] = field(default_factory=dict)
    cues: tuple[OpenCue, ...] = ()
    shown: tuple[tuple[str, ...], ...] = ()
    last_topic: str | None = None
    answers: Mapping[str, int] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    recent: tuple[str, ...] = ()
    fired: tuple[str, ...] = ()
    ending: str | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class MissedCue:
    """A cue the client offered and nobody took up before it closed."""

    cue: str
    line_turn: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the reply, what it was read as, what it did, and the client's answer.

    `number` starts at 1. `transition` is the id of the one taken (None: stayed), `why` says in plain words
    which condition held. `effects` lists every change in order. `told` are facts disclosed in this turn.
    """

    number: int
    reading: Reading
    before: Position
    after: Position
    transition: str | None
    why: str
    effects: tuple[Effect, ...]
    told: tuple[str, ...]
    utterance: Utterance
    missed: tuple[str, ...] = ()  # cues that closed unanswered with this turn

    @property
    def reply(self) -> str:
        """The learner's words, raw."""
        return self.reading.reply
