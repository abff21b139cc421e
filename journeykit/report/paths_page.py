"""The ways that customers really take, and where the map differs from them.

The notebook ``05_evidence`` shows these parts.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from journeykit.check.as_it_is import as_it_is
from journeykit.language import percent, say, say_count, word
from journeykit.layout.emotion_curve import chosen_journey, columns_in_order
from journeykit.measure.events_funnels import funnel
from journeykit.measure.events_table import read_events
from journeykit.measure.events_variants import path_tree, transitions, variants
from journeykit.measure.paths import map_against_paths
from journeykit.model import DataSet, Document
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of
from journeykit.show.charts import picture
from journeykit.show.numbers import count, joined, with_interval
from journeykit.workshop import Workshop

__all__ = ["NO_EVENTS", "PathsPage"]

NO_EVENTS = word(
    "There are no events in this workshop, so nobody knows which ways customers take. "
    "Bring them: journeykit import WORKSHOP FILE --reads events."
)
_NO_MATCH = word(
    "No activity is matched to a touchpoint of the map yet. Say in the mapping, under "
    "activities, which is which, and import the events again."
)
_MOST_VARIANTS = 10
_MOST_DIFFERENCES = 30
_RATE = "conversion_rate"
_SAID = {
    "missing": word("On the map, but nobody goes there"),
    "skipped": word("Passed by"),
    "extra": word("Missing on the map"),
    "out of order": word("In another order"),
    "loop": word("Customers come back"),
}


class PathsPage:
    """The ways of customers through a workshop's journey.

    Parameters
    ----------
    workshop
        The workshop.
    data_set
        Id of the events; the first of them if empty.

    Raises
    ------
    UnknownNameError
        If there is no such data set.
    """

    def __init__(self, workshop: Workshop, data_set: str = "") -> None:
        self.workshop = workshop
        self.document: Document = as_it_is(workshop.document())
        self.minimum = workshop.case.min_group
        self.data: DataSet | None = None
        if data_set or workshop.data_sets("events"):
            self.data = workshop.data_set(data_set or None, "events")

    @cached_property
    def touchpoints(self) -> pd.DataFrame:
        """Touchpoints in the order of the map: ``touchpoint`` and ``name``."""
        journey = chosen_journey(self.document, None)
        places = columns_in_order(self.document, journey)
        rows = [(one.id, one.name) for _, one in places if one]
        return pd.DataFrame(rows, columns=["touchpoint", "name"])

    @cached_property
    def events(self) -> pd.DataFrame:
        """The events as they were read."""
        assert self.data is not None
        table = self.workshop.records(self.data.id, "events")
        if "touchpoint" not in table.columns:
            table = table.assign(touchpoint=pd.Series(None, table.index, "str"))
        return table

    @cached_property
    def named(self) -> pd.DataFrame:
        """The events with touchpoints by their names, and the rest as recorded."""
        names = self.touchpoints.set_index("touchpoint")["name"].to_dict()
        called = self.events["touchpoint"].map(names)
        activity = called.where(called.notna(), self.events["activity"])
        return self.events.assign(activity=activity.astype("str"))

    @property
    def is_matched(self) -> bool:
        """Whether at least one activity is a touchpoint of the map."""
        known = self.touchpoints["touchpoint"]
        return bool(self.events["touchpoint"].isin(known).any())

    def _about(self) -> dict[str, str]:
        assert self.data is not None
        return {"period": period_of(self.data), "source": self.data.title}

    # --- pictures ---------------------------------------------------------------------

    def funnel(self) -> Part:
        """Return how many reach each touchpoint in the order of the map."""
        if self.data is None:
            return parts.sentence(say(NO_EVENTS))
        seen = set(self.events["touchpoint"].dropna())
        steps = {
            name: [touchpoint]
            for touchpoint, name in self.touchpoints.itertuples(index=False)
            if touchpoint in seen
        }
        if len(steps) < 2:
            return parts.sentence(say(_NO_MATCH))
        log = read_events(self.events, of="touchpoint")
        table = funnel(log, steps, minimum=self.minimum)
        return parts.figure(picture("funnel_steps", table=table, **self._about()))

    def transitions(self) -> Part:
        """Return what follows what, and how often."""
        if self.data is None:
            return parts.sentence(say(NO_EVENTS))
        table = transitions(self.named, minimum=self.minimum)
        options: dict[str, Any] = {"minimum": self.minimum, **self._about()}
        return parts.figure(picture("transition_matrix", table=table, **options))

    def path_tree(self) -> Part:
        """Return how paths begin and branch."""
        if self.data is None:
            return parts.sentence(say(NO_EVENTS))
        table = path_tree(self.named, minimum=self.minimum)
        return parts.figure(picture("path_tree", table=table, **self._about()))

    # --- tables -----------------------------------------------------------------------

    def variants(self) -> Part:
        """Return the most frequent ways from the first event to the last."""
        if self.data is None:
            return parts.sentence(say(NO_EVENTS))
        table = variants(self.named, minimum=self.minimum)
        n = int(table["n"].iloc[0]) if len(table) else 0
        rows = [
            {
                "path": " \N{RIGHTWARDS ARROW} ".join(map(str, row["path"])),
                "n": count(int(row["n_paths"])),
                "share": _share(row),
            }
            for row in table.head(_MOST_VARIANTS).to_dict("records")
        ]
        if not rows:
            return parts.sentence(say("No path was recorded."))
        left = len(table) - len(rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"path": say("Way"), "n": say("Customers"), "share": say("Share")},
            title=say_count(
                "{n_customers} customers take {n} way",
                "{n_customers} customers take {n} ways",
                len(table),
                n_customers=count(n),
            ),
            subtitle=say(
                "The most frequent first, with {level} interval (Wilson).",
                level=percent(0.95),
            ),
            source=say_count(
                "{n} rarer way is not shown.", "{n} rarer ways are not shown.", left
            )
            if left
            else "",
        )

    def map_against_paths(self) -> Part:
        """Return where map and ways differ: missing, extra, out of order, loops."""
        if self.data is None:
            return parts.sentence(say(NO_EVENTS))
        if not self.is_matched:
            return parts.sentence(say(_NO_MATCH))
        known = set(self.touchpoints["touchpoint"])
        pairs = self.events[["activity", "touchpoint"]].dropna().drop_duplicates()
        pairs = pairs[pairs["touchpoint"].isin(known)]
        matches = dict(zip(pairs["activity"], pairs["touchpoint"], strict=True))
        table = map_against_paths(
            self.events, self.touchpoints, matches, minimum=self.minimum
        )
        rows = [
            {
                "difference": say(_SAID[row["difference"]]),
                "what": _what(row),
                "n": count(int(row["n_customers"])),
                "share": _share(row),
            }
            for row in table.to_dict("records")
            if row["difference"] != "missing" or row["n"]
        ]
        silent = table[(table["difference"] == "missing") & (table["n"] == 0)]
        unseen = [str(name) for name in silent["name"]]
        source = (
            say("No activity is matched to: {names}.", names=joined(unseen))
            if unseen
            else ""
        )
        if not rows:
            agreed = say("Customers go as the map says.")
            return parts.sentence(f"{agreed} {source}".strip())
        left = len(rows) - _MOST_DIFFERENCES
        if left > 0:
            more = say_count(
                "{n} more difference is not shown.",
                "{n} more differences are not shown.",
                left,
            )
            source = f"{more} {source}".strip()
        return parts.ranked_table(
            pd.DataFrame(rows[:_MOST_DIFFERENCES]),
            {
                "difference": say("Difference"),
                "what": say("Where"),
                "n": say("Customers"),
                "share": say("Share"),
            },
            title=_title(table),
            subtitle=say(
                "Share of those who could: of all, of those who went on, or of those "
                "who were there. With {level} interval (Wilson).",
                level=percent(0.95),
            ),
            source=source,
        )


def _title(table: pd.DataFrame) -> str:
    n = {kind: int((table["difference"] == kind).sum()) for kind in _SAID}
    said = [
        say_count(
            "{n} activity the map lacks", "{n} activities the map lacks", n["extra"]
        )
        if n["extra"]
        else "",
        say_count(
            "{n} touchpoint is passed by",
            "{n} touchpoints are passed by",
            n["skipped"],
        )
        if n["skipped"]
        else "",
        say_count("{n} in another order", "{n} in another order", n["out of order"])
        if n["out of order"]
        else "",
        say_count(
            "{n} that customers come back to",
            "{n} that customers come back to",
            n["loop"],
        )
        if n["loop"]
        else "",
    ]
    found = [one for one in said if one]
    if not found:
        return say("Map and ways differ")
    return say("Map and ways differ: {list}", list=joined(found))


def _what(row: dict[Any, Any]) -> str:
    if row["difference"] == "extra":
        return str(row["activity"])
    if row["difference"] == "out of order":
        return say("{one} before {other}", one=row["other_name"], other=row["name"])
    return str(row["name"])


def _share(row: dict[Any, Any]) -> str:
    if pd.isna(row["value"]):
        return say("too few")
    return with_interval(row["value"], row["low"], row["high"], _RATE)
