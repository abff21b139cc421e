"""What customers say to the map: who confirms it, what they contradict, who was asked.

The notebook ``13_validation_and_sign_off`` shows these parts.
"""

from __future__ import annotations

import pandas as pd

from journeykit.check.validation import TouchpointAnswers, validation_answers
from journeykit.measure.intervals import wilson
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.show.numbers import NBSP, count, joined
from journeykit.workshop import Workshop

__all__ = ["ValidationPage"]

_NO_MAP = "There is no map to show to customers yet."
_NOBODY = (
    "No answer of a customer is noted yet. Note one above: choose “Validation” as the "
    "kind, the touchpoint, a verdict, and how many customers said so."
)


class ValidationPage:
    """What customers said to a workshop's map.

    Parameters
    ----------
    workshop
        The workshop.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.document = workshop.document()
        self.minimum = workshop.case.min_group
        self.answers = validation_answers(self.document)

    def _name(self, touchpoint: str) -> str:
        return self.document[touchpoint].name_for_people

    def verdicts(self) -> Part:
        """Return each touchpoint with its verdict, by how many, in map order."""
        if not self.answers:
            return parts.sentence(_NO_MAP)
        heard = [one for one in self.answers if one.standing != "not asked"]
        if not heard:
            return parts.sentence(_NOBODY)
        rows = [
            {
                "touchpoint": self._name(one.touchpoint),
                "standing": one.standing.capitalize(),
                "confirmed": _people(one, one.n_confirmed),
                "contradicted": _people(one, one.n_contradicted),
                "share": self._share(one),
            }
            for one in self.answers
        ]
        n = len(self.answers)
        against = sum(one.standing == "contradicted" for one in heard)
        said = f"{len(heard) - against} of {n} touchpoints are confirmed"
        said += f", {against} contradicted" if against else ", none is contradicted"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "touchpoint": "Touchpoint",
                "standing": "Verdict",
                "confirmed": "Confirmed by",
                "contradicted": "Contradicted by",
                "share": "Share confirmed",
            },
            title=said,
            subtitle="In the order of the map. One customer who contradicts is enough "
            f"to look again. Shares from {self.minimum} customers on, with 95 % "
            "interval (Wilson).",
            source=self._all_in_all(),
        )

    def _share(self, one: TouchpointAnswers) -> str:
        if not one.n:
            return ""
        if one.n < self.minimum:
            return "too few"
        return _percent(one.n_confirmed, one.n)

    def _all_in_all(self) -> str:
        confirmed = sum(one.n_confirmed for one in self.answers)
        n = sum(one.n for one in self.answers)
        if n < self.minimum:
            return ""
        return (
            f"All in all {_percent(confirmed, n)} of {count(n)} answers confirm the "
            "map. A customer who was asked about several touchpoints counts at each, "
            "so the true interval is wider."
        )

    def contradictions(self) -> Part:
        """Return what customers contradict, in their words."""
        rows = [
            {"touchpoint": self._name(one.touchpoint), "said": text}
            for one in self.answers
            for text in one.contradictions
        ]
        if not rows:
            is_heard = any(one.n_confirmed for one in self.answers)
            words = "No customer contradicts the map." if is_heard else _NOBODY
            return parts.sentence(words)
        n = len({row["touchpoint"] for row in rows})
        places = "a touchpoint" if n == 1 else f"{n} touchpoints"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"touchpoint": "Touchpoint", "said": "What was said"},
            title=f"Customers see {places} otherwise than the map does",
            subtitle="Change the map, or note why it stays as it is.",
        )

    def not_asked(self) -> Part:
        """Return the touchpoints that nobody was asked about, by name."""
        open_ones = [one for one in self.answers if one.standing == "not asked"]
        if not self.answers:
            return parts.sentence(_NO_MAP)
        if not open_ones:
            return parts.sentence("Customers were asked about every touchpoint.")
        known = [self._name(one.touchpoint) for one in open_ones if one.is_marked]
        rest = [self._name(one.touchpoint) for one in open_ones if not one.is_marked]
        said = []
        if rest:
            said.append(f"Nothing is noted yet of {_counted(rest)}: {joined(rest)}.")
        if known:
            verb = "was" if len(known) == 1 else "were"
            said.append(f"Not asked, and said so: {joined(known)} {verb} left out.")
        return parts.sentences(said)


def _counted(names: list[str]) -> str:
    return "one touchpoint" if len(names) == 1 else f"{len(names)} touchpoints"


def _people(one: TouchpointAnswers, n: int) -> str:
    if one.standing == "not asked":
        return ""
    more = "" if one.is_counted else " or more (not noted)"
    return f"{count(n)}{more}" if n or not one.is_counted else "nobody"


def _percent(part: int, n: int) -> str:
    ends = wilson(part, n)
    low, high = (round(100 * end) for end in ends)
    return f"{round(100 * part / n)}{NBSP}% ({low}{NBSP}to{NBSP}{high})"
