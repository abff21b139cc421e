"""One part of a report page: data now, markup only when the page is made.

A report notebook ends a cell with a part. What travels through the notebook is the
part's plain data under a mime type of its own; the page template renders it with
autoescape, so whatever people wrote comes out as text. Handing HTML from the notebook
to the page was turned down: then nobody can tell our markup from a note's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Self

from jinja2 import Environment
from markupsafe import Markup

from journeykit.errors import UnknownNameError
from journeykit.language import commas
from journeykit.report.kept_heads import with_kept_heads
from journeykit.report.page_style import notebook_styles
from journeykit.report.page_templates import page_templates
from journeykit.show.numbers import count
from journeykit.show.surfaces import all_are_wanted
from journeykit.show.svg import checked_svg

__all__ = ["PART_TYPE", "Part", "part_names", "render"]

PART_TYPE = "application/vnd.journeykit.part+json"
"""The mime type under which a part travels through a notebook."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: the name of its template, and plain data for it."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __html__(self) -> Markup:
        """Return the part as markup, everything in it escaped."""
        return render(self.name, self.data)

    def without_heading(self) -> Part:
        """Return the part without its heading, where the text above it says that."""
        return replace(self, data={**self.data, "heading": ""})

    def _repr_mimebundle_(self, **_kinds: object) -> dict[str, Any]:
        """Hand the part's data to the page, and show it where people look at it."""
        bundle = {PART_TYPE: self.packed(), "text/plain": f"<{self.name}>"}
        return {**bundle, **self.shown()} if all_are_wanted() else bundle

    def packed(self) -> dict[str, str]:
        """Return the part as it travels: a notebook copies one text, not its leaves."""
        data = json.dumps(self.data, ensure_ascii=False, allow_nan=False)
        return {"part": self.name, "data": data}

    @classmethod
    def unpacked(cls, bundle: Mapping[str, str]) -> Self:
        """Return the part that :meth:`packed` gave."""
        return cls(bundle["part"], json.loads(bundle["data"]))

    def shown(self) -> dict[str, str]:
        """Return the part as a notebook shows it, by its mime type."""
        html = Markup(
            "<style>{}</style>"
            '<div class="jk-in-notebook"><div class="jk-page">{}</div></div>'
        )
        shown = render(self.name, self.data, is_in_notebook=True)
        return {"text/html": str(html.format(notebook_styles(), shown))}


def _width_px(svg: str) -> float:
    """Return how wide a picture was drawn; 0 if it does not say."""
    found = re.match(r"<svg\b[^>]*?\bwidth=\"([\d.]+)", svg.lstrip())
    return float(found[1]) if found else 0.0


@cache
def _environment() -> Environment:
    environment = page_templates("parts")
    environment.filters["commas"] = commas
    environment.filters["picture"] = checked_svg
    environment.filters["kept"] = with_kept_heads
    environment.filters["count"] = count
    environment.filters["width_px"] = _width_px
    environment.globals["render"] = render
    return environment


@cache
def part_names() -> tuple[str, ...]:
    """Return the names of the parts that there are; their templates are read."""
    templates = [
        template
        for template in _environment().list_templates()
        if not template.startswith("_")
    ]
    for template in templates:
        _environment().get_template(template)
    return tuple(template.removesuffix(".html.j2") for template in templates)


def render(
    name: str, data: Mapping[str, Any], *, is_in_notebook: bool = False
) -> Markup:
    """Return a part as markup, every text in it escaped.

    Parameters
    ----------
    name
        Name of its template.
    data
        What the part's function gave.
    is_in_notebook
        Whether a notebook shows it, which scrolls a wide picture in a box of its own.

    Raises
    ------
    UnknownNameError
        If there is no such part.
    InputError
        If a picture in it holds more than shapes and text.
    """
    if name not in part_names():
        raise UnknownNameError("part of a page", name, part_names())
    template = _environment().get_template(f"{name}.html.j2")
    # Rendered with autoescape.
    return Markup(  # noqa: S704
        template.render({**data, "is_in_notebook": is_in_notebook})
    )
