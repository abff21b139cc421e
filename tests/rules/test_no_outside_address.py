"""Nothing that is rendered loads anything from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from outside_addresses import (
    outside_addresses,
    outside_in_script,
    outside_in_style,
)
from source_tree import ROOT, notebooks, plant

PAGES = (".html", ".htm", ".j2", ".jinja", ".jinja2", ".svg")
MARKDOWN_PICTURE = re.compile(r"!\[[^]]*\]\(\s*<?((?:https?:)?//[^)\s]+)")
# A placeholder is filled by the engine, whose output the report's own tests check.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Links that a page may show: licences and sources of data.
DECLARED: frozenset[str] = frozenset()


def in_template(text: str) -> list[str]:
    """Return the outside addresses of a Jinja page, but for what is filled in."""
    return outside_addresses(PLACEHOLDER.sub("#", text), DECLARED)


def findings(root: Path) -> list[str]:
    """Return each outside address in pages, styles, scripts, pictures and notebooks."""
    found = []
    for part in ("templates", "journeykit", "workbook"):
        for path in sorted((root / part).rglob("*")):
            if not path.is_file():
                continue
            addresses: list[str] = []
            if path.suffix in PAGES and ".css" not in path.suffixes:
                addresses = in_template(path.read_text(encoding="utf-8"))
            elif ".css" in path.suffixes:
                addresses = outside_in_style(path.read_text(encoding="utf-8"))
            elif path.suffix in {".js", ".mjs"}:
                addresses = outside_in_script(path.read_text(encoding="utf-8"))
            found += [f"{path.relative_to(root)}: {address}" for address in addresses]
    for path, notebook in notebooks(root):
        for cell in notebook["cells"]:
            if cell["cell_type"] != "markdown":
                continue
            text = "".join(cell["source"])
            addresses = outside_addresses(text) + MARKDOWN_PICTURE.findall(text)
            found += [f"{path.relative_to(root)}: {address}" for address in addresses]
    return found


def test_templates_and_boards_need_no_network() -> None:
    """Skins, style sheets, boards and notebooks carry all that they show."""
    assert [] == findings(ROOT)


NOTEBOOK = (
    '{"cells": [{"cell_type": "markdown", "source": ["![a](https://b.example/a)"]}]}'
)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("templates/a/index.html.j2", "<link href=//b.example/a>", "//b.example/a"),
        ("templates/a/report.css", "@import 'https://b.example/a';", "b.example/a"),
        ("templates/a/report.css.j2", "a { src: url(b.woff) }", "b.woff"),
        ("journeykit/show/static/board.js", "fetch('https://b.example')", "b.example"),
        ("journeykit/show/static/a.svg", "<image href='a.png'/>", "a.png"),
        ("workbook/00_a.ipynb", NOTEBOOK, "https://b.example/a"),
    ],
)
def test_planted_address_is_found(
    tmp_path: Path, file: str, text: str, expected: str
) -> None:
    """An address in any file that is rendered is found."""
    found = findings(plant(tmp_path, {file: text}))

    assert 1 == len(found)
    assert file in found[0]
    assert expected in found[0]


def test_placeholders_are_filled_by_the_engine(tmp_path: Path) -> None:
    """A picture that the engine puts in is no outside address."""
    page = '<img src="{{ picture }}">{% if a %}<p>{% endif %}<style>{{ css }}</style>'

    assert [] == findings(plant(tmp_path, {"templates/a/index.html.j2": page}))
