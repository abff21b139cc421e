"""What the columns of a survey may mean: a proposal for people to look at.

A proposal is never applied by itself. It goes by the values that stand in a column and
by words of its heading, so it misses questions rather than inventing them: a column of
categories coded 1 to 5 looks like a rating, and only a block of like columns or a word
such as "satisfied" tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd

from journeykit.exchange.code_book_scales import rated_scale
from journeykit.exchange.need_proposals import proposed_needs, says_importance
from journeykit.exchange.worded_scales import (
    WordedScale,
    kano_words,
    numbered_words,
    worded_scale,
)
from journeykit.measure.answers import same_value
from journeykit.model.survey import Question, Scale, SurveyMapping

if TYPE_CHECKING:
    from journeykit.exchange.code_books import CodeBook

__all__ = ["propose_mapping"]

_WORDS = {
    "recommend": r"recom|netpro|\bnps\b|net.?promoter|empfehl|aanbevel",
    "effort": r"effort|\beasy\b|\bease\b|difficult|aufwand|einfach|mühe",
    "satisfaction": (
        r"satisf|rating|rate\b|\brated?|csat|overall|quality|experience|zufrieden"
        r"|bewert|safe|clean|friendl|helpful|score"
    ),
}
_HARD = re.compile(r"effort|difficult|aufwand|mühe", re.IGNORECASE)
_EASY = re.compile(r"\beasy\b|\bease\b|einfach", re.IGNORECASE)
_NO_ANSWER_WORDS = frozenset(
    {
        *(
            "blank",
            "n/a",
            "na",
            "#n/a",
            "n.a.",
            "not applicable",
            "nan",
            "null",
            "none",
        ),
        *("-", "--", "---", ".", "no answer", "refused", "dk", "don't know", "unknown"),
        *("dont know", "don’t know", "k.a.", "k. a.", "keine angabe", "weiß nicht"),
        *("prefer not to say", "prefer not to answer", "not sure", "missing"),
    }
)
_CODES = frozenset({-99, -98, -97, -9, -8, -1, 0, 9, 77, 88, *range(95, 100), 888, 999})
_NO_QUESTION = ("importance", "likelihood", "degree")
_SURE: Mapping[str, Literal["satisfaction", "effort"]] = {
    **{"ease": "effort", "satisfaction": "satisfaction", "quality": "satisfaction"}
}
_RATINGS = ((1, 5), (1, 7))
_WEIGHTS = frozenset({"weight", "weights", "wt", "wgt", "gewicht", "gewichtung"})
_RESPONDENTS = (
    *("respondentid", "responseid", "respnum", "respondent", "respid", "submissionid"),
    *("interviewid", "caseid", "token", "id"),
)
_BLOCK = re.compile(r"(.+?) ?\[.*\]|(.+) - .+|(\D*\d+)(?=\D).*|(.+?)_.+")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_MAX_WORDING = 300
_MIN_KANO = 3


class _Profile(NamedTuple):
    """What stands in a column: numbers and words with their counts.

    Words that mean an answer are numbers here; *meant* keeps them, *worded* their scale
    if the words make one by themselves.
    """

    numbers: dict[float, int]
    words: dict[str, int]
    words_as_written: dict[str, str]
    meant: Mapping[str, int] = MappingProxyType({})
    worded: WordedScale | None = None

    @property
    def n(self) -> int:
        return sum(self.numbers.values()) + sum(self.words.values())


def propose_mapping(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    *,
    code_book: CodeBook | None = None,
) -> SurveyMapping:
    """Return what the columns of a survey may mean, for people to check.

    Parameters
    ----------
    frame
        One row a respondent, as read.
    labels
        Column to the question in full, where known.
    code_book
        What the codes of the columns say; it decides which columns are ratings, on
        which scale, and which codes are no answers.

    Returns
    -------
    SurveyMapping
        Questions from 0 to 10 about recommending, ratings from 1 to 5, 7 or 10, codes
        that may be no answers (their meaning begins with "proposed"), weight,
        respondent and comments. What a question rates is left to people.

    Examples
    --------
    >>> frame = pd.DataFrame({"NETPRO": ["10", "9", "0", "11", "8"]})
    >>> proposed = propose_mapping(frame).questions[0]
    >>> proposed.asks, proposed.scale.not_answers
    ('recommend', {'11': 'proposed: not applicable or no answer'})
    """
    texts = {str(name): str((labels or {}).get(str(name), name)) for name in frame}
    book = None if code_book is None else code_book.of(texts)
    if book is not None:
        texts |= {name: book.wordings.get(name) or text for name, text in texts.items()}
    profiles = {str(name): _profile(frame[name]) for name in frame}
    asked = {
        name: question
        for name, profile in profiles.items()
        if (question := _by_words(name, texts[name], profile)) is not None
    }
    by_words = set(asked)
    for name, question in _by_blocks(profiles, texts).items():
        asked.setdefault(name, question)
    if book is not None:
        for name in texts:
            if book.labels.get(name):
                coded = _by_code_book(name, texts[name], profiles[name], asked, book)
                is_sure = name in by_words or coded.is_rating
                if coded.question is not None and is_sure:
                    asked[name] = coded.question
                else:
                    asked.pop(name, None)
    weight = next((name for name in texts if _is_weight(name, profiles[name])), None)
    rated = {name: _rating(profile) for name, profile in profiles.items()}
    fives = {
        name: scale
        for name, scale in rated.items()
        if scale is not None and (scale.highest, scale.best) == (5, "highest")
    }
    both_ways = {
        name: kano_words(word for word in profile.words_as_written.values() if word)
        for name, profile in profiles.items()
        if len(profile.words_as_written) >= _MIN_KANO
    }
    return SurveyMapping(
        needs=proposed_needs(texts, fives, both_ways),
        questions=tuple(asked[name] for name in texts if name in asked),
        weight=weight,
        respondent=_respondent(frame, texts),
        comments=tuple(
            name for name in texts if name not in asked and _is_comment(profiles[name])
        ),
    )


def _profile(column: pd.Series) -> _Profile:
    numbers: Counter[float] = Counter()
    words: Counter[str] = Counter()
    written: dict[str, str] = {}
    for cell, n in column.dropna().value_counts().items():
        value = same_value(cell)
        if isinstance(value, float):
            numbers[value] += int(n)
        elif value:
            words[value] += int(n)
            written.setdefault(value, str(cell).strip())
    answers = [word for key, word in written.items() if key not in _NO_ANSWER_WORDS]
    worded = worded_scale(answers) if not numbers else None
    meant = worded.answers if worded else numbered_words(answers)
    for word, answer in meant.items():
        numbers[float(answer)] += words.pop(str(same_value(word)))
    return _Profile(dict(numbers), dict(words), written, meant, worded)


def _scale(
    profile: _Profile,
    lowest: int,
    highest: int,
    best: Literal["highest", "lowest"] = "highest",
) -> Scale | None:
    """Return the scale with its codes if the column can be answers on it."""
    core = [value for value in profile.numbers if lowest <= value <= highest]
    codes = [value for value in profile.numbers if value not in core]
    known = _CODES | {highest + 1}
    n_core = sum(profile.numbers[value] for value in core)
    if (
        any(value % 1 for value in core)
        or len(codes) > 3
        or not all(value in known for value in codes)
        or not set(profile.words) <= _NO_ANSWER_WORDS
        or n_core < 0.1 * profile.n
    ):
        return None
    not_answers = {f"{value:g}": _meaning(value, highest) for value in sorted(codes)}
    for word in sorted(profile.words):
        not_answers[profile.words_as_written[word]] = "proposed: no answer"
    by_number = sorted(profile.meant.items(), key=lambda item: item[1])
    answers = {word: n for word, n in by_number if lowest <= n <= highest}
    return Scale(
        lowest=lowest,
        highest=highest,
        best=best,
        not_answers=not_answers,
        answers=answers,
    )


def _meaning(code: float, highest: int) -> str:
    if code == 0:
        return "proposed: blank or no answer"
    if code == highest + 1:
        return "proposed: not applicable or no answer"
    return "proposed: no answer"


def _rating(profile: _Profile) -> Scale | None:
    """Return the rating scale that a column runs over, up to its best answer."""
    if profile.worded is not None:
        return _scale(profile, 1, profile.worded.highest)
    # Beside 10, a 0 is far more often an answer than a code for none.
    tens = (0, 10) if 0 in profile.numbers else (1, 10)
    for lowest, highest in (*_RATINGS, tens):
        n_steps = sum(lowest <= value <= highest for value in profile.numbers)
        if highest in profile.numbers and n_steps >= 0.6 * highest:
            scale = _scale(profile, lowest, highest)
            if scale is not None:
                return scale
    return None


def _question(
    name: str,
    text: str,
    asks: Literal["satisfaction", "recommend", "effort"],
    scale: Scale,
) -> Question:
    wording = text if len(text) <= _MAX_WORDING else text[: _MAX_WORDING - 1] + "…"
    return Question(column=name, asks=asks, scale=scale, wording=wording)


def _says(what: str, name: str, text: str) -> bool:
    return re.search(_WORDS[what], f"{name} {text}", re.IGNORECASE) is not None


def _by_words(name: str, text: str, profile: _Profile) -> Question | None:
    """Return the question that the heading speaks of, if the answers fit it."""
    if _says("recommend", name, text):
        scale = _scale(profile, 0, 10)
        top = max((value for value in profile.numbers if value <= 10), default=0)
        # Up to 7 it may as well be a shorter scale, on which NPS is not defined.
        return _question(name, text, "recommend", scale) if scale and top > 7 else None
    rating = _rating(profile)
    about = profile.worded.about if profile.worded else ""
    if rating is None or about in _NO_QUESTION or says_importance(name, text):
        return None
    if about in _SURE:
        return _question(name, text, _SURE[about], rating)
    if _says("effort", name, text) and rating.highest <= 7:
        is_hard = _HARD.search(text) and not _EASY.search(text)
        scale = rating.model_copy(update={"best": "lowest" if is_hard else "highest"})
        return _question(name, text, "effort", scale)
    if _says("satisfaction", name, text):
        return _question(name, text, "satisfaction", rating)
    return None


def _by_blocks(
    profiles: Mapping[str, _Profile], texts: Mapping[str, str]
) -> dict[str, Question]:
    """Return ratings that stand in a block of like columns: Q7FOOD, Q7SIGN, Q7WIFI."""
    blocks: dict[tuple[str, float], list[tuple[str, Scale]]] = {}
    for name, profile in profiles.items():
        found = _BLOCK.fullmatch(name)
        scale = _rating(profile)
        is_other = profile.meant or says_importance(name, texts[name])
        if found is not None and scale is not None and not is_other:
            stem = next(part for part in found.groups() if part is not None)
            blocks.setdefault((stem, scale.highest), []).append((name, scale))
    return {
        name: _question(name, texts[name], "satisfaction", scale)
        for members in blocks.values()
        if len(members) > 1
        for name, scale in members
    }


class _Coded(NamedTuple):
    """A question as a code book has it, and whether its labels run from bad to good."""

    question: Question | None
    is_rating: bool


def _by_code_book(
    name: str,
    text: str,
    profile: _Profile,
    asked: Mapping[str, Question],
    book: CodeBook,
) -> _Coded:
    """Return the question of a column whose codes are known; None if there is none."""
    known, scale = asked.get(name), rated_scale(book.labels[name])
    none = book.not_answers(name)
    if scale is None:
        words = (label for code, label in book.labels[name].items() if code not in none)
        is_category = any(any(map(str.isalpha, word)) for word in words)
        if known is None:
            return _Coded(None, is_rating=False)
        scale = known.scale
        is_rating = not is_category
    else:
        is_rating = True
    if not any(scale.lowest <= value <= scale.highest for value in profile.numbers):
        return _Coded(known, is_rating)
    guessed = _scale(profile, int(scale.lowest), int(scale.highest))
    declared = {same_value(code) for code in none}
    more = {
        code: meaning
        for code, meaning in (guessed.not_answers if guessed else {}).items()
        if same_value(code) not in declared
    }
    whole = scale.model_copy(update={"not_answers": {**none, **more}})
    asks = known.asks if known is not None else _asks(name, text, scale)
    return _Coded(_question(name, text, asks, whole), is_rating)


def _asks(
    name: str, text: str, scale: Scale
) -> Literal["satisfaction", "recommend", "effort"]:
    if _says("recommend", name, text) and scale.highest == 10:
        return "recommend"
    return "effort" if _says("effort", name, text) else "satisfaction"


def _key(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _is_weight(name: str, profile: _Profile) -> bool:
    return (
        _key(name) in _WEIGHTS
        and profile.n > 0
        and all(map(_DECIMAL_COMMA.fullmatch, profile.words))
        and min(profile.numbers, default=0) >= 0
    )


def _respondent(frame: pd.DataFrame, texts: Mapping[str, str]) -> str | None:
    """Return the column of the respondents' numbers: a known name, and no repeats."""
    keys: dict[str, str] = {}
    for name, text in texts.items():
        for key in (_key(name), _key(text)):
            keys.setdefault(key, name)
    named: Iterable[str] = (keys[key] for key in _RESPONDENTS if key in keys)
    return next((name for name in named if frame[name].is_unique), None)


def _is_comment(profile: _Profile) -> bool:
    """Say whether people wrote sentences here: mostly different, several words each."""
    n_texts = sum(profile.words.values())
    n_words = sum(len(text.split()) * n for text, n in profile.words.items())
    return (
        n_texts >= 3
        and n_texts >= 0.5 * profile.n
        and n_words >= 4 * n_texts
        and len(profile.words) >= 0.5 * n_texts
    )
