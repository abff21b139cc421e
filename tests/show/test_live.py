"""Who shows a workshop hears of every change, whoever made it."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest

import journeykit
from journeykit.errors import FileProblemError
from journeykit.model import Document
from journeykit.show.live import INTERVAL_SECONDS, live_of
from journeykit.workshop import Workshop


class Watcher:
    """Notes the titles that it is told."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def told(self, document: Document) -> None:
        """Note what stands."""
        assert document.case is not None
        self.titles.append(document.case.title)


def two(path: Path) -> tuple[Workshop, Workshop]:
    """Open one file twice, as two notebooks do."""
    return journeykit.new(path, title="Trip"), journeykit.open(path)


def test_changes_of_another_notebook_arrive(tmp_path: Path) -> None:
    """Within two looks, without anybody asking."""
    mine, theirs = two(tmp_path / "trip.journey")
    watcher = Watcher()

    async def session() -> None:
        live_of(mine).watch(watcher.told)
        theirs.change(theirs.case.id, title="Longer trip")
        await asyncio.sleep(2.5 * INTERVAL_SECONDS)

    asyncio.run(session())
    mine.close()
    theirs.close()

    assert ["Longer trip"] == watcher.titles


def test_nothing_runs_where_there_is_no_loop(tmp_path: Path) -> None:
    """A script asks when it wants to know."""
    mine, theirs = two(tmp_path / "trip.journey")
    watcher = Watcher()
    live_of(mine).watch(watcher.told)
    theirs.change(theirs.case.id, title="Longer trip")

    assert [] == watcher.titles
    live_of(mine).refresh()
    live_of(mine).refresh()
    assert ["Longer trip"] == watcher.titles
    mine.close()
    theirs.close()


def test_who_went_away_is_told_nothing(tmp_path: Path) -> None:
    """A board whose cell was run again is not kept alive by listening."""
    mine, theirs = two(tmp_path / "trip.journey")
    gone, stays = Watcher(), Watcher()
    live_of(mine).watch(gone.told)
    live_of(mine).watch(stays.told)
    titles = gone.titles
    del gone
    gc.collect()
    theirs.change(theirs.case.id, title="Longer trip")
    live_of(mine).refresh()

    assert ([], ["Longer trip"]) == (titles, stays.titles)
    assert live_of(mine) is live_of(mine)
    mine.close()
    theirs.close()


def test_a_drive_that_is_away_is_said_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Listening goes on when the workshop can be read again."""
    mine, theirs = two(tmp_path / "trip.journey")
    watcher = Watcher()
    number = mine.store.number

    def away() -> int:
        raise FileProblemError("trip.journey", "the drive is away")

    async def session() -> None:
        live_of(mine).watch(watcher.told)
        theirs.change(theirs.case.id, title="Longer trip")
        mine.store.number = away  # type: ignore[method-assign]  # stands for the drive
        await asyncio.sleep(2.5 * INTERVAL_SECONDS)
        mine.store.number = number  # type: ignore[method-assign]  # it is back
        await asyncio.sleep(1.5 * INTERVAL_SECONDS)

    asyncio.run(session())
    mine.close()
    theirs.close()

    assert ["Longer trip"] == watcher.titles
    assert 1 == sum("the drive is away" in one for one in caplog.messages)
