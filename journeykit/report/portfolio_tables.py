"""The tables of a roll-up: what hurts in common, what is late, how far data reach."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd

from journeykit.language import commas, day, percent, say, say_count, semicolons
from journeykit.measure.intervals import wilson
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.portfolio_reading import Unread, WorkshopFacts
from journeykit.report.report_numbers import reason_words
from journeykit.show.numbers import count, with_interval
from journeykit.vocabulary import PAIN_CATEGORIES

__all__ = ["PortfolioTables"]

_MOST_ROWS = 30
_PAIN_COLUMNS = ["category", "n_workshops", "n", "worst", "example"]


class PortfolioTables:
    """The tables of many workshops.

    Parameters
    ----------
    Set by :class:`journeykit.report.portfolio.Portfolio`.
    """

    read: tuple[WorkshopFacts, ...]
    unread: tuple[Unread, ...]
    today: date

    @staticmethod
    def _named(found: list[WorkshopFacts]) -> tuple[WorkshopFacts, ...]:
        """Return the workshops with names that tell them apart."""
        twice = Counter(one.name for one in found)
        seen: Counter[str] = Counter()
        named = []
        for one in found:
            seen[one.name] += 1
            is_again = twice[one.name] > 1
            name = f"{one.name} ({seen[one.name]})" if is_again else one.name
            named.append(replace(one, name=name))
        return tuple(named)

    # --- pain points ------------------------------------------------------------------

    @cached_property
    def pain_table(self) -> pd.DataFrame:
        """Open pain points by category, the most widespread first."""
        n_of: Counter[str] = Counter()
        where: dict[str, set[str]] = {}
        worst: dict[str, tuple[int, str]] = {}
        for one in self.read:
            for pain in one.pains:
                key = pain.category.strip()
                n_of[key] += 1
                where.setdefault(key, set()).add(one.name)
                score = pain.priority or 0
                if key not in worst or score > worst[key][0]:
                    worst[key] = (score, pain.text)
        rows = [
            (_category(key), len(where[key]), n, worst[key][0] or None, worst[key][1])
            for key, n in n_of.items()
            if key
        ]
        rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
        return pd.DataFrame(rows, columns=_PAIN_COLUMNS).astype({"worst": "Int64"})

    def pains(self) -> Part:
        """Return the categories of pain points, in how many workshops each hurts."""
        table = self.pain_table
        without = sum(not pain.category for one in self.read for pain in one.pains)
        if table.empty:
            text = say("No open pain point has a category.")
            return parts.sentence(text)
        n_all = len(self.read)
        rows = []
        for row in table.head(_MOST_ROWS).to_dict("records"):
            low, high = wilson(row["n_workshops"], n_all)
            share = with_interval(row["n_workshops"] / n_all, low, high, "reach_rate")
            rows.append(
                {
                    "worst": row["worst"],
                    "category": row["category"],
                    "workshops": count(row["n_workshops"]),
                    "share": share,
                    "n": count(row["n"]),
                    "example": row["example"],
                }
            )
        top = table.iloc[0]
        source = ""
        if without:
            source = say_count(
                "{n} more open pain point has no category.",
                "{n} more open pain points have no category.",
                without,
            )
        return parts.ranked_table(
            pd.DataFrame(rows).astype({"worst": "Int64"}),
            {
                "worst": say("Worst score"),
                "category": say("Category"),
                "workshops": say("Workshops"),
                "share": say("Share of workshops"),
                "n": say("Pain points"),
                "example": say("The worst of them"),
            },
            dot="worst",
            title=say(
                "{category}: open pain points in {n} of {n_all} workshops",
                category=top["category"],
                n=count(int(top["n_workshops"])),
                n_all=count(n_all),
            ),
            subtitle=say(
                "Open pain points by category, the most widespread first; 95 % "
                "intervals (Wilson). Score: severity times frequency, 1 to 5 each."
            ),
            source=source,
        )

    # --- evidence ---------------------------------------------------------------------

    def evidence_rows(self) -> Part:
        """Return of each workshop what its map rests on, the least measured first."""
        known = [one for one in self.read if one.shares.n_cells]
        if not known:
            return parts.sentence(say("No workshop has a map with anything on it yet."))
        known.sort(key=lambda one: (one.shares.measured or 0.0, one.name))
        rows = [
            {
                "name": one.name,
                "measured": percent(one.shares.measured or 0.0),
                "observed": percent(one.shares.observed or 0.0),
                "assumed": percent(one.shares.assumed or 0.0),
                "cells": one.shares.n_cells,
                "touchpoints": one.n_touchpoints,
                "data": day(one.data_until) or say("no data"),
            }
            for one in known
        ]
        without = sum(not one.shares.n_measured for one in known)
        title = say_count(
            "The map of {n} workshop rests on data in part",
            "The maps of all {n} workshops rest on data in part",
            len(known),
        )
        if without:
            title = say(
                "{n} of {n_all} maps rest on no data at all",
                n=count(without),
                n_all=count(len(known)),
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Workshop"),
                "measured": say("Measured"),
                "observed": say("Observed"),
                "assumed": say("Assumed"),
                "cells": say("Cells"),
                "touchpoints": say("Touchpoints"),
                "data": say("Data until"),
            },
            is_ranked=False,
            title=title,
            subtitle=say("Shares of the cells of each map, the least measured first."),
        )

    # --- late -------------------------------------------------------------------------

    def overdue(self) -> Part:
        """Return the overdue actions of all workshops, the latest first."""
        late = [
            (action.days_late(self.today), one.name, action)
            for one in self.read
            for action in one.actions
            if action.days_late(self.today)
        ]
        n_open = sum(len(one.actions) for one in self.read)
        if not late:
            return parts.sentence(
                say_count(
                    "The one open action is not overdue.",
                    "None of {n} open actions is overdue.",
                    n_open,
                )
                if n_open
                else say("No action is open.")
            )
        late.sort(key=lambda row: (-row[0], row[1], row[2].text))
        rows = [
            {
                "days": days,
                "name": name,
                "action": action.text,
                "owner": action.owner or say("nobody yet"),
                "due": day(action.due),
            }
            for days, name, action in late[:_MOST_ROWS]
        ]
        n_more = len(late) - len(rows)
        n_workshops = len({name for _, name, _ in late})
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "action": say("Action"),
                "name": say("Workshop"),
                "owner": say("Owner"),
                "due": say("Due"),
                "days": say("Days late"),
            },
            is_ranked=False,
            title=say_count(
                "{n} of {n_open} open action is overdue; workshops concerned: "
                "{workshops}",
                "{n} of {n_open} open actions are overdue; workshops concerned: "
                "{workshops}",
                len(late),
                n_open=count(n_open),
                workshops=count(n_workshops),
            ),
            subtitle=say("The latest first."),
            source=say_count(
                "And {n} more, less late.", "And {n} more, less late.", n_more
            )
            if n_more
            else "",
        )

    def _problems(self, one: WorkshopFacts) -> list[str]:
        """Return what nobody looks after in a workshop, each in a few words."""
        said = []
        if not one.owner:
            said.append(say("no owner"))
        if one.is_stale(self.today) and one.last_seen is not None:
            said.append(
                say(
                    "stale: last looked at {days} days ago",
                    days=count((self.today - one.last_seen).days),
                )
            )
        if one.review_date is not None and one.review_date < self.today:
            said.append(
                say(
                    "review overdue since {day}",
                    day=day(one.review_date),
                )
            )
        if one.review_date is None:
            said.append(say("no review planned"))
        if not one.n_touchpoints:
            said.append(say("no map yet"))
        return said

    def neglected(self) -> Part:
        """Return which workshops are stale, without owner or review, or unreadable."""
        rows = [
            {"name": one.name, "what": say("could not be read: {why}", why=one.why)}
            | {"owner": ""}
            for one in self.unread
        ]
        found = [(one, self._problems(one)) for one in self.read]
        found = [row for row in found if row[1]]
        found.sort(key=lambda row: (-len(row[1]), row[0].name))
        rows += [
            {
                "name": one.name,
                "what": semicolons(problems),
                "owner": one.owner or say("nobody"),
            }
            for one, problems in found
        ]
        if not rows:
            return parts.sentence(
                say("Every workshop has an owner, a review to come, and is fresh.")
            )
        n_all = len(self.read) + len(self.unread)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Workshop"),
                "what": say("What is missing"),
                "owner": say("Owner"),
            },
            is_ranked=False,
            title=say(
                "{n} of {n_all} workshops need somebody to look after them",
                n=count(len(rows)),
                n_all=count(n_all),
            ),
        )

    def left_out(self) -> Part:
        """Return which workshops are not in the numbers, and which answers are not."""
        rows = [
            (one.name, say("the workshop could not be read: {why}", why=one.why), 0)
            for one in self.unread
        ]
        for one in self.read:
            for score in one.scores.values():
                if score.n_left_out and score.definition == self.measure:
                    why = commas(
                        say("“{name}”", name=reason_words(one))
                        for one in score.left_out
                    )
                    rows.append((one.name, why, score.n_left_out))
        shown = rows[:_MOST_ROWS]
        if len(rows) > len(shown):
            rest = rows[_MOST_ROWS:]
            n_left = sum(n for _, _, n in rest)
            name = say_count("{n} more", "{n} more", len(rest))
            shown.append((name, say("answers that are no answers"), n_left))
        return parts.left_out(shown)

    measure: str


def _category(key: str) -> str:
    """Return what people call a category: ours is said, theirs made readable."""
    if key in PAIN_CATEGORIES:
        return say(PAIN_CATEGORIES[key])
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]
