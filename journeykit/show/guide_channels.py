"""The channels in words: the matrix, the changes, what each persona finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from journeykit.check.channel_reading import (
    CRITERIA,
    ChangeRead,
    Context,
    Offer,
    PersonaOffers,
    changes_read,
    changes_sentence,
    consistency,
    offers_sentence,
    preferred_offers,
    unrecorded_changes,
)
from journeykit.errors import UnknownNameError
from journeykit.model import (
    ChannelChange,
    Document,
    Edit,
    Stage,
    Touchpoint,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, change
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.workshop import Workshop

__all__ = [
    "CHANNEL_ACTS",
    "changes_tree",
    "consistency_tree",
    "keep_context",
    "preferred_channels_tree",
    "record_change",
]

_Done = Callable[[Sequence[Edit], str], str]
_N_OPEN = 6
_CONTEXTS: Mapping[Context, tuple[str, bool | None]] = MappingProxyType(
    {"kept": ("Kept", True), "lost": ("Lost", False), "unknown": ("Nobody asked", None)}
)
_HEADS: Mapping[Context, str] = MappingProxyType(
    {
        "lost": "Context lost: customers begin again",
        "unknown": "Nobody asked yet",
        "kept": "Context kept",
    }
)
_OFFERS: Mapping[Offer, str] = MappingProxyType(
    {
        "offered": "✓ offered",
        "not offered": "✗ not offered",
        "no touchpoint": "✗ no touchpoint",
        "not passed": "does not pass",
    }
)


# --- what the buttons do --------------------------------------------------------------


def keep_context(workshop: Workshop, asked: str, done: _Done) -> str:
    """Note whether the context is kept at a change of channel.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``kept:CHANGE``, ``lost:CHANGE`` or ``unknown:CHANGE``.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such change or answer.
    """
    document = workshop.document()
    answer, _, own = asked.partition(":")
    known = {one.change.id: one for one in changes_read(document)}
    if own not in known:
        raise UnknownNameError("change of channel", own, known)
    found = next((pair for key, pair in _CONTEXTS.items() if key == answer), None)
    if found is None:
        raise UnknownNameError("answer", answer, _CONTEXTS)
    words, is_kept = found
    fields = {"context_kept": is_kept}
    edit = change(document, own, fields, author=workshop.author)
    return done([edit], f"{known[own].name}: {words.lower()}.")


def record_change(workshop: Workshop, asked: str, done: _Done) -> str:
    """Record a change of channel that the map implies.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``SOURCE:TARGET``, ids of touchpoints.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If the map implies no such change, or it is recorded already.
    """
    document = workshop.document()
    pairs = {f"{a.id}:{b.id}": (a, b) for a, b in unrecorded_changes(document)}
    if asked not in pairs:
        raise UnknownNameError("change of channel to record", asked, pairs)
    source, target = pairs[asked]
    others = document.of(ChannelChange)
    made = ChannelChange(
        id=new_id("channel_change"),
        rank=rank_between(others[-1].rank if others else None, None),
        source=source.id,
        target=target.id,
    )
    said = f"Recorded: {source.name} → {target.name}. Is the context kept?"
    return done([add(made, author=workshop.author)], said)


CHANNEL_ACTS: Mapping[str, Callable[[Workshop, str, _Done], str]] = MappingProxyType(
    {"context": keep_context, "record_change": record_change}
)
"""By the verb that a button sends."""


# --- one voice? -----------------------------------------------------------------------


def consistency_tree(document: Document) -> Node:
    """Return the matrix of channels and criteria, its worst cells marked and named."""
    found, label = consistency(document), "Consistency at a glance"
    missing = found.missing_sentence()
    words: list[Node] = [node("p", {}, found.sentence())]
    if found.lowest is None:
        return listed(label, *words)
    worst = set(found.worst)
    rows = [
        node(
            "tr",
            {},
            node("th", {"scope": "row"}, one.name),
            *(
                _score(getattr(one, field), is_worst=(one.id, field) in worst)
                for field in CRITERIA
            ),
        )
        for one in found.channels
    ]
    if missing:
        words.append(node("p", {"class": "jk-guide-missing"}, missing))
    return listed(label, *words, _table(("Channel", *CRITERIA.values()), rows))


def _score(score: int | None, *, is_worst: bool) -> Node:
    if score is None:
        return node("td", {"class": "jk-guide-clock"}, "not rated")
    if not is_worst:
        return node("td", {"class": "jk-guide-clock"}, str(score))
    return node(
        "td",
        {"class": "jk-guide-clock jk-guide-worst"},
        node("strong", {}, str(score)),
        node("span", {"class": "jk-guide-state"}, " lowest"),
    )


# --- from one channel to the next -----------------------------------------------------


def changes_tree(document: Document) -> Node:
    """Return the changes of channel by what becomes of the context, to set by click."""
    found = changes_read(document)
    rest = unrecorded_changes(document)
    shown: list[Node] = [node("p", {}, changes_sentence(found))]
    for context, head in _HEADS.items():
        here = [one for one in found if one.context == context]
        if here:
            shown += [
                node("p", {}, node("strong", {}, f"{head} ({len(here)})")),
                node("ul", {"class": "jk-guide-rows"}, *map(_change, here)),
            ]
    if rest:
        shown.append(_unrecorded(rest))
    return listed("Changes of channel", *shown)


def _change(one: ChangeRead) -> Node:
    note = f" · {one.change.note}" if one.change.note else ""
    return node(
        "li",
        {},
        node("p", {}, node("strong", {}, one.name), f" · {one.channels}{note}"),
        node(
            "div",
            {"class": "jk-guide-picks", "role": "group", "label": one.name},
            *(
                node(
                    "button",
                    {
                        "act": f"context:{key}:{one.change.id}",
                        "key": f"context:{key}:{one.change.id}",
                        "label": f"{words}: {one.name}",
                        "current": "true" if key == one.context else None,
                    },
                    words,
                )
                for key, (words, _) in _CONTEXTS.items()
            ),
        ),
    )


def _unrecorded(pairs: Sequence[tuple[Touchpoint, Touchpoint]]) -> Node:
    """Return neighbours of the map on other channels, folded, to record by click."""
    n = len(pairs)
    noun = "neighbour" if n == 1 else "neighbours"
    rows = [
        node(
            "li",
            {},
            node("p", {}, f"{one.name} → {other.name}"),
            button(
                f"record_change:{one.id}:{other.id}",
                "Record it",
                f"Record: {one.name} → {other.name}",
            ),
        )
        for one, other in pairs
    ]
    return node(
        "details",
        {"key": "unrecorded", "open": n <= _N_OPEN},
        node(
            "summary",
            {"key": "unrecorded-summary"},
            f"{n} {noun} on the map on another channel, with no change recorded",
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows),
    )


# --- what people prefer ---------------------------------------------------------------


def preferred_channels_tree(document: Document) -> Node:
    """Return each persona's preferred channel against what each stage offers."""
    stages, rows = preferred_offers(document)
    label = "Preferred channels"
    said = node("p", {}, offers_sentence(rows))
    if not rows or not stages:
        return listed(label, said)
    heads = ("Persona", "Prefers", *(one.name for one in stages))
    table = _table(
        heads, [_offers(one, stages) for one in rows], style="jk-guide-offers"
    )
    return listed(label, said, table)


def _offers(one: PersonaOffers, stages: Sequence[Stage]) -> Node:
    if one.channel is None:
        cells = [
            node("td", {"class": "jk-guide-state"}, "no preference recorded"),
            *(node("td", {"class": "jk-guide-state"}, "–") for _ in stages),
        ]
    else:
        cells = [node("td", {}, one.channel.name), *map(_offer, one.offers)]
    return node("tr", {}, node("th", {"scope": "row"}, one.persona.name), *cells)


def _offer(offer: Offer) -> Node:
    words = _OFFERS[offer]
    if offer == "offered":
        return node("td", {}, words)
    if offer == "not passed":
        return node("td", {"class": "jk-guide-state"}, words)
    return node("td", {"class": "jk-guide-lack"}, words)


def _table(heads: Sequence[str], rows: Sequence[Node], *, style: str = "") -> Node:
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {"class": style},
            node(
                "thead",
                {},
                node("tr", {}, *(node("th", {"scope": "col"}, one) for one in heads)),
            ),
            node("tbody", {}, *rows),
        ),
    )
