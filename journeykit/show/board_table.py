"""A layout as a plain table: what a saved notebook and a page without script show.

A table and no grid: JupyterLab takes ``grid-area`` out of what it does not trust, and
the cards would fall into wrong places.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from journeykit.layout.zones import Card, Cell, Head, Layout, Zone

__all__ = ["board_table"]


def board_table(layout: Layout) -> Markup:
    """Return a layout as an HTML table, every text in it escaped.

    Examples
    --------
    >>> from journeykit.layout.zones import Cell, Layout, Zone
    >>> zone = Zone("z", "Open <now>", Cell(0, 0))
    >>> "Open &lt;now&gt;" in board_table(Layout("wall", "Wall", 1, 1, (zone,)))
    True
    """
    rows = [
        Markup("<tr>{}</tr>").format(_joined(_row(layout, row)))
        for row in range(layout.n_rows)
    ]
    foot = Markup("<p>{}</p>").format(layout.foot) if layout.foot else Markup("")
    return Markup(
        "<style>{}</style>"
        '<div class="jk-board-table"><table><caption>{}</caption>{}</table>{}{}</div>'
    ).format(_style(), layout.title, _joined(rows), _ties(layout), foot)


@cache
def _style() -> Markup:
    static = files("journeykit.show") / "static"
    sheets = (static / "tokens.css", static / "board_table.css")
    # Both are our own files; nothing typed by people ever stands in them.
    return Markup("".join(one.read_text(encoding="utf-8") for one in sheets))  # noqa: S704


def _joined(parts: list[Markup]) -> Markup:
    return Markup("").join(parts)


def _row(layout: Layout, row: int) -> list[Markup]:
    """Return the cells that begin in a row; what is free between them is one cell."""
    parts: list[Head | Zone] = [*layout.heads, *layout.zones]
    starting = [(one.cell, one) for one in parts if one.cell.row == row]
    taken = {
        column
        for one in parts
        if one.cell.row < row < one.cell.row + one.cell.n_rows
        for column in range(one.cell.column, one.cell.column + one.cell.n_columns)
    }
    cells: list[Markup] = []
    column = 0
    for cell, part in sorted(starting, key=lambda pair: pair[0].column):
        cells += [_free()] * sum(one not in taken for one in range(column, cell.column))
        cells.append(_head(part) if isinstance(part, Head) else _zone(part))
        column = max(column, cell.column + cell.n_columns)
    cells += [_free()] * sum(
        one not in taken for one in range(column, layout.n_columns)
    )
    return cells


def _free() -> Markup:
    return Markup("<td></td>")


def _span(cell: Cell) -> Markup:
    return Markup(' rowspan="{}" colspan="{}"').format(cell.n_rows, cell.n_columns)


def _head(head: Head) -> Markup:
    scope = "row" if head.level in ("lane", "row") else "col"
    detail = Markup("<small>{}</small>").format(head.detail) if head.detail else ""
    return Markup('<th scope="{}" class="jk-head-{}"{}>{} {}</th>').format(
        scope, head.level, _span(head.cell), head.text, detail
    )


def _zone(zone: Zone) -> Markup:
    title = Markup("<strong>{}</strong>").format(zone.title) if zone.is_titled else ""
    cards = [_card(card) for card in zone.cards]
    listed = Markup("<ul>{}</ul>").format(_joined(cards)) if cards else Markup("")
    return Markup("<td{}>{}{}</td>").format(_span(zone.cell), title, listed)


def _card(card: Card) -> Markup:
    quiet = [card.detail, *card.marks, card.basis]
    if card.n_votes:
        quiet.append(f"{card.n_votes} {'dot' if card.n_votes == 1 else 'dots'}")
    if card.n_pains:
        pains = "pain point" if card.n_pains == 1 else "pain points"
        quiet.append(f"{card.n_pains} {pains}")
    who = Markup("<b>{}</b> ").format(card.persona) if card.persona else ""
    words = " · ".join(one for one in quiet if one)
    small = Markup(" <small>{}</small>").format(words) if words else ""
    return Markup('<li class="jk-tone-{}" dir="auto">{}{}{}</li>').format(
        card.tone or "plain", who, card.text, small
    )


def _ties(layout: Layout) -> Markup:
    """Return the lines between cards in words."""
    names = {card.entry: card.text for zone in layout.zones for card in zone.cards}
    lines = [
        Markup("<li>{} → {}{}</li>").format(
            names[tie.source], names[tie.target], f": {tie.label}" if tie.label else ""
        )
        for tie in layout.ties
        if tie.source in names and tie.target in names
    ]
    return (
        Markup("<ul class='jk-ties'>{}</ul>").format(_joined(lines))
        if lines
        else Markup("")
    )
