"""A person before JupyterLab: opens notebooks, runs them, restarts kernels, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab_server import RunningLab
from playwright.sync_api import TimeoutError

import journeykit
from journeykit.model import Document

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

__all__ = ["LabPage", "kept"]

_LONG_MS = 180_000


class LabPage:
    """One browser tab with JupyterLab.

    Parameters
    ----------
    page
        The tab.
    lab
        The server.
    """

    def __init__(self, page: Page, lab: RunningLab) -> None:
        self.page, self.lab = page, lab
        page.set_default_timeout(_LONG_MS / 2)  # a busy machine is no fault
        self.notebook, self.outside = "", list[str]()
        page.on("request", self._note)

    def _note(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.lab.url, "data:", "blob:", "ws://127.0.0.1")):
            self.outside.append(url)

    def open(self, notebook: str) -> None:
        """Open a notebook and wait until its kernel answers."""
        self.notebook = notebook
        self.page.goto(f"{self.lab.url}/lab/tree/{notebook}?reset")
        self.page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=_LONG_MS)
        self._wait_idle()

    def run_all(self) -> None:
        """Choose Run > Run All Cells, and wait until the kernel rests."""
        self._menu("Run", "Run All Cells")
        dialog = self.page.locator(".jp-Dialog .jp-mod-accept")
        indicator = self.page.locator(".jp-Notebook-ExecutionIndicator").first
        shown = self.page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-child")
        n_quiet, has_run = 0, False
        for turn in range(1, _LONG_MS // 100):
            self.page.wait_for_timeout(100)
            is_asked = dialog.count() > 0  # not connected yet: which kernel?
            if is_asked or (n_quiet > 100 and not shown.count()):
                self.answer_dialogs()
                self._wait_idle()
                self._menu("Run", "Run All Cells")
                n_quiet = 0
            status = indicator.get_attribute("data-status")
            has_run = has_run or status == "busy" or turn > 100
            n_quiet = n_quiet + 1 if status == "idle" else 0
            if has_run and n_quiet > 10 and shown.count():
                self.page.mouse.wheel(
                    0, 1
                )  # a guide holds the top until somebody moves
                return
        found = f"{status}, {shown.count()} outputs"
        raise AssertionError(f"the notebook did not come to its end: {found}")

    def restart(self) -> None:
        """Choose Kernel > Restart Kernel, and say yes."""
        self._menu("Kernel", "Restart Kernel…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_timeout(1_000)
        self._wait_idle()

    def theme(self, *, is_light: bool) -> None:
        """Choose the light or the dark theme."""
        self._menu("Settings", "Theme")
        name = "JupyterLab Light" if is_light else "JupyterLab Dark"
        self.page.get_by_text(name, exact=True).first.click()
        is_set = f'body[data-jp-theme-light="{str(is_light).lower()}"]'
        self.page.wait_for_selector(is_set, state="attached", timeout=_LONG_MS)

    def board(self, number: int = 0) -> Locator:
        """Return a board of the notebook, from 0; say what stands there instead."""
        board = self.page.locator(".jk-board").nth(number)
        failed = self.page.locator('[data-mime-type="application/vnd.jupyter.error"]')
        try:
            board.or_(failed.first).first.wait_for(timeout=_LONG_MS)
        except TimeoutError as error:
            shown = self.page.locator(".jp-OutputArea-output").all_inner_texts()
            raise AssertionError([text[:300] for text in shown]) from error
        assert [] == failed.all_inner_texts()
        board.scroll_into_view_if_needed()
        return board

    def errors(self) -> list[str]:
        """Return what cells complained about."""
        found = self.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
        return found.all_inner_texts()

    def answer_dialogs(self) -> list[str]:
        """Say yes to whatever JupyterLab asks; return what it asked."""
        asked = []
        while (dialog := self.page.locator(".jp-Dialog")).count():
            asked.append(dialog.first.inner_text())
            dialog.first.locator(".jp-mod-accept").click()
            self.page.wait_for_timeout(300)
        return asked

    def _menu(self, menu: str, item: str) -> None:
        self.answer_dialogs()
        for one in self.answer_dialogs():
            print("ASKED", one)
        bar = self.page.get_by_role("menuitem", name=menu, exact=True).first
        bar.click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def _wait_idle(self) -> None:
        idle = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
        self.page.wait_for_selector(idle, timeout=_LONG_MS)
        for _ in range(_LONG_MS // 200):
            if self._has_kernel():
                break
            self.page.wait_for_timeout(100)
        self.page.wait_for_timeout(1_000)  # the page follows the server

    def _has_kernel(self) -> bool:
        """Whether the server has heard from the notebook's kernel.

        A page is idle before: who runs it then is asked for a kernel, and gets another.
        """
        sessions = self.page.request.get(f"{self.lab.url}/api/sessions").json()
        return any(
            one["path"] == self.notebook and one["kernel"]["execution_state"] == "idle"
            for one in sessions
        )


def kept(path: Path) -> Document:
    """Return what a workshop file holds, read as anybody else would."""
    with journeykit.open(path, is_read_only=True) as work:
        return work.document()
