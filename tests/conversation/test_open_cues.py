"""Cues: open, taken up, passed over, dodged, closed."""

from __future__ import annotations

from talk import play, reads, scenario

from simulator.conversation import begin

FELT = {"cross": {"feeling": ["cross"]}}
ASKED = {"when": {"question": ["when"], "answered_by": ["Tuesday"]}}


def talk(cues, **first):
    return scenario(first={"line": {"line": "They never rang.", "cues": cues}, **first})


def open_cues(position):
    return [(cue.cue.id, cue.age, cue.passed_over) for cue in position.cues]


def deflections(turn):
    return [finding for finding in turn.reading.findings if finding.behaviour == "deflect"]


def test_the_first_line_offers_its_cues():
    assert open_cues(begin(talk(FELT | ASKED), 1)[0]) == [("cross", 0, 0), ("when", 0, 0)]


def test_a_cue_grows_older_until_it_closes_and_is_missed():
    turns = play(talk(FELT), *[reads()] * 4)
    assert [open_cues(turn.after) for turn in turns] == [[("cross", 1, 1)], [("cross", 2, 2)], [("cross", 3, 3)], []]
    assert [turn.missed for turn in turns] == [(), (), (), ("cross",)]


def test_a_cue_taken_up_is_open_no_longer_and_never_missed():
    turns = play(talk(FELT | ASKED), reads("feeling_label of cross", answered=("cross",)), *[reads()] * 4)
    assert open_cues(turns[0].after) == [("when", 1, 1)]
    assert {cue for turn in turns for cue in turn.missed} == {"when"}


def test_a_cue_offered_again_is_fresh():
    of = talk({}, otherwise={"line": ["Well.", "So.", "And.", "Oh.", "Hm."], "cues": FELT})
    turns = play(of, reads(), reads(), reads("summary of cross", answered=("cross",)))
    assert [open_cues(turn.after) for turn in turns] == [[("cross", 0, 0)], [("cross", 0, 1)], [("cross", 0, 0)]]


def test_a_question_asked_again_after_it_was_dodged_can_be_dodged_again():
    of = talk({}, otherwise={"line": ["Well.", "So.", "And.", "Oh.", "Hm."], "cues": ASKED})
    turns = play(of, *[reads()] * 5)
    assert [len(deflections(turn)) for turn in turns] == [0, 0, 1, 0, 1]


def test_a_question_is_dodged_when_it_is_passed_over_twice_and_only_once():
    turns = play(talk(ASKED), reads("summary"), reads("summary"), reads("summary"))
    assert [len(deflections(turn)) for turn in turns] == [0, 1, 0]
    (dodge,) = deflections(turns[1])
    assert (dodge.cue, dodge.span.end) == ("when", len(turns[1].reply))
    assert "deflect" in turns[1].after.shown[-1]


def test_other_cues_are_never_dodged():
    assert not any(deflections(turn) for turn in play(talk(FELT), *[reads()] * 4))


def test_a_refused_question_is_dodged_at_once():
    turns = play(talk(ASKED), reads(refused=("when",)), reads())
    assert [len(deflections(turn)) for turn in turns] == [1, 0]


def test_a_reply_nobody_understood_passes_nothing_over():
    turns = play(talk(ASKED), reads(gates=("not_understood",)), reads(gates=("not_understood",)), reads())
    assert not any(deflections(turn) for turn in turns)


def test_conditions_see_the_dodge_and_it_does_not_spoil_help():
    of = talk(ASKED, transitions=[{"id": "help", "when": "validation"}, {"id": "dodge", "when": "any_roadblock"}])
    turns = play(of, reads(), reads())
    assert [turn.transition for turn in turns] == [None, "dodge"]
    assert play(of, reads(), reads("validation"))[-1].transition == "help"


def test_a_stored_reading_can_be_taken_again():
    of = talk(ASKED)
    first, second = play(of, reads(), reads())
    assert play(of, second.reading, start=first.after) == [second]
