"""Many questions at once: some look changed by chance alone, so p values are raised.

Benjamini and Hochberg's way keeps the share of false alarms among the alarms below the
limit. Bonferroni's was turned down: with twenty touchpoints it hides what is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["benjamini_hochberg"]


def benjamini_hochberg(
    p_values: Sequence[float] | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return p values adjusted for how many there are.

    Parameters
    ----------
    p_values
        Between 0 and 1; NaN where nothing was tested: it does not count.

    Returns
    -------
    numpy.ndarray
        In the same order, none below its p value, NaN where nothing was tested. Those
        below 0.05 hold at most 5 % false alarms in the long run.

    Raises
    ------
    InputError
        If a number is outside 0 to 1.

    Notes
    -----
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57,
    289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, float("nan")]).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    given = np.asarray(p_values, dtype=float)
    tested = np.flatnonzero(~np.isnan(given))
    parts = given[tested]
    if ((parts < 0) | (parts > 1)).any():
        raise InputError("p values from 0 to 1 were expected")
    order = np.argsort(parts, kind="stable")[::-1]
    n = len(parts)
    raised = parts[order] * n / np.arange(n, 0, -1)
    adjusted = np.full(len(given), np.nan)
    adjusted[tested[order]] = np.minimum.accumulate(raised)
    found: NDArray[np.float64] = np.minimum(adjusted, 1.0)
    return found
