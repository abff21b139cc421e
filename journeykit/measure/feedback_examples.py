"""Which comments stand for a theme: always the same ones, and none that names people.

The clearest comments are chosen: about this theme more than others, of a length that
can be read at a glance. The choice depends on the texts alone, so that a report that is
made again quotes the same people, whatever the order of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAX_EXAMPLE", "in_order", "pick_examples", "text_ranks"]

MAX_EXAMPLE = 280
"""Longest example, in characters; longer ones are cut at a space."""

_EASY = 110
_ENOUGH = 3
# Masking happens on import; what slipped through is at least never quoted.
_PERSONAL = re.compile(r"@\w|://|www\.|(?:\d[\s()./-]?){7}")


def text_ranks(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of each text among all in order; equal texts share one."""
    _, ranks = np.unique(np.array(texts, dtype=object), return_inverse=True)
    return np.asarray(ranks, dtype=np.int64)


def in_order(
    rows: NDArray[np.int64],
    texts: Sequence[str],
    ranks: NDArray[np.int64],
    scores: NDArray[np.float64],
    n_others: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Return rows with the clearest example first.

    Parameters
    ----------
    rows
        The comments of a theme.
    texts, ranks
        All comments, and :func:`text_ranks` of them.
    scores
        How strongly each of *rows* speaks of the theme; above 3 all are equal.
    n_others
        How many other themes each of *rows* speaks of.
    """
    lengths = np.array([len(texts[row]) for row in rows], dtype=np.int64)
    others = np.zeros(len(rows), dtype=np.int64) if n_others is None else n_others
    strength = -np.minimum(scores, _ENOUGH)
    order = np.lexsort((ranks[rows], abs(lengths - _EASY), strength, others))
    return rows[order]


def pick_examples(
    rows: NDArray[np.int64],
    texts: Sequence[str],
    codes: NDArray[np.int64],
    n_groups: int,
    n_examples: int,
) -> list[tuple[str, ...]]:
    """Return examples of each group, the first of *rows* first.

    Parameters
    ----------
    rows
        Comments in the order of preference.
    texts
        All comments.
    codes
        Group of each of all comments, below *n_groups*; -1 for none.
    n_groups, n_examples
        Number of groups, and of examples for each.
    """
    chosen: list[list[str]] = [[] for _ in range(n_groups)]
    n_open = n_groups if n_examples else 0
    for row in rows:
        if not n_open:
            break
        mine = chosen[codes[row]]
        if codes[row] < 0 or len(mine) == n_examples or _PERSONAL.search(texts[row]):
            continue
        text = _shortened(texts[row])
        if text not in mine:
            mine.append(text)
            n_open -= len(mine) == n_examples
    return [tuple(examples) for examples in chosen]


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= MAX_EXAMPLE:
        return flat
    return f"{flat[:MAX_EXAMPLE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"
