"""Whatever is killed: no acknowledged edit is lost, none is doubled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store.faults.killed_writers import kill_writers

N_KILLS = int(os.environ.get("JOURNEYKIT_KILLS", "300"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
@pytest.mark.slow
@pytest.mark.timeout(300 + N_KILLS // 2)
def test_kills_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    """30 writers are killed at random, also in the middle of a transaction."""
    found = kill_writers(tmp_path, n_kills=N_KILLS, seed=2017)

    assert [] == found.failures
    assert [] == found.problems
    assert (0, 0) == (found.n_lost, found.n_doubled)
    assert (0, 0) == (found.n_half, found.n_strange)
    assert N_KILLS <= found.n_kills
    assert found.n_in_transaction > N_KILLS // 20
    assert found.n_acknowledged > N_KILLS // 4  # a busy machine writes little
