"""Which workshop a notebook opens when nobody names one."""

from __future__ import annotations

from pathlib import Path

import pytest

import journeykit
from journeykit.errors import FileProblemError, InputError
from journeykit.workplace import AUTHOR, TRAINING_FILE, WORKSHOP, workshop_here


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, as a notebook does, with no workshop named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(WORKSHOP, raising=False)
    monkeypatch.delenv(AUTHOR, raising=False)
    return tmp_path


def made(path: Path, title: str) -> Path:
    """Make a workshop."""
    journeykit.new(path, title=title).close()
    return path


def test_named_one_comes_first(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the notebook wins over the command, and that over the folder."""
    made(here / "lies_about.journey", "C")
    other = made(here.parent / f"{here.name}.journey", "B")
    assert "lies_about.journey" == workshop_here()
    monkeypatch.setenv(WORKSHOP, str(other))
    assert str(other) == workshop_here()

    assert "a.journey" == workshop_here(" a.journey ")


def test_only_one_in_the_folder_is_opened(here: Path) -> None:
    """The training case beside it is not taken for the team's own."""
    made(here / "trip.journey", "Trip")
    made(here / TRAINING_FILE, "Training")

    with journeykit.open_here() as work:
        assert "Trip" == work.case.title


def test_several_are_named(here: Path) -> None:
    """Nobody guesses: the error says which there are and where to choose."""
    for name in ("b.journey", "a.journey"):
        made(here / name, name)

    with pytest.raises(InputError, match=r"found 2: a.journey, b.journey\. Name yours"):
        journeykit.open_here()


def test_named_one_that_is_missing_is_not_made(here: Path) -> None:
    """A slip of the pen makes no second, empty workshop."""
    with pytest.raises(FileProblemError, match=r"journeykit new trip\.journey"):
        journeykit.open_here("trip.journey")
    assert [] == list(here.glob("*.journey"))

    with journeykit.open_here("trip.journey", starter="empty") as work:
        assert 4 == len(work.entries("stage"))


def test_without_any_the_airport_is_made(here: Path) -> None:
    """Run All in an empty folder shows the worked case, and twice the same."""
    with journeykit.open_here() as work:
        title = work.case.title
    with journeykit.open_here(starter="empty") as work:
        assert title == work.case.title

    assert ["airport.journey"] == [path.name for path in here.glob("*.journey")]


@pytest.mark.parametrize("is_named", [True, False])
def test_author_is_known(
    here: Path, monkeypatch: pytest.MonkeyPatch, is_named: bool
) -> None:
    """The name in the notebook, else that of the command."""
    made(here / "trip.journey", "Trip")
    monkeypatch.setenv(AUTHOR, "Ben")
    with journeykit.open_here(author="Ann" if is_named else "") as work:
        names = work.store.author_names()

        assert work.author is not None
        assert ("Ann" if is_named else "Ben") == names[work.author]


def test_made_at_once_by_another_notebook(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two notebooks that are run together end in the same workshop."""
    from journeykit import workplace

    real = workplace.open_workshop

    def late(address: str, **options: str | None) -> journeykit.Workshop:
        if options.get("starter"):
            made(here / address, "Made meanwhile")
            raise FileProblemError(address, "there is one already")
        return real(address, author=options.get("author"))

    monkeypatch.setattr(workplace, "open_workshop", late)
    with journeykit.open_here("trip.journey", starter="empty") as work:
        assert "Made meanwhile" == work.case.title
