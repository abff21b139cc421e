"""What customers say to each touchpoint: by how many, and against what."""

from __future__ import annotations

from journeykit.check.validation import validation_answers
from journeykit.model import Comment, Document, Entry, Journey, Stage, Touchpoint

MAP: tuple[Entry, ...] = (
    Journey(id="j", name="Departure"),
    Journey(id="t", name="Departure as it should be", state="target"),
    Stage(id="s1", journey="j", name="Arrive", rank="1"),
    Stage(id="s2", journey="j", name="Fly", rank="2"),
    Stage(id="s3", journey="t", name="Fly", rank="3"),
    Touchpoint(id="gate", stage="s2", name="Gate", rank="1"),
    Touchpoint(id="parking", stage="s1", name="Parking", rank="2"),
    Touchpoint(id="signs", stage="s1", name="Signs", rank="3"),
    Touchpoint(id="new", stage="s3", name="New gate", rank="4"),
)


def said(number: int, subject: str, verdict: str, n: int | None = None) -> Comment:
    """Return what customers said to a touchpoint."""
    return Comment.model_validate(
        {
            "id": f"c{number}",
            "subject": subject,
            "text": f"Said {number}",
            "comment_kind": "validation",
            "verdict": verdict,
            "n_people": n,
        }
    )


def test_touchpoints_stand_in_the_order_of_the_map() -> None:
    """Stage by stage; what is only planned was shown to nobody."""
    found = validation_answers(Document(MAP))

    assert ["parking", "signs", "gate"] == [one.touchpoint for one in found]
    assert {"not asked"} == {one.standing for one in found}


def test_customers_of_several_notes_are_summed() -> None:
    """Four and three confirm, two contradict: contradicted, with the words."""
    notes = (
        said(1, "gate", "confirmed", 4),
        said(2, "gate", "confirmed", 3),
        said(3, "gate", "contradicted", 2),
    )
    gate = validation_answers(Document((*MAP, *notes)))[-1]

    assert (7, 2, 9) == (gate.n_confirmed, gate.n_contradicted, gate.n)
    assert "contradicted" == gate.standing
    assert ("Said 3",) == gate.contradictions


def test_note_that_nobody_was_asked_is_no_answer() -> None:
    """It is told from what nobody thought of."""
    found = validation_answers(Document((*MAP, said(1, "signs", "not_asked"))))

    assert [False, True, False] == [one.is_marked for one in found]
    assert "not asked" == found[1].standing


def test_verdict_without_a_number_is_not_counted() -> None:
    """It says what, but not by how many."""
    (parking, *_) = validation_answers(
        Document((*MAP, said(1, "parking", "confirmed")))
    )

    assert "confirmed" == parking.standing
    assert 0 == parking.n
    assert not parking.is_counted


def test_remark_is_no_validation() -> None:
    """Only what customers said counts."""
    remark = Comment(id="c1", subject="gate", text="Nice map")

    assert 0 == sum(one.n for one in validation_answers(Document((*MAP, remark))))
