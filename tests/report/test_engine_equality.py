"""papermill's own engine and ours make the same notebook, cell by cell.

Each notebook is run once by each; only times, ids and addresses may be other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from equality_notebooks import NOTEBOOKS, OPTIONS, alike, joined, plain

import journeykit
from journeykit.report.catalogue import template_named, template_names
from journeykit.report.parameters import parameters_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def executed(
    notebook: Any, folder: Path, engine: str | None, **options: Any
) -> tuple[Any, str]:
    """Run a notebook, and return what was saved and what was raised."""
    folder.mkdir()
    said = ""
    try:
        papermill.execute_notebook(
            nbformat.from_dict(notebook),
            folder / "out.ipynb",
            engine_name=engine,
            progress_bar=False,
            cwd=folder,
            shutdown_kernel="immediate",
            **options,
        )
    except papermill.PapermillExecutionError as error:
        said = str(error)
    book = nbformat.read(folder / "out.ipynb", as_version=4)
    for cell in book.cells:
        cell.pop("id")
        if "outputs" in cell:
            cell.outputs = joined(cell.outputs)
    for widgets in book.metadata.get("widgets", {}).values():
        # Their ids come in another order each time.
        widgets["state"] = sorted(
            alike(json.dumps(one), folder) for one in widgets["state"].values()
        )
    return plain(json.loads(alike(json.dumps(book), folder))), alike(said, folder)


def compare(notebook: Any, folder: Path, **options: Any) -> Any:
    """Say that both engines make the same of a notebook; return what they made."""
    expected, told = executed(notebook, folder / "papermill", None, **options)
    ours, told_by_us = executed(notebook, folder / "ours", "journeykit", **options)

    assert len(expected["cells"]) == len(ours["cells"])
    for cell, our_cell in zip(expected["cells"], ours["cells"], strict=True):
        assert cell == our_cell
    assert expected == ours
    assert told == told_by_us
    return ours


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_papermills(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outputs, their order, execution counts and errors are the same."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would read no descriptor
    cells = [nbformat.v4.new_code_cell(source) for source in NOTEBOOKS[name]]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    compare(book, tmp_path, **OPTIONS.get(name, {}))


@pytest.fixture(scope="module")
def airport(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workshop with answers, which nobody writes into."""
    path = tmp_path_factory.mktemp("made") / "airport.journey"
    journeykit.new(path, starter="airport").close()
    return path


FEW = ("journey_report", "portfolio", "facilitator_handout")
"""Templates of one workshop, of many and of none; the others are tried by `-m full`."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in FEW else pytest.mark.full)
        for name in template_names()
    ],
)
def test_template_is_papermills(name: str, airport: Path, tmp_path: Path) -> None:
    """A report template gives the same notebook, with parameters put in."""
    book = nbformat.read(template_named(name), as_version=4)
    names = {one.name for one in parameters_of(book)}
    given = (
        {"workshops": [str(airport)]}
        if "workshops" in names
        else {"workshop": str(airport)}
    )
    made = compare(book, tmp_path, parameters=given)

    assert any(cell.get("outputs") for cell in made["cells"])


@pytest.mark.parametrize("name", ["streams", "magics", "raises", "asks"])
def test_spawned_notebook_is_papermills(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be forked the same is made."""
    monkeypatch.setenv("JOURNEYKIT_ENGINE", "spawn")
    test_notebook_is_papermills(name, tmp_path, monkeypatch)


def test_spawned_template_is_papermills(
    airport: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is the same there, too."""
    monkeypatch.setenv("JOURNEYKIT_ENGINE", "spawn")
    test_template_is_papermills("journey_report", airport, tmp_path)
