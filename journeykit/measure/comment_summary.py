"""What comments and tickets say: which themes, how often, how long help took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from journeykit.errors import InputError, MissingExtraError
from journeykit.measure.feedback import theme_table
from journeykit.measure.feedback_overlap import not_assigned_share
from journeykit.measure.feedback_sentiment import negative_share
from journeykit.measure.feedback_trend import theme_trend
from journeykit.measure.intervals import Estimate
from journeykit.measure.medians import median_interval
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.measure.summary import Summary
from journeykit.model.codebook import Codebook

__all__ = ["feedback_summary", "ticket_summary"]


def feedback_summary(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    stage_of: Mapping[str, str] | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Summary:
    """Return the themes of comments, by touchpoint and over time where these are known.

    Parameters
    ----------
    feedback
        As :func:`journeykit.exchange.feedback.read_feedback` gives it.
    codebook
        The themes.
    stage_of
        Touchpoint to its stage.
    minimum
        Fewest comments that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    Summary
        Results ``not_assigned_share`` and, with the extra ``text``, ``negative_share``;
        tables ``themes``, ``themes_by_touchpoint``, ``themes_by_stage``,
        ``theme_trend``.

    Raises
    ------
    InputError
        If a comment is no text, or an option is out of range.
    """
    # Any: the keywords that every measure below takes
    shown: dict[str, Any] = {"minimum": minimum, "level": level}
    results: dict[str, Result] = {
        "not_assigned_share": not_assigned_share(feedback, codebook, **shown)
    }
    notes: list[str] = []
    tables = {"themes": theme_table(feedback, codebook, **shown)}
    if _says(feedback, "touchpoint"):
        by = {"themes_by_touchpoint": "touchpoint"}
        if stage_of:
            by["themes_by_stage"] = "stage"
        for name, group in by.items():
            tables[name] = theme_table(
                feedback, codebook, by=group, stage_of=stage_of, **shown
            )
    if _says(feedback, "time"):
        tables["theme_trend"] = theme_trend(feedback, codebook, **shown)
    try:
        results["negative_share"] = negative_share(feedback, **shown)
    except (InputError, MissingExtraError) as error:
        notes.append(str(error))
    return Summary(results, tables, tuple(notes))


def ticket_summary(
    tickets: pd.DataFrame,
    codebook: Codebook,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Summary:
    """Return how many tickets there were, how long they took, and what they say.

    Parameters
    ----------
    tickets
        As :func:`journeykit.exchange.tickets.read_tickets` gives them.
    codebook
        The themes of their texts.
    minimum, level
        As in :func:`feedback_summary`.

    Returns
    -------
    Summary
        As :func:`feedback_summary` where there are texts; tables ``per_month``
        (``month``, ``group``, ``n``, ``n_open``, by the time of closing or the state,
        NA where neither is known, median ``hours`` to close with ``low`` and
        ``high``) and ``by_topic``, ``by_channel`` (``group`` and the same)
        where these are known.
    """
    said = tickets.rename(columns={"created": "time"})
    themes = Summary()
    if _says(said, "text"):
        themes = feedback_summary(said, codebook, minimum=minimum, level=level)
    month = tickets["created"].dt.strftime("%Y-%m")
    tables = {"per_month": _counted(tickets, month, "month", minimum, level)}
    for name in ("topic", "channel"):
        if _says(tickets, name):
            tables[f"by_{name}"] = _counted(
                tickets, tickets[name], name, minimum, level
            )
    return Summary(themes.results, {**tables, **themes.tables}, themes.notes)


_CLOSED = frozenset(
    {
        *("closed", "solved", "resolved", "done", "completed", "complete", "fixed"),
        *("geschlossen", "gelöst", "erledigt", "abgeschlossen", "fermé", "résolu"),
        *("cerrado", "resuelto", "merged", "archived", "deleted"),
    }
)


def _says(table: pd.DataFrame, column: str) -> bool:
    return column in table.columns and bool(table[column].notna().any())


def _counted(
    tickets: pd.DataFrame, group: pd.Series, name: str, minimum: int, level: float
) -> pd.DataFrame:
    hours = (tickets["closed"] - tickets["created"]).dt.total_seconds() / 3600
    is_open = _is_open(tickets)
    rows = []
    for key, at in group.groupby(group).groups.items():
        took = hours.loc[at].dropna().tolist()
        middle = Estimate(float("nan"), float("nan"), float("nan"))
        if len(took) >= minimum:
            middle = median_interval(took, level)
        rows.append(
            {
                name: key,
                "n": len(at),
                "n_open": pd.NA if is_open is None else int(is_open.loc[at].sum()),
                "hours": middle.value,
                "low": middle.low,
                "high": middle.high,
            }
        )
    table = pd.DataFrame(rows, columns=[name, "n", "n_open", "hours", "low", "high"])
    return table.astype({"n_open": "Int64"})


def _is_open(tickets: pd.DataFrame) -> pd.Series | None:
    """Return which tickets are open; None if neither times nor a state tell."""
    is_open: pd.Series = tickets["closed"].isna()
    if _says(tickets, "status"):
        status = tickets["status"].astype("str").str.strip().str.casefold()
        return is_open & ~status.isin(_CLOSED)
    return None if is_open.all() else is_open
