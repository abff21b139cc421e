"""A local copy of a workshop that lies where a database must not be worked on.

What stood when both were the same is noted beside the local copy, so that it can be
told which of the two was changed since. If both were, both are kept.
"""

from __future__ import annotations

import hashlib
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import select

from journeykit.errors import FileProblemError, JourneyKitError, warn
from journeykit.store.backup import copy_rows, move_aside, restore
from journeykit.store.chain import compact
from journeykit.store.faults import LOCK_SECONDS
from journeykit.store.moment import last_edit
from journeykit.store.opening import check_free, open_backend
from journeykit.store.places import unsafe_place
from journeykit.store.schema import DATASET, MARK, PRIVATE
from journeykit.store.sqlite import file_problem, seal_path

__all__ = ["WorkingCopy"]

_SPARE = "/var/tmp/journeykit"  # noqa: S108 - whose it is, is checked below


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A local copy of a workshop that lies in an unsafe place.

    Parameters
    ----------
    published
        The file in the unsafe place.
    local
        The file that is worked on.
    """

    published: Path
    local: Path

    @classmethod
    def take(cls, published: Path, reason: str, *, is_new: bool = False) -> WorkingCopy:
        """Take a copy to a local folder, or go on with the one that is there.

        Raises
        ------
        FileProblemError
            If there is no such workshop, or its path is taken and a new one is wanted.
        """
        local = _local_folder(published) / published.name
        copy = cls(published, local)
        if is_new:
            check_free(published)
            if local.exists():  # of a workshop that went from there
                stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
                move_aside(local, local.with_suffix(f".earlier-{stamp}{local.suffix}"))
            copy._base.unlink(missing_ok=True)
        elif published.exists() or not local.exists():
            problem = file_problem(published)
            if problem is not None:
                raise problem
            copy._bring_here()
        warn(
            f"{published}: {reason}, where a workshop can be damaged. You work on a "
            f"local copy ({local}); it is published back on every mark and on closing."
        )
        return copy

    @property
    def _base(self) -> Path:
        return self.local.with_name(self.local.name + ".base")

    def _bring_here(self) -> None:
        if not self.local.exists():
            restore(self.published, self.local)
        elif self.relation() == "published is ahead":
            kept = restore(self.published, self.local)
            if kept is not None:  # the published one holds all that it held
                kept.unlink()
                seal_path(kept).unlink(missing_ok=True)
        if self.relation() == "equal":
            self._note_base()

    def _note_base(self) -> None:
        self._base.write_text(_fingerprint(self.local), encoding="ascii")

    def relation(self) -> str:
        """Return how the published file and the local one stand to each other."""
        ours, theirs = _fingerprint(self.local), _fingerprint(self.published)
        base = self._base.read_text("ascii") if self._base.exists() else ""
        if ours == theirs:
            return "equal"
        if theirs == base:
            return "local is ahead"
        if ours == base:
            return "published is ahead"
        return "both changed"

    def publish(self) -> Path:
        """Put a whole copy of the local file in the unsafe place and return its path.

        If somebody else changed the published file meanwhile, theirs stays and ours is
        put beside it, with a warning.

        Raises
        ------
        FileProblemError
            If that failed; the local copy is safe.
        """
        lock = FileLock(f"{self.local}.publish.lock", timeout=LOCK_SECONDS)
        try:
            with lock:
                return self._publish()
        except (JourneyKitError, OSError) as error:
            raise FileProblemError(
                str(self.published),
                f"it could not be published ({error})",
                f"Your work is safe in {self.local}; open the workshop again and "
                "close it to publish",
            ) from error

    def _publish(self) -> Path:
        target = self.published
        relation = self._relation_now() if target.exists() else "local is ahead"
        if relation in ("equal", "published is ahead"):
            return target
        if relation == "both changed":
            host = "".join(c for c in socket.gethostname() if c.isalnum())
            target = target.with_name(f"{target.stem} (from {host}){target.suffix}")
            warn(
                f"{self.published} was changed by somebody else meanwhile. Both are "
                f"kept: yours is {target}."
            )
        aside = target.with_name(f".{target.name}.new")
        aside.unlink(missing_ok=True)
        backend = open_backend(self.local, is_read_only=True)
        try:
            copy_rows(backend, aside)
        finally:
            backend.close()
        aside.replace(target)
        for sealed in (aside, target):  # a seal would not travel together with its file
            seal_path(sealed).unlink(missing_ok=True)
        if target == self.published:
            self._note_base()
        return target

    def _relation_now(self) -> str:
        """Return the relation; a published file that is damaged was changed."""
        try:
            return self.relation()
        except JourneyKitError:
            return "both changed"


def _fingerprint(path: Path) -> str:
    """Return a hash of everything that a workshop holds."""
    backend = open_backend(path, is_read_only=True)
    try:
        with backend.reading() as connection:
            hashes: list[object] = [last_edit(connection)]
            for table in (MARK, DATASET, PRIVATE):
                query = select(table.c.hash).order_by(table.c.hash)
                hashes.append(list(connection.execute(query).scalars()))
    finally:
        backend.close()
    return hashlib.sha256(compact(hashes).encode("ascii")).hexdigest()


def _local_folder(published: Path) -> Path:
    """Return a folder for the local copy, on a disk of this machine.

    A home directory may itself lie on a network drive; then it is the system's folder
    for temporary files that survive a restart.
    """
    from platformdirs import user_data_path

    whole = str(published.absolute())
    key = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    places = [user_data_path("journeykit", appauthor=False)]
    if hasattr(os, "getuid"):
        places.append(Path(f"{_SPARE}-{os.getuid()}"))
    for place in places:
        if unsafe_place(place / "working-copies" / key) is not None:
            continue
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            continue  # somebody else made it, who could change what is put there
        folder = place / "working-copies" / key
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    raise FileProblemError(
        str(published),
        "it lies where a workshop can be damaged, and so does your own data folder",
        "Copy it to a local disk and open it there",
    )
