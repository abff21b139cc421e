"""One fault for each rule of the check, and the entries that it is found on."""

from __future__ import annotations

from collections.abc import Callable

from clean_case import changed, without

from journeykit.model import Document

__all__ = ["FAULTS", "Fault"]

Fault = Callable[[Document], Document]


def _many_touchpoints(document: Document) -> Document:
    for n in range(14):
        name = f"extra-{n}"
        document = changed(
            document,
            name,
            kind="touchpoint",
            stage="use",
            name=name,
            channel="app",
            owner="ida",
        )
        link = {"source": "p-1", "target": name, "relation": "affects"}
        document = changed(document, f"l-{n}", kind="link", **link)
    return document


FAULTS: dict[str, tuple[Fault, list[str | None]]] = {
    "M1": (lambda one: changed(one, "compare", owner=None), ["compare"]),
    "M2": (lambda one: without(one, "goal-use"), ["use"]),
    "M3": (
        lambda one: changed(
            changed(one, "compare", emotion=-1), "m-compare", value=2, low=1, high=3
        ),
        ["compare"],
    ),
    "M4": (lambda one: changed(one, "lost", persona=None), ["lost"]),
    "M5": (lambda one: changed(one, "choose", name="Marketing"), ["choose"]),
    "M6": (lambda one: changed(one, "use", is_after_purchase=False), ["now"]),
    "M7": (_many_touchpoints, ["now"]),
    "M8": (
        lambda one: without(changed(one, "compare", moment_of_truth=True), "m-compare"),
        ["compare"],
    ),
    "E1": (lambda one: changed(one, "case", min_measured_share=0.9), ["case"]),
    "E2": (lambda one: changed(one, "m-sign", n=4), ["m-sign"]),
    "E3": (
        lambda one: changed(one, "m-compare", value=2.9, low=2.7, high=3.1),
        ["compare"],
    ),
    "E4": (
        lambda one: changed(
            one,
            "reach",
            kind="measurement",
            definition="reach_rate",
            column="Ask a friend",
            value=0.4,
            n=900,
        ),
        ["reach"],
    ),
    "C1": (lambda one: without(one, "c-young-reaches-young"), ["c-young", "young"]),
    "C2": (lambda one: without(one, "p-5-affects-compare"), ["p-5"]),
    "C3": (lambda one: changed(one, "sign", systems=["Old host"]), ["sign"]),
    "C4": (lambda one: without(one, "p-5"), ["case"]),
    "C5": (lambda one: without(one, "p-2-causes-lost"), ["lost"]),
    "B1": (lambda one: without(one, "b-telco-depends_on-b-send"), ["b-telco"]),
    "B2": (lambda one: without(one, "b-app-reaches-app"), ["b-app", "app"]),
    "B3": (lambda one: without(one, "b-fast-addresses-lost"), ["lost"]),
    "B4": (lambda one: without(one, "b-young-reaches-amy"), ["b-young"]),
    "K1": (lambda one: changed(one, "ces", target=None), ["easy"]),
    "K2": (lambda one: changed(one, "ces", measure=""), ["ces"]),
    "A1": (lambda one: changed(one, "build", due=None), ["lost"]),
    "A2": (lambda one: changed(one, "build", due="2026-03-01"), ["build"]),
    "A3": (
        lambda one: changed(one, "idea", kind="opportunity", text="A new logo"),
        ["idea"],
    ),
    "L1": (lambda one: changed(one, "case", review_date=None), ["case"]),
    "L2": (lambda one: changed(one, "wave", period_end="2025-01-31"), ["wave"]),
    "O1": (lambda one: changed(one, "cc", context_kept=None), ["cc"]),
    "O2": (
        lambda one: changed(
            changed(one, "desk", kind="channel", name="Branch"),
            "amy",
            preferred_channel="desk",
        ),
        ["amy"],
    ),
    "S1": (lambda one: changed(one, "jon", department="Marketing"), [None]),
    "S2": (lambda one: without(one, "sign-3"), ["lea"]),
}
"""What plants the fault in the clean case, and the entries of its findings, by rule."""
