"""Many workshops on a few pages: who stands apart, what hurts in common, what is late.

The notebook ``templates/reports/portfolio.ipynb`` shows these parts. Places in the
league come with their ends: a difference between two workshops that chance can explain
is not told as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import version
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.errors import UnknownNameError
from journeykit.language import day, percent, say, say_count, speak, word
from journeykit.measure.league import league_table
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.portfolio_reading import (
    Unread,
    WorkshopFacts,
    places_of,
    read_workshops,
)
from journeykit.report.portfolio_tables import PortfolioTables
from journeykit.report.subject_report import section_named
from journeykit.show.charts import picture
from journeykit.show.league_chart import places_text
from journeykit.show.numbers import count, value_text, with_interval
from journeykit.store.store import utc_now

__all__ = ["Portfolio"]

_NPS = "net_promoter_score"
_DRAWN = 24
_RANKED = (
    *(_NPS, "customer_satisfaction_score", "mean_satisfaction"),
    *("customer_effort_score", "easy_share", "retention_rate", "churn_rate"),
)
"""What a league may be ranked by, and which wins where as many workshops have it."""

_STANDINGS = {
    "better": word("better"),
    "worse": word("worse"),
    "may be chance": word("may be chance"),
}


class Portfolio(PortfolioTables):
    """A roll-up of many workshops.

    Parameters
    ----------
    workshops
        Paths and URLs; a folder stands for the workshops in it.
    measure
        Key of the score to rank by; empty for the one that most workshops have.
    language
        Language of the page's own words; empty for English.
    today
        Date of the report; that of the clock if None.

    Raises
    ------
    UnknownNameError
        If there is no such measure, or its words are not known in that language.
    """

    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "league": (
                word("Side by side"),
                word(
                    "One score of the whole journey. Who cannot be told from the "
                    "others is grey: a place alone would claim more than is known."
                ),
            ),
            "journeys": (word("Journey by journey"), ""),
            "pains": (word("What hurts in common"), ""),
            "evidence": (word("How far each rests on data"), ""),
            "late": (word("What is late, and what nobody looks after"), ""),
        }
    )

    def __init__(
        self,
        workshops: Sequence[str],
        *,
        measure: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        self.language = language or "en"
        speak(self.language)
        if measure and measure not in _RANKED:
            raise UnknownNameError("score to rank by", measure, _RANKED)
        self.today = today or utc_now().astimezone().date()
        found = list(read_workshops(places_of(workshops)))
        self.unread = tuple(one for one in found if isinstance(one, Unread))
        self.read = self._named(
            [one for one in found if isinstance(one, WorkshopFacts)]
        )
        self.measure = measure or self._most_measured()

    def _most_measured(self) -> str:
        counts = {key: sum(key in one.scores for one in self.read) for key in _RANKED}
        return max(_RANKED, key=lambda key: counts[key])

    def section(self, name: str) -> Part:
        """Return the heading of a section by its key, with the sentence below it."""
        return section_named(name, self.sections)

    def band(self) -> Part:
        """Return the opening: how many workshops, of whom, ranked by what."""
        owners = dict.fromkeys(one.organisation for one in self.read)
        names = [one for one in owners if one]
        n_all = len(self.read) + len(self.unread)
        return parts.band(
            say_count("{n} workshop", "{n} workshops", n_all),
            kind=say("Portfolio of customer journeys"),
            facts={
                say("Organisation"): names[0] if len(names) == 1 else "",
                say("Organisations"): count(len(names)) if len(names) > 1 else "",
                say("Read"): say(
                    "{n} of {n_all}", n=count(len(self.read)), n_all=count(n_all)
                ),
                say("Ranked by"): say(MEASURES[self.measure].label)
                if len(self.league)
                else "",
                say("Date"): day(self.today),
            },
            language=self.language,
        )

    @cached_property
    def league(self) -> pd.DataFrame:
        """The workshops in the order of their score, as ``league_table`` gives it."""
        rows = [
            (one.name, score.value, score.low, score.high, score.n)
            for one in self.read
            if (score := one.scores.get(self.measure)) is not None
        ]
        table = pd.DataFrame(rows, columns=["name", "value", "low", "high", "n"])
        is_up = MEASURES[self.measure].direction == "higher is better"
        return league_table(table, is_up=is_up)

    # --- what was found ---------------------------------------------------------------

    def found(self) -> Part:
        """Return in three sentences who stands apart, what hurts, what is late."""
        if not self.read:
            text = say("No workshop could be read: there is nothing to roll up.")
            return parts.found([text])
        said = [self._who_stands_apart(), self._what_hurts(), self._what_is_late()]
        return parts.found([one for one in said if one is not None])

    def _who_stands_apart(self) -> tuple[str, str] | str:
        table = self.league
        if table.empty:
            return say(
                "No workshop has a score of its whole journey yet: nothing to rank."
            )
        rows = table.to_dict("records")
        first, last = rows[0], rows[-1]
        if len(rows) == 1:
            text = say(
                "Only {name} has a score: {short} {score}, n {n}.",
                name=first["name"],
                short=say(MEASURES[self.measure].short),
                score=self._score(first),
                n=count(int(first["n"])),
            )
            return value_text(first["value"], self.measure), text
        better = int((table["standing"] == "better").sum())
        worse = int((table["standing"] == "worse").sum())
        text = say(
            "Better than the others: {better} of {n_all} workshops; worse: {worse}; "
            "may differ by chance: {alike}. {short} from {low} ({last}) to {high} "
            "({first}).",
            better=count(better),
            worse=count(worse),
            alike=count(len(rows) - better - worse),
            n_all=count(len(rows)),
            short=say(MEASURES[self.measure].short),
            low=value_text(last["value"], self.measure),
            last=last["name"],
            high=value_text(first["value"], self.measure),
            first=first["name"],
        )
        return f"{better + worse}/{len(rows)}", text

    def _score(self, row: Mapping[object, float]) -> str:
        return with_interval(row["value"], row["low"], row["high"], self.measure)

    def _what_hurts(self) -> tuple[str, str] | None:
        table = self.pain_table
        if table.empty:
            return None
        top = table.iloc[0]
        text = say(
            "{category}: open pain points in {n} of {n_all} workshops, {n_pains} in "
            "all.",
            category=top["category"],
            n=count(int(top["n_workshops"])),
            n_all=count(len(self.read)),
            n_pains=count(int(top["n"])),
        )
        return f"{top['n_workshops']}/{len(self.read)}", text

    def _what_is_late(self) -> tuple[str, str]:
        late = sum(one.n_overdue(self.today) for one in self.read)
        n_open = sum(len(one.actions) for one in self.read)
        stale = sum(one.is_stale(self.today) for one in self.read)
        unowned = sum(not one.owner for one in self.read)
        if not n_open:
            text = say(
                "No action is open. Stale workshops: {stale}; without an owner: "
                "{unowned}.",
                stale=count(stale),
                unowned=count(unowned),
            )
            return count(late), text
        text = say(
            "Overdue: {late} of {n_open} open actions. Stale workshops: {stale}; "
            "without an owner: {unowned}.",
            late=count(late),
            n_open=count(n_open),
            stale=count(stale),
            unowned=count(unowned),
        )
        return count(late), text

    def evidence(self) -> Part:
        """Return how much of all maps together is assumed, observed and measured."""
        without = [
            one.name
            for one in self.read
            if one.shares.n_cells and not one.shares.n_measured
        ]
        more = len(without) - 12
        if more > 0:
            without = [*without[:12], say("{n} more", n=count(more))]
        return parts.evidence(
            assumed=sum(one.shares.n_assumed for one in self.read),
            observed=sum(one.shares.n_observed for one in self.read),
            measured=sum(one.shares.n_measured for one in self.read),
            without_data=without,
        )

    # --- side by side -----------------------------------------------------------------

    def standings(self) -> Part:
        """Return the league as a picture: dots, intervals and possible places."""
        if self.league.empty:
            return parts.sentence(
                say(
                    "No workshop has a score of its whole journey. Bring a survey with "
                    "an overall question and measure it: step 5 of the workbook."
                )
            )
        return parts.figure(
            picture(
                "league",
                table=self.league,
                definition=self.measure,
                source=self._league_source(),
            )
        )

    def _league_source(self) -> str:
        n_without = len(self.read) - len(self.league)
        said = [say("Source: the measurements that each workshop keeps.")]
        if n_without:
            said.append(
                say_count(
                    "{n} workshop has no such score.",
                    "{n} workshops have no such score.",
                    n_without,
                )
            )
        return " ".join(said)

    def league_rows(self) -> Part:
        """Return the whole league as a table, every workshop of it."""
        if len(self.league) < 2:
            return parts.sentence(say("A league needs two workshops with a score."))
        rows = [
            {
                "name": row["name"],
                "score": self._score(row),
                "n": int(row["n"]),
                "places": places_text(int(row["rank_low"]), int(row["rank_high"])),
                "alike": int(row["n_alike"]),
                "standing": say(_STANDINGS[row["standing"]]),
            }
            for row in self.league.to_dict("records")
        ]
        widest = max(int(one) for one in self.league["n_alike"])
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Workshop"),
                "score": say(MEASURES[self.measure].short),
                "n": say("Answers"),
                "places": say("Possible places"),
                "alike": say("Cannot be told from"),
                "standing": say("Beside the others"),
            },
            title=say_count(
                "A workshop cannot be told from up to {n} other",
                "A workshop cannot be told from up to {n} others",
                widest,
            ),
            subtitle=say(
                "Possible places hold for all workshops together with 95 % (Klein, "
                "Wright and Wieczorek 2020). Beside the others: against the mean of "
                "all others, corrected for their number (Benjamini and Hochberg)."
            ),
        )

    def journeys(self) -> Part:
        """Return the journeys as small fields side by side, lowest score first."""
        places = {row["name"]: row for row in self.league.to_dict("records")}
        ordered = sorted(
            (one for one in self.read if one.points),
            key=lambda one: -int(places[one.name]["rank"]) if one.name in places else 1,
        )
        if not ordered:
            return parts.sentence(say("No workshop has a map yet."))
        rows = [(one.name, *point) for one in ordered[:_DRAWN] for point in one.points]
        source = say("Source: the maps of the workshops.")
        if len(ordered) > _DRAWN:
            more = say(
                "Drawn: the {n} of {n_all} workshops with the lowest scores.",
                n=count(_DRAWN),
                n_all=count(len(ordered)),
            )
            source = f"{more} {source}"
        short = say(MEASURES[self.measure].short)
        scores = {
            name: f"{short} {value_text(row['value'], self.measure)}"
            for name, row in places.items()
        }
        names = ["workshop", "column", "touchpoint", "felt", "measured"]
        return parts.figure(
            picture(
                "small_multiples",
                rows=pd.DataFrame(rows, columns=names),
                scores=scores,
                source=source,
            )
        )

    # --- small print ------------------------------------------------------------------

    def definitions(self) -> Part:
        """Return what the numbers of this report mean."""
        measure = MEASURES[self.measure]
        terms = {}
        if len(self.league):
            terms[say(measure.label)] = say(
                "{meaning} Interval: {interval}, {percent}.",
                meaning=say(measure.text),
                interval=say(measure.interval),
                percent=percent(0.95),
            )
            terms[say("Possible places")] = say(
                "Each interval is widened so that all of them hold at once with 95 %. "
                "A workshop stands behind those that lie wholly above it, and before "
                "those wholly below; between these two places it cannot be ranked."
            )
        terms[say("Stale")] = say(
            "The last named moment of the workshop is older than it says itself, 180 "
            "days if nobody chose otherwise."
        )
        terms[say("Assumed, observed, measured")] = say(
            "A cell is a touchpoint with an emotion, goal, action, thought or pain "
            "point. Assumed: we think so. Observed: interview, quote, ticket or visit. "
            "Measured: computed from data in this workshop."
        )
        return parts.definitions(terms)

    def credits(self) -> Part:
        """Return marks, and how the report was made."""
        lines = [say(NPS_CREDIT)] if self.measure == _NPS and len(self.league) else []
        made = say("Made with journeykit {version}.", version=version("journeykit"))
        return parts.credits([*lines, made])
