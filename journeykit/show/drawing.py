"""Shapes and text of a picture that is drawn by hand, element by element.

Everything is an XML element, so people's text is escaped by construction. A colour is
given by its role: the light value stands in the attribute, the class moves it into the
dark (see :mod:`journeykit.show.tokens`).
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.show.text_width import wrapped
from journeykit.show.tokens import FACE, SIZES_PX, light
from journeykit.vocabulary import Basis

__all__ = [
    "circle",
    "cut_out",
    "evidence_mark",
    "group",
    "hatch_pattern",
    "hinted",
    "line",
    "number_text",
    "path",
    "rect",
    "root",
    "text",
    "written",
]

_SMALL = SIZES_PX["small"]


def number_text(number: float) -> str:
    """Return a coordinate with at most one decimal, the same on every machine.

    Examples
    --------
    >>> number_text(12.0), number_text(3.14159), number_text(-0.01)
    ('12', '3.1', '0')
    """
    rounded = f"{number:.1f}".rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded


def _painted(fill: str | None, stroke: str | None) -> dict[str, str]:
    """Return the attributes of roles: value on light ground, class for the dark."""
    classes = []
    attributes = {"fill": light(fill) if fill else "none"}
    if fill:
        classes.append(f"jk-f-{fill}")
    if stroke:
        attributes["stroke"] = light(stroke)
        classes.append(f"jk-s-{stroke}")
    return attributes | ({"class": " ".join(classes)} if classes else {})


def root(
    width: float, height: float, *, prefix: str, title: str, desc: str
) -> ET.Element:
    """Return an empty picture with what is said to those who do not see it."""
    size = {"width": number_text(width), "height": number_text(height)}
    picture = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            **size,
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "preserveAspectRatio": "xMinYMin meet",
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "class": "jk-picture",
            "font-family": FACE,
            "font-size": number_text(_SMALL),
        },
    )
    ET.SubElement(picture, "title", {"id": f"{prefix}-title"}).text = title
    ET.SubElement(picture, "desc", {"id": f"{prefix}-desc"}).text = desc
    return picture


def hinted(hint: str, width: float, *, prefix: str) -> ET.Element:
    """Return what stands where there is nothing to draw yet: a hint, in lines."""
    lines = wrapped(hint, width - 16, SIZES_PX["base"])
    picture = root(width, 24 + 24 * len(lines), prefix=prefix, title=hint, desc=hint)
    for i, words in enumerate(lines):
        text(picture, 0, 24 + 24 * i, words, role="ink-soft", size=SIZES_PX["base"])
    return picture


def written(picture: ET.Element) -> Markup:
    """Return a picture as markup."""
    # Every text in it was set on an element, so the writer has escaped it.
    return Markup(ET.tostring(picture, encoding="unicode"))  # noqa: S704


def group(parent: ET.Element, **attributes: str) -> ET.Element:
    """Return a new group in *parent*."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return ET.SubElement(parent, "g", named)


def text(
    parent: ET.Element,
    x: float,
    y: float,
    words: str,
    *,
    role: str = "ink",
    size: float = _SMALL,
    is_bold: bool = False,
    anchor: str = "start",
    has_halo: bool = False,
) -> None:
    """Write one line with its baseline at *y*; a halo keeps it clear of lines below."""
    place = {"x": number_text(x), "y": number_text(y), "font-size": number_text(size)}
    place |= {"text-anchor": anchor} if anchor != "start" else {}
    place |= {"font-weight": "600"} if is_bold else {}
    if has_halo:
        edge = {"stroke-width": "4", "stroke-linejoin": "round", "aria-hidden": "true"}
        below = ET.SubElement(parent, "text", place | edge | _painted("paper", "paper"))
        below.text = words
    ET.SubElement(parent, "text", place | _painted(role, None)).text = words


def rect(
    parent: ET.Element,
    box: tuple[float, float, float, float],
    *,
    fill: str | None,
    stroke: str | None = None,
    radius: float = 0,
    pattern: str = "",
) -> None:
    """Draw a rectangle (x, y, width, height), filled by a role or by a pattern's id."""
    names = ("x", "y", "width", "height")
    place = {name: number_text(v) for name, v in zip(names, box, strict=True)}
    place |= {"rx": number_text(radius)} if radius else {}
    painted = _painted(None if pattern else fill, stroke)
    if pattern:  # without a class, which would win over the attribute
        painted["fill"] = f"url(#{pattern})"
    ET.SubElement(parent, "rect", place | painted)


def line(
    parent: ET.Element,
    ends: tuple[float, float, float, float],
    role: str,
    width: float = 1,
    *,
    dash: str = "",
) -> None:
    """Draw a straight line from x1, y1 to x2, y2; *dash* breaks it, such as "5 4"."""
    names = ("x1", "y1", "x2", "y2")
    place = {name: number_text(v) for name, v in zip(names, ends, strict=True)}
    place["stroke-width"] = number_text(width)
    place |= {"stroke-dasharray": dash} if dash else {}
    ET.SubElement(parent, "line", place | _painted(None, role))


def path(
    parent: ET.Element,
    d: str,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    width: float = 1,
    **attributes: str,
) -> None:
    """Draw a path."""
    place = {"d": d}
    if stroke:
        place |= {
            "stroke-width": number_text(width),
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
        }
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    ET.SubElement(parent, "path", place | named | _painted(fill, stroke))


def circle(
    parent: ET.Element,
    x: float,
    y: float,
    r: float,
    *,
    fill: str | None,
    stroke: str | None = None,
    width: float = 1,
) -> None:
    """Draw a circle."""
    place = {"cx": number_text(x), "cy": number_text(y), "r": number_text(r)}
    place |= {"stroke-width": number_text(width)} if stroke else {}
    ET.SubElement(parent, "circle", place | _painted(fill, stroke))


def evidence_mark(
    parent: ET.Element,
    x: float,
    y: float,
    r: float,
    basis: Basis,
    *,
    role: str = "ink",
    is_diamond: bool = False,
) -> None:
    """Draw evidence as a shape: hollow assumed, half-filled observed, filled measured.

    A moment of truth is a diamond, filled in the same way.
    """
    width = max(1.5, r / 3)
    inside = role if basis == "measured" else "paper"
    at = number_text
    if is_diamond:
        whole = f"M{at(x)},{at(y - r)}L{at(x + r)},{at(y)}L{at(x)},{at(y + r)}"
        path(
            parent,
            f"{whole}L{at(x - r)},{at(y)}Z",
            fill=inside,
            stroke=role,
            width=width,
        )
        half = f"M{at(x)},{at(y - r)}L{at(x - r)},{at(y)}L{at(x)},{at(y + r)}Z"
    else:
        circle(parent, x, y, r, fill=inside, stroke=role, width=width)
        half = f"M{at(x)},{at(y - r)}A{at(r)},{at(r)},0,0,0,{at(x)},{at(y + r)}Z"
    if basis == "observed":
        path(parent, half, fill=role)


def _defs(picture: ET.Element) -> ET.Element:
    found = picture.find("defs")
    return ET.SubElement(picture, "defs") if found is None else found


def hatch_pattern(picture: ET.Element, pattern_id: str, role: str) -> None:
    """Define the hatch of few answers."""
    frame = {"id": pattern_id, "width": "4", "height": "4"}
    frame |= {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(_defs(picture), "pattern", frame)
    rect(pattern, (0, 0, 4, 4), fill="paper")
    rect(pattern, (0, 0, 1.5, 4), fill=role)


def cut_out(
    picture: ET.Element,
    clip_id: str,
    boxes: Iterable[tuple[float, float, float, float]],
) -> None:
    """Define the windows through which a group is seen."""
    clip = ET.SubElement(_defs(picture), "clipPath", {"id": clip_id})
    for box in boxes:
        rect(clip, box, fill="ink")
