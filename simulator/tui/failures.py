"""Errors that a learner can do something about, as one sentence or two for the screen."""

from __future__ import annotations


class RefusedError(Exception):
    """Something the practice could not do. The message is what to show."""


def expected(error: Exception) -> str | None:
    """The words for an error of the record, the library, a scenario or a talk; None for any other."""
    from simulator.catalogue.loader import CatalogueError
    from simulator.library import LibraryError
    from simulator.practice import PracticeError
    from simulator.scenario.errors import ScenarioError, visible
    from simulator.store import StoreError

    if isinstance(error, ScenarioError):
        first, *rest = error.problems
        mend = f" {first.mend}" if first.mend else ""
        more = f" And {len(rest)} more." if rest else ""
        return visible(f"{first.place}: {first.message}.{mend}{more} To see it all: roleplay check {first.file}")
    if isinstance(error, LibraryError | PracticeError | StoreError | CatalogueError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return None
