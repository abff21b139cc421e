"""Scores on slides as dots with intervals: of single rows, and of several groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from journeykit.language import say
from journeykit.report.column_words import cell_words, column_words
from journeykit.report.slide_dots import Dot, Dots, add_dots
from journeykit.show.groups_chart import most_touchpoints
from journeykit.show.groups_data import apart_texts
from journeykit.show.league_chart import places_text
from journeykit.show.numbers import with_interval

__all__ = ["add_groups", "add_scores", "group_pages", "named"]

_GREY, _CHANCE = "ink-quiet", "may be chance"
_MOST_DOTS = 24
"""Lines of dots, of all groups, that one slide can hold."""
_BAND = 0.76
"""Share of a line that the dots of its groups take."""
_SHARE, _POINTS = "customer_satisfaction_score", "net_promoter_score"
"""Measures whose numbers are written as shares, and as points."""

_Row = Mapping[str, Any]


def add_scores(
    shapes: Any,
    rows: Sequence[_Row],
    category: str,
    box: tuple[int, ...],
    *,
    number_format: str,
    level: tuple[str, float] | None = None,
    has_places: bool = False,
) -> Any:
    """Add a score of each row with its interval; what may be chance is grey.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        With ``value``, ``low``, ``high``.
    category
        The column of their names.
    box
        Left, top, width, height.
    number_format
        Of the axis.
    level
        Name and value of a line that all are held against.
    has_places
        Whether their possible places stand beside them, instead of the values.
    """
    dots: dict[bool, list[Dot]] = {False: [], True: []}
    for line, row in enumerate(rows):
        dot = Dot(line, row["value"], row["low"], row["high"])
        dots[row.get("standing") == _CHANCE].append(dot)
    names = (column_words("value"), cell_words("standing", _CHANCE))
    series = [
        Dots(name, role, tuple(dots[is_chance]))
        for is_chance, name, role in zip(dots, names, ("accent", _GREY), strict=True)
        if dots[is_chance]
    ]
    return add_dots(
        shapes,
        [named(row, str(row[category])) for row in rows],
        series,
        box,
        number_format=number_format,
        ends=_ends(rows),
        level=level,
        said=_places(rows) if has_places else _values(rows),
    )


def named(row: _Row, name: str) -> str:
    """Return the name of a row, with a word where few answered."""
    is_few = row.get("reliability") == "few answers"
    return say("{name} (few answers)", name=name) if is_few else name


def _places(rows: Sequence[_Row]) -> tuple[str, dict[int, str]]:
    ranks = {
        line: (row["rank_low"], row["rank_high"])
        for line, row in enumerate(rows)
        if row["rank_low"] is not None
    }
    texts = {line: places_text(*pair) for line, pair in ranks.items()}
    return say("Possible places"), texts


def _values(rows: Sequence[_Row]) -> tuple[str, dict[int, str]]:
    measure = _measure(rows)
    texts = {
        line: with_interval(row["value"], row["low"], row["high"], measure)
        for line, row in enumerate(rows)
        if row["low"] is not None and row["high"] is not None
    }
    return say("95 % interval"), texts


def _measure(rows: Sequence[_Row]) -> str:
    """Return a measure whose numbers are written as those of the rows."""
    most = max(abs(row["value"]) for row in rows if row["value"] is not None)
    return _SHARE if most <= 1 else _POINTS


def _ends(rows: Sequence[_Row]) -> tuple[float, float]:
    columns = ("value", "low", "high")
    found = [row[one] for row in rows for one in columns if row.get(one) is not None]
    return min(found), max(found)


def group_pages(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the rows of each slide: touchpoints that are drawn, evenly parted."""
    names = list(dict.fromkeys(row["touchpoint"] for row in rows))
    n_groups = len({row["group"] for row in rows})
    names = names[: most_touchpoints(n_groups)]
    n_parts = -(-len(names) // max(1, _MOST_DOTS // n_groups))
    ends = [round(len(names) * part / n_parts) for part in range(n_parts + 1)]
    for first, last in pairwise(ends):
        here = set(names[first:last])
        yield [row for row in rows if row["touchpoint"] in here]


def add_groups(
    shapes: Any,
    rows: Sequence[_Row],
    box: tuple[int, ...],
    *,
    number_format: str,
    whole: Sequence[_Row],
) -> Any:
    """Add the scores of groups at each touchpoint, each group on its own line.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        As :func:`group_pages` gives them.
    box
        Left, top, width, height.
    number_format
        Of the axis.
    whole
        The rows of all slides, so that they have one axis and the same groups.
    """
    names = list(dict.fromkeys(str(row["touchpoint"]) for row in rows))
    groups = {row["letter"]: str(row["group"]) for row in whole}
    letters = sorted(groups)
    series: dict[str, list[Dot]] = {letter: [] for letter in [*letters, ""]}
    for row in rows:
        if row["value"] is None:
            continue
        place = (letters.index(row["letter"]) + 0.5) / len(letters) - 0.5
        line = names.index(str(row["touchpoint"])) + _BAND * place
        is_apart = row["standing"] == "apart"
        dot = Dot(
            line, row["value"], row["low"], row["high"], named(row, row["letter"])
        )
        series[row["letter"] if is_apart else ""].append(dot)
    drawn = [
        Dots(
            f"{letter} {groups[letter]}",
            f"persona-{letter.lower()}",
            tuple(series[letter]),
        )
        for letter in letters
    ]
    if series[""]:
        grey = Dots(cell_words("standing", _CHANCE), _GREY, tuple(series[""]))
        drawn.append(grey)
    return add_dots(
        shapes,
        names,
        drawn,
        box,
        number_format=number_format,
        ends=_ends(whole),
        said=(say("difference"), _apart(rows, names)),
    )


def _apart(rows: Sequence[_Row], names: Sequence[str]) -> dict[int, str]:
    measure, texts = _measure(rows), {}
    for row in rows:
        if row["apart"] is not None:
            size, ends = apart_texts(dict(row), measure)
            said = say("{value} ({interval})", value=size, interval=ends)
            texts[names.index(str(row["touchpoint"]))] = said
    return texts
