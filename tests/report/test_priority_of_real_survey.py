"""Data-driven priority of a real survey, held against a calculation of its own."""

from __future__ import annotations

import csv
import gzip
import io
import math
from pathlib import Path

import numpy as np
import pytest

import journeykit
from journeykit.report.priority_page import PriorityPage

FILE = Path(__file__).parents[1] / "data" / "sfo_2017_survey.csv.gz"
Z = 1.959963984540054


def rows_of_the_file() -> list[dict[str, str]]:
    """Read the survey with nothing but the csv module."""
    text = gzip.decompress(FILE.read_bytes()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def answer(cell: str, highest: int) -> float:
    """Return an answer, NaN for codes and empty cells."""
    lowest = 0 if highest == 10 else 1
    try:
        value = float(cell)
    except ValueError:
        return math.nan
    return value if lowest <= value <= highest else math.nan


def wilson_low(k: int, n: int) -> float:
    """Return the lower end of Wilson's interval by its formula."""
    p = k / n
    middle = p + Z * Z / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (middle - half) / (1 + Z * Z / n)


def johnson_weights(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return Johnson's relative weights (2000), raw shares of R squared."""
    shares = weights / weights.sum()
    table = np.column_stack([x, y])
    centred = table - shares @ table
    covariance = (centred * shares[:, None]).T @ centred
    spread = np.sqrt(np.diag(covariance))
    r = covariance / np.outer(spread, spread)
    values, vectors = np.linalg.eigh(r[:-1, :-1])
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    beta = np.linalg.solve(root, r[:-1, -1])
    return (root**2) @ (beta**2)


def test_reach_effect_and_gap_are_those_of_the_file() -> None:
    """Answers x lower end of the dissatisfied share x driver weight, by hand."""
    with journeykit.new(None, starter="airport") as work:
        page = PriorityPage(work)
        found = page.pain_rankings["data_driven"]
        mapping = work.data_set().mapping
        places = {one.id: one.touchpoint for one in work.entries("pain_point")}
    rows = rows_of_the_file()
    asked: dict[str | None, list[str]] = {}
    for question in mapping.questions:
        asked.setdefault(question.touchpoint, []).append(question.column)
    whole = [q for q in mapping.questions if q.touchpoint is None]
    outcome = next(q for q in whole if q.asks == "recommend")
    columns = [q.column for q in mapping.questions if q.touchpoint]
    x = np.array([[answer(row[name], 5) for name in columns] for row in rows])
    y = np.array([answer(row[outcome.column], 10) for row in rows])
    weights = np.array([float(row[mapping.weight]) for row in rows])
    is_whole = ~(np.isnan(x).any(axis=1) | np.isnan(y))
    shares = johnson_weights(x[is_whole], y[is_whole], weights[is_whole])
    of_column = dict(zip(columns, shares, strict=True))

    expected = {}
    for pain in found["entry"]:
        # Five questions ask about the way to the gate: the weightiest one counts.
        column = max(asked[places[pain]], key=of_column.__getitem__)
        given = [one for one in (answer(row[column], 5) for row in rows) if one == one]
        n = len(given)
        low = wilson_low(sum(one < 4 for one in given), n)
        expected[pain] = n * low * of_column[column]

    assert 5 <= len(found)
    assert expected == pytest.approx(
        dict(zip(found["entry"], found["value"], strict=True)), rel=1e-6
    )
    by_hand = sorted(expected, key=lambda name: -expected[name])
    assert by_hand[0] == found["entry"].iloc[0]
