"""The course of trust and agitation, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from simulator.report.course import Course

MARKS = ("●", "×")
"""The two lines are told apart by these, for eyes and terminals without colour."""


def course_plot(course: Course) -> Widget:
    """A plot of the first two meters over the turns, 0 to 100. The plotting library loads here."""
    from textual_plotext import PlotextPlot

    plotted = PlotextPlot(id="plot")
    plt = plotted.plt
    for mark, meter in zip(MARKS, course.meters, strict=False):
        plt.plot(range(len(meter.values)), meter.values, marker=mark, label=meter.name)
    turns = len(course.meters[0].values) - 1
    step = max(1, turns // 8)
    plt.ylim(0, 100)
    plt.yticks([0, 50, 100], ["low", "middle", "high"])
    plt.xticks(range(0, turns + 1, step), ["start", *map(str, range(step, turns + 1, step))])
    widget: Widget = plotted
    return widget
