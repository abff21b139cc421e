"""The pages that a report on one workshop is put together from."""

from __future__ import annotations

from functools import cached_property

from journeykit.report.canvas_page import CanvasPage
from journeykit.report.check_page import CheckPage
from journeykit.report.copis_page import CopisPage
from journeykit.report.plan_page import PlanPage
from journeykit.report.report_numbers import ReportNumbers

__all__ = ["ReportPages"]


class ReportPages(ReportNumbers):
    """COPIS, canvas, plan and check of a report; parameters as for its base."""

    @cached_property
    def copis(self) -> CopisPage:
        """What happens behind the scenes."""
        return CopisPage(self.document)

    @cached_property
    def canvas(self) -> CanvasPage:
        """The business on one page, held against the journey."""
        return CanvasPage(self.document)

    @cached_property
    def plan(self) -> PlanPage:
        """Who does what by when, and who stands behind it."""
        return PlanPage(self.workshop, self.today)

    @cached_property
    def check(self) -> CheckPage:
        """Where the parts contradict each other or stop short."""
        return CheckPage(self.workshop, self.today)
