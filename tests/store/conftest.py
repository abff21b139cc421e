"""One workshop a test: in memory, in a file, and in a real PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from stored_workshops import Workshops

from journeykit.store import Store


def _workshops(request: pytest.FixtureRequest) -> Iterator[Workshops]:
    address: str | Path | None = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        address = f"{url}&workshop=w_{uuid.uuid4().hex}"
    elif request.param == "file":
        folder: Path = request.getfixturevalue("tmp_path")
        address = folder / "airport.journey"
    found = Workshops(address)
    yield found
    found.close()


@pytest.fixture(params=["memory", "file", "postgres"])
def workshops(request: pytest.FixtureRequest) -> Iterator[Workshops]:
    """Give one workshop on each database."""
    yield from _workshops(request)


@pytest.fixture(params=["file", "postgres"])
def shared(request: pytest.FixtureRequest) -> Iterator[Workshops]:
    """Give one workshop on each database that several connections can open."""
    yield from _workshops(request)


@pytest.fixture
def store(workshops: Workshops) -> Store:
    """Give a small airport on each database."""
    return workshops.new()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a closed file with a small airport."""
    found = Workshops(tmp_path / "airport.journey")
    found.new()
    found.close()
    return tmp_path / "airport.journey"
