"""Who draws a chart: this process, or one beside it that has the program running.

The first chart of a process costs half a second, ten times every other, and what has
drawn cannot be forked. So where reports are forked one after another, a process beside
them draws for all. It gets a specification and gives back the SVG, as text: what stands
in a report is the same, whoever drew it. If it is gone, or takes too long, a report
draws for itself.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
from contextlib import suppress
from functools import lru_cache
from typing import Any

__all__ = ["draw", "draw_at", "serve_drawings"]

_VL_VERSION = "6.4"
_CHUNK = 1 << 16
_ASK_SECONDS = 20.0
_DRAW_SECONDS = 15
_MOST_BYTES = 1 << 26
_MOST_DRAWINGS = 2_000
"""After so many a process makes room for a fresh one: memory must stay flat."""

_PLACE = '[{"table": %d}]'
"""Where rows of data belong; within a text of the specification it would be escaped."""

_FIRST: dict[str, Any] = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {}}


class _Drawer:
    """The process beside this one, as it is asked."""

    end: socket.socket | None = None
    owner = 0


def draw_at(end: socket.socket | None) -> None:
    """Let another process draw for this one from now on; None for nobody else.

    Parameters
    ----------
    end
        A socket that :func:`serve_drawings` answers.
    """
    _Drawer.end, _Drawer.owner = end, os.getpid()


def draw(spec: dict[str, Any], format_locale: dict[str, Any] | None = None) -> str:
    """Return a Vega-Lite specification as SVG.

    Parameters
    ----------
    spec
        The specification, its data inside.
    format_locale
        Signs of numbers; None for English.
    """
    drawn = _asked(spec, format_locale)
    return _drawn(spec, format_locale) if drawn is None else drawn


def _drawn(spec: dict[str, Any], format_locale: dict[str, Any] | None) -> str:
    import vl_convert

    tables: list[str] = []
    vega = _compiled(json.dumps(_set_aside(spec, tables), allow_nan=False))
    for number, table in enumerate(tables):
        vega = vega.replace(_PLACE % number, table)
    text: str = vl_convert.vega_to_svg(
        json.loads(vega), allowed_base_urls=[], format_locale=format_locale
    )
    return text


def _set_aside(part: Any, tables: list[str]) -> Any:
    """Return part of a specification with places instead of its rows of data.

    Parameters
    ----------
    part
        The part.
    tables
        What the rows are added to, as text; equal ones once.
    """
    if isinstance(part, list):
        return [_set_aside(one, tables) for one in part]
    if not isinstance(part, dict):
        return part
    bare = {}
    for key, value in part.items():
        rows = value.get("values") if key == "data" and value else None
        if isinstance(rows, list):
            table = json.dumps(rows, allow_nan=False)
            if table not in tables:
                tables.append(table)
            bare[key] = {**value, "values": [{"table": tables.index(table)}]}
        else:
            bare[key] = _set_aside(value, tables)
    return bare


@lru_cache(maxsize=256)
def _compiled(bare: str) -> str:
    """Return a Vega-Lite specification as Vega, which does not depend on its rows."""
    import vl_convert

    spec = json.loads(bare)  # as text it would read some numbers less exactly
    return json.dumps(vl_convert.vegalite_to_vega(spec, vl_version=_VL_VERSION))


def _asked(spec: dict[str, Any], format_locale: dict[str, Any] | None) -> str | None:
    """Return what the process beside this one drew; None if it did not."""
    end = _Drawer.end
    # A process that a report has forked would take the answers of its parent.
    if end is None or os.getpid() != _Drawer.owner:
        return None
    try:
        request = json.dumps([spec, format_locale], allow_nan=False)
        end.settimeout(_ASK_SECONDS)
        end.sendall(request.encode() + b"\n")
        answer = json.loads(_line(end))
    except (OSError, ValueError, TypeError):
        _Drawer.end = None
        end.close()
        return None
    return answer if isinstance(answer, str) else None


def _line(end: socket.socket) -> bytes:
    read = bytearray()
    while not read.endswith(b"\n"):
        chunk = end.recv(_CHUNK)
        if not chunk:
            raise EOFError
        read += chunk
    return bytes(read)


def serve_drawings(control: socket.socket) -> None:
    """Draw for whoever asks, until nobody can ask any more.

    Parameters
    ----------
    control
        Over which the sockets of those come that may ask.
    """
    with suppress(ValueError, OSError):
        _drawn(_FIRST, None)
    n_drawn = 0
    asking: dict[socket.socket, bytearray] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        is_open = True
        while is_open or asking:
            for key, _ in selector.select():
                end = key.fileobj
                assert isinstance(end, socket.socket)
                if end is control:
                    new = _next(control)
                    if new is None:
                        selector.unregister(control)
                        is_open = False
                    else:
                        selector.register(new, selectors.EVENT_READ)
                        asking[new] = bytearray()
                elif not _serve(end, asking[end]):
                    selector.unregister(end)
                    del asking[end]
                    end.close()
                else:
                    n_drawn += 1
            if is_open and n_drawn > _MOST_DRAWINGS:
                selector.unregister(control)
                control.close()
                is_open = False


def _next(control: socket.socket) -> socket.socket | None:
    try:
        said, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    except OSError:
        return None
    if not said or not descriptors:
        return None
    end = socket.socket(fileno=descriptors[0])
    end.set_inheritable(False)
    end.setblocking(True)
    return end


def _serve(end: socket.socket, read: bytearray) -> bool:
    """Take in what came, and answer if it is whole; say whether to go on."""
    try:
        chunk = end.recv(_CHUNK)
        if not chunk or len(read) > _MOST_BYTES:
            return False
        read += chunk
        if not read.endswith(b"\n"):
            return True
        request = bytes(read)
        read.clear()
        end.settimeout(_ASK_SECONDS)
        end.sendall(json.dumps(_answer(request)).encode() + b"\n")
        end.settimeout(None)
    except OSError:
        return False
    return True


def _answer(request: bytes) -> str | None:
    """Return the drawing; None if it cannot be made: the asker says what is wrong."""
    # Nobody can end a drawing that does not come to its end but the system.
    signal.alarm(_DRAW_SECONDS)
    try:
        spec, format_locale = json.loads(request)
        return _drawn(spec, format_locale)
    except (ValueError, TypeError):
        return None
    finally:
        signal.alarm(0)
