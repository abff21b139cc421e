"""Numbers that lead to a person, and the many numbers that do not."""

from __future__ import annotations

import random
from collections.abc import Iterator

import phonenumbers
import pytest

from journeykit.exchange.personal_numbers import (
    REGIONS,
    card_spans,
    iban_spans,
    ip_spans,
    phone_spans,
)

FORMATS = phonenumbers.PhoneNumberFormat
KINDS = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE,
)


def found(spans: Iterator[tuple[int, int]], text: str) -> list[str]:
    """Return the pieces of *text* at the places found."""
    return [text[start:end] for start, end in sorted(spans)]


def everyday_numbers(seed: int) -> Iterator[str]:
    """Yield sentences with numbers that are no telephone numbers, 30 kinds of them."""
    dice = random.Random(seed)
    year, month, day = (
        dice.randint(1990, 2030),
        dice.randint(1, 12),
        dice.randint(1, 28),
    )
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)

    def digits(n: int) -> str:
        return "".join(dice.choice("0123456789") for _ in range(n))

    first = dice.choice("123456789")
    yield f"on {year}-{month:02}-{day:02} {hour:02}:{minute:02}"
    yield f"on {day:02}.{month:02}.{year} we waited"
    yield f"on {month}/{day}/{year} at 12"
    yield f"{day:02}/{month:02}/{year} - {day:02}/{month:02}/{year + 1}"
    yield f"{year}{month:02}{day:02}"
    yield f"{day:02}-{month:02}-{year} {hour:02}.{minute:02}"
    yield f"since {year}-{year + 1} it is bad"
    yield f"order {digits(10)}"
    yield f"my order {digits(3)}-{digits(7)}-{digits(7)} never came"
    yield f"I called about order no. {digits(4)} {digits(4)} {digits(4)}"
    yield f"Bestellung Nr. {digits(9)}"
    yield f"#{digits(10)}"
    yield f"invoice {year}-{digits(6)}"
    yield f"still waiting for {first}{digits(9)} since May"
    yield f"see {digits(3)}-{digits(7)}-{digits(7)}"
    yield f"{year}-{digits(5)}-{digits(2)} is still open"
    yield f"I paid {first}.{digits(3)}.{digits(3)},{digits(2)} for it"
    yield f"{first},{digits(3)},{digits(3)}.{digits(2)}"
    yield f"{first} {digits(3)} {digits(3)} €"
    yield f"€ {first}0 {digits(3)} {digits(3)}"
    yield f"978-3-16-{digits(6)}-{digits(1)}"
    yield f"400{digits(10)}"
    yield f"at {dice.uniform(-90, 90):.4f}, {dice.uniform(-180, 180):.4f}"
    yield f"{dice.uniform(-90, 90):.5f} {dice.uniform(-180, 180):.5f}"
    yield " ".join(str(dice.randint(0, 10)) for _ in range(9))
    yield f"UA {digits(4)} and LH {digits(3)} on {day} {month} {year}"
    yield f"ad-{digits(4)} and ad-{digits(4)}, S/N {digits(10)}"
    yield f"San Francisco, CA {digits(5)}-{digits(4)}"
    yield f"parcel {digits(20)}"
    yield f"{digits(3)}-{digits(3)} or {digits(4)}-{digits(4)} people"


def test_everyday_numbers_are_no_telephone_numbers() -> None:
    """Of 6,000 dates, orders, prices, codes and places none is taken for one."""
    sentences = [text for seed in range(200) for text in everyday_numbers(seed)]

    wrong = [text for text in sentences if list(phone_spans(text))]

    assert 6_000 == len(sentences)
    assert [] == wrong


def test_telephone_numbers_of_the_known_countries_are_found() -> None:
    """As people write them in each country, and with the country's code."""
    numbers = [
        phonenumbers.format_number(example, form)
        for region in REGIONS
        for kind in KINDS
        if (example := phonenumbers.example_number_for_type(region, kind))
        for form in (FORMATS.INTERNATIONAL, FORMATS.NATIONAL, FORMATS.E164)
    ]

    missed = [
        number
        for number in numbers
        if [number] != found(phone_spans(f"Rude, {number} thanks"), f"Rude, {number} t")
    ]

    assert 60 == len(numbers)
    assert [] == missed


def test_every_countrys_numbers_are_found_with_its_code() -> None:
    """All numbering plans are known, not those of the usual countries only."""
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)

    missed = [
        region
        for region in regions
        if not list(
            phone_spans(
                phonenumbers.format_number(
                    phonenumbers.example_number(region), FORMATS.INTERNATIONAL
                )
            )
        )
    ]

    assert 200 < len(regions)
    assert [] == missed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call me: 4155552671", ["4155552671"]),
        ("Mobil 0151-23456789, privat 030 12345678", ["0151-23456789", "030 12345678"]),
        (
            "Tel. 0711/1234567 or +1 (415) 555-2671",
            ["0711/1234567", "+1 (415) 555-2671"],
        ),
        ("WhatsApp 612345678", ["612345678"]),
        ("02012345678", ["02012345678"]),
        ("it is 4155552671", []),  # nothing tells it from an order number
        ("order 415-555-2671", []),
        ("12.12.2020 0151 23456789", ["0151 23456789"]),
        ("4 155 552 671 people", []),
    ],
)
def test_the_words_before_a_number_decide(text: str, expected: list[str]) -> None:
    """The same digits are a telephone after 'call' and an order after 'order'."""
    assert expected == found(phone_spans(text), text)


def test_other_countries_may_be_asked_for() -> None:
    """A number without its code is known only to its own country."""
    text = "write to 912 345 67 89 or 90 123 45 67"

    assert ["90 123 45 67"] == found(phone_spans(text, ["HU", "CZ", "UZ"]), text)


def test_a_long_list_of_numbers_is_masked_without_looking_at_each() -> None:
    """The numbering plans take two milliseconds; a list of contacts has no orders."""
    text = " and ".join(f"{n}-555-2671" for n in range(100, 400))

    assert 250 <= len(list(phone_spans(text, ["US"])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4111 1111 1111 1111 12/25", ["4111 1111 1111 1111"]),
        ("4111-1111-1111-1111", ["4111-1111-1111-1111"]),
        ("378282246310005 and 30569309025904", ["378282246310005", "30569309025904"]),
        (
            "2223003122003222 6011111111111117",
            ["2223003122003222", "6011111111111117"],
        ),
        ("4111111111111112", []),  # the sum is wrong
        ("0000 0000 0000 0000", []),
        ("9111111111111111", []),  # no issuer
        ("x4111111111111111", []),
        ("4111111111111111" * 2, []),
    ],
)
def test_cards_have_an_issuer_and_a_sum(text: str, expected: list[str]) -> None:
    """A number of sixteen digits is not yet a card."""
    assert expected == found(card_spans(text), text)


def test_hardly_any_order_number_is_taken_for_a_card() -> None:
    """One in ten numbers has the right sum; the issuer's prefix leaves fewer."""
    dice = random.Random(7)
    numbers = [str(dice.randint(10**15, 10**16 - 1)) for _ in range(2_000)]

    n_taken = sum(bool(list(card_spans(number))) for number in numbers)

    assert n_taken <= 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DE89 3704 0044 0532 0130 00 please", ["DE89 3704 0044 0532 0130 00"]),
        ("gb29nwbk60161331926819", ["gb29nwbk60161331926819"]),
        ("NO93 8601 1117 947", ["NO93 8601 1117 947"]),
        ("DE89 3704 0044 0532 0130 01", []),
        ("DE89 3704 0044", []),
        ("XX89 3704 0044 0532 0130 00", []),
        ("DE8937040044053201300012", []),  # longer than the country's
    ],
)
def test_ibans_have_a_length_and_a_remainder(text: str, expected: list[str]) -> None:
    """Each country has its length; the whole leaves 1 over 97."""
    assert expected == found(iban_spans(text), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 84.161.22.107.", ["84.161.22.107"]),
        ("IP address: 10.0.0.1", ["10.0.0.1"]),
        ("version 10.0.0.1 and 4.3.2.1", []),
        ("300.161.22.107", []),
        ("1.84.161.22.107", []),
        ("2001:db8:85a3::8a2e:370:7334", ["2001:db8:85a3::8a2e:370:7334"]),
        ("12:30:45 and 1:2:3:4:5", []),
    ],
)
def test_ip_addresses_are_told_from_versions(text: str, expected: list[str]) -> None:
    """Short ones count only after the word IP."""
    assert expected == found(ip_spans(text), text)
