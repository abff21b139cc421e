"""One Chromium for the tests of the boards, and boards in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import board_page, matrix, traits
from browser.lab_page import LabPage
from lab_server import running_lab

import journeykit

if TYPE_CHECKING:
    from pathlib import Path

    from lab_server import RunningLab
    from playwright.sync_api import Browser, BrowserContext, Page, Route

ADDRESS = "http://localhost/board"


class Shown:
    """Boards of one browser profile: pages share what the browser keeps.

    Parameters
    ----------
    context
        The profile.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.errors: list[str] = []
        self.requests: list[str] = []

    def show(self, state: Mapping[str, Any] | None = None, **options: Any) -> Page:
        """Return a page that shows a board."""
        page = self.context.new_page()
        html = board_page(state or traits(matrix()), **options)

        def answer(route: Route) -> None:
            if route.request.url == ADDRESS:
                route.fulfill(body=html, content_type="text/html")
            else:
                self.requests.append(route.request.url)
                route.abort()

        page.route("**/*", answer)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(ADDRESS)
        page.wait_for_function("window.isReady")
        return page


@pytest.fixture
def boards(browser: Browser) -> Iterator[Shown]:
    """Return a fresh profile; afterwards nothing was thrown and nothing was loaded."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(90_000)  # a busy machine is no fault
    shown = Shown(context)
    yield shown
    context.close()

    assert [] == shown.errors
    assert [] == shown.requests


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[RunningLab]:
    """Start JupyterLab on a web shop's workshop, ``shop.journey``."""
    path = tmp_path / "workshop" / "shop.journey"
    path.parent.mkdir()
    journeykit.new(path, starter="web_shop").close()
    with running_lab(tmp_path) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, lab: RunningLab) -> Iterator[LabPage]:
    """Open one tab of JupyterLab."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield LabPage(page, lab)
    page.close()
