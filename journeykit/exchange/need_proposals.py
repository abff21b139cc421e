"""Which columns of a survey ask about a need both ways: a proposal, where it is sure.

Two columns are a pair if their headings are the same but for the words that ask:
"Importance [Short queue]" and "Satisfaction [Short queue]". What the two headings have
in common is the need. Anything less alike is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from journeykit.model.survey import Need, Scale

__all__ = ["proposed_needs", "says_importance"]

_IMPORTANCE = re.compile(r"\bimp(?:ortan\w*)?(?:\b|_)|wichtig|_imp\b", re.IGNORECASE)
_SATISFACTION = re.compile(
    r"\bsat(?:isf\w*)?(?:\b|_)|satisf|zufrieden|_sat\b", re.IGNORECASE
)
_ASKING_WORDS = """
a an and are be been being currently did do does feature feel for have how i in is it
its me my need now of on our please rate rating right say that the this to us was we
were what when with would you your
imp importance important sat satisfaction satisfied satisfying satisfactory dissatisfied
bitte bewerten das dem den der die es für ihnen ist mit sie sind und von wichtig
wichtigkeit wie zufrieden zufriedenheit
"""
_WORDS_OF_BOTH_WAYS = """
absent available can cannot could don don't didn doesn dysfunctional functional had has
if included isn aren wasn weren missing n't negative no not offered positive present
provided t there unavailable without
dysfunktional fehlt funktional kein keine nicht ohne vorhanden wenn
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_BOTH_WAYS = frozenset(_WORDS_OF_BOTH_WAYS.split())
_DYSFUNCTIONAL = re.compile(
    r"dysfun\w*|negative|\bnot\b|\bno\b|n['’]t\b|without|absent|missing|unavailable"
    r"|cannot|\bnicht\b|\bkeine?\b|\bohne\b|fehlt",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\[([^\]]+)\]\s*$|\s[-–]\s([^-–]+)$")
_MAX_NAME = 300


def says_importance(name: str, text: str) -> bool:
    """Say whether a heading asks how important something is.

    Examples
    --------
    >>> says_importance("Q8_2", "How important is a short queue?")
    True
    >>> says_importance("IMPRESSION", "Your impression")
    False
    """
    return _IMPORTANCE.search(f"{name} {text}") is not None


def proposed_needs(
    texts: Mapping[str, str],
    ratings: Mapping[str, Scale],
    kano: Mapping[str, Mapping[str, int]],
) -> tuple[Need, ...]:
    """Return the needs that two columns each ask about.

    Parameters
    ----------
    texts
        Column to the question in full.
    ratings
        Column to its scale of 1 to 5, of those that can be rated needs.
    kano
        Column to its answers as Kano's five, of those that hold nothing else.

    Returns
    -------
    tuple of Need
        First those with importance and satisfaction, in the order of the columns.

    Examples
    --------
    >>> texts = {"a": "Importance [Short queue]", "b": "Satisfaction [Short queue]"}
    >>> five = Scale(lowest=1, highest=5)
    >>> proposed_needs(texts, {"a": five, "b": five}, {})[0].name
    'Short queue'
    """
    important: dict[str, list[str]] = {}
    satisfied: dict[str, list[str]] = {}
    for column in ratings:
        heading = _heading(column, texts[column])
        is_important = says_importance(column, texts[column])
        is_satisfied = _SATISFACTION.search(heading) is not None
        if is_important != is_satisfied:
            key = _key(heading, _ASKING)
            (important if is_important else satisfied).setdefault(key, []).append(
                column
            )
    needs = []
    for key, columns in important.items():
        others = satisfied.get(key, [])
        if key and len(columns) == len(others) == 1:
            pair = (columns[0], others[0])
            needs.append(
                Need(
                    name=_name(_heading(pair[0], texts[pair[0]]), _ASKING),
                    importance=pair[0],
                    satisfaction=pair[1],
                    scale=_shared(ratings[pair[0]], ratings[pair[1]]),
                )
            )
    return _each_once((*needs, *_kano_needs(texts, kano)))


def _kano_needs(
    texts: Mapping[str, str], kano: Mapping[str, Mapping[str, int]]
) -> list[Need]:
    there: dict[str, list[str]] = {}
    gone: dict[str, list[str]] = {}
    for column in kano:
        if kano[column]:
            heading = _heading(column, texts[column])
            key = _key(heading, _ASKING | _BOTH_WAYS)
            is_gone = _DYSFUNCTIONAL.search(heading) is not None
            (gone if is_gone else there).setdefault(key, []).append(column)
    needs = []
    for key, columns in there.items():
        others = gone.get(key, [])
        if key and len(columns) == len(others) == 1:
            pair = (columns[0], others[0])
            heading = _heading(pair[0], texts[pair[0]])
            needs.append(
                Need(
                    name=_name(heading, _ASKING | _BOTH_WAYS),
                    functional=pair[0],
                    dysfunctional=pair[1],
                    kano_answers={**kano[pair[0]], **kano[pair[1]]},
                )
            )
    return needs


def _heading(column: str, text: str) -> str:
    """Return the question; a code such as SAT_QUEUE is one if there is no other."""
    return text if text.strip() else column


def _words(text: str, leaving: frozenset[str]) -> list[str]:
    plain = re.sub(r"[_\W]+", " ", text.replace("’", "'"))
    return [word for word in plain.split() if word.casefold() not in leaving]


def _topic(heading: str) -> str:
    """Return what a row of a grid is about, ``Rate us [Staff]``; empty for none."""
    found = _TOPIC.search(heading)
    return (found[1] or found[2]).strip() if found else ""


def _key(heading: str, leaving: frozenset[str]) -> str:
    words = _words(_topic(heading) or heading, leaving)
    return " ".join(words).casefold()


def _name(heading: str, leaving: frozenset[str]) -> str:
    """Return the need in the words of the question, or of the row of the grid."""
    name = _topic(heading) or " ".join(_words(heading, leaving))
    return (name[:1].upper() + name[1:])[:_MAX_NAME]


def _shared(first: Scale, second: Scale) -> Scale:
    """Return the scale of both columns, with the words and codes of each."""
    answers = {**second.answers, **first.answers}
    none = {**second.not_answers, **first.not_answers}
    kept = {word: n for word, n in answers.items() if word not in none}
    return first.model_copy(update={"answers": kept, "not_answers": none})


def _each_once(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Join what is asked in both ways of a need of one name."""
    found: dict[str, Need] = {}
    for need in needs:
        known = found.get(need.name)
        kano = ("functional", "dysfunctional", "kano_answers", "kano_not_answers")
        if known is None:
            found[need.name] = need
        elif known.functional is None:
            update = {name: getattr(need, name) for name in kano}
            found[need.name] = known.model_copy(update=update)
    return tuple(found.values())
