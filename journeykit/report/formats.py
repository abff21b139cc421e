"""The files that an executed report becomes, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.output_files import write_bytes

__all__ = ["FORMATS", "formats_from", "surfaces_of", "write_formats"]

_Written = Mapping[str, bytes]
"""Content by the name of the file, from the folder of the report."""


def _html(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.page import page_html

    return {f"{stem}.html": page_html(notebook, title=title).encode()}


def _interactive(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.page import page_html

    html = page_html(notebook, title=title, is_interactive=True)
    return {f"{stem}.interactive.html": html.encode()}


def _pdf(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.print_page import print_pdf

    return {f"{stem}.pdf": print_pdf(notebook, title=title)}


def _letter(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.print_page import print_pdf

    return {f"{stem}.letter.pdf": print_pdf(notebook, title=title, paper="us-letter")}


def _xlsx(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.spreadsheet import spreadsheet

    return {f"{stem}.xlsx": spreadsheet(notebook, title=title)}


def _pptx(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.slides import slides

    return {f"{stem}.pptx": slides(notebook, title=title)}


def _md(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:  # noqa: ARG001 - its band says it
    from journeykit.report.markdown_page import markdown_page

    beside = f"{stem}_pictures"
    text, pictures = markdown_page(notebook, pictures=beside)
    drawn = {f"{beside}/{name}": content for name, content in pictures.items()}
    return {**drawn, f"{stem}.md": text.encode()}


def _svg(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.posters import posters

    drawn = posters(notebook, title=title)
    return {f"{stem}.{name}.svg": svg.encode() for name, svg in drawn.items()}


def _png(notebook: Mapping[str, Any], stem: str, title: str) -> _Written:
    from journeykit.report.posters import poster_png, posters

    drawn = posters(notebook, title=title)
    return {f"{stem}.{name}.png": poster_png(svg) for name, svg in drawn.items()}


FORMATS: Mapping[str, Callable[[Mapping[str, Any], str, str], _Written]] = (
    MappingProxyType(
        {
            "html": _html,
            "interactive": _interactive,
            "pdf": _pdf,
            "letter": _letter,
            "pptx": _pptx,
            "xlsx": _xlsx,
            "md": _md,
            "svg": _svg,
            "png": _png,
        }
    )
)
"""What writes a report, by the name of the format."""

_SURFACES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "html": frozenset({"narrow", "printed"}),
        "interactive": frozenset({"narrow", "printed", "sheets"}),
        "pdf": frozenset({"printed"}),
        "letter": frozenset({"printed"}),
        "pptx": frozenset({"narrow", "printed", "slides", "sheets"}),
        "svg": frozenset({"poster"}),
        "png": frozenset({"poster"}),
    }
)
"""For what a format wants its figures drawn beside the page, if for anything."""


def surfaces_of(formats: Iterable[str]) -> frozenset[str]:
    """Return what figures must be drawn for, so that these formats can be written.

    Parameters
    ----------
    formats
        Keys of :data:`FORMATS`.

    Returns
    -------
    frozenset of str
        Of :data:`journeykit.show.surfaces.SURFACES`.

    Examples
    --------
    >>> sorted(surfaces_of(["html", "pdf", "xlsx"]))
    ['narrow', 'printed']
    """
    return frozenset().union(*(_SURFACES.get(name, ()) for name in formats))


def formats_from(text: str) -> tuple[str, ...]:
    """Return the formats that a list such as ``html,pdf`` names, each once.

    Raises
    ------
    UnknownNameError
        If there is no such format; the nearest is offered.
    InputError
        If none is named.

    Examples
    --------
    >>> formats_from("html, PDF")
    ('html', 'pdf')
    """
    names = tuple(
        dict.fromkeys(
            name for part in text.split(",") if (name := part.strip().lower())
        )
    )
    if not names:
        raise InputError(f"a format was expected, such as {', '.join(FORMATS)}")
    for name in names:
        if name not in FORMATS:
            raise UnknownNameError("format", name, FORMATS)
    return names


def write_formats(
    notebook: Mapping[str, Any],
    folder: Path,
    stem: str,
    formats: Iterable[str],
    *,
    title: str = "",
) -> tuple[Path, ...]:
    """Write an executed report in each of the formats.

    Parameters
    ----------
    notebook
        The executed notebook.
    folder
        Where to write; made if needed.
    stem
        Name of the files without their endings.
    formats
        Keys of :data:`FORMATS`.
    title
        Title of the documents; that of the band if empty.

    Returns
    -------
    tuple of Path
        The files, in the order of the formats; pictures of Markdown before its text.

    Raises
    ------
    FileProblemError
        If a file cannot be written; what stood there stays.
    InputError
        If the report holds nothing to make any file of (posters of a report without
        map, COPIS and canvas).
    """
    paths = []
    for name in formats:
        for file, content in FORMATS[name](notebook, stem, title).items():
            path = folder / file
            write_bytes(path, content)
            paths.append(path)
    if not paths:
        raise InputError(
            "a report with a map, COPIS or a canvas was expected to make posters of, "
            "this one holds none",
            mend="Ask for another format, such as html",
        )
    return tuple(paths)
