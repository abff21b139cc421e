"""Amounts, yes and no, numbers of customers, and ratings: read by the whole column.

``1,234`` is a thousand in one country and a bit more than one in another. As with times
(:mod:`journeykit.exchange.record_times`) the column decides; where it cannot, nobody
guesses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from journeykit.exchange.record_times import NO_VALUE
from journeykit.exchange.rows import counted
from journeykit.measure.answers import same_value
from journeykit.model.survey import Scale

__all__ = ["Values", "read_amounts", "read_flags", "read_names", "read_ratings"]

_Examples = tuple[tuple[int, str], ...]
_N_SHOWN = 5
_YES = frozenset(
    {
        *("true", "t", "yes", "y", "1", "1.0", "ja", "j", "oui", "o", "si", "sí", "x"),
        *("wahr", "vrai", "verdadero", "vero", "on", "✓", "✔"),
        *("cancelled", "canceled", "storno", "storniert", "annulé", "anulado"),
        *("refunded", "returned", "void", "voided"),
    }
)
_NO = frozenset(
    {
        *("false", "f", "no", "n", "0", "0.0", "nein", "non", "falsch", "faux"),
        *("falso", "off", "ok", "paid", "completed", "complete", "bezahlt"),
    }
)
_MONEY = (
    r"[£$€¥₹₽₩₪฿₫₴₦₱]|(?:US|R|A|C|NZ|HK|S)\$|[A-Z]{3}|kr\.?|zł|Kč|Ft|lei|Fr\.?|Rs\.?"
)
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+\-−–])?\s*(?P<money>{_MONEY})?\s*(?P<late>[+\-−–])?\s*"
    r"(?P<digits>[.,]?\d(?:[\d.,'’\s]*\d)?[.,]?)(?P<power>[eE][+-]?\d{1,3})?"
    rf"\s*(?P<percent>%)?\s*(?P<after>{_MONEY})?\s*(?P<minus>[-−])?\s*\)?"
)
_GROUPS = r"[1-9]\d{{0,2}}(?:[{0}'’\s]\d{{2,3}})*[{0}'’\s]\d{{3}}"
_FORMS = {
    sign: re.compile(rf"(?:\d+|{_GROUPS.format(other)})(?:[{sign}]\d*)?|[{sign}]\d+")
    for sign, other in ((".", ","), (",", "."))
}
_DASH_FOR_CENTS = re.compile(r"[.,][-–—]+(?!\d)")  # 12,- in German and Dutch
_PLAIN = r"[+-]?\d{1,18}(?:\.\d{1,18})?"
_PLAIN_BOTH = r"[+-]?[1-9]\d{0,2}\.\d{3}"
_WHOLE_FLOAT = r"\d+\.0+"
_ROUNDED = r"\d\.\d+[eE]\+?\d+"


@dataclass(frozen=True, eq=False)
class Values:
    """A column as it was read.

    Parameters
    ----------
    values
        What counts; NaN, or missing, where nothing does.
    n_missing, n_unreadable, n_outside
        Empty cells; cells that cannot be read; ratings outside their scale.
    unreadable, outside
        Up to five pairs of row and cell of these.
    not_answers
        Declared code to how often it stands there.
    decimal
        The decimal sign of amounts; empty if no cell has one.
    is_ambiguous
        Whether every amount with a sign can be read both ways, and nobody said how.
    notes
        What was decided, in sentences without the column's name.
    """

    values: pd.Series
    n_missing: int = 0
    n_unreadable: int = 0
    n_outside: int = 0
    unreadable: _Examples = ()
    outside: _Examples = ()
    not_answers: Mapping[str, int] = field(default_factory=dict)
    decimal: Literal["", ".", ","] = ""
    is_ambiguous: bool = False
    notes: tuple[str, ...] = ()


def _texts(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return stripped texts, and which of them say that there is nothing."""
    texts = column.astype("str").str.strip()
    return texts, texts.isna() | texts.str.lower().isin(NO_VALUE)


def _shown(texts: pd.Series, hit: pd.Series, first_row: int) -> _Examples:
    places = np.flatnonzero(hit.to_numpy(dtype=bool))[:_N_SHOWN]
    rows = [int(texts.index[i]) for i in places]
    return tuple((first_row + row, str(texts.loc[row])[:60]) for row in rows)


def _spread(texts: pd.Series, found: Mapping[str, float]) -> pd.Series:
    """Return the number of each text, NaN for those that have none."""
    values = np.append(np.fromiter(found.values(), float, len(found)), np.nan)
    places = pd.Index(list(found), dtype="str").get_indexer(pd.Index(texts))
    return pd.Series(values[places], index=texts.index)


def read_amounts(
    column: pd.Series, *, decimal: Literal["", ".", ","] = "", first_row: int = 2
) -> Values:
    """Return the numbers in a column of amounts.

    Parameters
    ----------
    column
        Texts or numbers: ``1.234,50 €``, ``(12.00)``, ``12-``, ``5 %``. Its index
        counts the rows from 0.
    decimal
        The decimal sign; if empty the column has to tell.
    first_row
        Number of row 0, as a spreadsheet counts.

    Examples
    --------
    >>> read_amounts(pd.Series(["1.234,50 €", "-3 €"])).values.tolist()
    [1234.5, -3.0]
    >>> read_amounts(pd.Series(["1,234", "5"])).is_ambiguous
    True
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.astype(float)
        numbers = numbers.where(np.isfinite(numbers))
        return Values(numbers, n_missing=int(numbers.isna().sum()))
    texts, is_missing = _texts(column)
    unique = pd.Series(texts[~is_missing].unique(), dtype="str")
    is_plain = unique.str.fullmatch(_PLAIN).to_numpy(dtype=bool)
    plain = unique[is_plain]
    is_both = plain.str.fullmatch(_PLAIN_BOTH).to_numpy(dtype=bool)
    odd = {
        text: _AMOUNT.fullmatch(_DASH_FOR_CENTS.sub("", text))
        for text in unique[~is_plain]
    }
    votes = Counter(_vote(match["digits"]) for match in odd.values() if match)
    votes["both"] += int(is_both.sum())
    votes["."] += int(plain[~is_both].str.contains(".", regex=False).sum())
    is_ambiguous = not decimal and votes["both"] > 0 and not votes["."] + votes[","]
    told = decimal or ("," if votes[","] > votes["."] else ".")
    if told == ".":
        found = dict(zip(plain, pd.to_numeric(plain).astype(float), strict=True))
    else:
        found = {}
        odd |= {text: _AMOUNT.fullmatch(text) for text in plain}
    money: Counter[str] = Counter()
    n_percent = 0
    for text, match in odd.items():
        number = None if match is None else _number(match, told)
        if match is not None and number is not None:
            found[text] = number
            n_percent += match["percent"] is not None
            money.update(filter(None, [match["money"] or match["after"]]))
    values = _spread(texts, found).mask(is_missing)
    is_unreadable = values.isna() & ~is_missing
    notes = []
    if is_ambiguous:
        notes.append(
            "every amount can be read with a decimal point and with a decimal comma: "
            "say which."
        )
    elif told == "," and (votes[","] or decimal):
        notes.append("amounts have decimal commas, 0,5 is a half.")
    elif votes["."] and votes[","]:
        notes.append(
            "amounts were read with decimal points; a few have commas instead."
        )
    if n_percent:
        notes.append("per cent were divided by 100.")
    if len(money) > 1:
        listed = ", ".join(sorted(money))
        notes.append(
            f"several currencies ({listed}) stand in one column: nothing was converted."
        )
    elif money:
        notes.append(f"the currency sign {next(iter(money))} was taken off.")
    decided: Literal["", ".", ","] = ""
    if decimal or votes["."] or votes[","]:
        decided = decimal or ("," if told == "," else ".")
    return Values(
        values,
        n_missing=int(is_missing.sum()),
        n_unreadable=int(is_unreadable.sum()),
        unreadable=_shown(texts, is_unreadable, first_row),
        decimal=decided,
        is_ambiguous=is_ambiguous,
        notes=tuple(notes),
    )


def _vote(digits: str) -> str:
    """Return the only decimal sign that fits; both if it matters, empty if not."""
    bare = digits.lstrip("+-")
    fitting = [sign for sign, form in _FORMS.items() if form.fullmatch(bare)]
    if len(fitting) == 1:
        return fitting[0]
    return "both" if fitting and any(sign in bare for sign in ".,") else ""


def _number(found: re.Match[str], decimal: str) -> float | None:
    digits = found["digits"]
    if not _FORMS[decimal].fullmatch(digits):
        return None
    whole = "".join(sign for sign in digits if sign.isdigit() or sign == decimal)
    try:
        value = float(whole.replace(decimal, ".") + (found["power"] or ""))
    except ValueError:
        return None
    marks = [found["open"], found["minus"]]
    marks += [one for one in (found["sign"], found["late"]) if one and one != "+"]
    n_below = sum(mark is not None for mark in marks)
    if n_below > 1 or (found["open"] is None) == found[0].endswith(")"):
        return None
    if found["percent"]:
        value /= 100
    if not np.isfinite(value):
        return None
    return -value if n_below and value else value


def read_flags(
    column: pd.Series, *, true_values: Iterable[str] = (), first_row: int = 2
) -> Values:
    """Return where a column says yes.

    Parameters
    ----------
    column
        Texts, numbers or truth values; an empty cell says no, and a day, such as
        2026-01-31, yes.
    true_values
        What says yes; if there are any, everything else says no.
    first_row
        Number of row 0, as a spreadsheet counts.

    Examples
    --------
    >>> read_flags(pd.Series(["TRUE", "0", ""])).values.tolist()
    [True, False, False]
    """
    texts, is_missing = _texts(column)
    lower = texts.str.lower()
    wanted = {same_value(value) for value in true_values}
    if wanted:
        said = [text for text in texts.dropna().unique() if same_value(text) in wanted]
        says_yes = texts.isin(said)
        is_unreadable: pd.Series = pd.Series(False, index=texts.index)
    else:
        says_yes = lower.isin(_YES)
        is_unreadable = ~(says_yes | lower.isin(_NO) | is_missing)
        if is_unreadable.any():  # the time at which it happened says that it did
            is_time = texts.str.match(r"\d{4}-\d\d-\d\d\b").fillna(value=False)
            says_yes |= is_unreadable & is_time.astype(bool)
            is_unreadable &= ~says_yes
    return Values(
        pd.Series(says_yes.to_numpy(dtype=bool), index=column.index),
        n_missing=int(is_missing.sum()),
        n_unreadable=int(is_unreadable.sum()),
        unreadable=_shown(texts, is_unreadable, first_row),
    )


def read_names(column: pd.Series) -> Values:
    """Return the numbers or names of customers, tickets and the like, as texts.

    Where every number ends in ``.0``, which spreadsheets and programs put behind whole
    numbers, that end is taken off, so that the same customer has the same name in every
    file.

    Examples
    --------
    >>> read_names(pd.Series([" 13085.0", "17850.0", ""])).values.tolist()
    ['13085', '17850', nan]
    """
    if pd.api.types.is_integer_dtype(column.dtype):
        return Values(column.astype("str"), n_missing=int(column.isna().sum()))
    if pd.api.types.is_float_dtype(column.dtype):
        whole = column.dropna() % 1 == 0
        column = column.astype("Int64") if whole.all() else column
    texts, is_missing = _texts(column)
    texts = texts.mask(is_missing)
    there = texts.dropna()
    notes = []
    if len(there) and there.str.fullmatch(_WHOLE_FLOAT).all():
        texts = texts.str.replace(r"\.0+$", "", regex=True)
        notes.append("the .0 behind whole numbers was taken off.")
    rounded = there[there.str.fullmatch(_ROUNDED)]
    if len(rounded):
        said = counted(len(rounded), "cell")
        notes.append(
            f"rounded by a spreadsheet: {said} such as {rounded.iloc[0]}. Different "
            "ones became the same; export them as text."
        )
    return Values(
        texts.astype("str"), n_missing=int(is_missing.sum()), notes=tuple(notes)
    )


def read_ratings(
    column: pd.Series,
    scale: Scale,
    *,
    decimal: Literal["", ".", ","] = "",
    first_row: int = 2,
) -> Values:
    """Return the ratings that count on a declared scale.

    Examples
    --------
    >>> scale = Scale(
    ...     lowest=1, highest=5, not_answers={"0": "none"}, answers={"Bad": 1}
    ... )
    >>> found = read_ratings(pd.Series(["5", "0", "7", "good", "bad"]), scale)
    >>> found.values.tolist(), found.n_outside, found.unreadable
    ([5.0, nan, nan, nan, 1.0], 1, ((5, 'good'),))
    """
    texts = column.astype("str").str.strip()
    codes = {same_value(code): code for code in scale.not_answers}
    meant = {text: codes.get(same_value(text)) for text in texts.dropna().unique()}
    code = texts.map(meant)
    words = {same_value(word): f"{n:g}" for word, n in scale.answers.items()}
    said = texts.map({text: words.get(same_value(text)) for text in meant})
    column = column.where(said.isna(), said)
    read = read_amounts(column.mask(code.notna()), decimal=decimal, first_row=first_row)
    is_outside = read.values.notna() & ~read.values.between(scale.lowest, scale.highest)
    counts = code.dropna().value_counts()
    n_codes = int(counts.sum())
    return Values(
        read.values.mask(is_outside),
        n_missing=read.n_missing - n_codes,
        n_unreadable=read.n_unreadable,
        n_outside=int(is_outside.sum()),
        unreadable=read.unreadable,
        outside=_shown(texts, is_outside, first_row),
        not_answers={str(name): int(n) for name, n in counts.items()},
        decimal=read.decimal,
        notes=tuple(note for note in read.notes if "comma" in note),
    )
