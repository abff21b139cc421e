"""A journey on one page, for a sponsor with two minutes.

The notebook ``templates/reports/executive_one_pager.ipynb`` shows these parts. What one
sheet cannot hold is cut here, and the page says how much; the journey report holds all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import version

import pandas as pd

from journeykit.check.evidence import evidence_shares
from journeykit.check.team_order import by_ratings, open_pain_points, team_order
from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.language import day, say, say_count
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.layout.workload import answered_by_actions
from journeykit.model import Action, DataSet, PainPoint, Persona
from journeykit.report import parts
from journeykit.report.curve_figure import curve_figure
from journeykit.report.decision_asked import decision_asked
from journeykit.report.evidence_lines import (
    cut,
    evidence_of,
    evidence_words,
    shortlist,
)
from journeykit.report.journey_report import JourneyReport
from journeykit.report.part import Part
from journeykit.report.report_numbers import source_of
from journeykit.report.subject_report import first_names
from journeykit.show.numbers import count, signed, typeset, value_text, with_interval
from journeykit.show.scores_data import scores_by_touchpoint_data

__all__ = ["ExecutiveOnePager"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_N_PAINS, _N_ACTIONS, _N_NAMES = 3, 4, 4
_LINE, _CELL = 110, 80


class ExecutiveOnePager(JourneyReport):
    """What a sponsor has to know and decide; parameters as for its base."""

    def band(self) -> Part:
        """Return the opening, which also says that one page is all there is."""
        case = self.case
        opening = parts.band(
            cut(case.title, _LINE),
            kind=say("The journey on one page"),
            facts={
                say("Organisation"): cut(case.organisation, _CELL),
                say("Seen by"): cut(self.persona.name, _CELL)
                if self.persona
                else say("all customers"),
                say("Date"): day(self.today),
                say("Owner"): cut(self.name(case.owner), _CELL),
            },
            language=self.language,
        )
        return replace(opening, data={**opening.data, "is_one_page": True})

    # --- what we found ----------------------------------------------------------------

    def found(self) -> Part:
        """Return three findings with numbers; what is not there yet, and where."""
        made = [self._recommended(), self._least_satisfied(), self._hurts_most()]
        given = [one for one in made if one is not None]
        if len(given) < len(made):
            given += [one for one in (self._widest_gap(), self._acted()) if one]
        if not given:
            return parts.found(
                [
                    say(
                        "Nothing was measured yet: bring a survey in step 5, evidence."
                    ),
                    say("No pain point is rated yet: that is step 7, pain points."),
                    say("No action was agreed yet: that is step 12, the action plan."),
                ]
            )
        return parts.found(given[:3])

    def _recommended(self) -> tuple[str, str] | None:
        score = self.overall(_NPS)
        if score is None or score.value is None:
            return None
        values = {
            "score": with_interval(score.value, score.low, score.high, _NPS),
            "n": count(score.n),
        }
        if score.low > 0:
            said = say("More promote it than warn of it: NPS {score}, n {n}.", **values)
        elif score.high < 0:
            said = say("More warn of it than promote it: NPS {score}, n {n}.", **values)
        else:
            said = say(
                "As many promote it as warn of it: NPS {score}, n {n}.", **values
            )
        return value_text(score.value, _NPS), said

    def _least_satisfied(self) -> tuple[str, str] | None:
        rated = scores_by_touchpoint_data(
            self.satisfaction_table, definition=_CSAT, minimum=self.case.min_group
        )
        rated = rated.dropna(subset=["value"])
        if rated.empty:
            return None
        worst = rated[rated["standing"] == "weakest"].iloc[0]
        near = rated.loc[rated["standing"] == "may be chance", "touchpoint"]
        values = {
            "name": cut(worst["touchpoint"], _CELL),
            "score": with_interval(worst["value"], worst["low"], worst["high"], _CSAT),
            "n": count(worst["n"]),
        }
        if near.empty:
            said = say("{name} satisfies least: {score}, n {n}.", **values)
        else:
            said = say(
                "{name} satisfies least: {score}, n {n}; {others} may be no better.",
                **values,
                others=first_names([cut(one, 40) for one in near], 1),
            )
        return value_text(worst["value"], _CSAT), said

    def _hurts_most(self) -> tuple[str, str] | None:
        rated = [one for one in self._pains if one.priority is not None]
        if not rated:
            return None
        # By its ratings, whatever the team took up first.
        worst = max(rated, key=lambda one: (one.priority or 0, one.severity or 0))
        said = say(
            "“{pain}” hurts most: severity {severity} times frequency {frequency}, 25 "
            "at worst.",
            pain=cut(worst.text, _LINE),
            severity=worst.severity,
            frequency=worst.frequency,
        )
        return count(worst.priority or 0), said

    def _widest_gap(self) -> tuple[str, str] | None:
        gaps = self.gap_table.dropna(subset=["felt", "measured"])
        if gaps.empty:
            return None
        sizes = (gaps["felt"] - gaps["measured"]).abs()
        widest = gaps.iloc[int(sizes.to_numpy().argmax())]
        gap = widest["felt"] - widest["measured"]
        values = {
            "name": cut(widest["name"], _CELL),
            "felt": signed(widest["felt"]),
            "measured": signed(widest["measured"]),
        }
        if gap > 0:
            said = say(
                "{name}: the team thinks better of it than customers do, {felt} "
                "against {measured} on a scale from −2 to +2.",
                **values,
            )
        else:
            said = say(
                "{name}: the team thinks worse of it than customers do, {felt} "
                "against {measured} on a scale from −2 to +2.",
                **values,
            )
        return signed(gap), said

    def _acted(self) -> tuple[str, str] | None:
        if not self._open_actions:
            return None
        n = len(self._open_actions)
        owned = sum(one.owner is not None for one in self._open_actions)
        said = say_count(
            "{n} action is open, {owned} with an owner.",
            "{n} actions are open, {owned} with an owner.",
            n,
            owned=count(owned),
        )
        return count(n), said

    # --- how sure, the curve, where it hurts ------------------------------------------

    def evidence(self) -> Part:
        """Return how much is assumed, observed and measured, and what has no data."""
        shares = evidence_shares(self.document)
        missing = [cut(one, 40) for one in self.not_measured]
        return parts.evidence(
            assumed=shares.n_assumed,
            observed=shares.n_observed,
            measured=shares.n_measured,
            without_data=shortlist(missing, _N_NAMES),
        )

    def curve(self) -> Part:
        """Return the emotion along the journey beside what was measured."""
        who = self.persona.id if isinstance(self.persona, Persona) else None
        rows = [
            row
            for row in emotion_curve_data(self.document, who)
            if row.persona == (who or "")
        ]
        if not any(row.felt is not None or row.measured is not None for row in rows):
            return parts.sentence(
                say(
                    "No emotion was placed on the map yet: that is step 6, the "
                    "journey map."
                )
            )
        source = source_of(self.any_data_set(), {})
        return curve_figure(self.document, rows, source=source)

    @cached_property
    def _pains(self) -> tuple[PainPoint, ...]:
        """Open pain points: as the team took them up, then by ratings, then others."""
        who = self.persona.id if self.persona else None
        picked = [one.pain_point for one in team_order(self.document)]
        every = [*picked, *by_ratings(self.document), *open_pain_points(self.document)]
        unique = {one.id: one for one in every}
        felt = {
            link.id
            for link in (self.document.linked("felt_by", target=who) if who else ())
        }
        return tuple(
            one
            for one in unique.values()
            if who is None or one.persona in (None, who) or one.id in felt
        )

    def pain_points(self) -> Part:
        """Return the pain points to take up first, each with what stands behind it."""
        if not self._pains:
            return parts.sentence(
                say("No pain point was recorded yet: that is step 7, pain points.")
            )
        rows = [
            {
                "score": one.priority,
                "pain": cut(one.text, _LINE),
                "where": cut(self.place(one), 50),
                "evidence": evidence_words(
                    evidence_of(self.document, one.id),
                    length=_LINE,
                    minimum=self.case.min_group,
                ),
            }
            for one in self._pains[:_N_PAINS]
        ]
        table = pd.DataFrame(rows)
        table["score"] = table["score"].astype("Int64")
        is_picked = bool(team_order(self.document))
        return parts.ranked_table(
            table,
            {
                "score": say("Score"),
                "pain": say("Pain point"),
                "where": say("Where"),
                "evidence": say("What stands behind it"),
            },
            title=say_count(
                "One open pain point",
                "The first {shown} of {n} open pain points",
                len(self._pains),
                shown=count(len(rows)),
            ),
            subtitle=say(
                "In the order that the team chose. Score: severity times frequency, "
                "1 to 5 each."
            )
            if is_picked
            else say("Score: severity times frequency, 1 to 5 each."),
            dot="score",
        )

    # --- what to do -------------------------------------------------------------------

    @cached_property
    def _open_actions(self) -> tuple[Action, ...]:
        """What is planned or being done; what answers the worst comes first."""
        first = {one.id: place for place, one in enumerate(self._pains)}
        answered = answered_by_actions(self.document)
        found = [one for one in self.of(Action) if one.status in ("planned", "doing")]
        last = len(first)

        def place(one: Action) -> tuple[int, date]:
            places = [first.get(pain, last) for pain in answered[one.id]]
            return min(places, default=last), one.due or date.max

        return tuple(sorted(found, key=place))

    def actions(self) -> Part:
        """Return what to do, by whom, by when."""
        found = self._open_actions
        if not found:
            return parts.sentence(
                say("No action was agreed yet: that is step 12, the action plan.")
            )
        rows = [
            {
                "action": cut(one.text, _LINE),
                "owner": cut(self.name(one.owner), 50) or say("nobody yet"),
                "due": day(one.due) or say("no date"),
                "effect": cut(one.expected_effect or self.name(one.kpi), _CELL),
            }
            for one in found[:_N_ACTIONS]
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "action": say("Action"),
                "owner": say("Owner"),
                "due": say("Due"),
                "effect": say("Expected effect"),
            },
            title=say_count(
                "One open action",
                "The first {shown} of {n} open actions",
                len(found),
                shown=count(len(rows)),
            ),
            subtitle=say("What answers the worst pain points comes first."),
            is_ranked=False,
        )

    def decision(self) -> Part:
        """Return what the sponsor is asked to decide: what the plan still lacks."""
        return decision_asked(self.document, self._pains, self._open_actions)

    def credits(self) -> Part:
        """Return definitions, attributions and marks as the small print."""
        used = dict.fromkeys(
            one.definition
            for one in (self.overall(_NPS), *self.measured)
            if one is not None and one.definition in (_NPS, _CSAT)
        )
        lines = [
            say(
                "{measure}: {text} Interval: {interval}, 95 %.",
                measure=say(MEASURES[key].label),
                text=typeset(say(MEASURES[key].text)),
                interval=say(MEASURES[key].interval),
            )
            for key in used
        ]
        given = [one.attribution for one in self.of(DataSet) if one.attribution]
        lines += [cut(one, 200) for one in given[:2]]
        if _NPS in used:
            lines.append(say(NPS_CREDIT))
        lines.append(
            say(
                "Made with journeykit {version}, edit {number}. The journey report "
                "holds all of it.",
                version=version("journeykit"),
                number=self.number,
            )
        )
        return parts.credits(lines)
