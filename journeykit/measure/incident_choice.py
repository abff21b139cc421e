"""Which of the stretches that stand out are incidents, and whom they concern.

All and the personas are one question ("was there anything?"), which Simes' p answers;
Benjamini and Hochberg's way is applied to these questions, and then within those that
it picks out (Benjamini and Bogomolov 2014, Journal of the Royal Statistical Society B
76, 297-318). Applied to all series at once, one real incident would count four times
and let as many false alarms through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeykit.measure.incident_scan import Found, scan
from journeykit.measure.incident_series import Series
from journeykit.measure.multiple import benjamini_hochberg

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Candidate", "candidates_of", "chosen_of"]

_MOST_IN_SERIES = 5
_FEWEST_SHUFFLES = 999
_SAME = 0.5  # of the shorter stretch: the incident of all and of a persona are one
_AS_MUCH = 0.5  # of what the personas had: the others had it too
_TOLD = 5  # events of the others inside, or nothing is known of them


class Candidate(NamedTuple):
    """A stretch of days of a series, and how surely it was worse.

    *again* counts the stretches that were found in the series before; *q_of_question*
    is raised for all questions, *q* also for what else was asked within this one.
    """

    series: Series
    found: Found
    again: int
    q: float = 1.0
    q_of_question: float = 1.0

    @property
    def question(self) -> tuple[str, str, int]:
        """What it answers together with the other personas."""
        return self.series.kind, self.series.activity, self.again

    @property
    def days(self) -> tuple[int, int]:
        """First and last day."""
        return self.found.first, self.found.last


def candidates_of(
    tested: Sequence[Series], *, limit: float, seed: int
) -> list[Candidate]:
    """Return the worst stretch of each series, and more of those that had one.

    Parameters
    ----------
    tested
        Series with enough events.
    limit
        Share of false alarms among the alarms that is put up with.
    seed
        What the shuffling starts from, 0 or more.
    """
    most = max(_FEWEST_SHUFFLES, int(np.ceil(2 * len(tested) / limit)))
    found = []
    for number, series in enumerate(tested):
        rest = series
        for again in range(_MOST_IN_SERIES):
            here = scan(rest, seed=(seed, number, again), most_shuffles=most)
            found.append(Candidate(series, here, again))
            if here.p > limit:
                break
            rest = rest.without(here.first, here.last)
            if rest.score.size < 2 or rest.score.std() == 0:
                break
    return _with_q(found, limit)


def chosen_of(
    candidates: Sequence[Candidate], *, limit: float, low_is_good: bool
) -> list[Candidate]:
    """Return the incidents among candidates, each once.

    Parameters
    ----------
    candidates
        As :func:`candidates_of` returns them.
    limit
        Share of false alarms among the alarms that is put up with.
    low_is_good
        Whether the lowest rating is the best.
    """
    worse = [one for one in candidates if _is_worse(one, low_is_good=low_is_good)]
    sure = [candidate for candidate in worse if candidate.q <= limit]
    return _distinct(sure + _of_all(sure, worse, limit))


def _with_q(candidates: list[Candidate], limit: float) -> list[Candidate]:
    """Return candidates with p raised for all questions, and for all within theirs."""
    questions: dict[tuple[str, str, int], list[Candidate]] = {}
    for candidate in candidates:
        questions.setdefault(candidate.question, []).append(candidate)
    within = [
        benjamini_hochberg([candidate.found.p for candidate in asked])
        for asked in questions.values()
    ]
    # The least of p values raised by Benjamini and Hochberg is Simes' p.
    over_all = benjamini_hochberg([float(raised.min()) for raised in within])
    # What else holds in a question that was picked out must be surer, the fewer were.
    picked = max(int((over_all <= limit).sum()), 1)
    found = []
    for asked, raised, q in zip(questions.values(), within, over_all, strict=True):
        best = int(np.argmin([candidate.found.p for candidate in asked]))
        for place, (candidate, own) in enumerate(zip(asked, raised, strict=True)):
            own_q = min(float(own) * len(questions) / picked, 1.0)
            own_q = float(q) if place == best else max(float(q), own_q)
            found.append(candidate._replace(q=own_q, q_of_question=float(q)))
    return found


def _of_all(
    sure: list[Candidate], worse: list[Candidate], limit: float
) -> list[Candidate]:
    """Return what was worse for all where that is sure of a persona.

    Whether it is one or all is then the question, and needs no p of its own that is
    raised for everything that was watched.
    """
    return [
        candidate._replace(q=candidate.q_of_question)
        for candidate in worse
        if candidate.series.persona is None
        and candidate.q > limit >= candidate.found.p
        and any(_is_same(candidate, other) for other in sure)
    ]


def _distinct(sure: list[Candidate]) -> list[Candidate]:
    """Return each incident once: for all, or for the personas that it holds for."""
    kept: list[Candidate] = []
    told: set[int] = set()
    for candidate in sure:
        if candidate.series.persona is not None:
            continue
        same = [
            place
            for place, other in enumerate(sure)
            if other.series.persona is not None and _is_same(candidate, other)
        ]
        told |= set(same)
        if same and not _others_too(candidate, [sure[place].series for place in same]):
            kept += [sure[place] for place in same]
        else:
            kept.append(candidate)
    kept += [
        candidate
        for place, candidate in enumerate(sure)
        if candidate.series.persona is not None and place not in told
    ]
    return kept


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two stretches are of the same kind and activity, and mostly the same."""
    a, b = one.series, other.series
    if (a.kind, a.activity) != (b.kind, b.activity):
        return False
    first = max(one.found.first, other.found.first)
    last = min(one.found.last, other.found.last)
    shorter = min(days[1] - days[0] + 1 for days in (one.days, other.days))
    return last - first + 1 >= _SAME * shorter


def _others_too(candidate: Candidate, personas: list[Series]) -> bool:
    """Whether it was much the same for those beside these personas."""
    series, (first, last) = candidate.series, candidate.days
    inside = (series.day >= first) & (series.day <= last)
    theirs = np.isin(series.group, np.unique([one.group[0] for one in personas]))
    if (inside & ~theirs).sum() < _TOLD:
        return True
    others, own = (
        float(series.score[inside & who].mean() - series.score[~inside & who].mean())
        for who in (~theirs, theirs)
    )
    return others >= _AS_MUCH * own


def _is_worse(candidate: Candidate, *, low_is_good: bool) -> bool:
    """Whether it also was worse before personas and weekdays were taken out."""
    series, (first, last) = candidate.series, candidate.days
    inside = (series.day >= first) & (series.day <= last)
    if inside.all():  # no stretch held enough events
        return False
    more = _middle(series, inside) - _middle(series, ~inside)
    is_better_if_more = series.kind == "dissatisfaction" and not low_is_good
    return more < 0 if is_better_if_more else more > 0


def _middle(series: Series, chosen: NDArray[np.bool_]) -> float:
    values = series.value[chosen]
    return float(np.median(values) if series.kind == "long wait" else values.mean())
