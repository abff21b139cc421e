"""Writers that are killed at random moments, and what is left of their edits.

Run as a script: a parent with everything imported forks 30 writers on one file, kills
them with ``kill -9`` and starts them again, which costs a few milliseconds. A writer
notes each group of edits before it sends it and again when it was acknowledged; after a
kill it sends once more what was not acknowledged, as a participant's page does.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from journeykit.model import Document, Edit, Persona
from journeykit.model.edits import add, change, new_edit_id, remove
from journeykit.store import Store, examine_file, open_store

__all__ = ["Outcome", "Writers", "kill_writers"]

N_WRITERS = 30
_ENTRIES_EACH = 4
_MOST_AT_ONCE = 10  # of 10 kills, one takes this many writers in the same moment
_PAUSE_SECONDS = 0.05


@dataclass
class Outcome:
    """What was left after the last kill.

    Parameters
    ----------
    n_in_transaction
        Kills of a writer that held the lock and a transaction.
    n_lost, n_doubled, n_half, n_strange
        Acknowledged edits that are missing or not as they were sent; edits that stand
        twice; groups of which a part stands; edits that nobody sent.
    n_repeats
        Groups that had been written, though the writer was killed before it heard.
    reopen_ms
        How long the file took to open after all writers were killed at once.
    """

    n_kills: int = 0
    n_in_transaction: int = 0
    n_acknowledged: int = 0
    n_repeats: int = 0
    n_lost: int = 0
    n_doubled: int = 0
    n_half: int = 0
    n_strange: int = 0
    problems: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    reopen_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0


def kill_writers(folder: Path, *, n_kills: int, seed: int) -> Outcome:
    """Run this script in a process of its own and return what it found."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run(
        [sys.executable, __file__, str(folder), str(n_kills), str(seed)],
        capture_output=True,
        text=True,
        check=False,
        env=mine | {"PYTHONWARNINGS": "error"},
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return Outcome(**json.loads(done.stdout))


class Log:
    """What one writer sent and what was acknowledged, synced to the disk.

    Parameters
    ----------
    path
        A file that outlives the writer.
    """

    def __init__(self, path: Path) -> None:
        self.sent: dict[str, list[Edit]] = {}
        self.acknowledged: list[str] = []
        self.n_repeats = 0
        for line in path.read_text().splitlines() if path.exists() else ():
            with suppress(json.JSONDecodeError):  # cut off by a kill: nothing was sent
                note = json.loads(line)
                if isinstance(note, list):
                    edits = [Edit.model_validate(item) for item in note]
                    self.sent[edits[0].group] = edits
                else:
                    self.acknowledged.append(note["group"])
                    self.n_repeats += note["repeat"]
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.write(self.file, b"\n")

    @property
    def pending(self) -> list[Edit]:
        """Edits that were sent and not acknowledged."""
        waiting = set(self.sent) - set(self.acknowledged)
        return next((self.sent[group] for group in waiting), [])

    def note_sent(self, edits: list[Edit]) -> None:
        """Note what is going to be sent."""
        plain = [edit.model_dump(mode="json") for edit in edits]
        os.write(self.file, json.dumps(plain).encode() + b"\n")

    def note_acknowledged(self, group: str, *, is_repeat: bool) -> None:
        """Note what was acknowledged; it is on the disk when this returns."""
        note = json.dumps({"group": group, "repeat": is_repeat})
        os.write(self.file, note.encode() + b"\n")
        os.fsync(self.file)


def _next_edits(document: Document, slot: int, rng: random.Random) -> list[Edit]:
    """Return one to three edits of this writer's own entries, one group."""
    group = new_edit_id()
    prefix = f"w{slot}-"
    mine = [entry.id for entry in document.of(Persona) if entry.id.startswith(prefix)]
    text = f"told {rng.random()}"
    if len(mine) < _ENTRIES_EACH:
        persona = Persona(id=f"{prefix}{rng.getrandbits(48):x}", name=text)
        return [add(persona, author=f"w{slot}", group=group)]
    chosen = rng.sample(mine, rng.choice((1, 1, 3)))
    if rng.random() < 0.1:
        return [remove(document, name, group=group) for name in chosen]
    return [change(document, name, {"name": text}, group=group) for name in chosen]


def _write(path: Path, log_path: Path, slot: int, inside: mmap.mmap) -> None:
    """Write until killed; now and then leave and come back."""
    rng = random.Random(os.urandom(8))
    log = Log(log_path)
    while True:
        store = open_store(path)
        _flag(store, slot, inside)
        for _ in range(rng.randint(20, 200)):
            edits = log.pending or _next_edits(store.document(), slot, rng)
            group = edits[0].group
            if group not in log.sent:
                log.note_sent(edits)
            receipt = store.write(edits)
            log.note_acknowledged(group, is_repeat=receipt.is_repeat)
            log.sent.clear()
            log.acknowledged.clear()
        store.close()


def _flag(store: Store, slot: int, inside: mmap.mmap) -> None:
    """Let the parent see when this writer holds the lock."""
    writing = store.backend.writing

    @contextmanager
    def flagged() -> Iterator[object]:
        try:
            with writing() as connection:
                inside[slot] = 1
                yield connection
        finally:
            inside[slot] = 0

    store.backend.writing = flagged  # type: ignore[method-assign]


class Writers:
    """The parent: it forks, kills and counts.

    Parameters
    ----------
    folder
        Where the workshop and the logs lie.
    seed
        Decides who is killed and when, as far as the machine allows.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.path = folder / "killed.journey"
        self.logs = [folder / f"writer-{slot}.log" for slot in range(N_WRITERS)]
        self.folder = folder
        self.rng = random.Random(seed)
        self.inside = mmap.mmap(-1, N_WRITERS)
        self.pids = [0] * N_WRITERS
        self.outcome = Outcome()
        open_store(self.path, is_new=True).close()

    def start(self, slot: int) -> None:
        """Fork a writer."""
        self.inside[slot] = 0
        pid = os.fork()
        if pid:
            self.pids[slot] = pid
            return
        try:
            _write(self.path, self.logs[slot], slot, self.inside)
        except BaseException:  # noqa: BLE001 - told to the parent, whatever it is
            name = f"failure-{os.getpid()}.txt"
            (self.folder / name).write_text(traceback.format_exc())
        finally:
            os._exit(1)

    def kill(self, slots: list[int]) -> None:
        """Kill writers in one moment."""
        for slot in slots:
            self.outcome.n_in_transaction += self.inside[slot]
            os.kill(self.pids[slot], signal.SIGKILL)
        for slot in slots:
            os.waitpid(self.pids[slot], 0)
        self.outcome.n_kills += len(slots)

    def victims(self) -> list[int]:
        """Wait for a random moment and choose who is killed."""
        time.sleep(self.rng.uniform(0, 2 * _PAUSE_SECONDS))
        chance = self.rng.random()
        if chance < 0.1:
            return self.rng.sample(range(N_WRITERS), _MOST_AT_ONCE)
        until = time.monotonic() + 0.1
        while chance < 0.6 and time.monotonic() < until:
            holder = self.inside.find(b"\1")
            if holder >= 0:
                time.sleep(self.rng.uniform(0, 0.004))
                return [holder]
        return [self.rng.randrange(N_WRITERS)]

    def run(self, n_kills: int) -> Outcome:
        """Kill *n_kills* times, all at once every 1,000 and at the end, and look."""
        began = time.monotonic()
        while self.outcome.n_kills < n_kills:
            for slot in range(N_WRITERS):
                self.start(slot)
            stop = min(n_kills, self.outcome.n_kills + 1_000) - N_WRITERS
            while self.outcome.n_kills < stop:
                chosen = self.victims()
                self.kill(chosen)
                for slot in chosen:
                    self.start(slot)
            self.kill(list(range(N_WRITERS)))
            self.look()
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def look(self) -> None:
        """Open the file that all left behind, and compare it with their logs."""
        outcome = self.outcome
        began = time.perf_counter()
        store = open_store(self.path)
        store.document()
        outcome.reopen_ms.append(1_000 * (time.perf_counter() - began))
        record = store.changes_since(0)
        store.close()
        outcome.problems += examine_file(self.path).problems
        times = Counter(step.edit.id for step in record)
        stands = {step.edit.id: step.edit for step in record}
        sent: set[str] = set()
        outcome.n_acknowledged = outcome.n_repeats = 0
        for path in self.logs:
            log = Log(path)
            os.close(log.file)
            outcome.n_repeats += log.n_repeats
            told = set(log.acknowledged)
            for group, edits in log.sent.items():
                sent |= {edit.id for edit in edits}
                there = [stands.get(edit.id) == edit for edit in edits]
                outcome.n_acknowledged += len(edits) * (group in told)
                outcome.n_lost += there.count(False) * (group in told)
                outcome.n_half += any(there) and not all(there)
        outcome.n_doubled += sum(n - 1 for n in times.values())
        outcome.n_strange += len(times.keys() - sent)
        outcome.failures = [
            path.read_text() for path in sorted(self.folder.glob("failure-*.txt"))
        ]


def _warm_up(folder: Path) -> None:
    """Do everything once, so that nothing is imported or built after a fork."""
    store = open_store(folder / "warm.journey", is_new=True)
    rng = random.Random(0)
    for _ in range(3 * _ENTRIES_EACH):
        store.write(_next_edits(store.document(), 0, rng))
    store.close()


if __name__ == "__main__":
    here = Path(sys.argv[1])
    _warm_up(here)
    print(json.dumps(asdict(Writers(here, int(sys.argv[3])).run(int(sys.argv[2])))))
