"""Talks made by hand from the shared types, so that these tests stand on no reader and no machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulator.catalogue.types import Cue, CueKind, Finding, OpenCue, Reading, Span
from simulator.conversation.turn import Effect, IssueState, Part, Position, Saying, Turn, Utterance
from simulator.rubric.load import load_file as load_rubric
from simulator.rubric.model import Rubric
from simulator.scenario import Scenario, load_file

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "scenario" / "sample.yaml"
TWO_PEOPLE = ROOT / "tests" / "scenario" / "two-people.yaml"

SCARED = Cue("scared", CueKind.FEELING, ("scared", "frightened"), ("letter", "kids"), strength=3)
IGNORED = Cue("ignored", CueKind.FEELING, ("ignored",), ("ringing",), strength=2)
OUT = Cue("out", CueKind.QUESTION, ("putting us out",), answered_by=("court order",), strength=2)
PROUD = Cue("proud", CueKind.VALUE, ("never missed",), strength=1)

OPENING = "Four weeks I've been ringing. Now there's a letter on my door."


def sample() -> Scenario:
    return load_file(SAMPLE)


def rubric(name: str) -> Rubric:
    return load_rubric(ROOT / "rubrics" / f"{name}.yaml")


def rubrics() -> list[Rubric]:
    return [load_rubric(path) for path in sorted((ROOT / "rubrics").glob("*.yaml"))]


class Talk:
    """An attempt written reply by reply. Cues age and close as in a real talk."""

    def __init__(self, cues: Sequence[Cue] = (), opening: str = OPENING, trust: float = 25, agitation: float = 60):
        self.turns: list[Turn] = []
        self.now = Position(
            state="at_the_desk",
            seed=1,
            meters={"trust": trust, "agitation": agitation, "hope": 30.0},
            counters={"dodges": 0},
            issues={"days": IssueState(5)},
            cues=tuple(OpenCue(cue) for cue in cues),
            recent=(opening,),
        )

    def say(
        self,
        reply: str,
        *shown: str | tuple[str, ...],
        gates: tuple[str, ...] = (),
        answered: tuple[str, ...] = (),
        confidence: float = 1.0,
        strength: int = 2,
        line: str = "I see.",
        cues: Sequence[Cue] = (),
        trust: float = 0,
        agitation: float = 0,
        told: tuple[str, ...] = (),
        state: str = "",
        ending: str | None = None,
        agreed: float | None = None,
    ) -> Talk:
        """Add a turn. `shown` holds behaviours, alone or as (behaviour, quote) or (behaviour, quote, cue)."""
        findings = []
        for item in shown:
            behaviour, quote, cue = (*((item,) if isinstance(item, str) else item), "", "")[:3]
            start = reply.index(quote) if quote else 0
            span = Span(start, start + len(quote)) if quote else Span(0, len(reply))
            findings.append(Finding(behaviour, span, confidence, "by hand", cue or None, strength if cue else 0))
        taken = {finding.cue for finding in findings} | set(answered)
        aged = tuple(
            replace(one, age=one.age + 1, passed_over=one.passed_over + 1)
            for one in self.now.cues
            if one.cue.id not in taken and one.age < 3
        )
        before, now = self.now, self.now
        meters = {
            **now.meters,
            "trust": min(100.0, max(0.0, now.meters["trust"] + trust)),
            "agitation": min(100.0, max(0.0, now.meters["agitation"] + agitation)),
        }
        behaviours = tuple(sorted({finding.behaviour for finding in findings if finding.confidence >= 0.5}))
        after = replace(
            now,
            state=state or ending or now.state,
            meters=meters,
            told=(*now.told, *told),
            turn=now.turn + 1,
            cues=(*aged, *(OpenCue(cue) for cue in cues)),
            shown=(*now.shown, behaviours),
            recent=(line,),
            issues=now.issues if agreed is None else {"days": IssueState(agreed, agreed, agreed, conceded=True)},
            ending=ending,
        )
        effects = tuple(
            Effect("by hand", meter, meters[meter] - before.meters[meter])
            for meter in meters
            if meters[meter] != before.meters[meter]
        )
        reading = Reading(reply, tuple(findings), gates=gates, answered=answered, reader="by hand")
        utterance = Utterance((Saying("client", "Denise", "", (Part("reaction", line, "by hand"),)),))
        self.turns.append(Turn(len(self.turns) + 1, reading, before, after, None, "", effects, told, utterance))
        self.now = after
        return self
