"""Days as people write them, in the language of the workshop.

The tables are the medium forms of the Unicode CLDR, for the languages that a workshop
offers. ``babel`` was turned down: twenty lines are needed of its thirty megabytes. And
``strftime`` follows the machine that happens to run it, not the team.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

__all__ = ["DAY_FORMS", "day_text", "month_text"]

_MONTHS: Mapping[str, str] = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "da": "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
    "sv": "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
    "nb": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
    "el": "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "uk": "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
    "ar": (
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
    ),
    "he": "ינו׳ פבר׳ מרץ אפר׳ מאי יוני יולי אוג׳ ספט׳ אוק׳ נוב׳ דצמ׳",
    "hi": "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰",
}
_PLAIN = "{day} {month} {year}"
_DOTTED = "{day}. {month} {year}"

DAY_FORMS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_MONTHS, _PLAIN),
        **dict.fromkeys(("de", "da", "nb"), _DOTTED),
        "pt": "{day} de {month} de {year}",
        "uk": "{day} {month} {year} р.",
        "he": "{day} ב{month} {year}",
        "cs": "{day}. {number}. {year}",
        "fi": "{day}.{number}.{year}",
        "zh": "{year}年{number}月{day}日",
        "ja": "{year}年{number}月{day}日",
        "ko": "{year}년 {number}월 {day}일",
    }
)
"""How a day is written, by the language of a workshop."""


def day_text(day: date | None, language: str = "en") -> str:
    """Return a day as people write it; empty if there is none.

    Parameters
    ----------
    day
        The day.
    language
        As ``de`` or ``pt-BR``; English where the language is not known.

    Examples
    --------
    >>> day_text(date(2026, 11, 26)), day_text(date(2026, 11, 26), "de")
    ('26 Nov 2026', '26. Nov. 2026')
    >>> day_text(date(2026, 3, 1), "ja")
    '2026年3月1日'
    """
    if day is None:
        return ""
    short = language.partition("-")[0]
    known = short if short in DAY_FORMS else "en"
    months = _MONTHS.get(known, _MONTHS["en"]).split()
    return DAY_FORMS[known].format(
        day=day.day, number=day.month, month=months[day.month - 1], year=day.year
    )


def month_text(day: date, language: str = "en") -> str:
    """Return the short name of a day's month, by its number where there is none.

    Examples
    --------
    >>> month_text(date(2026, 11, 26)), month_text(date(2026, 3, 1), "ja")
    ('Nov', '3月')
    """
    short = language.partition("-")[0]
    if short in ("zh", "ja"):
        return f"{day.month}月"
    if short == "ko":
        return f"{day.month}월"
    if short in DAY_FORMS and short not in _MONTHS:
        return f"{day.month}."
    return _MONTHS.get(short, _MONTHS["en"]).split()[day.month - 1]
