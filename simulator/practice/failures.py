"""The errors a person can do something about, in words: one list for every front end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.scenario.errors import ScenarioError


def expected(error: Exception, *, short: bool = False) -> str | None:
    """The message of an error of the record, the library, a scenario or a talk; None for any other.

    `short` gives the first problem of a scenario in a sentence, for a screen, instead of with its excerpt.
    """
    from simulator.catalogue.loader import CatalogueError
    from simulator.library import LibraryError
    from simulator.practice.values import PracticeError
    from simulator.scenario.errors import ScenarioError
    from simulator.settings import SettingsError
    from simulator.store import StoreError

    if isinstance(error, ScenarioError):
        return _sentence(error) if short else _whole(error)
    if isinstance(error, LibraryError | PracticeError | StoreError | SettingsError | CatalogueError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return None


def _whole(error: ScenarioError) -> str:
    first, *rest = error.problems
    more = f"\n{len(rest)} more. To see them all: roleplay check {first.file}" if rest else ""
    return f"{first}{more}"


def _sentence(error: ScenarioError) -> str:
    from simulator.scenario.errors import visible

    first, *rest = error.problems
    mend = f" {first.mend}" if first.mend else ""
    more = f" And {len(rest)} more." if rest else ""
    return visible(f"{first.place}: {first.message}.{mend}{more} To see it all: roleplay check {first.file}")
