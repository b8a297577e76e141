"""The catalogue read from its data files: behaviours, their groups, and the common topics.

The files are ours, so they are trusted, but a slip in one of them must be seen at once: `CatalogueError`
says which file and what to mend. Every scalar is read as a string, so a word such as `no` stays a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

DATA = Path(__file__).parent
"""Where the data files of the catalogue lie, in a checkout and in a wheel."""

VALENCES = ("helps", "harms", "neutral", "depends")
OPPOSITE = {"helps": "harms", "harms": "helps"}


class CatalogueError(ValueError):
    """A data file of the catalogue that cannot be used; the message names the file and the mistake."""


@dataclass(frozen=True, slots=True)
class Example:
    """A reply that shows a behaviour, to the client's `line`, or after `context`: speakers and what they said."""

    reply: str
    line: str = ""
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A reply that looks like the behaviour and is not: it shows `instead`."""

    reply: str
    instead: tuple[str, ...]
    line: str = ""
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a reply does, by the codes of the field. `effects` are the default changes to the meters.

    `whole_talk` marks what only a whole talk can show. `try_` is a phrase a learner could try.
    """

    id: str
    name: str
    family: str
    definition: str
    is_not: str
    valence: str
    effects: Mapping[str, int]
    whole_talk: bool
    try_: str
    effect_on_client: str
    examples: tuple[Example, ...]
    near_misses: tuple[NearMiss, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Several behaviours that will do equally well; none of them has the opposite valence."""

    id: str
    name: str
    valence: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class CommonTopic:
    """A topic most clients can be asked about. `asks` are whole questions that mean it without its words."""

    id: str
    words: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The closed list of behaviours and the groups over them, in the order of the files."""

    behaviours: Mapping[str, Behaviour]
    groups: Mapping[str, Group]

    def behaviour(self, name: str) -> Behaviour:
        """The behaviour with this id. Raises KeyError where there is none."""
        return self.behaviours[name]

    def expand(self, name: str) -> frozenset[str]:
        """The behaviours a name stands for: a group's members, or the one behaviour. Raises KeyError."""
        group = self.groups.get(name)
        return group.members if group else frozenset((self.behaviours[name].id,))

    def is_known(self, name: str) -> bool:
        """Whether the name is a behaviour or a group."""
        return name in self.behaviours or name in self.groups

    def valence(self, name: str) -> str:
        """`helps`, `harms`, `neutral` or `depends`, for a behaviour or a group. Raises KeyError."""
        group = self.groups.get(name)
        return group.valence if group else self.behaviours[name].valence

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return (*self.behaviours, *self.groups)

    def names(self) -> tuple[str, ...]:
        """Every behaviour id, then every group id."""
        return self._names

    @cached_property
    def _groups_of(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for group in self.groups.values():
            for member in group.members:
                found.setdefault(member, []).append(group.id)
        return {member: tuple(ids) for member, ids in found.items()}

    def groups_of(self, behaviour: str) -> tuple[str, ...]:
        """The ids of the groups a behaviour belongs to, in the order of the file."""
        return self._groups_of.get(behaviour, ())


def read_data(name: str) -> Any:
    """A data file of the catalogue, by its path below the package (`lexicons/feelings.yaml`).

    Every scalar of a YAML file comes back as a string; a `.json` file comes back as JSON has it.
    Raises CatalogueError when the file is not there or cannot be read.
    """
    return _read(DATA / name)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that ships, read once. Raises CatalogueError when its files do not fit together."""
    return load_catalogue(DATA)


@lru_cache(maxsize=1)
def common_topics() -> Mapping[str, CommonTopic]:
    """The topics of `topics.yaml` by id, read once. Raises CatalogueError."""
    return load_topics(DATA / "topics.yaml")


def load_catalogue(folder: Path) -> Catalogue:
    """Read `behaviours/*.yaml` and `groups.yaml` of a folder and check them against each other.

    Raises CatalogueError for a missing key, a behaviour written twice, a group with an unknown member,
    or a group that mixes helps and harms.
    """
    behaviours: dict[str, Behaviour] = {}
    for path in sorted((folder / "behaviours").glob("*.yaml")):
        for behaviour in _behaviours(path):
            if behaviour.id in behaviours:
                raise CatalogueError(f"{path}: the behaviour {behaviour.id} is written in two files")
            behaviours[behaviour.id] = behaviour
    path = folder / "groups.yaml"
    groups = {group.id: group for group in _groups(path)}
    for group in groups.values():
        _check_group(path, group, behaviours)
    return Catalogue(MappingProxyType(behaviours), MappingProxyType(groups))


def load_topics(path: Path) -> Mapping[str, CommonTopic]:
    """Read a file of common topics. Raises CatalogueError where a topic has no words."""
    topics = {}
    for name, data in _section(path, _read(path), "topics"):
        words = _texts(data.get("words"))
        if not words:
            raise CatalogueError(f"{path}: the topic {name} has no words")
        topics[name] = CommonTopic(name, words, _texts(data.get("asks")))
    return MappingProxyType(topics)


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror})") from None
    if path.suffix == ".json":
        import json

        return json.loads(text)
    import yaml

    # The base loader guesses no types. libyaml's is far faster, but a build of PyYAML may lack it.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 (the base loader builds strings, lists and mappings)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path}: not YAML: {error}") from None


def _section(path: Path, data: Any, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries under `key` of what a file holds, each of them a mapping."""
    entries = data.get(key) if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise CatalogueError(f"{path}: the file needs a mapping `{key}:`")
    for name, value in entries.items():
        if not isinstance(value, dict):
            raise CatalogueError(f"{path}: {key}.{name} must be a mapping")
        yield name, value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(item) for item in value) if isinstance(value, Iterable) else ()


def _example(value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that examples and near-misses share."""
    rest = {key: text for key, text in value.items() if key not in ("context", "instead")}
    return {**rest, "context": tuple((said["speaker"], said["text"]) for said in value.get("context") or ())}


def _behaviours(path: Path) -> Iterator[Behaviour]:
    data = _read(path)
    family = data.get("family", "") if isinstance(data, dict) else ""
    for name, value in _section(path, data, "behaviours"):
        try:
            yield Behaviour(
                id=name,
                name=value["name"],
                family=family,
                definition=value["definition"],
                is_not=value.get("is_not", ""),
                valence=value["valence"],
                effects=MappingProxyType({meter: int(by) for meter, by in (value.get("effects") or {}).items()}),
                whole_talk=value.get("whole_talk") == "true",
                try_=value.get("try", ""),
                effect_on_client=value.get("effect_on_client", ""),
                examples=tuple(Example(**_example(example)) for example in value.get("examples") or ()),
                near_misses=tuple(
                    NearMiss(**_example(miss), instead=_texts(miss.get("instead")))
                    for miss in value.get("near_misses") or ()
                ),
                source=value.get("source", ""),
            )
        except KeyError as error:
            raise CatalogueError(f"{path}: the behaviour {name} lacks {error.args[0]}") from None
        except (TypeError, ValueError, AttributeError) as error:
            raise CatalogueError(f"{path}: the behaviour {name}: {error}") from None
        if value["valence"] not in VALENCES:
            raise CatalogueError(f"{path}: the valence of {name} must be one of {', '.join(VALENCES)}")


def _groups(path: Path) -> Iterator[Group]:
    for name, value in _section(path, _read(path), "groups"):
        try:
            yield Group(name, value["name"], value["valence"], frozenset(_texts(value["members"])))
        except KeyError as error:
            raise CatalogueError(f"{path}: the group {name} lacks {error.args[0]}") from None


def _check_group(path: Path, group: Group, behaviours: Mapping[str, Behaviour]) -> None:
    unknown = sorted(group.members - behaviours.keys())
    if unknown:
        raise CatalogueError(f"{path}: {group.id} names behaviours that are not there: {', '.join(unknown)}")
    if not group.members:
        raise CatalogueError(f"{path}: {group.id} has no members")
    if group.id in behaviours:
        raise CatalogueError(f"{path}: {group.id} is the name of a behaviour too")
    opposite = OPPOSITE.get(group.valence)
    astray = sorted(name for name in group.members if behaviours[name].valence == opposite)
    if opposite and astray:
        raise CatalogueError(f"{path}: {group.id} {group.valence}, but these {opposite[:-1]}: {', '.join(astray)}")
