"""Counts of comments or customers in groups, and the rows they are shown as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.feedback_matching import (
    Comments,
    Groups,
    Per,
    groups_by,
    match_themes,
    read_comments,
)
from journeykit.measure.groups import survey_column
from journeykit.measure.intervals import wilson
from journeykit.measure.result import Result
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.codebook import Codebook

__all__ = [
    "Counted",
    "count_comments",
    "sections",
    "share_fields",
    "share_result",
    "table_of",
]

_NO_CUSTOMER = "no customer"
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("value", "low", "high", "stability"), "float64"),
    **dict.fromkeys(("n", "n_left_out"), "int64"),
    **dict.fromkeys(("definition", "theme", "label", "other", "reliability"), "str"),
    "count": "Int64",
}
"""Type of a column; what is not here holds objects."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Comments, what is counted of them, and which themes they are of.

    Parameters
    ----------
    comments
        The comments as they were read.
    hits
        How often each comment matches each theme.
    counts
        Which comments count.
    units
        Number of the comment itself, or of its customer; below *n_units*.
    """

    comments: Comments
    hits: NDArray[np.int64]
    counts: NDArray[np.bool_]
    units: NDArray[np.int64]
    n_units: int

    def numbers(self, members: NDArray[np.bool_], groups: Groups) -> list[int]:
        """Return how many comments or customers of each group are *members*."""
        rows = np.flatnonzero(members & self.counts & (groups.codes >= 0))
        units = max(self.n_units, 1)
        pairs = np.unique(groups.codes[rows] * units + self.units[rows])
        counted = np.bincount(pairs // units, minlength=len(groups.names))
        return [int(n) for n in counted]

    def left_out(self, groups: Groups) -> list[dict[str, int]]:
        """Return for each group why comments were left out, and how many."""
        found = []
        nobody = self.comments.counts & ~self.counts
        for code in range(len(groups.names)):
            members = groups.codes == code
            reasons = self.comments.left_out(members)
            n_nobody = int((members & nobody).sum())
            found.append(reasons | ({_NO_CUSTOMER: n_nobody} if n_nobody else {}))
        return found


def count_comments(feedback: pd.DataFrame, codebook: Codebook, per: Per) -> Counted:
    """Return comments ready to be counted, each for itself or by customer.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If *per* is neither, or a comment is no text.
    """
    comments = read_comments(feedback, codebook)
    hits = match_themes(comments, codebook)
    n = len(feedback)
    if per == "comment":
        return Counted(comments, hits, comments.counts, np.arange(n), n)
    if per != "customer":
        raise InputError(f"per comment or per customer was expected, not {per!r}")
    units, customers = pd.factorize(survey_column(feedback, "customer"))
    has_customer = units >= 0
    counts = comments.counts & has_customer
    return Counted(comments, hits, counts, units.astype(np.int64), len(customers))


def sections(
    feedback: pd.DataFrame, by: str | None, stage_of: Mapping[str, str] | None
) -> Iterator[tuple[Groups, tuple[str | None, ...]]]:
    """Yield all comments as one group, then the groups asked for, with their names."""
    yield Groups.one(len(feedback)), (None,)
    if by is not None:
        groups = groups_by(feedback, by, stage_of)
        yield groups, groups.names


def share_fields(count: int, n: int, minimum: int, level: float) -> dict[str, object]:
    """Return the columns of a share; without the numbers if too few answered."""
    reliability = reliability_of(n, minimum)
    fields: dict[str, object] = {"n": n, "reliability": reliability}
    if n < minimum:
        nothing = dict.fromkeys(("value", "low", "high"), np.nan)
        return fields | nothing | {"count": pd.NA}
    low, high = wilson(count, n, level)
    return fields | {"value": count / n, "low": low, "high": high, "count": count}


def share_result(
    definition: str,
    count: int,
    n: int,
    left_out: Mapping[str, int],
    *,
    minimum: int,
    level: float,
    note: str = "",
) -> Result:
    """Return a share as one result, with Wilson's interval."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    if n >= minimum:
        value = count / n
        low, high = wilson(count, n, level)
    return Result(
        definition,
        value,
        low,
        high,
        n,
        left_out,
        level=level,
        minimum=minimum,
        note=note,
    )


def table_of(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str]
) -> pd.DataFrame:
    """Return rows as a table whose types do not depend on what was counted.

    ``n_left_out`` is made from ``left_out``.
    """
    full = [{**row, "n_left_out": _total(row["left_out"])} for row in rows]
    return pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in full], dtype=_TYPES.get(name, "object")
            )
            for name in columns
        }
    )


def _total(left_out: object) -> int:
    return sum(left_out.values()) if isinstance(left_out, dict) else 0
