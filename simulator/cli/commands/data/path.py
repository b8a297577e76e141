"""`roleplay data path`: where everything lies."""

from __future__ import annotations

import click


@click.command("path", short_help="Say where everything lies.")
@click.option("--json", "as_json", is_flag=True, help="Write the places as JSON.")
def command(as_json: bool) -> None:
    """Say where everything lies. None of these places need exist yet."""
    from simulator.cli.output import say, say_json
    from simulator.settings import paths, settings

    places, chosen = paths(), settings()
    found = {
        "record": str(chosen.record) if chosen.database is None else without_password(chosen.database),
        "backups": str(places.backups) if chosen.database is None else None,
        "scenarios": str(places.scenarios),
        "rubrics": str(places.rubrics),
        "settings": str(places.settings),
        "log": str(places.log),
        "cache": str(places.cache),
    }
    if as_json:
        say_json(found)
        return
    for name, place in found.items():
        say(f"{name:<10} {place or 'as whoever administers the database keeps them'}")


def without_password(url: str) -> str:
    """The address of a database as it may be shown."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return url if parts.password is None else url.replace(f":{parts.password}@", ":***@", 1)
