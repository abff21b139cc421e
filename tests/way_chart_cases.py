"""Something to draw for charts of ways and of priorities, as the measures give it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.measure.events_funnels import funnel
from journeykit.measure.events_variants import path_tree, transitions
from journeykit.measure.priority_agreement import rankings_side_by_side
from journeykit.measure.priority_quadrants import importance_performance
from journeykit.measure.priority_stability import rank_stability
from journeykit.measure.result import Result
from journeykit.measure.value_at_stake import values_at_stake

__all__ = [
    "WAY_OPTIONS",
    "firmness",
    "quadrants",
    "ranks",
    "shop_funnel",
    "shop_log",
    "shop_transitions",
    "shop_tree",
    "stakes",
]

_WAYS = {
    ("search", "cart", "pay"): 30,
    ("search", "search", "cart"): 20,
    ("search",): 40,
    ("offer", "cart", "pay"): 8,
    ("offer",): 2,
}
_RATINGS = {
    "queue": (4.6, 2.1),
    "signs": (4.4, 4.2),
    "price": (2.0, 2.2),
    "art": (2.1, 4.5),
    "prams": (None, None),
}


def shop_log() -> pd.DataFrame:
    """Return what 100 people did in a shop, in five ways."""
    rows, person = [], 0
    for way, n in _WAYS.items():
        for _ in range(n):
            person += 1
            for minute, activity in enumerate(way):
                at = pd.Timestamp("2026-03-02") + pd.Timedelta(minutes=minute)
                rows.append((f"c{person}", activity, at))
    return pd.DataFrame(rows, columns=["customer", "activity", "time"])


def shop_funnel() -> pd.DataFrame:
    """Return the funnel of search, cart and pay: 90, 50 and 30 people."""
    return funnel(shop_log(), ["search", "cart", "pay"])


def shop_transitions() -> pd.DataFrame:
    """Return what follows what in the shop."""
    return transitions(shop_log())


def shop_tree() -> pd.DataFrame:
    """Return how ways through the shop begin."""
    return path_tree(shop_log())


def quadrants(*, half_width: float | None = 0.3) -> pd.DataFrame:
    """Return four entries, one in each quadrant, and one that nobody rated."""
    table = pd.DataFrame(
        [(name, *numbers) for name, numbers in _RATINGS.items()],
        columns=["entry", "importance", "satisfaction"],
    ).astype({"importance": float, "satisfaction": float})
    if half_width is not None:
        for axis in ("importance", "satisfaction"):
            table[f"{axis}_low"] = table[axis] - half_width
            table[f"{axis}_high"] = table[axis] + half_width
    return importance_performance(table, crosshair=(3.5, 3.5))


def ranks() -> pd.DataFrame:
    """Return five entries ranked by votes, by RICE and by value; value ranks three."""
    orders = {
        "Votes": ["queue", "signs", "price", "food", "art"],
        "RICE": ["queue", "price", "food", "signs", "art"],
        "Value": ["signs", "queue", "art"],
    }
    return rankings_side_by_side(
        {
            method: pd.DataFrame({"entry": order, "rank": range(1, len(order) + 1)})
            for method, order in orders.items()
        }
    )


def firmness() -> pd.DataFrame:
    """Return how often each entry stays in the top three: the queue always does."""
    scores = {"queue": 5, "signs": 3, "price": 3, "food": 3, "art": 1}
    table = pd.DataFrame({"entry": list(scores)})
    for criterion in ("severity", "frequency"):
        table[criterion] = list(scores.values())
    return rank_stability(table)


def stakes() -> pd.DataFrame:
    """Return the value at stake of four entries: one clear, one not, two refused."""
    rows = [
        ("queue", 1_000, 56, 70, 48, 80),
        ("signs", 500, 40, 80, 40, 80),
        ("art", 300, 10, 40, None, None),
        ("food", 100, 1, 3, 40, 80),
    ]
    columns = ["entry", "touched", "lost_touched", "n_touched"]
    table = pd.DataFrame(rows, columns=[*columns, "lost_others", "n_others"])
    return values_at_stake(table, Result("clv_to_date", 100.0, 80.0, 120.0, n=500))


WAY_OPTIONS: dict[str, dict[str, Any]] = {
    "funnel_steps": {"table": shop_funnel()},
    "importance_performance": {"table": quadrants()},
    "path_tree": {"table": shop_tree()},
    "priority_slope": {"table": ranks(), "stability": firmness()},
    "transition_matrix": {"table": shop_transitions()},
    "value_at_stake": {"table": stakes()},
}
