"""What touchpoints were rated on, side by side: ratings, what they move, an idea."""

from __future__ import annotations

from collections.abc import Mapping

from journeykit.check.as_it_is import as_it_is
from journeykit.model import Document, Touchpoint
from journeykit.show.guide_tree import Node, listed, node

__all__ = ["ratings_tree"]

_RATED: Mapping[str, tuple[str, str]] = {
    "ease": ("Ease", "ease"),
    "information": ("Information", "information"),
    "personalisation": ("Personal touch", "personal touch"),
    "responsiveness": ("Help", "help that comes fast"),
}
"""Head of the column, and the words in a sentence, by field."""

_MOVES: Mapping[str, str] = {
    "bears_on_satisfaction": "Moves satisfaction",
    "bears_on_loyalty": "Moves loyalty",
    "bears_on_clv": "Moves value",
}
_N_NAMED = 6


def ratings_tree(document: Document) -> Node:
    """Return the ratings of touchpoints, 1 to 5; who has none is named below."""
    points = as_it_is(document).of(Touchpoint)
    fields = (*_RATED, *_MOVES)
    rated = [
        one
        for one in points
        if one.personalisation_idea
        or any(getattr(one, field) is not None for field in fields)
    ]
    if not rated:
        words = "No touchpoint is rated yet: open one above, under “Ratings”."
        return listed("Ratings at a glance", node("p", {}, words))
    bare = [one.name for one in points if one not in rated]
    return listed(
        "Ratings at a glance",
        node("p", {}, _lowest(rated)),
        _table(rated),
        node("p", {"class": "jk-guide-missing"}, _unrated(bare)) if bare else None,
    )


def _table(rated: list[Touchpoint]) -> Node:
    heads = ("Touchpoint", *(head for head, _ in _RATED.values()), *_MOVES.values())
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {"class": "jk-guide-plan"},
            node(
                "thead",
                {},
                node(
                    "tr",
                    {},
                    *(node("th", {"scope": "col"}, one) for one in heads),
                ),
            ),
            node("tbody", {}, *(_row(one) for one in rated)),
        ),
    )


def _row(one: Touchpoint) -> Node:
    return node(
        "tr",
        {},
        node(
            "th",
            {"scope": "row"},
            one.name,
            node("span", {"class": "jk-guide-state"}, f"Idea: {idea}")
            if (idea := one.personalisation_idea)
            else None,
        ),
        *(
            node("td", {"class": "jk-guide-clock"}, _score(getattr(one, field)))
            for field in (*_RATED, *_MOVES)
        ),
    )


def _score(value: int | None) -> str:
    return "–" if value is None else str(value)


def _lowest(rated: list[Touchpoint]) -> str:
    """Return the finding: what is rated lowest, and where."""
    given = [
        (value, words, one.name)
        for one in rated
        for field, (_, words) in _RATED.items()
        if (value := getattr(one, field)) is not None
    ]
    if not given:
        return "1 is the lowest, 5 the highest; – was not rated."
    value = min(one[0] for one in given)
    where: dict[str, list[str]] = {}
    for score, words, name in given:
        if score == value:
            where.setdefault(words, []).append(f"“{name}”")
    said = [f"{words} at {_some(names)}" for words, names in where.items()]
    return f"Lowest, {value} of 5: {'; '.join(said)}."


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _unrated(bare: list[str]) -> str:
    more = f" and {len(bare) - _N_NAMED} more" if len(bare) > _N_NAMED else ""
    return f"Not rated yet: {', '.join(bare[:_N_NAMED])}{more}."
