"""Charts drawn by a process beside: the same text, and never a report without them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from journeykit.show import chart_drawing
from journeykit.show.chart_drawing import draw, draw_at
from journeykit.show.svg import spec_svg

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "send_fds"), reason="a socket is handed over"
)

SERVE = (
    "import socket, sys; from journeykit.show.chart_drawing import serve_drawings; "
    "serve_drawings(socket.socket(fileno=int(sys.argv[1])))"
)


def chart(n: int) -> dict[str, Any]:
    """Return a specification with a clip, whose ids a process counts on."""
    values = [{"a": one, "b": one * n} for one in range(4)]
    mark = {"type": "bar", "clip": True}
    encoding = {"x": {"field": "a", "type": "ordinal"}, "y": {"field": "b"}}
    encoding["y"]["type"] = "quantitative"
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def picture(n: int) -> str:
    """Return it as pages show it: ids are counted anew for each."""
    return spec_svg(chart(n), title="Bars", desc="Four bars.")


@pytest.fixture
def beside() -> Iterator[subprocess.Popen[bytes]]:
    """Return a process that draws for this one."""
    control, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-c", SERVE, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
    ours, end = socket.socketpair()
    socket.send_fds(control, [b"d"], [end.fileno()])
    end.close()
    draw_at(ours)
    yield process
    draw_at(None)
    control.close()
    ours.close()
    process.wait(20)


def test_drawn_beside_is_the_same(
    beside: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text for text, whatever was drawn before; this process draws nothing."""
    with monkeypatch.context() as patch:
        patch.setattr(chart_drawing, "_drawn", lambda *_: "here")
        there = [picture(n) for n in (3, 2, 1)]
    draw_at(None)
    here = [picture(n) for n in (1, 2, 3)]

    assert there == here[::-1]
    assert "<svg" in here[0]


def test_fault_is_told_by_who_asked(beside: subprocess.Popen[bytes]) -> None:
    """A specification that cannot be drawn is as wrong as without a process beside."""
    with pytest.raises(ValueError, match="conversion failed"):
        draw({"mark": 7})
    assert "<svg" in draw(chart(2))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP])
def test_who_is_gone_is_not_waited_for(
    beside: subprocess.Popen[bytes], end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed or a hung process costs time, and no chart."""
    monkeypatch.setattr(chart_drawing, "_ASK_SECONDS", 1.0)
    first = picture(2)
    os.kill(beside.pid, end)
    start = time.monotonic()
    again = [picture(2) for _ in range(2)]
    os.kill(beside.pid, signal.SIGCONT)

    assert [first, first] == again
    assert time.monotonic() - start < 30
