"""Which pain points first: by several methods side by side, and how firm that is.

The notebooks ``07_pain_points`` and ``09_opportunities_and_experiments`` show these
parts. The numbers do not decide: the team does, and notes why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import pandas as pd

from journeykit.check.priority_inputs import (
    Factor,
    PriorityInputs,
    Row,
    affected_rows,
    opportunity_inputs,
    pain_point_inputs,
)
from journeykit.measure.priority import (
    PRIORITY_METHODS,
    rice_scores,
    risk_priority_numbers,
    severity_times_frequency,
)
from journeykit.measure.priority_agreement import (
    method_agreement,
    rankings_side_by_side,
    rating_spread,
)
from journeykit.measure.priority_data import data_driven_priority
from journeykit.measure.priority_people import impact_effort, vote_counts
from journeykit.measure.priority_quadrants import importance_performance
from journeykit.measure.priority_stability import rank_stability
from journeykit.model import Document
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.report.priority_words import method_definitions, only_ranking
from journeykit.show.charts import picture
from journeykit.show.numbers import NBSP, count
from journeykit.workshop import Workshop

__all__ = ["PriorityPage"]

_LINE = 3.5
_CLOSE = (
    "What they gave shows once everybody is done: set voting_closed to True in the "
    "settings above."
)
_NO_RATINGS = (
    "Nothing is rated yet. Rate severity and frequency above, then run this again."
)
_NO_IDEAS = (
    "Nothing is rated yet. Rate effect and effort of the opportunities above, then run "
    "this again."
)
_STRONG, _WEAK = 0.7, 0.3
_APART = 2


class PriorityPage:
    """What comes first, by each method that has what it needs.

    Parameters
    ----------
    workshop
        The workshop.
    is_voting_closed
        Whether votes and single people's scores may be shown: while people give them,
        they would follow each other.
    """

    def __init__(self, workshop: Workshop, *, is_voting_closed: bool = False) -> None:
        self.workshop = workshop
        self.is_voting_closed = is_voting_closed
        self.document: Document = workshop.document()
        self.minimum = workshop.case.min_group

    # --- rankings ---------------------------------------------------------------------

    @cached_property
    def pains(self) -> PriorityInputs:
        """What the ways of ranking pain points take."""
        return pain_point_inputs(self.document)

    @cached_property
    def ideas(self) -> PriorityInputs:
        """What the ways of ranking opportunities take."""
        return opportunity_inputs(self.document)

    @cached_property
    def pain_rankings(self) -> dict[str, pd.DataFrame]:
        """Method to its ranking of the pain points, the default first."""
        found = self._rankings(self.pains)
        rows, _ = affected_rows(self.document, self._driver_weights())
        if rows:
            table = data_driven_priority(_table(rows), minimum=self.minimum)
            found |= _if_ranked("data_driven", table)
        return found

    def _rankings(self, given: PriorityInputs) -> dict[str, pd.DataFrame]:
        found: dict[str, pd.DataFrame] = {}
        for method, rows in given.tables.items():
            found |= _if_ranked(method, _RANKINGS[method](_table(rows)))
        if given.votes and self.is_voting_closed:
            table = vote_counts(_table(given.votes), list(given.names))
            found |= _if_ranked("votes", table)
        return found

    def _driver_weights(self) -> dict[str, Factor]:
        for one in self.workshop.data_sets("survey"):
            table = self.workshop.summary(one.id).tables.get("drivers")
            if table is None or table["value"].isna().all():
                continue
            known = table.dropna(subset=["value"])
            return {
                str(row["touchpoint"]): Factor(row["value"], row["low"], row["high"])
                for row in known.to_dict("records")
            }
        return {}

    def _stability(self) -> pd.DataFrame:
        rows = _table(self.pains.tables["severity_frequency"])
        top = _top(self.pains)
        return rank_stability(rows, individual=_individual(self.pains), top=top)

    # --- pain points ------------------------------------------------------------------

    def ranking(self) -> Part:
        """Return the pain points by each method side by side, and how firm it is."""
        if not self.pain_rankings:
            return parts.sentence(_NO_RATINGS)
        stable = (
            self._stability() if "severity_frequency" in self.pain_rankings else None
        )
        return self._side_by_side(self.pain_rankings, self.pains, stable)

    def _side_by_side(
        self,
        rankings: Mapping[str, pd.DataFrame],
        given: PriorityInputs,
        stable: pd.DataFrame | None,
    ) -> Part:
        if len(rankings) == 1:
            return only_ranking(*next(iter(rankings.items())), given.names)
        labelled = {PRIORITY_METHODS[name].label: one for name, one in rankings.items()}
        table = rankings_side_by_side(labelled)
        options = {"stability": stable, "names": given.names, "top": _top(given)}
        return parts.figure(picture("priority_slope", table=table, **options))

    def stability(self) -> Part:
        """Return how often each pain point stays among the first three."""
        if "severity_frequency" not in self.pain_rankings:
            return parts.sentence(_NO_RATINGS)
        table = self._stability()
        firm = int((table["top_share"] >= 0.8).sum())
        place = _PLACES[_top(self.pains)]
        rows = [
            {
                "name": self.pains.names[row["entry"]],
                "share": _percent(row["top_share"]),
                "between": f"{_rank(row['rank_low'])} to {_rank(row['rank_high'])}"
                if pd.notna(row["rank_low"])
                else "",
                "n": _count(row["n_people"]),
            }
            for row in table.to_dict("records")
        ]
        noun = "pain point stays" if firm == 1 else "pain points stay"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": "Pain point",
                "share": place.capitalize(),
                "between": "Ranks from",
                "n": "People who scored",
            },
            title=f"{firm or 'No'} {noun} {place}, whatever is varied",
            subtitle=f"Severity {_TIMES} frequency, reckoned a thousand times with the "
            "scores of single people, or one step up or down, and other weights. Firm "
            f"from 80{NBSP}% on.",
        )

    def agreement(self) -> Part:
        """Return how far each two methods agree on the order."""
        if len(self.pain_rankings) < 2:
            return parts.sentence(
                "One method only has what it needs, so there is nothing to compare."
                if self.pain_rankings
                else _NO_RATINGS
            )
        top = _top(self.pains)
        table = method_agreement(self.pain_rankings, top=top)
        rows = [
            {
                "methods": f"{PRIORITY_METHODS[row['method_a']].label} and "
                f"{PRIORITY_METHODS[row['method_b']].label}",
                "says": _agreement(row["kendall"]),
                "kendall": "" if pd.isna(row["kendall"]) else f"{row['kendall']:.2f}",
                "shared": count(int(row["n_top_shared"])),
                "n": count(int(row["n"])),
            }
            for row in table.to_dict("records")
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "methods": "Methods",
                "says": "Order",
                "kendall": "Kendall’s tau",
                "shared": f"{_PLACES[top].capitalize()} by both",
                "n": "Ranked by both",
            },
            title="Where methods differ, ask what the one knows and the other does not",
            subtitle="Tau: 1 the same order, 0 none in common, \N{MINUS SIGN}1 the "
            "other way round.",
        )

    def disagreement(self) -> Part:
        """Return where people see severity and frequency otherwise, widest first."""
        scores = _individual(self.pains)
        if scores is None:
            return parts.sentence(
                "Nobody scored alone yet, so nobody can say where you differ."
            )
        if not self.is_voting_closed:
            return parts.sentence(f"{_people(self.pains.individual)} scored. {_CLOSE}")
        table = rating_spread(scores)
        table = table[table["n_people"] >= 2]
        if table.empty:
            return parts.sentence(
                "One person scored so far: differences show from two on."
            )
        wide = table[table["spread"] >= _APART]
        if wide.empty:
            return parts.sentence(
                "You see the pain points alike: nobody is two steps from anybody else."
            )
        rows = [
            {
                "name": self.pains.names[row["entry"]],
                "criterion": str(row["criterion"]).capitalize(),
                "median": f"{row['median']:g}",
                "range": f"{row['lowest']:g} to {row['highest']:g}",
                "n": count(int(row["n_people"])),
            }
            for row in wide.to_dict("records")
        ]
        n = len(rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": "Pain point",
                "criterion": "Of",
                "median": "Median",
                "range": "Lowest to highest",
                "n": "People",
            },
            title=f"{n} {'rating is' if n == 1 else 'ratings are'} worth a talk",
            subtitle="Two steps or more apart: let both ends say what they saw, before "
            "anybody argues.",
        )

    def methods(self) -> Part:
        """Return each method: its formula, its caution, and what it still needs."""
        used = {*self.pain_rankings, *self._rankings(self.ideas)}
        if all(self.workshop.data_sets(kind) for kind in ("purchases", "events")):
            used.add("value_at_stake")
        _, is_reach = affected_rows(self.document, self._driver_weights())
        return method_definitions(used, line=_LINE, is_reach=is_reach)

    # --- opportunities ----------------------------------------------------------------

    def opportunities(self) -> Part:
        """Return the opportunities by effect and effort, RICE and votes."""
        rankings = self._rankings(self.ideas)
        if not rankings:
            return parts.sentence(_NO_IDEAS)
        return self._side_by_side(rankings, self.ideas, None)

    def votes(self) -> Part:
        """Return how many dots each pain point has, once voting is closed."""
        given = [*self.pains.votes, *self.ideas.votes]
        if not given:
            return parts.sentence("Nobody has voted yet.")
        if not self.is_voting_closed:
            return parts.sentence(f"{_people(given)} voted. {_CLOSE}")
        names = {**self.pains.names, **self.ideas.names}
        table = vote_counts(_table(given), list(names))
        rows = [
            {
                "name": names[row["entry"]],
                "dots": int(row["value"]),
                "n": int(row["n_people"]),
            }
            for row in table.to_dict("records")
            if row["value"]
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"name": "Voted for", "dots": "Dots", "n": "By people"},
            title=f"“{rows[0]['name']}” has most dots",
        )


_PLACES = {1: "first", 2: "among the first two", 3: "among the first three"}
_TIMES = "\N{MULTIPLICATION SIGN}"

_RANKINGS: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "severity_frequency": severity_times_frequency,
    "risk_priority_number": risk_priority_numbers,
    "importance_performance": lambda table: importance_performance(
        table, crosshair=(_LINE, _LINE)
    ),
    "impact_effort": lambda table: impact_effort(table, line=_LINE),
    "rice": rice_scores,
}


def _if_ranked(method: str, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a ranking by its method; nothing if it ranks nothing."""
    return {method: table} if table["rank"].notna().any() else {}


def _people(rows: Sequence[Row]) -> str:
    n = len({row["participant"] for row in rows})
    return f"{n} {'person has' if n == 1 else 'people have'}"


def _top(given: PriorityInputs) -> int:
    """Return how many places count as the top: among three, to be third is nothing."""
    return min(3, max(len(given.names) - 1, 1))


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame([dict(row) for row in rows])


def _individual(given: PriorityInputs) -> pd.DataFrame | None:
    return _table(given.individual) if given.individual else None


def _rank(value: float) -> str:
    return "" if pd.isna(value) else f"{value:g}"


def _count(value: float) -> str:
    return "agreed only" if not value or pd.isna(value) else f"{value:g}"


def _percent(share: float) -> str:
    return "" if pd.isna(share) else f"{100 * share:.0f}{NBSP}%"


def _agreement(tau: float) -> str:
    if pd.isna(tau):
        return "too few to say"
    if tau >= _STRONG:
        return "nearly the same"
    if tau >= _WEAK:
        return "alike"
    return "hardly alike" if tau > -_WEAK else "the other way round"
