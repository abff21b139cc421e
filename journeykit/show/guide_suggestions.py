"""Suggestions from outside the workshop: how they come in, and what they said.

The file is dropped beside the notebook, where JupyterLab's file browser puts it, and
one button merges it in. A field for a path was turned down: people who never saw Python
do not know the paths of their files, and a path in a page could name any file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from journeykit.errors import UnknownNameError
from journeykit.exchange.suggestions import merge_suggestions
from journeykit.model import Comment, Document
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.workshop import Workshop

__all__ = ["files_here", "merge_file", "suggestions_tree", "who_added"]

_COLUMNS = ("Name", "Department", "Touchpoint", "Suggestion")
_N_SHOWN = 50
_LENGTH = 300
"""Of a suggestion in the list; all of it stands on its card."""


def files_here(folder: Path | None = None) -> tuple[str, ...]:
    """Return the tables of suggestions that lie in a folder, by name.

    Parameters
    ----------
    folder
        Where to look; the working folder, in which the notebooks lie, if None.
    """
    found = (folder or Path()).glob("*.csv")
    return tuple(sorted(one.name for one in found if "suggest" in one.name.casefold()))


def merge_file(workshop: Workshop, name: str, done: Callable[[str], object]) -> str:
    """Merge a table of suggestions that lies here; return what was done.

    Parameters
    ----------
    workshop
        The workshop.
    name
        Name of the file; empty to look again which are there.
    done
        Hears of the group of edits, so that it can be undone.

    Raises
    ------
    UnknownNameError
        If there is no such file among those that are offered.
    InputError, TableError, FileProblemError
        If it is no table of suggestions.
    """
    here = files_here()
    if not name:
        if not here:
            return "No table of suggestions lies here yet."
        noun = "table" if len(here) == 1 else "tables"
        return f"{len(here)} {noun} of suggestions here."
    if name not in here:
        raise UnknownNameError("table of suggestions", name, here)
    merged = merge_suggestions(workshop, name)
    if merged.receipt is not None:
        done(merged.receipt.group)
    undo = " Undo takes them out again." if merged.n_added else ""
    cleaned = [one for one in merged.notes if one.startswith(("Removed", "Not used"))]
    return " ".join((f"{merged}{undo}", *cleaned))


def who_added(workshop: Workshop) -> dict[str, str]:
    """Return the name of whoever added an entry, by its id, where it is known."""
    names = workshop.store.author_names()
    return {
        entry: names[author]
        for entry, author in workshop.store.added_by().items()
        if author in names
    }


def suggestions_tree(
    document: Document, who: Mapping[str, str], files: Sequence[str]
) -> Node:
    """Return how suggestions come in, and those that are there, with whose they are.

    Parameters
    ----------
    document
        The workshop.
    who
        Name by the id of what a person added.
    files
        Tables that can be merged in.
    """
    said = [one for one in document.of(Comment) if one.comment_kind == "suggestion"]
    return listed(
        "Suggestions from outside",
        node("div", {"class": "jk-guide-do"}, node("ol", {}, *_how())),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                node(
                    "li",
                    {},
                    node("p", {}, node("strong", {}, name)),
                    button(f"suggestions:{name}", "Merge in", f"Merge in: {name}"),
                )
                for name in files
            ),
            node(
                "li",
                {},
                node(
                    "p",
                    {},
                    "Not in the list?" if files else "No such file lies here yet.",
                ),
                button("suggestions:", "Look again", "Look for files again"),
            ),
        ),
        _told(document, said, who) if said else None,
    )


def _how() -> tuple[Node, ...]:
    """Return what to do, in order."""
    return (
        node(
            "li",
            {},
            "Send colleagues a table, or a form, that asks for four things: ",
            node("strong", {}, ", ".join(_COLUMNS)),
            ". An empty touchpoint stands for the whole map.",
        ),
        node(
            "li",
            {},
            "Save what comes back as CSV, with “suggestions” in its name, and drop it "
            "into the list of files on the left.",
        ),
        node("li", {}, "Merge it in. A file that comes again adds only what is new."),
    )


def _told(document: Document, said: Sequence[Comment], who: Mapping[str, str]) -> Node:
    noun = "suggestion" if len(said) == 1 else "suggestions"
    departments = Counter(one.department for one in said if one.department)
    heard = ", ".join(f"{name} {n}" for name, n in departments.most_common())
    left_out = len(said) - _N_SHOWN
    return node(
        "details",
        {"key": "suggestions", "open": True},
        node(
            "summary",
            {"key": "suggestions-summary"},
            node("span", {}, f"{len(said)} {noun} so far"),
            node("span", {"class": "jk-guide-state"}, heard) if heard else None,
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(_row(document, one, who) for one in said[-_N_SHOWN:][::-1]),
        ),
        node("p", {"class": "jk-guide-missing"}, f"And {left_out:,} more before these.")
        if left_out > 0
        else None,
    )


def _row(document: Document, one: Comment, who: Mapping[str, str]) -> Node:
    about = document.get(one.subject)
    quiet = (
        who.get(one.id, ""),
        one.department,
        about.name_for_people if about else "the whole map",
    )
    return node(
        "li",
        {},
        node(
            "div",
            {},
            node("p", {}, _cut(one.text)),
            node(
                "p",
                {"class": "jk-guide-missing"},
                " · ".join(part for part in quiet if part),
            ),
        ),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1].rstrip()}…"
