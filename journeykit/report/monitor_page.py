"""What moved since the last time: waves, KPIs, and how many to ask next time.

The notebook ``14_monitor_and_review`` shows these parts. A change that may be chance is
said to be one; several touchpoints are corrected for.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.check.kpi_status import kpi_standings
from journeykit.definitions import MEASURES
from journeykit.language import day, percent, say, say_count, word
from journeykit.measure.kpi_lines import kpi_lines
from journeykit.measure.sample_size import (
    n_for_net_promoter_score,
    n_for_share,
    n_to_detect_net_promoter_score,
    n_to_detect_share,
)
from journeykit.measure.waves import SurveyWave, wave_changes, wave_scores
from journeykit.model import Document, Kpi, Measurement, SurveyMapping
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.charts import picture
from journeykit.show.numbers import count, signed, value_text, with_interval
from journeykit.workshop import Workshop

__all__ = ["MonitorPage"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_ONE_WAVE = word(
    "A change needs two surveys. Bring the next one with journeykit import and the "
    "mapping of this one: drifting column names are declared there once."
)
_STATUSES = {
    "reached": word("Reached"),
    "missed": word("Missed"),
    "may be chance": word("May be chance"),
    "no target": word("No target"),
    "not measured": word("Not measured"),
}


class MonitorPage:
    """What a workshop's data say about change.

    Parameters
    ----------
    workshop
        The workshop.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.document: Document = workshop.document()
        self.minimum = workshop.case.min_group

    def _name(self, entry_id: object) -> str:
        entry = self.document.get(entry_id if isinstance(entry_id, str) else None)
        return entry.name_for_people if entry else ""

    def waves(self) -> list[SurveyWave]:
        """Return the surveys of the workshop, oldest first."""
        found: list[SurveyWave] = []
        for one in self.workshop.data_sets("survey"):
            name = one.title
            if name in {wave.name for wave in found}:
                name = f"{name} ({one.id})"
            table = self.workshop.survey(one.id)
            found.append(SurveyWave(name, table, one.mapping or SurveyMapping()))
        return found

    # --- KPIs -------------------------------------------------------------------------

    def kpis(self) -> Part:
        """Return where each KPI stands against its target."""
        standings = kpi_standings(self.document)
        if not standings:
            return parts.sentence(say("There is no KPI yet: step 1 asks for them."))
        rows = []
        for one in standings:
            kpi = self.document[one.kpi]
            assert isinstance(kpi, Kpi)
            rows.append(
                {
                    "kpi": kpi.name,
                    "value": _kpi_text(kpi, one.value),
                    "target": _kpi_text(kpi, kpi.target),
                    "status": say(_STATUSES[one.status]),
                    "change": "" if one.change is None else signed(one.change, 2),
                    "n": "" if one.n is None else count(one.n),
                    "day": day(one.day),
                }
            )
        reached = sum(one.status == "reached" for one in standings)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "kpi": say("KPI"),
                "value": say("Latest"),
                "target": say("Target"),
                "status": say("Status"),
                "change": say("Since the one before"),
                "n": "n",
                "day": say("Day"),
            },
            is_ranked=False,
            title=say_count(
                "{n_reached} of {n} KPIs have reached their target",
                "{n_reached} of {n} KPIs have reached their target",
                len(standings),
                n_reached=count(reached),
            ),
            subtitle=say(
                "May be chance: the target lies inside the {level} interval.",
                level=percent(0.95),
            ),
        )

    # --- waves ------------------------------------------------------------------------

    def changes(self) -> Part:
        """Return what changed between the last two surveys, with its interval."""
        waves = self.waves()
        if len(waves) < 2:
            return parts.sentence(say(_ONE_WAVE))
        before, after = waves[-2:]
        table = wave_changes(before, after, minimum=self.minimum)
        table = table[table["group"].isna()]
        shown = table[table["definition"].isin((_NPS, _CSAT))]
        real = shown[shown["is_change"].fillna(value=False).astype(bool)]
        rows = [self._change_row(row) for row in shown.to_dict("records")]
        said = say_count(
            "{n_changed} of {n} scores changed beyond chance",
            "{n_changed} of {n} scores changed beyond chance",
            len(shown),
            n_changed=count(len(real)),
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "what": say("Score"),
                "of": say("Where"),
                "before": before.name,
                "after": after.name,
                "change": say("Change"),
                "verdict": say("Verdict"),
            },
            is_ranked=False,
            title=said,
            subtitle=say(
                "With {level} interval; corrected for the number of scores (Benjamini "
                "and Hochberg).",
                level=percent(0.95),
            ),
        )

    def _change_row(self, row: dict[Any, Any]) -> dict[str, str]:
        definition = row["definition"]
        is_known = not pd.isna(row["value"])
        change = (
            with_interval(row["value"], row["low"], row["high"], definition)
            if is_known
            else ""
        )
        verdict = row["note"] or say(str(row["reliability"]))
        if is_known:
            verdict = say("changed") if row["is_change"] else say("may be chance")
        return {
            "what": say(MEASURES[definition].short),
            "of": self._name(row["touchpoint"])
            or say("whole journey ({column})", column=row["column"]),
            "before": _value(row["before"], definition),
            "after": _value(row["after"], definition),
            "change": change,
            "verdict": verdict,
        }

    def over_time(self, definition: str = _NPS) -> Part:
        """Return a score of the whole journey over all waves, with control limits."""
        waves = self.waves()
        if len(waves) < 3:
            return parts.sentence(say("Lines over time need three surveys or more."))
        scores = wave_scores(waves, minimum=self.minimum)
        lines = kpi_lines(scores, minimum=self.minimum)
        here = lines[
            (lines["definition"] == definition)
            & lines["group"].isna()
            & lines["touchpoint"].isna()
        ]
        if here.empty:
            measure = say(MEASURES[definition].label.lower())
            words = say("No survey asks for the {measure}.", measure=measure)
            return parts.sentence(words)
        first = here[here["column"] == here["column"].iloc[0]]
        limits = first.rename(columns={"wave": "period"})
        return parts.figure(
            picture("control_chart", limits=limits, definition=definition)
        )

    # --- since the last review --------------------------------------------------------

    def moved(self) -> Part:
        """Return which measured numbers moved since the last marked moment."""
        marks = self.workshop.marks()
        if not marks:
            return parts.sentence(
                say("No moment is marked yet, so nothing to compare with.")
            )
        mark = max(marks, key=lambda one: one.number)
        before = self.workshop.document(mark.name)
        old = {one.id: one for one in before.of(Measurement)}
        rows = []
        for one in self.document.of(Measurement):
            was = old.get(one.id)
            if was is None or was.value == one.value or one.is_weighted:
                continue
            rows.append(
                {
                    "what": say(MEASURES[one.definition].short)
                    if one.definition in MEASURES
                    else one.definition,
                    "of": self._name(one.subject) or say("whole journey"),
                    "among": self._name(one.persona) or say("all"),
                    "before": _value(was.value, one.definition),
                    "after": _value(one.value, one.definition),
                }
            )
        if not rows:
            return parts.sentence(
                say("Nothing measured has moved since “{mark}”.", mark=mark.name)
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "what": say("Score"),
                "of": say("Where"),
                "among": say("Among"),
                "before": say("At “{mark}”", mark=mark.name),
                "after": say("Now"),
            },
            is_ranked=False,
            title=say_count(
                "{n} number moved since “{mark}”",
                "{n} numbers moved since “{mark}”",
                len(rows),
                mark=mark.name,
            ),
        )

    # --- planning ---------------------------------------------------------------------

    def sample_size(
        self,
        *,
        population: int = 0,
        response_rate: float = 0.0,
    ) -> Part:
        """Return how many answers the next survey needs for what it is to show.

        Parameters
        ----------
        population
            Customers there are; 0 if many.
        response_rate
            Share of those asked who answer, 0 to 1; 0 if not known.
        """
        # Any: the keywords that every plan takes
        given: dict[str, Any] = {
            "population": population or None,
            "response_rate": response_rate or None,
        }
        plans = {
            say("CSAT to within 5 points"): n_for_share(0.05, **given),
            say("CSAT to within 3 points"): n_for_share(0.03, **given),
            say("NPS to within 5 points"): n_for_net_promoter_score(5, **given),
            say("NPS to within 3 points"): n_for_net_promoter_score(3, **given),
            say("A rise of CSAT from 70 to 75 %"): n_to_detect_share(
                0.7, 0.75, **given
            ),
            say("A change of NPS by 5 points"): n_to_detect_net_promoter_score(
                5, **given
            ),
        }
        rows = [
            {
                "aim": aim,
                "n": count(plan.n),
                "groups": say("in each survey") if plan.n_groups > 1 else "",
                "invited": "" if plan.n_invited is None else count(plan.n_invited),
            }
            for aim, plan in plans.items()
        ]
        heads = {"aim": say("To see"), "n": say("Answers needed"), "groups": ""}
        if response_rate:
            heads["invited"] = say("People to ask")
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=say("How many answers the next survey needs"),
            subtitle=say(
                "{level} interval; changes are seen four times in five.",
                level=percent(0.95),
            ),
        )


def _value(value: float | None, definition: str) -> str:
    if value is None or pd.isna(value):
        return say("not measured")
    if definition not in MEASURES:
        return f"{value:g}"
    return value_text(value, definition)


def _kpi_text(kpi: Kpi, value: float | None) -> str:
    if value is None:
        return ""
    if kpi.measure in MEASURES:
        return value_text(value, kpi.measure)
    return f"{value:g} {kpi.unit}".rstrip()
