"""The small shared types: what a reply was found to do, and what the client had offered before it.

`language` makes readings and knows no scenario; `scenario` describes people and knows no reading.
Both speak in these types. All are immutable and all turn into plain JSON values and back, because an
attempt is resumed and audited from its stored readings and never reread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class CueKind(StrEnum):
    """What sort of thing the client offered for the learner to pick up."""

    FEELING = "feeling"
    NEED = "need"
    WORRY = "worry"
    STRENGTH = "strength"
    VALUE = "value"
    RISK = "risk"
    QUESTION = "question"
    POSITION = "position"
    INTEREST = "interest"
    CULTURE = "culture"


class QuestionKind(StrEnum):
    """What a question asks for. `ANY` on an answer accepts every kind; a reading never holds it."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHICH = "which"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    HOW_OFTEN = "how often"
    HOW_OLD = "how old"
    HOW_FEEL = "how feel"
    YES_NO = "yes or no"
    MORE = "more"  # an invitation: "tell me about ...", "go on"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the raw reply: code points, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Something in a client's line that a good reply would pick up.

    `words` name it, `about` says what it concerns, `answered_by` (questions) what counts as an answer.
    `strength` runs from 1 (mild) to 3 (overwhelming). `inferred` cues come from `language`, not an author.
    Ids are unique in a scenario.
    """

    id: str
    kind: CueKind
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    strength: int = 2
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class OpenCue:
    """A cue still unanswered. `age` counts the client's utterances since it was offered: 0 is the last one."""

    cue: Cue
    age: int = 0
    passed_over: int = 0  # replies that did not answer it
    who: str = ""  # the person who offered it


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One utterance of the talk so far. `speaker` is "client" or "learner"; `who` a person's id."""

    speaker: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A topic the client can be asked about: words and phrases that mean it, and whole questions as people put
    them."""

    id: str
    words: tuple[str, ...]
    asked_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointWords:
    """A thing the learner may bring (a desk item): words and phrases that say it.

    `forbidden` marks what the learner may not offer: bringing it is an overpromise. `shows` names behaviours that
    bringing it is, by what it is about (a published test is an objective criterion however it is worded).
    """

    id: str
    words: tuple[str, ...]
    forbidden: bool = False
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueWords:
    """A negotiable quantity and the words of its unit ("days", "day"). `least` and `most` span the numbers that are
    talked of: a number without a unit is of the issue it fits."""

    id: str
    words: tuple[str, ...]
    least: float = 0.0
    most: float = math.inf

    def misses(self, value: float) -> float:
        """How far a number lies outside those talked of, as a ratio; 1 for one of them."""
        return max(1.0, self.least / value if value else math.inf, value / self.most if self.most else math.inf)


@dataclass(frozen=True, slots=True)
class PersonNames:
    """A person in the room and the names a reply may turn to them by."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reply is read against. Everything may be empty; `lines` runs oldest first."""

    lines: tuple[HeardLine, ...] = ()
    cues: tuple[OpenCue, ...] = ()
    topics: tuple[TopicWords, ...] = ()
    last_topic: str | None = None
    points: tuple[PointWords, ...] = ()
    issues: tuple[IssueWords, ...] = ()
    people: tuple[PersonNames, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One behaviour found in a reply.

    `confidence` is 0 to 1. `rule` names what found it. `cue` is the id of the cue it takes up, `strength`
    how fully (0 not, 1 weak, 2 strong: EPITOME, Sharma 2020). `also` holds further cues the same words take up.
    `to` is the person it was said to.
    """

    behaviour: str
    span: Span
    confidence: float
    rule: str
    cue: str | None = None
    strength: int = 0
    to: str | None = None
    also: tuple[str, ...] = ()

    @property
    def guessed(self) -> bool:
        """Whether no rule found it, the light model alone."""
        return self.rule.startswith("model.")


@dataclass(frozen=True, slots=True)
class Question:
    """Something the learner asked. `topic` is the best match (None: nobody foresaw it), `score` 0 to 1,
    `subject` the words asked about, for a client who must admit the question. `to` is the person it was put to by
    name, "" where it came before a name was called; `meaning` says that it asks what the client has just meant,
    `proposes` that it puts something to them to agree to, `states` that it has the form of a statement ("So they read
    it?"). `others` are topics it may be about hardly less surely, each with its score."""

    kind: QuestionKind
    span: Span
    topic: str | None = None
    score: float = 0.0
    subject: str = ""
    to: str | None = None
    meaning: bool = False
    proposes: bool = False
    states: bool = False
    others: tuple[tuple[str, float], ...] = ()

    def may_ask(self, topic: str) -> bool:
        """Whether it may be about a topic."""
        return topic == self.topic or any(topic == other for other, _ in self.others)


@dataclass(frozen=True, slots=True)
class Mention:
    """A point (desk item) the learner brought, or a topic spoken of outside any question."""

    id: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A number put on an issue. `conditional` when it was tied to something in return."""

    issue: str
    value: float
    span: Span
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What the learner undertook to do: who, what, when, in words a client can quote ("you" for the learner)."""

    who: str
    what: str
    when: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one reply.

    `quality` runs from -1 (harmful) to 1 (skilled). `gates` names the checks that limited it (parrot, stuffing,
    not_understood ...). `discrepancies` holds topics where the learner noticed what does not fit.
    `addressed` is the person turned to by name. `answered` and `refused` hold ids of cues. `reader` is the version.
    """

    reply: str
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    points: tuple[Mention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    offers: tuple[Offer, ...] = ()
    promises: tuple[Promise, ...] = ()
    discrepancies: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    addressed: str | None = None
    quality: float = 0.0
    reader: str = ""

    def has(self, behaviour: str) -> bool:
        """Whether the behaviour was found at all."""
        return any(finding.behaviour == behaviour for finding in self.findings)
