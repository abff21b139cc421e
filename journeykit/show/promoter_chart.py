"""Promoters, passives and detractors as one bar from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import percent, say, say_count, sentences, word
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dressed,
    layer,
    number,
    text_mark,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, typeset, value_text, with_interval
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX, light

if TYPE_CHECKING:
    import altair as alt

__all__ = ["promoter_bar", "promoter_bar_data", "promoter_bar_spec"]

_GROUPS = (
    (word("Promoters"), word("9 to 10"), "emotion-very-good"),
    (word("Passives"), word("7 to 8"), "emotion-neutral"),
    (word("Detractors"), word("0 to 6"), "emotion-very-bad"),
)


@number_twin
def promoter_bar_data(
    *, promoters: int, passives: int, detractors: int
) -> pd.DataFrame:
    """Return the numbers behind :func:`promoter_bar`.

    Parameters
    ----------
    promoters, passives, detractors
        Answers 9 to 10, 7 to 8, 0 to 6.

    Returns
    -------
    DataFrame
        ``group``, ``answers`` (which), ``n``, ``share`` of all valid answers (0 to 1),
        ``start`` and ``end`` of its piece of the bar. Shares are missing below the
        fewest answers that may be shown.

    Raises
    ------
    InputError
        If a count is negative.

    Examples
    --------
    >>> promoter_bar_data(promoters=50, passives=30, detractors=20)["share"].tolist()
    [0.5, 0.3, 0.2]
    """
    counts = [promoters, passives, detractors]
    if min(counts) < 0:
        raise InputError(f"counts of 0 or more were expected, found {min(counts)}")
    total = sum(counts)
    rows, start = [], 0.0
    for (group, answers, _), n in zip(_GROUPS, counts, strict=True):
        share = n / total if total >= MIN_ANSWERS else float("nan")
        rows.append((group, answers, n, share, start, start + share))
        start += share
    columns = ["group", "answers", "n", "share", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def _words(twin: pd.DataFrame, score: str, period: str, source: str) -> Words:
    measure = MEASURES["net_promoter_score"]
    total = int(twin["n"].sum())
    if total >= MIN_ANSWERS:
        high, middle, low = twin["share"]
        n_high, n_middle, n_low = twin["n"]
        title = say(
            "{promoters} promoters against {detractors} detractors: NPS {score}, n {n}",
            promoters=percent(high),
            detractors=percent(low),
            score=score,
            n=count(total),
        )
        alt_text = say(
            "One bar of all answers from zero: promoters {high}, {n_high}; passives "
            "{middle}, {n_middle}; detractors {low}, {n_low}.",
            high=percent(high),
            n_high=count(n_high),
            middle=percent(middle),
            n_middle=count(n_middle),
            low=percent(low),
            n_low=count(n_low),
        )
    else:
        title = (
            say("NPS was not measured")
            if not total
            else say("NPS: fewer than {minimum} answers", minimum=MIN_ANSWERS)
        )
        alt_text = say("{title}; no bar is drawn.", title=title)
    about = say(
        "{measure} with a {level} interval ({method}).",
        measure=say(measure.label),
        level=percent(0.95),
        method=say(measure.interval),
    )
    text = typeset(say(measure.text))
    return Words(title, sentences(about, text, period), source, alt_text)


def _name(group: str, answers: str) -> str:
    name = say(group)
    if not answers:
        return name
    return say("{group}, {answers}", group=name, answers=say(answers))


def _label_places(starts: list[float], width: int, room: float) -> list[float]:
    """Return where each label begins: over its piece, but never over another label."""
    places = [start * width for start in starts]
    limit = float(width)
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], limit - room)
        limit = places[i]
    return places


def promoter_bar(
    *,
    promoters: int,
    passives: int,
    detractors: int,
    low: float | None = None,
    high: float | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw promoters, passives and detractors as one bar from zero.

    Parameters
    ----------
    promoters, passives, detractors
        As :func:`promoter_bar_data` takes them.
    low, high
        Interval of the score, in points.
    period, source
        When it was asked; where it is from, and what was left out.
    width
        In px.
    has_words
        Whether title, measure and source are drawn too (a page writes them itself).

    Returns
    -------
    altair.LayerChart
        Made from the twin; its words are in ``usermeta``.

    Raises
    ------
    InputError
        If a count is negative.
    """
    return as_altair(
        promoter_bar_spec(
            promoters=promoters,
            passives=passives,
            detractors=detractors,
            low=low,
            high=high,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def promoter_bar_spec(
    *,
    promoters: int,
    passives: int,
    detractors: int,
    low: float | None = None,
    high: float | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`promoter_bar` as plain Vega-Lite."""
    twin = promoter_bar_data(
        promoters=promoters, passives=passives, detractors=detractors
    )
    total = promoters + passives + detractors
    value = 100 * (promoters - detractors) / total if total else 0.0
    has_ends = low is not None and high is not None
    definition = "net_promoter_score"
    score = (
        with_interval(value, low, high, definition)
        if low is not None and high is not None
        else value_text(value, definition)
    )
    words = _words(twin, score, period, source)
    if has_ends and total < MIN_ANSWERS:
        words = _words(twin, "", period, source)
    shown = twin.dropna(subset=["share"])
    is_wide = width >= 500
    places = _label_places(list(shown["start"]), width, 164.0 if is_wide else 110.0)
    x = number("start", scale={"domain": [0, 1], "range": [0, width]}, axis=None)
    rows = {"domain": [0, 1], "range": [0, 96], "nice": False}
    y = number("top", scale=rows, axis=None)
    layers: list[Spec] = []
    for (_, _, role), row, at in zip(
        _GROUPS, shown.to_dict("records"), places, strict=False
    ):
        piece = {"start": row["start"], "end": row["end"], "top": 0.58, "low": 1}
        edge = "mark-quiet" if role == "emotion-neutral" else role
        mark = {"type": "rect", "color": light(role), "stroke": light(edge)}
        ends = {"x2": {"field": "end"}, "y2": {"field": "low"}}
        layers.append(layer([piece], mark, x=x, y=y, **ends))
        share = percent(row["share"])
        n = count(row["n"])
        if is_wide:
            n = say_count("{n} answer", "{n} answers", row["n"])
        name = _name(row["group"], row["answers"] if is_wide else "")
        layers += [
            text_mark([{"y": 0.06, "t": name}], "t", at, role="ink-soft", size=SMALL),
            text_mark(
                [{"y": 0.32, "t": share}], "t", at, size=SIZES_PX["title"], weight=600
            ),
            text_mark(
                [{"y": 0.34, "t": n}],
                "t",
                at + text_width(share, SIZES_PX["title"], is_bold=True) + 8,
                role="ink-quiet",
                size=SMALL,
            ),
        ]
    if not layers:
        said = [{"y": 0.5, "t": words.title}]
        layers = [text_mark(said, "t", 0, role="ink-quiet")]
    return dressed(layers, words, width=width, height=96, has_words=has_words)
