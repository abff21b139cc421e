"""What became of map, pain points, KPIs and plan between two moments."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import pandas as pd

from journeykit.check.document_changes import EntryChange, document_changes
from journeykit.check.kpi_status import kpi_values
from journeykit.definitions import MEASURES
from journeykit.language import day, decimals, say, say_count, semicolons
from journeykit.model import Action, Document, Kpi
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.subject_report import SubjectReport
from journeykit.report.wave_moments import Moment
from journeykit.show.numbers import count, signed, value_text

__all__ = ["WaveMap"]

_MOST_ROWS = 40


class WaveMap(SubjectReport):
    """What changed on the map and in the plan; parameters as for its base."""

    before: Moment | None
    after: Moment

    def name_of(self, moment: Moment | None) -> str:
        """Return what the page calls a moment."""
        if moment is None:
            return say("nothing to compare with")
        if moment.name:
            return moment.name
        if moment is self.after and self.is_same_survey:
            return say("now")
        return moment.survey.title if moment.survey else say("now")

    @property
    def is_same_survey(self) -> bool:
        """Whether both moments rest on one survey."""
        then = self.before.survey if self.before else None
        now = self.after.survey
        return then is not None and now is not None and then.table == now.table

    @cached_property
    def entry_changes(self) -> tuple[EntryChange, ...] | None:
        """What became of each entry; None if the map of then is not known."""
        if self.before is None or self.before.document is None:
            return None
        now = self.after.document or self.document
        return document_changes(self.before.document, now)

    def _why_no_map(self) -> str:
        return say(
            "The map of then is not known: nobody named a moment before. Name one "
            "after each review with journeykit mark."
        )

    # --- the map ----------------------------------------------------------------------

    def what_became(self) -> tuple[str, str] | None:
        """Return how much changed on the map, with its number."""
        changes = self.entry_changes
        if changes is None:
            return None
        n = {
            what: sum(one.what == what for one in changes)
            for what in ("new", "changed", "gone")
        }
        text = say(
            "On the map since “{mark}”: {new} new, {changed} changed, {gone} gone.",
            mark=self.before.mark if self.before else "",
            new=count(n["new"]),
            changed=count(n["changed"]),
            gone=count(n["gone"]),
        )
        return count(len(changes)), text

    def map_changes(self) -> Part:
        """Return what is new, changed and gone on the map, in words."""
        changes = self.entry_changes
        if changes is None:
            return parts.sentence(self._why_no_map())
        found = [one for one in changes if one.kind in ("stage", "touchpoint")]
        if not found:
            return parts.sentence(say("Stages and touchpoints are as they were."))
        return self._changes_table(
            found,
            say_count(
                "{n} stage or touchpoint is different",
                "{n} stages and touchpoints are different",
                len(found),
            ),
        )

    def pain_changes(self) -> Part:
        """Return new and gone pain points and opportunities, and what they became."""
        changes = self.entry_changes
        if changes is None:
            return parts.sentence(self._why_no_map())
        found = [one for one in changes if one.kind in ("pain_point", "opportunity")]
        if not found:
            return parts.sentence(
                say("Pain points and opportunities are as they were.")
            )
        new = sum(one.what == "new" and one.kind == "pain_point" for one in found)
        gone = sum(one.what == "gone" and one.kind == "pain_point" for one in found)
        title = say(
            "Pain points: {new} new, {gone} gone", new=count(new), gone=count(gone)
        )
        return self._changes_table(found, title)

    def _changes_table(self, found: list[EntryChange], title: str) -> Part:
        said = {"new": say("new"), "gone": say("gone"), "changed": ""}
        kinds = {
            "stage": say("Stage"),
            "touchpoint": say("Touchpoint"),
            "pain_point": say("Pain point"),
            "opportunity": say("Opportunity"),
        }
        rows = [
            {
                "name": one.name,
                "kind": kinds[one.kind],
                "place": one.place,
                "words": said[one.what] or semicolons(one.words),
            }
            for one in found[:_MOST_ROWS]
        ]
        n_more = len(found) - len(rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("What"),
                "kind": say("Kind"),
                "place": say("Where"),
                "words": say("What became of it"),
            },
            is_ranked=False,
            title=title,
            subtitle=say(
                "Since “{mark}”. Maps as they should be are left out.",
                mark=self.before.mark if self.before else "",
            ),
            source=say_count("And {n} more.", "And {n} more.", n_more)
            if n_more
            else "",
        )

    # --- KPIs -------------------------------------------------------------------------

    def kpis(self) -> Part:
        """Return each KPI before and after, and whether the target is reached."""
        kpis: tuple[Kpi, ...] = self.document.of(Kpi)
        if not kpis:
            return parts.sentence(say("There is no KPI yet: step 1 asks for them."))
        rows = [row for one in kpis if (row := self._kpi_row(one)) is not None]
        if not rows:
            return parts.sentence(say("No KPI has a value before and one after."))
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("KPI"),
                "before": say("Before"),
                "after": say("After"),
                "change": say("Change"),
                "target": say("Target"),
                "verdict": say("Verdict"),
            },
            is_ranked=False,
            title=say_count(
                "{n} KPI has a value before and one after",
                "{n} KPIs have a value before and one after",
                len(rows),
            ),
            subtitle=say(
                "The last value up to the day of the moment before, and the last of "
                "all. May be chance: the intervals overlap, or there are none."
            ),
        )

    def _kpi_row(self, kpi: Kpi) -> dict[str, str] | None:
        values = kpi_values(self.document, kpi)
        split = self._day_before()
        then = [one for one in values if one[0] is not None and one[0] <= split]
        later = [one for one in values if one[0] is not None and one[0] > split]
        if not then or not later:
            return None
        old, new = then[-1], later[-1]
        is_clear = (
            None not in (old[2], old[3], new[2], new[3])
            and (new[2] or 0) > (old[3] or 0)
        ) or (
            None not in (old[2], old[3], new[2], new[3])
            and (new[3] or 0) < (old[2] or 0)
        )
        is_better = (new[1] > old[1]) == (kpi.direction == "higher is better")
        verdict = say("may be chance")
        if is_clear:
            verdict = say("better") if is_better else say("worse")
        factor = 100.0 if _unit(kpi) == "share" else 1.0
        digits = 0 if factor == 100 else 1
        return {
            "name": kpi.name,
            "before": _kpi_text(kpi, old[1], old[0]),
            "after": _kpi_text(kpi, new[1], new[0]),
            "change": signed((new[1] - old[1]) * factor, digits),
            "target": "" if kpi.target is None else _kpi_text(kpi, kpi.target, None),
            "verdict": verdict,
        }

    def _day_before(self) -> date:
        """Return the last day that counts as before."""
        moment = self.before
        if moment is None:
            return date.min
        if moment.survey is not None and moment.survey is not self.after.survey:
            return moment.survey.period_end or moment.day or date.min
        return moment.day or date.min

    # --- what was done ----------------------------------------------------------------

    @cached_property
    def done_between(self) -> list[Action]:
        """The actions that were finished between the two moments."""
        now: Document = self.after.document or self.document
        then = self.before.document if self.before else None
        was = {one.id: one.status for one in then.of(Action)} if then else {}
        return [
            one
            for one in now.of(Action)
            if one.status == "done" and was.get(one.id) != "done"
        ]

    def what_was_done(self) -> tuple[str, str] | None:
        """Return how many actions were finished between, with the number."""
        if self.before is None or self.before.document is None:
            return None
        n = len(self.done_between)
        text = say_count(
            "{n} action was finished between; that is no proof that it moved a score.",
            "{n} actions were finished between; that is no proof that they moved a "
            "score.",
            n,
        )
        return count(n), text

    def done(self) -> Part:
        """Return the actions finished between, with what was hoped and what came."""
        if self.before is None or self.before.document is None:
            return parts.sentence(self._why_no_map())
        found = self.done_between
        if not found:
            return parts.sentence(say("No action was finished between."))
        rows = [
            {
                "action": one.text,
                "owner": self.name(one.owner) or say("nobody yet"),
                "due": day(one.due),
                "hoped": one.expected_effect or self.name(one.kpi),
                "came": one.achieved_effect,
            }
            for one in found[:_MOST_ROWS]
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "action": say("Action"),
                "owner": say("Owner"),
                "due": say("Due"),
                "hoped": say("Hoped for"),
                "came": say("What came of it"),
            },
            is_ranked=False,
            title=say_count(
                "{n} action was finished between",
                "{n} actions were finished between",
                len(found),
            ),
        )


def _unit(kpi: Kpi) -> str:
    return MEASURES[kpi.measure].unit if kpi.measure in MEASURES else ""


def _kpi_text(kpi: Kpi, value: float, when: date | None) -> str:
    if kpi.measure in MEASURES:
        text = value_text(value, kpi.measure)
    else:
        text = f"{decimals(value, 1)} {kpi.unit}".rstrip()
    return say("{value}, {day}", value=text, day=day(when)) if when else text
