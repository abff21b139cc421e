"""Places where a database must not be worked on are recognised by name and mount."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from journeykit.store import places
from journeykit.store.places import network_drive, sync_folder, unsafe_place

MOUNTS = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
/dev/sda2 /home ext4 rw 0 0
server:/export /home/ann/team nfs4 rw,vers=4.2 0 0
//server/share /mnt/two\040words cifs rw 0 0
/dev/sdb1 /mnt/two\040words/local ext4 rw 0 0
C:\134 /mnt/c 9p rw,aname=drvfs 0 0
ann@host:/ /srv/far fuse.sshfs rw 0 0
/dev/sdc1 /srv/hidden ext4 rw 0 0
server:/hidden /srv/hidden nfs rw 0 0
broken line
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/map.journey", None),
        ("/home/ann/team/map.journey", "nfs4"),
        ("/home/ann/team/deep/down/map.journey", "nfs4"),
        ("/home/ann/teamwork/map.journey", None),
        ("/mnt/two words/map.journey", "cifs"),
        ("/mnt/two words/local/map.journey", None),
        ("/mnt/c/Users/Ann/map.journey", "9p"),
        ("/srv/far/map.journey", "fuse.sshfs"),
        ("/srv/hidden/map.journey", "nfs"),
        ("/tmp/map.journey", None),
        ("/map.journey", None),
    ],
)
def test_network_drive_is_known_by_its_mount(path: str, kind: str | None) -> None:
    """The nearest mount above a path decides, and of two at one place the later."""
    assert kind == network_drive(Path(path), MOUNTS)


@pytest.mark.parametrize(
    "kind",
    ["nfs", "smb3", "davfs", "ceph", "glusterfs", "lustre", "vboxsf", "virtiofs"],
)
def test_kind_of_network_drive_is_told(kind: str) -> None:
    """Every kind of drive whose writers share no memory counts."""
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x /net {kind} rw 0 0\n"

    assert kind == network_drive(Path("/net/map.journey"), mounts)
    assert network_drive(Path("/map.journey"), mounts) is None


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/home/ann/Dropbox/map.journey", "Dropbox"),
        ("/home/ann/Dropbox (Airport)/maps/map.journey", "Dropbox (Airport)"),
        ("/home/ann/OneDrive/map.journey", "OneDrive"),
        ("/home/ann/OneDrive - Airport/map.journey", "OneDrive - Airport"),
        (
            "/Users/ann/Library/CloudStorage/OneDrive-Airport/m.journey",
            "OneDrive-Airport",
        ),
        (
            "/Users/ann/Library/CloudStorage/GoogleDrive-ann@x.org/m.journey",
            "GoogleDrive-ann@x.org",
        ),
        ("/Users/ann/Library/Mobile Documents/x/map.journey", "Mobile Documents"),
        ("/Users/ann/iCloud Drive/map.journey", "iCloud Drive"),
        ("/home/ann/Google Drive/map.journey", "Google Drive"),
        ("/home/ann/Nextcloud/map.journey", "Nextcloud"),
        ("/home/ann/ownCloud/map.journey", "ownCloud"),
        ("/home/ann/Syncthing/map.journey", "Syncthing"),
        ("/home/ann/MEGAsync/map.journey", "MEGAsync"),
        ("/home/ann/projects/map.journey", None),
        ("/home/ann/Mega project/map.journey", None),
        ("/home/ann/projects/dropbox.journey", None),
        ("/home/ann/dropboxes/map.journey", None),
    ],
)
def test_sync_folder_is_known_by_its_name(path: str, folder: str | None) -> None:
    """The usual names count, wherever they stand above the file."""
    assert folder == sync_folder(PurePosixPath(path))


def test_sync_folder_of_windows_is_known() -> None:
    """The other slash makes no difference."""
    path = PureWindowsPath(r"C:\Users\Ann\OneDrive - Airport\maps\map.journey")

    assert "OneDrive - Airport" == sync_folder(path)


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox", ".nextcloudsync.log"])
def test_sync_folder_of_any_name_is_known_by_its_mark(
    tmp_path: Path, mark: str
) -> None:
    """Syncthing calls no folder by its own name, but leaves a mark."""
    folder = tmp_path / "Work"
    (folder / "maps").mkdir(parents=True)
    assert unsafe_place(folder / "maps" / "map.journey") is None
    (folder / mark).mkdir()

    assert "the folder 'Work' is kept in step by a sync program" == unsafe_place(
        folder / "maps" / "map.journey"
    )


def test_link_into_a_sync_folder_is_followed(tmp_path: Path) -> None:
    """What a path leads to counts as much as how it is called."""
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")

    assert "the folder 'Dropbox' is kept in step by a sync program" == unsafe_place(
        tmp_path / "plain" / "map.journey"
    )


def test_network_drive_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kind of drive is named."""
    monkeypatch.setattr(places, "network_drive", lambda _: "nfs4")

    assert "it lies on a network drive (nfs4)" == unsafe_place(tmp_path / "map.journey")


def test_system_without_a_table_of_mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where mounts cannot be read, no drive is suspected."""
    monkeypatch.setattr(Path, "exists", lambda _: False)

    assert network_drive(Path("/home/ann/map.journey")) is None


def test_present_table_of_mounts_is_read(tmp_path: Path) -> None:
    """The folder for tests lies on a local disk."""
    assert network_drive(tmp_path.resolve()) is None
