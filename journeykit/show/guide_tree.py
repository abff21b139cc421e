"""The words around a board as a tree of nodes: drawn by a script, or written as HTML.

A node is a text, or a list of tag, attributes and nodes. The tree is made once, and two
hands draw it: ``static/guide.js`` in a live notebook (text goes in as text), and
:func:`as_html` where no script runs. So the two cannot come to differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from journeykit.check.done_when import (
    Check,
    Progress,
    StepProgress,
    checks_of,
    progress_of,
)
from journeykit.check.steps import (
    COUNTED_STEPS,
    STEPS,
    WorkbookStep,
    minutes_of,
    neighbours,
    step_named,
)
from journeykit.errors import InputError
from journeykit.model import Document

__all__ = [
    "Node",
    "as_html",
    "button",
    "done_tree",
    "guide_tree",
    "listed",
    "node",
    "picture",
]

Node = Any  # a str, or a list of tag, attributes and nodes: recursive, and plain JSON
"""A text, or ``[tag, {attribute: value}, node, ...]``."""

_TAGS = {
    *("section", "header", "div", "nav", "h2", "h3", "p", "ol", "ul", "li"),
    *("a", "details", "summary", "span", "strong", "button", "input"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Mapping[str, str] = {
    "class": "class",
    "href": "href",
    "label": "aria-label",
    "current": "aria-current",
    "hidden": "aria-hidden",
    "role": "role",
    "key": "data-key",
    "act": "data-act",
    "asks": "data-asks",
    "to": "data-to",
    "placeholder": "placeholder",
    "scope": "scope",
}
_NOTEBOOKS = frozenset(step.notebook for step in STEPS)


def node(tag: str, attributes: Mapping[str, Any] | None = None, *inner: Node) -> Node:
    """Return a node; inner nodes that are None are left out.

    Parameters
    ----------
    tag
        Its HTML tag.
    attributes
        ``class``, ``href`` (a notebook of the workbook), ``label``, ``current``,
        ``hidden``, ``role``, ``key`` (its name when it is drawn again), ``share``
        (0 to 1, how far its bar is filled), ``open`` of details, ``scope`` of a head,
        ``act`` of a button (what the kernel is asked to do) and ``asks`` (the key of
        the field whose words go with it), ``placeholder`` of a field, and ``to`` of a
        link: the entry that it leads to.
    *inner
        What is in it.
    """
    given = {k: v for k, v in (attributes or {}).items() if v not in (None, "")}
    return [tag, given, *(one for one in inner if one is not None)]


def button(act: str, words: str, label: str = "") -> Node:
    """Return a button; *act* is what the kernel is asked to do."""
    return node("button", {"act": act, "key": act, "label": label}, words)


def picture(svg: Markup, narrow: Markup | None = None) -> Node:
    """Return a picture that is drawn in shapes and text, as wide as it is.

    Parameters
    ----------
    svg
        As :mod:`journeykit.show.drawing` writes it. Both hands refuse anything but
        shapes and text.
    narrow
        The same for a page of less than 1,020 px, if it is drawn anew for that.
    """
    drawn = {"svg": str(svg)}
    return ["picture", drawn if narrow is None else {**drawn, "narrow": str(narrow)}]


def listed(label: str, *inner: Node) -> Node:
    """Return a section with a list in it, as it stands between two boards."""
    return node("section", {"class": "jk-guide jk-guide-list", "label": label}, *inner)


def as_html(tree: Node) -> Markup:
    """Return a tree as HTML, every text in it escaped, with its style sheet.

    Raises
    ------
    InputError
        If it holds a tag, an attribute or a link that a guide does not have.
    """
    return Markup("<style>{}</style>{}").format(_style(), _html(tree))


def _html(tree: Node) -> Markup:
    if isinstance(tree, str):
        return Markup("{}").format(tree)
    tag, attributes, *inner = tree
    if tag == "picture":
        return _pictures(attributes)
    if tag not in _TAGS:
        raise InputError(f"a guide has no <{tag}>")
    written = Markup("").join(_attribute(*pair) for pair in attributes.items())
    if tag == "input":
        return Markup("<input{}>").format(written)
    body = Markup("").join(_html(one) for one in inner)
    # The tag is one of ours.
    return Markup(f"<{tag}{{}}>{{}}</{tag}>").format(written, body)  # noqa: S704


def _pictures(drawn: Mapping[str, str]) -> Markup:
    # Loads the drawing program of charts, which a page of words alone does not need.
    from journeykit.show.svg import checked_svg

    box = Markup('<div class="jk-guide-picture{}">{}</div>')
    if "narrow" not in drawn:
        return box.format("", checked_svg(drawn["svg"]))
    wide = box.format(" jk-is-wide", checked_svg(drawn["svg"]))
    return wide + box.format(" jk-is-narrow", checked_svg(drawn["narrow"]))


def _attribute(name: str, value: Any) -> Markup:
    if name == "share":
        return Markup(' style="--jk-share: {:.1f}%"').format(100 * float(value))
    if name == "open":
        return Markup(" open") if value else Markup("")
    if name == "href" and value not in _NOTEBOOKS:
        raise InputError(f"a guide links to notebooks only, found {value!r}")
    if name not in _ATTRIBUTES:
        raise InputError(f"a node of a guide has no {name!r}")
    return Markup(' {}="{}"').format(_ATTRIBUTES[name], value)


@cache
def _style() -> Markup:
    static = files("journeykit.show") / "static"
    sheets = (static / "tokens.css", static / "guide.css")
    whole = "".join(one.read_text(encoding="utf-8") for one in sheets)
    bare = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    # Both are our own files; nothing typed by people ever stands in them.
    return Markup(re.sub(r"\s+", " ", bare))  # noqa: S704


# --- above the board ------------------------------------------------------------------


def guide_tree(document: Document, name: str) -> Node:
    """Return what stands above the board of a step.

    Parameters
    ----------
    document
        The workshop as it stands.
    name
        Name of the step.
    """
    step = step_named(name)
    minutes = minutes_of(document, step)
    where = f"Step {step.number} of {len(COUNTED_STEPS)}" if step.is_counted else ""
    facts = [where, step.title, f"about {minutes:g} minutes"]
    return node(
        "section",
        {"class": "jk-guide", "label": f"Guide: {step.title}"},
        node(
            "header",
            {},
            node(
                "p",
                {"class": "jk-guide-facts"},
                " · ".join(one for one in facts if one),
            ),
            node("h2", {}, step.question),
            node("p", {"class": "jk-guide-purpose"}, step.purpose),
        ),
        node(
            "div",
            {"class": "jk-guide-body"},
            node(
                "div",
                {"class": "jk-guide-do"},
                node("h3", {}, "What to do"),
                node("ol", {}, *(node("li", {}, one) for one in step.do)),
            ),
            node(
                "details",
                {"class": "jk-guide-example", "key": "example", "open": True},
                node("summary", {"key": "example-summary"}, "An example: the airport"),
                node("p", {}, step.example),
            ),
        ),
        # The training case is a workshop of its own: how far it is says nothing.
        _progress(None if name == "training" else progress_of(document), step),
    )


def _progress(progress: Progress | None, here: WorkbookStep) -> Node:
    known = dict.fromkeys(COUNTED_STEPS) if progress is None else {}
    if progress is not None:
        known |= zip(COUNTED_STEPS, progress.steps, strict=True)
    links = [_strip_link(step, one, here) for step, one in known.items()]
    extras = [
        node(
            "a",
            {
                "href": step.notebook,
                "key": f"strip-{step.name}",
                "current": "page" if step == here else None,
            },
            step.title,
        )
        for step in STEPS
        if not step.is_counted
    ]
    return node(
        "nav",
        {"class": "jk-guide-progress", "label": "Steps of the workbook"},
        node(
            "p",
            {"class": "jk-guide-said"},
            node("strong", {}, "The whole workbook"),
            f" {progress.n_done} of {progress.n_checks} checks done"
            if progress
            else None,
        ),
        node(
            "div", {"class": "jk-guide-bar", "share": progress.share, "hidden": "true"}
        )
        if progress
        else None,
        node("ol", {"class": "jk-guide-strip"}, *links),
        node("p", {"class": "jk-guide-extras"}, *extras),
    )


def _strip_link(
    step: WorkbookStep, far: StepProgress | None, here: WorkbookStep
) -> Node:
    is_done = far is not None and far.state == "done"
    said, short = "", None
    if far is not None:
        said = ": done" if is_done else f": {far.n_done} of {far.n_checks} done"
        short = "✓" if is_done else f"{far.n_done}/{far.n_checks}"
    return node(
        "li",
        {},
        node(
            "a",
            {
                "href": step.notebook,
                "class": "jk-is-done" if is_done else None,
                "label": f"Step {step.number}, {step.title}{said}",
                "current": "step" if step == here else None,
                "share": far.share if far else None,
                "key": f"strip-{step.name}",
            },
            node("span", {"class": "jk-guide-n"}, str(step.number)),
            node("span", {}, step.short),
            node("span", {"class": "jk-guide-state"}, short) if short else None,
        ),
    )


# --- below the board ------------------------------------------------------------------


def done_tree(document: Document, name: str, said: Node = None) -> Node:
    """Return what stands below the board: what is done, what is missing, where to go.

    Parameters
    ----------
    document
        The workshop as it stands.
    name
        Name of the step.
    said
        What else is to be said, such as what the check found; None for nothing.
    """
    step = step_named(name)
    checks = checks_of(document, step.name)
    return node(
        "section",
        {"class": "jk-guide jk-guide-done", "label": f"Done when: {step.title}"},
        _checked(checks) if checks else None,
        said,
        _ways_on(step),
    )


def _checked(checks: Sequence[Check]) -> Node:
    n_done = sum(one.is_done for one in checks)
    is_done = n_done == len(checks)
    said = "All done. Well done." if is_done else f"{n_done} of {len(checks)} done"
    return node(
        "div",
        {},
        node("h2", {}, "Done when"),
        node("p", {"class": "jk-guide-said", "role": "status"}, said),
        node(
            "div",
            {"class": "jk-guide-bar", "share": n_done / len(checks), "hidden": "true"},
        ),
        node(
            "ul",
            {"class": "jk-guide-checks"},
            *(
                _check(one, [] if one.missing in told else one.missing)
                for one, told in zip(checks, _told_before(checks), strict=True)
            ),
        ),
    )


def _told_before(checks: Sequence[Check]) -> list[set[tuple[str, ...]]]:
    """Return what the checks above each have said: nothing is said twice."""
    said = [check.missing for check in checks]
    return [set(said[:number]) for number in range(len(said))]


def _check(check: Check, missing: Sequence[str]) -> Node:
    return node(
        "li",
        {"class": "jk-is-done" if check.is_done else "jk-is-open"},
        node(
            "span",
            {"class": "jk-guide-mark", "hidden": "true"},
            "✓" if check.is_done else None,
        ),
        node(
            "div",
            {},
            node(
                "p",
                {},
                node(
                    "span",
                    {"class": "jk-guide-aloud"},
                    "Done: " if check.is_done else "To do: ",
                ),
                check.text,
            ),
            *(node("p", {"class": "jk-guide-missing"}, one) for one in missing),
        ),
    )


def _ways_on(step: WorkbookStep) -> Node:
    before, after = neighbours(step)
    return node(
        "nav",
        {"class": "jk-guide-ways", "label": "Previous and next step"},
        _way(before, "Back", "jk-guide-back") if before else None,
        _way(after, "Next", "jk-guide-next") if after else None,
    )


def _way(step: WorkbookStep, word: str, role: str) -> Node:
    return node(
        "a",
        {"href": step.notebook, "class": role, "key": role},
        node("span", {"class": "jk-guide-word"}, word),
        node("span", {}, step.title),
    )
