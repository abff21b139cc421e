"""What is missing in a stage, and in which step of the workbook it is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from journeykit.language import say
from journeykit.layout.workload import answered_by_actions
from journeykit.report import parts
from journeykit.report.evidence_lines import cut
from journeykit.report.part import Part
from journeykit.report.stage_process import causes_of
from journeykit.report.subject_report import first_names

if TYPE_CHECKING:
    from journeykit.report.stage_page import StagePage

__all__ = ["missing"]

_NAME = 60


def missing(page: StagePage) -> Part | None:
    """Return what has no data or was not filled in; None if nothing is missing.

    Parameters
    ----------
    page
        The stage.
    """
    said = [*_data(page), *_pains(page)] if page.points else [*_nothing()]
    if not said:
        return None
    return parts.ranked_table(
        pd.DataFrame(said, columns=["what", "where"]),
        {"what": say("What is missing"), "where": say("Where to add it")},
        title=say("What is missing in “{stage}”", stage=page.stage.name),
        is_ranked=False,
    )


def _nothing() -> Iterator[tuple[str, str]]:
    yield say("It has no touchpoint."), say("Step 4, touchpoints and channels")


def _data(page: StagePage) -> Iterator[tuple[str, str]]:
    bare = [one.name for one in page.points if page.report.score_of(one.id) is None]
    if bare:
        said = say("Not measured: {names}.", names=first_names(bare))
        yield said, say("Step 5, evidence")
    unfelt = [one.name for one in page.points if one.emotion is None]
    if unfelt:
        said = say("No emotion: {names}.", names=first_names(unfelt))
        yield said, say("Step 6, journey map")
    if not page.objectives:
        yield say("No objective for this stage."), say("Step 1, objectives and scope")
    if page.kpis() is None:
        yield say("No KPI stands for it."), say("Step 1, objectives and scope")


def _pains(page: StagePage) -> Iterator[tuple[str, str]]:
    if not page.pains:
        yield say("No pain point was noted."), say("Step 7, pain points")
    uncaused = [
        cut(one.text, _NAME) for one in page.pains if not causes_of(page.document, one)
    ]
    if uncaused:
        said = say("No cause: {names}.", names=first_names(uncaused))
        yield said, say("Step 10, COPIS")
    answered = answered_by_actions(page.document)
    taken = {pain for one in page.answers for pain in answered[one.id]}
    idle = [
        cut(one.text, _NAME)
        for one in page.pains
        if one.id not in taken and one.status != "resolved"
    ]
    if idle:
        said = say("No action: {names}.", names=first_names(idle))
        yield said, say("Step 12, action plan")
