"""The templates of pages: every text in them escaped, their words ours."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journeykit.language import say
from journeykit.shipped import folder

__all__ = ["page_templates"]


def page_templates(below: str = "") -> Environment:
    """Return what reads the templates of a folder.

    Parameters
    ----------
    below
        The folder, in that of all pages.
    """
    environment = Environment(
        loader=FileSystemLoader(folder("templates") / "pages" / below),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = say
    return environment
