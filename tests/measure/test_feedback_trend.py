"""Themes over time: what changed, and what is noise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.differences import share_difference
from journeykit.measure.feedback_codes import code_table
from journeykit.measure.feedback_trend import TREND_COLUMNS, theme_trend
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.model.codebook import NOT_ASSIGNED, Codebook, Theme

BOOK = Codebook(
    themes=(
        Theme(key="waits", words=("wait*",)),
        Theme(key="staff", words=("staff",)),
    )
)


def waves(**shares) -> pd.DataFrame:
    """Return 100 comments a wave, so many of them of waits."""
    texts, names = [], []
    for name, n in shares.items():
        texts += ["Waited"] * n + ["Fine"] * (100 - n)
        names += [name] * 100
    return pd.DataFrame({"text": texts, "wave": names})


def test_each_wave_is_compared_with_the_one_before() -> None:
    """Change, interval and p value are those of two shares; p values are raised."""
    found = theme_trend(waves(w1=10, w2=12, w3=40), BOOK, by="wave")

    rows = found.query("theme == 'waits'").set_index("group")
    expected = share_difference(12, 100, 40, 100)
    names = ["change", "change_low", "change_high", "p_value"]
    assert list(TREND_COLUMNS) == list(found.columns)
    assert expected == pytest.approx(tuple(rows.loc["w3", names]))
    assert [None, "w1", "w2"] == rows["compared_with"].tolist()
    assert [False, False, True] == rows["is_change"].tolist()
    raised = benjamini_hochberg(found["p_value"].to_numpy())
    assert raised == pytest.approx(found["adjusted_p"].to_numpy(), nan_ok=True)


def test_slow_change_shows_against_the_first() -> None:
    """No single step is news, the whole way is."""
    slow = waves(w1=10, w2=15, w3=20, w4=25, w5=30)

    steps = theme_trend(slow, BOOK, by="wave").query("theme == 'waits'")
    whole = theme_trend(slow, BOOK, by="wave", against="first")
    last = whole.query("theme == 'waits'").iloc[-1]

    assert not steps["is_change"].any()
    assert ("w1", True) == (last["compared_with"], bool(last["is_change"]))


def test_period_with_too_few_is_passed_over() -> None:
    """The next one is compared with the last that may be shown."""
    feedback = pd.concat(
        [waves(w1=10), waves(w2=1).head(3), waves(w3=40)], ignore_index=True
    )

    rows = theme_trend(feedback, BOOK, by="wave").query("theme == 'waits'")

    assert [None, None, "w1"] == rows["compared_with"].tolist()
    assert np.isnan(rows["change"].iloc[1])


def test_months_come_from_the_time() -> None:
    """Without waves, months are the periods, in order."""
    feedback = waves(w1=10, w2=60)
    feedback["time"] = pd.to_datetime(["2026-10-31"] * 100 + ["2026-11-01"] * 100)

    rows = theme_trend(feedback, BOOK).query("theme == 'waits'")

    assert ["2026-10", "2026-11"] == rows["group"].tolist()
    assert 0.5 == pytest.approx(rows["change"].iloc[1])


def test_equal_waves_are_rarely_news() -> None:
    """Among 200 pairs of waves from one source few have any significant theme."""
    rng = np.random.default_rng(11)
    words = np.array(["waited", "staff", "view"])
    alarms = 0
    for _ in range(200):
        texts = rng.choice(words, 160, p=[0.3, 0.3, 0.4])
        feedback = pd.DataFrame({"text": texts, "wave": ["a"] * 80 + ["b"] * 80})
        alarms += bool(theme_trend(feedback, BOOK, by="wave")["is_change"].any())

    assert alarms <= 20  # 5 % are expected


def test_other_comparison_is_refused() -> None:
    """Only before and first are known."""
    with pytest.raises(UnknownNameError, match="no comparison 'last'"):
        theme_trend(waves(w1=1), BOOK, by="wave", against="last")


# --- codes ---------------------------------------------------------------------------


CODED = pd.DataFrame(
    {
        "COM1": ["11", "14", "0", "1", "11", "", "11.0"],
        "COM2": ["14", "", "", None, "11", "", "1"],
        "trip": list("aaaabbb"),
    }
)


def test_codes_of_several_columns_are_counted_once_a_person() -> None:
    """11 twice in one row is one; 0 and empty are no comments."""
    found = code_table(CODED, ["COM1", "COM2"], labels={"11": "Wi-Fi"})

    columns = ["theme", "label", "count", "n"]
    expected = [("11", "Wi-Fi", 3, 5), ("1", "1", 2, 5), ("14", "14", 2, 5)]
    assert expected == list(found[columns].itertuples(index=False, name=None))
    assert {"no comment": 2} == found["left_out"][0]


def test_codes_are_gathered_to_themes() -> None:
    """Who has a code of a theme beside another code is assigned."""
    themes = {"11": "amenities", "14": "amenities"}
    found = code_table(CODED, ["COM1", "COM2"], themes=themes)

    columns = ["theme", "label", "count"]
    expected = [("amenities", "Amenities", 4), (NOT_ASSIGNED, "Not assigned", 1)]
    assert expected == list(found[columns].itertuples(index=False, name=None))


def test_codes_by_group() -> None:
    """Groups with fewer than five comments show nothing."""
    found = code_table(CODED, ["COM1", "COM2"], by="trip")

    assert [5, 3, 2] == found.query("theme == '11'")["n"].tolist()
    assert [True, False, False] == found.query("theme == '11'")[
        "value"
    ].notna().tolist()


def test_codes_of_the_airport_survey() -> None:
    """2017: 1,423 of 2,831 commented; 150 of them want more choice of food (102)."""
    path = Path(__file__).parent.parent / "data" / "sfo_2017_survey.csv.gz"
    survey = pd.read_csv(path, dtype="str", keep_default_na=False)
    columns = [f"Q8COM{number}" for number in range(1, 6)]

    found = code_table(survey, columns, labels={"102": "Food"}).set_index("theme")

    stacked = survey[columns].stack()
    rows = stacked[~stacked.isin(["", "0"])].reset_index()
    assert rows["level_0"].nunique() == found["n"].iloc[0]
    assert rows[rows[0] == "102"]["level_0"].nunique() == found.loc["102", "count"]
    expected = [("1", 269, 1_423), ("102", 150, 1_423), ("14", 116, 1_423)]
    top = found.reset_index()[["theme", "count", "n"]].head(3)
    assert expected == list(top.itertuples(index=False, name=None))
    assert {"no comment": 1_408} == found["left_out"].iloc[0]


def test_no_columns_of_codes_are_refused() -> None:
    """An empty list would be a table of nothing."""
    with pytest.raises(InputError, match="at least one column of codes"):
        code_table(CODED, [])
