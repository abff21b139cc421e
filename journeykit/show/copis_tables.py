"""The number twin of the COPIS picture."""

from __future__ import annotations

import pandas as pd

from journeykit.layout.copis_flow import copis_flow
from journeykit.model.document import Document
from journeykit.vocabulary import CopisDefinition

__all__ = ["copis_picture_data"]


def copis_picture_data(
    document: Document, *, definition: CopisDefinition | None = None
) -> pd.DataFrame:
    """Return the number twin of the picture: one row an element, in its order.

    Parameters, errors
        As for :func:`copis_picture`.

    Returns
    -------
    DataFrame
        ``column`` (empty in the tray), ``element``, ``touchpoints`` and
        ``pain_points`` (how many), ``needs`` (names), ``bottleneck``, ``unnecessary``,
        ``could_be_automated``, ``proposed``.
    """
    flow = copis_flow(document, definition=definition)
    needs: dict[str, list[str]] = {}
    for one in flow.lines:
        named = flow.boxes[one.target].element.text
        needs.setdefault(one.source, []).append(named)
    order = [name for _, names in flow.columns for name in names if name in flow.boxes]
    rows = []
    for name in (*order, *flow.tray):
        box = flow.boxes[name]
        element = box.element
        rows.append(
            {
                "column": flow.titles[box.column] if box.column >= 0 else "",
                "element": element.text,
                "touchpoints": len(box.touchpoints),
                "pain_points": box.n_pains,
                "needs": "; ".join(needs.get(name, ())),
                "bottleneck": element.is_bottleneck,
                "unnecessary": element.is_unnecessary,
                "could_be_automated": element.is_automation_candidate,
                "proposed": element.is_proposed,
            }
        )
    columns = ["column", "element", "touchpoints", "pain_points", "needs"]
    columns += ["bottleneck", "unnecessary", "could_be_automated", "proposed"]
    return pd.DataFrame(rows, columns=columns)
