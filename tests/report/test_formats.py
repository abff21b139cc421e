"""A report draws for the formats that are asked for, and loses nothing by it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from journeykit.report.catalogue import template_named
from journeykit.report.formats import FORMATS, surfaces_of
from journeykit.report.run import execute_report
from journeykit.report.shown import shown_in
from journeykit.show.surfaces import SURFACES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@cache
def drawn_for(workshop: Path, surfaces: frozenset[str]) -> Any:
    """Return the journey report as it ran when figures were drawn for *surfaces*."""
    parameters = {"workshop": str(workshop)}
    notebook = template_named("journey_report")
    failed = workshop.with_suffix(".failed.ipynb")
    return execute_report(notebook, parameters, failed, surfaces=surfaces)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_alone_is_as_among_all(name: str, made_airport: Path) -> None:
    """Byte for byte the same files, whatever else was asked for."""
    alone = drawn_for(made_airport, surfaces_of([name]))
    among_all = drawn_for(made_airport, frozenset(SURFACES))

    assert FORMATS[name](alone, "x", "") == FORMATS[name](among_all, "x", "")


def test_nothing_is_drawn_that_no_format_shows(made_airport: Path) -> None:
    """A spreadsheet has numbers only: no figure is drawn for paper, slides, a wall."""
    shown = shown_in(drawn_for(made_airport, surfaces_of(["xlsx"])))
    figures = [one.data for one in shown if getattr(one, "name", "") == "figure"]

    assert len(figures) > 5
    assert not any(data[surface] for data in figures for surface in SURFACES)
