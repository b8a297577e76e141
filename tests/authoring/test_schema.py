"""The schemas for editors: true to the models, complete, and held against everything that ships."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from diagnosed import BASES

from simulator.authoring.schema import schema
from simulator.catalogue.loader import catalogue

ROOT = Path(__file__).parents[2]
SCENARIOS = [*sorted((ROOT / "scenarios").rglob("*.yaml")), *BASES.values()]
RUBRICS = sorted((ROOT / "rubrics").glob("*.yaml"))


def validated(kind: str, files: list[Path], tmp_path: Path) -> subprocess.CompletedProcess[str]:
    place = tmp_path / "schema.json"
    place.write_text(json.dumps(schema(kind)), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(place), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize(("kind", "files"), [("scenario", SCENARIOS), ("rubric", RUBRICS)])
def test_everything_that_ships_is_valid(kind: str, files: list[Path], tmp_path: Path) -> None:
    done = validated(kind, files, tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_schemas_are_schemas(tmp_path: Path) -> None:
    places = []
    for kind in ("scenario", "rubric"):
        places.append(tmp_path / f"{kind}.json")
        places[-1].write_text(json.dumps(schema(kind)), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *map(str, places)]
    assert subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: At", "titel: At"),
        ("temperament: guarded", "temperament: garded"),
        ("outcome: met", "outcome: good"),
        ("difficulty: 1", "difficulty: 7"),
        ("{as: [contempt], ", "{as: [contemt], "),
        ("cues:\n      tired: {feeling", "cues:\n      tired: {feling"),
    ],
)
def test_slips_are_marked(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    text = BASES["plain"].read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert validated("scenario", [path], tmp_path).returncode == 1


def test_every_key_says_what_it_means() -> None:
    for kind in ("scenario", "rubric"):
        made = schema(kind)
        parts = {kind: made, **made["$defs"]}
        bare = [
            f"{name}.{key}"
            for name, part in parts.items()
            for form in (part, *part.get("anyOf", ()))
            for key, value in form.get("properties", {}).items()
            if "description" not in value and "$ref" not in value
        ]
        assert not bare


def test_behaviours_are_offered() -> None:
    voice = schema("scenario")["$defs"]["Person"]["properties"]["voice"]
    assert set(catalogue().names()) <= set(voice["propertyNames"]["enum"])
