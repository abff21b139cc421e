"""Files from other people are taken apart in a child process with limits.

A file may be made to use up memory or time, or to end the program that reads it. In a
child it ends the child, and the parent says one sentence. The child is a fresh Python
without pandas (half a second of the processor); a fork was turned down because notebook
servers have threads, and ``multiprocessing`` because it runs the main script again. The
result comes back as JSON and Arrow, never as a pickle. Where the system has no limits
for a process (Windows), the limit of time alone holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

import pyarrow as pa

from journeykit import errors
from journeykit.errors import InputError, JourneyKitError
from journeykit.exchange.arrival import Limits, is_workbook
from journeykit.exchange.delimited import parsed_text
from journeykit.exchange.headers import Heading
from journeykit.exchange.readings import Parsed, Reading, Told
from journeykit.exchange.rows import Cleaning

__all__ = ["main", "parsed", "parsed_apart"]

_MODULE = "journeykit.exchange.parsing_child"
_LENGTH = 8
_START_MEMORY = 700_000_000  # addresses that Python and Arrow take before any file
_SLACK = 3  # the clock runs faster than the processor's where others work too
_OUT_OF_MEMORY = 71
_ERRORS = ("InputError", "UnknownNameError", "FileProblemError", "TableError")


def parsed(data: bytes, name: str, told: Told, limits: Limits) -> Parsed:
    """Take the bytes of a table apart, in a child process if they need one.

    Parameters
    ----------
    data
        The content of the file, text or workbook.
    name
        The file, for messages.
    told
        What the user says about it.
    limits
        The budget, and whether text goes to a child as well; a workbook always does.

    Raises
    ------
    InputError, UnknownNameError
        If it is no table, or takes more memory or time than *limits* allow.
    """
    is_book = is_workbook(data)
    told.check(name, is_workbook=is_book)
    if is_book or limits.is_apart:
        return parsed_apart(data, name, told, limits)
    return parsed_text(data, name, told, limits)


def parsed_apart(data: bytes, name: str, told: Told, limits: Limits) -> Parsed:
    """Take the bytes of a table apart in a child process with limits.

    Raises
    ------
    JourneyKitError
        What the child found wrong with the file; InputError also if the child used up
        its memory or its time, or died.
    """
    request = {"name": name, "told": asdict(told), "limits": asdict(limits)}
    command = [sys.executable, "-P", "-m", _MODULE]
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    with subprocess.Popen(  # noqa: S603 - our own words
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            answer, _ = child.communicate(
                _packed(request) + data, timeout=limits.seconds * _SLACK
            )
        except subprocess.TimeoutExpired:
            child.kill()
            raise _too_slow(name, limits) from None
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise _died(child.returncode, name, limits)
    return _unpacked(answer)


def _packed(header: object) -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(_LENGTH, "big") + text


def _too_slow(name: str, limits: Limits) -> InputError:
    return InputError(
        f"reading this file took more than the {limits.seconds} seconds that it may",
        name,
        "Save the table alone, as CSV (UTF-8)",
    )


def _died(code: int, name: str, limits: Limits) -> InputError:
    import signal

    if code == -getattr(signal, "SIGXCPU", 0):
        return _too_slow(name, limits)
    ended = {-signal.SIGABRT, -getattr(signal, "SIGKILL", 0), _OUT_OF_MEMORY}
    if code in ended:
        return InputError(
            f"reading this file takes more than the {limits.n_memory / 1e9:g} GB of "
            "memory that it may",
            name,
            "Save the table alone, as CSV (UTF-8), or in parts",
        )
    return InputError(
        f"this file cannot be read: its reader stopped with code {code}",
        name,
        "Open it where it was made and save the table as CSV (UTF-8)",
    )


def _unpacked(answer: bytes) -> Parsed:
    end = _LENGTH + int.from_bytes(answer[:_LENGTH], "big")
    header = json.loads(answer[_LENGTH:end])
    if "error" in header:
        kind = header["error"] if header["error"] in _ERRORS else "InputError"
        raise getattr(errors, kind)(*header["args"])
    fields: dict[str, Any] = {  # as asdict() gave them, but lists for tuples
        key: tuple(value) if isinstance(value, list) else value
        for key, value in header["reading"].items()
    }
    headings = tuple(
        Heading(one[0], one[1], tuple(one[2]), one[3]) for one in header["columns"]
    )
    with pa.ipc.open_stream(pa.py_buffer(answer)[end:]) as stream:
        content = list(stream.read_all().columns)
    return Parsed(Reading(**fields), headings, Cleaning(**header["cleaned"]), content)


def main() -> int:
    """Read a request from the standard input, answer on the standard output."""
    out = sys.stdout.buffer
    source = sys.stdin.buffer
    request = json.loads(source.read(int.from_bytes(source.read(_LENGTH), "big")))
    limits = Limits(**request["limits"])
    data = source.read()
    _limit_this_process(limits, len(data))
    try:
        _answer(out, data, request["name"], Told(**request["told"]), limits)
    except JourneyKitError as error:
        out.write(_packed({"error": type(error).__name__, "args": _plain(error.args)}))
    except (MemoryError, pa.ArrowMemoryError):
        return _OUT_OF_MEMORY
    return 0


def _plain(value: Any) -> Any:  # Any: parts of an error, texts and numbers
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _limit_this_process(limits: Limits, n_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    addresses = _START_MEMORY + n_bytes + limits.n_memory
    wanted = {
        resource.RLIMIT_AS: addresses,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (allowed, hard))
        except (ValueError, OSError):  # macOS knows some limits by name only
            continue


def _answer(out: BinaryIO, data: bytes, name: str, told: Told, limits: Limits) -> None:
    if is_workbook(data):
        from journeykit.exchange.workbooks import parsed_workbook

        found = parsed_workbook(data, name, told, limits)
    else:
        found = parsed_text(data, name, told, limits)
    header = {
        "reading": asdict(found.reading),
        "columns": found.columns,
        "cleaned": asdict(found.cleaned),
    }
    table = pa.table(found.content, names=list(map(str, range(len(found.content)))))
    out.write(_packed(header))
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


if __name__ == "__main__":
    sys.exit(main())
