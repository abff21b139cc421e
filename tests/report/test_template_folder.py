"""A company's template folder: made from what it has, found again, run with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from company_folders import LOGO, company_folder, master, with_part

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.report.company import company_at
from journeykit.report.master_file import checked_master
from journeykit.report.plain_notebook import what_is_not_plain
from journeykit.report.template_folder import Look, new_template
from journeykit.report.template_reference import template_at, template_names


def test_folder_is_made_of_what_a_company_has(tmp_path: Path) -> None:
    """It holds a notebook, the logo, and what was said, and is found by name."""
    logo = tmp_path / "our logo.svg"
    logo.write_text(LOGO, encoding="utf-8")
    look = Look(accent="navy", footer='He said "no"', language="de", logo=logo)
    place = new_template(tmp_path / "templates", "acme", look, "journey_report")
    company = company_at(place)

    assert ("Acme", 'He said "no"') == (company.name, company.footer)
    assert ("#000080", "de") == (company.accent, company.language)
    assert place / "journey_report.ipynb" == template_at(str(place)).notebook


def test_nothing_is_left_of_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """The error names the file that was given, not a copy of it."""
    logo = tmp_path / "our logo.svg"
    logo.write_text("<svg/>", encoding="utf-8")
    home = tmp_path / "templates"
    with pytest.raises(InputError, match=r"our logo\.svg: one <svg>"):
        new_template(home, "acme", Look(logo=logo), "journey_report")

    assert [] == list(home.iterdir())


@pytest.mark.parametrize("name", ["", "..", "a/b", "con", "journey_report", "a b"])
def test_name_that_is_no_folder_of_its_own_is_refused(
    tmp_path: Path, name: str
) -> None:
    """A name is safe on every system, and none of ours."""
    with pytest.raises(InputError):
        new_template(tmp_path, name, Look(), "journey_report")


def test_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """Nobody's changes are lost by making it again."""
    company_folder(tmp_path)

    with pytest.raises(FileProblemError, match="is there already"):
        new_template(tmp_path / "templates", "acme", Look(), "journey_report")


def test_ours_are_found_in_a_companys_look(tmp_path: Path) -> None:
    """A company keeps copies only of what it changed."""
    place = company_folder(tmp_path)
    workshop = str(tmp_path / "trip.journey")
    found = template_at("acme/copis_report", (workshop,))

    assert place == found.folder
    assert ("acme-copis_report", False) == (found.label, found.is_own)
    assert found == template_at(found.reference)
    with pytest.raises(UnknownNameError, match="acme"):
        template_at("acmee", (workshop,))


@pytest.mark.parametrize("name", template_names())
def test_our_own_templates_are_plain(name: str) -> None:
    """A company's copy of one runs everywhere without being trusted first."""
    book = json.loads(template_at(name).notebook.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])

    assert "" == what_is_not_plain(book)


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "open('/tmp/x', 'w')",
        "!ls",
        "from journeykit.report.run import run_report",
        "import journeykit as parts\nparts.new('x')",
        "report.workshop.export_json('x')",
        "journeykit.new('x')",
        "parts.Part.__init__()",
        "parts.render(open('x'), {})",
    ],
)
def test_code_of_a_sent_notebook_is_not_run(tmp_path: Path, code: str) -> None:
    """It is said what it holds, and how to trust it after reading it."""
    place = company_folder(tmp_path)
    cell = {
        "cell_type": "code",
        "source": code,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (place / "mine.ipynb").write_text(json.dumps(book), encoding="utf-8")

    with pytest.raises(InputError, match="jupyter trust"):
        template_at(str(place)).check()


_OUTSIDE = b"""<Relationships><Relationship Id="rId9" Target="http://evil.example/a"
 Type="http://x/image" TargetMode="External"/></Relationships>"""


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("ppt/vbaProject.bin", b"x", "macros"),
        ("ppt/embeddings/a.xlsx", b"x", "macros, controls or files"),
        ("ppt/slides/_rels/x.xml.rels", _OUTSIDE, "load anything from elsewhere"),
        ("ppt/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "without entities"),
        ("ppt/x.xml", b" " * 30_000_000, "smaller presentation"),
    ],
)
def test_master_that_could_act_load_or_grow_is_refused(
    name: str, text: bytes, match: str
) -> None:
    """Every reader of a report would open it."""
    with pytest.raises(InputError, match=match):
        checked_master(with_part(master(), name, text), "master.pptx")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", master()[:2000]])
def test_master_that_is_none_is_refused(content: bytes) -> None:
    """Whatever its name says."""
    with pytest.raises(InputError, match="presentation was expected"):
        checked_master(content, "master.pptx")
