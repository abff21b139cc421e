"""What customers do: counts, satisfaction, transitions, funnels, paths, times.

The functions live in a module for each subject; this one is where callers find them. A
measure takes a table of events, or what :func:`read_events` made of it: who asks for
more than one measure reads once. Logs of more than two million rows, Parquet files and
warehouses are opened by :func:`journeykit.exchange.event_tables.event_measures`, and
measured by the same functions.
"""

from __future__ import annotations

from journeykit.measure.events_counts import (
    COUNT_COLUMNS,
    ENGAGEMENT_COLUMNS,
    SATISFACTION_COLUMNS,
    engagement,
    engagement_rate,
    event_counts,
    event_satisfaction,
)
from journeykit.measure.events_funnels import (
    FUNNEL_COLUMNS,
    TIME_COLUMNS,
    conversion_rate,
    drop_off_rate,
    funnel,
    times_between,
)
from journeykit.measure.events_source import Events, EventTotals
from journeykit.measure.events_table import read_events
from journeykit.measure.events_variants import (
    PATH_TREE_COLUMNS,
    TRANSITION_COLUMNS,
    VARIANT_COLUMNS,
    path_tree,
    transitions,
    variants,
)

__all__ = [
    "COUNT_COLUMNS",
    "ENGAGEMENT_COLUMNS",
    "FUNNEL_COLUMNS",
    "PATH_TREE_COLUMNS",
    "SATISFACTION_COLUMNS",
    "TIME_COLUMNS",
    "TRANSITION_COLUMNS",
    "VARIANT_COLUMNS",
    "EventTotals",
    "Events",
    "conversion_rate",
    "drop_off_rate",
    "engagement",
    "engagement_rate",
    "event_counts",
    "event_satisfaction",
    "funnel",
    "path_tree",
    "read_events",
    "times_between",
    "transitions",
    "variants",
]
