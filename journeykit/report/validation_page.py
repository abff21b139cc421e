"""What customers say to the map: who confirms it, what they contradict, who was asked.

The notebook ``13_validation_and_sign_off`` shows these parts.
"""

from __future__ import annotations

import pandas as pd

from journeykit.check.validation import TouchpointAnswers, validation_answers
from journeykit.language import percent, say, say_count, word
from journeykit.measure.intervals import wilson
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.numbers import NBSP, count, joined, with_interval
from journeykit.workshop import Workshop

__all__ = ["ValidationPage"]

_NO_MAP = word("There is no map to show to customers yet.")
_NOBODY = word(
    "No answer of a customer is noted yet. Note one above: choose “Validation” as the "
    "kind, the touchpoint, a verdict, and how many customers said so."
)
_STANDINGS = {
    "confirmed": word("Confirmed"),
    "contradicted": word("Contradicted"),
    "not asked": word("Not asked"),
}


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
            return parts.sentence(say(_NO_MAP))
        heard = [one for one in self.answers if one.standing != "not asked"]
        if not heard:
            return parts.sentence(say(_NOBODY))
        rows = [
            {
                "touchpoint": self._name(one.touchpoint),
                "standing": say(_STANDINGS[one.standing]),
                "confirmed": _people(one, one.n_confirmed),
                "contradicted": _people(one, one.n_contradicted),
                "share": self._share(one),
            }
            for one in self.answers
        ]
        n = len(self.answers)
        against = sum(one.standing == "contradicted" for one in heard)
        said = (
            say_count(
                "{n_confirmed} of {n} touchpoints are confirmed, {n_against} "
                "contradicted",
                "{n_confirmed} of {n} touchpoints are confirmed, {n_against} "
                "contradicted",
                n,
                n_confirmed=count(len(heard) - against),
                n_against=count(against),
            )
            if against
            else say_count(
                "{n_confirmed} of {n} touchpoints are confirmed, none is contradicted",
                "{n_confirmed} of {n} touchpoints are confirmed, none is contradicted",
                n,
                n_confirmed=count(len(heard)),
            )
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "touchpoint": say("Touchpoint"),
                "standing": say("Verdict"),
                "confirmed": say("Confirmed by"),
                "contradicted": say("Contradicted by"),
                "share": say("Share confirmed"),
            },
            title=said,
            subtitle=say(
                "In the order of the map. One customer who contradicts is enough to "
                "look again. Shares from {minimum} customers on, with {level} interval "
                "(Wilson).",
                minimum=self.minimum,
                level=percent(0.95),
            ),
            source=self._all_in_all(),
        )

    def _share(self, one: TouchpointAnswers) -> str:
        if not one.n:
            return ""
        if one.n < self.minimum:
            return say("too few")
        return _percent(one.n_confirmed, one.n)

    def _all_in_all(self) -> str:
        confirmed = sum(one.n_confirmed for one in self.answers)
        n = sum(one.n for one in self.answers)
        if n < self.minimum:
            return ""
        return say(
            "All in all {share} of {n} answers confirm the map. A customer who was "
            "asked about several touchpoints counts at each, so the true interval is "
            "wider.",
            share=_percent(confirmed, n),
            n=count(n),
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
            return parts.sentence(
                say("No customer contradicts the map.") if is_heard else say(_NOBODY)
            )
        n = len({row["touchpoint"] for row in rows})
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"touchpoint": say("Touchpoint"), "said": say("What was said")},
            title=say_count(
                "Customers see a touchpoint otherwise than the map does",
                "Customers see {n} touchpoints otherwise than the map does",
                n,
            ),
            subtitle=say("Change the map, or note why it stays as it is."),
        )

    def not_asked(self) -> Part:
        """Return the touchpoints that nobody was asked about, by name."""
        open_ones = [one for one in self.answers if one.standing == "not asked"]
        if not self.answers:
            return parts.sentence(say(_NO_MAP))
        if not open_ones:
            return parts.sentence(say("Customers were asked about every touchpoint."))
        known = [self._name(one.touchpoint) for one in open_ones if one.is_marked]
        rest = [self._name(one.touchpoint) for one in open_ones if not one.is_marked]
        said = []
        if rest:
            said.append(
                say_count(
                    "Nothing is noted yet of one touchpoint: {names}.",
                    "Nothing is noted yet of {n} touchpoints: {names}.",
                    len(rest),
                    names=joined(rest),
                )
            )
        if known:
            said.append(
                say_count(
                    "Not asked, and said so: {names} was left out.",
                    "Not asked, and said so: {names} were left out.",
                    len(known),
                    names=joined(known),
                )
            )
        return parts.sentences(said)


def _people(one: TouchpointAnswers, n: int) -> str:
    if one.standing == "not asked":
        return ""
    if not one.is_counted:
        return say("{n} or more (not noted)", n=count(n))
    return count(n) if n else say("nobody")


def _percent(part: int, n: int) -> str:
    low, high = wilson(part, n)
    said = with_interval(part / n, low, high, "customer_satisfaction_score")
    return said.replace(" to ", f"{NBSP}to{NBSP}")
