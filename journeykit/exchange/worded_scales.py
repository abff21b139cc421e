"""Answers in words, as survey tools export them: "Very satisfied", "10 - Very likely".

Only scales whose words leave no doubt are known: each word has one place, two words of
a column never share one, the shortest scale that has all of them counts, and where two
of that length would give other places, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

__all__ = ["WordedScale", "kano_words", "numbered_words", "worded_scale"]


class WordedScale(NamedTuple):
    """Words of a column on a scale from 1.

    Parameters
    ----------
    about
        ``satisfaction``, ``quality``, ``ease``, ``agreement``, ``importance``,
        ``likelihood`` or ``degree`` (how much there is of something).
    highest
        The best answer; the lowest is 1.
    answers
        Word as it is written to its number.
    """

    about: str
    highest: int
    answers: Mapping[str, int]


_DEGREES = (
    ("not at all", "not so", "somewhat", "very", "extremely"),
    ("not at all", "slightly", "moderately", "very", "extremely"),
    ("not at all", "a little", "moderately", "very", "extremely"),
)
_ABOUT = {
    "important": "importance",
    "satisfied": "satisfaction",
    "likely": "likelihood",
}
_ABOUT |= {"easy": "ease"}
_SCALES = (
    (
        "satisfaction",
        "very dissatisfied|very unsatisfied|extremely dissatisfied|highly dissatisfied",
        "dissatisfied|unsatisfied|somewhat dissatisfied",
        "neutral|neither satisfied nor dissatisfied|neither|ok|okay",
        "satisfied|somewhat satisfied",
        "very satisfied|extremely satisfied|highly satisfied",
    ),
    (
        "satisfaction",
        "extremely dissatisfied|very dissatisfied|completely dissatisfied",
        "moderately dissatisfied|dissatisfied|mostly dissatisfied",
        "slightly dissatisfied|somewhat dissatisfied",
        "neutral|neither satisfied nor dissatisfied|neither",
        "slightly satisfied|somewhat satisfied",
        "moderately satisfied|satisfied|mostly satisfied",
        "extremely satisfied|very satisfied|completely satisfied",
    ),
    (
        "satisfaction",
        "sehr unzufrieden",
        "unzufrieden|eher unzufrieden",
        "neutral|teils/teils|teils, teils|weder noch|weder zufrieden noch unzufrieden",
        "zufrieden|eher zufrieden",
        "sehr zufrieden",
    ),
    (
        "satisfaction",
        "très insatisfait|très insatisfaite|pas du tout satisfait",
        "insatisfait|insatisfaite|plutôt insatisfait|peu satisfait",
        "neutre|ni satisfait ni insatisfait",
        "satisfait|satisfaite|plutôt satisfait",
        "très satisfait|très satisfaite|tout à fait satisfait",
    ),
    (
        "satisfaction",
        "muy insatisfecho|muy insatisfecha",
        "insatisfecho|insatisfecha",
        "neutral|ni satisfecho ni insatisfecho",
        "satisfecho|satisfecha",
        "muy satisfecho|muy satisfecha",
    ),
    (
        "quality",
        "very poor|very bad|terrible|unacceptable",
        "poor|bad|below average",
        "average|fair|neutral|acceptable|ok|okay",
        "good|above average",
        "very good|excellent|outstanding",
    ),
    ("quality", "poor", "fair", "good", "very good", "excellent|outstanding"),
    (
        "agreement",
        "strongly disagree",
        "disagree|somewhat disagree",
        "neutral|neither agree nor disagree|neither|undecided",
        "agree|somewhat agree",
        "strongly agree",
    ),
    (
        "agreement",
        "strongly disagree",
        "disagree|moderately disagree",
        "somewhat disagree|slightly disagree",
        "neutral|neither agree nor disagree|neither|undecided",
        "somewhat agree|slightly agree",
        "agree|moderately agree",
        "strongly agree",
    ),
    (
        "agreement",
        "stimme überhaupt nicht zu|stimme gar nicht zu|trifft überhaupt nicht zu"
        "|trifft gar nicht zu",
        "stimme nicht zu|stimme eher nicht zu|trifft eher nicht zu",
        "neutral|teils/teils|teils, teils|weder noch",
        "stimme zu|stimme eher zu|trifft eher zu",
        "stimme voll zu|stimme voll und ganz zu|stimme vollkommen zu"
        "|trifft voll und ganz zu|trifft voll zu",
    ),
    (
        "ease",
        "very difficult|very hard|extremely difficult",
        "difficult|hard|somewhat difficult",
        "neutral|neither easy nor difficult|neither",
        "easy|somewhat easy",
        "very easy|extremely easy",
    ),
    (
        "ease",
        "extremely difficult|very difficult",
        "difficult|moderately difficult",
        "somewhat difficult|slightly difficult",
        "neutral|neither easy nor difficult|neither",
        "somewhat easy|slightly easy",
        "easy|moderately easy",
        "extremely easy|very easy",
    ),
    (
        "ease",
        "sehr schwierig|sehr schwer",
        "schwierig|schwer|eher schwierig|eher schwer",
        "neutral|teils/teils|weder noch",
        "einfach|leicht|eher einfach|eher leicht",
        "sehr einfach|sehr leicht",
    ),
    (
        "importance",
        "very unimportant|not at all important|not important|unimportant",
        "unimportant|slightly important|low importance|of little importance"
        "|not very important|somewhat unimportant",
        "neutral|moderately important|somewhat important"
        "|neither important nor unimportant",
        "important|quite important",
        "very important|extremely important",
    ),
    (
        "importance",
        "völlig unwichtig|überhaupt nicht wichtig|gar nicht wichtig|sehr unwichtig",
        "unwichtig|eher unwichtig|weniger wichtig|nicht wichtig",
        "neutral|teils/teils|mittel|weder noch",
        "wichtig|eher wichtig",
        "sehr wichtig|äußerst wichtig",
    ),
    (
        "likelihood",
        "very unlikely|extremely unlikely",
        "unlikely|somewhat unlikely",
        "neutral|neither likely nor unlikely|not sure",
        "likely|somewhat likely",
        "very likely|extremely likely",
    ),
)
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?\s*(?:[-–—=:.,]\s*)?(\D+)|(\D+)\((\d{1,2})\)")
_KANO = (
    "like it|enjoy it|would like it|i like|like|würde mich sehr freuen|freut mich"
    "|love it",
    "expect it|must be|must-be|need it|is a must|it must be|expect|setze ich voraus"
    "|take it for granted",
    "am neutral|neutral|do not care|don't care|don’t care|ist mir egal",
    "can live with it|can tolerate it|live with|could tolerate it|tolerate|live with it"
    "|könnte ich in kauf nehmen|kann ich in kauf nehmen"
    "|könnte ich eventuell in kauf nehmen",
    "dislike it|do not like it|don't like it|don’t like it|i dislike|dislike|hate it"
    "|würde mich sehr stören|stört mich",
)
_KANO_EDGES = re.compile(
    r"^(?:i|i'd|i would|it|das|so)\s+|\s+(?:that|this) way$|[.!]+$"
)


def _key(word: str) -> str:
    return " ".join(word.casefold().split()).strip(" .!")


def worded_scale(words: Iterable[str]) -> WordedScale | None:
    """Return the scale that these words make; None if there is doubt.

    Parameters
    ----------
    words
        Different cells of a column, without those that are no answers.

    Examples
    --------
    >>> worded_scale(["Satisfied", "Very satisfied", "Neutral"]).answers
    {'Satisfied': 4, 'Very satisfied': 5, 'Neutral': 3}
    >>> worded_scale(["Not so clean", "Very clean", "Extremely clean"]).highest
    5
    >>> worded_scale(["Poor", "Good", "Excellent"]) is None
    True
    """
    cells = {_key(word): word for word in words}
    if len(cells) < 3:
        return None
    found: list[WordedScale] = []
    for about, *steps in (*_SCALES, *_degrees(cells)):
        places = {
            word: place
            for place, step in enumerate(steps, start=1)
            for word in step.split("|")
        }
        known = {word: places[key] for key, word in cells.items() if key in places}
        # Two words at one place belong to a finer scale than this one.
        if len(known) == len(cells) == len(set(known.values())):
            found.append(WordedScale(about, len(steps), known))
    shortest = min((one.highest for one in found), default=0)
    found = [one for one in found if one.highest == shortest]
    is_sure = bool(found) and all(one.answers == found[0].answers for one in found)
    return found[0] if is_sure else None


def _degrees(cells: Collection[str]) -> Iterable[tuple[str, ...]]:
    """Yield the scales of degree about what all of these words end in."""
    ends = {
        cell[len(start) + 1 :]
        for cell in cells
        for start in dict.fromkeys(word for steps in _DEGREES for word in steps)
        if cell.startswith(f"{start} ")
    }
    for end in sorted(ends):
        if all(cell.endswith(f" {end}") for cell in cells):
            for steps in _DEGREES:
                yield _ABOUT.get(end, "degree"), *(f"{one} {end}" for one in steps)


def numbered_words(words: Iterable[str]) -> dict[str, int]:
    """Return the number that stands in each cell, ``10 - Extremely likely``.

    Nothing if a cell has none, or more than one: ``2 to 3 times`` is no answer.

    Examples
    --------
    >>> numbered_words(["0 (Not at all likely)", "10 - Extremely likely"])
    {'0 (Not at all likely)': 0, '10 - Extremely likely': 10}
    >>> numbered_words(["1 star", "2-3 stars"])
    {}
    """
    found: dict[str, int] = {}
    for word in words:
        match = _NUMBERED.fullmatch(word.strip())
        if match is None or not any(map(str.isalpha, match[2] or match[3])):
            return {}
        found[word] = int(match[1] or match[4])
    return found


def kano_words(words: Iterable[str]) -> dict[str, int]:
    """Return the place of each of Kano's five answers; nothing if one is another word.

    Examples
    --------
    >>> kano_words(["I like it that way", "It must be that way", "I am neutral"])
    {'I like it that way': 1, 'It must be that way': 2, 'I am neutral': 3}
    >>> kano_words(["I like it", "Yes"])
    {}
    """
    places = {
        word: place
        for place, step in enumerate(_KANO, start=1)
        for word in step.split("|")
    }
    found: dict[str, int] = {}
    for word in words:
        key = _key(word)
        bare = _KANO_EDGES.sub("", _KANO_EDGES.sub("", key))
        place = places.get(key) or places.get(bare)
        if place is None:
            return {}
        found[word] = place
    return found
