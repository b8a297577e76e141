"""Graphs: every way is in each form, kinds are told without colour, and coverage is laid over them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from diagnosed import BASES

from simulator.authoring.drawing import DrawingError, dot, mermaid, svg, tree
from simulator.authoring.graph import graph_of
from simulator.authoring.playtests import Coverage
from simulator.authoring.statistics import statistics
from simulator.library import Library
from simulator.scenario import load_file

PLAIN = load_file(BASES["plain"])
COVERED = Coverage(
    {"first.1": 2, "first.2": 0, "second.1": 1, "second.2": 0}, {"first": 2, "second": 2, "done": 1, "gone": 0}
)


def test_a_tree_for_the_terminal() -> None:
    assert tree(graph_of(PLAIN)) == (
        "first (start)\n"
        "└── second (state)  when any_reflection of tired\n"
        "    ├── done (ending: met)  when answered now and flag noted\n"
        "    └── gone (ending: partly)  when turns_here >= 3 and hope < 90 and slips <= 20\n"
    )


def test_transitions_that_stay_are_shown_on_request() -> None:
    drawn = tree(graph_of(PLAIN, stays=True))
    assert "└── first (start) again  when any_roadblock" in drawn


def test_mermaid_tells_kinds_by_shape_and_never_taken_by_dots() -> None:
    drawn = mermaid(graph_of(PLAIN, COVERED))
    assert 's_first(["first<br/>start<br/>2 times"])' in drawn
    assert 's_done(("done<br/>ending: met<br/>1 times"))' in drawn
    assert 's_second ==>|"answered now and flag noted [1]"| s_done' in drawn
    assert 's_second -.->|"turns_here #gt;= 3 and hope #lt; 90 and slips #lt;= 20 [0]"| s_gone' in drawn


def test_dot_quotes_what_it_must() -> None:
    graph = graph_of(PLAIN.model_copy(update={"title": 'She said "no"\\'}), COVERED)
    drawn = dot(graph)
    assert drawn.startswith('digraph "She said \\"no\\"\\\\" {')
    assert '"second" -> "gone" [style=dotted' in drawn
    if shutil.which("dot"):
        assert subprocess.run(["dot", "-Tsvg"], input=drawn, text=True, capture_output=True).returncode == 0


def test_svg_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DrawingError, match="Graphviz is not installed"):
        svg(graph_of(PLAIN))


def test_every_way_of_what_ships_is_drawn() -> None:
    for entry in Library().index():
        scenario = Library().open_scenario(entry.id)
        graph = graph_of(scenario)
        ways = [one for one in scenario.anywhere if one.to]
        ways += [
            one for name, state in scenario.states.items() for one in state.transitions if one.to not in (None, name)
        ]
        assert len(graph.edges) == len(ways)
        assert mermaid(graph).count("-->|") == len(ways)
        drawn = tree(graph)
        assert all(f"{name} (" in drawn for name in scenario.states)


def test_statistics_count_what_is_there() -> None:
    rubrics = [Library().open_rubric("active-listening")]
    found = statistics(PLAIN, rubrics)
    assert (found.states, found.endings, found.transitions, found.paths, found.shortest) == (2, 2, 4, 2, 2)
    assert (found.topics, found.answers, found.points, found.cues, found.tests) == (1, 2, 1, 2, 2)
    assert found.words == sum(len(text.split()) for text in _texts())
    assert "complex_reflection" in found.behaviours
    assert len(found.criteria) == len(rubrics[0].criteria)


def _texts():
    from simulator.scenario.walk import lines_of

    return [text for _, line in lines_of(PLAIN) for text in line.variants]
