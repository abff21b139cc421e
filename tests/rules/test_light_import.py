"""``import journeykit`` loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from source_tree import ROOT, plant

HEAVY = {
    *("IPython", "altair", "anywidget", "ipywidgets", "jinja2", "jsonschema"),
    *("jupyterlab", "nbconvert", "nbformat", "numpy", "pandas", "papermill"),
    *("pyarrow", "pydantic", "rich", "sqlalchemy", "tornado", "typer", "vl_convert"),
}


def findings(root: Path, said: str = "import journeykit") -> list[str]:
    """Return the heavy packages that the package below *root* loads at once."""
    code = f"import sys; {said}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(HEAVY & set(done.stdout.split()))


def test_import_loads_nothing_heavy() -> None:
    """Whoever imports the package pays only for what is used."""
    assert [] == findings(ROOT)


def test_worker_of_a_batch_begins_light() -> None:
    """It leaves out a slow import, which it must not have made before."""
    begin = (
        "import os; from journeykit.report.fast_start import begin_worker; "
        "begin_worker(os.getppid())"
    )

    assert [] == findings(ROOT, begin)


def test_planted_heavy_import_is_found(tmp_path: Path) -> None:
    """One import too much in ``__init__`` is found."""
    tree = plant(tmp_path, {"journeykit/__init__.py": "import pydantic"})

    assert ["pydantic"] == findings(tree)
