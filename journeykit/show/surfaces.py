"""Which pictures of a figure are wanted, so that nothing is drawn that no one sees.

A figure may be drawn for a page, a phone, paper, slides and a wall. A notebook that
people look at has them all, since nobody knows what it becomes. A report of a batch
says in its environment which of them its formats use.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["SURFACES", "all_are_wanted", "drawn", "surfaces_wanted"]

SURFACES = ("narrow", "printed", "slides", "poster", "sheets")
"""Every surface but the page itself, which each figure has."""

_VARIABLE = "JOURNEYKIT_SURFACES"

_Drawn = TypeVar("_Drawn")


def surfaces_wanted(surfaces: Iterable[str]) -> dict[str, str]:
    """Return the environment of a report that draws for these surfaces only.

    Parameters
    ----------
    surfaces
        Of :data:`SURFACES`.

    Examples
    --------
    >>> surfaces_wanted(["printed", "narrow"])
    {'JOURNEYKIT_SURFACES': 'narrow printed'}
    """
    return {_VARIABLE: " ".join(sorted(set(surfaces)))}


def all_are_wanted() -> bool:
    """Return whether nobody has said which pictures are wanted."""
    return _VARIABLE not in os.environ


def drawn(surface: str, draw: Callable[[], _Drawn], otherwise: _Drawn) -> _Drawn:
    """Return what *draw* returns if the surface is wanted, else *otherwise*.

    Parameters
    ----------
    surface
        One of :data:`SURFACES`.
    draw
        Draws for it.
    otherwise
        What stands for a picture that was not drawn.
    """
    if all_are_wanted() or surface in os.environ[_VARIABLE].split():
        return draw()
    return otherwise
