"""Run a report notebook and write its page: one file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from journeykit.errors import ReportError
from journeykit.exchange.output_files import write_whole
from journeykit.report.fast_start import SLOW_IMPORT
from journeykit.report.parameters import check_parameters
from journeykit.report.part import PART_TYPE, Part
from journeykit.show.surfaces import SURFACES, surfaces_wanted

__all__ = ["LIMITS", "execute_report", "run_report", "write_whole"]

_FAST_KERNEL = (
    "--IPKernelApp.exec_lines=import sys; "
    f"sys.modules.setdefault('{SLOW_IMPORT}', None)"
)
LIMITS = ("report_timeout", "memory_limit_mb", "output_limit_mb")
"""What can be limited: seconds, memory and output in MB."""

_PAGES = "journeykit.report.page"
_NO_LIMITS: Mapping[str, float] = MappingProxyType({})
_LIMITS = {
    "report_timeout": ("JOURNEYKIT_REPORT_TIMEOUT", 1_800),
    "memory_limit_mb": ("JOURNEYKIT_MEMORY_LIMIT_MB", 4_096),
    "output_limit_mb": ("JOURNEYKIT_OUTPUT_LIMIT_MB", 200),
}
"""What one report may take, unless the environment says otherwise."""


def _failed_cell(template: Any, executed: Any) -> int:
    """Return the number of the cell that stopped, from 1, as the template counts."""
    ids = [cell.get("id") for cell in template.cells]
    for place, cell in enumerate(executed.cells):
        run = cell.metadata.get("papermill", {})
        is_error = any(out["output_type"] == "error" for out in cell.get("outputs", []))
        if (
            is_error
            or run.get("exception")
            or run.get("status") in {"failed", "running"}
        ):
            return ids.index(cell.id) + 1 if cell.get("id") in ids else place + 1
    return len(ids)


def _without_passwords(text: str, parameters: Mapping[str, Any]) -> str:
    """Return a notebook that is kept for others without the passwords of its URLs."""
    for value in parameters.values():
        password = urlsplit(value).password if "://" in str(value) else None
        if password:
            text = text.replace(f":{password}@", ":***@")
    return text


def _show_parts(executed: Any) -> None:
    """Give each part the form in which people see it who open the notebook."""
    for cell in executed.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if PART_TYPE in data:
                data |= Part.unpacked(data[PART_TYPE]).shown()


def _engine(
    template: Any, given: Mapping[str, float], surfaces: Iterable[str]
) -> dict[str, Any]:
    """Return how a template is run: in a child of the warm process if that can be."""
    from papermill.engines import papermill_engines

    from journeykit.report.engine import WarmEngine
    from journeykit.report.engine_reach import beyond

    kernel = template.metadata.get("kernelspec", {}).get("name", "python3")
    if beyond(kernel, {}, (), template):
        return {"extra_arguments": [_FAST_KERNEL, "--log-level=ERROR"]}
    # Said here too: an installation from before the engine has no entry point for it.
    papermill_engines.register("journeykit", WarmEngine)
    limits = {
        name: most
        for name, (variable, most) in _LIMITS.items()
        if variable not in os.environ
    }
    # Saved at the end only: this process has the cells, whatever becomes of the other.
    return {
        "engine_name": "journeykit",
        "request_save_on_cell_execute": False,
        "environment": surfaces_wanted(surfaces),
        **limits,
        **given,
    }


def execute_report(
    template_notebook: str | Path,
    parameters: Mapping[str, Any],
    failed: Path,
    *,
    cell_seconds: int | None = 300,
    limits: Mapping[str, float] = _NO_LIMITS,
    surfaces: Iterable[str] = SURFACES,
) -> Any:  # Any: nbformat is published without types
    """Run a report notebook with these parameters and return it as it ran.

    Parameters
    ----------
    template_notebook
        The notebook. It is not changed.
    parameters
        Values by name, checked as :func:`journeykit.report.parameters.check_parameters`
        does.
    failed
        Where the notebook is kept if a cell fails.
    cell_seconds
        Longest time of one cell; None for no limit.
    limits
        What the report may take, by :data:`LIMITS`; the environment's word, or the
        usual, for what is left out.
    surfaces
        For what its figures are drawn beside the page, of
        :data:`journeykit.show.surfaces.SURFACES`.

    Raises
    ------
    UnknownNameError, InputError
        If a parameter is not known or has the wrong type; then nothing was run.
    ReportError
        If a cell failed. The notebook as far as it ran, the failing cell marked, is
        saved as *failed*.
    """
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    # What turns it into pages is imported while it runs.
    threading.Thread(target=import_module, args=(_PAGES,)).start()
    source = Path(template_notebook)
    checked = check_parameters(source, parameters)
    template = nbformat.reads(source.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory(prefix="journeykit-") as folder:
        executed = Path(folder) / "executed.ipynb"
        try:
            # A copy: papermill puts its own cells into what it is given.
            return papermill.execute_notebook(
                nbformat.from_dict(template),  # type: ignore[no-untyped-call]
                executed,
                parameters=checked,
                progress_bar=False,
                execution_timeout=cell_seconds,
                # Nothing is lost: a workshop is written edit by edit.
                shutdown_kernel="immediate",
                **_engine(template, limits, surfaces),
            )
        except papermill.PapermillExecutionError as error:
            name, message = error.ename, error.evalue
            failure: Exception = error
        except (CellTimeoutError, DeadKernelError) as error:
            name, message = type(error).__name__, str(error).strip().splitlines()[0]
            failure = error
        stopped = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
        cell = _failed_cell(template, stopped)
        _show_parts(stopped)
        text = nbformat.writes(stopped)  # type: ignore[no-untyped-call]
        write_whole(failed, _without_passwords(text, checked))
        raise ReportError(str(failed), cell, name, message) from failure


def run_report(
    template_notebook: str | Path,
    parameters: Mapping[str, Any],
    page: str | Path,
    *,
    formats: Sequence[str] = ("html",),
    title: str = "",
    cell_seconds: int | None = 300,
    limits: Mapping[str, float] = _NO_LIMITS,
) -> tuple[Path, ...]:
    """Run a report notebook with these parameters and write what it becomes.

    Parameters
    ----------
    template_notebook, parameters, cell_seconds, limits
        As for :func:`execute_report`.
    page
        The page, ending in ``.html``; other formats stand beside it under its name.
        Each file is written aside and renamed: it is whole, or what stood there stays.
    formats
        Keys of :data:`journeykit.report.formats.FORMATS`.
    title
        Title of the documents; that of the band if empty.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    UnknownNameError, InputError, ReportError
        As :func:`execute_report` does; the notebook is kept beside the page as
        ``….failed.ipynb``.
    FileProblemError
        If a file cannot be written.
    """
    from journeykit.report.formats import surfaces_of, write_formats

    out = Path(page)
    beside = out.with_suffix(".failed.ipynb")
    notebook = execute_report(
        template_notebook,
        parameters,
        beside,
        cell_seconds=cell_seconds,
        limits=limits,
        surfaces=surfaces_of(formats),
    )
    return write_formats(notebook, out.parent, out.stem, formats, title=title)
