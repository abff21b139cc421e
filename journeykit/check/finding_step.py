"""Where in the workbook a finding is mended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from journeykit.check.rule import Finding
from journeykit.check.steps import STEPS, WorkbookStep, step_named
from journeykit.model import Document

__all__ = ["step_of_finding", "step_of_kind"]

_BY_RULE: Mapping[str, str] = {
    "M2": "journey_map",
    "M6": "objectives",
    "M7": "touchpoints",
    "E1": "evidence",
    "E3": "journey_map",
    "C4": "copis",
    "O1": "channels",
    "S1": "stakeholders",
    "S2": "validation",
    "L1": "monitor",
}
"""Where it is not the first step with a form for the kind of the entry."""

_BY_KIND: Mapping[str, str] = {
    "journey": "objectives",
    "data_set": "evidence",
    "measurement": "evidence",
    "kpi_observation": "monitor",
    "case": "monitor",
}


def step_of_finding(document: Document, finding: Finding) -> WorkbookStep:
    """Return the step of the workbook on which a finding is mended.

    Parameters
    ----------
    document
        The workshop.
    finding
        What was found in it.

    Examples
    --------
    >>> from journeykit.model import Kpi
    >>> document = Document([Kpi(id="k", name="Waiting time")])
    >>> lost = Finding("K2", "error", "k", "Nobody says how.", "Choose")
    >>> step_of_finding(document, lost).title
    'Objectives and scope'
    """
    if finding.rule in _BY_RULE:
        return step_named(_BY_RULE[finding.rule])
    entry = document.get(finding.entry)
    return step_of_kind(entry.kind if entry else "case")


@cache
def step_of_kind(kind: str) -> WorkbookStep:
    """Return the step of the workbook on which entries of a kind are at home."""
    if kind in _BY_KIND:
        return step_named(_BY_KIND[kind])
    counted = (step for step in STEPS if kind in step.kinds and step.is_counted)
    return next(counted, step_named("monitor"))
