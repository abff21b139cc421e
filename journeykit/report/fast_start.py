"""How a process that makes reports starts: without one slow import, ended with us."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

__all__ = ["SLOW_IMPORT", "begin_worker", "start_fast"]

_WATCH_SECONDS = 1.0
_GRACE_SECONDS = 12.0

SLOW_IMPORT = "rfc3987_syntax"
"""What costs every process a second and reports nothing."""


def start_fast() -> None:
    """Leave out one import that costs every process a second and reports nothing.

    ``jsonschema`` compiles a grammar of addresses when JupyterLab has brought
    ``rfc3987_syntax`` along (python-jsonschema/jsonschema#1428). Only a process that
    owns its start may call this, before its first import: the command line does, a
    library must not.
    """
    sys.modules.setdefault(SLOW_IMPORT, None)  # type: ignore[arg-type]


def begin_worker(parent: int) -> None:
    """Set up a process of a batch; it must not have imported anything large before.

    Parameters
    ----------
    parent
        The process of the batch: this one ends with it.
    """
    # A terminal interrupts every process at once; the batch ends its workers itself,
    # each at the report that it is about, which leaves nothing behind.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    start_fast()
    from journeykit.report.engine_server import begin_early

    begin_early()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)  # what is begun is cleared away
        time.sleep(_GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
