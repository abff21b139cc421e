"""The emotion curve as a figure of a report: its numbers under words, not ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journeykit.layout.emotion_curve import EmotionRow
from journeykit.model import Document, Stage
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.charts import picture

__all__ = ["curve_figure"]

_IDS = ["persona", "column", "touchpoint"]


def curve_figure(
    document: Document, rows: Sequence[EmotionRow], *, source: str = ""
) -> Part:
    """Return what was felt along the journey beside what was measured.

    Parameters
    ----------
    document
        The workshop, for the names of its stages.
    rows
        As :func:`journeykit.layout.emotion_curve.emotion_curve_data` gives them; one
        point at least.
    source
        Where it is from, and what was left out.
    """
    stages = {one.id: one.name for one in document.of(Stage)}
    drawn = picture("emotion_curve", rows=rows, stages=stages, source=source)
    twin = drawn.twin.drop(columns=_IDS)
    twin["stage"] = twin["stage"].map(stages)
    if twin["who"].nunique() == 1:
        twin = twin.drop(columns="who")
    return parts.figure(replace(drawn, twin=twin))
