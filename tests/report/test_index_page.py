"""The page that lists the reports of a batch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeykit.report.index_page import write_index
from journeykit.report.jobs import Job
from journeykit.report.outcome import MadeFile, Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

_FORMATS = ("html", "interactive.html", "pdf", "letter.pdf", "pptx", "xlsx", "md")
_MADE = datetime(2026, 11, 26, tzinfo=UTC)


def _index(folder: Path, *titles: str, **more: Any) -> Path:
    jobs = [
        Job(f"r{place}", "a.journey", title, "journey_report")
        for place, title in enumerate(titles)
    ]
    given = {
        "status": "made",
        "figures": (("39.8", "More customers promote it than warn of it."),),
        **more,
    }
    outcomes = {
        job.name: Outcome(
            job.name,
            "",
            files=tuple(MadeFile(f"{job.name}.{one}", 1, "") for one in _FORMATS),
            **given,
        )
        for job in jobs
    }
    return write_index(folder, jobs, outcomes, _MADE)


def test_title_of_the_page_is_not_said_again_in_each_row(tmp_path: Path) -> None:
    """Reports on one workshop are told apart by whom each is about."""
    path = _index(tmp_path, "Trip: there and back", "Trip: there and back: Ann")
    html = path.read_text(encoding="utf-8")

    assert "<h1>Trip: there and back</h1>" in html
    assert '<a href="r0.html">Trip: there and back</a>' in html
    assert '<a href="r1.html">Ann</a>' in html


def test_reports_on_several_workshops_have_their_names(tmp_path: Path) -> None:
    """No workshop gives the page its title then."""
    html = _index(tmp_path, "Trip", "Tour: Ann").read_text(encoding="utf-8")

    assert "<h1>Customer journey reports</h1>" in html
    assert '<a href="r1.html">Tour: Ann</a>' in html


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_list_of_many_formats_fits(
    browser: Browser, tmp_path: Path, width: int, scheme: Any
) -> None:
    """No name of a format is broken, a finger meets each; axe agrees."""
    path = _index(tmp_path, "Hotel Graz: The business traveller", "Hotel Leeds")
    page = browser.new_page(
        viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page.goto(path.as_uri())
    boxes = page.locator(".jk-files a").evaluate_all(
        "all => all.map(one => [one.getClientRects().length, one.offsetHeight])"
    )
    found = Axe().run(page).response["violations"]

    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert {1} == {lines for lines, _ in boxes}
    assert width > 640 or all(high >= 44 for _, high in boxes)
    assert [] == [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    page.close()
