"""A workshop kit for customer-journey mapping that lives in Jupyter.

>>> import journeykit
>>> with journeykit.new(None, starter="empty") as workshop:
...     workshop.case.title
'New workshop'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeykit.show.board import board, form
    from journeykit.show.step import step
    from journeykit.workplace import open_here
    from journeykit.workshop import Workshop, new, open

    __version__: str

__all__ = [
    "Workshop",
    "__version__",
    "board",
    "form",
    "new",
    "open",
    "open_here",
    "step",
]

_MODULES = {
    "Workshop": "workshop",
    "board": "show.board",
    "form": "show.board",
    "new": "workshop",
    "open": "workshop",
    "open_here": "workplace",
    "step": "show.step",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import journeykit`` is quick."""
    if name in _MODULES:
        return getattr(import_module(f"journeykit.{_MODULES[name]}"), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("journeykit")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
