"""A small workshop in which everything holds together, to plant faults in."""

from __future__ import annotations

from datetime import date
from typing import Any

from journeykit.model import Document, Entry, entry_from

__all__ = ["TODAY", "changed", "clean_case", "without"]

TODAY = date(2026, 3, 2)

_PARTS: dict[str, list[dict[str, Any]]] = {
    "case": [
        {"id": "case", "title": "Bank", "owner": "ida", "review_date": "2026-06-01"}
    ],
    "stakeholder": [
        {"id": "ida", "name": "Ida", "department": "Marketing"},
        {"id": "jon", "name": "Jon", "department": "Sales"},
        {"id": "kai", "name": "Kai", "department": "Customer service"},
        {"id": "lea", "name": "Lea", "department": "Product"},
    ],
    "department_sign_off": [
        {"id": f"sign-{n}", "department": name, "agreement": "agrees"}
        for n, name in enumerate(("Marketing", "Sales", "Customer service", "Product"))
    ],
    "persona": [{"id": "amy", "name": "Amy", "preferred_channel": "app"}],
    "segment": [{"id": "young", "name": "Young savers"}],
    "channel": [{"id": "app", "name": "Mobile app"}],
    "journey": [{"id": "now", "name": "Open an account"}],
    "stage": [
        {
            "id": "choose",
            "journey": "now",
            "name": "Choose",
            "is_before_purchase": True,
        },
        {"id": "use", "journey": "now", "name": "Use", "is_after_purchase": True},
    ],
    "touchpoint": [
        {
            **{"id": "compare", "stage": "choose", "name": "Compare offers"},
            **{"channel": "app", "owner": "ida", "emotion": 1, "systems": ["Web shop"]},
        },
        {
            **{"id": "sign", "stage": "use", "name": "First transfer"},
            **{"channel": "app", "owner": "lea", "emotion": -1},
            "moment_of_truth": True,
        },
    ],
    "channel_change": [
        {"id": "cc", "source": "compare", "target": "sign", "context_kept": True}
    ],
    "lane_note": [
        {"id": f"{lane}-{stage}", "lane": lane, "stage": stage, "text": f"To {lane}"}
        for lane in ("goal", "action")
        for stage in ("choose", "use")
    ],
    "data_set": [{"id": "wave", "title": "Survey", "period_end": "2026-01-31"}],
    "measurement": [
        {
            **{"id": f"m-{name}", "definition": "mean_satisfaction", "subject": name},
            **{"value": felt + 3, "low": felt + 2.8, "high": felt + 3.2, "n": 200},
            "data_set": "wave",
        }
        for name, felt in (("compare", 1), ("sign", -1))
    ],
    "evidence": [{"id": "call", "text": "“I gave up”", "basis": "observed"}],
    "pain_point": [
        {
            **{"id": "lost", "text": "The code never comes", "touchpoint": "sign"},
            **{"persona": "amy", "severity": 5, "frequency": 4},
        }
    ],
    "opportunity": [{"id": "push", "text": "Send the code by push"}],
    "objective": [{"id": "easy", "text": "Opening an account is easy"}],
    "kpi": [
        {
            **{"id": "ces", "name": "Effort", "measure": "customer_effort_score"},
            "target": 5.5,
        }
    ],
    "action": [
        {
            **{"id": "build", "text": "Build push codes", "owner": "lea"},
            **{"due": "2026-05-01", "kpi": "ces", "expected_effect": "+0.4"},
        }
    ],
    "copis_element": [
        {"id": "c-amy", "role": "customer", "text": "Amy"},
        {"id": "c-young", "role": "customer", "text": "Young savers"},
        *(
            {"id": f"p-{n}", "role": "process", "text": f"Process {n}"}
            for n in range(1, 6)
        ),
        {"id": "s-shop", "role": "systems", "text": "Web shop"},
    ],
    "canvas_entry": [
        {"id": "b-young", "block": "customer_segments", "text": "Young savers"},
        {"id": "b-app", "block": "channels", "text": "Mobile app"},
        {"id": "b-fast", "block": "value_propositions", "text": "Codes that arrive"},
        {"id": "b-fee", "block": "revenue_streams", "text": "Monthly fee"},
        {"id": "b-telco", "block": "key_partnerships", "text": "A network"},
        {"id": "b-send", "block": "key_activities", "text": "Sending codes"},
    ],
}
_LINKS = (
    "call supports lost",
    "call supports sign",
    "amy member_of young",
    "easy measured_by ces",
    "push answers lost",
    "build answers push",
    "c-amy reaches amy",
    "c-young reaches young",
    *(f"p-{n} affects {'compare' if n % 2 else 'sign'}" for n in range(1, 6)),
    "p-2 causes lost",
    "b-young reaches amy",
    "b-app reaches app",
    "b-fast addresses lost",
    "b-young relates_to b-fast",
    "b-fee depends_on b-young",
    "b-fee depends_on b-fast",
    "b-telco depends_on b-send",
)


def clean_case(copis: str = "operations") -> Document:
    """Return the workshop under one definition of COPIS."""
    made: list[Entry] = [
        entry_from({"kind": kind, "rank": f"{place:03d}V", **values})
        for kind, many in _PARTS.items()
        for place, values in enumerate(many)
    ]
    for link in _LINKS:
        source, relation, target = link.split()
        values = {"source": source, "relation": relation, "target": target}
        made.append(
            entry_from({"kind": "link", "id": "-".join(link.split()), **values})
        )
    return changed(Document(made), "case", copis=copis)


def changed(document: Document, entry_id: str, **fields: Any) -> Document:
    """Return a document in which one entry is different, or new if it names a kind."""
    if "kind" in fields:
        return Document([*document, entry_from({"id": entry_id, **fields})])
    values = document[entry_id].model_dump(mode="json") | fields
    return Document(
        entry_from(values) if one.id == entry_id else one for one in document
    )


def without(document: Document, *entry_ids: str) -> Document:
    """Return a document without some entries and whatever points to them."""
    gone = set(entry_ids)
    waiting = list(gone)
    while waiting:
        found = {one.id for name in waiting for one in document.referrers(name)} - gone
        gone |= found
        waiting = list(found)
    return Document(one for one in document if one.id not in gone)
