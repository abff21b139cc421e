"""The status of the action plan: how far it is, what is late, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from journeykit.language import say, say_count, word
from journeykit.model import PainPoint
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.plan_changes import PlanChanges
from journeykit.report.subject_report import first_names, quotes, share
from journeykit.show.numbers import count
from journeykit.workshop import Workshop

__all__ = ["PlanReport"]


class PlanReport(PlanChanges):
    """What is done, what is late and what comes next, by type and owner.

    Parameters
    ----------
    workshop, language, today
        As for its base.
    since
        Name of the marked moment to compare with; empty for the last.
    """

    kind: ClassVar[str] = word("Status of the action plan")
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "status": (
                word("How far we are"),
                word("By type, what is late, and what the next four weeks ask for."),
            ),
            "owners": (word("Who does it"), word("What each owner has open.")),
            "roadmap": (
                word("The plan in time"),
                word("What waits for what, and what cannot hold like this."),
            ),
            "effects": (
                word("What it moved"),
                word("What was hoped for, what came of it, and what is being tried."),
            ),
            "pains": (
                word("What became of the pain points"),
                word("Open, being treated, resolved, returned."),
            ),
            "departments": (
                word("Who stands behind it"),
                word("What departments answer, and who signed off the map."),
            ),
            "decisions": (
                word("Decided and parked"),
                word("What the team decided, and what it keeps for later."),
            ),
            "changes": (word("What changed"), word("Since the last marked moment.")),
        }
    )

    def __init__(
        self,
        workshop: Workshop,
        *,
        since: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        super().__init__(workshop, language=language, today=today)
        self.since = since

    def found(self) -> Part:
        """Return how much is done, what is late, and what became of the pain."""
        said = [*self._found_of_actions(), *self._found_of_pains()]
        if not said:
            return parts.found(
                [
                    say(
                        "There is no action and no pain point yet: steps 7 and 12 of "
                        "the workbook ask for them."
                    )
                ]
            )
        return parts.found(said)

    def _found_of_actions(self) -> Iterator[tuple[str, str]]:
        if not self.plan_actions:
            return
        n = Counter(str(one.status) for one in self.plan_actions)
        yield (
            share(n["done"], len(self.plan_actions)),
            say(
                "Actions that are done. Under way: {doing}; planned: {planned}; "
                "dropped: {dropped}.",
                doing=count(n["doing"]),
                planned=count(n["planned"]),
                dropped=count(n["dropped"]),
            ),
        )
        late, coming = self.late, len(self.next_due)
        said = say("Actions past their date.")
        if late:
            longest = say_count(
                "Longest, by {n} day: {name}.",
                "Longest, by {n} days: {name}.",
                self.days_late(late[0]),
                name=quotes([late[0].text])[0],
            )
            said = f"{said} {longest}"
        asks = say_count(
            "{n} begins or is due in the next four weeks.",
            "{n} begin or are due in the next four weeks.",
            coming,
        )
        yield count(len(late)), f"{said} {asks}" if coming else said

    def _found_of_pains(self) -> Iterator[tuple[str, str]]:
        pains = self.of(PainPoint)
        if not pains:
            return
        n = Counter(str(one.status) for one in pains)
        said = [say("Pain points that are resolved.")]
        if n["being_treated"]:
            said.append(say("Being treated: {n}.", n=count(n["being_treated"])))
        back = quotes(one.text for one in pains if one.status == "returned")
        if back:
            said.append(say("Returned: {names}.", names=first_names(back)))
        yield share(n["resolved"], len(pains)), " ".join(said)

    def definitions(self) -> Part:
        """Return what the words of a status mean."""
        terms = {
            say("Late"): say(
                "Planned or under way, and its date lies before that of this report."
            ),
            say("Days of work left"): say(
                "Effort in person-days of what is planned or under way; what gives no "
                "effort counts as none."
            ),
            say("Resolved, returned"): say(
                "The team says that a pain point is gone; it returned if it was open "
                "again later."
            ),
        }
        return parts.definitions(dict([*terms.items(), self.evidence_term()]))
