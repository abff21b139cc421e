"""Small notebooks, and how they are run by our engine."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import nbformat
import papermill

__all__ = ["KERNEL", "book", "run", "side_by_side", "text"]

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def book(*sources: str, kernel: str = "python3") -> Any:
    """Return a notebook of these cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    spec = {"kernelspec": {**KERNEL, "name": kernel}}
    return nbformat.v4.new_notebook(cells=cells, metadata=spec)


def run(notebook: Any, out: Path | None = None, **options: Any) -> Any:
    """Run a notebook by our engine."""
    return papermill.execute_notebook(
        notebook, out, engine_name="journeykit", progress_bar=False, **options
    )


def side_by_side(n: int) -> dict[int, str]:
    """Run *n* reports in threads; return what each printed, by its number."""
    made: dict[int, str] = {}

    def one(number: int) -> None:
        made[number] = text(run(book(f"import os\n{number} * 11")))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def text(notebook: Any) -> str:
    """Return what the cells printed and returned."""
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    return "".join(one.get("text") or one["data"]["text/plain"] for one in outputs)
