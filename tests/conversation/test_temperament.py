"""Temperaments: those that ship, and how a slip in one is reported."""

from __future__ import annotations

import pytest

from simulator.catalogue.loader import DATA, CatalogueError, catalogue
from simulator.conversation.temperament import parse, temperament
from simulator.conversation.voice import settings
from simulator.scenario.people import SPECIAL_VOICES

SHIPPED = sorted(path.stem for path in (DATA / "temperaments").glob("*.yaml"))
MOODS = ("heated", "guarded", "open")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_temperament_can_answer_anything(name):
    voice = temperament(name).voice
    known = set(catalogue().names()) | set(SPECIAL_VOICES)
    assert set(voice) <= known
    for mood in MOODS:
        assert len({line for key in settings()["last"] for line in voice[key].at(mood)}) >= 4
        asked = ("asked_unknown", "asked_again", "asked_to_agree", *settings()["asked"].values())
        assert all(voice[key].at(mood) for key in ("silence", "told_nothing", *asked))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_question_without_words_to_say_back_can_be_admitted_too(name):
    voice = temperament(name).voice["asked_unknown"]
    assert all(any("{" not in line for line in voice.at(mood)) for mood in MOODS)


def test_lines_for_every_mood_and_for_each():
    voice = {"greet": "Hello.", "blame": {"heated": ["Out!"], "open": "Please."}}
    read = parse("calm", {"name": "Calm", "about": "Calm.", "reactions": {"trust": "0.5"}, "voice": voice})
    assert [read.voice["greet"].at(mood) for mood in MOODS] == [("Hello.",)] * 3
    assert [read.voice["blame"].at(mood) for mood in MOODS] == [("Out!",), (), ("Please.",)]
    assert read.reactions == {"trust": 0.5}


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"name": "Calm", "about": "Calm."}, "calm lacks voice"),
        ({"name": "Calm", "about": "Calm.", "voice": {"greet": {"furious": ["Out!"]}}}, "calm: "),
        ({"name": "Calm", "about": "Calm.", "voice": {}, "reactions": {"trust": "much"}}, "calm: "),
        ([], "calm: "),
    ],
)
def test_a_slip_is_reported_with_the_temperaments_name(data, complaint):
    with pytest.raises(CatalogueError, match=complaint):
        parse("calm", data)


def test_there_is_no_temperament_of_another_name():
    with pytest.raises(CatalogueError, match="sunny"):
        temperament("sunny")
