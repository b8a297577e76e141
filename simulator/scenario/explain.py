"""From what the schema found wrong to what an author reads: a place in the file, plain words and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError

from simulator.catalogue.types import Cue
from simulator.scenario.cues import CueForm
from simulator.scenario.errors import Problem, did_you_mean, problem
from simulator.scenario.fields import Part
from simulator.scenario.lines import Speaks
from simulator.scenario.model import Scenario
from simulator.scenario.nodes import Items, Node, Scalar, Source, Table, locate, spot
from simulator.scenario.repair import quoted

Path = tuple[str | int, ...]

SHORTHAND = ("client", "knows")
"""Keys at the top of a file that are read into `people`."""

TWICE: dict[Path, str] = {
    ("client",): "a scenario has either `client:` or `people:`",
    ("knows",): "`knows` stands under the person who knows, or beside a `client:` that has none of its own",
}
"""Shorthand that could not be read into `people`, because that is written out already."""

WRONG_KIND = {
    "string_type": "a text is expected here",
    "tuple_type": "a list is expected here",
    "list_type": "a list is expected here",
    "dict_type": "a mapping of keys is expected here",
    "model_type": "a mapping of keys is expected here",
    "model_attributes_type": "a mapping of keys is expected here",
    "bool_type": "`true` or `false` is expected here",
    "int_type": "a number is expected here",
    "float_type": "a number is expected here",
}

RANGES = {
    "greater_than_equal": "is less than {ge}",
    "greater_than": "is not more than {gt}",
    "less_than_equal": "is more than {le}",
    "less_than": "is not less than {lt}",
}


class Explainer:
    """Makes problems with places in one file."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def at(self, code: str, message: str, path: Path, mend: str = "", *, on_key: bool = False) -> Problem:
        """A problem at the value a path leads to, or at its key."""
        node, key = locate(self.source.root, path)
        place = key if key and (on_key or not isinstance(node, Scalar) or not node.text) else node
        return self._problem(code, message, place.line, place.column, mend)

    def invalid(self, error: ValidationError) -> Iterator[Problem]:
        """A problem for each thing the schema refused."""
        for detail in error.errors(include_url=False):
            yield from self._invalid(detail)

    def _problem(self, code: str, message: str, line: int, column: int, mend: str) -> Problem:
        excerpt = self.source.excerpt(line)
        return problem(code, message, mend=mend, file=self.source.file, line=line, column=column, excerpt=excerpt)

    def _invalid(self, detail: Any) -> Iterator[Problem]:
        kind: str = detail["type"]
        path: Path = tuple(part for part in detail["loc"] if part != "[key]")
        on_key = detail["loc"][-1:] == ("[key]",)
        context = detail.get("ctx", {})
        if kind == "condition":
            yield from self._condition(path, context["faults"])
        elif kind == "fault":
            below = (*path, *context["at"])
            yield self.at(context["code"], context["message"], below, context["mend"], on_key=on_key)
        elif kind == "missing":
            yield self._missing(path)
        elif kind == "extra_forbidden":
            yield self._unknown_key(path)
        elif kind in {"literal_error", "enum"}:
            choices = re.findall(r"'([^']*)'", context["expected"])
            word = str(detail["input"])
            yield self.at(
                "not-a-choice",
                f"`{word[:60]}` is not one of the choices",
                path,
                did_you_mean(word, choices) or f"Choices: {', '.join(choices)}.",
            )
        elif kind in RANGES:
            yield self.at("out-of-range", f"`{detail['input']}` {RANGES[kind].format(**context)}", path)
        elif kind in {"too_short", "too_long"}:
            # a list whose items were refused is counted as empty, but the items have been told already
            if kind == "too_long" or len(detail["input"]) < context["min_length"]:
                yield self._length(kind, path, context)
        else:
            yield self._wrong_kind(kind, path, detail["msg"])

    def _condition(self, path: Path, faults: Any) -> Iterator[Problem]:
        node, _ = locate(self.source.root, path)
        for fault in faults:
            line, column = node.line, node.column
            if isinstance(node, Scalar):
                line, column = spot(node, fault.offset, self.source.lines)
            yield self._problem(fault.code, fault.message, line, column, fault.mend)

    def _missing(self, path: Path) -> Problem:
        if path == ("people",):
            return self.at("no-people", "there is no `client:` and there are no `people:`", (), "Add `client:`.")
        node, key = locate(self.source.root, path[:-1])
        place = key or node
        owner = f" in {_noun(_part_at(path[:-1]))}" if len(path) > 1 else ""
        return self._problem(
            "missing-key", f"`{path[-1]}` is missing{owner}", place.line, place.column, f"Add `{path[-1]}:`."
        )

    def _unknown_key(self, path: Path) -> Problem:
        if path in TWICE:
            return self.at("written-twice", TWICE[path], path, "Keep one of the two.", on_key=True)
        word = str(path[-1])
        part = _part_at(path[:-1])
        mend = did_you_mean(word, keys_of(part))
        if " " in word and "Did" not in mend:
            mend = "If this is a piece of text, put the whole text in double quotes."
        return self.at("unknown-key", f"`{word[:60]}` is not a key of {_noun(part)}", path, mend, on_key=True)

    def _length(self, kind: str, path: Path, context: Any) -> Problem:
        if kind == "too_long":
            return self.at("out-of-range", f"at most {context['max_length']} are allowed here", path, on_key=True)
        least = context["min_length"]
        return self.at(
            "empty-text",
            f"at least {'one is' if least == 1 else f'{least} are'} needed here",
            path,
            on_key=True,
        )

    def _wrong_kind(self, kind: str, path: Path, said: str) -> Problem:
        node, _ = locate(self.source.root, path)
        if isinstance(node, Scalar) and not node.text.strip():
            return self.at("empty-text", "nothing is written here", path)
        message = WRONG_KIND.get(kind, said[:1].lower() + said[1:])
        return self.at("wrong-kind", message, path, self._as_text(node) if kind == "string_type" else "")

    def _as_text(self, node: Node) -> str:
        """How a text that YAML took for a mapping or a list should have been written."""
        if isinstance(node, Table) and not node.flow and len(node.entries) == 1:
            ((name, entry),) = node.entries.items()
            if isinstance(entry.value, Scalar) and " " in name:
                return f"Put the whole text in double quotes: {quoted(f'{name}: {entry.value.text}')}"
        if isinstance(node, Table | Items):
            return "If it is text, put it in double quotes."
        return ""


def keys_of(part: type[Part] | None) -> tuple[str, ...]:
    """The keys an author may write in a part."""
    if part is None:
        return ()
    keys = [field.alias or name for name, field in part.model_fields.items()]
    if issubclass(part, Speaks):
        keys.extend(part.beside)
    if part is Scenario:
        keys.extend(SHORTHAND)
    return tuple(dict.fromkeys(keys))


def _part_at(path: Path) -> type[Part] | None:
    """The model a path of keys and list numbers leads to."""
    at: Any = Scenario
    for step in path:
        at = _bare(at)
        if isinstance(at, type) and issubclass(at, Part):
            fields = {field.alias or name: field.annotation for name, field in at.model_fields.items()}
            at = fields.get(str(step))
        else:
            arguments = get_args(at)
            at = arguments[-1 if len(arguments) == 2 and arguments[1] is not ... else 0] if arguments else None
    at = _bare(at)
    return at if isinstance(at, type) and issubclass(at, Part) else None


def _bare(annotation: Any) -> Any:
    """An annotation without Annotated and without `| None`; a cue as the form it is written in."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return CueForm if annotation is Cue else annotation


def _noun(part: type[Part] | None) -> str:
    if part is None:
        return "this mapping"
    name = {"CueForm": "cue", "MoodLines": "voice", "ScriptedTest": "test", "ScriptedTurn": "turn"}.get(part.__name__)
    name = name or re.sub(r"(?<!^)(?=[A-Z])", " ", part.__name__).lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
