"""A rubric file read into a Rubric; every mistake in it with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.catalogue.loader import catalogue
from simulator.scenario.errors import Problem, ScenarioError, did_you_mean, problem
from simulator.scenario.explain import Explainer
from simulator.scenario.names import Names
from simulator.scenario.nodes import plain
from simulator.scenario.source import parse

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric
    from simulator.scenario.fields import Part

CODES = {
    "literal_error": "not-a-choice",
    "enum": "not-a-choice",
    "union_tag_invalid": "not-a-choice",
    "union_tag_not_found": "missing-key",
    "too_short": "empty-text",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}
"""What pydantic calls a mistake, and what the codes of our files call it; all else is `wrong-kind`."""


def load_file(path: Path | str) -> Rubric:
    """The rubric in a file, whose name must be its id. Raises ScenarioError with every problem found."""
    path = Path(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        raise ScenarioError([problem("unreadable-file", message, file=str(path))]) from None
    return load_text(text, str(path), stem=path.stem)


def load_text(text: str | bytes, name: str, *, stem: str | None = None) -> Rubric:
    """The rubric in a YAML text; `name` stands for the file in messages.

    `stem` is what its id must be, where it is given. Raises ScenarioError with every problem found.
    """
    from pydantic import ValidationError

    from simulator.rubric.model import Rubric

    source = parse(text, name)
    explainer = Explainer(source)
    problems = [found for found in source.problems if found.severity == "error"]
    rubric = None
    try:
        rubric = Rubric.model_validate(plain(source.root), context=Names(catalogue()))
    except ValidationError as error:
        problems.extend(_problem(explainer, detail) for detail in error.errors(include_url=False))
    if rubric and stem and rubric.id != stem:
        message = f"the id is `{rubric.id}` and the file is called `{stem}`"
        problems.append(explainer.at("id-not-file-name", message, ("id",), f"Write `id: {stem}`."))
    if rubric is None or problems:
        raise ScenarioError(sorted(problems, key=lambda found: (found.line, found.column)))
    return rubric


def _problem(explainer: Explainer, detail: Any) -> Problem:
    kind: str = detail["type"]
    path: tuple[str | int, ...] = tuple(part for part in detail["loc"] if part != "[key]")
    if kind == "fault":
        context = detail["ctx"]
        return explainer.at(context["code"], context["message"], (*path, *context["at"]), context["mend"])
    if kind == "extra_forbidden":
        message = f"`{str(path[-1])[:60]}` is not a key here"
        return explainer.at("unknown-key", message, path, did_you_mean(str(path[-1]), _keys(path)), on_key=True)
    if kind == "missing":
        return explainer.at("missing-key", f"`{path[-1]}` is missing", path[:-1], f"Add `{path[-1]}:`.", on_key=True)
    said: str = detail["msg"]
    return explainer.at(CODES.get(kind, "wrong-kind"), said[:1].lower() + said[1:], path)


def _keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys an author may write beside the last part of a path."""
    from simulator.rubric import measures, model, outcome

    kinds: tuple[type[Part], ...] = (model.Rubric,)
    if "parts" in path:
        kinds = tuple(kind for kind in outcome.PARTS if _tag(kind, "of") in path)
    elif "measure" in path:
        kinds = tuple(kind for kind in measures.KINDS if _tag(kind, "kind") in path) or (outcome.Outcome,)
    elif "levels" in path:
        kinds = (model.Level,)
    elif "feedback" in path:
        kinds = (model.Advices,) if path[-2] == "feedback" else (model.Advice,)
    elif "criteria" in path:
        kinds = (model.Criterion,)
    elif "hard_fails" in path:
        kinds = (model.HardFail,)
    return tuple(field.alias or name for kind in kinds for name, field in kind.model_fields.items())


def _tag(kind: type[Part], key: str) -> str:
    """The word that chooses this one of several kinds."""
    from typing import get_args

    return str(get_args(kind.model_fields[key].annotation)[0])
