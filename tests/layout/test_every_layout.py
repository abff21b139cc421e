"""What holds for every layout, whatever the document: nothing is lost, drops stand."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_entries import one_of_each_kind

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.catalogue import LAYOUTS, layout_named
from journeykit.layout.zones import Layout, Zone, drop
from journeykit.model import KINDS, Document, Entry, apply, entry_from
from journeykit.model.base import references
from journeykit.model.fields import text_field_of
from journeykit.vocabulary import COPIS

_MADE = (
    *("case", "stakeholder", "segment", "persona", "journey", "stage", "channel"),
    *("touchpoint", "channel_change", "lane_note", "objective", "kpi", "evidence"),
    *("measurement", "pain_point", "opportunity", "copis_element", "canvas_entry"),
    *("action", "agenda_block", "parking_lot_item", "decision", "comment", "vote"),
)
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    *((name, {}) for name in LAYOUTS),
    ("journey_map", {"persona": "persona-a"}),
    ("journey_map", {"touchpoint": "touchpoint-a"}),
    ("journey_map", {"lanes": ["touchpoints", "needs", "pain_points"]}),
    ("matrix", {"kind": "opportunity", "bands": "squares"}),
    ("empathy_map", {"persona": "persona-a"}),
    ("empathy_map", {"touchpoint": "touchpoint-a"}),
    ("service_blueprint", {"persona": "persona-a"}),
    ("objectives", {"by": "stage"}),
    ("canvas", {"state": "after"}),
    *(("copis", {"definition": one, "pains": True}) for one in COPIS),
    *(("wall", {"kind": kind}) for kind in KINDS if kind in _MADE),
)
"""Every layout as it is asked for by default, and with its options."""

_TEXT = st.sampled_from(["Wait", "<b>", "", "\U0001f600 x", "long " * 40])
_RANK = st.sampled_from(["1", "V", "V", "V1", "k"])
_RELATIONS = (
    ("pain_at", "pain_point", "touchpoint"),
    ("felt_by", "pain_point", "persona"),
    ("answers", "opportunity", "pain_point"),
    ("measured_by", "objective", "kpi"),
    ("causes", "copis_element", "pain_point"),
    ("depends_on", "copis_element", "copis_element"),
    ("flows_to", "touchpoint", "touchpoint"),
    ("supports", "evidence", "pain_point"),
)


@cache
def field_values(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return plain values of the fields of a kind that a layout may read."""
    fields = KINDS[kind].model_json_schema()["properties"]
    wanted = {name: _strategy(fields[name]) for name in _READ if name in fields}
    return st.fixed_dictionaries({"rank": _RANK, **wanted})


def _strategy(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        inner = [one for one in schema["anyOf"] if one.get("type") != "null"]
        return st.none() | _strategy(inner[0])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "array" and "enum" in schema["items"]:
        return st.lists(st.sampled_from(schema["items"]["enum"]))
    if schema.get("type") == "boolean":
        return st.booleans()
    if schema.get("type") in ("integer", "number"):
        return st.integers(int(schema.get("minimum", 1)), int(schema.get("maximum", 5)))
    return _TEXT


_READ = (
    *("text", "name", "title", "emotion", "role", "block", "state", "status"),
    *("severity", "frequency", "influence", "interest", "effort", "is_chosen"),
    *("expected_effect", "satisfaction", "importance_to_customer", "messaging"),
    *("branding", "service_delivery", "is_settled", "is_high_value", "lane", "copis"),
    *("objective_kind", "minutes", "value", "n", "response", "context_kept", "change"),
    "hidden_blocks",
)


@st.composite
def workshops(draw: st.DrawFn) -> Document:
    """Draw a workshop of one journey with several entries of every kind on a board."""
    ids: dict[str, list[str]] = {}
    entries: list[Entry] = []
    for kind in _MADE:
        most = 1 if kind in ("case", "journey") else 3
        least = 1 if kind in ("journey", "stage", "touchpoint", "persona") else 0
        n = draw(st.integers(least, most))
        for letter in "abc"[:n]:
            made = _entry(draw, kind, f"{kind}-{letter}", ids)
            if made is not None:
                entries.append(made)
                ids.setdefault(kind, []).append(made.id)
    for i, (relation, source, target) in enumerate(_RELATIONS):
        if ids.get(source) and ids.get(target):
            for j in range(draw(st.integers(0, 2))):
                values = {"kind": "link", "id": f"link-{i}{j}", "relation": relation}
                values["source"] = draw(st.sampled_from(ids[source]))
                values["target"] = draw(st.sampled_from(ids[target]))
                entries.append(entry_from(values))
    return Document(entries)


def _entry(
    draw: st.DrawFn, kind: str, entry_id: str, ids: dict[str, list[str]]
) -> Entry | None:
    cls = KINDS[kind]
    values = {"kind": kind, "id": entry_id, **draw(field_values(kind))}
    if kind == "measurement":
        values["definition"] = "mean_satisfaction"
    if kind == "vote":
        values["participant"] = "someone"
    fields = {name: rule.kinds for name, _, rule in references(_pointing(kind))}
    for name, kinds in fields.items():
        known = [one for each in kinds or tuple(ids) for one in ids.get(each, [])]
        is_needed = cls.model_fields[name].is_required()
        if is_needed and not known:
            return None
        if known and (is_needed or draw(st.booleans())):
            values[name] = draw(st.sampled_from(known))
    if kind == "lane_note":
        if values["lane"] != "feeling":
            values["emotion"] = None
        if not values.get("stage") and not values.get("touchpoint"):
            values["stage"] = ids["stage"][0]
    return entry_from(values)


def _pointing(kind: str) -> Entry:
    return one_of_each_kind()[f"{kind}-0"]


def made(document: Document, call: tuple[str, dict[str, Any]]) -> Layout:
    """Return the layout of a call."""
    name, options = call
    return layout_named(document, name, **options)


def kinds_in(zone: Zone, kind: str) -> list[str]:
    """Return the entries of a kind in a zone, in order."""
    return [card.entry for card in zone.cards if card.kind == kind]


# One document serves all checks: drawing it costs more than they do.
@pytest.mark.parametrize("call", CALLS, ids=str)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(document=workshops(), data=st.data())
def test_layout_keeps_its_promises(
    call: tuple[str, dict[str, Any]], document: Document, data: st.DataObject
) -> None:
    """Nothing is lost or hidden, drops and new entries stand where they were put."""
    layout = made(document, call)

    assert [] == lost_entries(document, call[0], layout)
    assert [] == collisions(layout)
    assert [] == silent_zones(document, layout)
    assert [] == cards_without_values(layout)
    check_drop(document, call, layout, data)
    check_writing(document, call, layout, data)


def lost_entries(document: Document, name: str, layout: Layout) -> list[str]:
    """Return entries of the kinds that a layout holds which stand nowhere on it."""
    if layout.options:  # a filter leaves some out
        return []
    shown = {card.entry for zone in layout.zones for card in zone.cards}
    holds = LAYOUTS[name].holds
    return [one.id for one in document if one.kind in holds and one.id not in shown]


def collisions(layout: Layout) -> list[str]:
    """Return what lies over something else or off the grid, and ids that are twice."""
    found = []
    taken: set[tuple[int, int]] = set()
    for one in (*layout.zones, *layout.heads):
        row, column, n_rows, n_columns = one.cell
        squares = {
            (row + i, column + j) for i in range(n_rows) for j in range(n_columns)
        }
        is_off = row + n_rows > layout.n_rows or column + n_columns > layout.n_columns
        if is_off or squares & taken:
            found.append(f"{one} lies badly")
        taken |= squares
    cards = [card.id for zone in layout.zones for card in zone.cards]
    for ids in (cards, [zone.id for zone in layout.zones]):
        found += [f"{one} is there twice" for one in ids if ids.count(one) > 1]
    return found


def silent_zones(document: Document, layout: Layout) -> list[str]:
    """Return zones that accept nothing without saying why, or take what they refuse."""
    found = []
    for zone in layout.zones:
        if bool(zone.puts) == bool(zone.why_not):
            found.append(f"{zone.id} has to accept something or say why not")
        if zone.adds and (zone.adds not in zone.puts or not zone.hint):
            found.append(f"{zone.id} adds without a word")
        if zone.cards and not zone.puts:
            with pytest.raises(InputError) as error:
                drop(document, layout, zone.cards[0].entry, zone.id)
            if zone.why_not != error.value.problem:
                found.append(f"{zone.id} refuses with other words")
    return found


def cards_without_values(layout: Layout) -> list[str]:
    """Return cards that do not say what a zone may keep: a page would overwrite it."""
    kept: dict[str, set[str]] = {}
    for zone in layout.zones:
        for kind, fields in zone.keeps.items():
            kept.setdefault(kind, set()).update(fields)
    return [
        card.id
        for zone in layout.zones
        for card in zone.cards
        if not kept.get(card.kind, set()) <= set(card.values)
    ]


def check_drop(
    document: Document,
    call: tuple[str, dict[str, Any]],
    layout: Layout,
    data: st.DataObject,
) -> None:
    """Drop something somewhere and find it there, at the place asked for."""
    on_board = {card.entry: card.kind for zone in layout.zones for card in zone.cards}
    choices = [
        (entry, zone.id)
        for entry, kind in sorted(on_board.items())
        for zone in layout.zones
        if kind in zone.puts
    ]
    if not choices:
        return
    entry, zone_id = data.draw(st.sampled_from(choices))
    kind = on_board[entry]
    others = [one for one in kinds_in(layout.zone(zone_id), kind) if one != entry]
    before = data.draw(st.none() | st.sampled_from(others)) if others else None
    edits = drop(document, layout, entry, zone_id, before=before)
    after = made(apply(document, edits), call).zone(zone_id)
    place = others.index(before) if before else len(others)
    fixed = {card.entry for card in after.cards if card.is_fixed and card.kind == kind}

    assert [*others[:place], entry, *others[place:]] == kinds_in(after, kind)
    assert 1 == len({edit.group for edit in edits})
    assert entry not in fixed


def check_writing(
    document: Document,
    call: tuple[str, dict[str, Any]],
    layout: Layout,
    data: st.DataObject,
) -> None:
    """Write something somewhere and find it there."""
    zones = [zone for zone in layout.zones if zone.adds]
    if not zones:
        return
    zone = data.draw(st.sampled_from(zones))
    values = {**zone.puts[zone.adds], **zone.starts, text_field_of(zone.adds): "New"}
    new = entry_from({"kind": zone.adds, "id": "new", "rank": "zz", **values})
    later = made(document.with_entries([new]), call)
    found = [card for card in later.zone(zone.id).cards if card.entry == "new"]

    assert ["New"] == [card.text for card in found]


def test_empty_document_has_every_layout() -> None:
    """Every layout can be shown before anything was written."""
    for name in LAYOUTS:
        layout = layout_named(Document(), name)

        assert name == layout.name
        assert all(zone.hint for zone in layout.zones if zone.adds)


def test_unknown_name_and_option_offer_the_nearest() -> None:
    """A name that is nearly right is answered with the right one."""
    with pytest.raises(UnknownNameError, match="Did you mean 'journey_map'"):
        layout_named(Document(), "journey_maps")
    with pytest.raises(UnknownNameError, match="Did you mean 'persona'"):
        layout_named(Document(), "journey_map", personas="ann")
    with pytest.raises(UnknownNameError, match="no persona 'ann'"):
        layout_named(Document(), "journey_map", persona="ann")
