from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event as hooks

from simulator import conversation
from simulator.catalogue.types import Finding, Heard, Reading, Span
from simulator.conversation import Position, Turn, to_bytes
from simulator.library import Library, LibraryError
from simulator.practice import Practice, PracticeError, Session
from simulator.scenario import Scenario
from simulator.store import AttemptState, StoreError, open_store

TIRED = "You have been waiting since nine and you are worn out."
RUDE = "Calm down."
FOUND = {TIRED: ("feeling_label", "tired"), RUDE: ("calm_down", None)}


def read(text: str, heard: Heard) -> Reading:
    """A reader that knows two replies."""
    behaviour, cue = FOUND.get(text, ("", None))
    found = (Finding(behaviour, Span(0, len(text)), 0.9, "told", cue, 2 if cue else 0),) if behaviour else ()
    answered = (cue,) if cue else ()
    return Reading(reply=text, findings=found, answered=answered, quality=0.5 if cue else 0.0, reader="told-1")


def never_read(text: str, heard: Heard) -> Reading:
    raise AssertionError("what was stored is never read again")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now


Open = Callable[..., Practice]


@pytest.fixture
def open_practice(home: Path, short_talk: Path) -> Open:
    clock = Clock()

    def opened(reader: Callable[[str, Heard], Reading] = read) -> Practice:
        return Practice(open_store(home / "record.db", clock), Library(), reader)

    return opened


@pytest.fixture
def practice(open_practice: Open) -> Practice:
    return open_practice()


def ended(practice: Practice) -> Session:
    session = practice.begin("short-talk", seed=1)
    for reply in (TIRED, "It is nearly five.", "I am here."):
        session.reply(reply)
    assert session.ended
    return session


def everything(session: Session) -> bytes:
    """All a session is, as bytes."""
    return b"\n".join([to_bytes(session.opening), *map(to_bytes, session.turns), to_bytes(session.position)])


def test_a_reply_brings_the_answer_the_coach_and_the_ending(practice: Practice) -> None:
    session = practice.begin("short-talk", seed=1)
    result = session.reply(TIRED)
    assert result.turn.after.state == "second"
    assert "What happens now?" in result.turn.utterance.text
    assert result.feedback.strength is not None
    assert result.feedback.strength.quote == TIRED
    assert (result.ended, result.debrief) == (False, None)
    session.reply("It is nearly five.")
    last = session.reply("I am here.")
    assert last.ended
    assert last.debrief is not None
    assert last.debrief.outcome == "met"
    assert [objective.met for objective in last.debrief.objectives] == [True]


def test_a_resumed_talk_is_the_same_to_the_byte_and_is_never_read_again(open_practice: Open, short_talk: Path) -> None:
    session = open_practice().begin("short-talk", seed=5)
    session.reply(TIRED)
    session.reply("Ünd ‘so’ 😀\u202e\x1b[31m on?")
    short_talk.write_text("not a scenario any more")
    resumed = open_practice(never_read).resume(session.id)
    assert everything(resumed) == everything(session)
    assert resumed.scenario == session.scenario
    assert resumed.rubrics == session.rubrics
    assert [to_bytes(resumed.feedback(number)) for number in (1, 2)] == [
        to_bytes(session.feedback(number)) for number in (1, 2)
    ]
    assert to_bytes(resumed.debrief()) == to_bytes(session.debrief())


def test_a_resumed_talk_goes_on_as_the_unbroken_one_does(open_practice: Open) -> None:
    unbroken = open_practice().begin("short-talk", seed=9)
    broken = open_practice().begin("short-talk", seed=9)
    for reply in ("Hm.", RUDE, TIRED):
        unbroken.reply(reply)
        broken.reply(reply)
        broken = open_practice().resume(broken.id)
    assert everything(broken) == everything(unbroken)


def test_what_cannot_be_saved_leaves_the_talk_where_it_stood(practice: Practice) -> None:
    session = practice.begin("short-talk", seed=1)
    session.reply("Hm.")
    before = everything(session)
    engine = practice.store._engine
    engine.dispose()
    full = lambda connection, _: connection.execute("PRAGMA max_page_count = 1").close()  # noqa: E731
    hooks.listen(engine, "connect", full)
    with pytest.raises(StoreError, match="disk is full"):
        session.reply("x" * 200_000)
    assert everything(session) == before
    hooks.remove(engine, "connect", full)
    engine.dispose()
    session.reply(TIRED)
    assert practice.resume(session.id).position == session.position
    assert practice.store.verify(session.id) == []


def test_undo_takes_back_the_last_turn_and_keeps_it_on_record(open_practice: Open) -> None:
    practice = open_practice()
    session = practice.begin("short-talk", seed=1)
    start = everything(session)
    assert session.undo() is None
    session.reply(RUDE)
    taken = session.undo()
    assert taken is not None
    assert taken.reply == RUDE
    assert everything(session) == start
    session.reply(TIRED)
    resumed = open_practice(never_read).resume(session.id)
    assert [turn.reply for turn in resumed.turns] == [TIRED]
    assert everything(resumed) == everything(session)
    kinds = [event.kind for event in practice.store.events(session.id)]
    assert kinds == ["opening", "turn", "undone", "turn"]
    assert practice.store.verify(session.id) == []


def test_an_ending_can_be_taken_back_and_reached_anew(practice: Practice) -> None:
    session = ended(practice)
    first = practice.store.assessments(session.id)
    assert [made.rubric_id for made in first] == ["active-listening"]
    session.undo()
    assert not session.ended
    assert practice.store.assessments(session.id) == []
    assert practice.store.attempt(session.id).state is AttemptState.OPEN
    session.reply("I will ring you before five.")
    assert session.ended
    assert [made.id for made in practice.store.assessments(session.id)] != [made.id for made in first]


def test_a_talk_that_has_ended_takes_no_reply(practice: Practice) -> None:
    session = ended(practice)
    before = everything(session)
    with pytest.raises(PracticeError, match="has ended"):
        session.reply("One more thing.")
    session.leave()
    assert everything(practice.resume(session.id)) == before
    assert practice.store.attempt(session.id).state is AttemptState.ENDED


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\0"])
def test_an_empty_reply_is_refused_and_silence_is_named(practice: Practice, text: str) -> None:
    session = practice.begin("short-talk")
    with pytest.raises(PracticeError, match="silence"):
        session.reply(text)
    assert session.turns == ()


def test_half_a_character_is_replaced_and_the_talk_goes_on(practice: Practice) -> None:
    session = practice.begin("short-talk")
    assert session.reply("caf\udce9").turn.reply == "caf?"
    session.save_draft("caf\udce9\0")
    assert session.draft() == "caf?"


def test_two_windows_on_one_talk_do_not_tear_it(open_practice: Open) -> None:
    one = open_practice().begin("short-talk", seed=1)
    two = open_practice().resume(one.id)
    one.reply(TIRED)
    with pytest.raises(StoreError, match="another window"):
        two.reply(RUDE)
    assert two.turns == ()
    assert [turn.reply for turn in open_practice().resume(one.id).turns] == [TIRED]


def test_unfinished_talks_are_those_with_a_turn_or_a_draft(practice: Practice) -> None:
    practice.begin("short-talk")
    with_draft = practice.begin("short-talk")
    with_draft.save_draft("I wonder")
    left = practice.begin("short-talk")
    left.reply("Hm.")
    left.leave()
    ended(practice)
    found = practice.unfinished()
    assert [past.attempt.id for past in found] == [left.id, with_draft.id]
    assert [past.attempt.state for past in found] == [AttemptState.LEFT, AttemptState.OPEN]
    assert practice.latest() == left.id
    practice.resume(left.id).reply("Here I am again.")
    assert practice.store.attempt(left.id).state is AttemptState.OPEN


def test_history_shows_endings_and_totals_the_latest_first(practice: Practice) -> None:
    finished = ended(practice)
    open_one = practice.begin("short-talk")
    open_one.reply("Hm.")
    practice.begin("short-talk")
    latest, first = practice.history()
    assert (latest.attempt.id, latest.ending, latest.outcome, latest.totals) == (open_one.id, None, None, {})
    assert (first.attempt.id, first.ending, first.outcome) == (finished.id, "done", "met")
    debrief = practice.debrief(finished.id)
    assert first.totals == {"active-listening": debrief.rubrics[0].total}
    assert first.title == "A short talk"


def test_a_debrief_before_an_ending_says_so(practice: Practice) -> None:
    session = practice.begin("short-talk")
    assert session.debrief().replies == 0
    session.reply(TIRED)
    debrief = practice.debrief(session.id)
    assert (debrief.finished, debrief.replies) == (False, 1)
    assert all(rubric.indicative for rubric in debrief.rubrics)


def test_the_debrief_of_an_ended_talk_is_the_assessment_made_then(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ended(practice)
    monkeypatch.setattr("simulator.rubric.assess.assess", lambda *_: pytest.fail("assessed again"))
    assert practice.debrief(session.id).finished


def test_a_random_seed_is_kept_and_a_given_one_decides(practice: Practice) -> None:
    seeds = {practice.store.attempt(practice.begin("short-talk").id).seed for _ in range(8)}
    assert len(seeds) > 1
    one, two = practice.begin("short-talk", seed=3), practice.begin("short-talk", seed=3)
    for reply in ("Hm.", "Well.", TIRED):
        assert to_bytes(one.reply(reply).turn) == to_bytes(two.reply(reply).turn)


def test_hints_get_plainer_and_end(practice: Practice) -> None:
    session = practice.begin("short-talk")
    assert session.hint(1) == "She named a feeling."
    assert session.hint(3) == "Say that she is tired."
    assert (session.hint(0), session.hint(4)) == (None, None)
    session.reply(TIRED)
    assert session.hint(1) == "She asked something."
    assert ended(practice).hint(1) is None


def test_meters_are_named_in_the_scenarios_words(practice: Practice) -> None:
    session = practice.begin("short-talk")
    trust = next(meter for meter in session.meters if meter.name == "trust")
    assert (trust.person, trust.value, trust.word, trust.good) == ("Ada", 30, "wary", "high")


def test_an_attempt_is_found_by_the_start_of_its_id(practice: Practice) -> None:
    sessions = [practice.begin("short-talk") for _ in range(40)]
    whole = sessions[0].id
    assert practice.attempt_id(whole[:13].upper()) == whole
    common = next(one for one in "0123456789abcdef" if sum(s.id.startswith(one) for s in sessions) > 1)
    with pytest.raises(PracticeError, match="Several"):
        practice.attempt_id(common)
    for unknown in ("", "zzzz"):
        with pytest.raises(PracticeError, match="no attempt"):
            practice.attempt_id(unknown)


def test_an_unknown_scenario_or_attempt_is_an_error_and_leaves_no_trace(practice: Practice) -> None:
    with pytest.raises(LibraryError, match="Did you mean `short-talk`"):
        practice.begin("short-tlk")
    with pytest.raises(StoreError, match="holds no attempt"):
        practice.resume("nobody")
    with pytest.raises(PracticeError, match="no unfinished talk"):
        practice.latest()
    assert practice.store.attempts() == []


def test_an_attempt_replays_from_its_readings_whatever_the_reader_and_the_file_are_now(
    open_practice: Open, short_talk: Path
) -> None:
    session = ended(open_practice())
    session.undo()
    session.reply("Well.")
    short_talk.unlink()
    replay = open_practice(never_read).replay(session.id)
    assert (replay.turns, replay.again, replay.differences) == (4, 4, ())


def test_a_replay_names_the_turn_that_would_go_otherwise(open_practice: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    session = ended(open_practice())
    kept = conversation.advance

    def otherwise(scenario: Scenario, position: Position, reading: Reading) -> Turn:
        turn = kept(scenario, position, reading)
        return replace(turn, why="for another reason") if turn.number == 2 else turn

    monkeypatch.setattr("simulator.conversation.advance", otherwise)
    (difference,) = open_practice().replay(session.id).differences
    assert difference == "turn 2 (event 2) would go otherwise now, by the same rules"


def test_turns_played_by_other_rules_are_held_against_what_is_stored_alone(
    open_practice: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_practice().begin("short-talk", seed=1)
    session.reply("Hm.")
    monkeypatch.setattr("simulator.conversation.version.RULES_VERSION", "later")
    newer = open_practice(read)
    resumed = newer.resume(session.id)
    resumed.reply(TIRED)
    replay = open_practice(never_read).replay(session.id)
    assert (replay.turns, replay.again, replay.differences) == (2, 1, ())


def test_a_rescore_supersedes_the_assessment_and_leaves_the_talk_as_it_was(open_practice: Open) -> None:
    practice = open_practice()
    session = ended(practice)
    before, debriefed = everything(session), practice.debrief(session.id)
    (old,) = practice.store.assessments(session.id)
    better = open_practice(lambda text, heard: replace(read(RUDE, heard), reply=text, reader="told-2"))
    rescored = better.resume(session.id).rescore()
    (new,) = practice.store.assessments(session.id)
    assert new.id != old.id
    assert (rescored.before, rescored.after) == ({old.rubric_id: old.total}, {new.rubric_id: new.total})
    assert (rescored.replies, rescored.reader, rescored.scorer) == (3, "told-2", new.scorer)
    assert new.total != old.total
    assert everything(open_practice(never_read).resume(session.id)) == before
    again = open_practice(never_read).debrief(session.id)
    assert [rubric.total for rubric in again.rubrics] == [new.total]
    assert [rubric.total for rubric in debriefed.rubrics] == [old.total]
    event = practice.store.events(session.id)[-1]
    assert (event.kind, event.reader) == ("rescored", "told-2")
    attempt = practice.store.attempt(session.id)
    assert (attempt.state, attempt.turns, attempt.outcome) == (AttemptState.ENDED, 3, "met")
    assert practice.store.verify(session.id) == []


def test_only_a_talk_that_has_ended_can_be_rescored(practice: Practice) -> None:
    session = practice.begin("short-talk")
    session.reply(TIRED)
    with pytest.raises(PracticeError, match="not ended"):
        session.rescore()
    assert practice.ended() == []
    finished = ended(practice)
    assert practice.ended() == [finished.id]


def test_a_rewind_begins_a_branch_that_remembers_its_parent(open_practice: Open, short_talk: Path) -> None:
    practice = open_practice()
    session = ended(practice)
    before = everything(session)
    short_talk.write_text("not a scenario any more")
    branch = open_practice(never_read).rewind(session.id, 2)
    assert (branch.turns, branch.draft()) == (session.turns[:1], "It is nearly five.")
    attempt = practice.store.attempt(branch.id)
    parent = practice.store.events(session.id)
    assert (attempt.parent, attempt.parent_turn, attempt.parent_event) == (session.id, 1, parent[1].id)
    assert practice.store.attempt(session.id).seed == attempt.seed
    resumed = open_practice().resume(branch.id)
    assert to_bytes(resumed.reply("It is nearly five.").turn) == to_bytes(session.turns[1])
    assert everything(practice.resume(session.id)) == before
    assert practice.store.verify(branch.id) == []
    assert practice.replay(branch.id).again == 2
    assert [past.branch for past in practice.history()] == [f"a branch of {session.id[:8]} from turn 2", ""]


def test_turns_taken_back_are_no_turns_to_go_back_to(practice: Practice) -> None:
    session = practice.begin("short-talk")
    with pytest.raises(PracticeError, match="no turn yet"):
        practice.rewind(session.id, 1)
    session.reply(RUDE)
    session.undo()
    session.reply("Hm.")
    for turn in (0, 2):
        with pytest.raises(PracticeError, match=f"no turn {turn}: it has one turn"):
            practice.rewind(session.id, turn)
    assert practice.rewind(session.id, 1).draft() == "Hm."
    assert len(practice.store.attempts()) == 2


def test_two_paths_are_compared_from_where_they_part(practice: Practice) -> None:
    session = ended(practice)
    branch = practice.rewind(session.id, 2)
    branch.reply(RUDE)
    found = practice.compare(session.id, branch.id)
    assert (found.shared, found.left.finished, found.right.finished) == (1, True, False)
    first, second = found.steps
    assert first.left is not None
    assert first.right is not None
    assert (first.turn, first.left.reply, first.right.reply) == (2, "It is nearly five.", RUDE)
    assert (second.turn, second.right) == (3, None)
    trust = next(line for line in found.meters if line.name == "trust")
    assert trust.left != trust.right
    assert practice.compare(session.id, session.id).steps == ()


def test_talks_of_two_scenarios_are_not_compared(practice: Practice) -> None:
    one, other = practice.begin("short-talk"), practice.begin("rent-arrears")
    with pytest.raises(PracticeError, match="one scenario"):
        practice.compare(one.id, other.id)
