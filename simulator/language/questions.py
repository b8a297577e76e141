"""What a reply asks: which clauses ask, what kind of answer they want, and about what.

Kinds and forms are data (lexicons/questions.yaml). A topic counts only inside a question or an invitation;
a pronoun alone means the last topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from simulator.catalogue.types import Heard, Question, QuestionKind, TopicWords
from simulator.language.data import lexicon
from simulator.language.patterns import compile_pattern
from simulator.language.topics import THRESHOLD, asked_about, match_topic
from simulator.language.utterance import Clause, Utterance

# Kinds that leave the shape of the answer to the client.
OPEN_KINDS = frozenset(
    {QuestionKind.HOW, QuestionKind.WHAT, QuestionKind.MORE, QuestionKind.HOW_FEEL, QuestionKind.WHY}
)
# A name or two words before a comma.
_CALLED = re.compile(r"[a-z']+(?: [a-z']+)?, ?")
# From how surely a topic is what was spoken of last, outside any question.
SURE = 0.7


@cache
def _kinds() -> tuple[tuple[QuestionKind, re.Pattern[str]], ...]:
    return tuple((QuestionKind(kind), compile_pattern(text)) for kind, text in lexicon("questions")["kinds"])


@cache
def form(name: str) -> re.Pattern[str]:
    return compile_pattern(lexicon("questions")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("questions")[name])


def opening_text(clause: Clause) -> str:
    """The clause from its first word that is not a filler."""
    return _opening(clause.text, clause.opens_at)


@lru_cache(maxsize=4096)
def _opening(text: str, place: int) -> str:
    text = text[place:]
    bare = form("called_bare").match(text)
    if bare is not None:  # "joe why nine"
        return text[bare.end() :]
    called = _CALLED.match(text)
    if called is not None:  # "Carol, what was it like?"
        rest = text[called.end() :]
        if form("unmarked").search(rest) or form("invitations").search(rest):
            return rest
    return text


def asks(clause: Clause) -> bool:
    """Whether the clause asks or invites: by its mark, or by its form when the mark was forgotten."""
    if not clause.words or (len(clause.words) == 1 and clause.words[0] in _words("nods")):
        return False
    return clause.asked or _asks_unmarked(opening_text(clause), opens=clause.opens)


@lru_cache(maxsize=4096)
def _asks_unmarked(text: str, *, opens: bool) -> bool:
    if form("invitations").search(text):
        return True
    if not opens and (not form("inverted").search(text) or form("relative").search(text)):
        return False
    return bool(form("unmarked").search(text)) and not form("not_asked").search(text)


def states(clause: Clause) -> bool:
    """Whether a clause closed with a question mark has the form of a statement ("You rang them?")."""
    text = opening_text(clause)
    return clause.asked and not any(form(name).search(text) for name in ("unmarked", "invitations", "asking_word"))


def kind_of(clause: Clause) -> QuestionKind:
    """What the question wants to know. A question whose form tells nothing ("the kids?") asks yes or no."""
    text = opening_text(clause)
    for kind, pattern in _kinds():
        if pattern.search(text):
            return kind
    # "So you went home, and then what?": the asking word may stand late.
    late = re.search(r"\b(what|why|who|where|when|how)$", text)
    return QuestionKind(late.group(1)) if late else QuestionKind.YES_NO


def find_questions(
    utterance: Utterance, asking: frozenset[int], heard: Heard, line: Utterance | None
) -> tuple[Question, ...]:
    """Every question of the utterance in order, with its topic where one fits. `line` is the client's last."""
    found: list[Question] = []
    names = frozenset(word for person in heard.people for name in person.names for word in name.lower().split())
    current = _topic_of(line, heard.topics) or heard.last_topic
    for clause in utterance.clauses:
        if clause.index not in asking:
            # "You mentioned your children; how are they?"
            spoken_of, score = match_topic(clause, heard.topics)
            current = spoken_of if score >= SURE else current
            continue
        if _only_nods(clause, utterance):
            continue
        if len(asking) > 1 and form("only_leave").search(opening_text(clause)):
            continue
        kind = kind_of(clause)
        about = [] if _only_tags(clause, utterance) else asked_about(clause, heard.topics, names)
        left = [w for w in clause.words if w not in _words("subject_drop") and w not in _words("pronouns")]
        if not about and clause.index and not left:
            # "You work nights? How do you manage?" may borrow its topic from the clause before it.
            topic, score = match_topic(utterance.clauses[clause.index - 1], heard.topics)
            about = [(topic, round(score * 0.8, 3))] if topic else []
        if not about and current is not None and _points_back(clause, kind, left):
            about = [(current, THRESHOLD)]
        topic, score = about[0] if about else (None, 0.0)
        current = topic or current
        found.append(
            Question(
                kind=kind,
                span=utterance.span(clause.start, clause.end),
                topic=topic,
                score=score,
                subject=_subject(clause),
                meaning=topic is None and _asks_meaning(clause, line),
                proposes=bool(form("proposes").search(opening_text(clause))),
                states=states(clause),
                others=tuple(about[1:]),
            )
        )
    return tuple(found)


def _only_tags(clause: Clause, utterance: Utterance) -> bool:
    """Whether the clause hangs on to what was said before it ("they hear everything, don't they?")."""
    return clause.index > 0 and utterance.clauses[clause.index - 1].sentence == clause.sentence and _tag(clause)


def _tag(clause: Clause) -> bool:
    return bool(form("tags").search(opening_text(clause))) and len(clause.words) <= 3


def _only_nods(clause: Clause, utterance: Utterance) -> bool:
    """Whether a word or two with a mark only wait for a nod to what was said before them (", okay?")."""
    return len(utterance.clauses) > 1 and all(word in _words("nodding") for word in clause.words)


def _topic_of(line: Utterance | None, topics: Sequence[TopicWords]) -> str | None:
    """What the client spoke of last: the topic of the last clause that has a sure one."""
    matches = (match_topic(clause, topics) for clause in reversed(line.clauses)) if line else ()
    return next((topic for topic, score in matches if score >= SURE), None)


def _points_back(clause: Clause, kind: QuestionKind, left: Sequence[str]) -> bool:
    """Whether a pronoun stands for what was spoken of last ("When was that?"). "Does it matter?" names a thing of its
    own, and "is it?" only nods."""
    if not _words("pronouns").intersection(clause.words) or form("tags").search(opening_text(clause)):
        return False
    return len(left) <= (0 if kind is QuestionKind.YES_NO else 1)


def _asks_meaning(clause: Clause, line: Utterance | None) -> bool:
    """Whether a question asks what the client has just meant: in so many words, or by a word of theirs alone."""
    if form("asks_meaning").search(opening_text(clause)):
        return True
    asks_which = form("asks_which").search(opening_text(clause))
    return bool(line and asks_which and clause.content and clause.content <= line.content)


def _subject(clause: Clause) -> str:
    """The last noun-like stretch of the question, for a client who has to admit it: at most three words."""
    kept: list[str] = []
    for token in reversed(clause.tokens):
        if not token.is_word or token.text in _words("pronouns") or token.text in _words("subject_drop"):
            if kept:
                break
            continue
        kept.append(token.text)
        if len(kept) == 3:
            break
    return " ".join(reversed(kept))
