"""The made log of a web shop: what was planted is found, and nothing else."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache

import pandas as pd
import pytest
from made_events import FILE, INCIDENTS, Incident, made_log

from journeykit.exchange.events import read_events as read_file
from journeykit.exchange.starters import starter
from journeykit.measure.events import funnel, read_events, times_between
from journeykit.measure.incidents import Incidents, find_incidents
from journeykit.measure.paths import map_against_paths
from journeykit.model.records import EventMapping
from journeykit.shipped import folder

STEPS = (
    *("list of jackets", "product page", "cart", "total cost", "payment"),
    "order confirmed",
)


@cache
def mapping() -> EventMapping:
    """Return the mapping that is shipped beside the log."""
    path = folder("templates") / "data/web_shop_events/mapping.json"
    return EventMapping.model_validate(json.loads(path.read_text(encoding="utf-8")))


@cache
def log() -> pd.DataFrame:
    """Return the log as the reader gives it."""
    return read_file(FILE, mapping()).frame


@cache
def incidents() -> Incidents:
    """Return what is found in it."""
    scale = mapping().rating.scale
    return find_incidents(read_events(log(), of="touchpoint"), scale=scale)


def test_shipped_log_is_the_one_that_is_made() -> None:
    """Who wants to know what was planted can read how it was made."""
    assert made_log() == gzip.decompress(FILE.read_bytes()).decode("utf-8")
    assert FILE.stat().st_size <= 1_000_000


@pytest.mark.parametrize("planted", INCIDENTS, ids=lambda one: one.activity)
def test_planted_incident_is_found(planted: Incident) -> None:
    """At its touchpoint, for those whom it concerned, within two days."""
    touchpoint = mapping().activities[planted.activity]
    found = incidents().found
    rows = found[(found["kind"] == planted.kind) & (found["activity"] == touchpoint)]
    row = rows.iloc[0]
    persona = planted.persona and mapping().personas[planted.persona]

    assert 1 == len(rows)
    assert persona == row["persona"]
    for expected, day in ((planted.start, row["start"]), (planted.end, row["end"])):
        assert 2 >= abs((day - pd.Timestamp(expected)).days)
    is_low = planted.kind == "dissatisfaction"
    assert is_low == (row["value"] < row["outside"])
    assert not row["low"] <= row["outside"] <= row["high"]


def test_nothing_else_is_found() -> None:
    """Every proposal is one of those that were planted."""
    assert len(INCIDENTS) == len(incidents().found)


def test_readme_tells_what_was_planted() -> None:
    """Days, touchpoints and numbers are those of the log."""
    text = (FILE.parent / "README.md").read_text(encoding="utf-8")
    for planted in INCIDENTS:
        days = [
            f"{day.day} {day.strftime('%B')}" for day in (planted.start, planted.end)
        ]
        who = "climbers" if planted.persona else "all"
        cells = [f"`{planted.activity}`", who, *days]

        assert re.search(".*".join(map(re.escape, cells)), text)
    totals = read_events(log()).totals
    assert f"{totals.n_events:,} events of {totals.n_customers:,} customers" in text


def test_known_answers_of_the_readme() -> None:
    """Who tries another tool on the log can compare."""
    events = read_events(log())
    reached = funnel(events, STEPS)
    reached = reached[reached["definition"] == "conversion_rate"]
    times = times_between(
        events, ["order confirmed", "parcel sent", "parcel delivered"]
    )

    assert [8_852, 6_581, 3_601, 3_028, 2_098, 1_945] == reached["n_reached"].tolist()
    assert [22.7, 43.6] == [round(value / 3_600, 1) for value in times["value"]]


def test_map_of_the_starter_against_the_paths() -> None:
    """The log fits the map of the starter workshop of the same shop."""
    made = starter("web_shop", pd.Timestamp("2026-07-01").date()).document
    steps = [entry for entry in made if entry.kind == "touchpoint"]
    touchpoints = pd.DataFrame(
        {"touchpoint": [one.id for one in steps], "name": [one.name for one in steps]}
    )
    found = map_against_paths(log(), touchpoints, mapping().activities)
    missing = found[found["difference"] == "missing"]["touchpoint"]
    extra = found[found["difference"] == "extra"]

    assert {"tp-video", "tp-reminder", "tp-unpack", "tp-review"} == set(missing)
    assert [("wish list", 706)] == list(
        zip(extra["activity"], extra["n_customers"], strict=True)
    )
