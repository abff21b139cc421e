"""The plan around its board: the roadmap, where the time goes, and what it moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.kpi_status import kpi_values
from journeykit.layout.day_words import day_text
from journeykit.layout.roadmap import NOBODY, Problem, Roadmap, roadmap
from journeykit.layout.workload import ANSWERED, FULL_WEEK, effort_shares, quarter_of
from journeykit.model import Action, Document, Kpi, Stakeholder
from journeykit.show.guide_tree import Node, listed, node, picture
from journeykit.show.numbers import value_text
from journeykit.show.roadmap_picture import NARROW, WIDE, roadmap_picture
from journeykit.show.roadmap_words import roadmap_finding, span_text
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES

__all__ = [
    "effects_tree",
    "effort_tree",
    "implementation_tree",
    "roadmap_tree",
    "table",
]

_MOST_QUARTERS = 4
_MOST_PROBLEMS = 12
_WEEK = 7


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Node]], *, name: str = "jk-guide-plan"
) -> Node:
    """Return a table that scrolls by itself; the first cell of a row is its head."""
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {"class": name},
            node(
                "thead",
                {},
                node("tr", {}, *(node("th", {"scope": "col"}, one) for one in heads)),
            ),
            node("tbody", {}, *(_row(row) for row in rows)),
        ),
    )


def _row(cells: Sequence[Node]) -> Node:
    first, *others = cells
    return node(
        "tr",
        {},
        node("th", {"scope": "row"}, first),
        *(node("td", {}, one) for one in others),
    )


# --- the roadmap ----------------------------------------------------------------------


def roadmap_tree(document: Document, today: date) -> Node:
    """Return the actions in time, what cannot hold, and all of them as a table."""
    plan = roadmap(document, today)
    if not plan.bars and not plan.undated:
        return listed("Roadmap", node("p", {}, "There are no actions yet."))
    days = sum(
        one.effort_days or 0
        for one in document.of(Action)
        if one.status in ("planned", "doing")
    )
    noun = "day" if days == 1 else "days"
    return listed(
        "Roadmap",
        node(
            "p",
            {},
            node("strong", {}, f"{roadmap_finding(plan)}."),
            f" {_number(days)} {noun} of work are still to be done.",
        ),
        _picture(document, today) if plan.bars else None,
        _problems(plan.problems),
        node(
            "details",
            {"key": "roadmap-table", "open": not plan.bars},
            node("summary", {"key": "roadmap-summary"}, "All actions as a table"),
            _as_table(plan),
        ),
    )


def _picture(document: Document, today: date) -> Node:
    wide, narrow = (
        roadmap_picture(document, today, width_px=width) for width in (WIDE, NARROW)
    )
    return picture(wide, narrow)


def _problems(problems: Sequence[Problem]) -> Node | None:
    if not problems:
        return None
    more = len(problems) - _MOST_PROBLEMS
    rows = [
        node("li", {}, node("p", {}, one.text)) for one in problems[:_MOST_PROBLEMS]
    ]
    if more > 0:
        rows.append(node("li", {}, node("p", {}, f"And {more} more like these.")))
    return node(
        "details",
        {"key": "roadmap-problems", "open": True},
        node(
            "summary",
            {"key": "roadmap-problems-summary"},
            "What cannot hold like this",
            node("span", {"class": "jk-guide-state"}, str(len(problems))),
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows),
    )


def _as_table(plan: Roadmap) -> Node:
    """Return each action in the order of its start, the urgent first on a day."""
    actions = [*(bar.action for bar in plan.bars), *plan.undated]
    texts = {one.id: one.text for one in actions}
    after: dict[str, list[str]] = {}
    for wait in plan.waits:
        after.setdefault(wait.action, []).append(texts[wait.after])
    late = {bar.action.id: bar.days_late for bar in plan.bars}
    actions.sort(
        key=lambda one: (one.start or one.due or date.max, -(one.priority or 0))
    )
    rows = []
    for one in actions:
        first = f" · after: {', '.join(after[one.id])}" if one.id in after else ""
        said = f"{ACTION_TYPES[one.action_type]}{first}"
        status = ACTION_STATUSES[one.status]
        if late.get(one.id):
            status += f", {late[one.id]} {'day' if late[one.id] == 1 else 'days'} late"
        rows.append(
            (
                node(
                    "span",
                    {},
                    one.text,
                    node("span", {"class": "jk-guide-state"}, said),
                ),
                span_text(one, plan.language),
                plan.names.get(one.owner or "", NOBODY),
                str(one.priority) if one.priority else "–",
                "–" if one.effort_days is None else _number(one.effort_days),
                status,
            )
        )
    heads = ("What", "When", "Who", "Priority", "Days of work", "Status")
    return table(heads, rows)


# --- resources by priority ------------------------------------------------------------


def effort_tree(document: Document, today: date) -> Node:
    """Return the work still to be done by what it answers, against the time there is.

    Parameters
    ----------
    document
        The workshop as it stands.
    today
        The quarter of this day is the first that is shown.
    """
    worst = [one.id for one in top_pain_points(document)]
    shares = effort_shares(document, worst)
    total = sum(one.days for one in shares)
    if not any(one.n_actions for one in shares):
        said = "Nothing is to be done at present: every action is done or dropped."
        if not document.of(Action):
            said = "There are no actions yet."
        return listed("Where the time goes", node("p", {}, said))
    quarters = _quarters(today)
    rows = []
    for one in shares:
        part = f" ({one.days / total:.0%})" if total else ""
        open_ends = f", {one.n_without} without effort" if one.n_without else ""
        rows.append(
            (
                ANSWERED[one.answered],
                f"{one.n_actions}{open_ends}",
                f"{_number(one.days)}{part}",
                *(_number(one.by_period.get(day, 0.0)) for day in quarters),
            )
        )
    sums = [sum(one.by_period.get(day, 0.0) for one in shares) for day in quarters]
    there = [_capacity(document, day, today) for day in quarters]
    rows.append(("Together", "", _number(total), *(_number(one) for one in sums)))
    if any(there):
        rows.append(("Time that there is", "", "", *(_number(one) for one in there)))
    first = shares[0]
    said = f"{first.days / total:.0%}" if total else "None"
    return listed(
        "Where the time goes",
        node(
            "p",
            {},
            node(
                "strong", {}, f"{said} of the work answers the three worst pain points."
            ),
            " Priority decides who gets the time: move it before you promise more.",
        ),
        table(
            ("What it answers", "Actions", "Days of work", *map(_name, quarters)),
            rows,
        ),
        _over(document, sums, there, quarters),
    )


def _over(
    document: Document,
    sums: Sequence[float],
    there: Sequence[float],
    quarters: Sequence[date],
) -> Node:
    if not any(there):
        said = "Nobody has said how many days a week there are: see “Team” in step 2."
        return node("p", {"class": "jk-guide-missing"}, said)
    full = [
        _name(day)
        for day, asked, given in zip(quarters, sums, there, strict=True)
        if asked > given
    ]
    people = [one for one in document.of(Stakeholder) if one.days_a_week]
    noun = "person" if len(people) == 1 else "people"
    said = f"The time that there is: that of {len(people)} {noun} who said so."
    if full:
        said = f"More is promised than there is in {', '.join(full)}. {said}"
    return node("p", {"class": "jk-guide-missing"}, said)


def _quarters(today: date) -> tuple[date, ...]:
    first = quarter_of(today)
    found = [first]
    for _ in range(_MOST_QUARTERS - 1):
        last = found[-1]
        found.append(date(last.year + (last.month > 9), (last.month + 2) % 12 + 1, 1))
    return tuple(found)


def _name(quarter: date) -> str:
    return f"Q{(quarter.month + 2) // 3} {quarter.year}"


def _capacity(document: Document, quarter: date, today: date) -> float:
    """Return the days that people can give in a quarter, from today on."""
    begin = max(quarter, today)
    weeks = max(0, (_next_quarter(quarter) - begin).days) / _WEEK
    given = sum(one.days_a_week or 0.0 for one in document.of(Stakeholder))
    return weeks * min(given, FULL_WEEK * len(document.of(Stakeholder)))


def _next_quarter(quarter: date) -> date:
    return date(quarter.year + (quarter.month > 9), (quarter.month + 2) % 12 + 1, 1)


# --- how far, and what it moved -------------------------------------------------------


def implementation_tree(document: Document, today: date) -> Node:
    """Return how far the actions are, by type; the training of staff by itself."""
    actions = document.of(Action)
    if not actions:
        return listed("How far we are", node("p", {}, "There are no actions yet."))
    heads = ("Type", *ACTION_STATUSES.values(), "Late", "Days of work left")
    rows = [
        _status_row(label, [one for one in actions if one.action_type == key], today)
        for key, label in ACTION_TYPES.items()
    ]
    rows.append(_status_row("All", list(actions), today))
    training = [one for one in actions if one.action_type == "training"]
    return listed(
        "How far we are, by type",
        table(heads, rows, name="jk-guide-plan jk-guide-counts"),
        node("h3", {}, "Training of staff"),
        _training(document, training),
    )


def _status_row(label: str, actions: list[Action], today: date) -> tuple[Node, ...]:
    counts = Counter(str(one.status) for one in actions)
    still = [one for one in actions if one.status in ("planned", "doing")]
    late = sum(one.due is not None and one.due < today for one in still)
    days = sum(one.effort_days or 0.0 for one in still)
    said: Node = node("strong", {}, str(late)) if late else "–"
    return (
        label,
        *(str(counts[key]) if counts[key] else "–" for key in ACTION_STATUSES),
        said,
        _number(days) if still else "–",
    )


def _training(document: Document, training: Sequence[Action]) -> Node:
    if not training:
        return node(
            "p",
            {},
            "Nobody is trained yet. Reading a journey and seeing with a customer's "
            "eyes can be learnt: choose “Training” as the kind of an action.",
        )
    names = {one.id: one.name for one in document.of(Stakeholder)}
    language = document.case.language if document.case else "en"
    rows = [
        (
            one.text,
            names.get(one.owner or "", NOBODY),
            span_text(one, language),
            ACTION_STATUSES[one.status],
        )
        for one in training
    ]
    return table(("What is learnt", "Who sees to it", "When", "Status"), rows)


def effects_tree(document: Document) -> Node:
    """Return what each action was to move, and what came of it."""
    actions = [
        one
        for one in document.of(Action)
        if one.status != "dropped" and (one.kpi or one.expected_effect)
    ]
    if not actions:
        said = "No action says yet which KPI it should move, and by how much."
        return listed("What it moved", node("p", {}, said))
    done = [one for one in document.of(Action) if one.status == "done"]
    open_ones = sum(not one.achieved_effect for one in done)
    said = "What was hoped for, beside what came of it."
    if open_ones:
        noun = "action that is done says" if open_ones == 1 else "actions that are done"
        tail = "" if open_ones == 1 else " say"
        said = f"{open_ones} {noun}{tail} nothing yet of what came of it."
    rows = []
    for one in actions:
        kpi = document.get(one.kpi)
        rows.append(
            (
                one.text,
                kpi.name if isinstance(kpi, Kpi) else "no KPI",
                _standing(document, kpi) if isinstance(kpi, Kpi) else "",
                one.expected_effect or "–",
                one.achieved_effect
                or ("not said yet" if one.status == "done" else "–"),
            )
        )
    return listed(
        "What it moved",
        node("p", {}, said),
        table(("Action", "KPI", "The KPI now", "Hoped for", "Came of it"), rows),
    )


def _standing(document: Document, kpi: Kpi) -> str:
    values = kpi_values(document, kpi)
    if not values:
        return "not measured yet"
    day, value, *_ = values[-1]
    said = _in_unit(kpi, value)
    language = document.case.language if document.case else "en"
    was = f", was {_in_unit(kpi, kpi.baseline)}" if kpi.baseline is not None else ""
    return f"{said}{was}" + (f" ({day_text(day, language)})" if day else "")


def _in_unit(kpi: Kpi, value: float) -> str:
    try:
        return value_text(value, kpi.measure)
    except KeyError:
        return f"{value:g} {kpi.unit}".rstrip()


def _number(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0")
