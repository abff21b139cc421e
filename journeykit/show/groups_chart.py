"""A score by touchpoint for several personas or segments: dots with intervals, by row.

Each group has its own line within a row, with hue and letter, so that intervals never
lie on each other. A row in which nobody is clearly apart is grey. Where they part most
stands first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import say
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.frame import (
    BASE,
    SMALL,
    WIDE,
    Spec,
    as_altair,
    dressed,
    shortened,
)
from journeykit.show.groups_data import (
    LETTERS,
    apart_texts,
    group_scores_data,
    group_scores_words,
)
from journeykit.show.pixels import Pixels, ScoreAxis, score_axis
from journeykit.show.text_width import wrapped

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "group_scores",
    "group_scores_parts",
    "group_scores_spec",
    "most_touchpoints",
]

_HEAD, _LINE, _PAD = 24.0, 15.0, 12.0
_MOST_PX = 780.0
"""What stands on one page below its heading; more rows are in the table."""


def group_scores(
    scores: pd.DataFrame,
    differences: pd.DataFrame,
    *,
    definition: str,
    minimum: int = MIN_ANSWERS,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw a score by touchpoint for several groups, where they part most first.

    Parameters
    ----------
    scores, differences, definition, minimum
        As its twin, :func:`group_scores_data`, takes them.
    source
        Where it is from, and what was left out.
    width
        In px; below 500 the names stand above their dots.
    has_words
        Whether title, measure and source are drawn too (a page writes them itself).

    Returns
    -------
    altair.LayerChart
        Made from the twin; its words are in ``usermeta``.
    """
    return as_altair(
        group_scores_spec(
            scores,
            differences,
            definition=definition,
            minimum=minimum,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def group_scores_spec(
    scores: pd.DataFrame,
    differences: pd.DataFrame,
    *,
    definition: str,
    minimum: int = MIN_ANSWERS,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`group_scores` as plain Vega-Lite."""
    twin = group_scores_data(
        scores, differences, definition=definition, minimum=minimum
    )
    is_wide = width >= 500
    shown = _shown(twin)
    n_left = twin["touchpoint"].nunique() - shown["touchpoint"].nunique()
    words = group_scores_words(twin, definition, minimum, source, n_left=n_left)
    letters = twin.drop_duplicates("letter").sort_values("letter")
    key, top = _key(letters.to_dict("records"), width)
    ends = (250.0, width - 180.0) if is_wide else (22.0, width - 20.0)
    axis = score_axis(shown["low"].min(), shown["high"].max(), definition, ends)
    rows, spans, edges, y = [], [], [], top + _HEAD
    for _, part in shown.groupby("touchpoint", sort=False):
        first = y + _PAD / 2 + (0 if is_wide else 26)
        records: list[dict[Any, Any]] = part.to_dict("records")
        for place, row in enumerate(records):
            rows.append(
                {
                    **{str(name): value for name, value in row.items()},
                    "y": first + _LINE * (place + 0.5),
                    "place": place,
                    "top": y,
                    "n_lines": len(records),
                }
            )
        y = first + _LINE * len(records) + _PAD / 2
        spans.append((first - 2, y - _PAD / 2 + 2))
        edges.append({"x": 0, "x2": width, "y": y, "y2": y})
    ground = Pixels(width, max(y, top + _HEAD + _LINE))
    if is_wide and spans:
        spans = [(top + _HEAD, y)]
    layers = [
        ground.rules(edges, "rule"),
        ground.rules(axis.grid(spans), "rule"),
        ground.small(axis.heads(definition, top + 8), align="center"),
        *_key_layers(key, ground),
        *_marks(rows, axis, ground),
        *_texts(rows, definition, ground, width, top, is_wide=is_wide),
    ]
    drawn = [part for part in layers if part["data"]["values"]]
    return dressed(drawn, words, width=width, height=ground.height, has_words=has_words)


def group_scores_parts(
    scores: pd.DataFrame,
    differences: pd.DataFrame,
    *,
    definition: str,
    height: float,
    minimum: int = MIN_ANSWERS,
    **options: Any,
) -> list[dict[str, Any]]:
    """Return the options of :func:`group_scores` for sheets of a height, in order.

    All touchpoints stand on one sheet if groups are missing at some: letters are given
    by the groups that a sheet has.
    """
    given: dict[str, Any] = {"definition": definition, "minimum": minimum}
    shown = _shown(group_scores_data(scores, differences, **given))
    n_groups = max(scores["group"].nunique(), 1)
    whole = [{"scores": scores, "differences": differences, **given, **options}]
    if shown.empty or (scores.groupby("name")["group"].nunique() < n_groups).any():
        return whole
    names = list(shown["touchpoint"].drop_duplicates())
    keys = 22.0 * -(-n_groups // 2) + 12 + _HEAD
    most = max(1, int((height - keys) // (_LINE * n_groups + _PAD)))
    n_parts = -(-len(names) // most)
    ends = [round(len(names) * part / n_parts) for part in range(n_parts + 1)]
    return [
        {
            **whole[0],
            "scores": scores[scores["name"].isin(names[first:last])],
            "differences": differences[differences["name"].isin(names[first:last])],
        }
        for first, last in pairwise(ends)
    ]


def most_touchpoints(n_groups: int) -> int:
    """Return how many touchpoints are drawn; more are in the table."""
    return int(_MOST_PX // (_LINE * max(n_groups, 1) + _PAD))


def _shown(twin: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are drawn: as many touchpoints as stand on one page."""
    most = most_touchpoints(twin["group"].nunique())
    names = list(twin["touchpoint"].drop_duplicates())[:most]
    return twin[twin["touchpoint"].isin(names)]


def _key(
    letters: Sequence[dict[Any, Any]], width: int
) -> tuple[list[dict[str, Any]], float]:
    """Return the names of the groups above the field, and where that ends."""
    n_across = 2 if width >= 500 else 1
    each = width / n_across
    rows = [
        {
            "x": (place % n_across) * each + 8,
            "y": (place // n_across) * 22 + 9,
            "letter": row["letter"],
            "t": shortened(f"{row['letter']}  {row['group']}", each - 30, SMALL),
        }
        for place, row in enumerate(letters)
    ]
    n_lines = -(-len(rows) // n_across)
    return rows, n_lines * 22.0 + (12 if rows else 0)


def _role(letter: object) -> str:
    return f"persona-{str(letter).lower()}"


def _key_layers(key: list[dict[str, Any]], ground: Pixels) -> list[Spec]:
    layers = []
    for row in key:
        role = _role(row["letter"])
        face: dict[str, Any] = {"role": role, "weight": 600}
        layers.append(ground.dots([row], fill=role, stroke=role, size=70))
        layers.append(ground.small([{**row, "x": row["x"] + 14}], **face))
    return layers


def _marks(rows: list[dict[str, Any]], axis: ScoreAxis, ground: Pixels) -> list[Spec]:
    layers = []
    shown = [row for row in rows if not pd.isna(row["value"])]
    roles = [(_role(letter), letter, True) for letter in LETTERS]
    for role, letter, is_apart in [*roles, ("mark-quiet", "", False)]:
        here = [
            row
            for row in shown
            if (row["standing"] == "apart") is is_apart
            and (not is_apart or row["letter"] == letter)
        ]
        bars = [
            {"x": axis.at(row["low"]), "x2": axis.at(row["high"]), "y": row["y"]}
            for row in here
        ]
        bars = [{**bar, "y2": bar["y"]} for bar in bars]
        layers.append(ground.rules(bars, role, 2.5, cap="round"))
        for trust, fill in (("enough", role), ("few answers", "hatch")):
            dots = [
                {"x": axis.at(row["value"]), "y": row["y"]}
                for row in here
                if row["reliability"] == trust
            ]
            layers.append(ground.dots(dots, fill=fill, stroke=role, size=70))
        letters = [
            {"x": axis.at(row["high"]) + 6, "y": row["y"], "t": row["letter"]}
            for row in here
        ]
        face = "ink-quiet" if role == "mark-quiet" else role
        layers.append(ground.small(letters, role=face, weight=600))
    return layers


def _texts(
    rows: list[dict[str, Any]],
    definition: str,
    ground: Pixels,
    width: int,
    top: float,
    *,
    is_wide: bool,
) -> list[Spec]:
    firsts = [row for row in rows if row["place"] == 0]
    room = 226 if is_wide else width - 110
    layers = []
    for is_apart, role, weight in ((True, "ink", 600), (False, "ink-quiet", 400)):
        here = [row for row in firsts if (row["standing"] == "apart") is is_apart]
        names = [
            {"x": 0, "y": (row["y"] if is_wide else row["top"] + 17) + 19 * at, "t": t}
            for row in here
            for at, t in enumerate(_lines(row, room, is_wide=is_wide))
        ]
        known = [row for row in here if not pd.isna(row["apart"])]
        sizes = [
            {
                "x": width - 92.0 if is_wide else float(width),
                "y": row["y"] if is_wide else row["top"] + 17,
                "t": apart_texts(row, definition)[0],
            }
            for row in known
        ]
        layers += [
            ground.texts(names, role=role),
            ground.texts(sizes, role=role, weight=weight, align="right"),
        ]
    known = [row for row in firsts if not pd.isna(row["apart"])]
    hidden = [row for row in rows if row["reliability"] == "fewer than minimum"]
    few = [
        {
            "x": 250 if is_wide else 22,
            "y": row["y"],
            "t": f"{row['letter']}  {row['said']}",
        }
        for row in hidden
    ]
    layers.append(ground.small(few))
    if is_wide:
        ends = [
            {"x": float(width), "y": row["y"], "t": apart_texts(row, definition)[1]}
            for row in known
        ]
        heads = [
            {"x": width - 92.0, "y": top + 8, "t": say("difference")},
            {"x": float(width), "y": top + 8, "t": say("95 % interval")},
        ]
        layers += [
            ground.small(ends, align="right"),
            ground.small(heads, align="right"),
        ]
    return layers


def _lines(row: dict[str, Any], room: float, *, is_wide: bool) -> tuple[str, ...]:
    """Return the name of a touchpoint, on two lines where its row is high enough."""
    name = str(row["touchpoint"])
    if not is_wide or row["n_lines"] < 2:
        return (shortened(name, room),)
    return wrapped(name, room, BASE, max_lines=2)
