"""How well our reading agrees with people who coded conversations by hand.

    python -m benchmarks.agreement FOLDER [SOURCE ...] [--errors LABEL] [--json]

FOLDER holds one JSON-lines file a source; agreement.yaml says how our behaviours map onto each source's labels. For
each measure: kappa with a 95% bootstrap interval over conversations, beside the agreement of people and of simple
models trained on the same kind of data; for each label: support, precision, recall, F1 and kappa. Where a source
names good and poor sessions: how well our rubric tells them apart (AUC). `--errors LABEL` lists where we and people
differ on a label, the surest first, with what we read and why.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.coded import CodedTurn, mapping, person_says, turns, we_say
from benchmarks.sessions import session_scores
from benchmarks.statistics import Interval, Pair, auc_interval, kappa_interval, kappa_of, precision_recall_f
from simulator.catalogue.types import Reading
from simulator.language.style import Style, mark_of, trained_on

SHOWN = 40
"""Disagreements listed at the most."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of a measure: how often people gave it, and how well we read it."""

    label: str
    support: int
    precision: float
    recall: float
    f1: float
    kappa: float


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a source. `human` and `trained` are given by the data page, None where it has none; of
    `conversations` what tells the label was trained on `trained_on`: there it reads better than elsewhere."""

    source: str
    measure: str
    turns: int
    conversations: int
    trained_on: int
    kappa: Interval
    human: float | None
    trained: float | None
    labels: tuple[LabelRow, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The coded turns of a source with our readings, and the readings without question marks where wanted."""

    turns: Sequence[CodedTurn]
    readings: Sequence[Reading]
    unmarked: Sequence[Reading]
    styles: Sequence[Style]

    def seen(self, measure: Mapping[str, Any]) -> Sequence[Reading] | Sequence[Style]:
        """What a measure is told by."""
        return self.styles if measure.get("by") == "style" else self.readings


def read_source(path: Path, source: Mapping[str, Any]) -> Read:
    """Every turn of a file, read."""
    found = list(turns(path, source["learner"]))
    measures = source["measures"].values()
    return Read(
        found,
        [turn.read() for turn in found] if any("by" not in measure for measure in measures) else [],
        [turn.read(marks=False) for turn in found] if any("drop_marks" in measure for measure in measures) else [],
        [turn.style() for turn in found] if any("by" in measure for measure in measures) else [],
    )


def measure_rows(name: str, source: Mapping[str, Any], read: Read) -> Iterator[MeasureRow]:
    """Every measure of a source."""
    for title, measure in source["measures"].items():
        yield _row(name, title, measure, read.turns, read.seen(measure))
        if measure.get("drop_marks"):
            yield _row(name, f"{title}, no marks", {**measure, "trained": None}, read.turns, read.unmarked)


def _row(
    source: str,
    title: str,
    measure: Mapping[str, Any],
    found: Sequence[CodedTurn],
    seen: Sequence[Reading] | Sequence[Style],
) -> MeasureRow:
    by_conversation: dict[str, list[tuple[Any, Any]]] = {}
    for turn, each in zip(found, seen, strict=True):
        person = person_says(measure, turn)
        if person is not None:
            by_conversation.setdefault(turn.conversation, []).append((person, we_say(measure, each)))
    pairs = [pair for each in by_conversation.values() for pair in each]
    marks = trained_on(source) if measure.get("by") == "style" else frozenset()
    size = len(by_conversation), sum(mark_of(name) in marks for name in by_conversation)
    if measure["kind"] == "several":
        labels = tuple(_label_row(label, _holds(pairs, label), label=True) for label in measure["classes"])
        each = [
            kappa_interval({name: _holds(some, label) for name, some in by_conversation.items()})
            for label in measure["classes"]
        ]
        mean = Interval(*(sum(getattr(one, key) for one in each) / len(each) for key in ("value", "low", "high")))
        return MeasureRow(source, title, len(pairs), *size, mean, measure.get("human"), measure.get("trained"), labels)
    named = sorted({str(label) for pair in pairs for label in pair})
    as_text: list[Pair] = [(str(person), str(ours)) for person, ours in pairs]
    labels = tuple(_label_row(label, as_text, label=label) for label in named if label != "False")
    interval = kappa_interval(by_conversation)
    return MeasureRow(source, title, len(pairs), *size, interval, measure.get("human"), measure.get("trained"), labels)


def _holds(pairs: Sequence[tuple[Any, Any]], label: str) -> list[Pair]:
    return [(label in person, label in ours) for person, ours in pairs]


def _label_row(name: str, pairs: Sequence[Pair], *, label: Hashable) -> LabelRow:
    counts: dict[Pair, int] = {}
    for person, ours in pairs:
        key = (person == label, ours == label)
        counts[key] = counts.get(key, 0) + 1
    support = sum(1 for person, _ in pairs if person == label)
    return LabelRow(name, support, *precision_recall_f(pairs, label), kappa_of(counts))


def errors(label: str, name: str, source: Mapping[str, Any], read: Read) -> Iterator[str]:
    """Where we and people differ on a label, the surest of our findings first."""
    found: list[tuple[float, str]] = []
    for title, measure in source["measures"].items():
        if label not in (title, *measure.get("classes", ())):
            continue
        wanted: Any = True if measure["kind"] == "present" else label
        for turn, seen in zip(read.turns, read.seen(measure), strict=True):
            person, ours = person_says(measure, turn), we_say(measure, seen)
            if person is None:
                continue
            if measure["kind"] == "several":
                said, read_so = label in person, label in ours  # type: ignore[operator]
            else:
                said, read_so = person == wanted, ours == wanted
            if said == read_so:
                continue
            findings = seen.findings if isinstance(seen, Reading) else ()
            why = ", ".join(f"{one.behaviour} {one.confidence} ({one.rule})" for one in findings) or "nothing"
            client = next((line.text for line in reversed(turn.before) if line.speaker == "client"), "")
            kind = "read, not coded" if read_so else "coded, not read"
            sure = max((one.confidence for one in findings), default=0.0)
            text = f"{name} {title} {turn.conversation}:{turn.turn}  {label} {kind}\n  client: {client}\n"
            found.append((sure, f"{text}  reply:  {turn.text}\n  we read: {why}\n"))
    for _, text in sorted(found, key=lambda pair: -pair[0])[:SHOWN]:
        yield text


def sessions(source: Mapping[str, Any], read: Read) -> Interval | None:
    """How well the assessment tells good sessions from poor; None where the source does not say which are."""
    wanted = source.get("sessions")
    if wanted is None:
        return None
    scores = session_scores(wanted["rubric"], read.turns)
    kinds = {turn.conversation: turn.meta.get(wanted["label"]) for turn in read.turns}
    good, poor = ([score for name, score in scores.items() if kinds[name] == wanted[side]] for side in ("good", "poor"))
    return auc_interval(good, poor)


def _print(row: MeasureRow) -> None:
    beside = "  ".join(
        f"{name} {value:.2f}" for name, value in (("people", row.human), ("trained", row.trained)) if value is not None
    )
    span = f"{row.kappa.value:.3f} [{row.kappa.low:.3f}, {row.kappa.high:.3f}]"
    print(f"\n{row.source}: {row.measure}  kappa {span}  {beside}  ({row.turns} turns)")
    if row.trained_on:
        print(
            f"  trained on {row.trained_on} of these {row.conversations} conversations: see what"
            " benchmarks.train_style --evaluate prints of ones left out"
        )
    for label in row.labels:
        print(
            f"  {label.label[:34]:<36}{label.support:>6}   precision {label.precision:.2f}  recall {label.recall:.2f}"
            f"  F1 {label.f1:.2f}  kappa {label.kappa:.2f}"
        )


def main() -> None:
    """Prints the tables. Exit status 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the JSON-lines files are")
    parser.add_argument("sources", nargs="*", help="sources to measure (default: every file there is)")
    parser.add_argument("--errors", metavar="LABEL", help="list the disagreements on a label instead")
    parser.add_argument("--json", action="store_true", help="print objects for a program")
    chosen = parser.parse_args()
    known = mapping()["sources"]
    wanted = chosen.sources or [name for name in known if (chosen.folder / f"{name}.jsonl").is_file()]
    strange = [name for name in wanted if name not in known or not (chosen.folder / f"{name}.jsonl").is_file()]
    if strange or not wanted:
        print(f"Nothing to measure: no {', '.join(strange) or 'known file'} in {chosen.folder}.", file=sys.stderr)
        sys.exit(2)
    printed: dict[str, Any] = {}
    for name in wanted:
        source = known[name]
        read = read_source(chosen.folder / f"{name}.jsonl", source)
        if chosen.errors:
            for text in errors(chosen.errors, name, source, read):
                print(text)
            continue
        rows = list(measure_rows(name, source, read))
        apart = sessions(source, read)
        printed[name] = {"measures": [asdict(row) for row in rows], "sessions_auc": apart and asdict(apart)}
        if not chosen.json:
            for row in rows:
                _print(row)
            if apart:
                print(
                    f"\n{name}: good against poor sessions  AUC {apart.value:.3f} [{apart.low:.3f}, {apart.high:.3f}]"
                )
    if chosen.json and not chosen.errors:
        print(json.dumps(printed, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
