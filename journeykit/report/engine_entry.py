"""What papermill finds under the name ``journeykit``: the engine, once it is asked for.

papermill loads its entry points while it is being imported. Were this the engine
itself, whoever imports :mod:`journeykit.report.engine` before papermill would import it
in the middle of its own import, and fail.
"""

from __future__ import annotations

from typing import Any

__all__ = ["WARM_ENGINE"]


class _Later:
    def __getattr__(self, name: str) -> Any:
        from journeykit.report.engine import WarmEngine

        return getattr(WarmEngine, name)


WARM_ENGINE = _Later()
"""Stands for :class:`journeykit.report.engine.WarmEngine`."""
