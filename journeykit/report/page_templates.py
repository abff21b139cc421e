"""The templates of pages: every text in them escaped, their words ours."""

from __future__ import annotations

import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journeykit.language import say
from journeykit.shipped import folder

__all__ = ["page_templates", "unbroken"]


_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")


def unbroken(value: object) -> object:
    r"""Return a text whose numbers stay on one line with their percent sign.

    Examples
    --------
    >>> unbroken("with 95 % intervals")
    'with 95\xa0% intervals'
    """
    if type(value) is not str or " %" not in value:
        return value
    return _BEFORE_PERCENT.sub("\N{NO-BREAK SPACE}", value)


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
        finalize=unbroken,
    )
    environment.globals["say"] = say
    return environment
