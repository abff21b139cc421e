"""The consistency check in a notebook: what was found, where, and how to mend it.

Findings stand by rule, since ten touchpoints with the same gap are one talk, not ten.
A rule that does not fit is switched off here, for a reason that the report prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from journeykit.check.finding_step import step_of_finding
from journeykit.check.rule import Finding
from journeykit.check.rules import RULES, rules_off
from journeykit.check.suggest import Suggestion, edits_taking, suggestions
from journeykit.errors import UnknownNameError
from journeykit.language import say, say_count
from journeykit.model import Document, Edit, RuleOff, new_id, rank_between
from journeykit.model.edits import add, new_edit_id, remove
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.workshop import Workshop

__all__ = ["CHECK_ACTS", "check_tree", "counted_findings"]

_Done = Callable[[Sequence[Edit], str], str]
_SEVERITIES: Mapping[str, tuple[str, str]] = {
    "error": ("Errors", "to be mended before anybody relies on the map"),
    "warning": ("Warnings", "to be talked about"),
    "hint": ("Hints", "worth a look"),
}
_N_OPEN = 12
_N_SHOWN = 12
_CHANGED = "The workshop has changed meanwhile: look again at what is left."


def counted_findings(found: Iterable[Finding]) -> str:
    """Return how many were found, in words.

    Examples
    --------
    >>> counted_findings([])
    'No errors, no warnings, no hints'
    >>> counted_findings([Finding("M1", "warning", "t", "No owner.", "Choose")])
    'No errors, 1 warning, no hints'
    """
    counts = Counter(one.severity for one in found)
    errors, warnings, hints = (counts[name] for name in ("error", "warning", "hint"))
    said = (
        say_count("{n} error", "{n} errors", errors) if errors else say("no errors"),
        say_count("{n} warning", "{n} warnings", warnings)
        if warnings
        else say("no warnings"),
        say_count("{n} hint", "{n} hints", hints) if hints else say("no hints"),
    )
    words = ", ".join(said)
    return words[0].upper() + words[1:]


_AGREES = "Map, evidence, COPIS, canvas and plan tell one story."


def check_tree(
    document: Document, found: Sequence[Finding], *, agrees: str = _AGREES
) -> Node:
    """Return the check as words that a guide draws.

    Parameters
    ----------
    document
        The workshop.
    found
        What was found in it.
    agrees
        What is said where no error and no warning was found.
    """
    offered: dict[tuple[str, str | None], list[Suggestion]] = {}
    said_before = set()
    for one in suggestions(document, found):
        ties = one.offer.links
        if one.offer.adds or not ties or ties not in said_before:  # both ends miss it
            offered.setdefault((one.finding.rule, one.finding.entry), []).append(one)
        said_before.add(ties)
    off = rules_off(document)
    n_mended = len(offered)
    mended = (
        f" {n_mended} can be mended here with one click."
        if n_mended > 1
        else " One can be mended here with one click."
        if n_mended
        else ""
    )
    said = (
        agrees
        if not any(one.severity != "hint" for one in found)
        else "Here the parts of your workshop contradict each other, or stop short."
    )
    return listed(
        "The check",
        node(
            "p",
            {"class": "jk-guide-said", "role": "status"},
            node("strong", {}, f"{counted_findings(found)}."),
            f" {said}{mended}",
        ),
        *(
            _severity(document, name, [f for f in found if f.severity == name], offered)
            for name in _SEVERITIES
            if any(one.severity == name for one in found)
        ),
        _switched_off(off) if off else None,
    )


def _severity(
    document: Document,
    name: str,
    found: Sequence[Finding],
    offered: Mapping[tuple[str, str | None], Sequence[Suggestion]],
) -> Node:
    title, words = _SEVERITIES[name]
    is_open = name == "error" or (name == "warning" and len(found) <= _N_OPEN)
    by_rule = groupby(found, key=lambda one: one.rule)  # they come rule by rule
    return node(
        "details",
        {"key": f"check-{name}", "open": is_open, "class": f"jk-check-{name}"},
        node(
            "summary",
            {"key": f"check-{name}-summary"},
            node("span", {}, title),
            node("span", {"class": "jk-guide-state"}, f"{len(found)}, {words}"),
        ),
        *(_rule(document, rule, list(those), offered) for rule, those in by_rule),
    )


def _rule(
    document: Document,
    rule: str,
    found: Sequence[Finding],
    offered: Mapping[tuple[str, str | None], Sequence[Suggestion]],
) -> Node:
    left_out = len(found) - _N_SHOWN
    rows = [
        row
        for one in found[:_N_SHOWN]
        for row in _rows(document, one, offered.get((rule, one.entry), ()))
    ]
    return node(
        "div",
        {"class": "jk-check-rule"},
        node(
            "p",
            {},
            node("strong", {}, RULES[rule].text),
            node("span", {"class": "jk-guide-state"}, rule),
        ),
        node("p", {"class": "jk-guide-missing"}, f"{found[0].next_step}."),
        node("ul", {"class": "jk-guide-rows"}, *rows),
        node("p", {"class": "jk-guide-missing"}, f"And {left_out:,} more like these.")
        if left_out > 0
        else None,
        _off_form(rule),
    )


def _rows(
    document: Document, one: Finding, offered: Sequence[Suggestion]
) -> Iterable[Node]:
    step = step_of_finding(document, one)
    entry = document.get(one.entry)
    is_there = entry is not None and entry.kind != "case"
    label = entry.name_for_people if entry is not None else step.title
    yield node(
        "li",
        {},
        node("p", {}, one.text),
        node(
            "a",
            {
                "href": step.notebook,
                "class": "jk-check-show",
                "key": f"show-{one.rule}-{one.entry}",
                "to": one.entry if is_there else None,
                "label": f"Show: {label} (step {step.number}, {step.title})",
            },
            "Show" if is_there else f"Step {step.number}",
        ),
    )
    for offer in offered:
        yield node(
            "li",
            {"class": "jk-check-offer"},
            node("p", {}, f"{offer.text}?"),
            button(f"take_suggestion:{offer.key}", "Take", f"Take: {offer.text}"),
        )


def _off_form(rule: str) -> Node:
    key = f"off-{rule}"
    return node(
        "details",
        {"key": f"{key}-fold", "class": "jk-check-off"},
        node("summary", {"key": f"{key}-summary"}, "Does not apply here?"),
        node(
            "div",
            {"class": "jk-check-reason"},
            node(
                "input",
                {
                    "key": key,
                    "label": f"Why rule {rule} does not apply here",
                    "placeholder": "Why not? The report prints the reason",
                },
            ),
            node(
                "button",
                {
                    "act": f"rule_off:{rule}",
                    "key": f"rule_off:{rule}",
                    "asks": key,
                    "label": f"Switch rule {rule} off",
                },
                "Switch off",
            ),
        ),
    )


def _switched_off(off: Mapping[str, str]) -> Node:
    return node(
        "details",
        {"key": "check-off", "open": True},
        node(
            "summary",
            {"key": "check-off-summary"},
            node("span", {}, "Switched off"),
            node("span", {"class": "jk-guide-state"}, f"{len(off)}, with the reason"),
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                node(
                    "li",
                    {},
                    node(
                        "div",
                        {},
                        node(
                            "p",
                            {},
                            node("strong", {}, _text_of(rule)),
                            node("span", {"class": "jk-guide-state"}, rule),
                        ),
                        node("p", {"class": "jk-guide-missing"}, reason),
                    ),
                    button(
                        f"rule_on:{rule}", "Switch on", f"Switch rule {rule} on again"
                    ),
                )
                for rule, reason in off.items()
            ),
        ),
    )


def _text_of(rule: str) -> str:
    return RULES[rule].text if rule in RULES else "There is no such rule"


# --- what its buttons do --------------------------------------------------------------


def _take(workshop: Workshop, asked: str, done: _Done) -> str:
    """Take a suggestion by its name, if it still holds."""
    document = workshop.document()
    rule = asked.partition(":")[0]
    found = [one for one in workshop.findings() if one.rule == rule]
    for one in suggestions(document, found):
        if one.key == asked:
            edits = edits_taking(document, one, author=workshop.author)
            return done(edits, f"Done: {one.text}. Undo on a board takes it back.")
    return _CHANGED


def _switch_off(workshop: Workshop, asked: str, done: _Done) -> str:
    """Switch a rule off: its id, a colon, and why."""
    rule, _, reason = asked.partition(":")
    if rule not in RULES:
        raise UnknownNameError("rule", rule, RULES)
    reason = " ".join(reason.split())
    if not reason:
        return "Write down why first: the report prints it."
    document = workshop.document()
    group = new_edit_id()
    known = document.of(RuleOff)
    edits = _removing(document, rule, workshop.author, group)
    rank = rank_between(known[-1].rank if known else None, None)
    made = RuleOff(id=new_id("rule_off"), rank=rank, rule=rule, reason=reason)
    edits.append(add(made, author=workshop.author, group=group))
    return done(edits, f"Rule {rule} is off. The report says so, and why.")


def _switch_on(workshop: Workshop, rule: str, done: _Done) -> str:
    """Switch a rule on again."""
    edits = _removing(workshop.document(), rule, workshop.author, new_edit_id())
    return done(edits, f"Rule {rule} is on again.") if edits else _CHANGED


def _removing(
    document: Document, rule: str, author: str | None, group: str
) -> list[Edit]:
    return [
        remove(document, one.id, author=author, group=group)
        for one in document.of(RuleOff)
        if one.rule == rule
    ]


CHECK_ACTS: Mapping[str, Callable[[Workshop, str, _Done], str]] = MappingProxyType(
    {"take_suggestion": _take, "rule_off": _switch_off, "rule_on": _switch_on}
)
"""By the verb that a button sends."""
