"""Tables of the canvas report: what changes, each block, promises, channels, ideas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from journeykit.check.canvas_assessment import EntryAssessment, canvas_assessment
from journeykit.check.canvas_difference import canvas_difference
from journeykit.language import say, say_count, semicolons, word
from journeykit.model import (
    Link,
)
from journeykit.report import parts
from journeykit.report.canvas_channels import CanvasChannels
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.subject_report import first_names, quotes
from journeykit.show.numbers import count, joined, signed, typeset
from journeykit.vocabulary import CANVAS_BLOCKS

__all__ = ["CanvasTables"]

_CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "new": word("New"),
        "changed": word("Changed"),
        "gone": word("Goes"),
        "stays": word("Stays"),
    }
)


class CanvasTables(CanvasChannels):
    """The tables of a canvas report; parameters as for its base."""

    # --- before and after -------------------------------------------------------------

    def difference(self) -> Part:
        """Return what becomes of the entries; what stays is only counted."""
        found = canvas_difference(self.document)
        if not found.changes:
            return parts.NOTHING
        if not found.is_begun:
            return parts.sentence(
                say(
                    "The canvas after the change is not begun: step 11 of the workbook "
                    "takes over what stands today, and asks what becomes different."
                )
            )
        sorts = ("new", "changed", "gone")
        n_stays = len(found.of("stays"))
        rows = [
            {
                "what": say(_CHANGES[one.what]),
                "block": say(CANVAS_BLOCKS[one.block]),
                "entry": one.entry.text,
                "how": semicolons(one.words) or NO_VALUE,
            }
            for sort in sorts
            for one in found.changes
            if one.what == sort
        ]
        stays = say_count("{n} entry stays.", "{n} entries stay.", n_stays)
        if not rows:
            return parts.sentence(say("Nothing changes: {stays}", stays=stays))
        title = say(
            "{new} new, {changed} changed, {gone} to go",
            new=count(len(found.of("new"))),
            changed=count(len(found.of("changed"))),
            gone=count(len(found.of("gone"))),
        )
        heads = {
            "entry": say("Entry"),
            "block": say("Block"),
            "what": say("Becomes"),
            "how": say("How"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, source=stays, is_ranked=False
        )

    # --- block by block ---------------------------------------------------------------

    def assessment(self) -> Part:
        """Return each entry with its strength, what helps, what hurts, what to do."""
        blocks = canvas_assessment(self.document)
        rows = [
            {"block": say(CANVAS_BLOCKS[block.block]), **_assessed(one)}
            for block in blocks
            for one in block.entries
        ]
        if not rows:
            return parts.sentence(say("No block has an entry yet."))
        empty = [say(CANVAS_BLOCKS[one.block]) for one in blocks if not one.entries]
        n = sum(not one.is_assessed for block in blocks for one in block.entries)
        title = say_count(
            "{n} entry is not assessed yet", "{n} entries are not assessed yet", n
        )
        if not n:
            title = say("Every entry was assessed")
        table = pd.DataFrame(rows)
        table["strength"] = table["strength"].astype("Int64")
        heads = {
            "entry": say("Entry"),
            "block": say("Block"),
            "strength": say("Strength"),
            "helps": say("What helps it"),
            "hurts": say("What hurts it"),
            "improve": say("What would improve it"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=typeset(
                say(
                    "Strength from 1 (weak) to 5 (strong). In brackets the emotion, -2 "
                    "to +2, of touchpoints that help."
                )
            ),
            source=say("Empty blocks: {names}.", names=joined(empty)) if empty else "",
            is_ranked=False,
        )

    # --- promises ---------------------------------------------------------------------

    def promised(self) -> dict[str, list[str]]:
        """Return by pain point the value propositions that answer it, by name."""
        found: dict[str, list[str]] = {}
        promises = [one for one in self.entries if one.block == "value_propositions"]
        for link in self.today_map.of(Link):
            if link.relation != "addresses" or link.is_proposed:
                continue
            for entry in promises:
                if entry.id == link.source:
                    found.setdefault(link.target, []).append(entry.text)
        return found

    def promises(self) -> Part:
        """Return each pain point with the value proposition that answers it."""
        pains = self.open_pains()
        if not pains:
            return parts.sentence(
                say("No pain point is open: step 7 of the workbook asks for them.")
            )
        if not self.entries:
            return parts.sentence(
                say("The canvas has no entries yet, so nothing is promised.")
            )
        promised = self.promised()
        rows = [
            {
                "priority": one.priority,
                "pain": one.text,
                "touchpoint": self.place(one) or NO_VALUE,
                "promise": joined(promised.get(one.id, []))
                or say("no promise answers it"),
            }
            for one in sorted(pains, key=lambda one: one.id in promised)
        ]
        table = pd.DataFrame(rows)
        table["priority"] = table["priority"].astype("Int64")
        bare = sum(one.id not in promised for one in pains)
        title = say_count(
            "No value proposition answers {n} of {all} open pain points",
            "No value proposition answers {n} of {all} open pain points",
            bare,
            all=count(len(pains)),
        )
        if not bare:
            title = say("Every open pain point is answered by a value proposition")
        heads = {
            "priority": say("Score"),
            "pain": say("Pain point"),
            "touchpoint": say("Touchpoint"),
            "promise": say("Value proposition"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=say(
                "Those without a promise first; then by severity times frequency."
            ),
            dot="priority",
            is_ranked=False,
        )


def _assessed(one: EntryAssessment) -> dict[str, object]:
    """Return an entry in words: what the team wrote, else what the journey shows."""
    entry = one.entry
    good = [
        say("{name} ({emotion})", name=tp.name, emotion=signed(tp.emotion or 0, 0))
        for tp in one.helping
    ]
    bad = quotes(pain.text for pain in one.hurting)
    return {
        "entry": entry.text,
        "strength": entry.strength,
        "helps": entry.helps or first_names(good) or NO_VALUE,
        "hurts": entry.hurts or first_names(bad) or NO_VALUE,
        "improve": entry.improve or NO_VALUE,
    }
