"""The graph of a scenario as a value: states and endings, and the ways between them with their conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.authoring.playtests import Coverage
    from simulator.scenario import Scenario
    from simulator.scenario.states import Transition

ANYWHERE = "anywhere"
"""The node for transitions that are tried in every state; no state can have this name beside them."""


@dataclass(frozen=True, slots=True)
class Node:
    """A state or an ending. `kind` says which in words: start, state, an ending with its outcome, anywhere. `times` is
    how often talks came there, None where nothing was laid over the graph."""

    name: str
    kind: str
    times: int | None = None

    @property
    def ends(self) -> bool:
        """Whether a talk ends here."""
        return self.kind.startswith("ending")


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition: where from and to, its id, its condition, and how often talks took it (None: not known)."""

    source: str
    goal: str
    name: str
    condition: str
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes in the order of the file, and all edges."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def out_of(self, name: str) -> list[Edge]:
        """The edges that leave a node."""
        return [edge for edge in self.edges if edge.source == name]


def graph_of(scenario: Scenario, coverage: Coverage | None = None, *, stays: bool = False) -> Graph:
    """The graph of a scenario. `coverage` is laid over it; with `stays`, transitions that lead nowhere are in
    it too."""
    places = coverage.places if coverage else {}
    nodes = [
        Node(name, "start" if name == scenario.start else "state", places.get(name) if coverage else None)
        for name in scenario.states
    ]
    edges: list[Edge] = []
    for name, state in scenario.states.items():
        edges += _edges(name, state.transitions, coverage, stays=stays)
    always = _edges(ANYWHERE, scenario.anywhere, coverage, stays=stays)
    if always:
        nodes.append(Node(ANYWHERE, "anywhere"))
    nodes += [
        Node(name, f"ending: {ending.outcome.replace('_', ' ')}", places.get(name) if coverage else None)
        for name, ending in scenario.endings.items()
    ]
    return Graph(scenario.title, tuple(nodes), (*edges, *always))


def _edges(source: str, transitions: Iterable[Transition], coverage: Coverage | None, *, stays: bool) -> list[Edge]:
    return [
        Edge(source, one.to or source, one.id, one.when.text, coverage.transitions.get(one.id) if coverage else None)
        for one in transitions
        if stays or (one.to is not None and one.to != source)
    ]
