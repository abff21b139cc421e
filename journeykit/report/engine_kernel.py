"""A real kernel in a fork: ipykernel's own application, started with its imports done.

Nothing of the kernel is ours. It opens its sockets, threads and history after the fork,
so that every client finds what it would find in a kernel that was started the long way.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

__all__ = ["import_kernel", "run_kernel"]

_KERNEL_PARTS = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "zmq.eventloop.zmqstream",
)


def import_kernel() -> None:
    """Import what every kernel needs, and make none."""
    inline = "module://matplotlib_inline.backend_inline"
    if not os.environ.get("MPLBACKEND"):
        os.environ["MPLBACKEND"] = inline  # Matplotlib reads it at its import
    for name in _KERNEL_PARTS:
        with suppress(ImportError):
            importlib.import_module(name)


def run_kernel(job: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    """Run a kernel until a client shuts it down. Does not return.

    Parameters
    ----------
    job
        ``folder``, ``environment``, and ``arguments`` of the kernel.
    streams
        Descriptors for what it writes outside of cells: output and errors.
    """
    code = 1
    try:
        os.environ.clear()
        os.environ.update(job["environment"])
        os.chdir(job["folder"])
        quiet = os.open(os.devnull, os.O_RDONLY)
        for number, descriptor in enumerate((quiet, *streams)):
            os.dup2(descriptor, number)
            os.close(descriptor)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if "numpy" in sys.modules:
            # Kernels of one parent would all draw the same numbers.
            sys.modules["numpy"].random.seed()
        code = _run(job["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - said as by a process of its own
        sys.excepthook(*sys.exc_info())
    finally:
        _leave(code)


def _run(arguments: Sequence[str]) -> int:
    import ipykernel_launcher  # type: ignore[import-untyped]
    from ipykernel.kernelapp import IPKernelApp

    sys.argv[:] = [ipykernel_launcher.__file__, *arguments]
    # ipykernel has read the number of its parent from the environment at its import.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(list(arguments))
    if "ipywidgets" in sys.modules:
        # It does so at its import, if there is a kernel.
        sys.modules["ipywidgets"].register_comm_target()
    app.start()
    return 0


def _leave(code: int) -> NoReturn:
    """End as an interpreter does, but without the long way through its modules."""
    import atexit
    import threading

    with suppress(Exception):
        threading._shutdown()  # type: ignore[attr-defined]
    with suppress(Exception):
        atexit._run_exitfuncs()
    with suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
