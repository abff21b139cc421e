"""What customers say to the map, touchpoint by touchpoint: confirmed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.model import Comment, Document, Journey, Stage, Touchpoint

__all__ = ["Standing", "TouchpointAnswers", "validation_answers"]

Standing = Literal["confirmed", "contradicted", "not asked"]


@dataclass(frozen=True, slots=True)
class TouchpointAnswers:
    """What customers said to one touchpoint of the map.

    Parameters
    ----------
    touchpoint
        Its id.
    n_confirmed, n_contradicted
        Customers who said so; those whose number nobody noted are not among them.
    contradictions
        What was said against it, one text for each note.
    standing
        ``contradicted`` as soon as one customer said so; ``not asked`` if nobody spoke.
    is_counted
        Whether every note of a verdict says how many customers.
    is_marked
        Whether somebody noted that nobody was asked.
    """

    touchpoint: str
    n_confirmed: int
    n_contradicted: int
    contradictions: tuple[str, ...]
    standing: Standing
    is_counted: bool
    is_marked: bool

    @property
    def n(self) -> int:
        """How many customers said something."""
        return self.n_confirmed + self.n_contradicted


def validation_answers(document: Document) -> tuple[TouchpointAnswers, ...]:
    """Return what customers said to each touchpoint, in the order of the map.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Examples
    --------
    >>> desk = Touchpoint(id="desk", stage="s", name="The desk")
    >>> said = Comment(
    ...     id="c", subject="desk", text="As drawn", comment_kind="validation"
    ... )
    >>> said = said.model_copy(update={"verdict": "confirmed", "n_people": 4})
    >>> stage = Stage(id="s", journey="j", name="Buy")
    >>> journey = Journey(id="j", name="Buying")
    >>> [one] = validation_answers(Document([journey, stage, desk, said]))
    >>> one.standing, one.n_confirmed
    ('confirmed', 4)
    """
    today = as_it_is(document)
    notes: dict[str | None, list[Comment]] = {}
    for one in today.of(Comment):
        if one.comment_kind == "validation" and one.verdict is not None:
            notes.setdefault(one.subject, []).append(one)
    by_stage: dict[str, list[Touchpoint]] = {}
    for touchpoint in today.of(Touchpoint):
        by_stage.setdefault(touchpoint.stage, []).append(touchpoint)
    stages = [
        stage.id
        for journey in today.of(Journey)
        for stage in today.of(Stage)
        if stage.journey == journey.id
    ]
    return tuple(
        _answers(touchpoint.id, notes.get(touchpoint.id, ()))
        for stage in stages
        for touchpoint in by_stage.get(stage, ())
    )


def _answers(touchpoint: str, notes: Sequence[Comment]) -> TouchpointAnswers:
    against = [one for one in notes if one.verdict == "contradicted"]
    heard = [one for one in notes if one.verdict == "confirmed"]
    standing: Standing = "not asked"
    if against or heard:
        standing = "contradicted" if against else "confirmed"
    return TouchpointAnswers(
        touchpoint,
        sum(one.n_people or 0 for one in heard),
        sum(one.n_people or 0 for one in against),
        tuple(one.text for one in against),
        standing,
        all(one.n_people for one in (*heard, *against)),
        any(one.verdict == "not_asked" for one in notes),
    )
