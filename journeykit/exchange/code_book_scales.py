"""Which labels of a code book are no answers, and which make a scale from bad to good.

By words, above all English and German, for these are the words that people write into
code books. A scale needs a bad word at one end and a good one at the other: "1 Yes, 2
No" and "1 Alameda, 2 Marin" are none, whatever their numbers look like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from journeykit.measure.answers import same_value
from journeykit.model.survey import Scale

__all__ = ["no_answers", "rated_scale"]

_NO_ANSWER = re.compile(
    r"\bblank|\bnon.?response|\bno (?:answer|response|opinion|reply)|not answered"
    r"|\bmissing\b|\brefus|\bprefer not|\bskipped|\bnot applicable|\bn\s?/\s?a\b"
    r"|\bdo(?:es)?n[o'’]?t know|\bdon['’]?t know|\bdk\b|\bunknown|\bunsure|\bnot sure"
    r"|never (?:used|visited)|have not used|\bnot used|\bdid(?:n['’]?t| not) use"
    r"|\bnot asked|multiple responses?|\bkeine? (?:angabe|antwort)|\bk\. ?a\."
    r"|weiß nicht"
    r"|nicht (?:genutzt|zutreffend|beantwortet|benutzt)|trifft nicht zu$|\binvalid"
    r"|no opin[ií]on|no sabe|no contesta|sans (?:avis|réponse)|ne sait pas",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\bnot\b|\bun(?:acceptable|satisf|likely|happy|safe|friendly|helpful)|dissatisf"
    r"|disagree|\bpoor|\bbad\b|terrible|awful|\bhard\b|difficult|wors[et]|dirty|never"
    r"|\bvery low|\bnicht\b|unzufrieden|schlecht|schwierig|unwahrscheinlich|mangelhaft"
    r"|ungenügend|\bstrongly disagree|insatisf|mauvais|malo|difícil|difficile",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"outstanding|excellent|\bgood|great|\beasy|\bbetter|\bbest\b|\bsafe|clean|satisf"
    r"|likely|agree|happy|perfect|friendly|helpful|\bvery high|always|zufrieden|\bgut"
    r"|einfach|wahrscheinlich|stimm|leicht|hervorragend|\bbon\b|bueno|fácil|facile"
    r"|satisfait|satisfecho",
    re.IGNORECASE,
)
_MAX_STEPS = 11


def no_answers(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the codes whose labels say that nobody answered, with these labels.

    Examples
    --------
    >>> no_answers({"5": "Good", "6": "Have never used", "0": "Blank"})
    {'6': 'Have never used', '0': 'Blank'}
    """
    return {
        code: label
        for code, label in labels.items()
        if _NO_ANSWER.search(label) and not _is_an_end(code, label, labels)
    }


def _is_an_end(code: str, label: str, labels: Mapping[str, str]) -> bool:
    """Say whether "never", or the like, is the lower end of a scale of frequency."""
    others = [text for one, text in labels.items() if one != code]
    return re.fullmatch(r"never used", label, re.IGNORECASE) is not None and any(
        re.search(r"\b(?:always|often|daily)\b", text, re.I) for text in others
    )


def rated_scale(labels: Mapping[str, str]) -> Scale | None:
    """Return the scale that labelled codes make, if they run from bad to good.

    Examples
    --------
    >>> found = rated_scale({"1": "Difficult", "2": "", "3": "Easy", "9": "Don't know"})
    >>> found.lowest, found.highest, found.best, found.not_answers
    (1.0, 3.0, 'highest', {'9': "Don't know"})
    >>> rated_scale({"1": "Yes", "2": "No"}) is None
    True
    """
    none = no_answers(labels)
    steps: dict[int, str] = {}
    for code, label in labels.items():
        value = same_value(code)
        if code in none:
            continue
        if isinstance(value, str) or value % 1:
            return None
        steps[int(value)] = label
    if not 2 < max(steps, default=0) - min(steps, default=0) + 1 <= _MAX_STEPS:
        return None
    lowest, highest = min(steps), max(steps)
    if lowest not in (0, 1):
        return None
    low, high = steps[lowest], steps[highest]
    if _is_bad(low) and _is_good(high):
        best = "highest"
    elif _is_good(low) and _is_bad(high):
        best = "lowest"
    else:
        return None
    return Scale.model_validate(
        {"lowest": lowest, "highest": highest, "best": best, "not_answers": none}
    )


def _is_bad(label: str) -> bool:
    return _BAD.search(label) is not None


def _is_good(label: str) -> bool:
    return _GOOD.search(label) is not None and not _is_bad(label)
