"""Everything that an event log, comments and tickets say in one call."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from journeykit.measure.comment_summary import feedback_summary, ticket_summary
from journeykit.measure.event_summary import event_summary
from journeykit.measure.feedback_starter import starter_codebook
from journeykit.model.survey import Scale

NAMES = {"t-cart": "Cart", "t-pay": "Pay", "t-help": "Get help"}
FIVE = Scale(lowest=1, highest=5)


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Make forty customers: all see the cart, half pay, ten look at the news."""
    draw = np.random.default_rng(3)
    rows = []
    for n in range(40):
        day = pd.Timestamp("2026-03-01") + pd.Timedelta(days=int(draw.integers(60)))
        did = ["cart", *(["pay"] if n % 2 else []), *(["news"] if n % 4 == 0 else [])]
        for place, activity in enumerate(did):
            time = day + pd.Timedelta(hours=place)
            rows.append(
                (f"c{n:02d}", activity, time, 4.0 if activity == "pay" else None)
            )
    table = pd.DataFrame(rows, columns=["customer", "activity", "time", "rating"])
    places = {"cart": "t-cart", "pay": "t-pay"}
    return table.assign(touchpoint=table["activity"].map(places))


def test_matched_events_are_held_against_the_map(log: pd.DataFrame) -> None:
    """Half convert; one touchpoint is never seen, one activity is not on the map."""
    found = event_summary(log, NAMES, stages={"s": list(NAMES)}, scale=FIVE)
    reach = found.tables["reach"]
    by_place = reach.dropna(subset=["touchpoint"]).set_index("touchpoint")["value"]
    differs = found.tables["map_against_paths"]

    assert (0.5, 40) == (
        found.results["conversion_rate"].value,
        found.results["conversion_rate"].n,
    )
    assert {"t-cart": 1, "t-pay": 0.5, "t-help": 0} == by_place.to_dict()
    assert 0.25 == reach.set_index("activity").loc["news", "value"]
    assert {"missing", "extra"} <= set(differs["difference"])
    assert {"satisfaction", "touchpoint_satisfaction"} <= set(found.tables)
    json.dumps(found.plain(), allow_nan=False)


def test_unmatched_events_still_tell_what_happened(log: pd.DataFrame) -> None:
    """Counts and ways need no map; what is missing is said."""
    found = event_summary(log.drop(columns="touchpoint"))

    assert {"counts", "transitions", "variants", "path_tree"} <= set(found.tables)
    assert "funnel" not in found.tables
    assert "No activity is matched" in found.notes[-1]


def test_comments_are_sorted_by_place_and_month() -> None:
    """Where touchpoint and time are known."""
    texts = ["The queue was long"] * 8 + ["Lovely people"] * 6
    table = pd.DataFrame({"text": texts, "touchpoint": ["t-pay"] * 14})
    table["time"] = pd.to_datetime(["2026-01-05"] * 7 + ["2026-02-05"] * 7)
    found = feedback_summary(table, starter_codebook("en"), stage_of={"t-pay": "s-buy"})
    share = found.results["not_assigned_share"].value

    assert 6 / 14 == pytest.approx(share)
    expected = {"themes", "themes_by_touchpoint", "themes_by_stage", "theme_trend"}
    assert expected == set(found.tables)
    assert "negative_share" in found.results


def test_tickets_are_counted_with_the_time_they_took() -> None:
    """By month and topic; open ones have no time yet."""
    created = pd.to_datetime(["2026-01-05 08:00"] * 8)
    table = pd.DataFrame({"ticket": list("abcdefgh"), "created": created})
    closed = [*pd.to_datetime(["2026-01-05 10:00"] * 6), pd.NaT, pd.NaT]
    table = table.assign(
        closed=pd.Series(closed), text="It broke", topic=["card"] * 7 + ["app"]
    )
    found = ticket_summary(table, starter_codebook("en"))
    month = found.tables["per_month"].iloc[0]
    topics = found.tables["by_topic"].set_index("topic")

    assert ["2026-01", 8, 2, 2.0] == month[["month", "n", "n_open", "hours"]].tolist()
    assert pd.isna(topics.loc["app", "hours"])
    assert "themes" in found.tables


def test_tickets_without_words_are_counted_only() -> None:
    """No theme table is made of nothing."""
    created = pd.to_datetime(["2026-01-05"])
    table = pd.DataFrame({"ticket": ["a"], "created": created, "closed": [pd.NaT]})
    found = ticket_summary(table, starter_codebook("en"))

    assert ["per_month"] == list(found.tables)


def test_what_is_open_is_told_by_the_state_where_no_closing_is_noted() -> None:
    """An export without times of closing is no pile of open tickets."""
    table = pd.DataFrame(
        {
            "ticket": ["1", "2", "3"],
            "created": pd.to_datetime(["2026-01-02"] * 3),
            "closed": pd.Series([pd.NaT] * 3, dtype="datetime64[us]"),
            "text": ["a b c"] * 3,
            "status": ["Solved", "open", "closed "],
        }
    )

    by_state = ticket_summary(table, starter_codebook("en")).tables["per_month"]
    unknown = ticket_summary(table.drop(columns="status"), starter_codebook("en"))

    assert [1] == by_state["n_open"].tolist()
    assert unknown.tables["per_month"]["n_open"].isna().all()
