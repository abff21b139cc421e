"""What a sponsor is asked to decide: the work to release, and what a plan still lacks.

It is read from plan and sign-offs, so that nobody has to remember to ask: a decision
that was taken stands in the plan, one that is missing shows as a gap in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeykit.check.departments import sign_offs
from journeykit.language import day, say, say_count
from journeykit.layout.workload import answered_by_actions
from journeykit.model import Action, Document, PainPoint
from journeykit.report import parts
from journeykit.report.evidence_lines import cut
from journeykit.report.part import Part
from journeykit.report.subject_report import first_names
from journeykit.show.numbers import count

__all__ = ["decision_asked"]

_MOST = 4
_NAME = 60


def decision_asked(
    document: Document, pains: Sequence[PainPoint], actions: Sequence[Action]
) -> Part:
    """Return what somebody has to decide, at most four sentences.

    Parameters
    ----------
    document
        The workshop.
    pains
        The open pain points, those that come first at the start.
    actions
        The open actions.
    """
    asked = [*_work(actions), *_gaps(document, pains, actions)]
    if not asked:
        asked = [say("Nothing yet: no action waits, and no open pain point is left.")]
    return parts.sentences(asked[:_MOST], heading=say("What we ask you to decide"))


def _work(actions: Sequence[Action]) -> Iterator[str]:
    planned = [one for one in actions if one.status == "planned"]
    days = sum(one.effort_days or 0.0 for one in planned)
    starts = [one.start for one in planned if one.start]
    if days and starts:
        yield say_count(
            "Release {days} days of work for {n} planned action; it starts on {start}.",
            "Release {days} days of work for {n} planned actions; the first starts on "
            "{start}.",
            len(planned),
            days=count(round(days)),
            start=day(min(starts)),
        )
    elif planned:
        yield say_count(
            "Agree to {n} planned action, whose work or start is not known yet.",
            "Agree to {n} planned actions, whose work or start is not known yet.",
            len(planned),
        )


def _gaps(
    document: Document, pains: Sequence[PainPoint], actions: Sequence[Action]
) -> Iterator[str]:
    nobody = [cut(one.text, _NAME) for one in actions if not one.owner]
    if nobody:
        yield say("Name who does: {actions}.", actions=first_names(nobody, 2))
    answered = answered_by_actions(document)
    taken = {pain for one in actions for pain in answered[one.id]}
    idle = [cut(one.text, _NAME) for one in pains if one.id not in taken]
    if idle:
        yield say(
            "Decide on what no action answers: {pains}.", pains=first_names(idle, 2)
        )
    against = [
        cut(one.department, _NAME)
        for one in sign_offs(document)
        if one.sign_off and one.sign_off.agreement == "dissents"
    ]
    if against:
        yield say("Settle where we differ with {names}.", names=first_names(against))
    no_day = [cut(one.text, _NAME) for one in actions if not one.due]
    if no_day:
        yield say("Set a day for: {actions}.", actions=first_names(no_day, 2))
