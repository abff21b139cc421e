"""Whom to win back, and who could speak for you: by their numbers only.

A list of people is no statistic: it goes to those who may write to a customer. Names
and addresses are never read for it, and a list so short that it would point at somebody
is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from journeykit.language import say, say_count, word
from journeykit.measure.answers import read_answers
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model import Question, SurveyMapping
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.report_numbers import quoted
from journeykit.show.numbers import count

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CustomerLists", "customer_lists", "ids_by_score", "win_back_and_advocates"]

_COLUMNS = ("customer", "score")
_DETRACTORS_TO, _PROMOTERS_FROM = 6, 9
_SHORT = {
    "detractors": word(
        "{title}: fewer than {minimum} detractors; they are not listed, so that nobody "
        "is pointed at."
    ),
    "promoters": word(
        "{title}: fewer than {minimum} promoters; they are not listed, so that nobody "
        "is pointed at."
    ),
}
_LISTED = {
    "detractors": word("{title}: {n} detractors of {total} customers, to win back."),
    "promoters": word(
        "{title}: {n} promoters of {total} customers, to ask whether they speak for "
        "you."
    ),
}
_GROUPS = {
    "detractors": word("Detractors. {list}"),
    "promoters": word("Promoters. {list}"),
}


@dataclass(frozen=True)
class CustomerLists:
    """Detractors and promoters of one survey.

    Parameters
    ----------
    detractors, promoters
        ``customer`` (number of the respondent) and ``score``: detractors from the
        lowest score, promoters from the highest. Empty where there are fewer than the
        minimum.
    n
        Respondents with a number and a valid answer.
    left_out
        Reason to number of rows.
    why_not
        Why there are no lists, as a sentence; empty if there are.
    is_short
        Which of the two lists is not shown for having too few: ``detractors``,
        ``promoters``.
    """

    detractors: pd.DataFrame
    promoters: pd.DataFrame
    n: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""
    is_short: tuple[str, ...] = ()


def customer_lists(
    answers: pd.DataFrame, mapping: SurveyMapping, *, minimum: int = MIN_ANSWERS
) -> CustomerLists:
    """Return who would warn of you, and who would recommend you.

    Parameters
    ----------
    answers
        One row a respondent.
    mapping
        Names the column of the respondents' numbers, and the question on a
        recommendation; of several, that on the whole journey.
    minimum
        Fewest people on a list that is shown.

    Returns
    -------
    CustomerLists
        Detractors answered 0 to 6, promoters 9 or 10. Somebody who answered twice, once
        here and once there, stands in neither list and is counted.
    """
    nobody = pd.DataFrame({"customer": pd.Series(dtype="str"), "score": []})
    question = _recommendation(mapping)
    if question is None:
        return CustomerLists(
            nobody,
            nobody,
            why_not=word("Nobody was asked whether they would recommend you."),
        )
    scale = question.scale
    if (scale.lowest, scale.highest, scale.best) != (0, 10, "highest"):
        return CustomerLists(
            nobody,
            nobody,
            why_not=word(
                "The recommendation was not asked on a scale from 0 to 10, so nobody "
                "is a promoter or detractor."
            ),
        )
    names = (question.column, mapping.respondent)
    if mapping.respondent is None or any(one not in answers for one in names):
        return CustomerLists(
            nobody,
            nobody,
            why_not=word(
                "The mapping names no column of the respondents' numbers, so nobody "
                "can be listed."
            ),
        )
    read = read_answers(answers[question.column], scale)
    ids = answers[mapping.respondent].astype("str").str.strip()
    has_id = answers[mapping.respondent].notna() & ids.ne("")
    table = pd.DataFrame({"customer": ids, "score": read.values})[has_id.to_numpy()]
    table = table[table["score"].notna()]
    sides = table["score"].ge(_PROMOTERS_FROM) * 1 - table["score"].le(_DETRACTORS_TO)
    spread = sides.groupby(table["customer"]).agg(["min", "max"])
    is_both = table["customer"].map(spread["min"] != spread["max"]).astype(bool)
    left_out = {**read.left_out, "no number": int((~has_id).sum())}
    left_out["answered twice, differently"] = int(is_both.sum())
    kept = table[~is_both].drop_duplicates("customer")
    detractors = kept[kept["score"] <= _DETRACTORS_TO]
    promoters = kept[kept["score"] >= _PROMOTERS_FROM]
    lists = {
        "detractors": detractors.sort_values("score", kind="stable"),
        "promoters": promoters.sort_values("score", ascending=False, kind="stable"),
    }
    short = tuple(name for name, one in lists.items() if len(one) < minimum)
    shown = {name: nobody if name in short else one for name, one in lists.items()}
    return CustomerLists(
        shown["detractors"].reset_index(drop=True),
        shown["promoters"].reset_index(drop=True),
        len(kept),
        {why: n for why, n in left_out.items() if n},
        "",
        short,
    )


def _recommendation(mapping: SurveyMapping) -> Question | None:
    asked = [one for one in mapping.questions if one.asks == "recommend"]
    whole = [one for one in asked if one.touchpoint is None]
    return next(iter([*whole, *asked]), None)


def ids_by_score(table: pd.DataFrame) -> list[str]:
    """Return one sentence a score: how many, and their numbers.

    Examples
    --------
    >>> ids_by_score(pd.DataFrame({"customer": ["7", "9", "4"], "score": [0, 0, 3.0]}))
    ['Answered 0, 2 customers: 7, 9', 'Answered 3, 1 customer: 4']
    """
    said = []
    for score, rows in table.groupby("score", sort=False):
        said.append(
            say_count(
                "Answered {score}, {n} customer: {ids}",
                "Answered {score}, {n} customers: {ids}",
                len(rows),
                score=f"{score:g}",
                ids=", ".join(rows["customer"]),
            )
        )
    return said


def win_back_and_advocates(
    surveys: Sequence[tuple[str, pd.DataFrame, SurveyMapping]],
    *,
    minimum: int = MIN_ANSWERS,
) -> Part:
    """Return detractors to win back and promoters to ask, survey by survey.

    Parameters
    ----------
    surveys
        Title, answers and mapping of each survey.
    minimum
        Fewest people on a list that is shown.
    """
    texts: list[str] = []
    folded: list[str] = []
    for title, answers, mapping in surveys:
        lists = customer_lists(answers, mapping, minimum=minimum)
        if lists.why_not:
            texts.append(f"{title}: {say(lists.why_not)}")
            continue
        for name, table in (
            ("detractors", lists.detractors),
            ("promoters", lists.promoters),
        ):
            if name in lists.is_short:
                texts.append(say(_SHORT[name], title=title, minimum=minimum))
                continue
            texts.append(
                say(
                    _LISTED[name],
                    title=title,
                    n=count(len(table)),
                    total=count(lists.n),
                )
            )
            folded += [say(_GROUPS[name], list=one) for one in ids_by_score(table)]
        why = quoted(lists.left_out)
        if why:
            texts.append(say("{title}: left out {list}.", title=title, list=why))
    if not texts:
        return parts.sentence(
            say("There is no survey yet: who would recommend you is asked in step 5.")
        )
    return parts.sentences(texts, folded=folded, more=say("Their numbers, by answer"))
