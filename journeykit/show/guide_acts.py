"""What the buttons of a guide do: one step each, undone like any other.

People who never saw Python change no code. What needs more than a drop on a board, such
as taking an agenda or the examples out, is a button beside the words that explain it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from journeykit.errors import UnknownNameError
from journeykit.exchange.agendas import agenda, agenda_names
from journeykit.exchange.examples import edits_removing_examples, kept_examples
from journeykit.exchange.stage_templates import stage_template
from journeykit.layout.day_words import day_text
from journeykit.model import (
    AgendaBlock,
    Channel,
    Comment,
    Document,
    Edit,
    Entry,
    Journey,
    Link,
    Stage,
    Touchpoint,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, new_edit_id, remove
from journeykit.model.prompts import subtle_touchpoints
from journeykit.show.alignment_acts import ALIGNMENT_ACTS
from journeykit.show.guide_scores import agree, score
from journeykit.show.guide_suggestions import merge_file
from journeykit.show.guide_target import target_entries, target_journey
from journeykit.show.guide_value import mark_high_value
from journeykit.show.live import live_of
from journeykit.store.store import utc_now
from journeykit.workshop import Workshop

__all__ = [
    "NOTHING_SUBTLE",
    "act",
    "add_subtle",
    "begin_target",
    "can_take_stages",
    "mark_moment",
    "take_agenda",
    "take_examples_out",
    "take_stages",
]

NOTHING_SUBTLE = "Looked through: no subtle touchpoint on this channel."
"""What is noted on a channel whose prompts were gone through in vain."""


def act(workshop: Workshop, asked: str) -> str:
    """Do what a button asks for, and say what was done.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``examples``; ``stages:NAME``; ``agenda:NAME``; ``subtle:CHANNEL:NUMBER``;
        ``mark``; ``target``; ``suggestions:FILE``; ``score:SCALE:SUBJECT:VALUE``,
        ``agree:SCALE:SUBJECT:VALUE``, ``high_value:GROUP``, and what
        :data:`journeykit.show.alignment_acts.ALIGNMENT_ACTS` holds.

    Raises
    ------
    UnknownNameError
        If there is no such thing to do.
    """
    verb, _, rest = asked.partition(":")
    if verb in ALIGNMENT_ACTS:
        return ALIGNMENT_ACTS[verb](workshop, rest, partial(_done, workshop))
    if verb not in _VERBS:
        raise UnknownNameError("thing to do", verb, (*_VERBS, *ALIGNMENT_ACTS))
    return _VERBS[verb](workshop, rest)


def _done(workshop: Workshop, edits: Sequence[Edit], said: str) -> str:
    """Write one group; every board of this kernel can undo it."""
    _can_undo(workshop, workshop.store.write(edits).group)
    return said


def _can_undo(workshop: Workshop, group: str) -> None:
    live = live_of(workshop)
    live.done.append(group)
    live.undone.clear()


def take_examples_out(workshop: Workshop) -> str:
    """Take out what came with the starter as an example, in one step.

    Returns
    -------
    str
        What was done, and what stayed and why.
    """
    document = workshop.document()
    edits = edits_removing_examples(document, workshop.author)
    if not edits:
        return "There are no examples to take out."
    n = sum(not isinstance(document.get(one.entry), Link) for one in edits)
    noun = "example" if n == 1 else "examples"
    kept = [str(one) for one in kept_examples(document)]
    stayed = f" Stayed: {'; '.join(kept[:5])}." if kept else ""
    return _done(
        workshop, edits, f"{n} {noun} taken out.{stayed} Undo brings them back."
    )


def can_take_stages(document: Document) -> bool:
    """Return whether nothing stands on the stages yet, so that others may come."""
    return not any(document.referrers(stage.id) for stage in document.of(Stage))


def take_stages(workshop: Workshop, template: str) -> str:
    """Put the stages of a template in the place of the present ones.

    Raises
    ------
    UnknownNameError
        If there is no such template.
    """
    document = workshop.document()
    if not can_take_stages(document):
        return "Your stages carry cards already: rename and move them instead."
    group = new_edit_id()
    author = workshop.author
    journeys = document.of(Journey)
    edits = [
        remove(document, one.id, author=author, group=group)
        for one in document.of(Stage)
    ]
    if journeys:
        journey = journeys[0]
    else:
        journey = Journey(id=new_id("journey"), name="The journey as it is")
        edits.append(add(journey, author=author, group=group))
    stages = stage_template(template, journey.id, taken={one.id for one in document})
    edits += _adding(stages, author, group)
    names = ", ".join(one.name for one in stages)
    return _done(workshop, edits, f"Your stages are: {names}. Rename them as you like.")


def add_subtle(workshop: Workshop, channel: str, number: int | None) -> str:
    """Put a subtle touchpoint on the map, or note that a channel has none.

    Parameters
    ----------
    workshop
        The workshop.
    channel
        Id of the channel.
    number
        Place of the prompt among those of the channel, from 0; None to note that none
        of them is one of yours.

    Raises
    ------
    UnknownNameError
        If the workshop has no such channel, or the channel no such prompt.
    """
    document = workshop.document()
    channels = {one.id: one for one in document.of(Channel)}
    if channel not in channels:
        raise UnknownNameError("channel", channel, channels)
    where = channels[channel]
    prompts = subtle_touchpoints(where.catalogue)
    if number is None:
        noted = Comment(
            id=new_id("comment"),
            rank=_after(document.of(Comment)),
            subject=where.id,
            text=NOTHING_SUBTLE,
        )
        return _done(
            workshop,
            [add(noted, author=workshop.author)],
            f"Noted: nothing subtle on {where.name}.",
        )
    if number >= len(prompts):
        raise UnknownNameError("prompt", str(number), prompts)
    prompt = prompts[number]
    stages = document.of(Stage)
    if not stages:
        return "There is no stage to put it in: name your stages in step 1."
    made = Touchpoint(
        id=new_id("touchpoint"),
        rank=_after(document.of(Touchpoint)),
        stage=stages[0].id,
        name=prompt,
        channel=where.id,
        is_online=where.is_online,
        is_subtle=True,
    )
    return _done(
        workshop,
        [add(made, author=workshop.author)],
        f"“{prompt}” is on the map, in “{stages[0].name}”. Drag it where it belongs.",
    )


def take_agenda(workshop: Workshop, name: str) -> str:
    """Put an agenda that ships in the place of the present one.

    Raises
    ------
    UnknownNameError
        If there is no such agenda.
    """
    if name not in agenda_names():
        raise UnknownNameError("agenda", name, agenda_names())
    document = workshop.document()
    group, author = new_edit_id(), workshop.author
    edits = [
        remove(document, one.id, author=author, group=group)
        for one in document.of(AgendaBlock)
    ]
    blocks = [
        one
        if one.id not in document
        else one.model_copy(update={"id": new_id(one.kind)})
        for one in agenda(name)
    ]
    edits += _adding(blocks, author, group)
    minutes = sum(one.minutes for one in blocks)
    return _done(
        workshop,
        edits,
        f"The agenda is yours: {len(blocks)} blocks, {minutes:g} minutes.",
    )


def mark_moment(workshop: Workshop) -> str:
    """Name the present moment after its day, so that a later review can compare.

    Returns
    -------
    str
        What it is called now.
    """
    taken = {one.name for one in workshop.marks()}
    today = utc_now().date()
    day = f"Review of {day_text(today, workshop.case.language)}"
    name, number = day, 1
    while name in taken:
        number += 1
        name = f"{day}, {number}"
    workshop.mark(name)
    return f"Marked as “{name}”."


def begin_target(workshop: Workshop) -> str:
    """Begin the map as it should be with a copy of the map as it is."""
    document = workshop.document()
    if target_journey(document) is not None:
        return "The target map is there already."
    made = target_entries(document)
    if not made:
        return "There is no map to begin with yet: name your stages in step 1."
    return _done(
        workshop,
        _adding(made, workshop.author, new_edit_id()),
        "The target map is begun. Choose Run > Run All Cells to see it.",
    )


def _adding(entries: Iterable[Entry], author: str | None, group: str) -> list[Edit]:
    return [add(one, author=author, group=group) for one in entries]


def _after(entries: Sequence[Entry]) -> str:
    return rank_between(entries[-1].rank if entries else None, None)


def _subtle(workshop: Workshop, asked: str) -> str:
    channel, _, number = asked.rpartition(":")
    return add_subtle(workshop, channel, int(number) if number.isdigit() else None)


def _merged(workshop: Workshop, name: str) -> str:
    return merge_file(workshop, name, lambda group: _can_undo(workshop, group))


_VERBS: Mapping[str, Callable[[Workshop, str], str]] = {
    "examples": lambda workshop, _: take_examples_out(workshop),
    "stages": take_stages,
    "agenda": take_agenda,
    "subtle": _subtle,
    "mark": lambda workshop, _: mark_moment(workshop),
    "target": lambda workshop, _: begin_target(workshop),
    "suggestions": _merged,
    "score": lambda workshop, asked: score(workshop, asked, partial(_done, workshop)),
    "agree": lambda workshop, asked: agree(workshop, asked, partial(_done, workshop)),
    "high_value": lambda workshop, asked: mark_high_value(
        workshop, asked, partial(_done, workshop)
    ),
}
