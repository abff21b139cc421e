"""Workshops of any size whose entries hang together from objective to effect."""

from __future__ import annotations

from typing import Any

from journeykit.model import Document, entry_from

__all__ = ["traced_case"]

_WORDS = (
    "Nobody says how long it takes",
    "Has to type the same address three times on two different pages",
    "Waits",
    "行李提取处没有任何说明,旅客不知道要等多久",
    "Cannot find the person who promised to call back before the weekend",
)


def traced_case(n: int) -> Document:
    """Return a workshop of about *n* entries on the way from objective to effect.

    One pain point of ten has no answer, one opportunity of nine no action, one action
    of eight no KPI; names are short, long, and in signs without spaces.
    """
    entries: list[dict[str, Any]] = [
        {"kind": "journey", "id": "j", "name": "A way"},
        {"kind": "stage", "id": "s", "journey": "j", "name": "A stage"},
    ]

    def made(kind: str, share: float, **fields: Any) -> list[str]:
        names = [f"{kind}-{i}" for i in range(max(1, round(n * share)))]
        for i, name in enumerate(names):
            words = f"{_WORDS[i % len(_WORDS)]} {i + 1}"
            text = "name" if kind in ("kpi", "persona", "touchpoint") else "text"
            entries.append({"kind": kind, "id": name, text: words, **fields})
        return names

    def tied(source: str, relation: str, target: str) -> None:
        link = {"source": source, "relation": relation, "target": target}
        entries.append({"kind": "link", "id": f"l-{len(entries)}", **link})

    objectives, kpis = made("objective", 0.04), made("kpi", 0.06)
    personas, places = made("persona", 0.03), made("touchpoint", 0.12, stage="s")
    pains, ideas = made("pain_point", 0.27), made("opportunity", 0.22)
    actions = made("action", 0.26)
    for i, kpi in enumerate(kpis):
        tied(objectives[i % len(objectives)], "measured_by", kpi)
    for entry in entries:
        if entry["kind"] == "pain_point":
            i = int(entry["id"].rpartition("-")[2])
            entry["persona"] = personas[i * 7 % len(personas)]
            entry["touchpoint"] = places[i % len(places)]
    for i, idea in enumerate(ideas):
        tied(idea, "answers", pains[i * 10 // 9 % len(pains)])
    for i, action in enumerate(actions):
        if i % 9:
            tied(action, "answers", ideas[i % len(ideas)])
        else:
            tied(action, "answers", pains[i % len(pains)])
        if i % 8:
            tied(action, "measured_by", kpis[i % len(kpis)])
    ranked = (
        {"rank": f"{place:04d}V", **fields} for place, fields in enumerate(entries)
    )
    return Document(entry_from(fields) for fields in ranked)
