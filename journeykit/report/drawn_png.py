"""A picture of shapes as pixels: in the colours that are worn, in any script.

A machine without a Chinese face drew empty boxes; ours is named to the drawing program
once, and it takes from it what the other faces lack.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from journeykit.report.company_colours import in_company_colours
from journeykit.shipped import folder

__all__ = ["drawn_png"]


def drawn_png(svg: str, scale: float) -> bytes:
    """Return a picture as PNG.

    Parameters
    ----------
    svg
        Shapes and text only, as :func:`journeykit.show.svg.checked_svg` lets pass.
    scale
        Pixels for each unit of the picture.
    """
    made: bytes = _drawing().svg_to_png(in_company_colours(svg), scale=scale)
    return made


@cache
def _drawing() -> Any:  # Any: published without types
    import vl_convert

    vl_convert.register_font_directory(str(folder("templates") / "fonts"))
    return vl_convert
