"""A rubric file read into a Rubric; every mistake in it with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.scenario.errors import Problem, ScenarioError, did_you_mean, problem
from simulator.scenario.nodes import Scalar, Source, locate, plain
from simulator.scenario.source import parse

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric

CODES = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "not-a-choice",
    "enum": "not-a-choice",
    "union_tag_invalid": "not-a-choice",
    "union_tag_not_found": "missing-key",
    "string_too_short": "empty-text",
    "string_pattern_mismatch": "bad-name",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "not-a-number",
    "float_parsing": "not-a-number",
    "int_parsing": "not-a-number",
    "value_error": "wrong-kind",
}
"""What pydantic calls a mistake, and what the codes of scenario files call it; all else is `wrong-kind`."""


def load_file(path: Path | str) -> Rubric:
    """The rubric in a file whose name is its id. Raises ScenarioError with every problem found."""
    path = Path(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ScenarioError([problem("unreadable-file", f"cannot be read: {error.strerror}", file=str(path))]) from None
    rubric = load_text(text, str(path))
    if rubric.id != path.stem:
        raise ScenarioError(
            [
                problem(
                    "id-not-file-name",
                    f"the rubric calls itself `{rubric.id}`",
                    mend=f"Name the file {rubric.id}.yaml, or write `id: {path.stem}`.",
                    file=str(path),
                )
            ]
        )
    return rubric


def load_text(text: str | bytes, name: str) -> Rubric:
    """The rubric in a YAML text; `name` is what complaints call it. Raises ScenarioError with every problem."""
    from pydantic import ValidationError

    from simulator.rubric.model import Rubric

    source = parse(text, name)
    problems = [found for found in source.problems if found.severity == "error"]
    try:
        rubric = Rubric.model_validate(plain(source.root))
    except ValidationError as error:
        problems.extend(_problem(source, found) for found in error.errors(include_url=False))
        raise ScenarioError(sorted(problems, key=lambda found: (found.line, found.column))) from None
    if problems:
        raise ScenarioError(problems)
    return rubric


def _problem(source: Source, found: Any) -> Problem:
    path = _path(found["loc"])
    key = path[-1] if path else ""
    node, under = locate(source.root, path)
    at_key = found["type"] == "extra_forbidden" or not isinstance(node, Scalar)
    place = under if at_key and under else node
    message, mend = found["msg"].removeprefix("Value error, "), ""
    if found["type"] == "extra_forbidden":
        message = f"`{key}` is not a key here"
        mend = did_you_mean(str(key), _siblings(path[:-1]))
    elif found["type"] == "missing":
        message = f"`{key}` is missing" + (f" in `{path[-2]}`" if len(path) > 1 else "")
    return problem(
        CODES.get(found["type"], "wrong-kind"),
        message,
        mend=mend,
        file=source.file,
        line=place.line,
        column=place.column,
        excerpt=source.excerpt(place.line),
    )


def _path(loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """The keys of a place, without the marks pydantic puts between them; whole numbers stand for level keys too."""
    parts = tuple(part for part in loc if part != "[key]")
    return tuple(
        str(part) if isinstance(part, int) and index and parts[index - 1] == "levels" else part
        for index, part in enumerate(parts)
    )


def _siblings(path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys a mapping at this place may have."""
    from simulator.rubric import measures, model, outcome

    if not path:
        kinds: tuple[type[measures.Model], ...] = (model.Rubric,)
    elif "measure" in path:
        kinds = (*outcome.PARTS, *measures.KINDS, outcome.Outcome)
    elif "levels" in path:
        kinds = (model.Level,)
    elif "feedback" in path:
        kinds = (model.Advices, model.Advice)
    elif "hard_fails" in path:
        kinds = (model.HardFail,)
    else:
        kinds = (model.Criterion,)
    return tuple(field.alias or name for kind in kinds for name, field in kind.model_fields.items())
