"""Who belongs to a persona or segment: rules on the columns of a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.answers import same_value
from journeykit.measure.disclosure import withheld_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeykit.model.survey import Condition, Group

__all__ = ["group_mask", "survey_column", "told_counts"]


def survey_column(table: pd.DataFrame, name: str) -> pd.Series:
    """Return one column of a survey.

    Parameters
    ----------
    table
        One row an answer.
    name
        Name of the column.

    Returns
    -------
    pandas.Series
        The column.

    Raises
    ------
    UnknownNameError
        If there is no such column; it offers the nearest.
    InputError
        If the name stands twice.

    Examples
    --------
    >>> survey_column(pd.DataFrame({"NETPRO": [9]}), "NETPRO").tolist()
    [9]
    """
    if name not in table.columns:
        raise UnknownNameError(
            "column", name, [str(column) for column in table.columns]
        )
    column = table[name]
    if isinstance(column, pd.DataFrame):
        raise InputError(
            f"one column was expected, {column.shape[1]} have this name",
            f"column {name}",
            "Give each column its own name",
        )
    return column


def group_mask(table: pd.DataFrame, group: Group) -> pd.Series:
    """Return which rows belong to a persona or segment.

    Parameters
    ----------
    table
        One row an answer.
    group
        Its conditions, which all must hold. Codes are compared as what they say:
        ``"1"``, ``1`` and ``1.0`` are the same, and so are ``"Leisure"`` and
        ``" leisure"``. An empty cell meets no condition but *is* ``""``.

    Returns
    -------
    pandas.Series
        True for members, with the index of *table*.

    Raises
    ------
    UnknownNameError
        If a condition names a column that is not there.
    InputError
        If a limit is no number.

    Examples
    --------
    >>> from journeykit.model.survey import Condition, Group
    >>> trips = pd.DataFrame({"purpose": ["1", "2", "1", ""], "age": [20, 40, 60, 80]})
    >>> business = Condition(column="purpose", values=("1",))
    >>> adult = Condition(column="age", test="at_least", values=("30",))
    >>> group = Group(subject="frequent", conditions=(business, adult))
    >>> group_mask(trips, group).tolist()
    [False, False, True, False]
    """
    members = np.ones(len(table), dtype=bool)
    for condition in group.conditions:
        members &= _meets(survey_column(table, condition.column), condition)
    return pd.Series(members, index=table.index, dtype=bool)


def told_counts(
    table: pd.DataFrame, groups: Sequence[Group], minimum: int
) -> dict[str, int | None]:
    """Return how many belong to each group, where it may be told.

    Parameters
    ----------
    table
        One row an answer.
    groups
        Their rules, all that any report tells of.
    minimum
        Fewest people of whom something may be told.

    Returns
    -------
    dict
        Id to number; None for a group that is too small, or whose number, taken from
        that of everybody and the others, would tell how few are in a smaller one
        (:mod:`journeykit.measure.disclosure`).

    Raises
    ------
    UnknownNameError, InputError
        As :func:`group_mask` raises them.

    Examples
    --------
    >>> from journeykit.model.survey import Condition, Group
    >>> trips = pd.DataFrame({"purpose": ["work"] * 9 + ["visit"] * 7 + ["other"] * 2})
    >>> rules = [
    ...     Group(subject=one, conditions=(Condition(column="purpose", values=(one,)),))
    ...     for one in ("work", "visit", "other")
    ... ]
    >>> told_counts(trips, rules, 5)
    {'work': 9, 'visit': None, 'other': None}
    """
    members = np.zeros((len(table), len(groups)), dtype=bool)
    for place, group in enumerate(groups):
        members[:, place] = group_mask(table, group)
    withheld = withheld_groups(members, minimum)
    return {
        group.subject: None if place in withheld else int(members[:, place].sum())
        for place, group in enumerate(groups)
    }


def _meets(column: pd.Series, condition: Condition) -> NDArray[np.bool_]:
    wanted = [same_value(value) for value in condition.values]
    # Each different cell is read once; the type tells True from 1.
    filled = zip(column.tolist(), column.isna().tolist(), strict=True)
    cells = ["" if empty else cell for cell, empty in filled]
    if condition.test in ("is", "is_not"):
        among = set(wanted)
        is_other = condition.test == "is_not"
        verdicts = {
            cell: (value in among) != is_other and (value != "" or not is_other)
            for cell, value in _read(cells).items()
        }
    else:
        limits = [value for value in wanted if not isinstance(value, str)]
        if len(limits) < len(wanted):
            raise InputError(
                "a number was expected as the limit of a group, "
                f"not {', '.join(condition.values)!r}",
                f"column {condition.column}",
            )
        # Several values are alternatives, so the widest limit decides.
        least = min(limits) if condition.test == "at_least" else -np.inf
        most = max(limits) if condition.test == "at_most" else np.inf
        verdicts = {
            cell: not isinstance(value, str) and least <= value <= most
            for cell, value in _read(cells).items()
        }
    return np.array([verdicts[_key(cell)] for cell in cells], dtype=bool)


def _read(cells: list[object]) -> dict[tuple[type, str], float | str]:
    known: dict[tuple[type, str], float | str] = {}
    for cell in cells:
        key = _key(cell)
        if key not in known:
            known[key] = same_value(cell)
    return known


def _key(cell: object) -> tuple[type, str]:
    return type(cell), str(cell)
