"""Tables of the COPIS report: its columns, where pain comes from, what needs what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from journeykit.check.copis_reading import copis_served, copis_titles
from journeykit.language import say, say_count, word
from journeykit.layout.copis_flow import CopisFlow, copis_flow
from journeykit.layout.prompts import ROLE_PROMPTS
from journeykit.model import CopisElement, Link
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.subject_report import SubjectReport, first_names, quotes
from journeykit.show.numbers import joined
from journeykit.vocabulary import COPIS

__all__ = ["CopisTables"]

_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "is_bottleneck": word("Bottleneck"),
        "is_automation_candidate": word("Could be automated"),
        "is_unnecessary": word("Could be left out"),
    }
)
_MOST_LINKS = 30


class CopisTables(SubjectReport):
    """The tables of a COPIS report; parameters as for its base."""

    @property
    def flow(self) -> CopisFlow:
        """COPIS under the definition in use."""
        return copis_flow(self.document)

    @property
    def elements(self) -> list[CopisElement]:
        """The parts of COPIS that a person took."""
        return [one for one in self.of(CopisElement) if not one.is_proposed]

    def causes(self) -> dict[str, list[CopisElement]]:
        """Return by pain point the parts of COPIS that a person named as its cause."""
        found: dict[str, list[CopisElement]] = {}
        for link in self.of(Link):
            source = self.document.get(link.source)
            if link.relation != "causes" or link.is_proposed:
                continue
            if isinstance(source, CopisElement) and not source.is_proposed:
                found.setdefault(link.target, []).append(source)
        return found

    def definition(self) -> Part:
        """Return the columns of the definition in use, and how full each is."""
        flow = self.flow
        rows = []
        for place, (role, title) in enumerate(COPIS[flow.definition].columns.items()):
            here = [one for one in flow.boxes.values() if one.column == place]
            hit = sum(bool(one.n_pains) for one in here)
            rows.append(
                {
                    "column": say(title),
                    "asks": say(ROLE_PROMPTS[role].hint),
                    "parts": len(here),
                    "hit": hit,
                }
            )
        waits = ""
        if flow.tray:
            names = quotes(flow.boxes[one].element.text for one in flow.tray)
            waits = say(
                "Without a column under this definition, and kept: {names}.",
                names=first_names(names),
            )
        heads = {
            "column": say("Column"),
            "asks": say("What stands there"),
            "parts": say("Parts"),
            "hit": say("Of them, cause pain"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=say("COPIS read as {meaning}", meaning=flow.label),
            subtitle=flow.glossary,
            source=waits,
        )

    def pains(self) -> Part:
        """Return each open pain point with the parts of COPIS that it comes from."""
        pains, causes = self.open_pains(), self.causes()
        if not pains:
            return parts.sentence(
                say("No pain point is open: step 7 of the workbook asks for them.")
            )
        titles = copis_titles(self.document)
        rows = [
            {
                "priority": one.priority,
                "pain": one.text,
                "touchpoint": self.place(one) or NO_VALUE,
                "causes": _with_columns(causes.get(one.id, ()), titles)
                or say("not traced yet"),
                "cause": one.cause or NO_VALUE,
            }
            for one in pains
        ]
        table = pd.DataFrame(rows)
        table["priority"] = table["priority"].astype("Int64")
        n = sum(one.id not in causes for one in pains)
        title = say_count(
            "{n} open pain point is not traced to COPIS yet",
            "{n} open pain points are not traced to COPIS yet",
            n,
        )
        if not n:
            title = say("Every open pain point is traced to COPIS")
        heads = {
            "priority": say("Score"),
            "pain": say("Pain point"),
            "touchpoint": say("Touchpoint"),
            "causes": say("Comes from"),
            "cause": say("Why, in the team’s words"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=say(
                "Severity times frequency, 1 to 5 each; severity first on ties."
            ),
            source=say("Resolved pain points and proposed links do not count."),
            dot="priority",
        )

    def links(self) -> Part:
        """Return what needs what, those that pain passes through first."""
        flow = self.flow
        if not flow.lines:
            return parts.sentence(
                say(
                    "Nothing is joined yet: draw lines on the board of step 10 from "
                    "what needs to what is needed."
                )
            )
        lines = sorted(flow.lines, key=lambda one: (not one.hurts, -one.weight))
        more = len(lines) - _MOST_LINKS
        boxes = flow.boxes
        rows = [
            {
                "source": boxes[one.source].element.text,
                "of": flow.titles[boxes[one.source].column],
                "target": boxes[one.target].element.text,
                "by": flow.titles[boxes[one.target].column],
                "n": one.weight,
                "pains": boxes[one.target].n_pains,
            }
            for one in lines[:_MOST_LINKS]
        ]
        heads = {
            "source": say("What needs"),
            "of": say("Its column"),
            "target": say("What is needed"),
            "by": say("In the column"),
            "n": say("Touchpoints"),
            "pains": say("Pain from what is needed"),
        }
        n_red = sum(one.hurts for one in lines)
        title = say_count(
            "{hurts} of {n} link leads to something that causes pain",
            "{hurts} of {n} links lead to something that causes pain",
            len(lines),
            hurts=n_red,
        )
        rest = say_count(
            "{n} link more is drawn above.", "{n} links more are drawn above.", more
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=title,
            source=rest if more > 0 else "",
            is_ranked=False,
        )

    def served(self) -> Part:
        """Return what each touchpoint rests on."""
        rows = copis_served(self.document)
        if not rows:
            return parts.sentence(
                say("There are no touchpoints yet: step 4 of the workbook asks.")
            )
        if not self.elements:
            return parts.NOTHING
        table = pd.DataFrame(
            {
                "stage": one.stage,
                "touchpoint": one.touchpoint,
                "processes": joined(list(one.processes)) or say("none yet"),
                "others": joined(list(one.others)) or NO_VALUE,
                "pains": one.n_pains,
            }
            for one in rows
        )
        table["stage"] = table["stage"].mask(table["stage"].eq(table["stage"].shift()))
        bare = sum(not one.processes for one in rows)
        title = say_count(
            "{n} touchpoint is served by no process yet",
            "{n} touchpoints are served by no process yet",
            bare,
        )
        if not bare:
            title = say("Every touchpoint is served by a process")
        heads = {
            "stage": say("Stage"),
            "touchpoint": say("Touchpoint"),
            "processes": say("Processes behind it"),
            "others": say("What else it rests on"),
            "pains": say("Pain points"),
        }
        if not any(one.others for one in rows):
            del heads["others"]
        return parts.ranked_table(
            table.fillna("″"), heads, title=title, is_ranked=False
        )

    def candidates(self) -> Part:
        """Return the systems, and what is a bottleneck, spare, or to be automated."""
        rows = [
            {
                "part": one.text,
                "column": copis_titles(self.document)[one.role],
                "marks": joined(self._marks_of(one)) or NO_VALUE,
                "pains": self.flow.boxes[one.id].n_pains,
                "owner": self.name(one.owner) or say("nobody yet"),
            }
            for one in self.elements
            if one.role == "systems" or self._marks_of(one)
        ]
        if not rows:
            return parts.sentence(
                say(
                    "Nothing is marked as a bottleneck, to be left out or to be "
                    "automated: step 10 of the workbook asks, part by part."
                )
            )
        n = {name: sum(getattr(one, name) for one in self.elements) for name in _MARKS}
        title = say(
            "{bottlenecks} marked as bottleneck, {automate} to automate, {spare} to "
            "leave out",
            bottlenecks=n["is_bottleneck"],
            automate=n["is_automation_candidate"],
            spare=n["is_unnecessary"],
        )
        heads = {
            "part": say("Part"),
            "column": say("Column"),
            "marks": say("Marked as"),
            "pains": say("Pain points"),
            "owner": say("Owner"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, is_ranked=False
        )

    @staticmethod
    def _marks_of(one: CopisElement) -> list[str]:
        return [say(words) for name, words in _MARKS.items() if getattr(one, name)]


def _with_columns(elements: Iterable[CopisElement], titles: Mapping[Any, str]) -> str:
    return joined(
        [
            say("{name} ({column})", name=one.text, column=titles[one.role])
            for one in elements
        ]
    )
