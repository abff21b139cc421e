"""Pain points over time and across departments, beside their board."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from journeykit.check.pain_life import PainLife
from journeykit.layout.day_words import day_text
from journeykit.model import Document, PainPoint
from journeykit.model.edits import change
from journeykit.show.guide_plan import table
from journeykit.show.guide_tree import Node, button, listed, node, picture
from journeykit.show.pain_life import life_finding, pain_life_picture
from journeykit.vocabulary import PAIN_STATUSES
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.alignment_acts import Done

__all__ = ["PAIN_ACTS", "pain_life_tree", "set_pain_status"]

_NARROW = 830.0
_WIDE = 1030.0


def pain_life_tree(document: Document, lives: Sequence[PainLife], today: date) -> Node:
    """Return the life of pain points: what should be set right, strips, a table.

    Parameters
    ----------
    document
        The workshop as it stands.
    lives
        As :func:`journeykit.show.pain_life.lives_of` gives them.
    today
        The day on which it is looked at.
    """
    if not lives:
        return listed("Over time", node("p", {}, "There are no pain points yet."))
    language = document.case.language if document.case else "en"
    wide, narrow = (
        pain_life_picture(lives, today, width_px=width, language=language)
        for width in (_WIDE, _NARROW)
    )
    back = sum(one.n_returned > 0 for one in lives)
    more = f" {back} came back after {'it was' if back == 1 else 'they were'} resolved."
    return listed(
        "Over time",
        node(
            "p",
            {},
            node("strong", {}, f"{life_finding(lives)}."),
            more if back else None,
        ),
        _to_set_right(lives),
        picture(wide, narrow),
        node(
            "details",
            {"key": "pain-life"},
            node("summary", {"key": "pain-life-summary"}, "Each day as a table"),
            _as_table(lives, today, language),
        ),
    )


def _to_set_right(lives: Sequence[PainLife]) -> Node | None:
    rows = [
        node(
            "li",
            {},
            node(
                "div",
                {},
                node("p", {}, node("strong", {}, one.pain_point.text)),
                node("p", {"class": "jk-guide-missing"}, one.why),
            ),
            button(
                f"pain_status:{one.pain_point.id}:{one.suggested}",
                f"Mark as {PAIN_STATUSES[one.suggested].lower()}",
                f"Mark “{one.pain_point.text}” as {PAIN_STATUSES[one.suggested]}",
            ),
        )
        for one in lives
        if one.suggested is not None
    ]
    return node("ul", {"class": "jk-guide-rows"}, *rows) if rows else None


def _as_table(lives: Sequence[PainLife], today: date, language: str) -> Node:
    rows = []
    for one in lives:
        for at, period in enumerate(one.periods):
            days = period.days(today)
            rows.append(
                (
                    one.pain_point.text if at == 0 else "",
                    PAIN_STATUSES[period.status],
                    day_text(period.since, language),
                    f"{days} {'day' if days == 1 else 'days'}",
                )
            )
    return table(("Pain point", "Status", "Since", "For"), rows)


def set_pain_status(workshop: Workshop, asked: str, done: Done) -> str:
    """Set the status of a pain point; *asked* is its id and the status.

    Raises
    ------
    UnknownNameError
        If there is no such entry or status.
    """
    name, _, status = asked.rpartition(":")
    document = workshop.document()
    pain = document[name]
    if not isinstance(pain, PainPoint) or status not in PAIN_STATUSES:
        return "Nothing was changed: that is no status of a pain point."
    edit = change(document, name, {"status": status}, author=workshop.author)
    words = PAIN_STATUSES[status].lower()
    return done([edit], f"“{pain.text}” is marked as {words}.")


PAIN_ACTS: Mapping[str, Callable[[Workshop, str, Done], str]] = MappingProxyType(
    {"pain_status": set_pain_status}
)
"""What buttons beside pain points do, by their verb."""
