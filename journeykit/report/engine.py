"""The papermill engine ``journeykit``: reports run in children of one warm process.

``papermill --engine journeykit in.ipynb out.ipynb``, or
``papermill.execute_notebook(..., engine_name="journeykit")``, as often as is wanted in
one process, from any thread. The executed notebook is the same as papermill's own; only
times and ids are other. A kernel is started and its imports are done once, in a process
of its own that starts with the first report and ends with this one; each report runs in
a fork of it, so that no report sees another. Where nothing can be forked (Windows), or
with ``JOURNEYKIT_ENGINE=spawn``, it runs in a process of its own, which was spawned and
has done its imports while the report before it ran.

What it cannot do as papermill does it hands over to papermill's own engine, and says so
in the log: kernels of other languages and environments, arguments for the kernel, a
kernel manager of one's own.

Each report may have limits: ``report_timeout`` (seconds), ``memory_limit_mb`` and
``output_limit_mb`` as arguments of ``execute_notebook``, or in the environment as
``JOURNEYKIT_REPORT_TIMEOUT``, ``JOURNEYKIT_MEMORY_LIMIT_MB`` and
``JOURNEYKIT_OUTPUT_LIMIT_MB``. A report that goes beyond one, whose process is killed,
or whose cell takes longer than ``execution_timeout`` ends as one that raised: the cell
is marked, the notebook is saved, papermill raises its ``PapermillExecutionError``.

papermill finds it by :mod:`journeykit.report.engine_entry`.
"""

from __future__ import annotations

import math
import os
from typing import Any

from papermill.engines import Engine, NBClientEngine
from papermill.log import logger

from journeykit.errors import InputError

__all__ = ["WarmEngine"]

_LIMITS = {
    "seconds": ("report_timeout", "JOURNEYKIT_REPORT_TIMEOUT"),
    "memory_mb": ("memory_limit_mb", "JOURNEYKIT_MEMORY_LIMIT_MB"),
    "output_mb": ("output_limit_mb", "JOURNEYKIT_OUTPUT_LIMIT_MB"),
}
# These ask for a kernel of one's own.
_KERNEL_OPTIONS = ("extra_arguments", "km", "kernel_manager_class", "config", "parent")


def _number(name: str, given: Any) -> float | None:
    """Return a limit; None if there is to be none."""
    try:
        most = float(given or 0)
    except (TypeError, ValueError):
        most = math.nan
    if not most >= 0:
        raise InputError(f"{name} takes a number above 0, found {given!r}")
    return most or None


class WarmEngine(Engine):  # type: ignore[misc]
    """papermill's engine of the name ``journeykit``."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run a notebook, as papermill's own engine does.

        Parameters
        ----------
        nb_man
            papermill's manager of the notebook.
        kernel_name
            Name of the kernel.
        log_output, stdout_file, stderr_file, start_timeout, execution_timeout
            As papermill has them.
        kwargs
            ``report_timeout``, ``memory_limit_mb``, ``output_limit_mb``;
            ``environment``, what the report finds in its environment beside ours; and
            what nbclient's client takes.
        """
        limits = {}
        for limit, (name, variable) in _LIMITS.items():
            given = kwargs.pop(name, None)
            is_told = given is not None
            said = given if is_told else os.environ.get(variable)
            limits[limit] = _number(name if is_told else variable, said)
        environment = kwargs.pop("environment", {})
        from journeykit.report.engine_reach import beyond, is_spawned, wanted_modules

        why = beyond(kernel_name, kwargs, _KERNEL_OPTIONS, nb_man.nb)
        if why:
            logger.info(f"Handed over to papermill's own engine: {why}")
            return NBClientEngine.execute_managed_notebook(
                nb_man,
                kernel_name,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                start_timeout=start_timeout,
                execution_timeout=execution_timeout,
                **kwargs,
            )
        from journeykit.report.engine_client import Limits, ReportClient

        if is_spawned():
            from journeykit.report.engine_spawn import new_line
        else:
            from journeykit.report.engine_server import new_line

        for name in ("input_path", "timeout", "startup_timeout"):
            value = kwargs.pop(name, None)
            if name == "timeout":
                execution_timeout = execution_timeout or value
        line = new_line(
            wanted_modules(nb_man.nb), Limits(**limits), start_timeout, environment
        )
        client = ReportClient(
            nb_man,
            line,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            **kwargs,
        )
        return client.execute()
