"""Finds scenarios and rubrics: what ships, what the user keeps, and what is named outright.

The list of scenarios is read without the schema, so that the library screen need not wait for it: only the
head of each file is parsed, and what was read is remembered by the file's time and size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.settings import Paths, paths, write_private

if TYPE_CHECKING:
    from simulator.rubric.model import Rubric
    from simulator.scenario.model import Scenario

PACKAGE = Path(__file__).parent
LARGEST = 16 * 1024 * 1024
"""Bytes of a scenario file that are still read; as the loader has it for one's own files."""

_CACHE_FORMAT = 1
_TEXTS = ("id", "title", "sector", "summary")
_NUMBERS = ("difficulty", "minutes")
_LISTS = ("practises", "rubrics")
_HEAD = {*_TEXTS, *_NUMBERS, *_LISTS}
_NUMBER = re.compile(r"[0-9]{1,5}")
_TOP_KEY = re.compile(r"^([A-Za-z_]+)[ \t]*:", re.MULTILINE)


class LibraryError(Exception):
    """A scenario or rubric that cannot be found; the message says what is near."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario of the library, by its head alone. `error` says why it cannot be listed properly; then the
    other fields hold what could be read. `minutes` and `difficulty` are 0 where they are missing."""

    id: str
    title: str
    sector: str
    difficulty: int
    minutes: int
    practises: tuple[str, ...]
    rubrics: tuple[str, ...]
    summary: str
    path: Path
    error: str = ""


class Library:
    """The scenarios and rubrics of one user. Of two with one id, the first found counts: the files or folders
    named outright, then the user's own, then those that ship."""

    def __init__(self, places: Paths | None = None, extra: Sequence[Path] = ()) -> None:
        """`places` are the user's folders (None: from the environment); `extra` files or folders are
        first."""
        self._places = places or paths()
        self._extra = tuple(extra)

    def index(self) -> list[Entry]:
        """Every scenario, by sector, difficulty and title. Broken files are listed last, with their error."""
        remembered = _remembered(self._places.cache / "library.json")
        seen: dict[str, Any] = {}
        entries: dict[str, Entry] = {}
        for path in self._scenario_files():
            entry = self._entry(path, remembered, seen)
            entries.setdefault(entry.id if not entry.error else str(path), entry)
        if seen != remembered:
            _remember(self._places.cache / "library.json", seen)
        return sorted(entries.values(), key=lambda one: (bool(one.error), one.sector, one.difficulty, one.title))

    def open_scenario(self, id_or_path: str | Path) -> Scenario:
        """The scenario of that id, or in that file. Raises LibraryError where there is none and ScenarioError
        where it cannot be used."""
        from simulator.scenario import load_file

        return load_file(self.find(id_or_path))

    def find(self, id_or_path: str | Path) -> Path:
        """The file of a scenario, by id or by path. Raises LibraryError where there is none."""
        path = Path(id_or_path)
        if isinstance(id_or_path, Path) or path.suffix in {".yaml", ".yml"} or path.name != str(id_or_path):
            if path.is_file():
                return path
            raise LibraryError(f"There is no file {path}.")
        by_id = {entry.id: entry.path for entry in self.index()}
        if id_or_path not in by_id:
            raise LibraryError(_unknown("scenario", id_or_path, by_id))
        return by_id[id_or_path]

    def open_rubric(self, rubric_id: str) -> Rubric:
        """The rubric of that id. Raises LibraryError where there is none and ScenarioError where it cannot be
        used."""
        from simulator.rubric.load import load_file

        by_id: dict[str, Path] = {}
        for folder in (self._places.rubrics, *shipped("rubrics")):
            for path in _yaml_files(folder):
                by_id.setdefault(path.stem, path)
        if rubric_id not in by_id:
            raise LibraryError(_unknown("rubric", rubric_id, by_id))
        return load_file(by_id[rubric_id])

    def _scenario_files(self) -> Iterator[Path]:
        for place in (*self._extra, self._places.scenarios, *shipped("scenarios")):
            yield from [place] if place.is_file() else _yaml_files(place)

    def _entry(self, path: Path, remembered: dict[str, Any], seen: dict[str, Any]) -> Entry:
        key = str(path.absolute())
        try:
            status = path.stat()
        except OSError as error:
            return _broken(path, error.strerror or "cannot be read")
        stamp = [status.st_mtime_ns, status.st_size]
        with suppress(KeyError, TypeError):  # nothing remembered, or damaged: read again
            if remembered[key]["stamp"] == stamp:
                entry = _from_json(path, remembered[key]["entry"])
                seen[key] = remembered[key]
                return entry
        entry = read_head(path)
        values = asdict(entry)
        del values["path"]
        seen[key] = {"stamp": stamp, "entry": json.loads(json.dumps(values))}
        return entry


def shipped(kind: str) -> list[Path]:
    """The folders of what ships (`kind`: scenarios or rubrics): in a wheel inside the package, in a checkout
    at its top."""
    places = [PACKAGE / "shipped" / kind]
    if (PACKAGE.parent / "pyproject.toml").is_file():
        places.append(PACKAGE.parent / kind)
    return [place for place in places if place.is_dir()]


def read_head(path: Path) -> Entry:
    """What the library shows of a scenario file. Never raises: a file that cannot be read becomes an entry
    with an error, under its file name."""
    import yaml

    try:
        if path.stat().st_size > LARGEST:
            return _broken(path, "is larger than a scenario may be")
        head = yaml.load(_head_of(path.read_text(encoding="utf-8-sig")), Loader=yaml.BaseLoader)  # noqa: S506
    except UnicodeDecodeError:
        return _broken(path, "is not text in UTF-8")
    except OSError as error:
        return _broken(path, error.strerror or "cannot be read")
    except (RecursionError, yaml.YAMLError) as error:
        return _broken(path, str(getattr(error, "problem", None) or "cannot be read as YAML"))
    if not isinstance(head, dict):
        return _broken(path, "is not a scenario")
    return _checked(path, head)


def _head_of(text: str) -> str:
    """The top-level keys the list needs, cut out of the text, so that the states need not be parsed."""
    starts = [key.start() for key in _TOP_KEY.finditer(text)]
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return "".join(part for part in parts if part.partition(":")[0].rstrip() in _HEAD)


def _checked(path: Path, head: dict[Any, Any]) -> Entry:
    values: dict[str, Any] = {}
    wrong = []
    for key in (*_TEXTS, *_NUMBERS, *_LISTS):
        value: Any = head.get(key)
        if key in _TEXTS and isinstance(value, str) and value.strip():
            values[key] = " ".join(value.split())
        elif key in _NUMBERS and isinstance(value, str) and _NUMBER.fullmatch(value):
            values[key] = int(value)
        elif key in _LISTS and isinstance(value, list) and all(isinstance(one, str) for one in value):
            values[key] = tuple(value)
        else:
            wrong.append(key)
            values[key] = "" if key in _TEXTS else 0 if key in _NUMBERS else ()
    values["id"] = values["id"] or path.stem
    values["title"] = values["title"] or path.stem
    error = f"lacks a proper {', '.join(f'`{key}`' for key in wrong)}" if wrong else ""
    return Entry(**values, path=path, error=error)


def _broken(path: Path, error: str) -> Entry:
    return Entry(path.stem, path.stem, "", 0, 0, (), (), "", path, error)


def _from_json(path: Path, values: dict[str, Any]) -> Entry:
    return Entry(**{**values, **{key: tuple(values[key]) for key in _LISTS}}, path=path)


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file()) if folder.is_dir() else []


def _remembered(path: Path) -> dict[str, Any]:
    # A cache that is missing, damaged or from another version is only a slower start.
    with suppress(OSError, ValueError, TypeError, KeyError):
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["format"] == _CACHE_FORMAT:
            return dict(stored["files"])
    return {}


def _remember(path: Path, files: dict[str, Any]) -> None:
    with suppress(OSError):
        write_private(path, json.dumps({"format": _CACHE_FORMAT, "files": files}))


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    from simulator.scenario.errors import did_you_mean

    return f"There is no {kind} called `{name}`. {did_you_mean(name, known)}".rstrip()
