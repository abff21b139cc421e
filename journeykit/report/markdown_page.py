"""A report as Markdown: for a wiki, a repository, a mail.

Every text of people is escaped, so that none becomes a link, a picture, HTML or a
heading wherever it is pasted. Pictures are files beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from journeykit.language import commas, say
from journeykit.report.company_colours import in_company_colours, worn
from journeykit.report.part import Part
from journeykit.report.part_tables import left_out_table
from journeykit.report.shown import (
    Drawing,
    Prose,
    Shown,
    Typed,
    alt_of,
    shown_in,
    spoken,
)
from journeykit.show.svg import checked_svg

__all__ = ["markdown_page"]

# What begins emphasis, links, HTML, entities, cells, code, formulas, addresses.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&$@]|:(?=//))")
_ADDRESS = re.compile(r"\b(www)(?=\.)", re.IGNORECASE)
# What begins a heading, a list, a quotation or a rule at the start of a line.
_START = re.compile(r"^(?:([#+=-])(?=[\s#=-]|$)|(\d+)([.)])(?=\s|$))")
# A line to write on, with room above it.
_RULE = ("\N{NO-BREAK SPACE}", "---")
_MOST_RULES = 6
_MOST_IN_ALT = 300
"""Letters that stand for a picture; its numbers are in the table below it."""
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


def markdown_page(
    notebook: Mapping[str, Any], *, pictures: str = "pictures"
) -> tuple[str, dict[str, bytes]]:
    """Return an executed report notebook as Markdown, and its pictures.

    Parameters
    ----------
    notebook
        The executed notebook.
    pictures
        Folder of the pictures, as the page names it.

    Returns
    -------
    tuple of str and dict
        The text, and the pictures by their file names.

    Raises
    ------
    InputError
        If a picture in the notebook holds more than shapes and text.
    """
    files: dict[str, bytes] = {}
    company = worn()
    pieces: list[str] = []
    if company is not None and company.logo is not None:
        content = company.logo.png
        pieces.append(_drawn("logo.png", company.name, content, pictures, files))
    with spoken(notebook):
        for one in shown_in(notebook):
            pieces += _pieces(one, pictures, files)
    if company is not None:
        pieces.append(_text(company.footer))
    return "\n\n".join(filter(None, pieces)) + "\n", files


def _text(text: str) -> str:
    line = _BREAK.sub(" ", text).strip()
    quiet = _ADDRESS.sub(r"\1\\", _SIGNS.sub(r"\\\1", line))
    return _START.sub(_escaped_start, quiet)


def _escaped_start(found: re.Match[str]) -> str:
    sign, number, after = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{after}"


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {_text(text)}" if text else ""


def _table(
    labels: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[bool]
) -> str:
    lines = [labels, *rows]
    head = "|".join(" ---: " if is_number else " --- " for is_number in numeric)
    shown = [f"| {' | '.join(map(_text, line))} |" for line in lines]
    return "\n".join([shown[0], f"|{head}|", *shown[1:]])


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_text(text)}" for text in texts)


def _named(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{_text(name)}:** {_text(said)}" for name, said in pairs)


def _drawn(name: str, alt: str, content: bytes, folder: str, files: Any) -> str:
    files[name] = content
    return f"![{_text(alt)}]({folder}/{name})"


def _pieces(one: Shown, folder: str, files: dict[str, bytes]) -> list[str]:
    match one:
        case Prose(source=source):
            return [_text(line) for line in re.split(r"\n\s*\n", source)]
        case Typed(text=text):
            return ["\n".join(f"    {line}" for line in text.splitlines())]
        case Drawing(png=png, alt=alt):
            name = f"picture-{len(files) + 1}.png"
            return [_drawn(name, alt or say("Picture"), png, folder, files)]
        case Part(name="figure", data=data):
            return _figure(data, folder, files)
        case Part(name=name, data=data):
            return _PARTS[name](data)


def _figure(data: Mapping[str, Any], folder: str, files: Any) -> list[str]:
    svg = in_company_colours(str(checked_svg(data["wide"]))).encode()
    name = f"picture-{len(files) + 1}.svg"
    twin = data["twin"]
    return [
        _heading(3, data["title"]),
        _text(data["subtitle"]),
        _drawn(name, _alt(data), svg, folder, files),
        _text(data["source"]),
        _table(twin["labels"], twin["rows"], twin["numeric"]) if twin["rows"] else "",
    ]


def _alt(data: Mapping[str, Any]) -> str:
    said = alt_of(data)
    if len(said) <= _MOST_IN_ALT or not data["twin"]["rows"]:
        return said
    return f"{said[:_MOST_IN_ALT].rpartition(' ')[0] or said[:_MOST_IN_ALT]}…"


def _band(data: Mapping[str, Any]) -> list[str]:
    facts = "\n".join(
        f"- **{_text(key)}:** {_text(said)}" for key, said in data["facts"]
    )
    kind = f"**{_text(data['kind'])}**" if data["kind"] else ""
    return [_heading(1, data["title"]), kind, _text(data["scope"]), facts]


def _section(data: Mapping[str, Any]) -> list[str]:
    return [_heading(2, data["heading"]), _text(data["text"])]


def _found(data: Mapping[str, Any]) -> list[str]:
    said = "\n".join(
        f"{place}. **{_text(number)}** {_text(text)}"
        if number
        else f"{place}. {_text(text)}"
        for place, (number, text) in enumerate(data["sentences"], start=1)
    )
    return [_heading(2, data["heading"]), said]


def _sentences(data: Mapping[str, Any]) -> list[str]:
    return [_heading(2, data["heading"]), _listed([*data["texts"], *data["folded"]])]


def _evidence(data: Mapping[str, Any]) -> list[str]:
    shares = [
        say(
            "{basis}: {percent} ({of_all}), {meaning}",
            basis=one["name"],
            percent=one["percent"],
            of_all=one["of_all"],
            meaning=one["meaning"],
        )
        for one in data["pieces"]
    ]
    names = commas(data["without_data"])
    head = say("Not measured:")
    missing = f"**{head}** {_text(names)}." if names else ""
    return [_heading(2, data["heading"]), _listed(shares), missing]


def _ranked(data: Mapping[str, Any]) -> list[str]:
    labels, rows, numeric = data["labels"], data["rows"], data["numeric"]
    if data["is_ranked"]:
        labels, numeric = ["", *labels], [True, *numeric]
        rows = [[str(place), *row] for place, row in enumerate(rows, start=1)]
    return [
        _heading(3, data["title"]),
        _text(data["subtitle"]),
        _table(labels, rows, numeric),
        _text(data["source"]),
    ]


def _definitions(data: Mapping[str, Any]) -> list[str]:
    terms = "\n".join(
        f"- **{_text(term)}:** {_text(said)}" for term, said in data["terms"]
    )
    return [_heading(2, data["heading"]), terms]


def _left_out(data: Mapping[str, Any]) -> list[str]:
    found = left_out_table(data["rows"])
    table = _table(found["labels"], found["rows"], found["numeric"])
    said = table if found["rows"] else say("Nothing was left out.")
    return [_heading(2, data["heading"]), said]


def _worksheet(data: Mapping[str, Any]) -> list[str]:
    ruled = [part for _ in range(min(data["lines"], _MOST_RULES)) for part in _RULE]
    example = f"> {_text(data['example'])}" if data["example"] else ""
    return [_heading(2, data["heading"]), _text(data["text"]), example, *ruled]


def _credits(data: Mapping[str, Any]) -> list[str]:
    return ["---", *map(_text, data["lines"])]


_PARTS = {
    "band": _band,
    "section": _section,
    "found": _found,
    "sentences": _sentences,
    "evidence": _evidence,
    "ranked_table": _ranked,
    "definitions": _definitions,
    "left_out": _left_out,
    "worksheet": _worksheet,
    "credits": _credits,
}
