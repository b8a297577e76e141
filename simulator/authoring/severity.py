"""How grave each problem is to be taken: as its data file says, as a project's file sets it, or not at all on a
line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.scenario import Problem
from simulator.scenario.codes import codes, rule
from simulator.scenario.errors import did_you_mean

FILE_NAME = "roleplay-check.toml"
"""The file that sets severities for a folder and all below it."""

LEVELS = ("error", "warning", "note", "off")
IGNORED = re.compile(r"#\s*check:\s*ignore((?:[ ,]+[a-z-]+)*)\s*$")


class SettingsError(ValueError):
    """A settings file that cannot be used; the message says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Severities:
    """What a settings file says: the level of each code it names."""

    levels: Mapping[str, str] = field(default_factory=dict)

    def applied(self, problems: Iterable[Problem], lines: tuple[str, ...]) -> tuple[Problem, ...]:
        """The problems that are left, each as grave as it is to be taken. `lines` are those of the file; one that
        ends in `# check: ignore CODE` silences that code there, one without a code silences all.

        What keeps a scenario from loading is always an error.
        """
        left = []
        for problem in problems:
            if rule(problem.code).found == "loading" and problem.severity == "error":
                left.append(problem)
                continue
            level = self.levels.get(problem.code, problem.severity)
            if level == "off" or problem.code in _ignored(lines, problem.line):
                continue
            left.append(replace(problem, severity=level))  # type: ignore[arg-type]
        return tuple(left)


def _ignored(lines: tuple[str, ...], number: int) -> frozenset[str]:
    """The codes a line silences, on itself or as a comment of its own above."""
    found: set[str] = set()
    for at in (number, number - 1):
        if not 0 < at <= len(lines):
            continue
        text = lines[at - 1]
        comment = IGNORED.search(text)
        if comment and (at == number or text.lstrip().startswith("#")):
            found.update(re.findall(r"[a-z-]+", comment[1]) or codes())
    return frozenset(found)


def settings_for(path: Path) -> Severities:
    """The settings of the nearest folder above a file that has any. Raises SettingsError."""
    for folder in path.resolve().parents:
        file = folder / FILE_NAME
        if file.is_file():
            return read_settings(file)
    return Severities()


def read_settings(file: Path) -> Severities:
    """The settings in a file: a table `[severity]` of codes and levels. Raises SettingsError."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: is not text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from None
    unknown = sorted(data.keys() - {"severity"})
    if unknown:
        raise SettingsError(f"{file}: `{unknown[0]}` is not a key here. Write a table `[severity]`.")
    levels = data.get("severity", {})
    if not isinstance(levels, dict):
        raise SettingsError(
            f'{file}: `severity` is not a table. Write `[severity]` and below it, say, `no-hint = "off"`.'
        )
    for code, level in levels.items():
        if code not in codes():
            raise SettingsError(f"{file}: there is no code `{code}`. {did_you_mean(code, codes())}".rstrip())
        if level not in LEVELS:
            raise SettingsError(f"{file}: `{level}` is no severity for `{code}`. Write one of {', '.join(LEVELS)}.")
        if rule(code).found == "loading" and rule(code).severity == "error":
            raise SettingsError(f"{file}: `{code}` keeps a scenario from being played; its severity cannot be changed.")
    return Severities(levels)
