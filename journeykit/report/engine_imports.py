"""What a process has imported and made once before a report begins."""

from __future__ import annotations

import builtins
import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from journeykit.report.fast_start import SLOW_IMPORT
from journeykit.report.late_import import import_late

if TYPE_CHECKING:
    from journeykit.report.engine_shell import WireKernelApp

__all__ = ["begin_warm", "warm"]

# One thread of arithmetic for each report: many run side by side.
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


def begin_warm() -> None:
    """Set up a process that owns its start, before it imports anything large."""
    # What a notebook of others checks must be checked; what nobody does costs nothing.
    import_late(SLOW_IMPORT, "is_valid_syntax")
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    # ipykernel imports a debugger that talks about its own files.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"


class _ZMQInteractiveShell:
    """Stands for the shell while modules are imported that look for a kernel."""

    kernel = True


@contextmanager
def _as_in_kernel(app: WireKernelApp | None) -> Iterator[None]:
    """Let imports find a ``get_ipython``, as in a cell.

    Parameters
    ----------
    app
        The kernel that is there already; None if it is made after the fork.
    """
    if app is not None:
        with app.kernel.shell.builtin_trap:
            yield
        return
    builtins.get_ipython = _ZMQInteractiveShell  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def _formatter(app: WireKernelApp | None) -> Callable[[object], object]:
    """Return what makes of a value the forms that a cell shows."""
    if app is not None:
        return cast(
            "Callable[[object], object]", app.kernel.shell.display_formatter.format
        )
    from IPython.core.formatters import DisplayFormatter

    return cast("Callable[[object], object]", DisplayFormatter().format)


def _rehearse(app: WireKernelApp | None) -> None:
    """Do once what every report does first: much is made at its first use."""
    pandas, altair = sys.modules.get("pandas"), sys.modules.get("altair")
    with suppress(Exception), _as_in_kernel(app):
        if app is not None:
            app.kernel.shell.transform_cell("first = 1\nfirst")
        show = _formatter(app)
        if pandas is not None:
            table = pandas.DataFrame({"a": ["x", "y"], "b": [1.5, None], "c": [1, 2]})
            show(table.describe())
            if altair is not None:
                chart = altair.Chart(table).mark_bar()
                chart = chart.encode(altair.X("a:N"), altair.Y("b:Q"))
                show(chart)


def warm(app: WireKernelApp | None, names: Iterable[str]) -> None:
    """Import what is not imported yet; children need not look through it for waste."""
    missing = [name for name in names if name not in sys.modules]
    for name in missing:
        # The cell that imports it says what is wrong with it. As in a cell, there is a
        # ``get_ipython``: pandas calls it to choose the width of its tables.
        with suppress(Exception), _as_in_kernel(app):
            importlib.import_module(name)
    if missing:
        _rehearse(app)
    if missing or not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
