"""What the facilitator holds on the day: the run sheet and all that lies beside it.

The notebook ``templates/reports/facilitator_handout.ipynb`` shows these parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

import pandas as pd

from journeykit.exchange.agendas import (
    Task,
    before_the_day,
    day_after,
    exercise_card,
    roles,
)
from journeykit.language import commas, listed, say, say_count, word
from journeykit.layout.agenda import (
    REFUSED_ABOVE,
    WARNED_ABOVE,
    TimedBlock,
    clock_text,
    duration_text,
    is_break,
    later,
    longest_stretch,
    minutes_in_all,
)
from journeykit.layout.running_late import running_late
from journeykit.model import Stakeholder
from journeykit.report import parts
from journeykit.report.day_papers import DayPapers, group_sizes
from journeykit.report.part import Part
from journeykit.report.worksheets import worksheet
from journeykit.show.numbers import count

__all__ = ["FacilitatorHandout"]

_LATE = (15, 30)
_REAL_BREAK = 10
_LINES = 20
_N_BLOCKS = 3


class FacilitatorHandout(DayPapers):
    """What the facilitator holds: run sheet, running late, materials, roles, lists.

    Parameters as for its base.
    """

    kind: ClassVar[str] = word("Facilitator's hand-out")

    # --- the day as a whole -----------------------------------------------------------

    def found(self) -> Part:
        """Return length and breaks, groups, and the longest work without a break."""
        return parts.found(
            [self._length(), self._in_groups(), self._longest()],
            heading=say("The day in three numbers"),
        )

    def _length(self) -> tuple[str, str]:
        rest = [one for one in self.blocks if is_break(one)]
        breaks = say("no break")
        if rest:
            breaks = say_count(
                "{n} break of {rest} in all",
                "{n} breaks of {rest} in all",
                len(rest),
                rest=duration_text(minutes_in_all(rest)),
            )
        days = self.sessions
        number = duration_text(minutes_in_all(self.blocks))
        if len(days) == 1:
            said = say(
                "From {start} to {end}, with {breaks}.",
                start=clock_text(days[0][0].start),
                end=clock_text(days[0][-1].end),
                breaks=breaks,
            )
        else:
            said = say(
                "In {n} sessions that begin at {start}, with {breaks}.",
                n=count(len(days)),
                start=clock_text(self.start),
                breaks=breaks,
            )
        return number, said

    def _in_groups(self) -> tuple[str, str]:
        said = say_count(
            "{groups} for {n} person: nobody to build on ideas with.",
            "{groups} for {n} people: a facilitator for each at best.",
            self.people,
            groups=self.groups(),
        )
        return count(len(group_sizes(self.people))), said

    def _longest(self) -> tuple[str, str]:
        stretch = longest_stretch(self.blocks)
        minutes = minutes_in_all(stretch)
        if not stretch:
            return duration_text(0), say("Nobody works: the agenda holds breaks only.")
        values = {
            "first": stretch[0].title,
            "last": stretch[-1].title,
            "warned": WARNED_ABOVE,
            "refused": REFUSED_ABOVE,
        }
        if minutes > REFUSED_ABOVE:
            said = say(
                "Longest work without a break, “{first}” to “{last}”: more than "
                "{refused} minutes are refused.",
                **values,
            )
        elif minutes > WARNED_ABOVE:
            said = say(
                "Longest work without a break, “{first}” to “{last}”: more than "
                "{warned} minutes are tiring.",
                **values,
            )
        else:
            said = say(
                "Longest work without a break, “{first}” to “{last}”: up to {warned} "
                "minutes are fine.",
                **values,
            )
        return duration_text(minutes), said

    def break_rule(self) -> Part:
        """Return what the rule on breaks says about this agenda."""
        said = []
        if self.n_refused:
            said.append(
                say_count(
                    "This agenda is refused: {n} stretch of work is too long. Mend it "
                    "before you invite people.",
                    "This agenda is refused: {n} stretches of work are too long. Mend "
                    "them before you invite people.",
                    self.n_refused,
                )
            )
        said += [f"{one.text} {one.next_step}" for one in self.break_findings]
        if not said:
            said.append(say("This agenda keeps the rule: nobody works too long."))
        rule = say(
            "More than {warned} minutes of work without a break are tiring, more than "
            "{refused} are refused. Opening and closing count as work.",
            warned=WARNED_ABOVE,
            refused=REFUSED_ABOVE,
        )
        return parts.sentences([*said, rule], heading=say("What the break rule says"))

    # --- block by block ---------------------------------------------------------------

    def blocks_in_turn(self) -> Part:
        """Return each block with what to say, to do, and plan B."""
        return parts.together(self._block(row) for day in self.sessions for row in day)

    def _block(self, row: TimedBlock) -> Part:
        block = row.block
        values = {
            "clock": self.clock_of(row),
            "block": block.title,
            "time": duration_text(block.minutes),
        }
        if len(self.sessions) == 1:
            heading = say("{clock} {block} ({time})", **values)
        else:
            heading = say(
                "Session {n}, {clock}: {block} ({time})",
                n=count(row.session),
                **values,
            )
        terms = {
            say("Purpose"): block.purpose,
            say("Say"): block.say,
            say("Do"): block.do,
            say("What is there afterwards"): block.output,
            say("Materials"): commas(block.materials),
            say("Plan B"): block.plan_b,
        }
        written = {term: text for term, text in terms.items() if text}
        if not written:
            return parts.section(heading, say("Nothing is written down for it yet."))
        part = parts.definitions(written, heading=heading)
        # These are no measures: a slide has no words above them.
        return replace(part, data={**part.data, "labels": ["", ""]})

    # --- running late -----------------------------------------------------------------

    def late(self) -> Part:
        """Return what to drop or shorten, 15 and 30 minutes late, after each break."""
        heading = parts.section(
            say("Running late"),
            say(
                "The end stands: people have trains to catch. Look here after each "
                "break, when a block begins later than planned."
            ),
        )
        rows = [
            self._when_late(day, row, minutes)
            for day in self.sessions
            for row in _checkpoints(day)
            for minutes in _LATE
        ]
        if not rows:
            nothing = say("One block is all there is: nothing can be moved.")
            return parts.together([heading, parts.sentence(nothing)])
        labels = {
            "block": say("Before"),
            "late": say("Late"),
            "change": say("What to drop or shorten"),
            "end": say("Then the end is at"),
        }
        if len(self.sessions) > 1:
            labels = {"session": say("Session"), **labels}
        table = parts.ranked_table(
            pd.DataFrame(rows),
            labels,
            title=say(
                "What to drop or shorten when you are {few} or {many} minutes late",
                few=_LATE[0],
                many=_LATE[1],
            ),
            subtitle=say(
                "Breaks and the closing stay; what can be done on another day goes "
                "first."
            ),
            is_ranked=False,
        )
        return parts.together([heading, table])

    def _when_late(
        self, day: tuple[TimedBlock, ...], row: TimedBlock, minutes: float
    ) -> dict[str, str]:
        now = later(row.start, minutes)
        plan = running_late(self.blocks, now, day[0].start, current=row.block.id)
        said = [one.text for one in plan.changes]
        end = clock_text(plan.rest[-1].end)
        if plan.over:
            said.append(
                say(
                    "{time} cannot be saved: agree to end at {clock}, or on a second "
                    "date.",
                    time=duration_text(plan.over),
                    clock=end,
                )
            )
        return {
            "session": count(row.session),
            "block": say(
                "{clock} {block}", clock=clock_text(row.start), block=row.block.title
            ),
            "late": duration_text(minutes),
            "change": " ".join(said),
            "end": end,
        }

    # --- what lies on the table -------------------------------------------------------

    def materials(self) -> Part:
        """Return what to bring, each once, with the blocks that need it."""
        heading = parts.section(say("Materials"))
        needed: dict[str, list[TimedBlock]] = {}
        for day in self.sessions:
            for row in day:
                for one in row.block.materials:
                    needed.setdefault(one, []).append(row)
        if not needed:
            nothing = say("No block of the agenda names materials yet.")
            return parts.together([heading, parts.sentence(nothing)])
        rows = [
            {"what": what, "for": self._blocks_named(rows)}
            for what, rows in needed.items()
        ]
        table = parts.ranked_table(
            pd.DataFrame(rows),
            {"what": say("What to bring"), "for": say("For")},
            title=say_count("{n} thing to bring", "{n} things to bring", len(rows)),
            subtitle=say("In the order in which they are needed."),
            is_ranked=False,
        )
        return parts.together([heading, table])

    def _blocks_named(self, rows: list[TimedBlock]) -> str:
        names = list(dict.fromkeys(row.block.title for row in rows))
        rest = len(names) - _N_BLOCKS
        if rest <= 0:
            return listed(names)
        first = commas(names[:_N_BLOCKS])
        return say("{names} and {n} more", names=first, n=count(rest))

    def roles(self) -> Part:
        """Return who does what, with the names of those who said so already."""
        taken: dict[str, list[str]] = {}
        for one in self.of(Stakeholder):
            if one.role and one.is_on_team:
                taken.setdefault(one.role.casefold(), []).append(one.name)
        rows = [
            {
                "role": role.title,
                "name": listed(taken.get(role.title.casefold(), [])),
                "does": " ".join(role.does),
                "says": role.says,
                "who": role.who,
            }
            for role in roles()
        ]
        labels = {
            "role": say("Role"),
            "name": say("Name"),
            "does": say("Does"),
            "says": say("Says"),
            "who": say("Who takes it"),
        }
        if not any(row["name"] for row in rows):
            del labels["name"]
        table = parts.ranked_table(pd.DataFrame(rows), labels, is_ranked=False)
        return parts.together([parts.section(say("Roles")), table])

    # --- before and after -------------------------------------------------------------

    def before(self) -> Part:
        """Return what to do before the day."""
        return self._tasks(say("Before the day"), before_the_day())

    def after(self) -> Part:
        """Return what to do after the day."""
        return self._tasks(say("The day after, and later"), day_after())

    def _tasks(self, heading: str, tasks: Iterable[Task]) -> Part:
        rows = [{"when": one.when, "who": one.who, "what": one.text} for one in tasks]
        labels = {"when": say("When"), "what": say("What"), "who": say("Who")}
        table = parts.ranked_table(pd.DataFrame(rows), labels, is_ranked=False)
        return parts.together([parts.section(heading), table])

    # --- to write on ------------------------------------------------------------------

    def decision_log(self) -> Part:
        """Return a page for what is decided."""
        return worksheet(
            say("Decision log"),
            say("What was decided, why, and by whom?"),
            example=say(
                "For example: signs with minutes at every pier, because people run; "
                "decided by the journey owner."
            ),
            lines=_LINES,
        )

    def parking_lot(self) -> Part:
        """Return a page for what is worth keeping, but not for now."""
        card = exercise_card("parking_lot")
        example = say("For example: {example}", example=card.example)
        return worksheet(say("Parking lot"), card.prompt, example=example, lines=_LINES)


def _checkpoints(day: tuple[TimedBlock, ...]) -> list[TimedBlock]:
    """Return the blocks at which to look at the clock: those that follow a break.

    Short pauses do not count beside real breaks. Without a break it is the second
    block.
    """
    after = [
        (before.block.minutes, row)
        for before, row in pairwise(day)
        if is_break(before.block) and not is_break(row.block)
    ]
    real = [row for minutes, row in after if minutes >= _REAL_BREAK]
    return real or [row for _, row in after] or list(day[1:2])
