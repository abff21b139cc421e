"""The command ``journeykit template``: what reports there are, and a company's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from journeykit.cli_data import OUT

if TYPE_CHECKING:
    from journeykit.report.company import Company

__all__ = ["template"]

template = typer.Typer(
    help="What reports there are, and how a company makes them its own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@template.command("list")
def list_() -> None:
    """Say which reports there are: ours, and the companies' in templates/."""
    from journeykit.report.template_about import about
    from journeykit.report.template_reference import (
        FOLDER,
        company_folders,
        template_at,
        template_names,
    )

    table = Table("Template", "What it is", box=None, pad_edge=False)
    for name in template_names():
        table.add_row(name, about(template_at(name).notebook))
    OUT.print(table)
    for place in company_folders():
        own = sorted(one.stem for one in place.glob("*.ipynb"))
        OUT.print(f"\n{place.name}: in {_shown(place)}", markup=False)
        for name in own if len(own) > 1 else ():
            OUT.print(f"  {place.name}/{name}", markup=False)
        OUT.print(f"  any other in its look: {place.name}/NAME", markup=False)
    OUT.print("\nWhat one takes: journeykit template show NAME")
    if not company_folders():
        OUT.print(f"Your own, in {FOLDER}/: journeykit template new NAME")


@template.command()
def show(
    name: Annotated[str, typer.Argument(help="Template, or a company's folder.")],
) -> None:
    """Say what a report is, what can be set in it, and how a company's looks."""
    from journeykit.report.parameters import parameters_of
    from journeykit.report.template_about import about
    from journeykit.report.template_reference import template_at

    found = template_at(name)
    found.check()
    OUT.print(about(found.notebook), markup=False)
    OUT.print(f"Notebook: {_shown(found.notebook)}\n", markup=False)
    table = Table("Parameter", "Type", "Default", "What it is", box=None)
    for one in parameters_of(found.notebook):
        default = json.dumps(one.default, ensure_ascii=False)
        table.add_row(one.name, one.type, default, one.help)
    OUT.print(table)
    if found.company is not None and found.folder is not None:
        OUT.print(f"\nLook: {_shown(found.folder)}", markup=False)
        _look(found.company)


def _look(company: Company) -> None:
    styles = ", ".join(
        f"{one.weight}{' italic' if one.is_italic else ''}" for one in company.faces
    )
    rows = {
        "Company": company.name,
        "Logo": "yes" if company.logo else "none",
        "Accent": company.accent or "ours",
        "Second colour": company.second or "ours",
        "Typeface": f"{company.family} ({styles})" if styles else "ours",
        "Language": company.language or "en",
        "Footer": company.footer or "none",
        "Master of slides": "its own" if company.master else "ours, in its colours",
    }
    for key, said in rows.items():
        OUT.print(f"  {key}: {said}", markup=False)


def _shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@template.command()
def new(
    name: Annotated[str, typer.Argument(help="What reports will call it: acme.")],
    origin: Annotated[
        str, typer.Option("--from", help="Template that its notebook begins with.")
    ] = "journey_report",
    logo: Annotated[Path | None, typer.Option(help="Logo: .svg, .png or .jpg.")] = None,
    accent: Annotated[
        str, typer.Option(help="First colour, such as #174a8c; readable on white.")
    ] = "",
    second: Annotated[str, typer.Option(help="Second colour, for the bar.")] = "",
    font: Annotated[
        list[Path] | None,
        typer.Option(help="Typeface: .ttf or .otf; again for each style."),
    ] = None,
    company: Annotated[str, typer.Option(help="The company; NAME if none.")] = "",
    footer: Annotated[str, typer.Option(help="Sentence at the foot.")] = "",
    language: Annotated[str, typer.Option(help="en, de, fr, es or zh.")] = "",
    master: Annotated[
        Path | None, typer.Option(help="Master of slides: .pptx or .potx.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where.")] = Path("templates"),
) -> None:
    """Make a company's own template: a folder with its logo, colours, typeface.

    Everything in it is a file to change or replace; company.toml says what for.
    """
    from journeykit.report.template_folder import Look, new_template

    look = Look(
        name=company,
        footer=footer,
        language=language,
        accent=accent,
        second=second,
        logo=logo,
        master=master,
        fonts=tuple(font or ()),
    )
    made = new_template(out, name, look, origin)
    OUT.print(f"{_shown(made)}: a notebook to arrange, company.toml to fill in.")
    place = name if out == Path("templates") else _shown(made)
    OUT.print(f"A report in it: journeykit report FILE.journey --template {place}")
    OUT.print(
        f"Another in its look: --template {place}/NAME (journeykit template list)"
    )
