"""A new scenario or rubric from a template: commented, valid, and ready to be played."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.authoring.schema import Kind, schema
from simulator.scenario.fields import FILE_ID

TEMPLATES = Path(__file__).parent / "templates"
SCHEMAS = ".roleplay"
"""The folder beside a new file that holds the schema its first line names."""


class NewFileError(Exception):
    """A file that cannot be made; the message says why."""


def new_scenario(folder: Path, name: str, *, sector: str, skills: Sequence[str], rubrics: Sequence[str]) -> Path:
    """Write a scenario `name`.yaml into a folder and give its path. Raises NewFileError; nothing is overwritten."""
    values = {
        "title": _title(name),
        "sector": sector,
        "skills": ", ".join(_flow_text(skill) for skill in skills),
        "rubrics": ", ".join(rubrics),
    }
    return _write(folder, name, "scenario", values)


def new_rubric(folder: Path, name: str) -> Path:
    """Write a rubric `name`.yaml into a folder and give its path. Raises NewFileError; nothing is overwritten."""
    return _write(folder, name, "rubric", {"title": _title(name)})


def _write(folder: Path, name: str, kind: Kind, values: Mapping[str, str]) -> Path:
    if not FILE_ID.fullmatch(name):
        raise NewFileError(f"`{name}` is not an id: lower case letters, digits and hyphens, as in `first-visit`.")
    path = folder / f"{name}.yaml"
    text = (TEMPLATES / f"{kind}.yaml").read_text(encoding="utf-8")
    for key, value in {"id": name, "schema": f"{SCHEMAS}/{kind}.schema.json", **values}.items():
        text = text.replace(f"<<{key}>>", value)
    try:
        (folder / SCHEMAS).mkdir(parents=True, exist_ok=True)
        (folder / SCHEMAS / f"{kind}.schema.json").write_text(json.dumps(schema(kind), indent=1), encoding="utf-8")
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NewFileError(f"{path} is there already. Choose another id, or delete it first.") from None
    except OSError as error:
        raise NewFileError(f"{path} cannot be written ({error.strerror}).") from None
    return path


def _title(name: str) -> str:
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _flow_text(text: str) -> str:
    """A text as it may stand in a list in brackets."""
    text = " ".join(text.split())
    plain = all(char.isalnum() or char in " -" for char in text)
    return text if plain and not text.startswith("-") else json.dumps(text, ensure_ascii=False)
