"""What all tests share: one PostgreSQL a session, a browser, settings of Hypothesis."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.doctest import DoctestModule
from filelock import FileLock
from hypothesis import settings
from lab_server import QUIET_CHROMIUM
from postgres_server import PostgresServer, running_postgres

from journeykit.language import speak

# A busy machine is no fault of the code. What failed once is shown so that it can be
# repeated; where CI is set the same examples are tried each time.
settings.register_profile(
    "journeykit", deadline=None, print_blob=True, derandomize="CI" in os.environ
)
settings.load_profile("journeykit")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: a third of the time is waiting.

    Browsers, kernels, databases and disks are waited for, and only some of them on
    this machine's processors.
    """
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path,
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for no examples in docstrings of tests: that is a fifth of collecting."""
    found = yield
    is_test = file_path.name.startswith("test_")
    return [one for one in found if not (is_test and isinstance(one, DoctestModule))]


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    """Let each test begin without a language: a report goes on in its own."""
    speak("")
    yield
    speak("")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a real PostgreSQL when the first test asks (one for each worker)."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """Return the SQLAlchemy URL of one database that the whole session shares."""
    return postgres_server.new_database()


@pytest.fixture
def new_postgres_url(postgres_server: PostgresServer) -> str:
    """Return the SQLAlchemy URL of an empty database of this test's own."""
    return postgres_server.new_database()


@pytest.fixture(scope="session")
def made_airport(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the airport workshop, made once for all workers; it is to be copied."""
    import journeykit

    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # where the folders of all workers lie
    made = root / "made" / "airport.journey"
    made.parent.mkdir(exist_ok=True)
    with FileLock(root / "made.lock"):
        if not made.exists():
            journeykit.new(made, starter="airport").close()
    return made


@pytest.fixture
def airport_file(made_airport: Path, tmp_path: Path) -> Path:
    """Return an airport workshop of this test's own."""
    return Path(shutil.copyfile(made_airport, tmp_path / "airport.journey"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; without one tests skip, and in CI they fail."""
    for name in _BROWSERS:
        if found := shutil.which(name):
            return found
    words = "there is no Chromium here: apt-get install chromium"
    if "CI" in os.environ:
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Start one Chromium for a module: while it runs, no other loop can."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        running = player.chromium.launch(
            executable_path=chromium, args=list(QUIET_CHROMIUM)
        )
        yield running
        running.close()
