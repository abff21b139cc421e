"""What people wrote, without what leads to them."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from journeykit.exchange.masking import (
    BY_FORM_ALONE,
    MASKS,
    Looks,
    mask_text,
    mask_text_column,
    masking_note,
)
from journeykit.exchange.surveys import read_survey


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nothing to hide: 5/5, gate 92, 12:30",
            "Nothing to hide: 5/5, gate 92, 12:30",
        ),
        ("ann.o'neil+x@ex-ample.co.uk!", "[e-mail]!"),
        ("ann (at) example (dot) org", "[e-mail]"),
        ("ann[at]example.org, bob@gmail", "[e-mail], [e-mail]"),
        ("@airport rocks, 3 @ 5 each", "@airport rocks, 3 @ 5 each"),
        ("mailto:ann@x.org?subject=hi", "mailto:[e-mail]?subject=hi"),
        ("+44 20 7946 0958", "[phone]"),
        ("4111 1111 1111 1111", "[card]"),
        ("GB29 NWBK 6016 1331 9268 19", "[IBAN]"),
        ("84.161.22.107", "[IP address]"),
        (
            "https://shop.example/reset?lang=de&token=x9#a",
            "https://shop.example/reset?lang=de&token=[link]#a",
        ),
        ("shop.example/in?session=1", "shop.example/in?session=[link]"),
        ("www.shop.example/?q=a%40b.org", "www.shop.example/?q=[link]"),
        ("https://ann:pw@shop.example/a", "https://[link]@shop.example/a"),
        (
            "https://x.example/a#access_token=1",
            "https://x.example/a#access_token=[link]",
        ),
        ("https://x.example/#8f14e45fceea167a5a36", "https://x.example/#[link]"),
        (
            "https://x.example/u/8f14e45fceea167a5a36dedd/map",
            "https://x.example/u/[link]/map",
        ),
        (
            "http://x.example/123e4567-e89b-12d3-a456-426614174000",
            "http://x.example/[link]",
        ),
        (
            "https://docs.example.org/how-to-reset-your-password-2023?id=7",
            "https://docs.example.org/how-to-reset-your-password-2023?id=7",
        ),
    ],
)
def test_personal_data_gives_way_to_a_word(text: str, expected: str) -> None:
    """The rest of the sentence, and where a page is, stay readable."""
    masked = mask_text(text)

    assert expected == masked.text
    assert (expected != text) == bool(masked.counts)


def test_everything_in_one_comment_is_counted_by_kind() -> None:
    """Counts stand in a fixed order, and kinds that are not there are not named."""
    text = "a@b.org, c@d.org, call 415-555-2671 about DE89 3704 0044 0532 0130 00"

    masked = mask_text(text)

    assert "[e-mail], [e-mail], call [phone] about [IBAN]" == masked.text
    assert [("e-mail", 2), ("IBAN", 1), ("phone", 1)] == list(masked.counts.items())


def test_a_masked_text_is_not_masked_again() -> None:
    """What stands in the place is no personal data."""
    text = " ".join(MASKS.values()) + " https://[link]@x.example/?token=[link]"

    masked = mask_text(text)

    assert text.replace("token=[link]", "token=") == masked.text.replace(
        "token=[link]", "token="
    )
    assert "[e-mail]" in masked.text


def test_a_column_keeps_its_index_its_gaps_and_its_source() -> None:
    """Only the texts that need it change; the column given does not."""
    column = pd.Series(
        ["fine", None, "mail ann@example.org", ""], [7, 3, 5, 1], dtype="str", name="Q8"
    )
    before = column.copy()

    masked, counts = mask_text_column(column)

    assert_series_equal(before, column)
    assert {"e-mail": 1} == counts
    assert_series_equal(
        pd.Series(
            ["fine", None, "mail [e-mail]", ""], [7, 3, 5, 1], dtype="str", name="Q8"
        ),
        masked,
    )


def test_a_column_without_personal_data_is_the_same_object() -> None:
    """Nothing to do costs nothing."""
    column = pd.Series(["fine", "order 4155552671"], dtype="str")

    masked, counts = mask_text_column(column)

    assert column is masked
    assert {} == counts


def test_what_was_masked_is_said() -> None:
    """One sentence a column, or none."""
    assert "Q8: masked 1,200 e-mail addresses, 1 IBAN and 1 card number." == (
        masking_note("Q8", {"e-mail": 1_200, "IBAN": 1, "card": 1})
    )
    assert "Q8: masked 1 secret in a page address." == masking_note("Q8", {"link": 1})
    assert "" == masking_note("Q8", {})


def test_ten_thousand_comments_take_no_time_to_speak_of() -> None:
    """Most comments hold no long number and no address, and cost one look."""
    plain = "the queue at security was long and nobody told us why, gate 92 at 12:30 "
    texts = [f"{plain} for {n} minutes" for n in range(9_500)]
    texts += [f"{plain} call 415-555-{n:04}" for n in range(500)]

    start = time.process_time()
    counts = mask_text_column(pd.Series(texts, dtype="str"))[1]

    assert {"phone": 500} == counts
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        *("a." * 10_000, "a" * 20_000 + "@", "a@" * 10_000, "(at)" * 5_000),
        *("http://" + "a=&" * 6_000, "1.1." * 5_000, "::" * 10_000, "ab12" * 5_000),
        *("+" * 20_000, "a.a/" * 5_000, "-.@" * 6_000, "0" * 20_000, "1 " * 10_000),
    ],
    ids=lambda text: text[:8],
)
def test_no_text_keeps_the_mask_busy(text: str) -> None:
    """The longest texts that are let in, made to be slow, are not."""
    start = time.process_time()
    mask_text(text)

    assert time.process_time() - start < 5


@given(st.text())
def test_any_text_is_masked_or_left(text: str) -> None:
    """No text breaks the mask, and without a find it stays as it is."""
    masked = mask_text(text)

    assert bool(masked.counts) or text == masked.text


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 1_000_000,
        "1 " * 500_000,
        "+49 170 1234567, " * 60_000,
        "4111 1111 1111 1112 " * 50_000,
        "DE89 3704 0044 0532 0130 01 " * 35_000,
        "a@" * 500_000,
        "http://x/?" + "a=b&" * 250_000,
        "1.2.3.4 " * 125_000,
    ],
)
def test_a_megabyte_made_to_be_slow_takes_seconds_at_most(hostile: str) -> None:
    """Masking runs outside the child with limits, so it must not depend on goodwill."""
    begin = time.process_time()
    mask_text(hostile)

    assert time.process_time() - begin < 8


def test_a_column_of_numbers_that_are_none_has_a_budget() -> None:
    """Each such number costs 2 ms for the plans of ten countries: hours for a file."""
    texts = [f"between {n}-45 {n} 99 and {n}" for n in range(1000, 1060)]
    looks = Looks(20)
    column, counts = mask_text_column(pd.Series(texts, dtype="str"), looks=looks)

    assert looks.are_used_up
    # The first 20 were looked up and are none; by their form alone the rest may be.
    assert texts[:20] == column.tolist()[:20]
    assert {"phone": 40} == counts
    assert {"between [phone] and 1059"} == {column.iloc[-1]}


def test_a_survey_says_when_form_alone_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who reads the masked comments must know that a number too many may be gone."""
    monkeypatch.setattr(Looks, "__init__", lambda looks: setattr(looks, "n", 1))
    rows = "\n".join(f"I paid about {n}-45 {n} 99 for it" for n in range(1000, 1010))
    survey = read_survey(f"why\n{rows}\n".encode())

    assert BY_FORM_ALONE in survey.notes
