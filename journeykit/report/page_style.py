"""The style sheet of our parts: as a page has it, and as a notebook has it.

A notebook brings rules of its own for lists, tables and headings, and no rule of ours
may reach anything else in it. So the page's rules are nested below ``.jk-in-notebook``,
named often enough to weigh more than JupyterLab's, after everything JupyterLab said was
taken back; ``notebook.css`` then says what differs. Where the page asks for the width
of the window, a notebook asks for the width of the output.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from markupsafe import Markup

from journeykit.report.company import Company
from journeykit.report.company_colours import is_kept_from_pictures, role_colours
from journeykit.report.company_faces import Face
from journeykit.shipped import folder
from journeykit.show.tokens import COLOURS

__all__ = ["company_styles", "css_text", "notebook_styles", "styles"]

_PART = ".jk-in-notebook"
_CARRIED = "jk-company"
_MAX_CARRIED = 3_000_000
"""Bytes of fonts that a page may carry; larger ones must be on the reader's machine."""
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


def css_text(text: str) -> Markup:
    r"""Return *text* as a CSS string: every sign that could end it as an escape.

    Examples
    --------
    >>> str(css_text('A "B"'))
    '"A\\20 \\22 B\\22 "'
    """
    signs = (
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} "
        for sign in text
    )
    # Letters, digits and escapes only.
    return Markup('"' + "".join(signs) + '"')  # noqa: S704


@lru_cache(maxsize=8)
def company_styles(company: Company | None) -> Markup:
    """Return what a company's look changes in the style sheet of a page."""
    if company is None:
        return Markup()
    rules = [_face_rule(one) for one in company.faces if _is_carried(company)]
    lights, darks = [], []
    for role, (on_light, on_dark) in role_colours(company).items():
        lights.append(f"--jk-{role}: {on_light};")
        darks.append(f"--jk-{role}: {on_dark};")
    rules.append(f":root {{ {' '.join(lights)} }}")
    dark = f':root:not([data-jk-theme="light"]) {{ {" ".join(darks)} }}'
    rules.append(f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}")
    if lights and is_kept_from_pictures(company):
        rules += _pictures_as_ever(role_colours(company))
    bar = company.second or company.accent
    if bar:
        rules.append(f".jk-band {{ border-top-color: {bar}; }}")
    if company.family:
        named = css_text(company.family)
        first = f'"{_CARRIED}", {named}' if _is_carried(company) else named
        # Pictures keep the face that their texts were measured in.
        rules.append(
            f".jk-page {{ font-family: {first}, var(--jk-face); }}\n"
            ".jk-page .jk-drawn { font-family: var(--jk-face); }"
        )
    # Colours are hexadecimal, names are escaped, fonts are base64.
    return Markup("\n".join(rules))  # noqa: S704


def _is_carried(company: Company) -> bool:
    return sum(len(one.content) for one in company.faces) <= _MAX_CARRIED


def _face_rule(face: Face) -> str:
    kind = "otf" if face.content.startswith(b"OTTO") else "ttf"
    content = base64.b64encode(face.content).decode("ascii")
    style = "italic" if face.is_italic else "normal"
    return (
        f'@font-face {{ font-family: "{_CARRIED}"; font-weight: {face.weight}; '
        f"font-style: {style}; src: url(data:font/{kind};base64,{content}); }}"
    )


def _pictures_as_ever(colours: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return rules that leave pictures the colours that mean something in them."""
    lights = " ".join(f"--jk-{role}: {COLOURS[role].light};" for role in colours)
    darks = " ".join(f"--jk-{role}: {COLOURS[role].dark};" for role in colours)
    dark = f':root:not([data-jk-theme="light"]) .jk-drawn {{ {darks} }}'
    return [
        f".jk-drawn {{ {lights} }}",
        f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}",
    ]


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
