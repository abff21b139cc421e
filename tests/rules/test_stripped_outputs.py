"""Notebooks are kept without outputs, counts and traces of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from source_tree import ROOT, notebooks, plant

RUN_METADATA = {"papermill", "execution", "collapsed", "scrolled", "widgets"}


def findings(root: Path) -> list[str]:
    """Return what `nbstripout` would have taken out of the notebooks of *root*."""
    found = []
    for path, notebook in notebooks(root):
        where = path.relative_to(root)
        kept = RUN_METADATA & set(notebook["metadata"])
        found += [f"{where}: metadata holds {name}" for name in sorted(kept)]
        for number, cell in enumerate(notebook["cells"], start=1):
            if cell.get("outputs"):
                found.append(f"{where}: cell {number} has outputs")
            if cell.get("execution_count") is not None:
                found.append(f"{where}: cell {number} has a count")
            kept = RUN_METADATA & set(cell.get("metadata", {}))
            found += [f"{where}: cell {number} holds {name}" for name in sorted(kept)]
    return found


def test_notebooks_are_stripped() -> None:
    """What a run leaves in a notebook is not committed."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(
    ("cell", "metadata", "expected"),
    [
        ({"outputs": [{"output_type": "stream"}]}, {}, "cell 1 has outputs"),
        ({"execution_count": 3}, {}, "cell 1 has a count"),
        ({"metadata": {"papermill": {}}}, {}, "cell 1 holds papermill"),
        ({"metadata": {"execution": {}}}, {}, "cell 1 holds execution"),
        ({}, {"papermill": {}}, "metadata holds papermill"),
        ({}, {"widgets": {}}, "metadata holds widgets"),
        ({"outputs": [], "execution_count": None}, {}, None),
    ],
)
def test_planted_trace_is_found(
    tmp_path: Path, cell: dict[str, Any], metadata: dict[str, Any], expected: str | None
) -> None:
    """Each trace of a run is found."""
    text = json.dumps({"cells": [{"cell_type": "code", **cell}], "metadata": metadata})

    found = findings(plant(tmp_path, {"workbook/00_a.ipynb": text}))

    assert ([] if expected is None else [f"workbook/00_a.ipynb: {expected}"]) == found
