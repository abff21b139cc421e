"""Scoring in silence, and what the group talks about then: how far people are apart.

Each person sees only their own scores while they give them: who sees what the boss gave
gives the same. The form of scores was turned down for this, since it lists everybody's.
"""

from __future__ import annotations

from collections.abc import Callable

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.map_difference import emotion_text
from journeykit.layout.silent_scores import (
    ScoreScale,
    Spread,
    own_scores,
    people_who_scored,
    scale_named,
    spreads,
    subjects_of,
)
from journeykit.model import Document, Edit, IndividualScore, new_id, rank_between
from journeykit.model.edits import add, change, remove
from journeykit.model.fields import fields_of
from journeykit.show.board_writes import NOBODY
from journeykit.show.guide_tree import Node, listed, node
from journeykit.vocabulary import EMOTIONS
from journeykit.workshop import Workshop

__all__ = ["agree", "score", "silent_scores_tree", "spread_tree"]

_Done = Callable[[list[Edit], str], str]
_FEWEST = 2


# --- what the buttons do --------------------------------------------------------------


def score(workshop: Workshop, asked: str, done: _Done) -> str:
    """Note what this person scores; the same value again takes it back.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``SCALE:SUBJECT:VALUE``.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such scale, subject or value.
    """
    document = workshop.document()
    scale, subject, value = _asked(document, asked)
    author = workshop.author
    known = own_scores(document, scale, author or NOBODY).get(subject)
    name = document[subject].name_for_people
    if known is not None and known.value == value:
        edit = remove(document, known.id, author=author)
        return done([edit], f"{name}: taken back.")
    if known is not None:
        edit = change(document, known.id, {"value": value}, author=author)
    else:
        others = document.of(IndividualScore)
        fields = {
            "id": new_id("individual_score"),
            "rank": rank_between(others[-1].rank if others else None, None),
            "subject": subject,
            "scale": scale.name,
            "value": value,
            "participant": author or NOBODY,
        }
        edit = add(IndividualScore.model_validate(fields), author=author)
    return done([edit], f"{name}: {_value(scale, value)}.")


def agree(workshop: Workshop, asked: str, done: _Done) -> str:
    """Put what the group agreed on, after it talked, where everybody sees it.

    Parameters
    ----------
    workshop, asked, done
        As for :func:`score`.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such scale, subject or value.
    """
    document = workshop.document()
    scale, subject, value = _asked(document, asked)
    edit = change(document, subject, {scale.field: value}, author=workshop.author)
    name = document[subject].name_for_people
    return done([edit], f"Agreed: {name}, {_value(scale, value)}.")


def _asked(document: Document, asked: str) -> tuple[ScoreScale, str, int]:
    name, _, rest = asked.partition(":")
    subject, _, value = rest.rpartition(":")
    scale = scale_named(name)
    known = [one.id for one in subjects_of(document, scale)]
    if subject not in known:
        raise UnknownNameError(scale.kind.replace("_", " "), subject, known)
    if value not in [str(one) for one in scale.values]:
        raise InputError(
            f"{scale.title} runs from {scale.low} to {scale.high}, found {value!r:.20}"
        )
    return scale, subject, int(value)


# --- what is shown --------------------------------------------------------------------


def silent_scores_tree(document: Document, scale: str, participant: str | None) -> Node:
    """Return what this person scores, one row a subject; of others only how many.

    Parameters
    ----------
    document
        The workshop.
    scale
        On which scale.
    participant
        Id of the person; None for somebody without a name.
    """
    on = scale_named(scale)
    subjects = subjects_of(document, on)
    if not subjects:
        return listed("Scores", node("p", {}, f"There is no {_noun(on)} to score yet."))
    mine = own_scores(document, on, participant or NOBODY)
    n_mine = sum(one.id in mine for one in subjects)
    n_people = people_who_scored(document, on)
    people = "person has" if n_people == 1 else "people have"
    said = f"{n_mine} of {len(subjects)} scored by you · {n_people} {people} scored"
    return listed(
        f"Score alone: {on.title}",
        node("p", {}, _legend(on)),
        None
        if participant
        else node(
            "p",
            {"class": "jk-guide-warning"},
            "Nobody knows who you are: write your name into the settings above, so "
            "that the scores of two people count as two.",
        ),
        node(
            "ul",
            {"class": "jk-guide-rows jk-guide-scale"},
            *(
                _row(on, one.id, one.name_for_people, mine.get(one.id))
                for one in subjects
            ),
        ),
        node("p", {"class": "jk-guide-said"}, said),
    )


def _row(
    scale: ScoreScale, subject: str, name: str, mine: IndividualScore | None
) -> Node:
    return node(
        "li",
        {},
        node("p", {}, name),
        node(
            "div",
            {"role": "group", "label": name},
            *(
                node(
                    "button",
                    {
                        "act": f"score:{scale.name}:{subject}:{value}",
                        "key": f"score:{subject}:{value}",
                        "label": f"{name}: {_value(scale, value)}",
                        "current": "true" if mine and mine.value == value else None,
                    },
                    _number(scale, value),
                )
                for value in scale.values
            ),
        ),
    )


def spread_tree(document: Document, scale: str) -> Node:
    """Return how far people are apart, folded until the group wants to see it.

    Parameters
    ----------
    document
        The workshop.
    scale
        On which scale.
    """
    on = scale_named(scale)
    n_people = people_who_scored(document, on)
    label = f"How far we are apart: {on.title}"
    if n_people < _FEWEST:
        heard = "Nobody has" if not n_people else "One person has"
        return listed(
            label,
            node("p", {}, f"{heard} scored yet. From two on you see the spread here."),
        )
    found = spreads(document, on)
    widest = found[0]
    said = (
        f"Talk about “{widest.subject.name_for_people}” first: from "
        f"{_number(on, widest.low)} to {_number(on, widest.high)}."
        if widest.width
        else "You agree on everything: is anybody missing in the room?"
    )
    return listed(
        label,
        node(
            "details",
            {"key": f"spread-{on.name}"},
            node(
                "summary",
                {"key": f"spread-{on.name}-summary"},
                node("span", {}, "Show the spread"),
                node("span", {"class": "jk-guide-state"}, f"{n_people} people"),
            ),
            node("p", {}, f"{said} Each dot is one person."),
            _table(on, found),
        ),
    )


def _table(scale: ScoreScale, found: tuple[Spread, ...]) -> Node:
    heads = (
        _noun(scale).capitalize(),
        *(_number(scale, value) for value in scale.values),
        "Middle",
        "Now",
        "Agree on",
    )
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {"class": "jk-guide-spread"},
            node(
                "thead",
                {},
                node("tr", {}, *(node("th", {"scope": "col"}, one) for one in heads)),
            ),
            node("tbody", {}, *(_spread_row(scale, one) for one in found)),
        ),
    )


def _spread_row(scale: ScoreScale, one: Spread) -> Node:
    name = one.subject.name_for_people
    return node(
        "tr",
        {},
        node("th", {"scope": "row"}, name),
        *(
            node("td", {"class": "jk-guide-clock"}, _dots(count))
            for count in one.counts
        ),
        node("td", {"class": "jk-guide-clock"}, _number(scale, one.middle)),
        node("td", {"class": "jk-guide-clock"}, _agreed(scale, one.agreed)),
        node(
            "td",
            {},
            node(
                "div",
                {"class": "jk-guide-picks", "role": "group", "label": name},
                *(_agreeing(scale, one, value, name) for value in one.middles),
            ),
        ),
    )


def _agreeing(scale: ScoreScale, one: Spread, value: int, name: str) -> Node:
    return node(
        "button",
        {
            "act": f"agree:{scale.name}:{one.subject.id}:{value}",
            "key": f"agree:{one.subject.id}:{value}",
            "label": f"Agree on {_value(scale, value)}: {name}",
            "current": "true" if value == one.agreed else None,
        },
        _number(scale, value),
    )


def _agreed(scale: ScoreScale, value: int | None) -> str:
    return "–" if value is None else _number(scale, value)


def _dots(count: int) -> str:
    return "●" * count if count <= 6 else f"● × {count}"


def _noun(scale: ScoreScale) -> str:
    return scale.kind.replace("_", " ")


def _number(scale: ScoreScale, value: float) -> str:
    return emotion_text(value) if scale.low < 0 else f"{value:g}"


def _value(scale: ScoreScale, value: int) -> str:
    words = f" {EMOTIONS[value]}" if scale.name == "emotion" else ""
    return f"{_number(scale, value)}{words}"


def _legend(scale: ScoreScale) -> str:
    """Return what the ends of a scale mean, in the words of its form."""
    if scale.name == "emotion":
        return " · ".join(f"{emotion_text(n)} {word}" for n, word in EMOTIONS.items())
    field = next(one for one in fields_of(scale.kind) if one.name == scale.field)
    low, high = field.ends
    return f"{scale.title}: {scale.low} {low} … {scale.high} {high}"
