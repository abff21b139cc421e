"""Who is of high value: a proposal from measured values, and a person's click.

A mark that sets itself was turned down: a number says who has brought much so far, not
whom the team wants to win.
"""

from __future__ import annotations

from collections.abc import Callable

from journeykit.check.high_value import GroupValue, group_values
from journeykit.errors import UnknownNameError
from journeykit.model import Document, Edit, Persona, Segment
from journeykit.model.edits import change
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.show.numbers import count, with_interval
from journeykit.workshop import Workshop

__all__ = ["high_value_tree", "mark_high_value"]

_Done = Callable[[list[Edit], str], str]
_CLV = "clv_to_date"


def mark_high_value(workshop: Workshop, asked: str, done: _Done) -> str:
    """Mark a persona or segment as of high value, or take the mark back.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        Id of the persona or segment.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such persona or segment.
    """
    document = workshop.document()
    groups: dict[str, Persona | Segment] = {one.id: one for one in document.of(Persona)}
    groups |= {one.id: one for one in document.of(Segment)}
    if asked not in groups:
        raise UnknownNameError("persona or segment", asked, groups)
    group = groups[asked]
    is_high = not group.is_high_value
    fields = {"is_high_value": is_high}
    edit = change(document, group.id, fields, author=workshop.author)
    said = "is marked as of high value" if is_high else "is no longer marked"
    return done([edit], f"{group.name_for_people} {said}.")


def high_value_tree(document: Document) -> Node:
    """Return each measured persona and segment with its value, and a button to mark it.

    Those whose whole interval lies above that of all customers are proposed.
    """
    values = group_values(document)
    if not values:
        return listed(
            "Who is of high value",
            node(
                "p",
                {},
                "No persona or segment has a measured value yet. It takes purchases, "
                "and a rule in their mapping that says who belongs to whom.",
            ),
        )
    whole = values[0].of_all
    proposed = [one for one in values if one.stands_out and not one.group.is_high_value]
    n = len(proposed)
    said = (
        f"{n} proposed: the whole interval lies above that of all customers. Your "
        "click decides."
        if n
        else "Nobody else is proposed: every other interval reaches down to that of "
        "all customers."
    )
    return listed(
        "Who is of high value",
        node("p", {}, f"All customers: {_worth(whole)}. {said}"),
        node("ul", {"class": "jk-guide-rows"}, *(_row(one) for one in values)),
    )


def _worth(measured: object) -> str:
    """Return a measured value with interval and n, or that it is not shown."""
    value, low, high = (getattr(measured, name) for name in ("value", "low", "high"))
    n = getattr(measured, "n", 0)
    if value is None or low is None or high is None:
        return "too few customers to say"
    return f"{with_interval(value, low, high, _CLV)}, n {count(n)}"


def _row(one: GroupValue) -> Node:
    group, is_high = one.group, one.group.is_high_value
    name = group.name_for_people
    words = "Take the mark back" if is_high else "Mark as high value"
    state = ""
    if is_high:
        state = "of high value"
    elif one.stands_out:
        state = "proposed"
    elif one.own.value is not None:
        state = "not clearly above all customers"
    return node(
        "li",
        {},
        node(
            "p",
            {},
            node("strong", {}, name),
            f" · {_worth(one.own)}" + (f" · {state}" if state else ""),
        ),
        button(f"high_value:{group.id}", words, f"{words}: {name}"),
    )
