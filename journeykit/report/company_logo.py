"""A company's logo: shapes or pixels that were read, cleaned and written anew.

Nothing of the file itself gets into a report. A PNG or JPEG becomes pixels only (no
place where it was taken, nothing behind its end). Of an SVG only shapes are written
again: what drawing programs leave in it is dropped, and what could run, load or grow is
refused, with a PNG as the way out.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from journeykit.errors import InputError
from journeykit.show.svg import checked_svg
from journeykit.show.tokens import contrast

__all__ = ["LOGO_ENDINGS", "Logo", "logo_from"]

LOGO_ENDINGS = (".svg", ".png", ".jpg", ".jpeg")
_MAX_BYTES = 5_000_000
_MAX_SVG_BYTES = 300_000
_MAX_SVG_SHAPES = 3_000
_MAX_DEPTH = 40
_MAX_PIXELS = 40_000_000
_KEPT_PX = (1600, 480)
"""Widest and highest that a logo is kept: sharp on paper at 60 mm."""
_MAX_SHAPE = 12.0
_LEAST_CONTRAST = 1.25
_SVG = "{http://www.w3.org/2000/svg}"
_PNG_WAY = "Save it as PNG with a clear ground, at least 800 pixels wide"
_STYLED = frozenset(
    {
        *("fill", "fill-opacity", "fill-rule", "clip-path", "clip-rule", "opacity"),
        *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "display"),
        *("stroke-miterlimit", "stroke-opacity", "stroke-dasharray", "stop-color"),
        *("stop-opacity", "font-family", "font-size", "font-weight", "text-anchor"),
    }
)
_DROPPED = frozenset({"metadata", "desc", "title", "style"})
_BAGGAGE = re.compile(r"(data-.*|aria-.*|id|class|style|version|role|space|overflow)")
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_SIDE = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as PNG, as SVG too if it came as shapes, and how wide for its height."""

    png: bytes
    svg: str
    shape: float


def logo_from(content: bytes, where: str) -> Logo:
    """Return the logo that a file holds.

    Parameters
    ----------
    content
        The file: SVG, PNG or JPEG.
    where
        What to call it in an error.

    Raises
    ------
    InputError
        If it is none of these, holds what could run or load, is too large, or cannot
        be seen on white paper.
    """
    if len(content) > _MAX_BYTES:
        raise InputError(
            f"a logo of at most {_MAX_BYTES // 1_000_000} MB was expected", where
        )
    if content[:8] == b"\x89PNG\r\n\x1a\n" or content[:3] == b"\xff\xd8\xff":
        svg, pixels = "", content
    else:
        svg = _shapes(content, where)
        pixels = _drawn(svg, where)
    png, width, height = _repainted(pixels, where)
    shape = width / height
    if not 1 / _MAX_SHAPE <= shape <= _MAX_SHAPE:
        raise InputError(
            f"a logo at most {_MAX_SHAPE:g} times as wide as high was expected", where
        )
    return Logo(png, svg, shape)


def _repainted(content: bytes, where: str) -> tuple[bytes, int, int]:
    """Return a picture as new pixels, and its sides."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > _MAX_PIXELS:
            raise InputError(
                f"a picture of at most {_MAX_PIXELS // 1_000_000} million pixels was "
                f"expected, found {picture.width:,} x {picture.height:,}",
                where,
            )
        picture.draft("RGB", _KEPT_PX)
        picture.thumbnail(_KEPT_PX)
        clean = picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise InputError(
            "a picture was expected, this one cannot be read", where
        ) from (error)
    ground = Image.new("RGBA", clean.size, "white")
    ground.alpha_composite(clean)
    darkest = ground.convert("L").getextrema()[0]
    assert isinstance(darkest, int)
    if contrast(f"#{darkest:02x}{darkest:02x}{darkest:02x}", "#ffffff") < (
        _LEAST_CONTRAST
    ):
        raise InputError(
            "this logo cannot be seen on white paper",
            where,
            "Give the version that is meant for a white ground",
        )
    kept = io.BytesIO()
    Image.frombytes("RGBA", clean.size, clean.tobytes()).save(
        kept, "PNG", optimize=True
    )
    return kept.getvalue(), clean.width, clean.height


def _drawn(svg: str, where: str) -> bytes:
    import vl_convert

    try:
        sides = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
        assert sides
        scale = min(_KEPT_PX[0] / float(sides[1]), _KEPT_PX[1] / float(sides[2]))
        made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(
            "this picture cannot be drawn", where, mend=_PNG_WAY
        ) from error
    return made


def _shapes(content: bytes, where: str) -> str:
    """Return an SVG as shapes only, with its sides said."""
    if len(content) > _MAX_SVG_BYTES:
        raise InputError(
            f"an SVG of at most {_MAX_SVG_BYTES // 1_000} kB was expected",
            where,
            _PNG_WAY,
        )
    root = _read(content, where)
    _refuse_grown(root, where)
    rules = _rules(root)
    _undressed(root, rules, where)
    width, height = _sides(root, where)
    for key in ("x", "y"):
        root.attrib.pop(key, None)
    root.attrib.setdefault("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    ordered = {"width": root.attrib.pop("width"), "height": root.attrib.pop("height")}
    rest = dict(root.attrib)
    root.attrib.clear()
    root.attrib.update({**ordered, **rest})
    try:
        ET.register_namespace("", _SVG[1:-1])
        return str(checked_svg(ET.tostring(root, encoding="unicode")))
    except InputError as error:
        raise InputError(error.problem, where, _PNG_WAY) from error


def _read(content: bytes, where: str) -> ET.Element:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "a logo as SVG, PNG or JPEG was expected", where, _PNG_WAY
        ) from error
    text = re.sub(r"<!--.*?-->|<\?.*?\?>", "", text, flags=re.DOTALL)
    # The doctype that drawing programs write names a file on the web, and nothing else.
    text = re.sub(r"<!DOCTYPE\s+svg[^\[\]<>]*>", "", text, count=1)
    if "<!" in text.replace("<![CDATA[", ""):
        raise InputError(
            "a picture with a doctype or an entity is not taken", where, _PNG_WAY
        )
    try:
        root = ET.fromstring(text.strip())  # noqa: S314 - no doctype, so no entities
    except (ET.ParseError, RecursionError, ValueError) as error:
        raise InputError(
            "a logo as SVG, PNG or JPEG was expected", where, _PNG_WAY
        ) from error
    if root.tag != f"{_SVG}svg":
        raise InputError("one <svg> element was expected", where, _PNG_WAY)
    return root


def _refuse_grown(root: ET.Element, where: str) -> None:
    """Refuse what is too much to be a logo: thousands of shapes, nested without end."""
    level = [root]
    n_shapes = depth = 0
    while level:
        n_shapes, depth = n_shapes + len(level), depth + 1
        if n_shapes > _MAX_SVG_SHAPES or depth > _MAX_DEPTH:
            raise InputError("a simpler picture was expected", where, _PNG_WAY)
        level = [child for one in level for child in one]


def _rules(root: ET.Element) -> dict[str, dict[str, str]]:
    """Return what style sheets in a picture say of a class; nothing else is heard."""
    rules: dict[str, dict[str, str]] = {}
    for sheet in root.iter(f"{_SVG}style"):
        bare = re.sub(r"/\*.*?\*/", "", sheet.text or "", flags=re.DOTALL)
        for selectors, said in _RULE.findall(bare):
            for selector in selectors.split(","):
                name = selector.strip()
                if re.fullmatch(r"\.[\w-]+", name):
                    rules.setdefault(name[1:], {}).update(_declared(said))
    return rules


def _declared(said: str) -> dict[str, str]:
    pairs = [one.partition(":") for one in said.split(";")]
    return {
        key.strip(): value.strip()
        for key, _, value in pairs
        if key.strip() in _STYLED and value.strip()
    }


def _undressed(root: ET.Element, rules: dict[str, dict[str, str]], where: str) -> None:
    """Take off what a drawing program leaves, and say styles as attributes."""
    for parent in list(root.iter()):
        for child in list(parent):
            tag = str(child.tag)
            if not tag.startswith(_SVG) or tag.removeprefix(_SVG) in _DROPPED:
                parent.remove(child)
    for element in root.iter():
        named = element.get("class", "").split()
        styles = {k: v for one in named for k, v in rules.get(one, {}).items()}
        styles |= _declared(element.get("style", ""))
        for key in list(element.attrib):
            if key.lower().startswith("on"):
                raise InputError(f"a picture may not act ({key})", where, _PNG_WAY)
            if key.startswith("{") or (key != "id" and _BAGGAGE.fullmatch(key)):
                if key.endswith("}href"):
                    raise InputError(
                        "a picture may not point elsewhere (href)", where, _PNG_WAY
                    )
                del element.attrib[key]
        element.attrib.update(styles)


def _sides(root: ET.Element, where: str) -> tuple[float, float]:
    """Return width and height of a picture, from its view if it says none."""
    view = [float(one) for one in re.findall(r"-?\d+\.?\d*", root.get("viewBox", ""))]
    if len(view) == 4 and min(view[2:]) > 0:
        return 400.0, 400.0 * view[3] / view[2]
    found = [_SIDE.fullmatch(root.get(key, "")) for key in ("width", "height")]
    if all(found):
        width, height = (float(one[1]) for one in found if one)
        if min(width, height) > 0:
            return width, height
    raise InputError("a picture that says its size was expected", where, _PNG_WAY)
