"""Where things lie on this machine: the learner's record, their own scenarios, caches and logs.

`ROLEPLAY_HOME` overrides all of it with one folder. Nothing is made at import: a folder appears when
something is first written to it, readable by its owner alone, because replies are private.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "ROLEPLAY_HOME"
APP = "roleplay"


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
