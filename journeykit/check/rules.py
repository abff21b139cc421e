"""The consistency check: where the parts of a workshop contradict each other.

Every rule is listed in :data:`RULES`. A team may switch one off with a reason, which
the report prints; what was switched off is never forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from journeykit.check.rule import Facts, Finding, Rule
from journeykit.check.rules_copis_canvas import COPIS_CANVAS_RULES
from journeykit.check.rules_evidence import EVIDENCE_RULES
from journeykit.check.rules_map import MAP_RULES
from journeykit.check.rules_plan import PLAN_RULES
from journeykit.model import Document, RuleOff

__all__ = ["RULES", "findings", "rules_off"]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (*MAP_RULES, *EVIDENCE_RULES, *COPIS_CANVAS_RULES, *PLAN_RULES)
    }
)
"""Every rule by its id."""

_ORDER = {"error": 0, "warning": 1, "hint": 2}


def rules_off(document: Document) -> Mapping[str, str]:
    """Return the rules that the team switched off, with the reason of each."""
    return {one.rule: one.reason for one in document.of(RuleOff) if one.reason}


def findings(
    document: Document, today: date, *, last_version: date | None = None
) -> tuple[Finding, ...]:
    """Return where the workshop contradicts itself or stops short, worst first.

    Parameters
    ----------
    document
        The workshop.
    today
        The day on which it is looked at.
    last_version
        When the map was last marked; None if that is not known.

    Returns
    -------
    tuple of Finding
        Errors, then warnings, then hints; each in the order of the rules and entries.

    Examples
    --------
    >>> from journeykit.model import Kpi
    >>> document = Document([Kpi(id="k", name="Waiting time")])
    >>> found = findings(document, date(2026, 1, 1))
    >>> [(one.rule, one.entry) for one in found if one.severity == "error"]
    [('K1', 'k'), ('K2', 'k')]
    """
    facts = Facts(document, today, last_version)
    off = rules_off(document)
    every = [
        finding
        for rule in RULES.values()
        if rule.id not in off
        for finding in rule.findings(facts)
    ]
    every.sort(key=lambda one: _ORDER[one.severity])
    return tuple(every)
