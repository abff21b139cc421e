"""What the check found that is mended on one step, in a sentence below it."""

from __future__ import annotations

from collections import Counter

from journeykit.check.finding_step import step_of_finding
from journeykit.check.steps import WorkbookStep, step_named
from journeykit.model import Document
from journeykit.show.guide_tree import Node, node
from journeykit.workshop import Workshop

__all__ = ["found_here"]

_AT_HOME = "validation"
"""The step that shows the whole check."""


def found_here(document: Document, workshop: Workshop, step: WorkbookStep) -> Node:
    """Return what the check found that is mended on a step; None if nothing is.

    Parameters
    ----------
    document
        The workshop as it stands.
    workshop
        The same, to be checked.
    step
        The step; extras have none, and the one with the check says it all.
    """
    if step.name in (_AT_HOME, "welcome") or not step.is_counted:
        return None
    found = [
        one
        for one in workshop.findings()
        if one.severity != "hint" and step_of_finding(document, one) == step
    ]
    if not found:
        return None
    counts = Counter(one.severity for one in found)
    said = [f"{n} error{'' if n == 1 else 's'}" for n in (counts["error"],) if n] + [
        f"{n} warning{'' if n == 1 else 's'}" for n in (counts["warning"],) if n
    ]
    return node(
        "p",
        {"class": "jk-guide-said jk-check-here"},
        f"The check has {' and '.join(said)} to mend here, such as: {found[0].text} ",
        node("a", {"href": step_named(_AT_HOME).notebook, "key": "check"}, "See all"),
    )
