"""Where we excel: what is marked, what bears it out, and what stands out unmarked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeykit.check.excelling import Excelling, excelling, excelling_sentence
from journeykit.errors import UnknownNameError
from journeykit.model import Document, Edit, Touchpoint
from journeykit.model.edits import change
from journeykit.model.reliability import MIN_ANSWERS
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.show.map_figures import felt_text, measured_text
from journeykit.workshop import Workshop

__all__ = ["excels_tree", "mark_excelling"]

_Done = Callable[[Sequence[Edit], str], str]
_STANDS = {
    "borne out": "marked, and borne out",
    "not borne out": "marked; emotion or numbers say less",
    "not known": "marked; nobody measured or rated it yet",
    "stands out": "stands out, not marked",
}


def mark_excelling(workshop: Workshop, asked: str, done: _Done) -> str:
    """Mark where the organisation excels, or take the mark back.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        Id of the touchpoint.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such touchpoint.
    """
    document = workshop.document()
    points = {one.id: one for one in document.of(Touchpoint)}
    if asked not in points:
        raise UnknownNameError("touchpoint", asked, points)
    one = points[asked]
    fields = {"excels": not one.excels}
    edit = change(document, one.id, fields, author=workshop.author)
    said = "no longer marked" if one.excels else "marked: we excel here"
    return done([edit], f"{one.name}: {said}.")


def excels_tree(document: Document) -> Node:
    """Return what is marked as excelling and what stands out, each with a button."""
    found = excelling(document)
    case = document.case
    fewest = case.min_group if case else MIN_ANSWERS
    return listed(
        "Where we excel",
        node("p", {}, excelling_sentence(found)),
        node("ul", {"class": "jk-guide-rows"}, *(_row(one, fewest) for one in found))
        if found
        else None,
    )


def _row(one: Excelling, fewest: int) -> Node:
    point = one.touchpoint
    words = "Take the mark back" if point.excels else "Mark: we excel here"
    facts = []
    if one.row is not None:
        facts = [felt_text(one.row), measured_text(one.row, fewest)]
    if point.satisfaction is not None:
        facts.append(f"rated {point.satisfaction} of 5 by the team")
    said = " · ".join([_STANDS[one.standing], *facts])
    return node(
        "li",
        {},
        node("p", {}, node("strong", {}, point.name), f" · {said}"),
        button(f"excel:{point.id}", words, f"{words}: {point.name}"),
    )
