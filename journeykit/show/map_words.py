"""What the journey map says in words: its finding, its alt text."""

from __future__ import annotations

from journeykit.language import say, say_count, semicolons, word
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.layout.journey_map import MapLayout
from journeykit.show.map_drops import drop_text
from journeykit.show.map_figures import felt_text, measured_text
from journeykit.show.map_ways import context_of
from journeykit.show.numbers import joined, signed

__all__ = ["map_alt", "map_finding"]


def map_finding(layout: MapLayout) -> str:
    """Return the finding of a map: where it is felt worst and best, with the number."""
    rows = layout.curves[0] if layout.curves else ()
    worst = [row for row in rows if row.turn == "lowest"]
    best = [row for row in rows if row.turn == "highest"]
    if not worst or not best:
        return say("Journey map: {title}", title=layout.title)
    return say(
        "The journey is felt worst at {worst}, best at {best}",
        worst=_where(worst),
        best=_where(best),
    )


def _where(rows: list[EmotionRow]) -> str:
    names = joined([row.name for row in rows[:3]])
    felt = rows[0].felt or 0.0
    return f"{names} ({signed(felt, 0 if felt == round(felt) else 1)})"


def map_alt(
    layout: MapLayout, fewest: int, first: int = 0, last: int | None = None
) -> str:
    """Return what somebody who does not see the map is told, touchpoint by touchpoint.

    Parameters
    ----------
    fewest
        Fewest answers of which a number is shown.
    first, last
        First column, and the one after the last; None for all that follow.
    """
    end = len(layout.columns) if last is None else last
    rows = {row.column: row for row in (layout.curves[0] if layout.curves else ())}
    if layout.state == "current":
        parts = [say("Journey map of {title}, current state.", title=layout.title)]
    else:
        parts = [say("Journey map of {title}, target state.", title=layout.title)]
    worthy = [name for one, _, name in layout.personas if one in layout.high_value]
    if worthy:
        parts.append(say("Of high value: {names}.", names=joined(worthy)))
    for head in layout.stages:
        places = range(head.first_column, head.first_column + head.n_columns)
        shown = [place for place in places if first <= place < end]
        if not shown:
            continue
        said = [_said(layout, place, rows.get(place), fewest) for place in shown]
        parts.append(
            say(
                "Stage {n}, {name}: {touchpoints}.",
                n=head.number,
                name=head.name,
                touchpoints=semicolons(said),
            )
        )
    parts += _contexts(layout, first, end)
    return " ".join(parts)


def _contexts(layout: MapLayout, first: int, end: int) -> list[str]:
    """Return where the context is lost, and where nobody asked, of these columns."""
    said = []
    for context, words in (
        ("lost", word("The context is lost from {ways}.")),
        ("unknown", word("Nobody asked whether it is kept from {ways}.")),
    ):
        ways = [
            say(
                "{source} to {target}",
                source=layout.columns[way.source_column].name,
                target=layout.columns[way.target_column].name,
            )
            for way in layout.ways
            if context_of(way) == context
            and (first <= way.source_column < end or first <= way.target_column < end)
        ]
        if ways:
            said.append(say(words, ways=joined(ways)))
    return said


def _said(layout: MapLayout, place: int, row: EmotionRow | None, fewest: int) -> str:
    column = layout.columns[place]
    if row is None:
        return say("no touchpoint yet")
    facts = [felt_text(row), measured_text(row, fewest)]
    if column.moment_of_truth:
        facts.append(say("moment of truth"))
    if column.excels:
        facts.append(say("we excel here"))
    if column.n_pain_points:
        n_pains = column.n_pain_points
        facts.append(say_count("{n} pain point", "{n} pain points", n_pains))
    drop = layout.drop_before(place)
    if drop is not None:
        facts.append(drop_text(drop))
    channel = f", {column.channel}" if column.channel else ""
    return f"{column.name}{channel} ({'; '.join(facts)})"
