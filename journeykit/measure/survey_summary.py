"""What a survey says: its scores, and which touchpoints go with the overall one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.measure.drivers import DRIVERS_NOTE
from journeykit.measure.needs import need_classes, need_notes, need_opportunities
from journeykit.measure.result import MIN_ANSWERS
from journeykit.measure.scores import score_table
from journeykit.measure.summary import Summary
from journeykit.measure.touchpoint_drivers import touchpoint_drivers

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.model.survey import SurveyMapping

__all__ = ["survey_summary"]


def survey_summary(
    answers: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Summary:
    """Return the scores of every question and the key drivers of the overall one.

    Parameters
    ----------
    answers
        One row a respondent.
    mapping
        What the columns mean.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    Summary
        Tables ``scores``, ``weighted_scores`` (where the mapping names weights),
        ``drivers``, ``opportunity_scores`` and ``kano_classes`` (where it names needs).

    Raises
    ------
    UnknownNameError, TableError
        As :func:`journeykit.measure.scores.score_table`.
    """
    plain = mapping.model_copy(update={"weight": None})
    tables = {"scores": score_table(answers, plain, minimum=minimum, level=level)}
    if mapping.weight is not None:
        weighted = score_table(answers, mapping, minimum=minimum, level=level)
        tables["weighted_scores"] = weighted
    asked = need_opportunities(answers, mapping, minimum=minimum, level=level)
    if asked is not None:
        tables["opportunity_scores"] = asked
    asked = need_classes(answers, mapping, minimum=minimum, level=level)
    if asked is not None:
        tables["kano_classes"] = asked
    notes: tuple[str, ...] = ()
    try:
        tables["drivers"] = touchpoint_drivers(
            answers, mapping, minimum=minimum, level=level
        )
        notes = (DRIVERS_NOTE,)
    except InputError as error:
        notes = (f"No key drivers: {error}",)
    return Summary({}, tables, notes + need_notes(mapping))
