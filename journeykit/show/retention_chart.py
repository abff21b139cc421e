"""Which share of each cohort buys again, by its age: all thick, single ones thin.

Age 0 is not drawn: everybody bought then, and a scale up to 100 % would press all that
is worth seeing into its lowest quarter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.language import percent, say, word
from journeykit.show.chart_table import chart_table, plain_rows
from journeykit.show.frame import WIDE, Spec, Words, as_altair, dot, dressed, layer
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, interval, n_text, value_text, with_interval
from journeykit.show.plane import Plane, area, bars, nice_ticks, path

if TYPE_CHECKING:
    import altair as alt

__all__ = ["retention_curves", "retention_curves_data", "retention_curves_spec"]

_NEEDED = ("cohort", "age", "value", "low", "high", "n", "reliability", "note")
_HEIGHT = 280
_MOST_ROWS = 3000
_DEFINITION = "retention_rate"
_ALL = "all"
_PERIODS = {
    r"\d{4}-W\d\d": "week",
    r"\d{4}-\d\d": "month",
    r"\d{4}-Q\d": "quarter",
    r"\d{4}": "year",
}
_PLACES = {
    "week": word("week {n}"),
    "month": word("month {n}"),
    "quarter": word("quarter {n}"),
    "year": word("year {n}"),
    "period": word("period {n}"),
}
_AGAIN = {
    "week": word("{share} of customers buy again in week {n} ({interval})"),
    "month": word("{share} of customers buy again in month {n} ({interval})"),
    "quarter": word("{share} of customers buy again in quarter {n} ({interval})"),
    "year": word("{share} of customers buy again in year {n} ({interval})"),
    "period": word("{share} of customers buy again in period {n} ({interval})"),
}
_FIRST_AGAIN = {
    "week": word(
        "{share} of customers buy again in the week after their first purchase "
        "({interval})"
    ),
    "month": word(
        "{share} of customers buy again in the month after their first purchase "
        "({interval})"
    ),
    "quarter": word(
        "{share} of customers buy again in the quarter after their first purchase "
        "({interval})"
    ),
    "year": word(
        "{share} of customers buy again in the year after their first purchase "
        "({interval})"
    ),
    "period": word(
        "{share} of customers buy again in the period after their first purchase "
        "({interval})"
    ),
}
_LATER = {
    "week": word("{finding}, {share} in week {n}"),
    "month": word("{finding}, {share} in month {n}"),
    "quarter": word("{finding}, {share} in quarter {n}"),
    "year": word("{finding}, {share} in year {n}"),
    "period": word("{finding}, {share} in period {n}"),
}
_ABOUT = {
    "week": word(
        "Customers of a cohort with a purchase in that week / customers of the cohort, "
        "by weeks since the first purchase."
    ),
    "month": word(
        "Customers of a cohort with a purchase in that month / customers of the "
        "cohort, by months since the first purchase."
    ),
    "quarter": word(
        "Customers of a cohort with a purchase in that quarter / customers of the "
        "cohort, by quarters since the first purchase."
    ),
    "year": word(
        "Customers of a cohort with a purchase in that year / customers of the cohort, "
        "by years since the first purchase."
    ),
    "period": word(
        "Customers of a cohort with a purchase in that period / customers of the "
        "cohort, by periods since the first purchase."
    ),
}


@number_twin
def retention_curves_data(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`retention_curves`.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.cohorts.retention_table` returns.

    Returns
    -------
    DataFrame
        ``cohort`` (``all`` first), ``age`` (periods, from 1), ``value``, ``low``,
        ``high`` (0 to 1), ``n``, ``reliability``, ``is_oldest`` (the records begin
        with it: may hold older customers) and ``is_drawn``: cohorts of fewer than 30
        are not, and of very many only every second, third and so on is.

    Raises
    ------
    InputError
        If a column is missing.
    """
    found = chart_table(table, _NEEDED)
    found = found[(found["age"] >= 1) & (found["n"] > 0)]
    is_all = found["cohort"].isna()
    is_few = found["reliability"] == "fewer than minimum"
    twin = found.assign(
        cohort=found["cohort"].where(~is_all, _ALL).astype(str),
        n=found["n"].astype("Int64").mask(is_few),
        is_oldest=(found["note"] != "") & ~is_all,
        is_drawn=found["value"].notna() & (is_all | (found["reliability"] == "enough")),
    ).drop(columns="note")
    single = twin[twin["is_drawn"] & ~is_all]
    every = -(-len(single) // _MOST_ROWS)
    if every > 1:
        kept = single["cohort"].drop_duplicates().iloc[::every]
        twin["is_drawn"] &= is_all | twin["cohort"].isin(kept)
    return pd.concat([twin[is_all], twin[~is_all]]).reset_index(drop=True)


def _period(twin: pd.DataFrame) -> str:
    names = twin.loc[twin["cohort"] != _ALL, "cohort"]
    first = names.iloc[0] if len(names) else ""
    found = (name for form, name in _PERIODS.items() if re.fullmatch(form, first))
    return next(found, "period")


def _firm(every: pd.DataFrame) -> pd.DataFrame:
    """Return the ages that at least half of the customers were seen at.

    A later age says more of the few cohorts that have reached it than of the age.
    """
    firm: pd.DataFrame = every[every["n"] >= every["n"].max() / 2]
    return firm


def _title(every: pd.DataFrame, period: str) -> str:
    if every.empty:
        return say("Retention was not measured")
    first, last = every.iloc[0], _firm(every).iloc[-1]
    title = say(
        (_FIRST_AGAIN if first["age"] == 1 else _AGAIN)[period],
        share=value_text(first["value"], _DEFINITION),
        n=first["age"],
        interval=interval(first["low"], first["high"], _DEFINITION),
    )
    if last["age"] > first["age"]:
        late = value_text(last["value"], _DEFINITION)
        title = say(_LATER[period], finding=title, share=late, n=last["age"])
    return f"{title}, {n_text(first['n'])}"


def _words(twin: pd.DataFrame, period: str, source: str) -> Words:
    every = twin[(twin["cohort"] == _ALL) & twin["is_drawn"]]
    title = _title(every, period)
    notes = []
    single = twin[twin["cohort"] != _ALL]
    drawn = single[single["is_drawn"]]
    if len(every) > len(_firm(every)):
        notes.append(
            say("Thin blue: ages that fewer than half of the customers reached.")
        )
    if drawn["is_oldest"].any():
        notes.append(say("Dashed: the oldest cohort, which may hold older customers."))
    if (~single["reliability"].isin(["enough"])).any():
        notes.append(say("Cohorts of fewer than 30 customers are not drawn."))
    is_enough = single["reliability"] == "enough"
    if drawn["cohort"].nunique() < single.loc[is_enough, "cohort"].nunique():
        notes.append(say("Not every cohort is drawn; the table holds them all."))
    lines = say(
        "Thick: all cohorts, with the {level} interval ({method}). Thin: single "
        "cohorts.",
        level=percent(0.95),
        method=say(MEASURES[_DEFINITION].interval),
    )
    about = f"{say(_ABOUT[period])} {lines}"
    rows = "; ".join(
        f"{say(_PLACES[period], n=row['age'])}: "
        + with_interval(row["value"], row["low"], row["high"], _DEFINITION)
        + f", n {count(row['n'])}"
        for row in every.to_dict("records")
    )
    n_cohorts = drawn["cohort"].nunique()
    alt = say(
        "{title}. All cohorts: {rows}. {n} single cohorts.",
        title=title,
        rows=rows or say("no number"),
        n=n_cohorts,
    )
    return Words(title, about, " ".join([*notes, source]).strip(), alt)


def retention_curves(
    table: pd.DataFrame,
    *,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw which share of the customers buys again, by the age of their cohort.

    Parameters
    ----------
    table
        As its twin, :func:`retention_curves_data`, takes it.
    source
        Where it is from, and what was left out.
    width
        In px.
    has_words
        Whether title, measure and source are drawn too (a page writes them itself).

    Returns
    -------
    altair.LayerChart
        Made from the twin; its words are in ``usermeta``.

    Raises
    ------
    InputError
        As the twin does.
    """
    return as_altair(
        retention_curves_spec(table, source=source, width=width, has_words=has_words)
    )


def retention_curves_spec(
    table: pd.DataFrame,
    *,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`retention_curves` as plain Vega-Lite."""
    twin = retention_curves_data(table)
    period = _period(twin)
    words = _words(twin, period, source)
    drawn = twin[twin["is_drawn"]]
    fields = {"x": "age", "y": "value", "low": "low", "high": "high"}
    every = plain_rows(drawn[drawn["cohort"] == _ALL], **fields)
    n_firm = len(_firm(drawn[drawn["cohort"] == _ALL]))
    last_age = max(int(drawn["age"].max()), 2) if len(drawn) else 12
    top = (
        float(
            max(
                drawn["value"].max(), drawn["high"].where(drawn["cohort"] == _ALL).max()
            )
        )
        if len(drawn)
        else 1.0
    )
    y_ticks = nice_ticks(0, min(max(top, 0.02), 1.0))
    step = max(1, -(-last_age // (12 if width >= 500 else 6)))
    plane = Plane(
        left=56,
        right=width - 24,
        height=_HEIGHT,
        x_ends=(1, last_age),
        y_ends=(0, y_ticks[-1]),
        x_ticks=[
            (age, say(_PLACES[period], n=1) if age == 1 else str(age))
            for age in range(1, last_age + 1, step)
        ],
        y_ticks=[(tick, value_text(tick, _DEFINITION)) for tick in y_ticks],
    )
    layers = [area(every, plane, "accent-tint")] if len(every) > 1 else []
    layers += plane.ground()
    for is_oldest, dash in ((False, ()), (True, (4, 4))):
        some = drawn[(drawn["cohort"] != _ALL) & (drawn["is_oldest"] == is_oldest)]
        rows = plain_rows(some, cohort="cohort", x="age", y="value")
        if rows:
            thin = path(rows, plane, "mark-quiet", width=1, dash=dash, by="cohort")
            thin["mark"]["opacity"] = 0.6
            layers.append(thin)
    if len(every) == 1:
        layers.append(bars(every, plane, "accent"))
    if every:
        layers.append(path(every[n_firm - 1 :], plane, "accent", width=1))
        layers.append(path(every[:n_firm], plane, "accent", width=3))
        mark = dot(fill="accent", stroke="accent")
        ends = every[:1] + every[n_firm - 1 : n_firm] * (n_firm > 1)
        layers.append(layer(ends, mark, x=plane.x(), y=plane.y()))
        named = [{**row, "t": value_text(row["y"], _DEFINITION)} for row in ends]
        face: dict[str, Any] = {"role": "accent", "weight": 600, "align": "center"}
        layers.append(plane.words_at(named, **face, dy=-20))
    return dressed(layers, words, width=width, height=_HEIGHT + 28, has_words=has_words)
