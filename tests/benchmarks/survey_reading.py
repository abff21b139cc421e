"""Reads, checks and scores one survey in a fresh process, and prints what it took.

Run as ``python survey_reading.py WAY FILE``; the way is ``journeykit`` or ``pandas``.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
from pathlib import Path
from time import process_time

__all__ = ["write_survey"]

N_COLUMNS, N_RATINGS = 100, 30


def write_survey(path: Path, n_rows: int) -> None:
    """Write a survey of 100 columns: 31 rated questions, codes, weights, comments."""
    dice = random.Random(1)
    head = ["RESPNUM", "DATE", "GATE", "AIRLINE", "NETPRO", "WEIGHT", "COMMENT"]
    head += [f"Q7_{n}" for n in range(N_RATINGS)]
    head += [f"C{n}" for n in range(N_COLUMNS - len(head))]
    ratings, codes = "0123456", ("", "1", "2", "3", "12", "Alameda")
    comments = ("", "the queue was long and slow today", "fine, but pricey")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        for row in range(n_rows):
            cells = [str(row), dice.choice(("2017-05-03", "2017-05-04"))]
            cells += [str(dice.randint(1, 99)), dice.choice(("UNITED", "DELTA, INC"))]
            cells += [str(dice.randint(0, 11)), f"{dice.random():.9f}"]
            cells.append(dice.choice(comments))
            cells += dice.choices(ratings, k=N_RATINGS)
            cells += dice.choices(codes, k=N_COLUMNS - len(cells))
            out.writerow(cells)


def by_journeykit(path: str) -> tuple[float, int]:
    """Read, check and score; return seconds and the number of scores."""
    from journeykit.exchange.surveys import read_survey
    from journeykit.measure.scores import score_table
    from journeykit.model.survey import (
        Condition,
        Group,
        Question,
        Scale,
        SurveyMapping,
    )

    ten = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
    five = Scale(lowest=1, highest=5, not_answers={"6": "never used", "0": "blank"})
    ratings = [
        Question(column=f"Q7_{n}", asks="satisfaction", scale=five)
        for n in range(N_RATINGS)
    ]
    late = Condition(column="GATE", test="at_least", values=("50",))
    delta = Condition(column="AIRLINE", values=("DELTA, INC",))
    mapping = SurveyMapping(
        questions=(Question(column="NETPRO", asks="recommend", scale=ten), *ratings),
        groups=(
            Group(subject="p-1", conditions=(late,)),
            Group(subject="p-2", conditions=(delta,)),
        ),
        weight="WEIGHT",
        respondent="RESPNUM",
        comments=("COMMENT",),
    )
    start = process_time()
    survey = read_survey(path, mapping)
    scores = score_table(survey.frame, survey.mapping)
    return process_time() - start, len(scores)


def by_pandas(path: str) -> tuple[float, int]:
    """Read and score by hand: shares and means, no checks, no intervals."""
    import pandas as pd

    start = process_time()
    frame = pd.read_csv(path)
    everybody = pd.Series(data=True, index=frame.index)
    groups = [everybody, frame["GATE"] >= 50, frame["AIRLINE"] == "DELTA, INC"]
    scores = []
    for members in groups:
        chosen = frame[members]
        asked = chosen["NETPRO"].between(0, 10)
        weight = chosen["WEIGHT"][asked]
        answers = chosen["NETPRO"][asked]
        promoters = weight[answers >= 9].sum()
        scores.append(100 * (promoters - weight[answers <= 6].sum()) / weight.sum())
        for n in range(N_RATINGS):
            column = chosen[f"Q7_{n}"]
            valid = column.between(1, 5)
            weight, answers = chosen["WEIGHT"][valid], column[valid]
            scores.append(weight[answers >= 4].sum() / weight.sum())
            scores.append((weight * answers).sum() / weight.sum())
    return process_time() - start, len(scores)


if __name__ == "__main__":
    way, file = sys.argv[1:]
    seconds, n_scores = (by_journeykit if way == "journeykit" else by_pandas)(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(json.dumps({"seconds": seconds, "megabytes": peak, "n_scores": n_scores}))
