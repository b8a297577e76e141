"""What a reply takes up and brings: cues answered, points, offers, promises."""

from __future__ import annotations

import pytest

from simulator.catalogue.types import Cue, CueKind, Heard, HeardLine, IssueWords, OpenCue, PointWords
from simulator.language import read

LINES = (HeardLine("client", "Are you putting us out? And will anyone ring me?"),)
DAYS = (IssueWords("days", ("day", "days")),)


def question(name: str, *answers: str, age: int = 0) -> OpenCue:
    return OpenCue(Cue(name, CueKind.QUESTION, (name,), answered_by=answers), age)


def test_a_yes_answers_the_latest_question_only() -> None:
    heard = Heard(lines=LINES, cues=(question("out", "court"), question("ring", "call you")))
    assert read("Yes.", heard).answered == ("ring",)
    assert read("No, I'm afraid.", heard).answered == ("ring",)


def test_a_question_is_answered_by_its_words() -> None:
    heard = Heard(lines=LINES, cues=(question("out", "court"), question("ring", "call you")))
    assert read("Only a court can do that.", heard).answered == ("out",)


def test_an_old_question_is_not_answered_by_a_yes() -> None:
    assert "out" not in read("Yes.", Heard(lines=LINES, cues=(question("out", "court", age=2),))).answered


def test_a_question_can_be_refused() -> None:
    heard = Heard(lines=LINES, cues=(question("out", "court"),))
    assert read("I would rather not answer that.", heard).refused == ("out",)


def test_a_feeling_cue_is_taken_up_by_a_word_of_the_same_family() -> None:
    cue = OpenCue(Cue("scared", CueKind.FEELING, ("scared",), ("letter",)))
    heard = Heard(lines=(HeardLine("client", "That letter scared me."),), cues=(cue,))
    reading = read("That letter must have been frightening.", heard)
    assert reading.answered == ("scared",)
    assert any(f.behaviour == "feeling_label" and f.cue == "scared" for f in reading.findings)


def test_what_may_not_be_offered_counts_when_it_is_offered() -> None:
    points = (PointWords("keeps_flat", ("keep the flat",), forbidden=True), PointWords("fund", ("hardship fund",)))
    heard = Heard(lines=LINES, points=points)
    assert read("You will keep the flat.", heard).has("overpromise")
    assert not read("I can't promise you keep the flat.", heard).has("overpromise")
    assert not read("Do you want to keep the flat?", heard).has("overpromise")
    assert [p.id for p in read("There is a hardship fund.", heard).points] == ["fund"]


@pytest.mark.parametrize(
    ("reply", "values", "conditional"),
    [
        ("Could you agree to ten days?", [10.0], False),
        ("How about 12?", [12.0], False),
        ("If you do a review on day five, I can take ten days.", [10.0], True),
        ("We are asking for two weeks.", [14.0], False),
        ("He walked sixty metres in four days.", [], False),
        ("You only offered five days.", [], False),
        ("Five days is not enough.", [], False),
    ],
)
def test_numbers_put_on_the_table(reply: str, values: list[float], *, conditional: bool) -> None:
    offers = read(reply, Heard(lines=LINES, issues=DAYS)).offers
    assert [offer.value for offer in offers][-1:] == values
    assert any(offer.conditional for offer in offers) is conditional


@pytest.mark.parametrize(
    ("reply", "what", "when"),
    [
        ("I'll ring you before five.", "ring me before five", "before five"),
        ("ill call you tomorrow", "call me tomorrow", "tomorrow"),
        ("I will send the form today.", "send the form today", "today"),
        ("We are going to find out.", "find out", ""),
    ],
)
def test_promises_in_words_the_client_can_quote(reply: str, what: str, when: str) -> None:
    (promise,) = read(reply, Heard(lines=LINES)).promises
    assert (promise.what, promise.when) == (what, when)


@pytest.mark.parametrize(
    "reply", ["I will not call you.", "Will I ring you?", "He said I will call you.", "I'll be honest with you."]
)
def test_these_promise_nothing(reply: str) -> None:
    assert read(reply, Heard(lines=LINES)).promises == ()


def test_sorry_before_what_went_wrong_is_an_apology_for_it() -> None:
    heard = Heard(lines=(HeardLine("client", "Four weeks I've been ringing."),))
    assert read("I'm so sorry, seven calls and nobody rang you back.", heard).has("apologise_specific")
    assert not read("I'm sorry, but nobody told me you were waiting.", heard).has("apologise_specific")


@pytest.mark.parametrize(
    ("reply", "offer"),
    [
        ("Twelve.", ("days", 12.0)),
        ("no. seven is rubbish. ten or we appeal", ("days", 10.0)),
        ("Make it two then.", ("hours", 2.0)),
        ("how about fourteen?", ("days", 14.0)),
    ],
)
def test_a_number_without_a_unit_is_of_the_issue_it_fits(reply: str, offer: tuple[str, float]) -> None:
    issues = (IssueWords("hours", ("hour", "hours"), 1, 3), IssueWords("days", ("day", "days"), 5, 12))
    made = read(reply, Heard(issues=issues)).offers
    assert (made[-1].issue, made[-1].value) == offer
