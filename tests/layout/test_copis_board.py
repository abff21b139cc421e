"""Lines of the COPIS board are thicker where more touchpoints hang on them."""

from __future__ import annotations

from clean_case import changed, clean_case

from journeykit.layout.copis import copis


def test_lines_weigh_the_touchpoints_that_both_ends_affect() -> None:
    """At most five, whatever a team said of its strength."""
    needs = {"kind": "link", "relation": "depends_on", "source": "p-1"}
    case = changed(clean_case(), "thin", **needs, target="s-shop")
    case = changed(case, "both", **needs, target="p-3")
    case = changed(
        case, "more", kind="link", relation="affects", source="p-1", target="sign"
    )
    case = changed(
        case, "most", kind="link", relation="affects", source="p-3", target="sign"
    )
    weights = {tie.id: tie.weight for tie in copis(case).ties}

    assert 2 == weights["both"]
    assert 2 == weights["thin"]


def test_strength_that_a_team_gave_stays() -> None:
    """It is never thinned."""
    needs = {"kind": "link", "relation": "depends_on", "source": "p-1", "strength": 4}
    case = changed(clean_case(), "strong", **needs, target="s-shop")

    assert 4 == next(tie.weight for tie in copis(case).ties if tie.id == "strong")
