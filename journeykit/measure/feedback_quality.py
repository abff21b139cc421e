"""How good a classifier of comments is, and what share of all is of a code."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.measure.intervals import t_quantile, wilson
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.feedback_classifier import TrainedCodes

__all__ = ["QUALITY_COLUMNS", "coded_share", "coding_quality"]

QUALITY_COLUMNS = (
    *("label", "method", "measure", "value", "low", "high", "n", "reliability"),
)
"""Columns of :func:`coding_quality`, in order."""

_MEASURES = ("recall", "precision", "f1", "accuracy")
_N_DRAWS = 2_000
_MOST_WEIGHT = 1.0


def coding_quality(
    trained: TrainedCodes,
    *,
    seed: int = 0,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how well the classifier finds what people coded, beside the lexicon.

    Parameters
    ----------
    trained
        From :func:`journeykit.measure.feedback_classifier.train_on_codes`.
    seed
        Of the draws behind the intervals of *f1* and of the difference.
    minimum
        Fewest comments that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each method (``classifier``, by cross-validation; ``lexicon``, or what
        it was compared with; ``difference``, first minus second) and measure:
        ``label``, ``method``, ``measure`` (``recall``: share of the comments of the
        code that are found; ``precision``: share of the found ones that are of the
        code; ``f1``: their harmonic mean; ``accuracy``: share that is right),
        ``value``, ``low``, ``high``, ``n`` (comments that the share is of; for *f1* and
        differences all that were coded) and ``reliability``. All on the same comments.
        Intervals are Wilson's; of *f1* and differences, percentiles of 2,000 bootstrap
        samples. Precision of a method that finds nothing is not measured.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    check_options(minimum, level)
    found = {
        "classifier": trained.out_of_fold >= 0.5,
        trained.beside_name: trained.beside,
    }
    truth = trained.truth
    rng = np.random.default_rng(seed)
    draws = rng.integers(len(truth), size=(_N_DRAWS, len(truth)))
    drawn = {name: _shares(truth[draws], said[draws]) for name, said in found.items()}
    rows: list[tuple[object, ...]] = []
    values: dict[str, dict[str, float]] = {}
    for name, said in found.items():
        values[name] = {key: float(v) for key, v in _shares(truth, said).items()}
        of = {"recall": truth.sum(), "precision": said.sum()}
        for key in _MEASURES:
            n = int(of.get(key, len(truth)))
            value = values[name][key]
            if n < minimum or math.isnan(value):
                ends = (math.nan, math.nan)
                value = math.nan
            elif key == "f1":
                ends = _ends(drawn[name][key], level)
            else:
                ends = wilson(round(value * n), n, level)
            rows.append((trained.label, name, key, value, *ends, n))
    first, second = found
    for key in _MEASURES:
        change = values[first][key] - values[second][key]
        gaps = drawn[first][key] - drawn[second][key]
        ends = (math.nan, math.nan) if math.isnan(change) else _ends(gaps, level)
        rows.append((trained.label, "difference", key, change, *ends, len(truth)))
    table = pd.DataFrame(rows, columns=list(QUALITY_COLUMNS[:-1]))
    table["reliability"] = [reliability_of(int(n), minimum) for n in table["n"]]
    return table.astype({"label": "str", "method": "str", "measure": "str"})


def _shares(
    truth: NDArray[np.bool_], said: NDArray[np.bool_]
) -> dict[str, NDArray[np.float64]]:
    """Return the four measures, along the last axis; NaN where there is nothing."""
    hits = (truth & said).sum(axis=-1).astype(float)
    n_true, n_said = truth.sum(axis=-1), said.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "recall": hits / n_true,
            "precision": hits / n_said,
            "f1": 2 * hits / (n_true + n_said),
            "accuracy": (truth == said).mean(axis=-1),
        }


def _ends(values: NDArray[np.float64], level: float) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return math.nan, math.nan
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def coded_share(
    trained: TrainedCodes,
    *,
    definition: str = "negative_share",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of all comments that are of the code, corrected for errors.

    What the classifier says of the comments that nobody coded, plus how far it was off
    on those that people coded: right on average whatever the classifier does.

    Parameters
    ----------
    trained
        From :func:`journeykit.measure.feedback_classifier.train_on_codes`.
    definition
        Key of the measure: ``negative_share`` or ``theme_share``.
    minimum
        Fewest coded comments that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Share of the comments that say something. ``n`` are the comments that people
        coded, ``effective_n`` how many would have had to be coded for the same interval
        without the classifier. The note says how many comments that makes, and what
        counting the classifier's would have said.

    Raises
    ------
    InputError
        If an option is out of range.

    Notes
    -----
    Zrnic and Candes (2024), PNAS 121, e2322083121, cross-prediction, with the weight of
    Angelopoulos and others (2023, PPI++) that makes a poor classifier do no harm. The
    interval is Wilson's on the effective n, which holds near 0 and 1 too.
    """
    check_options(minimum, level)
    truth = trained.truth.astype(float)
    n, n_rest = len(truth), len(trained.rest)
    if n < minimum:  # only where the minimum was raised: training needs twenty
        nothing = (None, None, None)
        return Result(definition, *nothing, n, trained.left_out, minimum=minimum)
    value = float(truth.mean())
    variance = float(truth.var(ddof=1)) / n
    if n_rest:
        weight = _weight(truth, trained.out_of_fold, n_rest)
        gap = float(trained.probability.mean() - trained.out_of_fold.mean())
        value += weight * gap
        wrong = truth - weight * trained.out_of_fold
        variance = float(wrong.var(ddof=2)) / n  # the weight was estimated too
        variance += weight**2 * float(trained.probability.var()) / n_rest
    value = min(max(value, 0.0), 1.0)
    spread = value * (1 - value)
    effective = spread / variance if variance > 0 and spread > 0 else float(n)
    # The spread is that of few comments: Student's t instead of the normal.
    normal = NormalDist().inv_cdf(0.5 + level / 2)
    effective *= (normal / t_quantile(0.5 + level / 2, n - 1)) ** 2
    low, high = wilson(value * effective, effective, level)
    n_all = n + n_rest
    said = trained.truth.sum() + (trained.probability >= 0.5).sum()
    note = (
        f"{n:,} comments coded by people, the other {n_rest:,} by a classifier that "
        f"learnt from them, corrected for its errors: about {round(value * n_all):,} "
        f"of {n_all:,}; counted without correction it would be {said / n_all:.0%}"
    )
    return Result(
        definition,
        value,
        low,
        high,
        n,
        trained.left_out,
        effective_n=effective,
        level=level,
        minimum=minimum,
        note=note,
    )


def _weight(
    truth: NDArray[np.float64], guessed: NDArray[np.float64], n_rest: int
) -> float:
    """Return how far to follow the classifier: 0 not at all, 1 wholly."""
    spread = float(guessed.var(ddof=1))
    if spread == 0:
        return 0.0
    together = float(np.cov(truth, guessed)[0, 1])
    best = together / (spread * (1 + len(truth) / n_rest))
    return min(max(best, 0.0), _MOST_WEIGHT)
