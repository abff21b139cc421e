"""A path of five steps: what to do, where, done or what is missing."""

from __future__ import annotations

from journeykit.check.guided_paths import PathStep, guided_path
from journeykit.check.steps import step_named
from journeykit.model import Document
from journeykit.show.guide_tree import Node, listed, node

__all__ = ["path_tree"]


def path_tree(document: Document, name: str, here: str) -> Node:
    """Return the steps of a path in order, the next one open.

    Parameters
    ----------
    document
        The workshop.
    name
        ``copis`` or ``clv``.
    here
        Name of the workbook's step that shows it: no link leads to itself.

    Raises
    ------
    UnknownNameError
        If there is no such path.
    """
    path = guided_path(document, name)
    n, after = len(path.steps), path.next_step
    said = f"{path.n_done} of {n} steps done."
    said += f" Next: {after.title}." if after else " The whole path is walked."
    return listed(
        path.title,
        node("p", {}, node("strong", {}, path.title), f" · {said}"),
        node(
            "ul",
            {"class": "jk-guide-checks"},
            *(_row(one, here, is_next=one is after) for one in path.steps),
        ),
    )


def _row(one: PathStep, here: str, *, is_next: bool) -> Node:
    step = step_named(one.step)
    title = f"{one.number}. {one.title}"
    where: list[Node] = [f"Here: {one.where}."]
    if step.name != here:
        link = node(
            "a",
            {"href": step.notebook, "key": f"path-{one.number}"},
            f"step {step.number}, {step.title[:1].lower()}{step.title[1:]}",
        )
        where = ["In ", link, f": {one.where}."]
    state = "Done: " if one.is_done else "Open: "
    return node(
        "li",
        {
            "class": "jk-is-done" if one.is_done else "jk-is-open",
            "current": "step" if is_next else None,
        },
        node(
            "span",
            {"class": "jk-guide-mark", "hidden": "true"},
            "✓" if one.is_done else "",
        ),
        node(
            "div",
            {},
            node("p", {}, node("span", {"class": "jk-guide-aloud"}, state), title),
            node("p", {"class": "jk-guide-missing"}, f"{one.do} ", *where),
            *(
                node("p", {"class": "jk-guide-missing"}, f"Missing: {text}")
                for text in one.missing
            ),
        ),
    )
