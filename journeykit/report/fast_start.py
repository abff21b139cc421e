"""How a process that owns its start leaves out one slow import."""

from __future__ import annotations

import sys

__all__ = ["SLOW_IMPORT", "start_fast"]

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
