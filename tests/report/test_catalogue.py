"""The report templates by name, and what is refused before anything is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.report import catalogue
from journeykit.report.catalogue import report_on, template_named, template_names
from journeykit.shipped import folder

REPORTS = folder("templates") / "reports"


@pytest.fixture
def trip(tmp_path: Path) -> Path:
    """Return a workshop of this test's own."""
    path = tmp_path / "Trip to Rome.journey"
    journeykit.new(path).close()
    return path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, Any], Path]]:
    """Return what would be run: notebooks themselves are run in ``test_run``."""
    seen: list[tuple[dict[str, Any], Path]] = []

    def run(
        notebook: Path,
        parameters: dict[str, Any],
        page: Path,
        formats: Any,
    ) -> tuple[Path, ...]:
        seen.append((parameters, page))
        return (page,)

    monkeypatch.setattr(catalogue, "run_report", run)
    return seen


def test_templates_are_the_notebooks_of_the_folder() -> None:
    """A new report is one new file."""
    assert {path.stem for path in REPORTS.glob("*.ipynb")} == set(template_names())
    assert REPORTS / "journey_report.ipynb" == template_named("journey_report")


@pytest.mark.parametrize("name", ["journey_raport", "", "../reports/journey_report"])
def test_unknown_template_is_refused(name: str) -> None:
    """A path is no name."""
    with pytest.raises(UnknownNameError, match=r"Known: .*journey_report"):
        template_named(name)


def test_page_is_named_after_workshop_template_and_persona(
    trip: Path, runs: list[tuple[dict[str, Any], Path]], tmp_path: Path
) -> None:
    """The name is safe on every system, and no persona overwrites another."""
    with journeykit.open(trip) as workshop:
        persona = workshop.add("persona", name="Ann").id
    report_on(str(trip), "journey_report", {}, tmp_path)
    (page,) = report_on(str(trip), "journey_report", {"persona": persona}, tmp_path)

    assert tmp_path / "Trip-to-Rome-journey_report.html" == runs[0][1]
    assert tmp_path / f"Trip-to-Rome-journey_report-{persona}.html" == page
    assert {"workshop": str(trip), "persona": persona} == runs[1][0]


def test_path_is_made_absolute(
    trip: Path,
    runs: list[tuple[dict[str, Any], Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The notebook may run in another folder."""
    monkeypatch.chdir(tmp_path)
    report_on(trip.name, "journey_report", {}, Path("out"))

    assert {"workshop": str(trip)} == runs[0][0]


def test_workshop_in_a_database_gives_its_name_and_no_password(
    new_postgres_url: str, runs: list[tuple[dict[str, Any], Path]], tmp_path: Path
) -> None:
    """Two workshops of one database have reports of their own."""
    url = f"{new_postgres_url}&workshop=rome"
    journeykit.new(url).close()
    (page,) = report_on(url, "journey_report", {}, tmp_path)

    assert page.name.endswith("-rome-journey_report.html")
    assert {"workshop": url} == runs[0][0]


@pytest.mark.parametrize(
    ("parameters", "error", "match"),
    [
        ({"persona": "../../persona"}, UnknownNameError, "there is no persona"),
        ({"persona": "<script>"}, UnknownNameError, "there is no persona"),
        ({"language": "xx"}, UnknownNameError, "there is no language"),
        ({"personas": "ann"}, UnknownNameError, "Did you mean 'persona'"),
        ({"persona": 7}, InputError, "persona must be str, found 7"),
        ({"persona": "a\x00"}, InputError, "control characters"),
    ],
)
def test_wrong_parameters_are_refused_before_anything_is_run(
    trip: Path,
    runs: list[tuple[dict[str, Any], Path]],
    tmp_path: Path,
    parameters: dict[str, object],
    error: type[Exception],
    match: str,
) -> None:
    """No kernel is started, no folder is made, nothing is written."""
    with pytest.raises(error, match=match):
        report_on(str(trip), "journey_report", parameters, tmp_path / "out")

    assert [] == runs
    assert not (tmp_path / "out").exists()


def test_missing_workshop_is_refused_before_anything_is_run(
    runs: list[tuple[dict[str, Any], Path]], tmp_path: Path
) -> None:
    """No file is made of a misspelled name."""
    with pytest.raises(FileProblemError, match="no such workshop file"):
        report_on(str(tmp_path / "trap.journey"), "journey_report", {}, tmp_path)

    assert [] == runs
    assert [] == list(tmp_path.iterdir())


def test_workshop_is_read_only_while_others_write(
    trip: Path, runs: list[tuple[dict[str, Any], Path]], tmp_path: Path
) -> None:
    """The record is as long after a report as before."""
    with journeykit.open(trip) as writer:
        number = writer.store.number()
        report_on(str(trip), "journey_report", {}, tmp_path)

        assert number == writer.store.number()
        writer.add("persona", name="Ann")
