"""Messages between the engine, its warm parent and a report's process.

Length and bytes over a socket, and nothing else: no pickle, which would let a report's
cells run code in the process that asked for the report.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from typing import Any

__all__ = ["Wire", "wire_pair"]

_HEAD = struct.Struct("!I")
_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 18


class Wire:
    """One end of a socket that carries messages of one or more byte strings.

    Any thread may send; one thread receives.

    Parameters
    ----------
    end
        A connected stream socket; the wire owns it.
    """

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self.n_received = 0
        """Bytes that came in, all messages together."""

    def fileno(self) -> int:
        """Return the number of the socket."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end; the other end reads the end of the file."""
        self._socket.close()

    def send(self, *parts: bytes) -> None:
        """Send one message, whole before the next.

        Raises
        ------
        OSError
            If the other end is gone.
        """
        head = _HEAD.pack(len(parts)) + b"".join(_LENGTH.pack(len(p)) for p in parts)
        with self._lock:
            self._socket.settimeout(None)
            # Large parts are not copied once more.
            self._socket.sendall(head + parts[0] if parts else head)
            for part in parts[1:]:
                self._socket.sendall(part)

    def send_json(self, content: Any) -> None:
        """Send one message that is JSON."""
        self.send(json.dumps(content).encode())

    def _fill(self, n_bytes: int, deadline: float | None) -> bool:
        while len(self._buffer) < n_bytes:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            self._socket.settimeout(left)
            try:
                read = self._socket.recv(max(_CHUNK, n_bytes - len(self._buffer)))
            except (TimeoutError, BlockingIOError):
                return False
            except ConnectionError:
                read = b""
            if not read:
                raise EOFError
            self.n_received += len(read)
            self._buffer += read
        return True

    def receive(self, timeout: float | None = None) -> list[bytes] | None:
        """Return the next message; None if it is not whole within *timeout* seconds.

        Raises
        ------
        EOFError
            If the other end is closed.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        if not self._fill(_HEAD.size, deadline):
            return None
        (n_parts,) = _HEAD.unpack_from(self._buffer)
        start = _HEAD.size + n_parts * _LENGTH.size
        if not self._fill(start, deadline):
            return None
        lengths = [
            _LENGTH.unpack_from(self._buffer, _HEAD.size + place * _LENGTH.size)[0]
            for place in range(n_parts)
        ]
        if not self._fill(start + sum(lengths), deadline):
            return None
        parts = []
        for length in lengths:
            parts.append(bytes(self._buffer[start : start + length]))
            start += length
        del self._buffer[:start]
        return parts

    def receive_json(self, timeout: float | None = None) -> Any:
        """Return the next message as JSON; None if there is none in *timeout*."""
        parts = self.receive(timeout)
        return None if parts is None else json.loads(parts[0])


def wire_pair() -> tuple[Wire, socket.socket]:
    """Return a wire and the other end of it, to be given away."""
    ours, theirs = socket.socketpair()
    return Wire(ours), theirs
