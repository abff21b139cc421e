"""An executed notebook as one page that needs no network and no script.

A bare nbconvert exporter with our own template. nbconvert's ``HTMLExporter`` was turned
down: it reads 400 kB of style sheets that the page drops, and its way to make notes
harmless (``sanitize_html``) takes out pictures too. Here nothing has to be made
harmless, for no markup is taken from the notebook at all: only parts (data), Markdown
with HTML escaped and links as text, PNG pictures, and plain text.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from typing import Any

import mistune
import nbformat
from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from journeykit.language import say
from journeykit.report.company_colours import worn
from journeykit.report.interactive_page import interactive_page, script_policy
from journeykit.report.page_style import company_styles, css_text, styles
from journeykit.report.part import PART_TYPE, Part, render
from journeykit.report.shown import opened, printed, spoken
from journeykit.shipped import folder

__all__ = ["CONTENT_POLICY", "PageExporter", "company_logo", "page_html"]

CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load: its own styles and pictures, nothing else."""


class _Prose(mistune.HTMLRenderer):
    """Markdown whose HTML, links and pictures come out as text."""

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's own
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's own
        return text


@cache
def _markdown() -> mistune.Markdown:
    return mistune.Markdown(renderer=_Prose(escape=True))


def _prose(source: str) -> Markup:
    # The renderer escapes every text and lets no HTML through.
    return Markup(_markdown()(source))  # noqa: S704


def _part(bundle: Mapping[str, str]) -> Markup:
    part = Part.unpacked(bundle)
    own = {"logo": company_logo()} if part.name == "band" else {}
    return render(part.name, {**part.data, **own})


def company_logo() -> dict[str, str]:
    """Return the logo of the company as a picture that a page carries."""
    company = worn()
    if company is None or company.logo is None:
        return {}
    logo = company.logo
    kind, raw = ("svg+xml", logo.svg.encode()) if logo.svg else ("png", logo.png)
    content = base64.b64encode(raw).decode("ascii")
    return {
        "address": f"data:image/{kind};base64,{content}",
        "name": company.name,
        "shape": f"{logo.shape:.3f}",
    }


def _png(data: str) -> str:
    return "".join(data.split())


class PageExporter(TemplateExporter):
    """Turn an executed report notebook into one HTML page."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "journey"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(folder("templates") / "pages")]

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        # They work on cells that the page does not show, and each checks the notebook.
        return []

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        filters = {"part": _part, "prose": _prose, "css_text": css_text, "png": _png}
        filters["printed"] = printed
        environment.filters.update(filters)
        environment.globals["part_type"] = PART_TYPE
        environment.globals["say"] = say
        return environment


@cache
def _exporter() -> PageExporter:
    return PageExporter()  # type: ignore[no-untyped-call]


def page_html(notebook: Any, *, title: str = "", is_interactive: bool = False) -> str:
    """Return an executed notebook as one page.

    Parameters
    ----------
    notebook
        The executed notebook.
    title
        Title of the page; that of the band if empty.
    is_interactive
        Whether it carries our script, which sorts tables and opens the map; no other
        can run in it.

    Returns
    -------
    str
        HTML without any outside address, without script unless it is interactive.
    """
    shown, opening = opened(notebook)
    company = worn()
    with spoken(notebook):
        resources = {
            "journeykit": {
                "title": title or opening.get("title") or say("Report"),
                "language": opening.get("language", "en"),
                "policy": CONTENT_POLICY + (script_policy() if is_interactive else ""),
                "styles": styles() + company_styles(company),
                "footer": company.footer if company else "",
                "interactive": interactive_page(notebook) if is_interactive else None,
            }
        }
        book = nbformat.from_dict(shown)  # type: ignore[no-untyped-call]
        html, _ = _exporter().from_notebook_node(book, resources=resources)
    return str(html)
