"""The style sheet of our parts: as a page has it, and as a notebook has it.

A notebook brings rules of its own for lists, tables and headings, and no rule of ours
may reach anything else in it. So the page's rules are nested below ``.jk-in-notebook``,
named often enough to weigh more than JupyterLab's, after everything JupyterLab said was
taken back; ``notebook.css`` then says what differs. Where the page asks for the width
of the window, a notebook asks for the width of the output.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from journeykit.shipped import folder

__all__ = ["notebook_styles", "styles"]

_PART = ".jk-in-notebook"
# JupyterLab's heaviest rule has two classes and two elements. Pictures keep what they
# have: their attributes would go too.
_AS_BORN = ":where(:not(svg, svg *)) { all: revert; }\n"
_BESIDE_TEXT = r"\s*([{};,])\s*"


def _sheet(name: str) -> str:
    path = folder("templates") / "pages" / "journey" / name
    return path.read_text(encoding="utf-8")


def _tokens() -> str:
    sheet = files("journeykit.show") / "static" / "tokens.css"
    return sheet.read_text(encoding="utf-8")


def _squeezed(sheet: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(_BESIDE_TEXT, r"\1", re.sub(r"\s+", " ", bare)).strip()


def _nested(sheet: str, weight: int) -> str:
    return f"{_PART * weight} {{ {sheet} }}\n"


@cache
def styles() -> Markup:
    """Return the style sheet of a page: the tokens and ``report.css``."""
    # Both are our own files; nothing typed by people ever stands in them.
    return Markup(_tokens() + _sheet("report.css"))  # noqa: S704


@cache
def notebook_styles() -> Markup:
    """Return the style sheet that a part carries in a notebook.

    Examples
    --------
    >>> "/*" in notebook_styles()
    False
    """
    page = re.sub(r"@media screen and (?=\()", "@container ", _sheet("report.css"))
    # Paper of a notebook is its own affair.
    page = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", page)
    sheet = (
        _tokens()
        + _nested(_AS_BORN + page, weight=3)
        + _nested(_sheet("notebook.css"), weight=6)
    )
    return Markup(_squeezed(sheet))  # noqa: S704 - our own files, as above
