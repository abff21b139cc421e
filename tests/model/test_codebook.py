"""The codebook: themes with their words, and what is refused."""

import pytest
from pydantic import ValidationError

from journeykit.errors import UnknownNameError
from journeykit.model.base import references
from journeykit.model.codebook import NOT_ASSIGNED, Codebook, Theme

QUEUE = Theme(key="long_waits", words=("wait*", "queue"), stage="st-1")


def test_theme_is_known_by_its_label_or_its_key() -> None:
    """A theme without a label is called by its key in words."""
    assert "Long waits" == QUEUE.name
    assert "Queues" == QUEUE.model_copy(update={"label": "Queues"}).name


def test_theme_points_to_its_place_on_the_map() -> None:
    """The stage of a theme is a reference, so that it cannot vanish unseen."""
    book = Codebook(themes=(QUEUE,))

    assert [("themes.stage", "st-1")] == [(f, i) for f, i, _ in references(book)]


def test_codebook_survives_its_json() -> None:
    """What a file keeps is the codebook."""
    book = Codebook(themes=(QUEUE,))

    assert book == Codebook.model_validate_json(book.model_dump_json())


def test_codebook_finds_a_theme_and_offers_the_nearest() -> None:
    """A misspelled key is answered with the right one."""
    book = Codebook(themes=(QUEUE,))

    assert QUEUE == book.theme("long_waits")
    with pytest.raises(UnknownNameError, match="Did you mean 'long_waits'"):
        book.theme("long_wait")


def test_theme_takes_the_place_of_its_like() -> None:
    """Changing a theme keeps the order; a new one is last, and the old book stays."""
    book = Codebook(themes=(QUEUE, Theme(key="price", words=("price",))))

    changed = book.with_theme(Theme(key="long_waits", words=("delay*",)))
    longer = changed.with_theme(Theme(key="staff", words=("staff",)))

    assert ["long_waits", "price", "staff"] == [theme.key for theme in longer.themes]
    assert ("delay*",) == longer.themes[0].words
    assert ("wait*", "queue") == book.themes[0].words


@pytest.mark.parametrize(
    ("themes", "match"),
    [
        ((QUEUE, QUEUE), "same key: long_waits"),
        ((Theme(key=NOT_ASSIGNED, words=("a",)),), "may be called not_assigned"),
    ],
)
def test_codebook_refuses_keys_that_do_not_tell_apart(themes, match) -> None:
    """Every row of a table is one theme."""
    with pytest.raises(ValidationError, match=match):
        Codebook(themes=themes)


@pytest.mark.parametrize("words", ["*", "", "  ", "...", "**"])
def test_theme_refuses_what_matches_everything_or_nothing(words) -> None:
    """A star alone would assign every comment."""
    with pytest.raises(ValidationError, match="a phrase or the beginning of a word"):
        Theme(key="all", words=("queue", words))


def test_theme_takes_signs_of_any_script_and_pictures() -> None:
    """Words are not only Latin letters."""
    assert ("排队", "ожидание", "😡") == Theme(
        key="waits", words=("排队", "ожидание", "😡")
    ).words
