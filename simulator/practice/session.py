"""One attempt under way: reply, take back, leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.catalogue.types import Heard, HeardLine, Reading
from simulator.conversation.turn import Position, Turn, Utterance
from simulator.practice.rescore import Reread, Rescored, heard_in, reread
from simulator.practice.values import MeterView, Opening, PracticeError, TurnResult
from simulator.store import Attempt, AttemptState, NewAssessment

if TYPE_CHECKING:
    from simulator.report.debrief import Debrief
    from simulator.rubric.assessment import Assessment
    from simulator.rubric.feedback import Feedback
    from simulator.rubric.model import Rubric
    from simulator.scenario.desk import Desk
    from simulator.scenario.model import Scenario
    from simulator.store.store import Store

Read = Callable[[str, Heard], Reading]


class Session:
    """One attempt under way. Its values change only when an operation succeeds, all at once."""

    def __init__(
        self,
        store: Store,
        read: Read,
        attempt: Attempt,
        scenario: Scenario,
        rubrics: Mapping[str, Rubric],
        opening: Opening,
        turns: tuple[Turn, ...],
    ) -> None:
        self._store = store
        self._read = read
        self._attempt = attempt
        self.scenario = scenario
        self.rubrics = tuple(rubrics.values())
        self._rubric_hashes = tuple(rubrics)
        self.opening = opening.utterance
        self._start = opening.position
        self.turns = turns

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self._attempt.id

    @property
    def parent(self) -> str | None:
        """The id of the attempt this one is a branch of, if it is one and that is still kept."""
        return self._attempt.parent

    @property
    def position(self) -> Position:
        """Where the talk stands."""
        return self.turns[-1].after if self.turns else self._start

    @property
    def ended(self) -> bool:
        """Whether an ending was reached; then only `undo` and `debrief` are left to do."""
        return self.position.ending is not None

    @property
    def desk(self) -> Desk:
        """The learner's side: what they know, may offer and may not."""
        return self.scenario.desk

    @property
    def transcript(self) -> tuple[Utterance | Turn, ...]:
        """The talk so far: the opening utterance, then each turn that stands."""
        return (self.opening, *self.turns)

    @property
    def meters(self) -> tuple[MeterView, ...]:
        """The client's inner state now, as the scenario names it."""
        return tuple(self._meter(key, value) for key, value in self.position.meters.items())

    def reply(self, text: str) -> TurnResult:
        """Say something to the client.

        What it brings is committed before this returns. Raises PracticeError for an empty reply or a talk
        that has ended, StoreError where it could not be saved; the session then stands where it stood.
        """
        from simulator.conversation import advance, heard

        text = _sayable(text)
        if self.ended:
            raise PracticeError("This talk has ended. Take back the last turn, or begin again.")
        if not text.strip():
            raise PracticeError("There is nothing to send yet. To stay silent, send (silence).")
        reading = self._read(text, heard(self.scenario, self.position, self._lines()))
        turn = advance(self.scenario, self.position, reading)
        turns = (*self.turns, turn)
        feedback = self._coach(turns)
        if turn.after.ending is None:
            self._commit("turn", turn, turns)
            return TurnResult(turn, feedback, ended=False, debrief=None)
        assessments = self._assess(turns)
        debrief = self._debrief(turns, assessments)
        self._commit("turn", turn, turns, self._kept(assessments))
        return TurnResult(turn, feedback, ended=True, debrief=debrief)

    def undo(self) -> Turn | None:
        """Take back the last turn, an ending included; it stays in the record. Gives the turn taken back,
        so that its reply can be worked on again, or None at the start of the talk. Raises StoreError."""
        if not self.turns:
            return None
        *before, last = self.turns
        self._commit("undone", {"turn": last.number}, tuple(before))
        return last

    def leave(self) -> None:
        """Stop before an ending; the talk can be resumed. Does nothing in a talk that has ended."""
        if not self.ended:
            self._commit("left", {}, self.turns, state=AttemptState.LEFT)

    def rescore(self) -> Rescored:
        """Read and score an ended talk anew, by the reader and the scorer that are installed.

        The talk stays as it was, and so does the old assessment: the new one supersedes it. Raises PracticeError for
        a talk that has not ended, StoreError where it could not be saved.
        """
        if not self.ended:
            raise PracticeError("This talk has not ended: it has no assessment yet that could be made anew.")
        turns = reread(self.scenario, self.opening, self.turns, self._read)
        before, assessments = self._stored_assessments(), self._assess(turns)
        readings = tuple(turn.reading for turn in turns)
        self._commit("rescored", Reread(readings), self.turns, self._kept(assessments))
        return Rescored(
            self.id,
            self.scenario.title,
            before={made.rubric: made.total for made in before},
            after={made.rubric: made.total for made in assessments},
            replies=sum(old.reading != new for old, new in zip(self.turns, readings, strict=True)),
            reader=readings[-1].reader,
            scorer=assessments[0].version if assessments else "",
        )

    def hint(self, step: int) -> str | None:
        """A hint for this moment: 1 a nudge, 2 the cue, 3 nearly an example. None where there is none
        (left)."""
        state = self.scenario.states.get(self.position.state)
        ladder = state.hint if state else ()
        return ladder[step - 1] if 1 <= step <= len(ladder) else None

    def feedback(self, number: int) -> Feedback:
        """The coach's word on a turn that stands, counted from 1. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.turns):
            raise IndexError(number)
        return self._coach(self.turns[:number])

    def debrief(self) -> Debrief:
        """The debrief of the talk as it stands; before an ending it is marked as unfinished. Raises
        StoreError."""
        return self._debrief(self.turns, self._stored_assessments() or self._assess(self.turns))

    def save_draft(self, text: str) -> None:
        """Keep what the learner is typing, so that it outlives a crash. Raises StoreError."""
        self._store.save_draft(self.id, _sayable(text))

    def draft(self) -> str:
        """What the learner was typing when last seen; an empty text after a reply."""
        return self._store.draft(self.id)

    def _meter(self, key: str, value: float) -> MeterView:
        person, _, name = key.rpartition(".")
        person = person or self.scenario.first_person
        meter = self.scenario.all_meters[self.scenario.meter_of(person, name)]
        return MeterView(self.scenario.people[person].name, name, value, meter.word(value), meter.good)

    def _commit(
        self,
        kind: str,
        payload: object,
        turns: tuple[Turn, ...],
        made: Sequence[NewAssessment] = (),
        state: AttemptState | None = None,
    ) -> None:
        from simulator.conversation import codec, compiled_hash

        ending = turns[-1].after.ending if turns else None
        event = self._store.append(
            self.id,
            after=self._attempt.length,
            kind=kind,
            payload=codec.to_bytes(payload).decode(),
            reader=_reader_of(payload),
            rules=compiled_hash(self.scenario) if kind == "turn" else None,
            state=state or (AttemptState.ENDED if ending else AttemptState.OPEN),
            turns=len(turns),
            ending=ending,
            outcome=self.scenario.endings[ending].outcome if ending else None,
            made=made,
        )
        self._attempt = replace(self._attempt, length=event.sequence + 1)
        self.turns = turns

    def _lines(self) -> list[HeardLine]:
        lines = heard_in(self.opening)
        for turn in self.turns:
            lines += [HeardLine("learner", turn.reply), *heard_in(turn.utterance)]
        return lines

    def _coach(self, turns: Sequence[Turn]) -> Feedback:
        from simulator.rubric.feedback import coach

        return coach(self.scenario, turns[-1], turns[:-1])

    def _assess(self, turns: Sequence[Turn]) -> tuple[Assessment, ...]:
        from simulator.rubric.assess import assess

        return tuple(assess(rubric, self.scenario, turns) for rubric in self.rubrics)

    def _stored_assessments(self) -> tuple[Assessment, ...]:
        """The assessments made when the talk ended, or since; none before that."""
        from simulator.conversation import codec
        from simulator.rubric.assessment import Assessment

        kept = {made.rubric_hash: made.payload.encode() for made in self._store.assessments(self.id)}
        return tuple(codec.from_bytes(Assessment, kept[name]) for name in self._rubric_hashes if name in kept)

    def _debrief(self, turns: Sequence[Turn], assessments: Sequence[Assessment]) -> Debrief:
        from simulator.report.debrief import debrief

        ending = turns[-1].after.ending if turns else None
        return debrief(self.scenario, self.rubrics, turns, assessments, ending)

    def _kept(self, assessments: Sequence[Assessment]) -> list[NewAssessment]:
        from simulator.conversation import codec

        return [
            NewAssessment(made.rubric, rubric_hash, made.version, codec.to_bytes(made).decode())
            for rubric_hash, made in zip(self._rubric_hashes, assessments, strict=True)
        ]


def _reader_of(payload: object) -> str:
    if isinstance(payload, Turn):
        return payload.reading.reader
    return payload.readings[-1].reader if isinstance(payload, Reread) else ""


def _sayable(text: str) -> str:
    # A terminal in another encoding hands over halves of characters, which no file can hold.
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
