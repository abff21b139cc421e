"""Network drives and sync folders: places where a database must not be worked on.

WAL needs memory that the writers share, which network drives lack; sync programs copy a
file while it is being written. There the workshop is worked on in a local folder, and a
copy is published back on every mark and on closing (see :mod:`.working_copy`).
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath

__all__ = ["network_drive", "sync_folder", "unsafe_place"]

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "fuse.sshfs",
        "fuse.rclone",
        "davfs",
        "fuse.davfs2",
        "webdav",
        "afpfs",
        "ceph",
        "glusterfs",
        "fuse.glusterfs",
        "lustre",
        "beegfs",
        "gpfs",
        "gfs2",
        "ocfs2",
        "orangefs",
        "fuse.ceph-fuse",
        "fuse.gcsfuse",
        "fuse.gvfsd-fuse",
        "fuse.juicefs",
        "fuse.s3fs",
        # Folders that a virtual machine shares with its host
        "vboxsf",
        "prl_fs",
        "fuse.vmhgfs-fuse",
        "virtiofs",
    }
)
_SYNC = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "box sync",
    "pcloud drive",
    "seafile",
    "syncthing",
    "megasync",
    "creative cloud files",
)
_SYNC_MARKS = (".stfolder", ".dropbox", ".nextcloudsync.log", ".owncloudsync.log")
_DRIVE_REMOTE = 4


def unsafe_place(path: Path) -> str | None:
    """Return in words why *path* lies in an unsafe place; None if it does not."""
    whole = path.absolute()  # not resolved: a link may be what is synced
    for where in dict.fromkeys((whole, whole.resolve())):
        folder = sync_folder(where) or _marked_folder(where)
        if folder is not None:
            return f"the folder {folder!r} is kept in step by a sync program"
    drive = network_drive(whole.resolve())
    return None if drive is None else f"it lies on a network drive ({drive})"


def sync_folder(path: PurePath) -> str | None:
    """Return the part of *path* that a sync program looks after, by its usual names.

    Examples
    --------
    >>> sync_folder(PurePath("/home/ann/OneDrive - Airport/map.journey"))
    'OneDrive - Airport'
    """
    for part in path.parent.parts:
        name = part.casefold()
        if any(name == known or name.startswith(f"{known} ") for known in _SYNC):
            return part
        if name.startswith(("onedrive-", "googledrive-", "dropbox-")):
            return part
    return None


def _marked_folder(path: Path) -> str | None:
    """Return the folder above *path* in which a sync program left its mark."""
    for folder in path.parents:
        if any(os.path.lexists(folder / mark) for mark in _SYNC_MARKS):
            return folder.name
    return None


def network_drive(path: Path, mounts: str | None = None) -> str | None:
    """Return the kind of network drive that *path* lies on; None if it is local.

    Parameters
    ----------
    path
        An absolute path.
    mounts
        What ``/proc/mounts`` says, for tests; read by default where there is one.
    """
    if sys.platform == "win32":  # pragma: no cover - tested where it runs
        import ctypes

        root = path.anchor
        if root.startswith("\\\\"):
            return "share"
        kind = ctypes.windll.kernel32.GetDriveTypeW(root)
        return "drive" if kind == _DRIVE_REMOTE else None
    if mounts is None:
        table = Path("/proc/mounts")
        if not table.exists():
            return None
        mounts = table.read_text(encoding="utf-8", errors="replace")
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", _octal, fields[1]))
        # A later mount on the same folder hides the earlier one.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind if kind in _NETWORK else None


def _octal(found: re.Match[str]) -> str:
    return chr(int(found[1], base=8))
