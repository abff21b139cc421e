"""How many rows a chart carries with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["n_embedded"]


def n_embedded(spec: Mapping[str, Any]) -> int:
    """Return how many rows of data stand in a specification."""
    return sum(len(part["data"]["values"]) for part in spec["layer"])
