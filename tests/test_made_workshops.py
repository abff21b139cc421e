"""Made workshops: what they hold is what the workshop itself would measure."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_workshops import MADE_ON, N_ANSWERS, made_workshop, made_workshops

import journeykit
from journeykit.model import Measurement, to_json


def test_measured_again_nothing_changes(tmp_path: Path) -> None:
    """The measurements of a made workshop are those that its answers give."""
    file = made_workshop(tmp_path, 3, n_waves=2)
    with journeykit.open(file) as work:
        made = {one.id: one for one in work.entries("measurement")}
        for data in work.data_sets():
            work.measure(data.id)
        again = {one.id: one for one in work.entries("measurement")}

    assert 2 * 4 * 17 == len(made)
    assert made.keys() == again.keys()
    for key, one in made.items():
        assert (one.n, one.left_out) == (again[key].n, again[key].left_out)
        for name in ("value", "low", "high"):
            assert pytest.approx(getattr(one, name)) == getattr(again[key], name)


def test_the_same_number_is_the_same_workshop(tmp_path: Path) -> None:
    """A number gives the same entries wherever it is made, another one others."""
    (tmp_path / "again").mkdir()
    first, second = made_workshops(tmp_path / "two", 2)
    again = made_workshop(tmp_path / "again", 1)
    texts = []
    for file in (first, again, second):
        with journeykit.open(file, is_read_only=True) as work:
            texts.append(to_json(work.document()))

    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_the_last_persona_is_too_small_to_be_shown(tmp_path: Path) -> None:
    """Four answers of a persona give no number, and every table is full otherwise."""
    with journeykit.open(made_workshop(tmp_path), is_read_only=True) as work:
        scores = work.document().of(Measurement)
        late = [one for one in scores if one.persona == "late"]
        others = [one for one in scores if one.persona != "late"]

        assert {None} == {one.value for one in late}
        assert all(one.value is not None for one in others)
        assert N_ANSWERS == work.data_set().n_rows
        assert work.case.review_date > MADE_ON
