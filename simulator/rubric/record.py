"""What the turns of an attempt prove, before any criterion looks at them.

Every finding becomes evidence with what it earns: nothing in a reply that was gamed, nothing for help
beside harm, less for the same stock words again. Harm always counts in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Cue, CueKind, Span
from simulator.conversation.turn import Turn
from simulator.rubric.assessment import Evidence, Missed, Result
from simulator.rubric.result import better, result
from simulator.rubric.scoring import Scoring, scoring

if TYPE_CHECKING:
    from simulator.scenario.model import Scenario

FULLY = 2
"""The strength of a finding that takes up its cue fully (EPITOME, Sharma 2020)."""


@dataclass(frozen=True, slots=True)
class OfferedCue:
    """A cue as it was offered in one utterance, and the best that became of it.

    `line_turn` is the turn of that utterance (0: the opening). `chances` counts the replies that could have
    taken it up; `taken` is how fully it was, 0 to 1, `after` on which of those replies (1: at once).
    """

    cue: Cue
    line: str
    line_turn: int
    chances: int = 0
    taken: float = 0.0
    after: int = 0
    evidence: Evidence | None = None

    def missed(self) -> Missed:
        """The cue as one that nobody took up."""
        return Missed(self.cue.id, self.cue.kind.value, self.cue.words, self.cue.strength, self.line, self.line_turn)


@dataclass(frozen=True, slots=True)
class Record:
    """The evidence of an attempt, per reply in order; the cues it was offered; what it came to.

    `scenario` is None for a conversation that was held elsewhere.
    """

    scenario: Scenario | None
    turns: tuple[Turn, ...]
    replies: tuple[tuple[Evidence, ...], ...]
    cues: tuple[OfferedCue, ...]
    result: Result

    def best(self, reply: int, behaviours: Iterable[str]) -> Evidence | None:
        """The evidence for any of the behaviours that earns most in a reply, or None where none was shown.

        One reply is one piece of evidence, however many clauses show it (MITI 4.2.1 codes one reflection
        and one question at most per reply).
        """
        wanted = frozenset(behaviours)
        found = [item for item in self.replies[reply] if item.behaviour in wanted]
        return max(found, key=lambda item: item.counts, default=None)

    def all(self, behaviours: Iterable[str]) -> tuple[Evidence, ...]:
        """The best evidence of every reply that showed any of the behaviours."""
        wanted = frozenset(behaviours)
        found = (self.best(reply, wanted) for reply in range(len(self.replies)))
        return tuple(item for item in found if item is not None)

    def helped(self, reply: int) -> bool:
        """Whether a reply helped, to some credit, and did no harm at all."""
        codes = catalogue()
        valences = [(codes.valence(item.behaviour), item.counts) for item in self.replies[reply]]
        return any(valence == "helps" and counts > 0 for valence, counts in valences) and not any(
            valence == "harms" for valence, _ in valences
        )

    def gained(self, meter: str) -> float | None:
        """How far a meter moved for the better, in its points; what a gamed reply gained is left out.

        None for a meter that is not there.
        """
        if self.scenario is None or meter not in self.result.gains:
            return None
        rules = scoring()
        gained = 0.0
        for turn, found in zip(self.turns, self.replies, strict=True):
            change = turn.after.meters[meter] - turn.before.meters[meter]
            by = better(self.scenario, meter, change)
            gained += min(by, 0.0) if _gamed(turn, found, rules) else by
        return gained

    def is_light(self, reply: int) -> bool:
        """Whether a reply was a courtesy or encourager alone, which leaves no room for more."""
        shown = {item.behaviour for item in self.replies[reply]}
        return bool(shown) and shown <= scoring().light


def record(scenario: Scenario, turns: Sequence[Turn]) -> Record:
    """What the turns of an attempt prove, oldest first."""
    replies = evidence_in(turns)
    return Record(scenario, tuple(turns), replies, cues_offered(turns, replies), result(scenario, turns))


def record_without_scenario(turns: Sequence[Turn]) -> Record:
    """What the turns of a conversation held elsewhere prove. What only a scenario knows (meters, objectives, how it
    ended) gives no occasion for a level."""
    replies = evidence_in(turns)
    nothing = Result(None, None, None, {}, {}, (), None, 0.0)
    return Record(None, tuple(turns), replies, cues_offered(turns, replies), nothing)


def evidence_in(turns: Sequence[Turn]) -> tuple[tuple[Evidence, ...], ...]:
    """The evidence of each reply with what it earns. Findings under the least confidence are left out."""
    rules = scoring()
    priced = [_priced(turn, tuple(_found(turns, index, rules)), rules) for index, turn in enumerate(turns)]
    return _discount_stock(priced, rules)


def cues_offered(turns: Sequence[Turn], replies: Sequence[tuple[Evidence, ...]]) -> tuple[OfferedCue, ...]:
    """Every cue that stood open before some reply, per utterance that offered it, and what became of it."""
    rules = scoring()
    cues: dict[tuple[str, int], OfferedCue] = {}
    for index, turn in enumerate(turns):
        taken = _taken(turn, replies[index], rules)
        for open_cue in turn.before.cues:
            offered_at = max(index - open_cue.age, 0)
            key = (open_cue.cue.id, offered_at)
            offered = cues.get(key) or OfferedCue(
                open_cue.cue, line_before(turns, offered_at), turns[offered_at].number - 1
            )
            offered = replace(offered, chances=offered.chances + 1)
            share, evidence = taken.get(open_cue.cue.id, (0.0, None))
            if share > offered.taken:
                offered = replace(offered, taken=share, after=offered.chances, evidence=evidence)
            cues[key] = offered
    return tuple(cues.values())


def passage(reply: str, span: Span, longest: int) -> str:
    """The sentence a span stands in, on one line, for a quote that reads as one; cut to `longest` characters.

    Where the sentence is longer, it is quoted from the span on.
    """
    breaks = [(gap.start(), gap.end()) for gap in re.finditer(r"(?<=[.!?])\s+|\n+", reply)]
    start = max((after for _, after in breaks if after <= span.start), default=0)
    end = min((before for before, _ in breaks if before >= span.end), default=len(reply))
    text = " ".join(reply[start:end].split())
    if len(text) > longest and start < span.start:
        return f"... {shortened(reply[span.start : end], longest)}"
    return shortened(text, longest)


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut at a word where it is longer than `longest` characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} ..."


def line_before(turns: Sequence[Turn], index: int) -> str:
    """The client's words that reply `index` (from 0) answers; the opening is kept in the first position."""
    if index > 0:
        return turns[index - 1].utterance.text
    return turns[0].before.recent[-1] if turns and turns[0].before.recent else ""


def _found(turns: Sequence[Turn], index: int, rules: Scoring) -> Iterator[Evidence]:
    known = catalogue().behaviours
    turn = turns[index]
    ages = {open_cue.cue.id: open_cue.age for open_cue in turn.before.cues}
    for finding in turn.reading.findings:
        if finding.confidence < rules.min_confidence or finding.behaviour not in known:
            continue
        age = ages.get(finding.cue or "")
        yield Evidence(
            turn=turn.number,
            behaviour=finding.behaviour,
            span=finding.span,
            quote=turn.reply[finding.span.start : finding.span.end],
            confidence=finding.confidence,
            cue=finding.cue,
            strength=finding.strength,
            line="" if age is None else line_before(turns, max(index - age, 0)),
        )


def _gamed(turn: Turn, found: Sequence[Evidence], rules: Scoring) -> str:
    """The gate or behaviour by which a reply was gamed; empty where it was not."""
    shown = {item.behaviour for item in found}
    gates = sorted(rules.gaming_gates.intersection(turn.reading.gates))
    return next(iter((*gates, *sorted(rules.gaming_behaviours & shown))), "")


def _void(turn: Turn, found: Sequence[Evidence], rules: Scoring) -> str:
    """Why the help in a reply earns nothing; empty where it does."""
    gamed = _gamed(turn, found, rules)
    if gamed:
        return f"gamed: {gamed}"
    harm = sorted(rules.voids & {item.behaviour for item in found})
    return f"beside harm: {harm[0]}" if harm else ""


def _priced(turn: Turn, found: Sequence[Evidence], rules: Scoring) -> tuple[Evidence, ...]:
    """The evidence of one reply with what each earns beside the rest of that reply."""
    why = _void(turn, found, rules)
    codes = catalogue()
    return tuple(
        item if not why or codes.valence(item.behaviour) == "harms" else replace(item, counts=0.0, why=why)
        for item in found
    )


def _discount_stock(replies: Sequence[tuple[Evidence, ...]], rules: Scoring) -> tuple[tuple[Evidence, ...], ...]:
    """Diminishing returns for the same behaviour in the same words: same opening in a row, or same quote."""
    codes = catalogue()
    said: Counter[tuple[str, str]] = Counter()
    runs: Counter[tuple[str, str]] = Counter()
    discounted = []
    for found in replies:
        now = []
        openings: set[tuple[str, str]] = set()
        quotes: set[tuple[str, str]] = set()
        for item in found:
            words = re.findall(r"\w+", item.quote.casefold())
            opening = (item.behaviour, " ".join(words[: rules.stock_words]))
            quote = (item.behaviour, " ".join(words))
            openings.add(opening)
            quotes.add(quote)
            times = max(said[quote], runs[opening] + 1 - rules.stock_free)
            stock = times > 0 and item.counts > 0 and codes.valence(item.behaviour) != "harms"
            worn = item.counts * rules.stock_factor**times
            now.append(replace(item, counts=worn, why="the same words again") if stock else item)
        said.update(quotes)
        # A reply without help neither goes on with a habit nor breaks it.
        if any(codes.valence(item.behaviour) == "helps" for item in found):
            runs = Counter({opening: runs[opening] + 1 for opening in openings})
        discounted.append(tuple(now))
    return tuple(discounted)


def _taken(turn: Turn, found: Sequence[Evidence], rules: Scoring) -> dict[str, tuple[float, Evidence | None]]:
    """How fully a reply takes up each open cue, 0 to 1, and by what.

    Help that names the cue takes it up; what is neither help nor harm, such as a fact, only answers a question.
    """
    codes = catalogue()
    kinds = {open_cue.cue.id: open_cue.cue.kind for open_cue in turn.before.cues}
    taken: dict[str, tuple[float, Evidence | None]] = {}
    for item in found:
        valence = codes.valence(item.behaviour)
        fits = valence == "helps" or (valence != "harms" and kinds.get(item.cue or "") is CueKind.QUESTION)
        share = item.counts * (1.0 if item.strength >= FULLY else rules.cue_weak)
        if item.cue and fits and share > taken.get(item.cue, (0.0, None))[0]:
            taken[item.cue] = (share, item)
    if _void(turn, found, rules):
        return taken
    helped = any(item.counts > 0 and codes.valence(item.behaviour) == "helps" for item in found)
    for cue in turn.reading.answered:
        share = 1.0 if kinds.get(cue) is CueKind.QUESTION else rules.cue_weak if helped else 0.0
        known, evidence = taken.get(cue, (0.0, None))
        taken[cue] = (max(share, known), evidence)
    return taken
