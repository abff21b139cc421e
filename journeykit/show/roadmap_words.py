"""What the roadmap says in words: its finding, its alt text, the words at its bars."""

from __future__ import annotations

from typing import Any

from journeykit.language import commas, say, say_count, semicolons
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
        return say("{first} to {last}", first=begin, last=end)
    if begin:
        return say("from {day}", day=begin)
    return say("by {day}", day=end) if end else say("no day yet")


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
        return say_count("{n} day late", "{n} days late", bar.days_late)
    if action.status == "done":
        return say("done")
    kind = say(ACTION_TYPES[action.action_type].lower())
    if action.due is None:
        when = say("from {day}", day=day_text(action.start, language))
    else:
        when = say("by {day}", day=day_text(action.due, language))
    return f"{when} · {kind}"


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
        return say("No actions yet")
    still = [one for one in actions if one.status != "done"]
    late = sum(bar.days_late > 0 for bar in plan.bars)
    done = len(actions) - len(still)
    n = len(still)
    parts = [say_count("{n} action to be done", "{n} actions to be done", n)]
    parts.append(say("{n} late", n=late) if late else say("none late"))
    parts += [say("{n} done", n=done)] if done else []
    if plan.undated:
        parts.append(say("{n} without a day", n=len(plan.undated)))
    over = sum(one.name == "overload" for one in plan.problems)
    if over:
        parts.append(
            say_count("{n} person has too much", "{n} people have too much", over)
        )
    return commas(parts)


def roadmap_alt(plan: Roadmap) -> str:
    """Return what the picture says to those who do not see it."""
    said = [say("Roadmap by owner. {finding}.", finding=roadmap_finding(plan))]
    said += [
        say_count(
            "{owner}: {n} action, the first “{first}”.",
            "{owner}: {n} actions, the first “{first}”.",
            len(owner.bars),
            owner=owner.name,
            first=owner.bars[0].action.text,
        )
        for owner in plan.owners
    ]
    late = [bar for bar in plan.bars if bar.days_late]
    named = semicolons(
        say("“{action}” by {n}", action=bar.action.text, n=bar.days_late)
        for bar in late[:_N_NAMED]
    )
    said += [say("Late, in days: {actions}.", actions=named)] if late else []
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
            "owner": plan.names.get(bar.action.owner or "", say(NOBODY)),
            "action": bar.action.text,
            "type": say(ACTION_TYPES[bar.action.action_type]),
            "status": say(ACTION_STATUSES[bar.action.status]),
            "start": bar.action.start,
            "due": bar.action.due,
            "effort_days": bar.action.effort_days,
            "days_late": bar.days_late,
            "waits_for": semicolons(after.get(bar.action.id, ())),
            "said": _said(bar, plan.language),
        }
        for bar in bars
    ]


def _said(bar: Bar, language: str) -> str:
    late = f", {bar_words(bar, language)}" if bar.days_late else ""
    return f"{bar.action.text}: {span_text(bar.action, language)}{late}"
