"""What every chart shares: its words, its measures, its quiet axes.

A chart is placed by pixels (columns of names and numbers beside a field of dots), as a
graphics desk would do it; axis labels and legends cannot stand in columns.

Specifications are built as plain data: a chart of fifteen layers costs 200 ms of CPU
when Altair checks each layer, and 1 ms so. Altair reads the whole (:func:`as_altair`)
for those who want to go on from it; pages never import it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from journeykit.language import percent
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import FACE, SIZES_PX, light

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "BASE",
    "NARROW",
    "SMALL",
    "WIDE",
    "Spec",
    "Words",
    "as_altair",
    "dot",
    "dressed",
    "gridlines",
    "hairlines",
    "layer",
    "line",
    "number",
    "percent_expr",
    "px",
    "shortened",
    "text_mark",
    "words_of",
]

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one: plain JSON."""

WIDE = 760
"""Width of a chart in a page's column, in px."""

NARROW = 342
"""Width of a chart on a phone, in px."""

SMALL = SIZES_PX["small"]
BASE = SIZES_PX["base"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says in words.

    Parameters
    ----------
    title
        The finding, with its number.
    subtitle
        Measure, definition, period.
    source
        Source, and what was left out.
    alt
        What somebody who does not see the chart is told, made from the twin.
    """

    title: str
    subtitle: str
    source: str
    alt: str


def words_of(spec: Mapping[str, Any]) -> Words:
    """Return the words of a specification."""
    return Words(**spec["usermeta"]["journeykit"])


@cache
def _offline_chart() -> type[alt.LayerChart]:
    import altair as alt

    class OfflineChart(alt.LayerChart):
        """A chart that a notebook shows as SVG, whatever renderer is switched on.

        Altair's own default loads scripts from outside, and JupyterLab does not know
        the version of its data. Switching one on for everybody is not ours to do.
        """

        def _repr_mimebundle_(self, *_args: object, **_kwargs: object) -> Any:
            from journeykit.show.svg import svg

            alt_text = words_of(self.to_dict(validate=False)).alt
            return {"image/svg+xml": str(svg(self)), "text/plain": alt_text}

    return OfflineChart


def as_altair(spec: Spec) -> alt.LayerChart:
    """Return a specification as an Altair chart, to go on from.

    A notebook shows it as a picture that needs no network.
    """
    return _offline_chart().from_dict(spec, validate=False)


def shortened(name: str, room_px: float, size_px: float = BASE) -> str:
    """Return *name*, cut with an ellipsis where it is longer than its column.

    Cut here and not by Vega's own limit, which raises on names of many emoji.

    Examples
    --------
    >>> shortened("Security screening", 240)
    'Security screening'
    >>> shortened("Security screening", 80)
    'Securit…'
    """
    if text_width(name, size_px) <= room_px:
        return name
    n_signs = min(len(name), int(room_px / (size_px * 0.25)))  # no sign is narrower
    while n_signs > 1 and text_width(name[:n_signs] + "…", size_px) > room_px:
        n_signs -= 1
    return name[:n_signs].rstrip() + "…"


def number(field: str, **more: object) -> Spec:
    """Return a channel of numbers."""
    return {"field": field, "type": "quantitative", **more}


def percent_expr(form: str) -> str:
    """Return the label of a share on an axis of Vega's own, as the language writes it.

    Parameters
    ----------
    form
        Of the number, as d3 has it; its signs come with the picture.
    """
    gap = percent(0.0).removeprefix("0").removesuffix("%")
    return f"format(datum.value * 100, '{form}') + '{gap}%'"


def px(value: float) -> Spec:
    """Return a channel that is a place in px, the same for every row."""
    return {"value": value}


def layer(rows: Sequence[Mapping[str, Any]], mark: Spec, **channels: Spec) -> Spec:
    """Return one layer with its own rows."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": channels}


def dot(*, fill: str, stroke: str) -> Spec:
    """Return the mark of a value; roles of the tokens as its colours."""
    edge = {"stroke": light(stroke), "strokeWidth": 2}
    size = {"shape": "circle", "size": 110, "opacity": 1}
    return {"type": "point", "filled": True, "fill": light(fill), **edge, **size}


def line(role: str, width: float = 1, cap: str = "butt") -> Spec:
    """Return the mark of a straight line."""
    return {
        "type": "rule",
        "color": light(role),
        "strokeWidth": width,
        "strokeCap": cap,
    }


def text_mark(
    rows: Sequence[Mapping[str, Any]],
    field: str,
    x: float,
    *,
    role: str = "ink",
    align: str = "left",
    size: float = BASE,
    weight: int = 400,
    dy: float = 0,
) -> Spec:
    """Return a layer that writes *field* of each row at its ``y``, from *x* px on."""
    place = {"type": "text", "align": align, "baseline": "middle", "dy": dy, "limit": 0}
    face = {"fontSize": size, "fontWeight": weight, "color": light(role)}
    text = {"field": field, "type": "nominal"}
    return layer(rows, {**place, **face}, x=px(x), y=number("y"), text=text)


def hairlines(edges: Sequence[float], width: int, y: Spec) -> Spec:
    """Return thin lines across the whole picture, one below each row."""
    rows = [{"y": edge} for edge in edges]
    return layer(rows, line("rule"), x=px(0), x2=px(width), y=y)


def gridlines(
    ticks: Sequence[float], spans: Sequence[tuple[float, float]], x: Spec, y: Spec
) -> Spec:
    """Return gridlines that run only where dots stand, so that no text is crossed.

    Parameters
    ----------
    ticks
        Where they stand on the axis of values.
    spans
        From which row to which each of them runs.
    x, y
        Channels of the dots.
    """
    rows = [
        {x["field"]: tick, "y": top, "y2": end} for tick in ticks for top, end in spans
    ]
    return layer(rows, line("rule"), x=x, y=y, y2={"field": "y2"})


def dressed(
    layers: Sequence[Spec],
    words: Words,
    *,
    width: int,
    height: float,
    has_words: bool,
) -> Spec:
    """Return the layers as one chart, with its words drawn or only remembered."""
    parts = list(layers)
    title: Spec = {}
    if has_words:
        face = {"align": "left", "fontSize": SMALL, "color": light("ink-quiet")}
        lines = wrapped(words.source, width, SMALL)
        for i, text in enumerate(lines):
            mark = {"type": "text", "limit": 0, **face}
            said = {"field": "t", "type": "nominal"}
            below = px(height + 32 + i * 18)
            parts.append(layer([{"t": text}], mark, x=px(0), y=below, text=said))
        title = {
            "text": list(wrapped(words.title, width, SIZES_PX["large"], is_bold=True)),
            "subtitle": list(wrapped(words.subtitle, width, BASE)),
            "anchor": "start",
            "frame": "group",
            "fontSize": SIZES_PX["large"],
            "fontWeight": 600,
            "color": light("ink"),
            "subtitleFontSize": BASE,
            "subtitleColor": light("ink-soft"),
            "subtitlePadding": 8,
            "offset": 24,
        }
    axis = {"domain": False, "ticks": False, "title": None, "labelPadding": 8}
    labels = {"labelColor": light("ink-quiet"), "labelFontSize": SMALL}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.4.0.json",
        "config": {
            "font": FACE,
            "background": "transparent",
            "view": {"stroke": None, "clip": False},
            "axis": {**axis, **labels},
        },
        "usermeta": {"journeykit": asdict(words)},
        "width": width,
        "height": height,
        "padding": 0,
        **({"title": title} if title else {}),
        "layer": parts,
    }
