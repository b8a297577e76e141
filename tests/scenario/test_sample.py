"""The sample of the design, loaded: what every feature of the format becomes."""

from __future__ import annotations

import pickle

import pytest

from simulator.catalogue.types import Cue, CueKind, IssueWords, PersonNames, PointWords, QuestionKind
from simulator.scenario import Scenario, check_file, load_file, load_text
from simulator.scenario.lines import Line
from simulator.scenario.walk import conditions_of, lines_of

from .samples import FOLDER, SAMPLE


@pytest.fixture(scope="module")
def sample() -> Scenario:
    return load_file(FOLDER / "sample.yaml")


@pytest.fixture(scope="module")
def meeting() -> Scenario:
    return load_file(FOLDER / "two-people.yaml")


def test_the_samples_have_no_problem() -> None:
    assert check_file(FOLDER / "sample.yaml").problems == ()
    assert check_file(FOLDER / "two-people.yaml").problems == ()


def test_head(sample: Scenario) -> None:
    assert (sample.format, sample.id, sample.difficulty, sample.minutes) == (1, "sample", 2, 8)
    assert sample.practises == ("active listening", "de-escalation")
    assert sample.brief.endswith("She has rung for four weeks.")
    assert sample.help_line == "Samaritans, 116 123"
    assert list(sample.objectives) == ["reason", "step"]
    assert sample.current_state("the_desk") == "at_the_desk"
    assert sample.current_state("opens_up") == "opens_up"


def test_client_becomes_one_person(sample: Scenario) -> None:
    assert list(sample.people) == ["client"]
    assert sample.first_person == "client"
    denise = sample.people["client"]
    assert denise.names == ("Denise", "Ms Carter")
    assert denise.reactions["agitation"] == 1.2
    assert list(denise.knows) == ["children", "letter", "work"]
    assert sample.person_names == (PersonNames("client", ("Denise", "Ms Carter")),)


def test_voice_has_lines_by_mood_or_for_any(sample: Scenario) -> None:
    voice = sample.people["client"].voice
    assert voice["advice_without_permission"].at("open") == ("You think I haven't thought of that?",)
    assert voice["any_roadblock"].at("heated") == ("Don't you dare.",)
    assert voice["any_roadblock"].at("guarded") == ("If you say so.",)


def test_topics_take_words_from_the_catalogue(sample: Scenario) -> None:
    words = {topic.id: topic.words for topic in sample.people["client"].topic_words()}
    assert words["letter"] == ("letter", "notice", "the door")
    assert words["children"][:3] == ("kids", "son", "daughter")
    assert "job" in words["work"]


def test_answers(sample: Scenario) -> None:
    children = sample.people["client"].knows["children"]
    how_many, how_old, moving, _ = children.answers
    assert how_many.asks == (QuestionKind.HOW_MANY,)
    assert how_many.line_at(49).variants == ("Two. What's that got to do with it?",)
    assert how_many.line_at(50).variants == ("Two. Twelve and seven.",)
    assert not how_many.accepts(QuestionKind.WHY)
    assert moving.accepts(QuestionKind.WHY)
    assert how_old.line_at(0).effects.set_flags == ("son_named",)
    assert moving.line_at(0).cues["moving"].strength == 3
    assert children.again == Line(line=["I told you about my kids."])
    told, lie = sample.people["client"].knows["work"].answers
    assert told.line_at(0).tells == ("hours_cut",)
    assert (lie.lie, lie.hides) == (True, "hours_cut")


def test_desk_points(sample: Scenario) -> None:
    assert list(sample.points) == ["court_order", "payment_plan", "keeps_flat"]
    assert sample.desk.know[1].text == "The notice on her door is a first notice."
    assert not sample.desk.know[1].is_point
    court = sample.points["court_order"]
    assert court.line is not None
    assert court.line.effects.changes == {"agitation": -5}
    assert str(court.when) == "not given court_order"
    assert sample.points["keeps_flat"].line == Line(line="You can't promise that.", does="She laughs.")
    assert sample.point_words[2] == PointWords("keeps_flat", ("you'll keep the flat", "keep your home"), forbidden=True)
    assert not sample.point_words[0].forbidden


def test_meters(sample: Scenario) -> None:
    assert list(sample.meters) == ["trust", "agitation", "hope"]
    assert (sample.meters["trust"].start, sample.meters["agitation"].start) == (25, 60)
    agitation = sample.meters["agitation"]
    assert agitation.good == "low"
    assert [agitation.word(value) for value in (0, 24, 25, 74, 75, 100)] == [
        "calm", "calm", "tense", "angry", "at the edge", "at the edge",
    ]  # fmt: skip
    assert sample.counters == {"dodges": 0}
    assert sample.flags == ("son_named", "partner_here")


def test_promises_and_issues(sample: Scenario) -> None:
    promise = sample.promises["call_back"]
    assert (promise.about, promise.due, str(promise.kept)) == (
        ("call", "ring", "phone"), "next_morning", "said close_with_plan",
    )  # fmt: skip
    days = sample.issues["days"]
    assert (days.learner_needs, days.client_limit, days.start, days.better) == (14, 10, 5, "high")
    assert sample.issue_words == (IssueWords("days", ("day", "days"), 5, 14),)


def test_states_and_transitions(sample: Scenario) -> None:
    assert list(sample.states) == ["at_the_desk", "opens_up", "next_morning"]
    desk = sample.states["at_the_desk"]
    assert desk.line is not None
    assert desk.line.does == "She stays standing."
    assert list(desk.line.cues) == ["scared", "ignored"]
    assert len(desk.hint) == 3
    assert desk.otherwise is not None
    assert len(desk.otherwise.variants) == 2
    heard, roadblock = desk.transitions
    assert (heard.id, heard.to, heard.speaks) == ("heard", "opens_up", False)
    assert heard.effects.changes == {"trust": 15, "agitation": -15}
    assert (roadblock.id, roadblock.to, roadblock.speaks) == ("at_the_desk.2", None, True)
    assert roadblock.effects.changes == {"agitation": 20, "dodges": 1}
    assert [one.id for one in sample.transitions_at("at_the_desk")][:3] == ["anywhere.1", "anywhere.2", "heard"]
    assert sample.transition_ids["opens_up.1"].once
    assert sample.transition_ids["opens_up.1"].effects.concede == {"days": 2}
    assert sample.transition_ids["opens_up.1"].effects.clear_flags == ("partner_here",)
    assert sample.transition_ids["opens_up.2"].effects.agree == ("days",)
    assert sample.transition_ids["next_morning.1"].effects.keep == ("call_back",)
    assert sample.transition_ids["next_morning.2"].effects.break_ == ("call_back",)
    assert sample.states["next_morning"].later == "next morning"
    assert str(sample.states["opens_up"].unsafe_when) == "flag partner_here"


def test_cues(sample: Scenario) -> None:
    assert sample.cue("scared") == Cue(
        "scared", CueKind.FEELING, ("scared", "frightened", "afraid"), ("letter", "home", "kids", "eviction")
    )
    assert sample.cue("out").answered_by == ("court order", "two months", "not today")
    assert sample.cue("held_on").kind is CueKind.STRENGTH
    assert sample.cue("relief").words == ("relieved",)
    assert list(sample.cues) == ["moving", "scared", "ignored", "out", "proud", "held_on", "relief"]
    with pytest.raises(KeyError):
        sample.cue("nothing")


def test_endings_and_facts(sample: Scenario) -> None:
    assert sample.facts == {"hours_cut": "Her night hours were cut in March."}
    out = sample.endings["walks_out"]
    assert out.line is not None
    assert (out.outcome, out.relationship, out.line.does) == ("not_met", "weaker", "She goes.")
    assert out.debrief == "What tipped it was being told, again, to wait."


def test_scripted_tests(sample: Scenario) -> None:
    (test,) = sample.tests
    assert (test.name, test.seed, test.ending) == ("listening earns the reason", 1, "plan_agreed")
    first, second, third, fourth = test.turns
    assert (first.state, first.reply is not None) == ("opens_up", True)
    assert [str(shown) for shown in second.shown] == ["open_question", "complex_reflection of proud to client"]
    assert second.asks == {"work": QuestionKind.ANY}
    assert second.told == ("hours_cut",)
    assert str(second.expect) == "trust >= 45"
    assert (third.gives, third.offers, third.promises) == (("court_order",), {"days": 9}, ("call_back",))
    assert (third.shows, third.says) == (("any_closing",), ("next",))
    assert fourth.ending == "plan_agreed"


def test_two_people(meeting: Scenario) -> None:
    assert list(meeting.people) == ["mother", "son"]
    assert meeting.first_person == "mother"
    assert list(meeting.all_meters) == ["trust", "agitation", "mother.trust", "son.strain"]
    assert meeting.all_meters["mother.trust"].words == ("shut", "wary", "listening", "open")
    assert meeting.meter_of("mother", "trust") == "mother.trust"
    assert meeting.meter_of("son", "trust") == "trust"
    line = meeting.states["meeting"].line
    assert line is not None
    assert line.who == "son"
    first = meeting.states["meeting"].transitions[0]
    assert first.effects.changes == {"son.strain": -20}
    assert first.line is not None
    assert first.line.who == "mother"
    # without its own start, trust begins where it does by default
    assert meeting.meters["trust"].start == 30


def test_a_scenario_cannot_be_changed(sample: Scenario) -> None:
    with pytest.raises(ValueError, match="frozen"):
        sample.title = "another"  # type: ignore[misc]
    with pytest.raises(TypeError, match="cannot be changed"):
        sample.states["new"] = sample.states["opens_up"]
    with pytest.raises(TypeError, match="cannot be changed"):
        sample.facts.clear()


def test_a_scenario_is_hashable_and_travels_between_processes(sample: Scenario) -> None:
    assert {sample: 1}[load_text(SAMPLE, "again")] == 1
    assert pickle.loads(pickle.dumps(sample)) == sample


def test_walks_reach_every_line_and_condition(sample: Scenario) -> None:
    lines = {path for path, _ in lines_of(sample)}
    assert ("states", "at_the_desk", "otherwise") in lines
    assert ("people", "client", "knows", "children", "answers", 0, "trusting") in lines
    conditions = {str(condition) for _, condition in conditions_of(sample)}
    assert {"always"}.isdisjoint(conditions)
    assert {"flag partner_here", "not given court_order", "said close_with_plan"} <= conditions


def test_yaml_never_guesses_a_type() -> None:
    text = SAMPLE.replace("title: The letter on the door", "title: No").replace("name: Denise", "name: 12:30")
    scenario = load_text(text, "sample.yaml")
    assert (scenario.title, scenario.people["client"].name) == ("No", "12:30")


def test_the_schema_for_editors_knows_the_shorthand() -> None:
    schema = Scenario.model_json_schema()
    assert {"client", "knows", "people", "states"} <= set(schema["properties"])
    assert "people" not in schema["required"]
    assert {"type": "string"} in schema["$defs"]["Line"]["anyOf"]
    assert "does" in schema["$defs"]["State"]["properties"]
    assert schema["$defs"]["Effects"]["additionalProperties"]["anyOf"][0] == {"type": "integer"}
