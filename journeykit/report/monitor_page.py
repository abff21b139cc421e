"""What moved since the last time: waves, KPIs, and how many to ask next time.

The notebook ``14_monitor_and_review`` shows these parts. A change that may be chance is
said to be one; several touchpoints are corrected for.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.check.kpi_status import kpi_standings
from journeykit.definitions import MEASURES
from journeykit.language import day
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
from journeykit.report.parts import Part
from journeykit.show.charts import picture
from journeykit.show.numbers import count, signed, value_text, with_interval
from journeykit.workshop import Workshop

__all__ = ["MonitorPage"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_ONE_WAVE = (
    "A change needs two surveys. Bring the next one with journeykit import and the "
    "mapping of this one: drifting column names are declared there once."
)


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
            return parts.sentence("There is no KPI yet: step 1 asks for them.")
        rows = []
        for one in standings:
            kpi = self.document[one.kpi]
            assert isinstance(kpi, Kpi)
            rows.append(
                {
                    "kpi": kpi.name,
                    "value": _kpi_text(kpi, one.value),
                    "target": _kpi_text(kpi, kpi.target),
                    "status": one.status.capitalize(),
                    "change": "" if one.change is None else signed(one.change, 2),
                    "n": "" if one.n is None else count(one.n),
                    "day": day(one.day),
                }
            )
        reached = sum(one.status == "reached" for one in standings)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "kpi": "KPI",
                "value": "Latest",
                "target": "Target",
                "status": "Status",
                "change": "Since the one before",
                "n": "n",
                "day": "Of",
            },
            is_ranked=False,
            title=f"{reached} of {len(standings)} KPIs have reached their target",
            subtitle="May be chance: the target lies inside the 95 % interval.",
        )

    # --- waves ------------------------------------------------------------------------

    def changes(self) -> Part:
        """Return what changed between the last two surveys, with its interval."""
        waves = self.waves()
        if len(waves) < 2:
            return parts.sentence(_ONE_WAVE)
        before, after = waves[-2:]
        table = wave_changes(before, after, minimum=self.minimum)
        table = table[table["group"].isna()]
        shown = table[table["definition"].isin((_NPS, _CSAT))]
        real = shown[shown["is_change"].fillna(value=False).astype(bool)]
        rows = [self._change_row(row) for row in shown.to_dict("records")]
        said = f"{len(real)} of {len(shown)} scores changed beyond chance"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "what": "Score",
                "of": "Of",
                "before": before.name,
                "after": after.name,
                "change": "Change",
                "verdict": "Verdict",
            },
            is_ranked=False,
            title=said,
            subtitle="With 95 % interval; corrected for the number of scores "
            "(Benjamini and Hochberg).",
        )

    def _change_row(self, row: dict[Any, Any]) -> dict[str, str]:
        definition = row["definition"]
        is_known = not pd.isna(row["value"])
        change = (
            with_interval(row["value"], row["low"], row["high"], definition)
            if is_known
            else ""
        )
        verdict = row["note"] or str(row["reliability"])
        if is_known:
            verdict = "changed" if row["is_change"] else "may be chance"
        return {
            "what": MEASURES[definition].short,
            "of": self._name(row["touchpoint"]) or f"whole journey ({row['column']})",
            "before": _value(row["before"], definition),
            "after": _value(row["after"], definition),
            "change": change,
            "verdict": verdict,
        }

    def over_time(self, definition: str = _NPS) -> Part:
        """Return a score of the whole journey over all waves, with control limits."""
        waves = self.waves()
        if len(waves) < 3:
            return parts.sentence("Lines over time need three surveys or more.")
        scores = wave_scores(waves, minimum=self.minimum)
        lines = kpi_lines(scores, minimum=self.minimum)
        here = lines[
            (lines["definition"] == definition)
            & lines["group"].isna()
            & lines["touchpoint"].isna()
        ]
        if here.empty:
            words = f"No survey asks for the {MEASURES[definition].label.lower()}."
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
                "No moment is marked yet, so nothing to compare with."
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
                    "what": MEASURES[one.definition].short
                    if one.definition in MEASURES
                    else one.definition,
                    "of": self._name(one.subject) or "whole journey",
                    "among": self._name(one.persona) or "all",
                    "before": _value(was.value, one.definition),
                    "after": _value(one.value, one.definition),
                }
            )
        if not rows:
            return parts.sentence(f"Nothing measured has moved since “{mark.name}”.")
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "what": "Score",
                "of": "Of",
                "among": "Among",
                "before": f"At “{mark.name}”",
                "after": "Now",
            },
            is_ranked=False,
            title=f"{count(len(rows))} numbers moved since “{mark.name}”",
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
            "CSAT to within 5 points": n_for_share(0.05, **given),
            "CSAT to within 3 points": n_for_share(0.03, **given),
            "NPS to within 5 points": n_for_net_promoter_score(5, **given),
            "NPS to within 3 points": n_for_net_promoter_score(3, **given),
            "A rise of CSAT from 70 to 75 %": n_to_detect_share(0.7, 0.75, **given),
            "A change of NPS by 5 points": n_to_detect_net_promoter_score(5, **given),
        }
        rows = [
            {
                "aim": aim,
                "n": count(plan.n),
                "groups": "in each survey" if plan.n_groups > 1 else "",
                "invited": "" if plan.n_invited is None else count(plan.n_invited),
            }
            for aim, plan in plans.items()
        ]
        heads = {"aim": "To see", "n": "Answers needed", "groups": ""}
        if response_rate:
            heads["invited"] = "People to ask"
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title="How many answers the next survey needs",
            subtitle="95 % interval; changes are seen four times in five.",
        )


def _value(value: float | None, definition: str) -> str:
    if value is None or pd.isna(value):
        return "not measured"
    if definition not in MEASURES:
        return f"{value:g}"
    return value_text(value, definition)


def _kpi_text(kpi: Kpi, value: float | None) -> str:
    if value is None:
        return ""
    if kpi.measure in MEASURES:
        return value_text(value, kpi.measure)
    return f"{value:g} {kpi.unit}".rstrip()
