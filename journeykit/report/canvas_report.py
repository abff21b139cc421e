"""The canvas report: the business on one page, and whether the journey keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from journeykit.check.canvas_assessment import canvas_assessment
from journeykit.language import decimals, say, say_count, word
from journeykit.report import parts
from journeykit.report.canvas_tables import CanvasTables
from journeykit.report.part import Part
from journeykit.report.subject_report import first_names, or_say, quotes, share
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT

__all__ = ["CanvasReport"]

_RULES = ("B1", "B2", "B3", "B4", "O1", "O2")
_N_WORST = 5


class CanvasReport(CanvasTables):
    """Whether the journey keeps what the canvas promises; parameters as its base."""

    kind: ClassVar[str] = word("Canvas and journey")
    credited: ClassVar[tuple[str, ...]] = (CANVAS_CREDIT,)
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "canvas": (
                word("The business on one page"),
                word("The Business Model Canvas as it is, and after the change."),
            ),
            "alignment": (
                word("Does the journey keep the promise?"),
                word("Each stage of the journey, held against each block."),
            ),
            "blocks": (
                word("Block by block"),
                word("What on the journey helps an entry, what hurts it, what to do."),
            ),
            "promises": (
                word("Pain that no promise answers"),
                word("The open pain points, beside the value propositions."),
            ),
            "channels": (
                word("Preferred and offered"),
                word("The channels that people want, and those that they are given."),
            ),
            "revenue": (
                word("Ideas for revenue"),
                word("Subscriptions, loyalty programmes and partnerships."),
            ),
            "missing": (
                word("What does not fit yet"),
                word("Where the canvas and the map contradict each other, by rule."),
            ),
        }
    )

    def found(self) -> Part:
        """Return how far it is assessed, what is promised, which channels are there."""
        if not self.entries:
            nothing = say(
                "The canvas has no entries yet: step 11 of the workbook fills it from "
                "the map."
            )
            return parts.found([nothing])
        return parts.found([*self._found_of_blocks(), *self._found_of_people()])

    def _found_of_blocks(self) -> Iterator[tuple[str, str]]:
        blocks = canvas_assessment(self.document)
        done = sum(one.is_assessed for one in blocks)
        said = say("Blocks that were assessed, entry by entry.")
        rated = [one for one in blocks if one.strength is not None]
        if rated:
            weakest = min(rated, key=lambda one: one.strength or 0)
            least = say(
                "Weakest: “{block}”, strength {strength} of 5.",
                block=say(CANVAS_BLOCKS[weakest.block]),
                strength=decimals(weakest.strength or 0, 1),
            )
            said = f"{said} {least}"
        yield share(done, len(blocks)), said

    def _found_of_people(self) -> Iterator[tuple[str, str]]:
        worst = self.open_pains()[:_N_WORST]
        if worst:
            promised = self.promised()
            bare = quotes(one.text for one in worst if one.id not in promised)
            said = say_count(
                "Whether a value proposition answers the worst pain point.",
                "Of the {n} worst pain points, those that a value proposition answers.",
                len(worst),
            )
            if bare:
                lacking = say("Not promised: {names}.", names=first_names(bare))
                said = f"{said} {lacking}"
            yield share(len(worst) - len(bare), len(worst)), said
        n, total = self.offered_stages()
        if total:
            yield (
                share(n, total),
                say(
                    "Stages at which personas find the channel that they prefer, "
                    "counted once for each persona."
                ),
            )

    def alignment(self) -> Part:
        """Return journey stage by block as a heat map."""
        return or_say(
            self.canvas.alignment(),
            say("Nothing to hold against the journey: the canvas has no entries yet."),
        )

    def missing(self) -> Part:
        """Return what the rules on the canvas and on preferred channels find."""
        if not self.entries:
            return parts.sentence(
                say("The canvas is not begun, so there is nothing to check.")
            )
        return self.findings_of(
            _RULES,
            say("The canvas holds together and agrees with the map: no rule objects."),
        )

    def definitions(self) -> Part:
        """Return what helps, hurts, strength and evidence mean."""
        terms = {
            say("Strength"): say(
                "How well an entry works today, as the team rated it: 1 (weak) to 5 "
                "(strong)."
            ),
            say("What helps an entry"): say(
                "What the team wrote; where it wrote nothing, the touchpoints tied to "
                "it that feel good, +1 or more."
            ),
            say("What hurts an entry"): say(
                "What the team wrote; where it wrote nothing, the pain points tied to "
                "it, or at a touchpoint tied to it, that are not resolved."
            ),
            say("Preferred channel"): say(
                "The channel that a persona would choose, as the team wrote it down; "
                "offered where a touchpoint of the stage uses it."
            ),
        }
        return parts.definitions(dict([*terms.items(), self.evidence_term()]))
