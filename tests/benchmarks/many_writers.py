"""Processes that write at the same time to one place: ours, and its peers.

Run as a script: a parent with everything imported forks the writers, lets them begin at
the same moment and prints what they measured.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from journeykit.model import Persona
from journeykit.model.edits import add, change
from journeykit.store import open_store

__all__ = ["PEERS", "Measured", "measure", "prepare", "writer"]

N_ENTRIES = 300
PEERS = ("journeykit", "sqlite", "json")


@dataclass
class Measured:
    """What the writers measured.

    Parameters
    ----------
    waits_ms
        Of each edit, from asking to its acknowledgement.
    per_second
        Edits of all writers together.
    cpu_ms
        CPU of one edit, all included.
    """

    waits_ms: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    fewest: int = 0
    most: int = 0
    per_second: float = 0.0
    cpu_ms: float = 0.0

    def wait(self, share: float) -> float:
        """Return the wait that this share of the edits did not exceed."""
        ordered = sorted(self.waits_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(
    folder: Path, peer: str, *, n_writers: int, seconds: float, pause: float = 0.0
) -> Measured:
    """Run this script in a process of its own and return what it measured."""
    arguments = [str(folder), peer, str(n_writers), str(seconds), str(pause)]
    done = subprocess.run(
        [sys.executable, __file__, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return Measured(**json.loads(done.stdout))


def prepare(folder: Path, peer: str, n_entries: int = N_ENTRIES) -> Path:
    """Make the same content for *peer* and return where it is."""
    path = folder / f"{peer}.journey"
    personas = [
        Persona(id=f"p{n}", name=f"Persona {n}", summary="A few words. " * 10)
        for n in range(n_entries)
    ]
    bodies = {persona.id: persona.model_dump(mode="json") for persona in personas}
    if peer == "journeykit":
        store = open_store(path, is_new=True)
        group = "0" * 32
        store.write([add(persona, group=group) for persona in personas])
        store.close()
    elif peer == "sqlite":
        connection = _plain(path)
        connection.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, body TEXT)")
        connection.execute("CREATE TABLE edit (number INTEGER PRIMARY KEY, patch TEXT)")
        rows = [(name, json.dumps(body)) for name, body in bodies.items()]
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO entry VALUES (?, ?)", rows)
        connection.execute("COMMIT")
        connection.close()
    else:
        path.write_text(json.dumps({"entries": bodies, "edits": []}))
    return path


def writer(path: Path, peer: str) -> Callable[[str, str], None]:
    """Return the function that changes the name of an entry, durably."""
    if peer == "journeykit":
        store = open_store(path)

        def ours(name: str, text: str) -> None:
            store.write([change(store.document(), name, {"name": text})])

        return ours
    if peer == "sqlite":
        connection = _plain(path)

        def plain(name: str, text: str) -> None:
            connection.execute("BEGIN IMMEDIATE")
            query = "SELECT body FROM entry WHERE id = ?"
            body = json.loads(connection.execute(query, (name,)).fetchone()[0])
            values = (json.dumps(body | {"name": text}), name)
            connection.execute("UPDATE entry SET body = ? WHERE id = ?", values)
            connection.execute("INSERT INTO edit (patch) VALUES (?)", (text,))
            connection.execute("COMMIT")

        return plain
    return lambda name, text: _rewrite(path, name, text)


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _rewrite(path: Path, name: str, text: str) -> None:
    """Read a whole JSON file, change it and put it in place, under a lock."""
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = json.loads(path.read_text())
        whole["entries"][name]["name"] = text
        whole["edits"].append(text)
        aside = path.with_suffix(".part")
        with aside.open("w") as file:
            file.write(json.dumps(whole))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)


def _work(
    path: Path, peer: str, slot: int, begin: float, seconds: float, pause: float
) -> list[float]:
    write = writer(path, peer)
    name, rng, waits = f"p{slot}", random.Random(slot), []
    at = begin + rng.uniform(0, pause)
    while at < begin + seconds:
        time.sleep(max(0.0, at - time.monotonic()))
        asked = time.monotonic()
        write(name, f"told {asked}")
        heard = time.monotonic()
        waits.append(1_000 * (heard - asked))
        at = max(at + pause, heard)
    return waits


def _forked(folder: Path, work: Callable[[int], list[float]], slot: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        (folder / f"waits-{slot}.json").write_text(json.dumps(work(slot)))
    except BaseException:  # noqa: BLE001 - told to the parent, whatever it is
        (folder / f"failure-{slot}.txt").write_text(traceback.format_exc())
    finally:
        os._exit(0)


def _run(
    folder: Path, peer: str, n_writers: int, seconds: float, pause: float
) -> Measured:
    path = prepare(folder, peer)
    for old in (*folder.glob("waits-*"), *folder.glob("failure-*")):
        old.unlink()
    began = time.monotonic() + 1.5  # all have opened the file by then

    def work(slot: int) -> list[float]:
        return _work(path, peer, slot, began, seconds, pause)

    for pid in [_forked(folder, work, slot) for slot in range(n_writers)]:
        os.waitpid(pid, 0)
    lasted = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = [json.loads(file.read_text()) for file in folder.glob("waits-*.json")]
    counts = [len(waits) for waits in each]
    n_edits = max(1, sum(counts))
    return Measured(
        waits_ms=[wait for waits in each for wait in waits],
        failures=[file.read_text() for file in folder.glob("failure-*.txt")],
        fewest=min(counts, default=0),
        most=max(counts, default=0),
        per_second=sum(counts) / lasted,
        cpu_ms=1_000 * (used.ru_utime + used.ru_stime) / n_edits,
    )


if __name__ == "__main__":
    print(
        json.dumps(
            asdict(
                _run(
                    Path(sys.argv[1]),
                    sys.argv[2],
                    int(sys.argv[3]),
                    float(sys.argv[4]),
                    float(sys.argv[5]),
                )
            )
        )
    )
