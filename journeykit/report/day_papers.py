"""What the papers of a workshop's day have in common: agenda, clock, people, band.

The hand-out of the facilitator and the sheets of the participants are reports like the
others, but need no workshop: an agenda is enough. What an agenda says is what its
authors typed, so it stays in their language.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import cached_property
from importlib.metadata import version
from typing import ClassVar

import pandas as pd

from journeykit.errors import InputError
from journeykit.exchange.agendas import agenda_at, ground_rules
from journeykit.language import listed, say, say_count, word
from journeykit.layout.agenda import (
    AgendaFinding,
    TimedBlock,
    break_findings,
    clock_text,
    duration_text,
    is_break,
    minutes_in_all,
    timed,
)
from journeykit.model import AgendaBlock
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.report_numbers import ReportNumbers
from journeykit.show.numbers import count
from journeykit.workshop import Workshop, new
from journeykit.workshop import open as open_workshop

__all__ = ["DayPapers", "group_sizes"]

_USUAL = "half_day"
_USUAL_START = time(9, 0)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_MOST_PEOPLE, _IN_A_GROUP = 500, 5


class DayPapers(ReportNumbers):
    """What lies on the table on the day.

    Parameters
    ----------
    workshop
        The workshop, its path or its URL, only read; empty or None for an agenda alone.
    agenda
        Name of an agenda that comes with the package, or path of its file; empty for
        the workshop's own, or the half day if it has none.
    start
        When each session begins, such as ``09:00``; empty for the agenda's usual time.
    people
        How many take part.
    language, today
        As for the base.

    Raises
    ------
    UnknownNameError, FileProblemError, InputError
        If there is no such workshop, agenda or language, or start and people are none.
    """

    kind: ClassVar[str] = word("Papers of the day")
    """The line above the title."""

    def __init__(
        self,
        workshop: Workshop | str | None = None,
        *,
        agenda: str = "",
        start: str = "",
        people: int = 12,
        language: str = "",
        today: date | None = None,
    ) -> None:
        self.has_workshop = bool(workshop) or isinstance(workshop, Workshop)
        if not isinstance(workshop, Workshop):
            workshop = (
                open_workshop(workshop, is_read_only=True) if workshop else new(None)
            )
        super().__init__(workshop, language=language, today=today)
        if not 1 <= people <= _MOST_PEOPLE:
            raise InputError(
                f"1 to {_MOST_PEOPLE} people were expected, found {people}"
            )
        self.people = people
        own = tuple(self.of(AgendaBlock))
        self.title, self.summary, self.made_for = self.case.title, "", ""
        self.blocks, usual = own, _USUAL_START
        self.is_own = bool(own and not agenda)
        if not self.is_own:
            chosen = agenda_at(agenda or _USUAL)
            self.title, self.summary = chosen.title, chosen.summary
            self.made_for, usual = chosen.people, chosen.start
            self.blocks = chosen.blocks
        self.start = _clock(start) if start else usual

    # --- the clock --------------------------------------------------------------------

    @cached_property
    def sessions(self) -> tuple[tuple[TimedBlock, ...], ...]:
        """The blocks of each session with their times."""
        found: dict[int, list[TimedBlock]] = {}
        for row in timed(self.blocks, self.start):
            found.setdefault(row.session, []).append(row)
        return tuple(map(tuple, found.values()))

    @cached_property
    def break_findings(self) -> tuple[AgendaFinding, ...]:
        """Where the group works too long without a break, the worst first."""
        found = break_findings(self.blocks)
        return tuple(sorted(found, key=lambda one: one.severity != "error"))

    @property
    def n_refused(self) -> int:
        """How many stretches are so long that the agenda is refused."""
        return sum(one.severity == "error" for one in self.break_findings)

    def clock_of(self, row: TimedBlock) -> str:
        """Return from when to when a block lasts."""
        return f"{clock_text(row.start)}\N{EN DASH}{clock_text(row.end)}"

    def _ends(self) -> str:
        return listed(
            list(dict.fromkeys(clock_text(day[-1].end) for day in self.sessions))
        )

    # --- the parts --------------------------------------------------------------------

    def band(self) -> Part:
        """Return the opening: agenda, workshop, times, people, owner."""
        if self.n_refused:
            breaks = say("refused: too few")
        else:
            breaks = say("tiring") if self.break_findings else say("enough")
        n = len(self.sessions)
        facts = {
            say("Workshop"): self.case.title
            if self.has_workshop and not self.is_own
            else "",
            say("Sessions"): count(n) if n > 1 else "",
            say("Starts"): clock_text(self.start),
            say("Ends"): self._ends(),
            say("Breaks"): breaks,
            say("People"): count(self.people),
            say("Work in"): self.groups(),
            say("Made for"): self.made_for,
            say("Owner"): self.name(self.case.owner),
        }
        scope = say("The workshop's own agenda.") if self.is_own else self.summary
        return parts.band(
            self.title,
            kind=say(self.kind),
            scope=scope,
            facts=facts,
            language=self.language,
        )

    def groups(self) -> str:
        """Return in which groups people work, in words."""
        sizes = group_sizes(self.people)
        least, most = sizes[-1], sizes[0]
        if least == most:
            return say_count(
                "{n} group of {size}",
                "{n} groups of {size}",
                len(sizes),
                size=count(most),
            )
        return say(
            "{n} groups of {least} or {most}",
            n=count(len(sizes)),
            least=count(least),
            most=count(most),
        )

    def at_a_glance(self) -> Part:
        """Return each session as a table: clock, block, minutes, output."""
        tables = [self._table(day) for day in self.sessions]
        return parts.together([parts.section(say("The day at a glance")), *tables])

    def _table(self, day: tuple[TimedBlock, ...]) -> Part:
        rows = [
            {
                "clock": self.clock_of(row),
                "block": row.block.title,
                "minutes": row.block.minutes,
                "output": row.block.output,
            }
            for row in day
        ]
        labels = {
            "clock": say("Clock"),
            "block": say("Part of the day"),
            "minutes": say("Minutes"),
            "output": say("What is there afterwards"),
        }
        if not any(row["output"] for row in rows):
            del labels["output"]
        table = pd.DataFrame(rows)
        if (table["minutes"] % 1 == 0).all():
            table["minutes"] = table["minutes"].astype("Int64")
        blocks = [row.block for row in day]
        values = {
            "start": clock_text(day[0].start),
            "end": clock_text(day[-1].end),
            "time": duration_text(minutes_in_all(blocks)),
            "rest": duration_text(minutes_in_all(filter(is_break, blocks))),
        }
        values["n"] = count(day[0].session)
        is_one, has_breaks = len(self.sessions) == 1, any(map(is_break, blocks))
        if is_one and has_breaks:
            title = say("{start} to {end}: {time}, breaks {rest}", **values)
        elif is_one:
            title = say("{start} to {end}: {time} without a break", **values)
        elif has_breaks:
            title = say(
                "Session {n}, {start} to {end}: {time}, breaks {rest}", **values
            )
        else:
            title = say(
                "Session {n}, {start} to {end}: {time} without a break", **values
            )
        return parts.ranked_table(table, labels, title=title, is_ranked=False)

    def ground_rules(self) -> Part:
        """Return the rules that the group says yes to."""
        return parts.sentences(ground_rules(), heading=say("Ground rules"))

    def credits(self) -> Part:
        """Return how it was made."""
        made = say("Made with journeykit {version}.", version=version("journeykit"))
        return parts.credits([made])


def group_sizes(people: int) -> tuple[int, ...]:
    """Return the sizes of groups of 3 to 5, as few and as equal as can be.

    Fewer than three people are one group.

    Examples
    --------
    >>> group_sizes(12), group_sizes(7), group_sizes(2)
    ((4, 4, 4), (4, 3), (2,))
    """
    n = -(-people // _IN_A_GROUP)
    less, more = divmod(people, n)
    return (less + 1,) * more + (less,) * (n - more)


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise InputError(f"a start is written as in 09:00, found {text!r:.80}")
