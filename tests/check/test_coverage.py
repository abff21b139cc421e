"""What has data and what has none, by kind."""

from __future__ import annotations

from clean_case import changed, clean_case, without

from journeykit.check.coverage import coverage


def test_everything_without_data_is_named() -> None:
    """A touchpoint is bare without a number; so are its channel, stage and persona."""
    bare = without(clean_case(), "m-compare")
    bare = changed(bare, "web", kind="channel", name="Web")
    bare = changed(bare, "compare", channel="web")
    found = {one.kind: one for one in coverage(bare)}

    assert ("compare",) == found["touchpoint"].without
    assert ("choose",) == found["stage"].without
    assert ("web",) == found["channel"].without
    assert ("amy",) == found["persona"].without
    assert (1, 2) == (found["touchpoint"].n_with, found["touchpoint"].n)


def test_measured_persona_has_data() -> None:
    """A number of hers is enough."""
    number = {"definition": "mean_satisfaction", "value": 3.0, "n": 90}
    case = changed(clean_case(), "m", kind="measurement", persona="amy", **number)
    found = {one.kind: one for one in coverage(case)}

    assert () == found["persona"].without


def test_unused_channel_is_not_missed() -> None:
    """Only channels of touchpoints belong to the map."""
    case = changed(clean_case(), "fax", kind="channel", name="Fax")
    found = {one.kind: one for one in coverage(case)}

    assert () == found["channel"].without
