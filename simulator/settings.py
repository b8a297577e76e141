"""Where things lie on this machine: the learner's record, their own scenarios, caches and logs.

`ROLEPLAY_HOME` overrides all of it with one folder. Nothing is made at import: a folder appears when
something is first written to it, readable by its owner alone, because replies are private.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "ROLEPLAY_HOME"
DATABASE_VARIABLE = "ROLEPLAY_DATABASE"
LEARNER_VARIABLE = "ROLEPLAY_LEARNER"
APP = "roleplay"
LONGEST_PSEUDONYM = 100
"""Characters of a pseudonym that the record has room for."""


class SettingsError(Exception):
    """A setting cannot be used. The message says where it stands, why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user. None of them need exist."""

    data: Path
    cache: Path
    log: Path

    @property
    def record(self) -> Path:
        """The file that holds every attempt."""
        return self.data / "record.db"

    @property
    def backups(self) -> Path:
        """The copies of that file."""
        return self.data / "backups"

    @property
    def settings(self) -> Path:
        """The file in which the user may settle things for good; see `settings`."""
        return self.data / "settings.toml"

    @property
    def pseudonym(self) -> Path:
        """The file that keeps the pseudonym made for this user."""
        return self.data / "pseudonym"

    @property
    def scenarios(self) -> Path:
        """The user's own scenarios."""
        return self.data / "scenarios"

    @property
    def rubrics(self) -> Path:
        """The user's own rubrics."""
        return self.data / "rubrics"


def paths() -> Paths:
    """The folders to use, read from the environment anew at each call."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(data=root, cache=root / "cache", log=root / "log")
    from platformdirs import PlatformDirs

    places = PlatformDirs(APP, appauthor=False)
    return Paths(
        data=places.user_data_path,
        cache=places.user_cache_path,
        log=places.user_log_path,
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may settle: the address of a PostgreSQL database in place of the SQLite file, and the pseudonym
    their attempts are kept under."""

    database: str | None = None
    learner: str | None = None

    @property
    def record(self) -> Path | str:
        """Where attempts are kept: a SQLite file, or the address of a PostgreSQL database."""
        return self.database or paths().record

    @property
    def pseudonym(self) -> str:
        """Whose attempts they are: as settled; else `local` in a file of one's own, and in a database shared with
        others a pseudonym made once for this user. Raises OSError where that cannot be kept."""
        return self.learner or ("local" if self.database is None else shared_pseudonym())


def settings() -> Settings:
    """What is settled: by `ROLEPLAY_DATABASE` and `ROLEPLAY_LEARNER`, else by `settings.toml` in the data folder.

    Raises SettingsError where the file cannot be read, or says something nobody asked for.
    """
    found = _settled(paths().settings)
    values = {name: os.environ.get(variable) or found.get(name) for name, variable in _VARIABLES.items()}
    if values["learner"] and len(values["learner"]) > LONGEST_PSEUDONYM:
        raise SettingsError(f"A pseudonym has at most {LONGEST_PSEUDONYM} characters.")
    return Settings(**values)


_VARIABLES = {"database": DATABASE_VARIABLE, "learner": LEARNER_VARIABLE}


def _settled(path: Path) -> dict[str, str]:
    import tomllib

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from None
    for name, value in found.items():
        if name not in _VARIABLES:
            from simulator.scenario.errors import did_you_mean

            raise SettingsError(f"{path}: there is no setting `{name}`. {did_you_mean(name, _VARIABLES)}".rstrip())
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f'{path}: `{name}` wants a text in quotes, such as {name} = "...".')
    return found


def shared_pseudonym() -> str:
    """The pseudonym of this user in a database shared with others: made at random once, then kept in a file. Raises
    OSError where it cannot be."""
    path = paths().pseudonym
    with suppress(FileNotFoundError):
        kept = path.read_text(encoding="utf-8").strip()
        if kept:
            return kept
    made = f"learner-{os.urandom(4).hex()}"
    write_private(path, f"{made}\n")
    return made


def make_private_folder(folder: Path) -> None:
    """Make a folder and its missing parents, each for the owner alone (0700); leave an existing one as it is.

    Raises OSError where it cannot be made.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for the owner alone (0600) if there is none. Raises OSError where it cannot."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def write_private(path: Path, text: str) -> None:
    """Replace a file's whole text at once (0600), so that a reader sees the old text or the new, never half.

    Raises OSError where it cannot be written; the old file then stands.
    """
    make_private_folder(path.parent)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
