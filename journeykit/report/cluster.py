"""The reports of a batch on many machines: Dask's ``concurrent.futures`` executor.

The cluster is somebody else's: it is not started here, and stays when the batch ends.
Its workers need journeykit, and the folders of workshops and reports under the same
names. Dask gives the report of a killed worker to another one. What it does not do is
say that nobody is left to work: it waits for ever. So that is watched here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from journeykit.errors import FileProblemError, InputError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Cluster", "cluster"]

_CONNECT_SECONDS = 10
_LOOK_SECONDS = 2.0
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is there.

    Parameters
    ----------
    n_workers
        How many reports it makes side by side.
    executor
        Makes what runs them.
    """

    n_workers: int
    executor: Callable[[], Executor]


class _ClusterExecutor(Executor):
    """Dask's executor, which breaks when nobody is left to work."""

    def __init__(self, client: Client, patience_seconds: float) -> None:
        # Reports are written: none is the same as another.
        self._inner = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._client, self._patience = client, patience_seconds
        self._open: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._is_broken = False
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(
        self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Hand over one call."""
        if self._is_broken:
            raise BrokenExecutor("the cluster has no worker")
        outer: Future[_T] = Future()
        with self._lock:
            self._open.add(outer)
        inner = self._inner.submit(fn, *args, **kwargs)

        def settle(done: Future[_T]) -> None:
            if done.cancelled():
                self._end(outer, BrokenExecutor("the cluster is gone"))
            elif (error := done.exception()) is not None:
                self._end(outer, error)
            else:
                self._end(outer, None, done.result())

        inner.add_done_callback(settle)
        return outer

    def _end(
        self, outer: Future[Any], error: BaseException | None, result: Any = None
    ) -> None:
        with self._lock:
            if outer not in self._open:
                return
            self._open.discard(outer)
        if error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(result)

    def _watch(self) -> None:
        without = 0.0
        while not self._ended.wait(_LOOK_SECONDS):
            without = 0.0 if _n_workers(self._client) else without + _LOOK_SECONDS
            if without >= self._patience:
                self._is_broken = True
                for outer in tuple(self._open):
                    self._end(outer, BrokenExecutor("the cluster has no worker"))
                return

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what was handed over and not begun."""
        self._ended.set()
        self._inner.shutdown(wait=wait and not cancel_futures)


def _n_workers(client: Client) -> int:
    """Return how many reports a cluster makes side by side; 0 if it is gone."""
    try:
        return sum(client.nthreads().values())  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError):
        return 0


@contextmanager
def cluster(address: str, *, patience_seconds: float = 60) -> Iterator[Cluster]:
    """Reach a Dask cluster, and let go of it afterwards.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://10.0.0.5:8786``.
    patience_seconds
        How long to wait for a worker when there is none.

    Raises
    ------
    InputError
        If Dask is not installed, or the address is none.
    FileProblemError
        If nobody answers there, or nobody works there.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise InputError(
            "Dask was expected for reports on a cluster, it is not installed",
            mend='Install it: pip install "journeykit[cluster]"',
        ) from error
    try:
        get_address_host_port(address)
    except (ValueError, RuntimeError) as error:
        # Asked first: a client that cannot connect to such a place does not end well.
        raise InputError(
            f"the address of a cluster was expected, such as tcp://10.0.0.5:8786; "
            f"found {address!r}"
        ) from error
    clients: list[Client] = []

    def connect() -> Client:
        try:
            client = Client(  # type: ignore[no-untyped-call]
                address, timeout=_CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise FileProblemError(address, "does not answer as a cluster") from error
        clients.append(client)
        try:
            client.wait_for_workers(1, timeout=patience_seconds)
        except TimeoutError as error:
            raise FileProblemError(address, "has no worker") from error
        return client

    def executor() -> Executor:
        if clients[-1].status != "running" or not _n_workers(clients[-1]):
            connect()
        return _ClusterExecutor(clients[-1], patience_seconds)

    try:
        yield Cluster(_n_workers(connect()), executor)
    finally:
        for client in clients:
            client.close(timeout=_CONNECT_SECONDS)  # type: ignore[no-untyped-call]
