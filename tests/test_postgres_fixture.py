"""The PostgreSQL that the test session starts by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import postgres_server as postgres_module
import psycopg
import pytest
import sqlalchemy
from postgres_server import (
    PostgresServer,
    copy_programs,
    running_postgres,
    server_programs,
)

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can drop rights")


def first_value(url: str, query: str) -> object:
    """Return the one value that *query* answers."""
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(sqlalchemy.text(query)).scalar_one()
    finally:
        engine.dispose()


def test_url_opens_a_real_server(postgres_url: str) -> None:
    """The URL is all that SQLAlchemy needs to reach a PostgreSQL."""
    version = first_value(postgres_url, "select version()")

    assert str(version).startswith("PostgreSQL ")


def test_new_database_is_empty_and_of_its_own(
    postgres_server: PostgresServer, new_postgres_url: str
) -> None:
    """What one test writes is not there for the next."""
    tables = "select count(*) from pg_tables where schemaname = 'public'"
    engine = sqlalchemy.create_engine(new_postgres_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("create table note (text text)"))
    engine.dispose()

    assert first_value(new_postgres_url, tables) == 1
    assert first_value(postgres_server.new_database(), tables) == 0


@needs_root
def test_root_does_not_run_the_server(postgres_server: PostgresServer) -> None:
    """PostgreSQL refuses root, so the server belongs to another account."""
    owner = (postgres_server.folder / "data" / "postmaster.pid").stat().st_uid

    assert owner != 0


@needs_root
def test_programs_below_a_private_folder_are_copied(tmp_path: Path) -> None:
    """A clone in a folder of mode 0700 has a PostgreSQL all the same."""
    programs = copy_programs(server_programs(), tmp_path / "private")
    (tmp_path / "private").chmod(0o700)

    with running_postgres(programs) as server:
        assert server.folder in server.programs.parents
        assert first_value(server.url(), "select 1") == 1


@needs_root
def test_private_temporary_folder_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only root can enter, the server's account could not start."""
    tmp_path.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with running_postgres() as server:
        assert tmp_path not in server.folder.parents


# Runs as root until everything is imported and in reach, then as an ordinary account.
AS_ORDINARY_ACCOUNT = """
import os, pwd, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import encodings.idna, psycopg
from postgres_server import running_postgres
nobody = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(nobody.pw_gid)
os.setuid(nobody.pw_uid)
with running_postgres(Path(sys.argv[1])) as server:
    with psycopg.connect(f"host={server.folder} user=postgres") as connection:
        print(connection.execute("select 6 * 7").fetchone()[0])
    assert server.programs == Path(sys.argv[1])
print("left behind:", server.folder.exists())
"""


@needs_root
def test_ordinary_account_starts_it_directly() -> None:
    """Nothing needs root: the same code works for whoever runs the tests."""
    with tempfile.TemporaryDirectory(prefix="journeykit-", dir="/tmp") as reachable:
        Path(reachable).chmod(0o755)
        programs = copy_programs(server_programs(), Path(reachable) / "programs")
        code = Path(postgres_module.__file__).parent
        done = subprocess.run(
            [sys.executable, "-c", AS_ORDINARY_ACCOUNT, programs, code],
            cwd=reachable,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    assert (0, "42\nleft behind: False\n") == (done.returncode, done.stdout), (
        done.stderr
    )


def test_nothing_is_left_behind() -> None:
    """After the session neither the server nor its files remain."""
    with running_postgres() as server:
        address = f"host={server.folder} user=postgres"
        psycopg.connect(address).close()

    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_missing_postgres_is_said_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a PostgreSQL the tests fail, and say what to install."""
    monkeypatch.setattr(postgres_module, "_candidates", lambda: iter([Path("/none")]))

    with (
        pytest.raises(RuntimeError, match="apt-get install postgresql"),
        running_postgres(),
    ):
        pass


def test_failing_start_shows_the_words_of_the_server(tmp_path: Path) -> None:
    """A server that cannot start is not waited for, and says why."""
    programs = tmp_path / "pg" / "bin"
    programs.mkdir(parents=True)
    for name, lines in {
        "initdb": 'mkdir -p "$2"',
        "postgres": '[ "$1" = --version ] || { echo "no room on the disk"; exit 1; }',
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{lines}\n")
        (programs / name).chmod(0o755)

    with (
        pytest.raises(RuntimeError, match="no room on the disk"),
        running_postgres(programs),
    ):
        pass
