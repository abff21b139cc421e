"""Number twins of charts, made once for a picture however often it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["number_twin", "one_picture"]

_Data = TypeVar("_Data", bound="Callable[..., pd.DataFrame]")

_twins: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar(
    "twins", default=None
)
"""The number twins of the picture that is being made, by what they are made of."""


@contextmanager
def one_picture() -> Iterator[None]:
    """Make each number twin once while a picture is drawn in several widths."""
    token = _twins.set({})
    try:
        yield
    finally:
        _twins.reset(token)


def number_twin(data: _Data) -> _Data:
    """Return what makes a number twin as one that makes it once for a picture."""
    names = signature(data)

    @wraps(data)
    def made_once(*arguments: object, **options: object) -> pd.DataFrame:
        twins = _twins.get()
        if twins is None:
            return data(*arguments, **options)
        given = names.bind(*arguments, **options)
        given.apply_defaults()
        values = tuple(given.arguments.values())
        key = (data, *map(id, values))
        if key not in twins:
            twins[key] = values, data(*arguments, **options)  # kept alive: ids stay
        made: pd.DataFrame = twins[key][1]
        return made.copy()

    return cast("_Data", made_once)
