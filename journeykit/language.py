"""The fixed words of every surface in the reader's language.

English stands in the code, whole sentences with named gaps; the other languages stand
in ``templates/languages``, one gettext catalogue each, so that any translator's tool
opens them (``make languages`` reads the code again). What people typed is never
translated.

The language is the process's own, not a context variable: a notebook runs each cell in
a context of its own, and a report's language must outlive the cell that chose it.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from journeykit.errors import UnknownNameError
from journeykit.shipped import folder

__all__ = [
    "LANGUAGES",
    "NBSP",
    "commas",
    "current_language",
    "day",
    "days_between",
    "decimals",
    "listed",
    "month",
    "percent",
    "say",
    "say_count",
    "semicolons",
    "sentences",
    "short_day",
    "speak",
    "speaking",
    "word",
]

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "de": "Deutsch",
        "fr": "Français",
        "es": "Español",
        "zh": "简体中文",
    }
)
"""Names of the languages, each in itself, by code."""

_LOCALES = {"en": "en_GB", "zh": "zh_Hans"}
_current = ""  # nobody chose: English words, and days as the workshop writes them

NBSP = "\N{NO-BREAK SPACE}"
_ENDS = (".", "!", "?", "\N{IDEOGRAPHIC FULL STOP}", "\N{FULLWIDTH QUESTION MARK}")
_SEMICOLONS = {"fr": f"{NBSP}; ", "zh": "\N{FULLWIDTH SEMICOLON}"}


@cache
def _words(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (folder("templates") / "languages" / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def current_language() -> str:
    """Return the code of the language that is spoken now."""
    return _current or "en"


def speak(language: str) -> str:
    """Speak a language from now on and return the one before.

    Parameters
    ----------
    language
        Key of :data:`LANGUAGES`; empty for English words with days as the workshop
        writes them.

    Raises
    ------
    UnknownNameError
        If the words are not known in that language.
    """
    global _current
    if language and language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    before, _current = _current, language
    return before


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; errors as :func:`speak` raises them."""
    before = speak(language)
    try:
        yield
    finally:
        speak(before)


def word(text: str) -> str:
    """Return *text* as it is; it marks words that are said later, such as a label's.

    Examples
    --------
    >>> word("Training")
    'Training'
    """
    return text


def say(text: str, /, **values: object) -> str:
    """Return *text* in the language that is spoken, its gaps filled.

    Parameters
    ----------
    text
        English, a literal where it is written (or marked by :func:`word`), with gaps by
        name such as ``{name}``.
    values
        What stands in the gaps; it is not looked into.

    Examples
    --------
    >>> say("{name} hurts most", name="Queue {1}")
    'Queue {1} hurts most'
    """
    said = _words(current_language()).gettext(text) if text else ""
    return said.format_map(values) if values else said


def say_count(one: str, many: str, n: int, /, **values: object) -> str:
    """Return *one* or *many* in the language that is spoken, as *n* asks for.

    Parameters
    ----------
    one, many
        English for one and for any other number; ``{n}`` is the number, written out.
    n
        The number.
    values
        What stands in the other gaps.

    Examples
    --------
    >>> say_count("{n} action", "{n} actions", 2400)
    '2,400 actions'
    """
    said = _words(current_language()).ngettext(one, many, n)
    return said.format_map({"n": decimals(n, 0), **values})


def decimals(number: float, digits: int) -> str:
    """Return a number with so many digits as the language writes it.

    Examples
    --------
    >>> decimals(1234.5, 1)
    '1,234.5'
    >>> with speaking("de"):
    ...     decimals(1234.5, 1)
    '1.234,5'
    """
    group, point = _signs(current_language())
    return f"{number:,.{digits}f}".translate({ord(","): group, ord("."): point})


def percent(share: float, digits: int = 0) -> str:
    """Return a share, 0 to 1, in percent with its sign as the language writes it.

    Examples
    --------
    >>> percent(0.7099).replace(NBSP, " ")
    '71 %'
    >>> with speaking("zh"):
    ...     percent(0.7099)
    '71%'
    """
    gap = "" if current_language() == "zh" else NBSP
    return f"{decimals(share * 100, digits)}{gap}%"


def listed(names: Sequence[str], kind: Literal["and", "or"] = "and") -> str:
    """Return names as a sentence of the language lists them.

    Examples
    --------
    >>> listed(["Roads", "Signs", "Wi-Fi"])
    'Roads, Signs and Wi-Fi'
    >>> listed(["Roads", "Signs"], "or")
    'Roads or Signs'
    """
    if len(names) < 2:
        return "".join(names)
    comma, last = _list_forms(current_language(), kind)
    return last.format(comma.join(names[:-1]), names[-1])


def commas(texts: Iterable[str]) -> str:
    """Return texts one after the other with the commas of the language.

    Examples
    --------
    >>> commas(["Roads", "Signs"])
    'Roads, Signs'
    >>> with speaking("zh"):
    ...     commas(["路", "标志"])
    '路、标志'
    """
    return ("\N{IDEOGRAPHIC COMMA}" if current_language() == "zh" else ", ").join(texts)


def semicolons(texts: Iterable[str]) -> str:
    """Return texts one after the other with the semicolons of the language.

    Examples
    --------
    >>> semicolons(["AGE is 3", "TRIP is 1"])
    'AGE is 3; TRIP is 1'
    >>> with speaking("fr"):
    ...     semicolons(["oui", "non"]).replace(NBSP, "_")
    'oui_; non'
    """
    return _SEMICOLONS.get(current_language(), "; ").join(texts)


def sentences(*texts: str) -> str:
    """Return what is said one after the other, each with the full stop of the language.

    Examples
    --------
    >>> sentences("Ring: the team.", "May 2017", "")
    'Ring: the team. May 2017.'
    >>> with speaking("zh"):
    ...     sentences("圆环：团队。", "2017年5月")
    '圆环：团队。2017年5月。'
    """
    stop, gap = (
        ("\N{IDEOGRAPHIC FULL STOP}", "") if current_language() == "zh" else (".", " ")
    )
    ended = (one if one.endswith(_ENDS) else one + stop for one in texts if one)
    return gap.join(ended)


@cache
def _list_forms(language: str, kind: str) -> tuple[str, str]:
    from babel import Locale

    patterns = Locale.parse(_LOCALES.get(language, language)).list_patterns
    forms = patterns["or" if kind == "or" else "standard"]
    return forms["middle"].format("", ""), forms["end"]


@cache
def _signs(language: str) -> tuple[str, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = _LOCALES.get(language, language)
    return get_group_symbol(locale), get_decimal_symbol(locale)


def day(when: date | None, workshop: str = "") -> str:
    """Return a date as the language writes it; empty if there is none.

    Parameters
    ----------
    when
        The date.
    workshop
        Language of the workshop, such as ``pt-BR``: it is taken where nobody chose the
        language that is spoken.

    Examples
    --------
    >>> day(date(2026, 3, 1)).replace(NBSP, " ")
    '1 Mar 2026'
    """
    if when is None:
        return ""
    from babel.dates import format_date

    return format_date(when, "medium", locale=_locale(workshop)).replace(" ", NBSP)


def days_between(first: date, last: date) -> str:
    """Return a stretch of days as the language writes it.

    Examples
    --------
    >>> days_between(date(2026, 3, 9), date(2026, 3, 15))
    '9 to 15 March 2026'
    >>> days_between(date(2026, 3, 30), date(2026, 4, 2))
    '30 March to 2 April 2026'
    >>> days_between(date(2026, 3, 9), date(2026, 3, 9))
    '9 March 2026'
    """
    from babel.dates import format_date

    end = format_date(last, "long", locale=_locale())
    if first == last:
        return end
    begin = format_date(first, "long", locale=_locale())
    if current_language() == "en":  # other languages write both days out
        begin = begin.removesuffix(f" {last.year}")
        if (first.year, first.month) == (last.year, last.month):
            begin = str(first.day)
    return say("{first} to {last}", first=begin, last=end)


def month(when: date) -> str:
    """Return month and year as the language writes them.

    Examples
    --------
    >>> month(date(2026, 3, 1))
    'March 2026'
    """
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", when, locale=_locale())


def short_day(when: date, parts: str, workshop: str = "") -> str:
    """Return a part of a date, as short as an axis needs it.

    Parameters
    ----------
    when
        The date.
    parts
        Which: ``y`` year, ``MMM`` month, ``d`` day; a skeleton of the Unicode CLDR.
    workshop
        As :func:`day` takes it.

    Examples
    --------
    >>> short_day(date(2026, 11, 26), "MMMd"), short_day(date(2026, 11, 26), "yMMM")
    ('26 Nov', 'Nov 2026')
    """
    from babel.dates import format_skeleton

    return format_skeleton(parts, when, locale=_locale(workshop))


def _locale(workshop: str = "") -> str:
    return _known_locale(_current or workshop.partition("-")[0] or "en")


@cache
def _known_locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(_LOCALES.get(language, language)))
    except (UnknownLocaleError, ValueError):
        return _LOCALES["en"]
