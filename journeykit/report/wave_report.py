"""What changed from one wave to the next: scores, KPIs, the map, what was done.

The notebook ``templates/reports/wave_change.ipynb`` shows these parts. What may be
chance is grey and said to be; that something was done between the waves is no proof
that it moved them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

import pandas as pd

from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.language import commas, day, percent, say, say_count, semicolons, word
from journeykit.measure.waves import SurveyWave, wave_changes
from journeykit.model import DataSet, SurveyMapping
from journeykit.report import parts
from journeykit.report.monitor_page import MonitorPage
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of
from journeykit.report.wave_map import WaveMap
from journeykit.report.wave_moments import moments_of
from journeykit.show.charts import picture
from journeykit.show.numbers import count, signed, value_text
from journeykit.workshop import Workshop

__all__ = ["WaveReport"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_SHOWN = (_NPS, _CSAT, "customer_effort_score")


class WaveReport(WaveMap):
    """What changed between two moments of a workshop.

    Parameters
    ----------
    workshop
        The workshop.
    before, after
        Id or title of a survey, or name of a mark; empty for the last two.
    persona, language, today
        As for its base.

    Raises
    ------
    UnknownNameError
        If there is no such survey, mark, persona or language.
    """

    kind: ClassVar[str] = word("From wave to wave")
    credited: ClassVar[tuple[str, ...]] = (NPS_CREDIT,)
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "moments": (word("What is compared"), ""),
            "moved": (
                word("What moved"),
                word(
                    "Beyond its interval, or perhaps by chance: many scores always "
                    "show some changes, so tests are corrected for their number."
                ),
            ),
            "kpis": (word("KPIs before and after"), ""),
            "map": (word("What changed on the map"), ""),
            "pains": (word("Pain points that came and went"), ""),
            "done": (
                word("What was done between"),
                word("Done between two waves is no proof that it moved them."),
            ),
        }
    )

    def __init__(
        self,
        workshop: Workshop,
        *,
        before: str = "",
        after: str = "",
        persona: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        super().__init__(workshop, persona=persona, language=language, today=today)
        self.before, self.after = moments_of(workshop, before, after)

    def band(self) -> Part:
        """Return the opening: which two moments, of whom, of when."""
        who = self.persona.name if self.persona else say("all customers")
        return parts.band(
            self.case.title,
            kind=say(self.kind),
            facts={
                say("Organisation"): self.case.organisation,
                say("Before"): self.name_of(self.before),
                say("After"): self.name_of(self.after),
                say("Seen by"): who,
                say("Date"): day(self.today),
                say("Owner"): self.name(self.case.owner),
            },
            language=self.language,
        )

    # --- numbers ----------------------------------------------------------------------

    @property
    def has_two_surveys(self) -> bool:
        """Whether there are two surveys, and not twice the same one."""
        if self.before is None or self.before.survey is None:
            return False
        return self.after.survey is not None and not self.is_same_survey

    @cached_property
    def changes(self) -> pd.DataFrame:
        """How much each score changed, of those whom the report is about."""
        if self.before is None or not self.has_two_surveys:
            return pd.DataFrame()
        assert self.before.survey is not None
        assert self.after.survey is not None
        waves = [
            self._wave(self.before.survey, say("before")),
            self._wave(self.after.survey, say("after")),
        ]
        table = wave_changes(waves[0], waves[1], minimum=self.case.min_group)
        group = self.persona.id if self.persona else None
        mine = table["group"].isna() if group is None else table["group"] == group
        table = table[mine & table["definition"].isin(_SHOWN)]
        whole = say("The whole journey")
        return table.assign(
            name=[
                self.name(row["touchpoint"]) or f"{whole} ({row['column']})"
                for row in table.to_dict("records")
            ]
        ).reset_index(drop=True)

    def _wave(self, survey: DataSet, name: str) -> SurveyWave:
        from journeykit.exchange.imported import answers

        table = answers(self.workshop.store, survey)
        return SurveyWave(name, table, survey.mapping or SurveyMapping())

    # --- what was found ---------------------------------------------------------------

    def found(self) -> Part:
        """Return in three sentences what moved, what was done, what changed."""
        said: list[str | tuple[str, str]] = [
            one
            for one in (self._what_moved(), self.what_became(), self.what_was_done())
            if one is not None
        ]
        return parts.found(said or [self._nothing_to_compare()])

    def _nothing_to_compare(self) -> str:
        return say(
            "A change needs two surveys, or a named moment before: bring the next "
            "survey with journeykit import, and name a moment with journeykit mark."
        )

    def _what_moved(self) -> tuple[str, str] | None:
        table = self.changes
        tested = table.dropna(subset=["value"]) if len(table) else table
        if tested.empty:
            return None
        clear = tested[tested["is_change"].fillna(value=False).astype(bool)]
        n_clear, n_all = count(len(clear)), count(len(tested))
        if clear.empty:
            text = say(
                "Of {n_all} scores none moved beyond chance.", n_all=count(len(tested))
            )
            return f"0/{len(tested)}", text
        # A share moves by tenths and an NPS by tens: by their own scale.
        span = clear["definition"].map(
            lambda key: MEASURES[key].highest - MEASURES[key].lowest
        )
        place = int((clear["value"].abs() / span).to_numpy().argmax())
        row = clear.iloc[place].to_dict()
        text = say(
            "{n} of {n_all} scores moved beyond chance, most “{name}”: {short} "
            "{before} before, {after} after.",
            n=n_clear,
            n_all=n_all,
            name=row["name"],
            short=say(MEASURES[row["definition"]].short),
            before=value_text(row["before"], row["definition"]),
            after=value_text(row["after"], row["definition"]),
        )
        return f"{len(clear)}/{len(tested)}", text

    # --- parts ------------------------------------------------------------------------

    def moments(self) -> Part:
        """Return the two moments: survey, period, answers, the map of which moment."""
        if self.before is None:
            return parts.sentence(self._nothing_to_compare())
        rows = []
        for which, one in ((say("before"), self.before), (say("after"), self.after)):
            survey = one.survey
            n = survey.n_rows if survey and self.persona is None else None
            of_map = one.mark or say("as it stands now")
            rows.append(
                {
                    "which": which,
                    "survey": survey.title if survey else say("no survey"),
                    "period": period_of(survey),
                    "n": count(n) if n is not None else "",
                    "map": say("not known: no moment was named then")
                    if one.document is None
                    else of_map,
                }
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "which": say("Moment"),
                "survey": say("Survey"),
                "period": say("Answers from"),
                "n": say("Answers"),
                "map": say("The map"),
            },
            is_ranked=False,
            title=say(
                "{before} against {after}",
                before=self.name_of(self.before),
                after=self.name_of(self.after),
            ),
            subtitle=self._same_survey(),
        )

    def _same_survey(self) -> str:
        if self.has_two_surveys:
            return say(
                "Two surveys of different people; the mapping of each says which "
                "questions are the same."
            )
        if self.is_same_survey:
            return say(
                "Both moments rest on the same answers: no score can have moved."
            )
        return say("One of both moments has no survey: no score can be compared.")

    def dumbbells(self) -> Part:
        """Return satisfaction at each touchpoint before and after."""
        table = self.changes
        if table.empty:
            return parts.sentence(self._no_change())
        rows = table[(table["definition"] == _CSAT) & table["touchpoint"].notna()]
        rows = rows.drop_duplicates("touchpoint")  # the main question comes first
        if rows.empty:
            return parts.sentence(
                say("Neither survey asks how satisfied people are at a touchpoint.")
            )
        return parts.figure(
            picture(
                "before_and_after",
                changes=rows.rename(columns={"value": "change"}),
                definition=_CSAT,
                before=self.name_of(self.before),
                after=self.name_of(self.after),
                source=self._source(),
            )
        )

    def _source(self) -> str:
        titles = [
            one.survey.title
            for one in (self.before, self.after)
            if one is not None and one.survey is not None
        ]
        return say("Source: {surveys}.", surveys=semicolons(titles))

    def _no_change(self) -> str:
        if self.before is None:
            return self._nothing_to_compare()
        return self._same_survey()

    def moved(self) -> Part:
        """Return every score with its change, interval and verdict."""
        table = self.changes
        if table.empty:
            return parts.NOTHING  # the picture says why
        is_clear = table["is_change"].fillna(value=False).astype(bool)
        ordered = table.assign(is_clear=is_clear, is_known=table["value"].notna())
        ordered = ordered.sort_values(
            ["is_clear", "is_known"], ascending=False, kind="stable"
        )
        rows = [self._moved_row(row) for row in ordered.to_dict("records")]
        tested = int(table["value"].notna().sum())
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Where"),
                "what": say("Score"),
                "before": say("Before"),
                "after": say("After"),
                "change": say("Change"),
                "verdict": say("Verdict"),
            },
            is_ranked=False,
            title=say_count(
                "{n} of {n_all} scores moved beyond chance",
                "{n} of {n_all} scores moved beyond chance",
                int(is_clear.sum()),
                n_all=count(tested),
            ),
            subtitle=say(
                "After less before with its 95 % interval; shares in points. Tests "
                "corrected for their number (Benjamini and Hochberg)."
            ),
            source=self._source(),
        )

    def _moved_row(self, row: Mapping[Any, Any]) -> dict[str, str]:
        definition = row["definition"]
        unit = MEASURES[definition].unit
        factor, digits = {"share": (100.0, 0), "points": (1.0, 1)}.get(unit, (1.0, 2))
        change, verdict = "", say("not compared")
        if not pd.isna(row["value"]):
            change = say(
                "{change} ({low} to {high})",
                change=signed(row["value"] * factor, digits),
                low=signed(row["low"] * factor, digits),
                high=signed(row["high"] * factor, digits),
            )
            verdict = say("moved") if row["is_change"] else say("may be chance")
        return {
            "name": row["name"],
            "what": say(MEASURES[definition].short),
            "before": _value(row["before"], definition),
            "after": _value(row["after"], definition),
            "change": change,
            "verdict": verdict,
        }

    def over_time(self) -> Part:
        """Return the net promoter score over all waves, if there are three or more."""
        return MonitorPage(self.workshop).over_time()

    def definitions(self) -> Part:
        """Return what the numbers of this report mean."""
        table = self.changes
        used = (
            []
            if table.empty
            else [k for k in _SHOWN if (table["definition"] == k).any()]
        )
        terms = {
            say(MEASURES[key].label): say(
                "{meaning} Interval: {interval}, {percent}.",
                meaning=say(MEASURES[key].text),
                interval=say(MEASURES[key].interval),
                percent=percent(0.95),
            )
            for key in used
        }
        terms[say("May be chance")] = say(
            "Of many scores some move by chance alone, so p values are raised by their "
            "number (Benjamini and Hochberg); above 0.05 it may be chance. NPS by "
            "adjusted Wald, shares by Newcombe and two proportions, means by Welch."
        )
        term, text = self.evidence_term()
        return parts.definitions({**terms, term: text})

    def left_out(self) -> Part:
        """Return which answers of both waves were left out, and why."""
        table = self.changes
        if table.empty:
            return parts.left_out([])
        rows = [
            (
                f"{row['name']} ({row['column']})"
                if row["touchpoint"]
                else row["name"],
                commas(say("“{name}”", name=why) for why in row["left_out"]),
                int(row["n_left_out"]),
            )
            for row in table.drop_duplicates("column").to_dict("records")
            if row["n_left_out"]
        ]
        return parts.left_out(rows)


def _value(value: float, definition: str) -> str:
    return say("not measured") if pd.isna(value) else value_text(value, definition)
