"""Executed report notebooks made by hand, for every format that one becomes."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pypdfium2
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from journeykit.language import speak
from journeykit.report import parts
from journeykit.report.catalogue import template_named
from journeykit.report.markdown_page import markdown_page
from journeykit.report.part import PART_TYPE, Part
from journeykit.report.worksheets import worksheet
from journeykit.show.charts import Picture, Words
from journeykit.text import clean_text

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1 -2 =3",
    "[click](javascript:alert(1)) ![pic](http://evil.example/a.png)",
    '#set page(paper: "a0") #read("/etc/passwd") $x^2$ *bold* _it_ `code`',
    "# Heading\n- item\n1. one\n\n> said",
    "| a | b |\n|---|---|",
    "http://evil.example www.evil.example ann@evil.example",
    "https\u0000://x\u000b\u0007 y\ufffe",
    "שלום עולם مرحبا 你好 😀👩‍👩‍👧 Zürich ﷽",
    "a" * 300,
    "\\",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7*7 }} {% raw %} ${7*7}",
)
"""Texts that have run, loaded or computed something in some format."""


def executed(*shown: Part | str) -> dict[str, Any]:
    """Return an executed notebook that shows these parts; a text is a Markdown cell."""
    cells: list[dict[str, Any]] = []
    for one in shown:
        if isinstance(one, str):
            cells.append({"cell_type": "markdown", "metadata": {}, "source": one})
            continue
        data = {PART_TYPE: one.packed()}
        empty = {"metadata": {}, "execution_count": None}
        output = {"output_type": "execute_result", "data": data, **empty}
        cells.append({"cell_type": "code", "source": "", "outputs": [output], **empty})
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def table() -> pd.DataFrame:
    """Return a table with a column of every type, and a gap."""
    return pd.DataFrame(
        {
            "touchpoint": ["Search", "Book"],
            "share": [0.25, None],
            "n": pd.array([1200, None], dtype="Int64"),
            "is_open": [True, False],
            "due": [date(2026, 3, 1), None],
        }
    )


def drawing(text: str = "Search") -> Markup:
    """Return a small picture that says a text."""
    start = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="762" height="60" '
        'viewBox="0 0 762 60"><desc>What it shows</desc>'
    )
    return Markup(start) + Markup("<text x='4' y='30'>{}</text></svg>").format(
        clean_text(text).text
    )


def every_part(text: str = "Search is hard") -> tuple[Part, ...]:
    """Return one of every part, saying a text wherever people's text may stand."""
    frame = table().assign(touchpoint=[text, "Book"])
    words = Words(text, text, text, text)
    labels = {name: text if name == "touchpoint" else name for name in frame.columns}
    facts = {"Owner": text, "Organisation": text}
    return (
        parts.band(text, kind=text, scope=text, facts=facts),
        parts.section(text, text),
        parts.found([text, ("39.8", text)], heading=text),
        parts.sentences([text], heading=text, folded=[text], more=text),
        parts.evidence(
            assumed=1, observed=2, measured=3, without_data=[text], heading=text
        ),
        parts.figure(Picture(words, drawing(text), None, frame)),
        parts.ranked_table(frame, labels, title=text, subtitle=text, source=text),
        parts.definitions({text: text}, heading=text),
        parts.left_out([(text, text, 1234)], heading=text),
        worksheet(text, text, example=text, lines=12),
        parts.credits([text]),
    )


def cells_of(template: str, report: object) -> Iterator[tuple[str, Part]]:
    """Yield each cell of a template after the imports, and the part that it shows.

    The cells run in this process on a report that is open already: many workshops are
    tried so in the time that one notebook takes.
    """
    book = json.loads(template_named(template).read_text(encoding="utf-8"))
    for cell in book["cells"][2:]:
        source = "".join(cell["source"])
        code = compile(ast.parse(source, mode="eval"), template, "eval")
        yield source, eval(code, {"report": report, "parts": parts})


def pdf_texts(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def page_of(template: str, **parameters: Any) -> str:
    """Return what a template says as Markdown, its cells run in this process."""
    book = nbformat.read(template_named(template), as_version=4)
    space: dict[str, Any] = {}
    cells = []
    for cell in book.cells:
        body = ast.parse(cell.source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), space)  # our own template
        space |= parameters if "parameters" in str(cell.metadata) else {}
        if last is not None:
            part = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
            output = new_output("execute_result", part._repr_mimebundle_())
            cells.append(new_code_cell("", outputs=[output]))
    report = space["report"]
    if template != "portfolio":
        report.workshop.close()
    speak("en")
    text, _ = markdown_page(new_notebook(cells=cells))
    return text.replace("\u00a0", " ")


def given(template: str, path: Path) -> dict[str, Any]:
    """Return the parameters that name a workshop to a template."""
    return (
        {"workshops": [str(path)]}
        if template == "portfolio"
        else {"workshop": str(path)}
    )
