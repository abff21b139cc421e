"""Marks of charts on slides, and how their words, keys and numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from journeykit.report.slide_letters import ems
from journeykit.report.slide_texts import colour
from journeykit.show.tokens import light

__all__ = [
    "broken",
    "error_bars",
    "filled",
    "key_above",
    "marked",
    "set_in",
    "upright",
    "written_as",
]


_NAME_SIZES = (12, 11, 10, 9, 8)
"""Of the names along an axis, in points."""


def set_in(chart: Any, size: float) -> None:
    """Set the words of a chart in ink, so large in points; the slide has its title."""
    chart.font.size, chart.font.color.rgb = Pt(size), colour("ink")
    chart.has_title = False


def key_above(chart: Any) -> None:
    """Put the legend of a chart above what it explains."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False


def written_as(labels: Any, number_format: str) -> None:
    """Write the numbers of an axis or at marks in a format, not in that of the data."""
    labels.number_format, labels.number_format_is_linked = number_format, False


def filled(form: Any, role: str) -> None:
    """Fill a shape with the colour of a role."""
    form.fill.solid()
    form.fill.fore_color.rgb = colour(role)


def marked(marker: Any, role: str, *, is_ring: bool = False, size: int = 9) -> None:
    """Draw a dot of a role's colour, or a ring, at each value of a line."""
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, size
    if is_ring:
        # LibreOffice draws no line around a mark, but a mark without a filling in the
        # colour of its line: a ring is a grey dot there, whatever it is filled with.
        marker.format.fill.background()
        marker.format.line.color.rgb = colour("mark-quiet")
        marker.format.line.width = Pt(2.25)
        return
    filled(marker.format, role)
    marker.format.line.color.rgb = colour(role)
    marker.format.line.width = Pt(min(2, size / 4))


def upright(axis: Any, names: Sequence[str], width_in: float) -> None:
    """Let names of an axis stand level, on several lines, if their words have room.

    Parameters
    ----------
    axis
        The axis.
    names
        What stands along it.
    width_in
        Its length in inches.
    """
    words = [ems(word) for name in names for word in name.split(" ")]
    room = 0.94 * width_in / max(1, len(names)) * 72
    longest = max(words, default=1.0)
    size = next((one for one in _NAME_SIZES if one * longest <= room), None)
    if size is None:
        axis.tick_labels.font.size = Pt(_NAME_SIZES[-1])
        return
    axis.tick_labels.font.size = Pt(size)
    body = axis._element.find("{*}txPr/{*}bodyPr")
    body.set("rot", "0")
    body.set("vert", "horz")


def broken(series: Any) -> None:
    """Draw a level, such as a target, as a broken line without marks."""
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = colour("ink-quiet")
    series.format.line.width = Pt(1.5)
    series.format.line.dash_style = MSO_LINE.DASH


def error_bars(
    series: Any,
    values: Sequence[Any],
    ends: Sequence[tuple[Any, Any]],
    *,
    role: str = "ink",
    is_across: bool = False,
) -> None:
    """Draw the intervals, which python-pptx has no call for."""

    def numbers(lengths: Sequence[float | None]) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{one:.6f}</c:v></c:pt>'
            for place, one in enumerate(lengths)
            if one is not None
        )
        return f'<c:numLit><c:ptCount val="{len(lengths)}"/>{points}</c:numLit>'

    def away(at: int) -> list[float | None]:
        return [
            None if value is None or end[at] is None else abs(end[at] - value)
            for value, end in zip(values, ends, strict=True)
        ]

    ink = light(role).lstrip("#").upper()
    way = '<c:errDir val="x"/>' if is_across else ""
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}>{way}<c:errBarType val="both"/>'
        '<c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{numbers(away(1))}</c:plus><c:minus>{numbers(away(0))}</c:minus>"
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{ink}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    first = series._element.find("{*}xVal" if is_across else "{*}cat")
    first.addprevious(bars)
