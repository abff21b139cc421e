"""The tables of a report on one workshop: pain points, opportunities, actions."""

from __future__ import annotations

from datetime import date

import pandas as pd

from journeykit.check.team_order import team_order
from journeykit.language import day, say, say_count, semicolons
from journeykit.model import Action, Opportunity
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.report_pages import ReportPages
from journeykit.show.numbers import count
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES, OPPORTUNITY_TYPES

__all__ = ["JourneyTables"]


class JourneyTables(ReportPages):
    """What hurts, what might be done, who does what; parameters as for its base."""

    def pain_points(self) -> Part:
        """Return the pain points, worst first, with the reasons of their rank."""
        table = self.pain_table
        if table.empty:
            return parts.sentence(
                say("No pain point was recorded yet: that is step 7, pain points.")
            )
        first = table.iloc[0]
        title = (
            say("{pain_point} hurts most", pain_point=first["pain_point"])
            if pd.isna(first["priority"])
            else say(
                "{pain_point} hurts most: {score} of 25",
                pain_point=first["pain_point"],
                score=first["priority"],
            )
        )
        source = say("Rated by the team in the workshop.")
        return parts.ranked_table(
            table,
            {
                "priority": say("Score"),
                "pain_point": say("Pain point"),
                "touchpoint": say("Touchpoint"),
                "severity": say("Severity"),
                "frequency": say("Frequency"),
                "status": say("Status"),
                "basis": say("Basis"),
                "owner": say("Owner"),
            },
            title=title,
            subtitle=say(
                "Severity times frequency, 1 to 5 each; severity first on ties."
            ),
            source=f"{source} {self._taken_up()}".strip(),
            dot="priority",
        )

    def _taken_up(self) -> str:
        """Return what the team chose to take up first, and why; empty if nothing."""
        said = [
            say(
                "{place} {pain_point} ({why})",
                place=one.place,
                pain_point=one.pain_point.text,
                why=why,
            )
            if why
            else f"{one.place} {one.pain_point.text}"
            for one in team_order(self.document)
            for why in [one.reason.rstrip(".")]
        ]
        return say("Taken up first: {list}.", list=semicolons(said)) if said else ""

    def opportunities(self) -> Part:
        """Return the opportunities by expected effect, and what each answers."""
        rows = [
            {
                "effect": one.expected_effect,
                "opportunity": one.text,
                "type": say(OPPORTUNITY_TYPES[one.opportunity_type]),
                "answers": semicolons(
                    other.name_for_people
                    for other in self.document.linked("answers", source=one.id)
                )
                or one.unmet_need,
                "effort": one.effort,
                "owner": self.name(one.owner),
            }
            for one in self.of(Opportunity)
        ]
        if not rows:
            return parts.sentence(
                say("No opportunity was recorded yet: that is step 9, opportunities.")
            )
        table = pd.DataFrame(rows)
        for name in ("effect", "effort"):
            table[name] = table[name].astype("Int64")
        table = table.sort_values(
            ["effect", "effort"], ascending=[False, True], na_position="last"
        )
        labels = {
            "opportunity": say("Opportunity"),
            "type": say("Type"),
            "answers": say("What it answers"),
            "effect": say("Effect"),
            "effort": say("Effort"),
            "owner": say("Owner"),
        }
        return parts.ranked_table(
            table.reset_index(drop=True),
            labels,
            title=say_count(
                "{n} opportunity", "{n} opportunities, the strongest first", len(table)
            ),
            subtitle=say(
                "Expected effect on satisfaction and effort, 1 (low) to 5 (high)."
            ),
        )

    def actions(self) -> Part:
        """Return who does what by when."""
        nobody = say("nobody yet")
        rows = [
            {
                "due": day(one.due) or say("no date"),
                "action": one.text,
                "type": say(ACTION_TYPES[one.action_type]),
                "owner": self.name(one.owner) or nobody,
                "effect": one.expected_effect or self.name(one.kpi),
                "status": say(ACTION_STATUSES[one.status]),
            }
            for one in sorted(self.of(Action), key=lambda one: one.due or date.max)
        ]
        if not rows:
            return parts.sentence(
                say("No action was agreed yet: that is step 12, the action plan.")
            )
        labels = {
            "action": say("Action"),
            "type": say("Type"),
            "owner": say("Owner"),
            "due": say("Due"),
            "effect": say("Expected effect"),
            "status": say("Status"),
        }
        n_owned = sum(row["owner"] != nobody for row in rows)
        title = (
            say_count(
                "{n} action, with an owner",
                "{n} actions, each with an owner",
                len(rows),
            )
            if n_owned == len(rows)
            else say_count(
                "{n} action, {n_owned} with an owner",
                "{n} actions, {n_owned} with an owner",
                len(rows),
                n_owned=count(n_owned),
            )
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            labels,
            title=title,
            subtitle=say("In the order of their dates."),
        )
