"""Something to draw for each chart, as it comes from the measures."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from journeykit.layout.emotion_curve import EmotionRow
from journeykit.measure.clv_concentration import concentration_table
from journeykit.measure.cohorts import retention_table
from journeykit.measure.control_limits import p_chart
from journeykit.measure.drivers import driver_shares
from journeykit.measure.intervals import wilson
from journeykit.measure.league import league_table
from journeykit.measure.purchases import purchase_days
from journeykit.measure.survival import survival
from journeykit.show.frame import Spec, words_of
from journeykit.show.numbers import NBSP

__all__ = [
    "CHART_OPTIONS",
    "CSAT",
    "FREIREICH",
    "NPS",
    "PROMOTERS",
    "changed_scores",
    "csat_limits",
    "drivers",
    "journey_rows",
    "league_of",
    "many_maps",
    "n_embedded",
    "parted_scores",
    "plain",
    "retention",
    "values",
    "written",
]

CSAT = "customer_satisfaction_score"
NPS = "net_promoter_score"

FREIREICH = (
    [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
    [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
)
"""Weeks and relapses of Freireich et al. (1963), treated: the textbook's 21 rows."""

PROMOTERS = pd.DataFrame(
    [
        ("2013", 1100, 1000, 400),
        ("2015", 0, 0, 0),
        ("2016", 1, 1, 1),
        ("2017", 1436, 968, 342),
    ],
    columns=["name", "promoters", "passives", "detractors"],
)


def n_embedded(spec: Spec) -> int:
    """Return how many rows a picture holds in itself."""
    return sum(len(part["data"]["values"]) for part in spec["layer"])


def plain(text: str) -> str:
    """Return a text with plain spaces, as one types it."""
    return text.replace(NBSP, " ")


def written(spec: Spec) -> dict[str, str]:
    """Return the words of a picture with plain spaces: title, subtitle, source, alt."""
    return {key: plain(text) for key, text in asdict(words_of(spec)).items()}


def csat_limits(*counts: int) -> pd.DataFrame:
    """Return the control limits of so many satisfied of 100, period by period."""
    periods = [f"P{i}" for i in range(1, len(counts) + 1)]
    table = pd.DataFrame({"period": periods, "count": counts, "n": 100})
    return p_chart(table)


def retention(*, n: int = 40, returning: int = 10) -> pd.DataFrame:
    """Return two cohorts of *n*, of which so many buy again in the next month."""
    rows = []
    for first, second in (("2026-01-05", "2026-02-05"), ("2026-02-06", "2026-03-06")):
        rows += [(f"{first}-{i}", first) for i in range(n)]
        rows += [(f"{first}-{i}", second) for i in range(returning)]
    table = pd.DataFrame(rows, columns=["customer", "time"])
    table = table.assign(time=pd.to_datetime(table["time"]), amount=9.0)
    return retention_table(purchase_days(table, until="2026-03-31"))


def values(n: int = 100) -> pd.DataFrame:
    """Return customers of whom the top tenth holds exactly 60 % of the value."""
    n_top = n // 10
    amounts = [0.6 / n_top] * n_top + [0.4 / (n - n_top)] * (n - n_top)
    table = pd.DataFrame({"customer": [f"C{i}" for i in range(n)], "value": amounts})
    return concentration_table(table)


def drivers(n: int = 60) -> pd.DataFrame:
    """Return the drivers of an overall answer: staff clearly, price hardly."""
    staff = [1 + i % 5 for i in range(n)]
    price = [1 + (i * 7 // 3) % 5 for i in range(n)]
    overall = [one + (i % 3 == 0) for i, one in enumerate(staff)]
    cells = {"staff": staff, "price": price, "wi-fi": 3, "overall": overall}
    names = ["price", "wi-fi", "staff"]
    return driver_shares(pd.DataFrame(cells), "overall", names, n_draws=50)


def journey_rows() -> tuple[EmotionRow, ...]:
    """Return a curve with a peak, a valley, few answers, and one not measured."""
    given = [
        ("Plan", "s1", 1.0, 0.9, 100, "enough", None),
        ("Check in", "s2", -1.0, None, 0, "not measured", None),
        ("Security", "s2", -2.0, 1.3, 2407, "enough", "lowest"),
        ("Eat", "s3", 2.0, 0.6, 12, "few answers", "highest"),
        ("Board", "s3", None, 0.8, 90, "enough", None),
        ("Bags", "s4", 0.0, None, 3, "fewer than minimum", None),
    ]
    rows = []
    for i, (name, stage, felt, measured, n, trust, turn) in enumerate(given):
        ends = (None, None) if measured is None else (measured - 0.1, measured + 0.1)
        rows.append(
            EmotionRow(
                **{"persona": "", "who": "Team", "column": i, "touchpoint": f"t{i}"},
                **{"name": name, "stage": stage, "felt": felt, "measured": measured},
                **{"low": ends[0], "high": ends[1], "n": n, "reliability": trust},
                **{"turn": turn},
            )
        )
    return tuple(rows)


def changed_scores() -> pd.DataFrame:
    """Return touchpoints that got better, worse, perhaps neither, and a hidden one."""
    columns = ["name", "before", "after", "change", "low", "high", "is_change"]
    return pd.DataFrame(
        [
            ("Security", 0.62, 0.71, 0.09, 0.05, 0.13, True, 800, "enough"),
            ("Parking", 0.55, 0.52, -0.03, -0.08, 0.02, False, 300, "enough"),
            ("Restaurants", 0.7, 0.6, -0.1, -0.15, -0.05, True, 300, "enough"),
            ("Wi-Fi", None, None, None, None, None, None, 3, "fewer than minimum"),
        ],
        columns=[*columns, "n", "reliability"],
    )


def league_of(*counts: tuple[str, int, int]) -> pd.DataFrame:
    """Return the league of shares: name, how many satisfied, of how many."""
    rows = [(name, x / n, *wilson(x, n), n) for name, x, n in counts]
    columns = ["name", "value", "low", "high", "n"]
    return league_table(pd.DataFrame(rows, columns=columns))


def many_maps(n: int) -> pd.DataFrame:
    """Return so many maps of three touchpoints: the desk is the low point of each."""
    rows = [
        (f"Hotel {i}", column, name, felt, felt / 2)
        for i in range(n)
        for column, (name, felt) in enumerate((("Web", 1), ("Desk", -2), ("Room", 2)))
    ]
    names = ["workshop", "column", "touchpoint", "felt", "measured"]
    return pd.DataFrame(rows, columns=names)


def parted_scores() -> dict[str, pd.DataFrame]:
    """Return two groups that part at the gate, not at the desk, and a hidden one."""
    scores = pd.DataFrame(
        [
            ("Gate", "Ann", 0.4, 0.35, 0.45, 200, "enough"),
            ("Gate", "Bob", 0.6, 0.55, 0.65, 200, "enough"),
            ("Gate", "Cat", None, None, None, 4, "fewer than minimum"),
            ("Desk", "Ann", 0.5, 0.3, 0.7, 20, "few answers"),
            ("Desk", "Bob", 0.52, 0.47, 0.57, 200, "enough"),
            ("Desk", "Cat", None, None, None, 0, "not measured"),
        ],
        columns=["name", "group", "value", "low", "high", "n", "reliability"],
    )
    differences = pd.DataFrame(
        [
            ("Gate", "Bob", "Ann", -0.2, -0.27, -0.13, True),
            ("Gate", "Ann", "Cat", None, None, None, None),
            ("Desk", "Ann", "Bob", 0.02, -0.2, 0.24, False),
        ],
        columns=["name", "group", "other", "value", "low", "high", "is_difference"],
    )
    return {"scores": scores, "differences": differences}


CHART_OPTIONS: dict[str, dict[str, Any]] = {
    "before_and_after": {"changes": changed_scores(), "definition": CSAT},
    "group_scores": {**parted_scores(), "definition": CSAT},
    "league": {
        "table": league_of(("Bern", 90, 100), ("Ghent", 50, 100), ("Porto", 55, 100)),
        "definition": CSAT,
    },
    "small_multiples": {"rows": many_maps(3)},
    "clv_concentration": {"table": values()},
    "control_chart": {
        "limits": csat_limits(70, 74, 69, 45, 72, 70),
        "definition": CSAT,
    },
    "driver_shares": {"shares": drivers()},
    "emotion_curve": {"rows": journey_rows()},
    "promoter_stack": {"counts": PROMOTERS},
    "retention_curves": {"table": retention()},
    "survival_curve": {"curve": survival(*FREIREICH)},
    "trend_chart": {
        "values": pd.DataFrame({"period": ["May", "June"], "value": [0.6, 0.7]}),
        "definition": CSAT,
        "target": 0.8,
    },
}
"""What each chart is drawn from, by its name."""
