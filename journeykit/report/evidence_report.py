"""The evidence and KPI report: how far the map rests on data, and where KPIs stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

from journeykit.check.evidence import evidence_shares, uncovered_touchpoints
from journeykit.language import say, say_count, word
from journeykit.model import Touchpoint
from journeykit.report import parts
from journeykit.report.evidence_page import EvidencePage
from journeykit.report.evidence_tables import EvidenceTables
from journeykit.report.journey_report import JourneyReport
from journeykit.report.monitor_page import MonitorPage
from journeykit.report.part import Part
from journeykit.report.subject_report import first_names, quotes, share
from journeykit.show.numbers import NBSP

__all__ = ["EvidenceReport"]


class EvidenceReport(EvidenceTables):
    """What rests on data, and where each KPI stands; parameters as for its base."""

    kind: ClassVar[str] = word("Evidence and KPIs")
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "coverage": (
                word("What has data, and what has none"),
                word("Stage by stage, and by touchpoint, channel, persona, segment."),
            ),
            "data": (
                word("The data"),
                word("What was brought, how good it is, and for whom it speaks."),
            ),
            "kpis": (
                word("KPIs"),
                word("Where each stands, against its target and over time."),
            ),
            "scores": (
                word("Scores"),
                word("By touchpoint, stage, channel, persona and segment."),
            ),
            "change": (
                word("Before and after"),
                word("What changed, and whether it may be chance."),
            ),
        }
    )

    @cached_property
    def data(self) -> EvidencePage:
        """The data of the workshop, and for whom they speak."""
        return EvidencePage(self.workshop)

    @cached_property
    def monitor(self) -> MonitorPage:
        """What moved since the last time."""
        return MonitorPage(self.workshop)

    def over_time(self) -> Part:
        """Return the recommendation over all waves, if there are enough of them."""
        return (
            self.monitor.over_time() if len(self.monitor.waves()) > 2 else parts.NOTHING
        )

    def found(self) -> Part:
        """Return how much is measured, how many KPIs are reached, what has no data."""
        said = [*self._found_of_cells(), *self._found_of_kpis()]
        if not said:
            return parts.found(
                [
                    say(
                        "There is no map and no KPI yet: steps 1 and 4 of the workbook "
                        "ask for them."
                    )
                ]
            )
        return parts.found(said)

    def _found_of_cells(self) -> Iterator[tuple[str, str]]:
        shares = evidence_shares(self.today_map)
        if shares.measured is not None:
            yield (
                f"{100 * shares.measured:.0f}{NBSP}%",
                say(
                    "Share of the map that is measured; this workshop asks for at "
                    "least {least}.",
                    least=f"{100 * self.case.min_measured_share:.0f}{NBSP}%",
                ),
            )
        touchpoints = self.today_map.of(Touchpoint)
        bare = uncovered_touchpoints(self.today_map)
        if touchpoints:
            said = say("Touchpoints of which something is measured or observed.")
            if bare:
                names = first_names(quotes(one.name for one in bare))
                lacking = say("Nothing on {names}.", names=names)
                said = f"{said} {lacking}"
            yield share(len(touchpoints) - len(bare), len(touchpoints)), said

    def _found_of_kpis(self) -> Iterator[tuple[str, str]]:
        standings = self.standings
        if not standings:
            return
        n = Counter(str(one.status) for one in standings)
        said = [say("KPIs that have reached their target.")]
        if n["may be chance"]:
            said.append(
                say_count(
                    "{n} is too close to call.",
                    "{n} are too close to call.",
                    n["may be chance"],
                )
            )
        if n["not measured"]:
            said.append(
                say_count(
                    "{n} is not measured.", "{n} are not measured.", n["not measured"]
                )
            )
        yield share(n["reached"], len(standings)), " ".join(said)

    def credits(self) -> Part:
        """Return attributions and marks, that of the recommendation among them."""
        return JourneyReport.credits(self)
