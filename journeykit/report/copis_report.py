"""The COPIS report: the work behind the journey, and where its pain comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import pandas as pd

from journeykit.check.copis_reading import (
    copis_served,
    copis_strategies,
    copis_titles,
)
from journeykit.language import day, say, say_count, word
from journeykit.layout.copis_flow import CopisFlow, copis_flow
from journeykit.layout.prompts import ROLE_PROMPTS
from journeykit.model import CopisElement, Link, PainPoint
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.report.subject_report import SubjectReport, first_names, quotes
from journeykit.show.numbers import joined
from journeykit.vocabulary import COPIS

__all__ = ["CopisReport"]

_NONE = parts.sentence("")
_RULES = ("C1", "C2", "C3", "C4", "C5")
_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "is_bottleneck": word("Bottleneck"),
        "is_automation_candidate": word("Could be automated"),
        "is_unnecessary": word("Could be left out"),
    }
)
_UNKNOWN = "\N{EM DASH}"


class CopisReport(SubjectReport):
    """COPIS, part by part; parameters as for its base."""

    kind: ClassVar[str] = word("COPIS report")
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "meaning": (
                word("How COPIS is read here"),
                word("COPIS has four meanings; this workshop uses one of them."),
            ),
            "flow": (
                word("The work behind the journey"),
                word("What customers get, what is done for it, and what that takes."),
            ),
            "pains": (
                word("Where the pain comes from"),
                word("Each pain point, traced back to the work that causes it."),
            ),
            "links": (
                word("What rests on what"),
                word("If something fails, whatever needs it fails with it."),
            ),
            "information": (
                word("Information"),
                word("What must be known, where it is gathered, what it is used for."),
            ),
            "candidates": (
                word("Systems, bottlenecks and automation"),
                word("What the team marked, and what the work runs on."),
            ),
            "strategies": (
                word("What is done about it"),
                word("Proactive: it prevents the pain. Reactive: it mends the harm."),
            ),
            "missing": (
                word("What is missing"),
                word("Where COPIS, map and pain points do not meet yet, by rule."),
            ),
            "review": (word("When it is looked at again"), ""),
        }
    )

    @property
    def _flow(self) -> CopisFlow:
        return copis_flow(self.document)

    @property
    def _elements(self) -> list[CopisElement]:
        return [one for one in self.of(CopisElement) if not one.is_proposed]

    def _causes(self) -> dict[str, list[CopisElement]]:
        """Return by pain point the parts of COPIS that a person named as its cause."""
        found: dict[str, list[CopisElement]] = {}
        for link in self.of(Link):
            source = self.document.get(link.source)
            if link.relation != "causes" or link.is_proposed:
                continue
            if isinstance(source, CopisElement) and not source.is_proposed:
                found.setdefault(link.target, []).append(source)
        return found

    def _open_pains(self) -> list[PainPoint]:
        known = [one for one in self.of(PainPoint) if one.status != "resolved"]
        return sorted(
            known, key=lambda one: (-(one.priority or 0), -(one.severity or 0))
        )

    def found(self) -> Part:
        """Return how far pain is traced and treated, and what serves customers."""
        if not self._elements:
            nothing = say(
                "COPIS has no elements yet: step 10 of the workbook fills it from the "
                "map."
            )
            return parts.found([nothing])
        return parts.found([*self._found_of_pains(), *self._found_of_touchpoints()])

    def _found_of_pains(self) -> Iterator[tuple[str, str]]:
        pains, causes = self._open_pains(), self._causes()
        traced = [one for one in pains if one.id in causes]
        if pains:
            most = quotes(one.element.text for one in self._flow.most_hit)
            worst = say(" Hit most: {names}.", names=first_names(most)) if most else ""
            said = say_count(
                "of {all} open pain points is traced to the work behind it.",
                "of {all} open pain points are traced to the work behind it.",
                len(traced),
                all=len(pains),
            )
            yield str(len(traced)), f"{said}{worst}"
        hit = [one for one in copis_strategies(self.document) if one.n_pains]
        if hit:
            answered = sum(bool(one.strategy) for one in hit)
            bare = quotes(one.name for one in hit if not one.strategy)
            said = say_count(
                "of {all} parts that hurt has a strategy.",
                "of {all} parts that hurt have a strategy.",
                answered,
                all=len(hit),
            )
            open_ones = say(" None yet for {names}.", names=first_names(bare))
            yield str(answered), f"{said}{open_ones if bare else ''}"

    def _found_of_touchpoints(self) -> Iterator[tuple[str, str]]:
        rows = copis_served(self.document)
        if not rows:
            return
        served = sum(bool(one.processes) for one in rows)
        bare = [one.touchpoint for one in rows if not one.processes]
        said = say_count(
            "of {all} touchpoints is served by a process.",
            "of {all} touchpoints are served by a process.",
            served,
            all=len(rows),
        )
        rest = say(" None stands behind {names}.", names=first_names(bare))
        yield str(served), f"{said}{rest if bare else ''}"

    def definition(self) -> Part:
        """Return the columns of the definition in use, and how full each is."""
        flow = self._flow
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
            title=say("COPIS read as {meaning}", meaning=say(flow.label)),
            subtitle=say(flow.glossary),
            source=waits,
        )

    def pains(self) -> Part:
        """Return each open pain point with the parts of COPIS that it comes from."""
        pains, causes = self._open_pains(), self._causes()
        if not pains:
            return parts.sentence(
                say("No pain point is open: step 7 of the workbook asks for them.")
            )
        titles = copis_titles(self.document)
        rows = [
            {
                "priority": one.priority,
                "pain": one.text,
                "touchpoint": self.name(one.touchpoint) or self.name(one.stage),
                "causes": _with_columns(causes.get(one.id, ()), titles)
                or say("not traced yet"),
                "cause": one.cause or _UNKNOWN,
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
        flow = self._flow
        if not flow.boxes:
            return _NONE
        if not flow.lines:
            return parts.sentence(
                say(
                    "Nothing is joined yet: draw lines on the board of step 10 from "
                    "what needs to what is needed."
                )
            )
        lines = sorted(flow.lines, key=lambda one: (not one.hurts, -one.weight))
        boxes = flow.boxes
        rows = [
            {
                "source": boxes[one.source].element.text,
                "of": say(flow.titles[boxes[one.source].column]),
                "target": boxes[one.target].element.text,
                "by": say(flow.titles[boxes[one.target].column]),
                "n": one.weight,
                "pains": boxes[one.target].n_pains,
            }
            for one in lines
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
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, is_ranked=False
        )

    def served(self) -> Part:
        """Return what each touchpoint rests on."""
        rows = copis_served(self.document)
        if not rows or not self._elements:
            return _NONE
        table = pd.DataFrame(
            {
                "stage": one.stage,
                "touchpoint": one.touchpoint,
                "processes": joined(list(one.processes)) or say("none yet"),
                "others": joined(list(one.others)) or _UNKNOWN,
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
        return parts.ranked_table(
            table.fillna("″"), heads, title=title, is_ranked=False
        )

    def candidates(self) -> Part:
        """Return the systems, and what is a bottleneck, spare, or to be automated."""
        rows = [
            {
                "part": one.text,
                "column": say(copis_titles(self.document)[one.role]),
                "marks": joined(self._marks_of(one)) or _UNKNOWN,
                "pains": self._flow.boxes[one.id].n_pains,
                "owner": self.name(one.owner) or say("nobody yet"),
            }
            for one in self._elements
            if one.role == "systems" or self._marks_of(one)
        ]
        if not rows:
            if not self._elements:
                return _NONE
            return parts.sentence(
                say(
                    "Nothing is marked as a bottleneck, to be left out or to be "
                    "automated: step 10 of the workbook asks, part by part."
                )
            )
        n = {name: sum(getattr(one, name) for one in self._elements) for name in _MARKS}
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

    def missing(self) -> Part:
        """Return what the rules on COPIS find."""
        if not self._elements:
            return parts.sentence(
                say("COPIS is not begun, so there is nothing to check.")
            )
        return self.findings_of(
            _RULES, say("COPIS, map and pain points agree: no rule finds anything.")
        )

    def review(self) -> Part:
        """Return when COPIS is looked at again, and by whom."""
        when, owner = day(self.case.review_date), self.name(self.case.owner)
        if when and owner:
            said = say(
                "{day}, together with the map. {name} sees to it.", day=when, name=owner
            )
        elif when:
            said = say("{day}, together with the map. It has no owner yet.", day=when)
        else:
            said = say("No day is fixed yet: write it down in step 10 of the workbook.")
        return parts.sentence(said)

    def definitions(self) -> Part:
        """Return what the columns mean, and what counts as evidence."""
        flow = self._flow
        return parts.definitions(
            dict([(say(flow.label), say(flow.glossary)), self.evidence_term()])
        )


def _with_columns(elements: Iterable[CopisElement], titles: Mapping[Any, str]) -> str:
    return joined(
        [
            say("{name} ({column})", name=one.text, column=say(titles[one.role]))
            for one in elements
        ]
    )
