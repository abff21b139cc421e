"""The plan on a page: the roadmap, the life of pain points, what departments answer."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from journeykit.check.departments import replies, sign_offs
from journeykit.check.done_when_plan import top_pain_points
from journeykit.definitions import MEASURES
from journeykit.language import percent, say, say_count, word
from journeykit.layout.day_words import day_text
from journeykit.layout.roadmap import roadmap
from journeykit.layout.workload import ANSWERED, answered_by_actions, effort_shares
from journeykit.model import Action
from journeykit.model.fields import spec_of
from journeykit.report import parts
from journeykit.report.cost_page import CostPage
from journeykit.report.part import Part
from journeykit.show.charts import Picture, Words
from journeykit.show.numbers import count, typeset, with_interval
from journeykit.show.pain_life import (
    life_finding,
    lives_of,
    pain_life_data,
    pain_life_picture,
)
from journeykit.show.roadmap_picture import (
    roadmap_data,
    roadmap_picture,
    roadmap_pictures,
)
from journeykit.show.roadmap_words import roadmap_alt, roadmap_finding
from journeykit.show.surfaces import drawn
from journeykit.workshop import Workshop

__all__ = ["PlanPage"]

_PAPER = "A4 portrait"
_CAPTION_PX = 150.0
_PRINTED_PX = 680.0


class PlanPage:
    """What a team does about it, part by part.

    Parameters
    ----------
    workshop
        The workshop.
    today
        The day on which it is looked at; that of the workshop's clock if None.
    """

    def __init__(self, workshop: Workshop, today: date | None = None) -> None:
        self.workshop = workshop
        self.document = workshop.document()
        self.today = today or workshop.store.now().astimezone().date()
        case = self.document.case
        self._language = case.language if case else "en"

    def roadmap(self) -> Part:
        """Return the actions in time, by owner."""
        plan = roadmap(self.document, self.today)
        if not plan.bars:
            return parts.sentence(
                say("No action has a day yet: step 12 of the workbook asks for it.")
            )
        words = Words(
            title=roadmap_finding(plan),
            subtitle=say(
                "By owner, with the work of each week. An arrow leads from what comes "
                "first to what waits for it."
            ),
            source=say("All words and dates stand in the table below."),
            alt=roadmap_alt(plan),
        )

        def sheets(paper: str, caption_px: float) -> tuple[Markup, ...]:
            return roadmap_pictures(
                self.document, self.today, paper=paper, caption_px=caption_px
            )

        picture = Picture(
            words,
            roadmap_picture(self.document, self.today),
            None,
            roadmap_data(self.document, self.today),
            drawn("printed", lambda: sheets(_PAPER, _CAPTION_PX), ()),
            drawn("slides", lambda: sheets("slide", 0.0), ()),
        )
        return parts.figure(picture, is_wide=True)

    def problems(self) -> Part:
        """Return what in the plan cannot hold, each a sentence."""
        plan = roadmap(self.document, self.today)
        if not plan.problems:
            if not self.document.of(Action):
                return parts.NOTHING
            return parts.sentence(say("Nothing in the plan contradicts itself."))
        return parts.sentences(
            [one.text for one in plan.problems],
            heading=say("What cannot hold like this"),
        )

    def effort(self) -> Part:
        """Return the work still to be done, by what it answers."""
        worst = [one.id for one in top_pain_points(self.document)]
        shares = effort_shares(self.document, worst)
        total = sum(one.days for one in shares)
        if not any(one.n_actions for one in shares):
            if not self.document.of(Action):
                return parts.NOTHING
            return parts.sentence(say("Nothing is to be done at present."))
        rows = [
            {
                "answers": say(ANSWERED[one.answered]),
                "n": one.n_actions,
                "days": one.days,
                "without": one.n_without,
            }
            for one in shares
        ]
        heads = {
            "answers": say("What it answers"),
            "n": say("Actions"),
            "days": say("Days of work"),
            "without": say("Without effort"),
        }
        title = (
            say(
                "{share} of the work answers the three worst pain points",
                share=percent(shares[0].days / total),
            )
            if total
            else say("None of the work answers the three worst pain points")
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=title,
        )

    def at_stake(self) -> Part:
        """Return what may be lost if an action is left undone, or why nobody can say.

        The largest of the pain points that it answers: they are not added up, since
        several may touch the same customers.
        """
        cost = CostPage(self.workshop)
        why_not = cost.why_no_stake()
        if why_not:
            return parts.sentence(why_not)
        found = cost.stakes().to_dict("records")
        known = {one["entry"]: one for one in found if pd.notna(one["value"])}
        answered = answered_by_actions(self.document)
        rows = []
        for one in self.document.of(Action):
            pains = [pain for pain in answered[one.id] if pain in known]
            if one.status in ("planned", "doing") and pains:
                worst = max(pains, key=lambda pain: float(known[pain]["value"]))
                rows.append((one, worst, known[worst]))
        if not rows:
            said = say(
                "No open action answers a pain point whose value at stake is known."
            )
            return parts.sentence(said)
        rows.sort(key=lambda row: -float(row[2]["value"]))
        table = pd.DataFrame(
            {
                "action": one.text,
                "pain": self.document[pain].name_for_people,
                "range": with_interval(
                    float(stake["value"]),
                    float(stake["low"]),
                    float(stake["high"]),
                    "value_at_stake",
                ),
                "days": one.effort_days,
            }
            for one, pain, stake in rows
        )
        heads = {
            "action": say("Action"),
            "pain": say("The worst that it answers"),
            "range": say("Value at stake"),
            "days": say("Days of work"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=say("Most is at stake with “{action}”", action=rows[0][0].text),
            subtitle=say(
                "{meaning} Not added up: the same customers may be touched by several "
                "pain points.",
                meaning=typeset(say(MEASURES["value_at_stake"].text)),
            ),
        )

    def pain_life(self) -> Part:
        """Return what became of each pain point, and since when."""
        lives = lives_of(self.workshop, self.document)
        if not lives:
            return parts.sentence(
                say("No pain point was recorded yet: that is step 7, pain points.")
            )
        words = Words(
            title=life_finding(lives),
            subtitle=say(
                "Open, being treated, resolved, returned: from the record of the "
                "workshop and the days that the team noted."
            ),
            source=say("Each day stands in the table below."),
            alt="",
        )

        def wide(width_px: float) -> Markup:
            return pain_life_picture(
                lives, self.today, width_px=width_px, language=self._language
            )

        picture = Picture(
            words,
            wide(1030.0),
            None,
            pain_life_data(lives, self.today),
            drawn("printed", lambda: (wide(_PRINTED_PX),), ()),
        )
        return parts.figure(picture, is_wide=True)

    def answers(self) -> Part:
        """Return what departments answer to the pain points that were sent to them."""
        labels = dict(spec_of("department_answer", "agreement").choices)
        no_answer = say("No answer yet")
        answered = word("Answered")
        rows = []
        for one in replies(self.document):
            answer = one.answer
            said = say(labels.get(answer.agreement or "", answered)) if answer else ""
            rows.append(
                {
                    "pain": one.pain_point.text,
                    "department": one.department,
                    "said": said or no_answer,
                    "answer": answer.answer if answer else "",
                    "until": day_text(answer.until, self._language) if answer else "",
                }
            )
        if not rows:
            return parts.sentence(say("No pain point was sent to a department."))
        owed = sum(row["said"] == no_answer for row in rows)
        heads = {
            "pain": say("Pain point"),
            "department": say("Department"),
            "said": say("Its word"),
            "answer": say("What it says"),
            "until": say("Until"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=say_count(
                "{n} answer is still owed", "{n} answers are still owed", owed
            )
            if owed
            else say("Every department answered"),
        )

    def sign_offs(self) -> Part:
        """Return each department with its word on the map, and its reason."""
        labels = dict(spec_of("department_sign_off", "agreement").choices)
        not_yet = say("Not yet")
        rows = [
            {
                "department": one.department,
                "word": say(labels[one.sign_off.agreement])
                if one.sign_off
                else not_yet,
                "reason": one.sign_off.reason if one.sign_off else "",
            }
            for one in sign_offs(self.document)
        ]
        if not rows:
            return parts.sentence(
                say("No department is on the team yet: add people in step 2.")
            )
        said = sum(row["word"] != not_yet for row in rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "department": say("Department"),
                "word": say("Its word"),
                "reason": say("Reason"),
            },
            is_ranked=False,
            title=say_count(
                "{n_said} of {n} department has said its word",
                "{n_said} of {n} departments have said their word",
                len(rows),
                n_said=count(said),
            ),
        )
