"""A chart as it is drawn: its layers joined where they draw the same kind of mark.

Our charts have a layer for each column of words, each colour of a dot: that is easy to
read and to go on from in Altair, but the drawing program takes a millisecond for each.
Joined, a row says what its layer said. Each layer would also look through its rows for
gaps once more, which is a fifth of the drawing: where there is none, that is left out.
The picture is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

__all__ = ["as_drawn", "fused"]

_Layer = Mapping[str, Any]

_JOINABLE = frozenset({"point", "rule", "text"})
"""Marks that stand alone; a line would run on from layer to layer."""
_PARTS = {"data", "mark", "encoding"}
_FIXED = frozenset({"type", "filled", "tooltip", "clip"})
"""Of a mark: what cannot differ from row to row."""


def as_drawn(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification of the same picture that is drawn in half the time.

    Parameters
    ----------
    spec
        A Vega-Lite specification; each layer has its own rows. It stays as it is.
    """
    drawn = fused({key: value for key, value in spec.items() if key != "usermeta"})
    if not any(map(_has_gaps, _layers(drawn))):
        config = drawn.get("config", {})
        mark = {**config.get("mark", {}), "invalid": None}
        drawn["config"] = {**config, "mark": mark}
    return drawn


def _layers(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what has rows of its own, at whatever depth."""
    if "data" in spec:
        yield spec
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for one in spec.get(key, ()):
            yield from _layers(one)


def _has_gaps(layer: Mapping[str, Any]) -> bool:
    """Return whether a row lacks a value that its layer draws."""
    channels = layer.get("encoding", {}).values()
    fields = {one["field"] for one in channels if "field" in one}
    rows = layer["data"]["values"]
    return any(row.get(field) is None for field in fields for row in rows)


def fused(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification with neighbouring layers of a kind joined.

    Parameters
    ----------
    spec
        A Vega-Lite specification; each layer has its own rows.

    Returns
    -------
    dict
        A specification of the same picture. The given one stays as it is.

    Examples
    --------
    >>> def words(x, text):
    ...     rows = {"values": [{"y": 1, "said": text}]}
    ...     places = {"x": {"value": x}, "text": {"field": "said"}}
    ...     return {"data": rows, "mark": {"type": "text"}, "encoding": places}
    >>> len(fused({"layer": [words(0, "Book"), words(90, "Pay")]})["layer"])
    1
    """
    if "layer" not in spec:
        return dict(spec)
    layers: list[_Layer] = []
    for kind, run in groupby(spec["layer"], key=_kind):
        alike = list(run)
        layers += alike if kind is None or len(alike) == 1 else [_joined(alike)]
    return {**spec, "layer": layers}


def _kind(layer: _Layer) -> object:
    """Return what layers must share to be joined; None if this one cannot be."""
    is_plain = layer.keys() == _PARTS and isinstance(layer["mark"], Mapping)
    if not is_plain or layer["mark"]["type"] not in _JOINABLE:
        return None
    mark = {key: layer["mark"].get(key) for key in _FIXED}
    channels = {name: _form(one) for name, one in layer["encoding"].items()}
    return mark, sorted(layer["mark"]), channels


def _form(channel: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a channel without what may differ from layer to layer."""
    if channel.keys() == {"value"}:
        return {"value": None}
    return {**channel, "field": None} if "field" in channel else channel


def _joined(layers: Sequence[_Layer]) -> dict[str, Any]:
    first = layers[0]
    mark = dict(first["mark"])
    for name in mark.keys() - _FIXED:
        if _differ(layer["mark"][name] for layer in layers):
            mark[name] = {"expr": f"datum['mark_{name}']"}
    encoding = {name: dict(one) for name, one in first["encoding"].items()}
    for name, one in encoding.items():
        if "field" in one:
            one["field"] = name
        elif _differ(layer["encoding"][name] for layer in layers):
            one["value"] = {"expr": f"datum['{name}']"}
    rows = [row for layer in layers for row in _rows(layer)]
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _differ(values: Iterable[object]) -> bool:
    first, *others = values
    return any(one != first for one in others)


def _rows(layer: _Layer) -> Iterable[dict[str, Any]]:
    own = {f"mark_{name}": value for name, value in layer["mark"].items()}
    fields = {}
    for name, one in layer["encoding"].items():
        if "field" in one:
            fields[name] = one["field"]
        elif "value" in one:
            own[name] = one["value"]
    for row in layer["data"]["values"]:
        yield {**own, **{name: row.get(field) for name, field in fields.items()}}
