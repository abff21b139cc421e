"""The COPIS report: the work behind the journey, and where its pain comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from journeykit.check.copis_reading import copis_served, copis_strategies
from journeykit.language import day, say, say_count, word
from journeykit.report import parts
from journeykit.report.copis_tables import CopisTables
from journeykit.report.part import Part
from journeykit.report.subject_report import first_names, or_say, quotes, share

__all__ = ["CopisReport"]

_RULES = ("C1", "C2", "C3", "C4", "C5")


class CopisReport(CopisTables):
    """The work behind the journey, and where its pain begins; as its base."""

    kind: ClassVar[str] = word("COPIS report")
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "flow": (
                word("The work behind the journey"),
                word("What customers get, what is done for it, and what that takes."),
            ),
            "meaning": (
                word("How COPIS is read here"),
                word("COPIS has four meanings; this workshop uses one of them."),
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

    def found(self) -> Part:
        """Return how far pain is traced and treated, and what serves customers."""
        if not self.elements:
            nothing = say(
                "COPIS has no elements yet: step 10 of the workbook fills it from the "
                "map."
            )
            return parts.found([nothing])
        return parts.found([*self._found_of_pains(), *self._found_of_touchpoints()])

    def _found_of_pains(self) -> Iterator[tuple[str, str]]:
        pains, causes = self.open_pains(), self.causes()
        if pains:
            traced = sum(one.id in causes for one in pains)
            said = say("Open pain points that are traced to the work behind them.")
            most = self.flow.most_hit
            if most:
                names = first_names(quotes(one.element.text for one in most))
                worst = say_count(
                    "Hit most, with {n} pain point: {names}.",
                    "Hit most, with {n} pain points: {names}.",
                    most[0].n_pains,
                    names=names,
                )
                said = f"{said} {worst}"
            yield share(traced, len(pains)), said
        hit = [one for one in copis_strategies(self.document) if one.n_pains]
        if hit:
            bare = quotes(one.name for one in hit if not one.strategy)
            said = say("Parts that cause pain and have a strategy.")
            if bare:
                none = say("None yet for {names}.", names=first_names(bare))
                said = f"{said} {none}"
            yield share(len(hit) - len(bare), len(hit)), said

    def _found_of_touchpoints(self) -> Iterator[tuple[str, str]]:
        rows = copis_served(self.document)
        if not rows:
            return
        bare = quotes(one.touchpoint for one in rows if not one.processes)
        said = say("Touchpoints that are served by a process.")
        if bare:
            none = say("None stands behind {names}.", names=first_names(bare))
            said = f"{said} {none}"
        yield share(len(rows) - len(bare), len(rows)), said

    def information(self) -> Part:
        """Return what must be known, where it is gathered, what it is used for."""
        return or_say(
            self.copis.information(),
            say("No information stands in COPIS yet: step 10 of the workbook asks."),
        )

    def strategies(self) -> Part:
        """Return the strategy of each part that hurts, worst first."""
        return or_say(
            self.copis.strategies(),
            say("No part of COPIS hurts yet, and none has a strategy."),
        )

    def missing(self) -> Part:
        """Return what the rules on COPIS find."""
        if not self.elements:
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
        return parts.sentences([said])

    def definitions(self) -> Part:
        """Return what the columns mean, and what counts as evidence."""
        flow = self.flow
        return parts.definitions(
            dict([(flow.label, flow.glossary), self.evidence_term()])
        )
