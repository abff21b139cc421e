"""A report as PDF: A4 or letter, page numbers, contents, embedded face, tagged.

Set by Typst from the same parts as the page. Every text goes in as data, so none of it
can be markup; pictures are the page's own SVG. A browser and WeasyPrint were turned
down: they take 50 to 80 times as long, and cut wide tables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal

import mistune
import typst

from journeykit.errors import InputError
from journeykit.language import commas, say, word
from journeykit.report.company_colours import in_company_colours, light_of, worn
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE, left_out_table
from journeykit.report.shown import (
    Drawing,
    Prose,
    Shown,
    Typed,
    alt_of,
    opened,
    shown_in,
    spoken,
)
from journeykit.shipped import folder
from journeykit.show.svg import checked_svg
from journeykit.show.tokens import COLOURS

__all__ = ["Paper", "print_pdf"]

Paper = Literal["a4", "us-letter"]

_FACE = "Source Sans 3"
# Noto Sans SC is ours, cut down: what it lacks, a whole one of the machine may have.
_OTHER_FACES = (
    *("Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "Noto Sans Arabic"),
    *("Noto Sans Hebrew", "Noto Color Emoji", "Noto Emoji", "Segoe UI", "Arial"),
    *("Microsoft YaHei", "PingFang SC", "DejaVu Sans"),
)
_TEXT_PX = 762.0
"""Width of a column of the page, which fills the column of the paper."""
_WORDS = {
    "contents": word("In this report"),
    "not_measured": word("Not measured:"),
    "nothing_left_out": word("Nothing was left out."),
    "numbers": word("The numbers behind the pictures"),
    "numbers_on": word("The numbers stand on page {page}."),
}
_SHORT, _SHORT_OF_FEW, _LONG = 16, 20, 72
_FEW = 4


def print_pdf(
    notebook: Mapping[str, Any], *, title: str = "", paper: Paper = "a4"
) -> bytes:
    """Return an executed report notebook as PDF.

    Parameters
    ----------
    notebook
        The executed notebook.
    title
        Title of the document; that of its band if empty.
    paper
        ``a4`` or ``us-letter``.

    Returns
    -------
    bytes
        The file; the same notebook gives the same bytes on the same machine.

    Raises
    ------
    InputError
        If a picture in the notebook holds more than shapes and text, or the paper is
        not known.
    """
    if paper not in {"a4", "us-letter"}:
        raise InputError(f"paper a4 or us-letter was expected, found {paper!r}")
    opening = opened(notebook)[1]
    authors = [opening.get("owner"), opening.get("organisation")]
    files: dict[str, bytes] = {}
    with spoken(notebook):
        report = {
            "title": title or opening.get("title") or say("Report"),
            "authors": list(filter(None, authors)),
            "keywords": [opening["kind"]] if opening.get("kind") else [],
            "language": opening.get("language", "en"),
            "paper": paper,
            "one_page": bool(opening.get("is_one_page", False)),
            "in_order": False,
            "faces": [*_company_face(), _FACE, *_faces()],
            "colours": {role: light_of(role) for role in COLOURS},
            "company": _company(files),
            "words": {
                **{name: say(text) for name, text in _WORDS.items()},
                "comma": commas(["", ""]),
            },
            "parts": [
                _placed(one, number, files)
                for number, one in enumerate(shown_in(notebook))
            ],
        }
    template = folder("templates") / "pages" / "print" / "report.typ"
    files["main.typ"] = template.read_bytes()
    made, is_settled = _set(files, report)
    if not is_settled:
        # Pages that depend on one another may never settle; then all stands in order.
        made, _ = _set(files, {**report, "in_order": True})
    return made


def _set(files: dict[str, bytes], report: Mapping[str, Any]) -> tuple[bytes, bool]:
    """Return the document, and whether its page numbers are those of its pages."""
    files["report.json"] = json.dumps(report, ensure_ascii=False).encode()
    # Its published types lack files in memory.
    made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        files, format="pdf", font_paths=_fonts(_company_fonts()), timestamp=0
    )
    return made, not any("did not converge" in str(one) for one in warnings)


@lru_cache(maxsize=4)
def _fonts(company: str = "") -> typst.Fonts:
    ours = str(folder("templates") / "fonts")
    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=True,
        font_paths=[company, ours] if company else [ours],
    )


def _company_fonts() -> str:
    company = worn()
    return str(company.fonts) if company and company.fonts else ""


@lru_cache(maxsize=4)
def _families(folder: str) -> tuple[str, ...]:
    """Return the families in a folder, as the printing program calls them."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return tuple(found.families())


def _company_face() -> tuple[str, ...]:
    fonts = _company_fonts()
    return _families(fonts)[:1] if fonts else ()


def _company(files: dict[str, bytes]) -> dict[str, Any]:
    """Return what a company puts on every page, its logo among the files."""
    company = worn()
    if company is None:
        return {"name": "", "footer": "", "bar": light_of("ink"), "logo": "", "wide": 1}
    logo = company.logo
    name = ""
    if logo is not None:
        name = "logo.svg" if logo.svg else "logo.png"
        if logo.svg:
            files[name] = logo.svg.encode()
    return {
        "name": company.name,
        "footer": company.footer,
        "bar": company.second or light_of("accent"),
        "logo": name,
        # The printing program takes only text as files in memory.
        "pixels": list(logo.png) if logo and not logo.svg else [],
        "wide": logo.shape if logo else 1,
    }


@cache
def _faces() -> list[str]:
    """Return faces of this machine for scripts that ours lacks."""
    known = set(_fonts().families())
    return [face for face in _OTHER_FACES if face in known]


def _placed(one: Shown, number: int, files: dict[str, bytes]) -> dict[str, Any]:
    name: str
    data: dict[str, Any]
    match one:
        case Prose(source=source):
            name, data = "prose", {"blocks": _blocks(source)}
        case Typed(text=text):
            name, data = "typed", {"text": text}
        case Drawing(png=png, alt=alt):
            # As numbers: Typst takes files of ours as text only.
            name, data = "drawing", {"pixels": list(png), "alt": alt or say("Picture")}
        case Part(name="figure" as name, data=given):
            data = _figure(given, number, files)
        case Part(name="ranked_table" as name, data=given):
            data = {**given, "weights": _weights(given)}
        case Part(name="left_out" as name, data=given):
            table = left_out_table(given["rows"])
            data = {**given, "table": {**table, "weights": _weights(table)}}
        case Part(name=name, data=given):
            data = dict(given)
    return {"name": name, "data": data}


def _figure(
    data: Mapping[str, Any], number: int, files: dict[str, bytes]
) -> dict[str, Any]:
    pictures = []
    for place, picture in enumerate(data["printed"] or [data["wide"]]):
        drawn = str(checked_svg(picture))
        name = f"figure{number}-{place}.svg"
        files[name] = _in_our_face(drawn).encode()
        width = float(_found(r'\bwidth="([\d.]+)"', drawn) or _TEXT_PX)
        height = float(_found(r'\bheight="([\d.]+)"', drawn) or width)
        share = 1.0 if data["printed"] else min(1.0, width / _TEXT_PX)
        pixels = float(_found(r'\bviewBox="\S+ \S+ ([\d.]+)', drawn) or width)
        pictures.append(
            {"file": name, "share": share, "tall": height / width, "pixels": pixels}
        )
    twin = {**data["twin"], "weights": _weights(data["twin"])}
    return {
        "title": data["title"],
        "subtitle": data["subtitle"],
        "source": data["source"],
        "pictures": pictures,
        "alt": alt_of(data),
        "twin": twin,
        "label": f"numbers-{number}",
    }


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""


def _in_our_face(svg: str) -> str:
    faces = ", ".join(f"'{face}'" for face in (_FACE, *_faces()[:4]))
    named = re.sub(r'font-family="[^"]*"', f'font-family="{faces}"', svg)
    return in_company_colours(named)


def _weights(table: Mapping[str, Any]) -> list[float | None]:
    """Return how wide each column is: its share, or None where it needs no more."""
    columns = zip(*table["rows"], strict=True) if table["rows"] else ()
    texts = [list(one) for one in columns] or [[] for _ in table["labels"]]
    short = _SHORT_OF_FEW if len(texts) <= _FEW else _SHORT
    weights: list[float | None] = []
    for cells, is_number in zip(texts, table["numeric"], strict=True):
        widest = _widest(cells)
        is_short = is_number or widest <= short
        weights.append(None if is_short else float(min(widest, _LONG)) ** 0.6)
    if not any(weights):
        # Every table is as wide as the page, so that their edges align.
        return [None if one else 1.0 for one in table["numeric"]]
    return weights


def _widest(cells: Sequence[str]) -> int:
    return max((len(one) for one in cells if one != NO_VALUE), default=0)


def _blocks(source: str) -> list[dict[str, Any]]:
    """Return Markdown as blocks of plain text: headings, items, paragraphs."""
    tree = mistune.create_markdown(renderer="ast")(source)
    assert isinstance(tree, list)
    blocks: list[dict[str, Any]] = []
    for token in tree:
        if token["type"] == "list":
            blocks += [
                {"kind": "item", "text": _plain(item.get("children", ()))}
                for item in token["children"]
            ]
        elif token["type"] == "heading":
            level = token["attrs"]["level"]
            text = _plain(token["children"])
            blocks.append({"kind": "heading", "level": level, "text": text})
        elif text := token.get("raw") or _plain(token.get("children", ())):
            blocks.append({"kind": "paragraph", "text": text})
    return blocks


def _plain(tokens: Iterable[Mapping[str, Any]]) -> str:
    texts = []
    for token in tokens:
        if token["type"] in {"softbreak", "linebreak"}:
            texts.append(" ")
        else:
            texts.append(token.get("raw") or _plain(token.get("children", ())))
    return "".join(texts)
