"""`roleplay schema`: the JSON Schema of scenarios and rubrics, for editors."""

from __future__ import annotations

from typing import Literal

import click


@click.command("schema", short_help="Print the JSON Schema of scenarios or rubrics, for editors.")
@click.argument("kind", type=click.Choice(["scenario", "rubric"]))
def command(kind: Literal["scenario", "rubric"]) -> None:
    """Print the JSON Schema of scenarios or rubrics. docs/editors.md says how an editor uses it."""
    import json

    from simulator.authoring.schema import schema

    click.echo(json.dumps(schema(kind), indent=2))
