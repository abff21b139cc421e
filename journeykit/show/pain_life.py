"""The life of pain points as strips over time, and as a list with what to set right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.check.pain_life import PainLife, pain_lives
from journeykit.language import commas, say, say_count
from journeykit.layout.day_words import day_text
from journeykit.layout.workload import monday_of
from journeykit.model import Document
from journeykit.show.drawing import line, rect, root, text, written
from journeykit.show.roadmap_axis import Axis
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.store.traces import field_changes
from journeykit.vocabulary import PAIN_STATUSES
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "life_finding",
    "lives_of",
    "pain_life_data",
    "pain_life_picture",
    "status_changes",
]

_SMALL = SIZES_PX["small"]
_AXIS = 46.0
_ROW = 26.0
_LINE = 15.0
_STRIP = 16.0
_MOST = 60
"""Strips in one picture; the table has all."""

_ROLES: Mapping[str, tuple[str, str, str]] = {
    "open": ("pain", "pain", "paper"),
    "being_treated": ("accent-tint", "accent", "ink"),
    "resolved": ("panel", "mark-quiet", "ink-soft"),
    "returned": ("pain", "ink", "paper"),
}
"""Fill, edge and words of each status."""


def status_changes(workshop: Workshop) -> dict[str, list[tuple[date, object]]]:
    """Return day and status of each change by the record, by pain point."""
    found = field_changes(workshop.store, "pain_point", "status")
    return {
        entry: [(when.astimezone().date(), value) for when, value in changes]
        for entry, changes in found.items()
    }


def lives_of(workshop: Workshop, document: Document) -> tuple[PainLife, ...]:
    """Return the life of every pain point of a workshop, until today by its clock."""
    today = workshop.store.now().astimezone().date()
    return pain_lives(document, status_changes(workshop), today)


def pain_life_data(lives: Sequence[PainLife], today: date) -> pd.DataFrame:
    """Return a row for each period of each pain point.

    Returns
    -------
    DataFrame
        ``pain_point``, ``status``, ``since``, ``until`` (None: until now), ``days``,
        ``said``.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = [
        {
            "pain_point": one.pain_point.text,
            "status": say(PAIN_STATUSES[period.status]),
            "since": period.since,
            "until": period.until,
            "days": period.days(today),
            "said": say_count(
                "{pain}: {status} since {day}, {n} day",
                "{pain}: {status} since {day}, {n} days",
                period.days(today),
                pain=one.pain_point.text,
                status=say(PAIN_STATUSES[period.status]),
                day=period.since,
            ),
        }
        for one in lives
        for period in one.periods
    ]
    columns = ["pain_point", "status", "since", "until", "days", "said"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def pain_life_picture(
    lives: Sequence[PainLife],
    today: date,
    *,
    width_px: float = 1030.0,
    language: str = "en",
) -> Markup:
    """Return a strip for each pain point, its statuses one after another.

    Parameters
    ----------
    lives
        As :func:`journeykit.check.pain_life.pain_lives` gives them.
    today
        Where the strips end.
    width_px
        Width of the picture.
    language
        In which months are named.
    """
    shown = lives[:_MOST]
    head = min(320.0, 0.32 * width_px)
    lines = [
        wrapped(one.pain_point.text, head - 8, _SMALL, max_lines=2) for one in shown
    ]
    heights = [_ROW + _LINE * (len(one) - 1) for one in lines]
    bottom = _AXIS + sum(heights)
    ids = "p" + sha256(f"{width_px}\n{shown!r}".encode()).hexdigest()[:10]
    title = life_finding(lives)
    desc = f"{title}. " + " ".join(_said(one, language) for one in shown[:12])
    picture = root(width_px, bottom + 44, prefix=ids, title=title, desc=desc)
    axis = _axis(lives, today, (head + 12, width_px - 8), language)
    for tick in axis.ticks():
        line(picture, (tick.x, 24, tick.x, bottom), "rule")
        if tick.words:
            text(picture, tick.x + 4, 38, tick.words, role="ink-quiet")
    line(picture, (0, _AXIS, width_px, _AXIS), "ink", 1.5)
    top = _AXIS
    for one, words, height in zip(shown, lines, heights, strict=True):
        for i, part in enumerate(words):
            text(picture, 0, top + 17.5 + _LINE * i, part)
        _draw_strip(picture, axis, (top + 5, today), one)
        top += height
        line(picture, (0, top, width_px, top), "rule")
    x = axis.x(today)
    line(picture, (x, 18, x, bottom), "accent", 2)
    said = say("Today, {day}", day=day_text(today, language))
    anchor = "end" if x + text_width(said, _SMALL, is_bold=True) > width_px else "start"
    text(picture, x, 13, said, role="accent", is_bold=True, anchor=anchor)
    _draw_key(picture, bottom + 26, lives)
    return written(picture)


def life_finding(lives: Sequence[PainLife]) -> str:
    """Return where pain points stand, in one sentence."""
    if not lives:
        return say("No pain points yet")
    parts = []
    for status, words in PAIN_STATUSES.items():
        n = sum(one.status == status for one in lives)
        if n:
            parts.append(f"{n} {say(words.lower())}")
    return say_count(
        "{n} pain point: {statuses}",
        "{n} pain points: {statuses}",
        len(lives),
        statuses=commas(parts),
    )


def _said(life: PainLife, language: str) -> str:
    ways = commas(
        _since(one.status, day_text(one.since, language)) for one in life.periods
    )
    return say("“{name}”: {ways}.", name=life.pain_point.text, ways=ways)


def _since(status: str, day: str) -> str:
    words = say(PAIN_STATUSES[status].lower())
    return say("{status} since {day}", status=words, day=day)


def _axis(
    lives: Sequence[PainLife], today: date, ends: tuple[float, float], language: str
) -> Axis:
    days = [one.periods[0].since for one in lives if one.periods]
    first = monday_of(min([*days, today - timedelta(days=27)]))
    return Axis(first, today + timedelta(days=2), *ends, language)


def _draw_strip(
    picture: ET.Element, axis: Axis, place: tuple[float, date], life: PainLife
) -> None:
    top, today = place
    for period in life.periods:
        left, right = axis.x(period.since), axis.x(period.until or today)
        right = max(right, left + 3)
        fill, edge, role = _ROLES[period.status]
        box = (left, top, right - left, _STRIP)
        rect(picture, box, fill=fill, stroke=edge, radius=2)
        words = say(PAIN_STATUSES[period.status].lower())
        if text_width(words, _SMALL) + 10 <= right - left:
            text(picture, left + 5, top + 12.5, words, role=role)
        elif len(life.periods) == 1:
            said = _since(period.status, day_text(period.since, axis.language))
            text(picture, left - 7, top + 12.5, said, role="ink-quiet", anchor="end")


def _draw_key(picture: ET.Element, y: float, lives: Sequence[PainLife]) -> None:
    here = {period.status for one in lives for period in one.periods}
    x = 1.0
    for status, words in PAIN_STATUSES.items():
        if status in here:
            fill, edge, _ = _ROLES[status]
            rect(picture, (x, y - 11, 24, 12), fill=fill, stroke=edge, radius=2)
            said = say(words.lower())
            text(picture, x + 30, y, said, role="ink-soft")
            x += 30 + text_width(said, _SMALL) + 22
