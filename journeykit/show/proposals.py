"""What the map suggests for COPIS or the canvas, with buttons to take or leave it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from journeykit.check.proposing import (
    PROPOSAL_KINDS,
    Proposal,
    Proposals,
    proposals,
)
from journeykit.model import Document, Edit, Link
from journeykit.model.relations import RELATIONS
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.workshop import Workshop

__all__ = ["PROPOSAL_ACTS", "proposals_tree"]

_N_SHOWN = 40
_N_OPEN = 8


def proposals_tree(document: Document, of: str) -> Node:
    """Return what the map suggests, by column or block, with its reasons.

    Parameters
    ----------
    document
        The workshop.
    of
        ``copis`` or ``canvas``.
    """
    found = proposals(document, of)
    label = PROPOSAL_KINDS[of].label
    n, n_links = len(found.entries), len(found.links)
    if not n and not n_links:
        said = (
            "The map suggests nothing more: what it holds stands here already."
            if len(document) > 1
            else "Nothing to suggest yet: proposals come from personas and touchpoints."
        )
        return listed("Proposals", node("p", {}, said), *_left(found))
    groups = [
        _group(found, place, title, n <= _N_OPEN)
        for place, title in found.titles().items()
        if any(one.place == place for one in found.entries)
    ]
    return listed(
        "Proposals",
        node("p", {}, node("strong", {}, _count(n, n_links)), _said(label)),
        _everything(of, n) if n else None,
        *groups,
        *_links(found),
        *_left(found),
    )


def _everything(of: str, n: int) -> Node:
    return node(
        "ul",
        {"class": "jk-guide-rows"},
        node(
            "li",
            {},
            node("p", {}, "Everything at once"),
            node(
                "div",
                {"class": "jk-guide-picks"},
                button(
                    f"lay_proposed:{of}:@",
                    "Lay on the board",
                    "Lay all on the board, marked as proposed",
                ),
                button(f"take_proposed:{of}:@", "Take all", f"Take all {n} proposals"),
            ),
        ),
    )


def _count(n: int, n_links: int) -> str:
    if not n:
        return f"{n_links} {'link' if n_links == 1 else 'links'} suggested."
    return f"The map suggests {n} {'entry' if n == 1 else 'entries'}."


def _said(label: str) -> str:
    return (
        f" Nothing of it counts in {label} until you take it. What you leave is not "
        "suggested again. Undo on the board takes back either."
    )


def _group(found: Proposals, place: str, title: str, is_open: bool) -> Node:
    here = [one for one in found.entries if one.place == place]
    left_out = len(here) - _N_SHOWN
    key = f"proposed-{found.of}-{place}"
    return node(
        "details",
        {"key": key, "open": is_open},
        node(
            "summary",
            {"key": f"{key}-summary"},
            node("span", {}, title),
            node("span", {"class": "jk-guide-state"}, str(len(here))),
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            node(
                "li",
                {},
                node("p", {"class": "jk-guide-missing"}, "The whole column at once")
                if found.of == "copis"
                else node("p", {"class": "jk-guide-missing"}, "The whole block"),
                _buttons(found.of, f"@{place}", title),
            )
            if len(here) > 1
            else None,
            *(_row(found.of, one) for one in here[:_N_SHOWN]),
        ),
        node("p", {}, f"And {left_out} more after these.") if left_out > 0 else None,
    )


def _row(of: str, one: Proposal) -> Node:
    name = one.entry.name_for_people
    mark = " · on the board, proposed" if one.is_on_board else ""
    return node(
        "li",
        {},
        node(
            "div",
            {},
            node("p", {}, node("strong", {}, name)),
            node("p", {"class": "jk-guide-missing"}, f"{one.why}{mark}"),
        ),
        _buttons(of, one.entry.id, name),
    )


def _buttons(of: str, which: str, name: str) -> Node:
    is_many = which.startswith("@")
    return node(
        "div",
        {"class": "jk-guide-picks"},
        button(
            f"take_proposed:{of}:{which}",
            "Take all" if is_many else "Take",
            f"Take: {name}",
        ),
        button(
            f"leave_proposed:{of}:{which}",
            "Leave all" if is_many else "Leave",
            f"Leave: {name}",
        ),
    )


def _links(found: Proposals) -> tuple[Node, ...]:
    """Return the links that are suggested between what is there, folded."""
    here = found.links
    if not here:
        return ()
    key = f"proposed-{found.of}-links"
    left_out = len(here) - _N_SHOWN
    return (
        node(
            "details",
            {"key": key, "open": False},
            node(
                "summary",
                {"key": f"{key}-summary"},
                node("span", {}, "Links between what is there"),
                node("span", {"class": "jk-guide-state"}, str(len(here))),
            ),
            node(
                "ul",
                {"class": "jk-guide-rows"},
                node(
                    "li",
                    {},
                    node("p", {"class": "jk-guide-missing"}, "All links at once"),
                    _buttons(found.of, "@links", "all links"),
                ),
                *(_link(found, one) for one in here[:_N_SHOWN]),
            ),
            node("p", {}, f"And {left_out} more.") if left_out > 0 else None,
        ),
    )


def _link(found: Proposals, one: Proposal) -> Node:
    words = one.entry.id
    if isinstance(one.entry, Link):
        source, target = (
            found.document[name] for name in (one.entry.source, one.entry.target)
        )
        kind = (
            target.label if target.label.startswith("COPIS") else target.label.lower()
        )
        words = (
            f"“{source.name_for_people}” {RELATIONS[one.entry.relation].label} the "
            f"{kind} “{target.name_for_people}”"
        )
    return node("li", {}, node("p", {}, words), _buttons(found.of, one.entry.id, words))


def _left(found: Proposals) -> tuple[Node, ...]:
    if not found.n_left:
        return ()
    n = found.n_left
    words = f"{n} {'proposal' if n == 1 else 'proposals'} left aside"
    return (
        node(
            "ul",
            {"class": "jk-guide-rows"},
            node(
                "li",
                {},
                node("p", {"class": "jk-guide-missing"}, words),
                button(f"bring_back:{found.of}", "Suggest them again"),
            ),
        ),
    )


# --- what the buttons do --------------------------------------------------------------

_Done = Callable[[Sequence[Edit], str], str]


def _asked(workshop: Workshop, asked: str) -> tuple[Proposals, tuple[str, ...]]:
    of, _, which = asked.partition(":")
    found = proposals(workshop.document(), of)
    return found, found.chosen(which)


def _named(found: Proposals, chosen: Sequence[str]) -> str:
    """Return what was chosen: its name if it is one, else how many."""
    known = {one.entry.id: one for one in (*found.entries, *found.links)}
    if len(chosen) == 1 and chosen[0] in known:
        one = known[chosen[0]].entry
        return "The link" if isinstance(one, Link) else f"“{one.name_for_people}”"
    noun = "links" if chosen and not known[chosen[0]].place else "entries"
    return f"{len(chosen)} {noun}"


def _take(workshop: Workshop, asked: str, done: _Done) -> str:
    found, chosen = _asked(workshop, asked)
    edits = found.edits_taking(chosen, workshop.author)
    if not edits:
        return "There is nothing to take any more."
    return done(edits, f"{_named(found, chosen)} taken.{_with_links(edits, chosen)}")


def _lay(workshop: Workshop, asked: str, done: _Done) -> str:
    found, chosen = _asked(workshop, asked)
    edits = found.edits_laying(chosen, workshop.author)
    if not edits:
        return "Everything that is suggested lies on the board already."
    n = sum(edit.kind != "link" for edit in edits)
    noun = "entry lies" if n == 1 else "entries lie"
    return done(edits, f"{n} {noun} on the board now, marked as proposed.")


def _with_links(edits: Sequence[Edit], chosen: Sequence[str]) -> str:
    n = len({edit.entry for edit in edits} - set(chosen))
    if not n:
        return ""
    return f" {n} {'link' if n == 1 else 'links'} came along."


def _leave(workshop: Workshop, asked: str, done: _Done) -> str:
    found, chosen = _asked(workshop, asked)
    edits = found.edits_leaving(chosen, workshop.author) if chosen else ()
    if not edits:
        return "There is nothing to leave any more."
    return done(edits, f"{_named(found, chosen)} left; not suggested again.")


def _bring_back(workshop: Workshop, asked: str, done: _Done) -> str:
    found = proposals(workshop.document(), asked)
    edits = found.edits_bringing_back(workshop.author) if found.n_left else ()
    return done(edits, "Suggested again.") if edits else "Nothing was left aside."


PROPOSAL_ACTS: Mapping[str, Callable[[Workshop, str, _Done], str]] = MappingProxyType(
    {
        "take_proposed": _take,
        "lay_proposed": _lay,
        "leave_proposed": _leave,
        "bring_back": _bring_back,
    }
)
"""By the verb that a button sends; after it ``copis`` or ``canvas``, then what."""
