"""What ``journeykit check`` says: as text for people, as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from journeykit.check.finding_step import step_of_finding
from journeykit.check.rule import Finding
from journeykit.check.rules import RULES, rules_off
from journeykit.check.suggest import Suggestion, suggestions
from journeykit.model import Document

__all__ = ["check_json", "print_check"]

_WIDTH = 80
_HEADS = {"error": "Error", "warning": "Warning", "hint": "Hint"}
_PAPER = Console(width=_WIDTH)


def check_json(document: Document, found: Sequence[Finding]) -> str:
    """Return findings, suggestions and switched-off rules as JSON."""
    offered = _by_finding(suggestions(document, found))
    plain: dict[str, Any] = {  # Any: plain JSON
        "findings": [
            asdict(one)
            | {
                "step": step_of_finding(document, one).number,
                "suggestions": [other.text for other in offered.get(_key(one), ())],
            }
            for one in found
        ],
        "counts": {name: _count(found, name) for name in _HEADS},
        "switched_off": dict(rules_off(document)),
    }
    return json.dumps(plain, ensure_ascii=False, indent=1)


def print_check(document: Document, found: Sequence[Finding], console: Console) -> None:
    """Print the findings by rule, worst first, then what is off, then the counts."""
    offered = _by_finding(suggestions(document, found))
    for rule, group in groupby(found, key=lambda one: one.rule):  # they come by rule
        those = list(group)
        head = f"{_HEADS[those[0].severity]} {rule}: {RULES[rule].text}"
        console.print("\n".join(_wrapped(head, "")), style="bold")
        for line in _rule(document, those, offered):
            console.print(line)
        console.print()
    off = rules_off(document)
    for rule, reason in off.items():
        text = RULES[rule].text if rule in RULES else "there is no such rule"
        console.print("\n".join(_wrapped(f"Switched off {rule}: {text}", "")))
        for line in _wrapped(reason, "    Reason: "):
            console.print(line)
    if off:
        console.print()
    console.print(_counted(found))


def _rule(
    document: Document,
    found: Sequence[Finding],
    offered: Mapping[tuple[str, str | None], Sequence[Suggestion]],
) -> Iterator[str]:
    for one in found:
        yield from _wrapped(one.text, "    - ")
        for other in offered.get(_key(one), ()):
            yield from _wrapped(f"{other.text}?", "      ? ")
    steps = dict.fromkeys(step_of_finding(document, one) for one in found)
    where = " and ".join(f"{step.number}, {step.short}" for step in steps)
    noun = "Step" if len(steps) == 1 else "Steps"
    yield from _wrapped(f"{found[0].next_step}. {noun} {where}.", "    > ")


def _wrapped(text: str, mark: str) -> Iterator[str]:
    """Yield the lines of a text; those after the first stand under its first word."""
    lines = Text(text).wrap(_PAPER, _WIDTH - len(mark))
    for number, line in enumerate(lines):
        yield f"{' ' * len(mark) if number else mark}{line.plain.rstrip()}"


def _by_finding(
    offered: Sequence[Suggestion],
) -> Mapping[tuple[str, str | None], list[Suggestion]]:
    found: dict[tuple[str, str | None], list[Suggestion]] = {}
    for one in offered:
        found.setdefault(_key(one.finding), []).append(one)
    return found


def _key(one: Finding) -> tuple[str, str | None]:
    return one.rule, one.entry


def _count(found: Sequence[Finding], severity: str) -> int:
    return sum(one.severity == severity for one in found)


def _counted(found: Sequence[Finding]) -> str:
    said = [
        f"{n or 'no'} {name}{'' if n == 1 else 's'}"
        for name in _HEADS
        for n in (_count(found, name),)
    ]
    words = ", ".join(said)
    return f"{words[0].upper()}{words[1:]}."
