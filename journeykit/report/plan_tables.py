"""Tables of the plan's status: by type, late, due next, by owner, effects, trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from journeykit.check.kpi_status import kpi_values
from journeykit.language import day, say, say_count, semicolons, word
from journeykit.model import Action, Experiment, Kpi, Stakeholder
from journeykit.report import parts
from journeykit.report.kpi_tables import kpi_number
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.subject_report import SubjectReport
from journeykit.show.numbers import count, signed
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES

__all__ = ["PlanTables"]

_WEEKS = 4
_OPEN = ("planned", "doing")
_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "open": word("Still open"),
        "adopt": word("Do it everywhere"),
        "change": word("Change it and try again"),
        "drop": word("Drop it"),
    }
)


class PlanTables(SubjectReport):
    """Actions and experiments, part by part; parameters as for its base."""

    @cached_property
    def plan_actions(self) -> tuple[Action, ...]:
        """The actions of the workshop."""
        return tuple(self.of(Action))

    @property
    def open_actions(self) -> list[Action]:
        """The actions that are planned or under way."""
        return [one for one in self.plan_actions if one.status in _OPEN]

    def days_late(self, one: Action) -> int:
        """Return by how many days an action is late; 0 if it is not."""
        if one.status not in _OPEN or one.due is None:
            return 0
        return max(0, (self.today - one.due).days)

    @property
    def late(self) -> list[Action]:
        """The actions that are past their date, the latest first."""
        found = [one for one in self.plan_actions if self.days_late(one)]
        return sorted(found, key=lambda one: -self.days_late(one))

    @property
    def next_due(self) -> list[Action]:
        """The actions that begin or are due in the next four weeks, in that order."""
        return sorted(
            (one for one in self.open_actions if self._next_day(one)),
            key=lambda one: self._next_day(one) or self.today,
        )

    def _next_day(self, one: Action) -> date | None:
        """Return the day in the next four weeks on which an action begins or is due."""
        end = self.today + timedelta(weeks=_WEEKS)
        begins = one.start if one.status == "planned" else None
        days = [when for when in (begins, one.due) if when is not None]
        return min((when for when in days if self.today <= when <= end), default=None)

    def _owner(self, one: Action) -> str:
        return self.name(one.owner) or say("nobody yet")

    # --- status -----------------------------------------------------------------------

    def by_type(self) -> Part:
        """Return how many actions of each type stand where."""
        if not self.plan_actions:
            return parts.sentence(
                say("There is no action yet: step 12 of the workbook asks for them.")
            )
        rows = [
            self._status_row(say(label), here)
            for key, label in ACTION_TYPES.items()
            if (here := [one for one in self.plan_actions if one.action_type == key])
        ]
        if len(rows) > 1:
            rows.append(self._status_row(say("All"), self.plan_actions))
        done = sum(one.status == "done" for one in self.plan_actions)
        heads = {
            "type": say("Type"),
            **{key: say(label) for key, label in ACTION_STATUSES.items()},
            "late": say("Late"),
            "days": say("Days of work left"),
            "without": say("Without effort"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count(
                "{done} of {n} action is done",
                "{done} of {n} actions are done",
                len(self.plan_actions),
                done=count(done),
            ),
            subtitle=say(
                "Days of work left: of actions that are planned or under way and say "
                "their effort."
            ),
            is_ranked=False,
        )

    def _status_row(self, label: str, here: Sequence[Action]) -> dict[str, object]:
        n = Counter(str(one.status) for one in here)
        still = [one for one in here if one.status in _OPEN]
        return {
            "type": label,
            **{key: n[key] for key in ACTION_STATUSES},
            "late": sum(bool(self.days_late(one)) for one in here),
            "days": sum(one.effort_days or 0.0 for one in still),
            "without": sum(one.effort_days is None for one in still),
        }

    def overdue(self) -> Part:
        """Return the actions that are past their date, the latest first."""
        late = self.late
        if not late:
            return (
                parts.sentence(say("No action is past its date."))
                if (self.plan_actions)
                else parts.NOTHING
            )
        rows = [
            {
                "action": one.text,
                "due": one.due,
                "late": self.days_late(one),
                "owner": self._owner(one),
                "status": say(ACTION_STATUSES[one.status]),
            }
            for one in late
        ]
        heads = {
            "action": say("Action"),
            "due": say("Was due"),
            "late": say("Days late"),
            "owner": say("Owner"),
            "status": say("Status"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count(
                "{n} action is past its date",
                "{n} actions are past their date",
                len(late),
            ),
            is_ranked=False,
        )

    def next_weeks(self) -> Part:
        """Return what begins or is due in the next four weeks."""
        if not self.plan_actions:
            return parts.NOTHING
        coming = self.next_due
        until = day(self.today + timedelta(weeks=_WEEKS))
        undated = sum(one.due is None for one in self.open_actions)
        note = say_count(
            "{n} open action has no date.", "{n} open actions have no date.", undated
        )
        if not coming:
            said = say("Nothing begins or is due until {day}.", day=until)
            return parts.sentences([said, note] if undated else [said])
        rows = [
            {
                "action": one.text,
                "start": one.start,
                "due": one.due,
                "owner": self._owner(one),
                "status": say(ACTION_STATUSES[one.status]),
            }
            for one in coming
        ]
        heads = {
            "action": say("Action"),
            "start": say("Begins"),
            "due": say("Due"),
            "owner": say("Owner"),
            "status": say("Status"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count(
                "{n} action begins or is due until {day}",
                "{n} actions begin or are due until {day}",
                len(coming),
                day=until,
            ),
            source=note if undated else "",
            is_ranked=False,
        )

    # --- owners -----------------------------------------------------------------------

    def by_owner(self) -> Part:
        """Return what each owner has open, late and done, and what comes next."""
        if not self.plan_actions:
            return parts.sentence(say("There is no action yet that anybody could own."))
        owners: dict[str | None, list[Action]] = {}
        for one in self.plan_actions:
            if one.status != "dropped":
                owners.setdefault(one.owner, []).append(one)
        rows = [self._owner_row(owner, here) for owner, here in owners.items()]
        if not rows:
            return parts.sentence(say("Every action was dropped."))
        rows.sort(key=lambda row: (row["late"], row["open"]), reverse=True)
        bare = len([one for one in owners.get(None, []) if one.status in _OPEN])
        title = say_count(
            "{n} open action has no owner", "{n} open actions have no owner", bare
        )
        if not bare:
            title = say_count(
                "{n} person owns all actions", "{n} people own all actions", len(owners)
            )
        heads = {
            "owner": say("Owner"),
            "open": say("Open"),
            "late": say("Late"),
            "done": say("Done"),
            "days": say("Days of work left"),
            "week": say("Days a week"),
            "next": say("Next"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=title,
            subtitle=say("Days a week: what the person said can be given."),
            is_ranked=False,
        )

    def _owner_row(
        self, owner: str | None, here: Sequence[Action]
    ) -> dict[str, object]:
        person = self.document.get(owner)
        still = [one for one in here if one.status in _OPEN]
        dated = [(one.due, one) for one in still if one.due is not None]
        coming = min(dated, key=lambda pair: pair[0], default=None)
        said = say("no date") if still else NO_VALUE
        if coming:
            said = say("{day}: {action}", day=day(coming[0]), action=coming[1].text)
        given = person.days_a_week if isinstance(person, Stakeholder) else None
        return {
            "owner": self.name(owner) or say("Nobody yet"),
            "open": len(still),
            "late": sum(bool(self.days_late(one)) for one in here),
            "done": sum(one.status == "done" for one in here),
            "days": sum(one.effort_days or 0.0 for one in still),
            "week": given,
            "next": said,
        }

    # --- effects and trials -----------------------------------------------------------

    def effects(self) -> Part:
        """Return what each action was to move, and what came of it."""
        named = [
            one
            for one in self.plan_actions
            if one.status != "dropped" and (one.kpi or one.expected_effect)
        ]
        if not named:
            return parts.sentence(
                say("No action says yet which KPI it should move, and by how much.")
            )
        rows = [
            {
                "action": one.text,
                "kpi": self.name(one.kpi) or NO_VALUE,
                "now": self._standing(one),
                "expected": one.expected_effect or NO_VALUE,
                "achieved": one.achieved_effect
                or (say("not said yet") if one.status == "done" else NO_VALUE),
            }
            for one in named
        ]
        done = [one for one in self.plan_actions if one.status == "done"]
        silent = sum(not one.achieved_effect for one in done)
        title = say("No action is done yet, so nothing came of any")
        if silent:
            title = say_count(
                "{n} action that is done says nothing yet of its effect",
                "{n} actions that are done say nothing yet of their effect",
                silent,
            )
        elif done:
            title = say("Every action that is done says what came of it")
        heads = {
            "action": say("Action"),
            "kpi": say("KPI"),
            "now": say("The KPI now"),
            "expected": say("Hoped for"),
            "achieved": say("Came of it"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, is_ranked=False
        )

    def _standing(self, one: Action) -> str:
        kpi = self.document.get(one.kpi)
        if not isinstance(kpi, Kpi):
            return NO_VALUE
        values = kpi_values(self.document, kpi)
        if not values:
            return say("not measured yet")
        value, n = values[-1][1], values[-1][4]
        if n is not None and n < self.case.min_group:
            return say("fewer than {n} people", n=self.case.min_group)
        return kpi_number(kpi, value)

    def experiments(self) -> Part:
        """Return each trial: what was expected, how it is seen, what came of it."""
        trials = list(self.of(Experiment))
        if not trials:
            return parts.sentence(
                say("No experiment is planned: step 9 of the workbook asks for them.")
            )
        trials.sort(key=lambda one: one.decision != "open")
        rows = [
            {
                "idea": self.name(one.opportunity),
                "expects": one.hypothesis or say("not said yet"),
                "measure": self._measure(one),
                "when": self._when(one),
                "result": one.result or NO_VALUE,
                "decision": say(_OUTCOMES[one.decision]),
            }
            for one in trials
        ]
        n_open = sum(one.decision == "open" for one in trials)
        heads = {
            "idea": say("Idea"),
            "expects": say("What we expect"),
            "measure": say("How we see it"),
            "when": say("When"),
            "result": say("What happened"),
            "decision": say("What we do now"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count(
                "{n} experiment, {open} still open",
                "{n} experiments, {open} still open",
                len(trials),
                open=count(n_open),
            ),
            is_ranked=False,
        )

    def _measure(self, one: Experiment) -> str:
        said = [one.measure] if one.measure else []
        kpi = self.name(one.kpi)
        if kpi and one.expected_change is not None:
            change = one.expected_change
            step = signed(change, 0 if change.is_integer() else 1)
            said.append(say("{kpi} by {step}", kpi=kpi, step=step))
        elif kpi:
            said.append(kpi)
        if one.sample_size:
            said.append(
                say("{n} customers in each of two groups", n=count(one.sample_size))
            )
        return semicolons(said) or say("not said yet")

    def _when(self, one: Experiment) -> str:
        if one.start and one.end:
            return say("{first} to {last}", first=day(one.start), last=day(one.end))
        if one.start:
            return say("from {day}", day=day(one.start))
        return say("until {day}", day=day(one.end)) if one.end else NO_VALUE
