"""A graph drawn: as Mermaid, as DOT for Graphviz, as SVG where Graphviz is there, and as a tree for the terminal.

Kinds are told by shape and by words, and what was taken by the line and a number, so that nothing hangs on colour.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

from simulator.authoring.graph import ANYWHERE, Edge, Graph, Node

LONGEST = 60
"""Letters of a condition that are shown."""


class DrawingError(Exception):
    """A drawing that cannot be made here; the message says what is missing."""


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart: states are boxes, the start and endings round, never taken is dotted."""
    return "\n".join(["flowchart TD", *_mermaid_nodes(graph), *_mermaid_edges(graph)]) + "\n"


def _mermaid_nodes(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        left, right = {"state": ("[", "]"), "start": ("([", "])"), "anywhere": ("{{", "}}")}.get(
            node.kind, ("((", "))")
        )
        label = "<br/>".join(_mermaid_text(part) for part in _label(node))
        # A state may be called `end`, which is a word of Mermaid's.
        yield f'    s_{node.name}{left}"{label}"{right}'


def _mermaid_edges(graph: Graph) -> Iterator[str]:
    for edge in graph.edges:
        line = "-.->" if edge.times == 0 else "==>" if edge.times else "-->"
        yield f'    s_{edge.source} {line}|"{_mermaid_text(_edge_label(edge))}"| s_{edge.goal}'


def _mermaid_text(text: str) -> str:
    text = text.replace("#", "#35;")  # first, because the others bring more of it
    for char, code in (('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(char, code)
    return text


def dot(graph: Graph) -> str:
    """The graph for Graphviz."""
    lines = [
        f"digraph {_dot_text(graph.title)} {{",
        "  rankdir=TB; node [fontname=Helvetica]; edge [fontname=Helvetica fontsize=10];",
    ]
    for node in graph.nodes:
        shape = {"state": "box", "start": "box", "anywhere": "hexagon"}.get(node.kind, "doublecircle")
        style = "style=bold" if node.kind == "start" else "style=dashed" if node.times == 0 else "style=solid"
        lines.append(f"  {_dot_text(node.name)} [shape={shape} {style} label={_dot_text(chr(10).join(_label(node)))}];")
    for edge in graph.edges:
        style = "dotted" if edge.times == 0 else "bold" if edge.times else "solid"
        label = _dot_text(_edge_label(edge))
        lines.append(f"  {_dot_text(edge.source)} -> {_dot_text(edge.goal)} [style={style} label={label}];")
    return "\n".join([*lines, "}"]) + "\n"


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def svg(graph: Graph) -> str:
    """The graph as SVG. Raises DrawingError where Graphviz is not installed or fails."""
    program = shutil.which("dot")
    if program is None:
        raise DrawingError("Graphviz is not installed (no program `dot`). Install it, or use --format mermaid.")
    done = subprocess.run(  # noqa: S603 (the program Graphviz installs, with no words from outside)
        [program, "-Tsvg"], input=dot(graph), capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode != 0:
        raise DrawingError(f"Graphviz failed: {done.stderr.strip()}")
    return done.stdout


def tree(graph: Graph) -> str:
    """The graph as a tree for the terminal, from the start: each state once in full, and named where it comes again."""
    kinds = {node.name: node for node in graph.nodes}
    start = next(node.name for node in graph.nodes if node.kind == "start")
    lines = list(_branch(graph, kinds, start, set(), "", ""))
    if ANYWHERE in kinds:
        lines += ["", *_branch(graph, kinds, ANYWHERE, set(kinds) - {ANYWHERE}, "", "")]
    return "\n".join(lines) + "\n"


def _branch(graph: Graph, kinds: dict[str, Node], start: str, seen: set[str], lead: str, label: str) -> Iterator[str]:
    """The lines of a node and all below it. `seen` are the states told in full already."""
    waiting: list[tuple[str, str, str, str]] = [(start, lead, lead, label)]
    while waiting:
        name, first, rest, condition = waiting.pop()
        node = kinds[name]
        again = name in seen and not node.ends
        said = f"{name} ({node.kind}{'' if node.times is None else f', {node.times} times'})"
        yield f"{first}{said}{' again' if again else ''}{condition}"
        if again or node.ends:
            continue
        seen.add(name)
        ways = graph.out_of(name)
        below = [
            (
                edge.goal,
                f"{rest}{'└── ' if last else '├── '}",
                f"{rest}{'    ' if last else '│   '}",
                f"  when {_edge_label(edge)}",
            )
            for edge, last in ((edge, number == len(ways)) for number, edge in enumerate(ways, start=1))
        ]
        waiting.extend(reversed(below))


def _label(node: Node) -> list[str]:
    told = [] if node.times is None else [f"{node.times} times"]
    return [node.name, *([] if node.kind in ("state", "anywhere") else [node.kind]), *told]


def _edge_label(edge: Edge) -> str:
    text = edge.condition if len(edge.condition) <= LONGEST else f"{edge.condition[: LONGEST - 3]}..."
    return text if edge.times is None else f"{text} [{edge.times}]"
