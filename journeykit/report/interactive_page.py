"""What an interactive page has beside the plain one: one script of ours, and its words.

The page's policy names the script by its hash, so no other can run, whatever was typed;
and where a browser knows trusted types, not even ours can write markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from markupsafe import Markup

from journeykit.language import decimals, say
from journeykit.report.part import Part
from journeykit.report.shown import shown_in
from journeykit.shipped import folder
from journeykit.show.numbers import count

__all__ = ["interactive_page", "interactive_script", "script_policy"]


def _own(name: str) -> Markup:
    path = folder("templates") / "pages" / "journey" / name
    # Our own files; nothing typed by people ever stands in them.
    return Markup(path.read_text(encoding="utf-8"))  # noqa: S704


@cache
def interactive_script() -> Markup:
    """Return the script of an interactive page."""
    return _own("interactive.js")


@cache
def script_policy() -> str:
    """Return what a page's policy says so that this script runs, and no other.

    Examples
    --------
    >>> script_policy().startswith("; script-src 'sha256-")
    True
    """
    digest = hashlib.sha256(interactive_script().encode()).digest()
    name = base64.b64encode(digest).decode("ascii")
    return f"; script-src 'sha256-{name}'; require-trusted-types-for 'script'"


def interactive_page(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the template of a page needs to make it interactive.

    Parameters
    ----------
    notebook
        The executed notebook; its language is spoken already.

    Returns
    -------
    dict
        ``script`` and ``styles`` as they stand in the page; ``words``, the texts of the
        script as JSON; ``stages``, ``title`` and ``sheets`` of each map.
    """
    maps = [
        {"title": one.data["title"], "sheets": one.data["sheets"]}
        for one in shown_in(notebook)
        if isinstance(one, Part) and one.name == "figure" and one.data.get("sheets")
    ]
    return {
        "script": interactive_script(),
        "styles": _own("interactive.css"),
        "words": json.dumps(_words(), ensure_ascii=False),
        "stages": maps,
    }


def _words() -> dict[str, str]:
    return {
        "asReported": say("Order of the report"),
        "filter": say("Filter"),
        "hideAll": say("Hide all numbers"),
        "keys": say("Arrow keys go from value to value"),
        "rows": say("{n} of {total} rows", n="{n}", total="{total}"),
        "showAll": say("Show all numbers"),
        "sort": say("Sort by {column}", column="{column}"),
        "sortBy": say("Sort by"),
        "stages": say("Look at one stage"),
        "whole": say("The whole journey"),
        # How numbers are written, so that they are sorted as numbers.
        "decimal": decimals(0.5, 1).strip("05"),
        "thousands": count(1_000_000).strip("10")[:1],
    }
