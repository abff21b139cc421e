"""What the warm engine can take on, and what a notebook wants to have imported."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Collection, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from journeykit.errors import UnknownNameError

__all__ = ["WARM", "beyond", "is_spawned", "wanted_modules"]

WARM = ("numpy", "pandas", "altair", "matplotlib", "journeykit")
"""What may be imported before a fork: it starts no thread and keeps no connection.

Not polars, DuckDB or pyarrow's pools: a child of a process with threads can hang.
"""
_LAUNCHERS = ("ipykernel_launcher", "ipykernel")
_WAYS = ("fork", "spawn")


def is_spawned() -> bool:
    """Say whether reports get a process that was spawned, not a fork of a warm one.

    ``JOURNEYKIT_ENGINE`` says so, ``fork`` or ``spawn``; where nothing can be forked
    each is spawned.

    Raises
    ------
    UnknownNameError
        If it says anything else.
    """
    asked = os.environ.get("JOURNEYKIT_ENGINE") or "fork"
    if asked not in _WAYS:
        raise UnknownNameError("JOURNEYKIT_ENGINE", asked, _WAYS)
    return asked == "spawn" or not hasattr(os, "fork")


@cache
def _kernel_problem(kernel_name: str, _sought_in: str) -> str:
    """Return why a kernel is not this interpreter's own; nothing if it is."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return f"no kernel {kernel_name!r} is known"  # papermill says it its own way
    major, minor = sys.version_info[:2]
    own = {"python", f"python{major}", f"python{major}.{minor}", sys.executable}
    program, *rest = spec.argv or [""]
    is_plain = rest in [["-m", one, "-f", "{connection_file}"] for one in _LAUNCHERS]
    if spec.language.lower() != "python" or program not in own:
        return f"the kernel {kernel_name!r} is not this Python"
    if not is_plain or spec.env or "kernel_provisioner" in spec.metadata:
        return f"the kernel {kernel_name!r} is started in its own way"
    return ""


@cache
def _origin(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _hidden(names: Collection[str]) -> str:
    """Return a module that the working folder hides behind a file of the same name."""
    here = Path.cwd()
    for name in names:
        top = name.split(".")[0]
        package = here / top
        if (here / f"{top}.py").exists() or (
            (package / "__init__.py").exists() and package != _origin(top)
        ):
            return top
    return ""


def beyond(
    kernel_name: str, options: Mapping[str, Any], asking: Collection[str], notebook: Any
) -> str:
    """Return why papermill's own engine has to run a notebook; nothing if ours can.

    Parameters
    ----------
    kernel_name
        Name of the kernel.
    options
        What the caller wants of nbclient.
    asking
        Options that ask for a kernel of one's own.
    notebook
        The notebook.
    """
    for name in asking:
        if options.get(name):
            return f"{name} asks for a kernel of its own"
    if hidden := _hidden(wanted_modules(notebook)):
        return f"{hidden} in the working folder hides the package of that name"
    paths = os.pathsep.join((os.environ.get("JUPYTER_PATH", ""), sys.prefix))
    return _kernel_problem(kernel_name, paths)


def wanted_modules(notebook: Any) -> tuple[str, ...]:
    """Return the modules that a notebook imports and that may be warm.

    Examples
    --------
    >>> cells = [{"cell_type": "code", "source": "import pandas as pd, polars"}]
    >>> wanted_modules({"cells": cells})
    ('pandas',)
    """
    found: dict[str, None] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or "import" not in cell["source"]:
            continue
        try:
            tree = ast.parse(cell["source"])
        except (SyntaxError, ValueError):
            continue  # magics; such a cell imports for itself
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            found |= dict.fromkeys(n for n in names if n.split(".")[0] in WARM)
    if any(name.startswith("journeykit.report.") for name in found):
        found["journeykit.report.warmed"] = None
    return tuple(found)
