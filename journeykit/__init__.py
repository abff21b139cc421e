"""A workshop kit for customer-journey mapping that lives in Jupyter.

>>> import journeykit
>>> with journeykit.new(None, starter="blank") as workshop:
...     workshop.case.title
'New workshop'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeykit.workshop import Workshop, new, open

    __version__: str

__all__ = ["Workshop", "__version__", "new", "open"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import journeykit`` is quick."""
    if name in ("Workshop", "new", "open"):
        from journeykit import workshop

        return getattr(workshop, name)
    if name == "__version__":
        from importlib.metadata import version

        return version("journeykit")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
