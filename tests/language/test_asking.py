"""What a reply asks: which clauses ask, for what kind of answer, and about which topic."""

from __future__ import annotations

import pytest

from simulator.catalogue.types import Heard, HeardLine, QuestionKind, TopicWords
from simulator.language import read
from simulator.language.clauses import take_apart
from simulator.language.questions import asks, kind_of

TOPICS = (
    TopicWords("children", ("kids", "children", "son", "daughter")),
    TopicWords("work", ("work", "job", "shifts")),
    TopicWords("letter", ("letter", "notice")),
)


def heard(line: str = "I work nights and I have two kids.", last: str | None = None) -> Heard:
    return Heard(lines=(HeardLine("client", line),), topics=TOPICS, last_topic=last)


@pytest.mark.parametrize(
    "text",
    [
        "what happened",
        "and how did you manage",
        "tell me about your kids",
        "do you work nights",
        "when did they stop",
        "who from",
        "Carol, what was it like",
        "I'm wondering how you cope",
        "how you doing",
        "You sleep here?",
        "does Pat know",
        "is their dad around",
        "would eight be safer",
        "can Amber unpack now",
        "is Jean okay",
    ],
)
def test_these_ask_marked_or_not(text: str) -> None:
    assert any(asks(clause) for clause in take_apart(text).clauses)


@pytest.mark.parametrize(
    "text",
    [
        "what you need is a rest.",
        "when you rang, nobody answered.",
        "how awful for you.",
        "have a seat.",
        "do not do that.",
        "what matters is that you are safe.",
        "I know how you feel.",
        "Yes?",
        "we got your letter, which was late.",
        "will ring you tonight",
        "would be good to know",
        "could do with some help",
        "is hard to say",
        "did my best",
    ],
)
def test_these_do_not_ask(text: str) -> None:
    assert not any(asks(clause) for clause in take_apart(text).clauses)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many kids do you have?", QuestionKind.HOW_MANY),
        ("can you tell me how many you took?", QuestionKind.HOW_MANY),
        ("how long have you been waiting?", QuestionKind.HOW_LONG),
        ("how old are they?", QuestionKind.HOW_OLD),
        ("what time did it start?", QuestionKind.WHEN),
        ("where do you live?", QuestionKind.WHERE),
        ("why did you leave?", QuestionKind.WHY),
        ("what made you leave?", QuestionKind.WHY),
        ("can you tell me about it?", QuestionKind.MORE),
        ("do you sleep?", QuestionKind.YES_NO),
        ("the kids?", QuestionKind.YES_NO),
        ("how do you feel about it?", QuestionKind.HOW_FEEL),
        ("so you went home, and then what?", QuestionKind.WHAT),
    ],
)
def test_the_kind_of_answer_wanted(text: str, kind: QuestionKind) -> None:
    assert kind_of(take_apart(text).clauses[-1]) is kind


def test_a_topic_counts_only_where_it_is_asked_about() -> None:
    asked = read("How are your kids?", heard())
    assert [(q.topic, q.kind) for q in asked.questions] == [("children", QuestionKind.HOW)]
    told = read("Your kids are lucky.", heard())
    assert told.questions == ()
    assert [mention.id for mention in told.mentions] == ["children"]


def test_a_pronoun_alone_means_the_last_topic() -> None:
    assert read("How old are they?", heard(last="children")).questions[0].topic == "children"
    assert read("How old are they?", heard()).questions[0].topic is None


def test_a_slip_still_finds_its_topic() -> None:
    assert read("what about the leter?", heard()).questions[0].topic == "letter"


def test_a_question_nobody_foresaw_names_its_subject() -> None:
    question = read("Do you like gardening?", heard()).questions[0]
    assert question.topic is None
    assert "gardening" in question.subject


@pytest.mark.parametrize(
    ("reply", "stacked"),
    [
        ("When was that? Were you dizzy? And who found you?", True),
        ("What did the letter say, and who sent it?", True),
        ("What has changed? What is different now?", False),
        ("Would you like tea or coffee?", False),
        ("What happened? Take your time.", False),
        ("How many is a few, would you say?", False),
        ("Can I ask you something? What did the letter say?", False),
    ],
)
def test_stacked_means_different_questions(reply: str, *, stacked: bool) -> None:
    assert read(reply, heard("I fell in the bathroom.")).has("multiple_question") is stacked


@pytest.mark.parametrize(
    ("text", "proposes"),
    [
        ("Shall we say ten a week?", True),
        ("so we do the plan?", True),
        ("would that work for you?", True),
        ("ok so friday then?", True),
        ("is eight a week doable?", True),
        ("How much is it a week?", False),
        ("what happened then?", False),
        ("Is your husband all right?", False),
        ("Did you ring them?", False),
    ],
)
def test_what_is_put_to_the_client_to_agree_to_proposes(text: str, proposes: bool) -> None:
    assert read(text, heard()).questions[0].proposes is proposes


def test_a_pronoun_stands_for_what_the_reply_spoke_of_before_it_asked() -> None:
    (question,) = read("You told me about your kids. How are they?", heard("There's a letter on my door.")).questions
    assert question.topic == "children"
