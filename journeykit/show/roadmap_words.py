"""What the roadmap says in words: its finding, its alt text, the words at its bars."""

from __future__ import annotations

from typing import Any

from journeykit.layout.day_words import day_text
from journeykit.layout.roadmap import NOBODY, Bar, Roadmap
from journeykit.model.plan import Action
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES

__all__ = ["bar_words", "roadmap_alt", "roadmap_finding", "rows_for_table", "span_text"]

_N_NAMED = 5


def span_text(action: Action, language: str) -> str:
    """Return from when to when an action goes, as people write days."""
    begin, end = (day_text(one, language) for one in (action.start, action.due))
    if begin and end:
        return f"{begin} to {end}"
    return f"from {begin}" if begin else f"by {end}" if end else "no day yet"


def bar_words(bar: Bar, language: str) -> str:
    """Return what stands beside a bar.

    Examples
    --------
    >>> from datetime import date
    >>> signs = Action(id="a", text="Signs", due=date(2026, 3, 2))
    >>> bar_words(Bar(signs), "en"), bar_words(Bar(signs, days_late=1), "en")
    ('by 2 Mar 2026 · process', '1 day late')
    """
    action = bar.action
    if bar.days_late:
        return f"{bar.days_late} {'day' if bar.days_late == 1 else 'days'} late"
    if action.status == "done":
        return "done"
    kind = ACTION_TYPES[action.action_type].lower()
    if action.due is None:
        return f"from {day_text(action.start, language)} · {kind}"
    return f"by {day_text(action.due, language)} · {kind}"


def roadmap_finding(plan: Roadmap) -> str:
    """Return what the plan comes to, in one sentence.

    Examples
    --------
    >>> from datetime import date
    >>> from journeykit.layout.roadmap import roadmap
    >>> from journeykit.model import Document
    >>> day = date(2026, 3, 2)
    >>> roadmap_finding(roadmap(Document([Action(id="a", text="Go", due=day)]), day))
    '1 action to be done, none late'
    """
    actions = [*(bar.action for bar in plan.bars), *plan.undated]
    if not actions:
        return "No actions yet"
    still = [one for one in actions if one.status != "done"]
    late = sum(bar.days_late > 0 for bar in plan.bars)
    done = len(actions) - len(still)
    parts = [f"{len(still)} {'action' if len(still) == 1 else 'actions'} to be done"]
    parts.append(f"{late} late" if late else "none late")
    parts += [f"{done} done"] if done else []
    parts += [f"{len(plan.undated)} without a day"] if plan.undated else []
    over = sum(one.name == "overload" for one in plan.problems)
    if over:
        parts.append(f"{over} {'person has' if over == 1 else 'people have'} too much")
    return ", ".join(parts)


def roadmap_alt(plan: Roadmap) -> str:
    """Return what the picture says to those who do not see it."""
    said = [f"Roadmap by owner. {roadmap_finding(plan)}."]
    for owner in plan.owners:
        n = len(owner.bars)
        first = owner.bars[0].action.text
        noun = "action" if n == 1 else "actions"
        said.append(f"{owner.name}: {n} {noun}, the first “{first}”.")
    late = [bar for bar in plan.bars if bar.days_late]
    named = "; ".join(
        f"“{bar.action.text}” by {bar.days_late}" for bar in late[:_N_NAMED]
    )
    said += [f"Late, in days: {named}."] if late else []
    said += [one.text for one in plan.problems[:_N_NAMED]]
    return " ".join(said)


def rows_for_table(plan: Roadmap) -> list[dict[str, Any]]:
    """Return a row for each action, those without a day at the end."""
    texts = {one.action.id: one.action.text for one in plan.bars}
    texts |= {one.id: one.text for one in plan.undated}
    after: dict[str, list[str]] = {}
    for wait in plan.waits:
        after.setdefault(wait.action, []).append(texts[wait.after])
    bars = [*plan.bars, *(Bar(one) for one in plan.undated)]
    return [
        {
            "owner": plan.names.get(bar.action.owner or "", NOBODY),
            "action": bar.action.text,
            "type": ACTION_TYPES[bar.action.action_type],
            "status": ACTION_STATUSES[bar.action.status],
            "start": bar.action.start,
            "due": bar.action.due,
            "effort_days": bar.action.effort_days,
            "days_late": bar.days_late,
            "after": "; ".join(after.get(bar.action.id, ())),
            "said": _said(bar, plan.language),
        }
        for bar in bars
    ]


def _said(bar: Bar, language: str) -> str:
    late = f", {bar_words(bar, language)}" if bar.days_late else ""
    return f"{bar.action.text}: {span_text(bar.action, language)}{late}"
