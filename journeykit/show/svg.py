"""Charts as SVG that can stand inside a page: no script, no address, no clash of ids.

The picture is drawn by vl-convert and then read element by element. Only shapes and
text pass (:func:`checked_svg`); everything else is refused, so a hostile name can be
seen and do nothing. Token colours get a class beside their value: the page's style
sheet moves them into the dark, programs without style sheets show the light ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.errors import InputError
from journeykit.language import current_language, decimals, speaking
from journeykit.show.chart_drawing import draw
from journeykit.show.fused_layers import as_drawn
from journeykit.show.tokens import FACE, light, role_of

if TYPE_CHECKING:
    import altair as alt

__all__ = ["checked_svg", "spec_svg", "svg"]

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "circle",
        "ellipse",
        "polygon",
        "polyline",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "clipPath",
        "pattern",
        "marker",
        "linearGradient",
        "stop",
    }
)
_ATTRIBUTES = frozenset(
    {
        "aria-hidden",
        "aria-labelledby",
        "class",
        "clip-path",
        "clip-rule",
        "cx",
        "cy",
        "d",
        "direction",
        "display",
        "dominant-baseline",
        "dx",
        "dy",
        "fill",
        "fill-opacity",
        "fill-rule",
        "focusable",
        "font-family",
        "font-size",
        "font-style",
        "font-variant",
        "font-weight",
        "gradientUnits",
        "height",
        "id",
        "letter-spacing",
        "marker-end",
        "marker-start",
        "markerHeight",
        "markerUnits",
        "markerWidth",
        "offset",
        "opacity",
        "orient",
        "patternTransform",
        "patternUnits",
        "points",
        "preserveAspectRatio",
        "r",
        "refX",
        "refY",
        "role",
        "rx",
        "ry",
        "shape-rendering",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "text-decoration",
        "transform",
        "version",
        "vector-effect",
        "viewBox",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    }
)
_LOCAL = re.compile(r"url\(\s*['\"]?#([\w.-]+)['\"]?\s*\)")
_HATCH = light("hatch")
_OWN = frozenset({"class", "pointer-events", "style", "xml:space"})
"""Attributes that the drawing program adds for itself."""
_PLACES = frozenset({"d", "transform", "x", "x1", "x2", "y", "y1", "y2"})
_LONG = re.compile(r"\d+\.\d{3,}")


_written: set[str] = set()
"""What this process has checked and written, so that it need not do it again."""
_MOST_WRITTEN = 256


def _read(text: str) -> ET.Element:
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise InputError("a picture with a doctype or an entity is not taken")
    try:
        return ET.fromstring(text)  # noqa: S314 - no doctype, so no entities
    except ET.ParseError as error:
        raise InputError(
            f"a picture that can be read was expected ({error})"
        ) from error


def _local(tag: object) -> str:
    return str(tag).removeprefix(f"{{{_SVG}}}")


def _refuse_strangers(root: ET.Element) -> None:
    for element in root.iter():
        name = _local(element.tag)
        if name not in _SHAPES:
            raise InputError(f"a picture may hold shapes and text only, not <{name}>")
        for key, value in element.attrib.items():
            if key not in _ATTRIBUTES:
                raise InputError(f"a picture may not hold the attribute {key!r}")
            rest = _LOCAL.sub("", value)
            if key != "class" and ("url" in rest.lower() or "\\" in rest):
                raise InputError(f"a picture may not point outside itself ({key})")


def _text(root: ET.Element) -> str:
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def _write(root: ET.Element) -> Markup:
    text = _text(root)
    if len(_written) >= _MOST_WRITTEN:
        _written.clear()
    _written.add(text)
    # Written by ElementTree from a tree of allowed shapes: texts in it are escaped.
    return Markup(text)  # noqa: S704


def checked_svg(text: str) -> Markup:
    """Return an SVG as markup if it holds shapes and text only.

    Parameters
    ----------
    text
        One SVG element.

    Returns
    -------
    Markup
        The picture, written anew.

    Raises
    ------
    InputError
        If it holds a script, a link, an image, an event, a style, an outside address,
        or anything else but shapes and text.

    Examples
    --------
    >>> checked_svg('<svg xmlns="http://www.w3.org/2000/svg"><text>A &lt;</text></svg>')
    Markup('<svg xmlns="http://www.w3.org/2000/svg"><text>A &lt;</text></svg>')
    """
    if text in _written:
        return Markup(text)  # noqa: S704 - this process has checked and written it
    root = _read(str(text))
    if root.tag != f"{{{_SVG}}}svg":
        raise InputError("one <svg> element was expected")
    _refuse_strangers(root)
    return _write(root)


def _clean(root: ET.Element) -> None:
    """Take off what the drawing program adds for itself."""
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            is_spoken = key == "role" or key.startswith("aria-")
            if is_spoken or key in _OWN:
                del element.attrib[key]
            elif key in _PLACES:
                short = _LONG.sub(
                    lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."),
                    value,
                )
                element.set(key, short)
        element.attrib.pop("font-family", None)
    root.set("font-family", FACE)


def _theme(root: ET.Element, hatch_id: str) -> bool:
    """Give each token colour its class; return whether a hatch is needed."""
    is_hatched = False
    for element in root.iter():
        classes = []
        for key, letter in (("fill", "f"), ("stroke", "s")):
            colour = element.get(key, "")
            if key == "fill" and colour.lower() == _HATCH:
                element.set("fill", f"url(#{hatch_id})")
                is_hatched = True
            elif role := role_of(colour):
                classes.append(f"jk-{letter}-{role}")
        if classes:
            element.set("class", " ".join(classes))
    return is_hatched


def _hatch(hatch_id: str) -> ET.Element:
    defs = ET.Element(f"{{{_SVG}}}defs")
    frame = {"id": hatch_id, "width": "4", "height": "4"}
    frame |= {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(defs, f"{{{_SVG}}}pattern", frame)
    box = {"width": "4", "height": "4", "fill": light("paper"), "class": "jk-f-paper"}
    ET.SubElement(pattern, f"{{{_SVG}}}rect", box)
    bar = {"width": "1.6", "height": "4", "fill": light("ink"), "class": "jk-f-ink"}
    ET.SubElement(pattern, f"{{{_SVG}}}rect", bar)
    return defs


def _number_ids(root: ET.Element) -> None:
    """Call ids by their place: the drawing program counts on through its whole life."""
    named = [element for element in root.iter() if "id" in element.attrib]
    places = {element.attrib["id"]: f"i{i}" for i, element in enumerate(named)}
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, places[value])
            elif "url(" in value:
                element.set(
                    key, _LOCAL.sub(lambda m: f"url(#{places.get(m[1], m[1])})", value)
                )


def _own_ids(root: ET.Element, prefix: str) -> None:
    """Put *prefix* before every id and every reference to one."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{prefix}-{value}")
            elif "url(" in value:
                element.set(key, _LOCAL.sub(rf"url(#{prefix}-\1)", value))


@cache
def _locale(language: str) -> dict[str, Any] | None:
    """Return the signs of numbers on axes of Vega's own; None for English."""
    if language == "en":
        return None
    with speaking(language):
        group, point = decimals(1000, 0)[1], decimals(0, 1)[1]
    grouping = {"thousands": group, "grouping": [3], "decimal": point}
    return {**grouping, "currency": ["", ""]}


def spec_svg(
    spec: Mapping[str, Any], *, title: str, desc: str, key: str = ""
) -> Markup:
    """Draw a Vega-Lite specification as SVG for a page.

    Parameters
    ----------
    spec
        The specification, its data inside.
    title, desc
        What is said to people who do not see the picture: its finding, its numbers.
    key
        Makes the ids differ where the same picture stands twice in a page.

    Returns
    -------
    Markup
        One ``<svg role="img">`` with its title and description.

    Raises
    ------
    InputError
        If the picture holds anything but shapes and text.
    """
    drawn = draw(as_drawn(spec), _locale(current_language()))
    root = _read(drawn)
    _clean(root)
    _number_ids(root)
    content = f"{key}\n{title}\n{_text(root)}"
    prefix = "p" + sha256(content.encode()).hexdigest()[:10]
    is_hatched = _theme(root, "hatch")
    if is_hatched:
        root.insert(0, _hatch("hatch"))
    for name, text in (("desc", desc), ("title", title)):
        words = ET.Element(f"{{{_SVG}}}{name}", {"id": name})
        words.text = text
        root.insert(0, words)
    _own_ids(root, prefix)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root.set("class", "jk-picture")
    _refuse_strangers(root)
    return _write(root)


def svg(chart: alt.TopLevelMixin, *, key: str = "") -> Markup:
    """Draw one of our charts as SVG for a page, its alt text made from its number twin.

    Parameters
    ----------
    chart
        A chart of :mod:`journeykit.show.charts`; another chart needs ``usermeta`` with
        ``journeykit`` = ``{"title": …, "alt": …}``.
    key
        Makes the ids differ where the same picture stands twice in a page.

    Returns
    -------
    Markup
        One ``<svg role="img">`` element.

    Raises
    ------
    InputError
        If the chart says no alt text, or holds anything but shapes and text.
    """
    spec = chart.to_dict(validate=False)
    words = (spec.pop("usermeta", None) or {}).get("journeykit", {})
    if not words.get("title") or not words.get("alt"):
        raise InputError(
            "a chart with its title and alt text was expected",
            mend='Give usermeta={"journeykit": {"title": ..., "alt": ...}}',
        )
    return spec_svg(spec, title=words["title"], desc=words["alt"], key=key)
