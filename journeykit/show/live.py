"""Who shows a workshop hears of every change, whoever made it, wherever.

Each quarter of a second the number of the record is asked for, from a task of the
kernel's own loop: a thread would meet the boards while a cell changes them. Where there
is no loop (a script, a report) nobody listens and nothing runs.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
from collections.abc import Callable, Iterable
from weakref import WeakKeyDictionary, WeakMethod, ref

from journeykit.errors import JourneyKitError
from journeykit.model import Document
from journeykit.workshop import Workshop

__all__ = ["INTERVAL_SECONDS", "Live", "live_of"]

INTERVAL_SECONDS = 0.25

_log = logging.getLogger(__name__)
_lives: WeakKeyDictionary[Workshop, Live] = WeakKeyDictionary()


def live_of(workshop: Workshop) -> Live:
    """Return the one that listens for a workshop; the first call makes it."""
    if workshop not in _lives:
        _lives[workshop] = Live(workshop)
        known = ref(workshop)
        atexit.register(_close, known)
    return _lives[workshop]


def _close(known: ref[Workshop]) -> None:
    """Fold everything into the one file when the kernel ends."""
    workshop = known()
    if workshop is not None:
        workshop.close()


class Live:
    """Listens to one workshop, and tells those who show it.

    Parameters
    ----------
    workshop
        The workshop; it is not kept alive by this.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = ref(workshop)
        self._watchers: list[Callable[[], Callable[[Document], object] | None]] = []
        self._number = workshop.store.number()
        self._task: asyncio.Task[None] | None = None
        self.done: list[str] = []
        """Groups of edits that can be undone here, oldest first."""
        self.undone: list[str] = []
        """Groups of undoings that can be taken back, oldest first."""

    def watch(self, callback: Callable[[Document], object]) -> None:
        """Call *callback* with the document after every change.

        A method of an object does not keep the object alive.
        """
        is_method = hasattr(callback, "__self__")
        self._watchers.append(WeakMethod(callback) if is_method else lambda: callback)
        self._start()

    def refresh(self) -> None:
        """Tell everybody what stands now, if something changed since."""
        workshop = self._workshop()
        if workshop is None:
            return
        number = workshop.store.number()
        if number != self._number:
            self._number = number
            document = workshop.document()
            for callback in self._alive():
                callback(document)

    def _alive(self) -> Iterable[Callable[[Document], object]]:
        found = [(known, known()) for known in self._watchers]
        self._watchers = [known for known, one in found if one is not None]
        return [one for _, one in found if one is not None]

    def _start(self) -> None:
        if self._task is not None and not self._task.done():
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._task = loop.create_task(self._listen())

    async def _listen(self) -> None:
        said = ""
        while self._alive() and self._workshop() is not None:
            await asyncio.sleep(INTERVAL_SECONDS)
            try:
                self.refresh()
                said = ""
            except JourneyKitError as error:
                # Passing: a drive that is away for a moment. Said once, tried again.
                if str(error) != said:
                    said = str(error)
                    _log.warning("journeykit: %s", said)
