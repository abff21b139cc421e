"""How many customers an experiment needs, from the number that it should move.

Two groups are compared: with the change and without. What is not known is taken so
that rather too many are asked than too few, and the plan says so.
"""

from __future__ import annotations

import math

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.measure.sample_size import (
    SampleSize,
    n_to_detect_mean,
    n_to_detect_net_promoter_score,
    n_to_detect_share,
)

__all__ = ["experiment_size", "spread_of"]

_SPREAD_OF_ANSWERS = 1.0
_PER_CENT = ("%", "percent", "per cent", "share")
_Z = 1.959964


def experiment_size(
    measure: str,
    change: float,
    *,
    baseline: float | None = None,
    unit: str = "",
    spread: float | None = None,
) -> SampleSize:
    """Return the customers that each of two groups needs to show a change of a KPI.

    Parameters
    ----------
    measure
        Key of :data:`journeykit.definitions.MEASURES`; empty for a KPI of one's own,
        which *unit* then tells.
    change
        By how much it should move. Of a share, points: 5, or 0.05.
    baseline
        Where it stands, in its own unit; None if nobody knows.
    unit
        Unit of a KPI of one's own: ``%`` is a share.
    spread
        How far single values lie apart (their standard deviation), for a mean.

    Raises
    ------
    InputError
        If the change is 0 or leads beyond the scale, or the spread is needed.

    Examples
    --------
    >>> experiment_size("customer_satisfaction_score", 10, baseline=0.5).n
    388
    >>> experiment_size("", 10, baseline=50, unit="%").n
    388
    """
    if not math.isfinite(change) or change == 0:
        raise InputError("a change other than 0 was expected", mend="Say by how much")
    kind = _kind(measure, unit)
    if kind == "share":
        return _of_share(change, baseline, spread_over=100 if measure == "" else 1)
    if kind == "points":
        return n_to_detect_net_promoter_score(change)
    if spread is None and kind == "mean" and measure in MEASURES:
        spread = _SPREAD_OF_ANSWERS
    if spread is None:
        raise InputError(
            "how far single values lie apart is not known",
            mend="Note a value of this KPI in step 14, with its interval and how many",
        )
    return n_to_detect_mean(change, standard_deviation=spread)


def spread_of(low: float | None, high: float | None, n: int | None) -> float | None:
    """Return the standard deviation behind the 95 % interval of a mean; None without.

    Examples
    --------
    >>> round(spread_of(3.902, 4.098, 400), 2)
    1.0
    """
    if low is None or high is None or not n or high <= low:
        return None
    return (high - low) / 2 / _Z * math.sqrt(n)


def _kind(measure: str, unit: str) -> str:
    if measure in MEASURES:
        return MEASURES[measure].unit
    said = unit.strip().casefold()
    return "share" if said in _PER_CENT or said.endswith("%") else "mean"


def _of_share(change: float, baseline: float | None, spread_over: int) -> SampleSize:
    """Plan a share; one of one's own may be written in per cent."""
    step = change / 100 if abs(change) >= 1 else change
    if baseline is not None and baseline > 1 and spread_over > 1:
        baseline /= 100
    if baseline is None:
        baseline = min(max(0.5 - step / 2, 0.0), 1.0)  # about one half needs most
    after = baseline + step
    if not 0 <= after <= 1:
        raise InputError(
            f"from {baseline:.0%}, a change by {100 * step:+.0f} points leads beyond "
            f"{'100' if after > 1 else '0'}\N{NO-BREAK SPACE}%",
            mend="Expect less, or look at the KPI once more",
        )
    return n_to_detect_share(baseline, after)
