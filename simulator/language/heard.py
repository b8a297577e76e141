"""What the client offered before a reply: content worth taking up, feelings, cues.

A reflection is a statement that takes up the client's last lines; this is what "takes up" is measured against.
The last line counts most, and the several before it a little less each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from simulator.catalogue.types import Cue, CueKind, Heard, OpenCue
from simulator.language import phrases, words
from simulator.language.clauses import take_apart
from simulator.language.data import grammar, lexicon
from simulator.language.patterns import compile_pattern
from simulator.language.questions import asks
from simulator.language.utterance import Clause, Utterance

# What a content word of the n-th last client line is worth: it fades, it does not vanish.
_FADE = (1.0, 0.7, 0.5, 0.35)


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling word found: its family, strength (1 to 3), valence (-1, 1) and place in the plain form."""

    family: str
    strength: int
    valence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Background:
    """The talk before a reply, taken apart. `terms` weighs the client's content stems, 0 to 1."""

    lines: tuple[Utterance, ...]  # the client's, newest first
    replies: tuple[Utterance, ...]  # the learner's, newest first
    terms: dict[str, float]
    feelings: tuple[Feeling, ...]
    cues: tuple[OpenCue, ...]
    asked: tuple[Clause, ...]  # questions of the client's last line

    @property
    def last(self) -> Utterance | None:
        """The client's last line."""
        return self.lines[0] if self.lines else None


@cache
def _feeling_table() -> dict[str, tuple[str, int, int]]:
    return {
        phrase: (family, int(strength), int(data["valence"]))
        for family, data in lexicon("feelings")["families"].items()
        for phrase, strength in data["words"].items()
    }


@cache
def _feeling_stems() -> dict[str, list[tuple[tuple[str, ...], tuple[str, int, int]]]]:
    """Phrases by the stem of their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, int, int]]]] = {}
    for phrase, entry in _feeling_table().items():
        stems = tuple(words.stem(word) for word in phrase.replace("'", "").split())
        table.setdefault(stems[0], []).append((stems, entry))
    for options in table.values():
        options.sort(key=lambda option: -len(option[0]))
    return table


def feelings_in(clause: Clause) -> list[Feeling]:
    """Feeling words of a clause that are not negated, longest phrases first at each place."""
    found: list[Feeling] = []
    if _feeling_stems().keys().isdisjoint(clause.stems):
        return found
    tokens = [token for token in clause.tokens if token.is_word]
    position = 0
    while position < len(tokens):
        step = 1
        for stems, (family, strength, valence) in _feeling_stems().get(tokens[position].stem, ()):
            stretch = tokens[position : position + len(stems)]
            if tuple(token.stem for token in stretch) == stems:
                if strength and not clause.negated(stretch[0].start):
                    found.append(Feeling(family, strength, valence, stretch[0].start, stretch[-1].end))
                step = len(stems)
                break
        position += step
    return found


@cache
def _cue_patterns() -> tuple[tuple[CueKind, re.Pattern[str]], ...]:
    return tuple(
        (CueKind(kind), compile_pattern("|".join(f"(?:{text})" for text in texts)))
        for kind, texts in lexicon("cues")["patterns"].items()
    )


def infer_cues(line: Utterance) -> list[Cue]:
    """Cues of a line nobody annotated, marked inferred: feelings, questions, and what the patterns tell."""
    cues: list[Cue] = []
    for clause in line.clauses:
        about = tuple(
            dict.fromkeys(t.text for t in clause.tokens if t.is_word and t.text not in grammar("function_words"))
        )
        name = f"inferred_{clause.index}"
        if asks(clause):
            cues.append(Cue(f"{name}_question", CueKind.QUESTION, about, about, about, inferred=True))
            continue
        for feeling in feelings_in(clause):
            word = line.text[feeling.start : feeling.end]
            cues.append(
                Cue(
                    f"{name}_{feeling.family}",
                    CueKind.FEELING,
                    (word,),
                    about,
                    (),
                    feeling.strength,
                    inferred=True,
                )
            )
        for kind, pattern in _cue_patterns():
            if pattern.search(clause.text):
                cues.append(Cue(f"{name}_{kind.value}", kind, about, about, inferred=True))
                break
    return cues


@lru_cache(maxsize=512)
def _apart(text: str) -> Utterance:
    return take_apart(text)


@lru_cache(maxsize=512)
def _terms(text: str) -> tuple[tuple[str, float], ...]:
    """Stems of a line's content words with what each is worth, 0.25 to 1."""
    return tuple(
        (token.stem, max(0.25, words.rarity(token.text)))
        for token in _apart(text).tokens
        if token.is_word and token.text not in grammar("function_words")
    )


@lru_cache(maxsize=512)
def _feelings(text: str) -> tuple[Feeling, ...]:
    return tuple(feeling for clause in _apart(text).clauses for feeling in feelings_in(clause))


@lru_cache(maxsize=512)
def _inferred(text: str) -> tuple[OpenCue, ...]:
    return tuple(OpenCue(cue) for cue in infer_cues(_apart(text)))


def background(heard: Heard) -> Background:
    """What to read a reply against."""
    said = [line.text for line in reversed(heard.lines) if line.speaker == "client"]
    lines = tuple(_apart(text) for text in said)
    replies = tuple(_apart(line.text) for line in reversed(heard.lines) if line.speaker == "learner")
    terms: dict[str, float] = {}
    for fade, text in zip(_FADE, said, strict=False):
        for stem, worth in _terms(text):
            terms[stem] = max(terms.get(stem, 0.0), fade * worth)
    feelings = tuple(feeling for text in said[:2] for feeling in _feelings(text))
    cues = heard.cues
    if lines and not any(open_cue.age == 0 for open_cue in cues):
        cues = (*cues, *_inferred(said[0]))
    asked = tuple(clause for clause in lines[0].clauses if asks(clause)) if lines else ()
    return Background(lines, replies, terms, feelings, cues, asked)


def known_words(heard: Heard) -> frozenset[str]:
    """What a misspelt word of the reply may stand for: the words of cues, topics, points and the client's lines."""
    listed: set[str] = set()
    for open_cue in heard.cues:
        listed |= phrases.vocabulary(open_cue.cue.words + open_cue.cue.about + open_cue.cue.answered_by)
    for topic in heard.topics:
        listed |= phrases.vocabulary(topic.words)
    for point in heard.points:
        listed |= phrases.vocabulary(point.words)
    listed |= phrases.vocabulary(tuple(_feeling_table()))
    listed |= phrases.vocabulary(tuple(lexicon("common")["mended"]))
    for line in heard.lines[-4:]:
        listed.update(w for w in _apart(line.text).words if len(w) > 4)
    return frozenset(listed)
