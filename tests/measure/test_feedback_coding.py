"""Hand-coded comments: the sample, the classifier beside the lexicon, the share."""

import numpy as np
import pandas as pd
import pytest
from measure_feedback import coded_reviews, reviews
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.feedback_classifier import (
    TrainedCodes,
    code_the_rest,
    train_on_codes,
)
from journeykit.measure.feedback_coding import (
    CODING_COLUMNS,
    coded_as,
    coding_sample,
)
from journeykit.measure.feedback_quality import (
    QUALITY_COLUMNS,
    coded_share,
    coding_quality,
)

SEEDS = range(5)


@pytest.fixture(scope="module")
def trained() -> dict[int, TrainedCodes]:
    """Return what a hundred coded reviews taught, for several samples."""
    return {
        seed: train_on_codes(reviews(), coded_reviews(seed), seed=seed)
        for seed in SEEDS
    }


def found(truth, said) -> tuple[float, float, float]:
    """Return recall, F1 and accuracy."""
    hits = (truth & said).sum()
    f1 = 2 * hits / (truth.sum() + said.sum())
    return hits / truth.sum(), f1, (truth == said).mean()


# --- the sample ----------------------------------------------------------------------


def test_sample_is_drawn_once_and_for_all() -> None:
    """The same seed gives the same comments, another seed others; no row twice."""
    table = reviews()
    first = coding_sample(table, seed=1)

    assert list(CODING_COLUMNS) == list(first.columns)
    assert 100 == first["row"].nunique()
    assert table["text"].iloc[first["row"]].tolist() == first["text"].tolist()
    assert {""} == set(first["code"])
    assert_frame_equal(first, coding_sample(table, seed=1))
    assert set(first["row"]) != set(coding_sample(table, seed=2)["row"])


def test_sample_does_not_depend_on_the_order_of_rows() -> None:
    """Who sorts the table first gets the same texts to code."""
    table = reviews().drop_duplicates("text")
    shuffled = table.sample(frac=1, random_state=8).reset_index(drop=True)

    expected = coding_sample(table, seed=3)["text"].tolist()
    assert expected == coding_sample(shuffled, seed=3)["text"].tolist()


def test_sample_holds_groups_and_sentiment_in_their_shares() -> None:
    """A touchpoint of a tenth of the comments gets a tenth of the sample."""
    table = reviews().assign(touchpoint=["a"] * 370 + ["b"] * 3_338)
    sample = coding_sample(table, by=["touchpoint"])
    negative = coded_reviews(0)["code"] == "negative"

    share = (table["touchpoint"].iloc[sample["row"]] == "a").mean()
    assert 0.1 == pytest.approx(share, abs=0.015)
    assert 0.4 == pytest.approx(negative.mean(), abs=0.1)


def test_small_table_is_coded_whole() -> None:
    """Fewer comments than asked for are all to be coded; silent ones never."""
    table = pd.DataFrame({"text": ["good", "", "bad", None, "?"]})

    assert {"good", "bad"} == set(coding_sample(table)["text"])
    with pytest.raises(InputError, match="at least one comment"):
        coding_sample(table, n=0)


# --- codes ---------------------------------------------------------------------------


def test_several_codes_of_one_comment() -> None:
    """Codes are told apart by semicolons; empty is not coded."""
    codes = pd.DataFrame({"code": ["Waits; negative", "none", ";", None, "NEGATIVE"]})

    expected = [1, 0, np.nan, np.nan, 1]
    assert expected == pytest.approx(coded_as(codes, "negative").tolist(), nan_ok=True)
    with pytest.raises(InputError, match="given: negative, none, waits"):
        coded_as(codes, "wait")


def test_codes_of_another_table_are_refused() -> None:
    """The row and the text must fit each other."""
    coded = coded_reviews(0)
    other = reviews().iloc[::-1]

    with pytest.raises(InputError, match="not those of this table"):
        train_on_codes(other, coded)
    with pytest.raises(InputError, match="once among the coded"):
        train_on_codes(reviews(), pd.concat([coded, coded]))
    with pytest.raises(UnknownNameError, match="no column 'row'"):
        train_on_codes(reviews(), coded.drop(columns="row"))


def test_too_few_of_a_code_are_refused() -> None:
    """From three complaints nothing can be learnt."""
    coded = coded_reviews(0)
    negative = coded.index[coded["code"] == "negative"]
    coded.loc[negative[3:], "code"] = "none"

    with pytest.raises(InputError, match=r"not 3 and 97\. Code more comments"):
        train_on_codes(reviews(), coded)


# --- the classifier ------------------------------------------------------------------


def test_classifier_beats_the_lexicon_on_what_it_has_not_seen(trained) -> None:
    """3,600 rated sentences: better recall and F1 with every sample of 100."""
    truth = (reviews()["mean_rating"] < 0).to_numpy()
    gains = []
    for codes in trained.values():
        rest = codes.rest
        recall, f1, accuracy = found(truth[rest], codes.probability >= 0.5)
        lexicon = found(truth[rest], lexicon_says()[rest])
        gains.append(np.subtract((recall, f1, accuracy), lexicon))

    recall, f1, accuracy = np.mean(gains, axis=0)
    assert np.min(gains, axis=0)[0] > 0.15
    assert np.min(gains, axis=0)[1] > 0.1
    assert recall > 0.25
    assert f1 > 0.13
    assert accuracy > 0.01


def lexicon_says() -> np.ndarray:
    """Return which reviews are negative to the lexicon."""
    from journeykit.measure.feedback_sentiment import comment_sentiment

    return (comment_sentiment(reviews())["sentiment"] == "negative").to_numpy()


def test_quality_stands_beside_the_lexicon_on_the_same_comments(trained) -> None:
    """By cross-validation, with intervals, and the difference."""
    table = coding_quality(trained[0])

    assert list(QUALITY_COLUMNS) == list(table.columns)
    methods = ["classifier"] * 4 + ["lexicon"] * 4 + ["difference"] * 4
    assert methods == table["method"].tolist()
    values = table.set_index(["method", "measure"])
    truth = trained[0].truth
    recall, f1, accuracy = found(truth, trained[0].beside)
    assert recall == pytest.approx(values.loc[("lexicon", "recall"), "value"])
    assert f1 == pytest.approx(values.loc[("lexicon", "f1"), "value"])
    assert accuracy == pytest.approx(values.loc[("lexicon", "accuracy"), "value"])
    assert truth.sum() == values.loc[("lexicon", "recall"), "n"]
    gain = values.loc[("difference", "recall")]
    assert gain["low"] > 0
    inside = (table["low"] <= table["value"]) & (table["value"] <= table["high"])
    assert inside.all()
    assert_frame_equal(table, coding_quality(trained[0]))


def test_cross_validation_tells_the_truth(trained) -> None:
    """What it says of a hundred agrees with what is so on the rest, on average."""
    truth = (reviews()["mean_rating"] < 0).to_numpy()
    promised, kept = [], []
    for codes in trained.values():
        promised.append(found(codes.truth, codes.out_of_fold >= 0.5))
        kept.append(found(truth[codes.rest], codes.probability >= 0.5))

    assert np.mean(kept, axis=0) == pytest.approx(np.mean(promised, axis=0), abs=0.06)


def test_same_codes_give_the_same_classifier(trained) -> None:
    """A report made again says the same."""
    again = train_on_codes(reviews(), coded_reviews(0), seed=0)

    assert trained[0].probability.tolist() == again.probability.tolist()


def test_the_rest_is_coded_and_says_by_whom(trained) -> None:
    """People's codes stay; a comment that says nothing gets none."""
    table = reviews()
    table.loc[table.index[-1], "text"] = ""
    coded = coded_reviews(0)
    coded = coded[coded["row"] != len(table) - 1]
    codes = train_on_codes(table, coded)
    told = code_the_rest(table, codes)

    # four comments without words, one "no comment" and the one that was emptied
    n_rest = len(table) - len(coded) - 6
    expected = {"people": len(coded), "classifier": n_rest, "": 6}
    assert expected == told["by"].value_counts().to_dict()
    people = told.iloc[coded["row"]]
    assert (coded["code"] == "negative").tolist() == people["is_label"].tolist()
    assert told["is_label"].isna().sum() == 6


def test_codebook_is_compared_and_learnt_from() -> None:
    """For a theme the codebook takes the place of the lexicon."""
    table = reviews()
    about = table["text"].str.contains("phone|battery|screen")
    coded = coding_sample(table, n=150, seed=2)
    coded["code"] = np.where(about.iloc[coded["row"]], "hardware", "none")

    codes = train_on_codes(
        table, coded, label="hardware", beside=table["text"].str.contains("phone")
    )
    quality = coding_quality(codes).set_index(["method", "measure"])["value"]

    assert quality["codebook", "recall"] < 1
    assert 1 == quality["codebook", "precision"]
    assert quality["classifier", "recall"] >= quality["codebook", "recall"]
    assert "theme_share" == coded_share(codes, definition="theme_share").definition


def test_beside_and_vectors_must_fit_the_table() -> None:
    """One value for each comment."""
    with pytest.raises(InputError, match="beside for each of 3,708"):
        train_on_codes(reviews(), coded_reviews(0), beside=pd.Series([True]))
    with pytest.raises(InputError, match="vectors for each of 3,708"):
        train_on_codes(reviews(), coded_reviews(0), vectors=np.zeros((2, 3)))


def test_vectors_are_learnt_from_as_well() -> None:
    """Vectors that hold the truth make the classifier nearly perfect."""
    truth = (reviews()["mean_rating"] < 0).to_numpy()
    vectors = np.where(truth, 5.0, -5.0)[:, None].astype(np.float32)
    codes = train_on_codes(reviews(), coded_reviews(0), vectors=vectors)

    recall, f1, _ = found(truth[codes.rest], codes.probability >= 0.5)
    assert min(recall, f1) > 0.97


# --- the corrected share -------------------------------------------------------------


def test_share_is_corrected_to_the_truth(trained) -> None:
    """40.0 % are negative; counted, the classifier would say more, the lexicon half."""
    truth = (reviews()["mean_rating"] < 0).mean()
    shares = [coded_share(codes) for codes in trained.values()]
    counted = [(codes.probability >= 0.5).mean() for codes in trained.values()]

    mean = np.mean([share.value for share in shares])
    assert truth == pytest.approx(mean, abs=0.03)
    assert abs(mean - truth) < abs(np.mean(counted) - truth)
    assert sum(share.low <= truth <= share.high for share in shares) >= 4
    # worth more than the hundred alone
    assert all(share.effective_n > 100 for share in shares)
    assert "100 comments coded by people, the other 3," in shares[0].note
    assert "about 1," in shares[0].note


def made_up(rng, *, n: int, n_rest: int, share: float, skill: float) -> TrainedCodes:
    """Return codes of a classifier that is as good as *skill* says."""

    def guess(truth):
        noise = rng.random(len(truth))
        return np.clip(0.25 + skill * truth + (1 - skill) * noise * 0.75, 0, 1)

    truth, others = rng.random(n) < share, rng.random(n_rest) < share
    return TrainedCodes(
        label="x",
        rows=np.arange(n),
        truth=truth,
        out_of_fold=guess(truth),
        beside=truth,
        beside_name="lexicon",
        rest=np.arange(n, n + n_rest),
        probability=guess(others),
        left_out={},
    )


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("skill", [0.0, 0.3, 0.9])
def test_interval_holds_the_truth_however_poor_the_classifier(share, skill) -> None:
    """Of 400 samples of a hundred, 91 to 99 % of the intervals hold the true share."""
    rng = np.random.default_rng(13)
    n_held, widths = 0, []
    for _ in range(400):
        result = coded_share(
            made_up(rng, n=100, n_rest=3_000, share=share, skill=skill)
        )
        n_held += result.low <= share <= result.high
        widths.append(result.high - result.low)

    assert 0.91 <= n_held / 400 <= 0.995
    if skill == 0.9 and share == 0.5:
        assert np.mean(widths) < 0.1  # a hundred alone would give 0.19


def test_everything_coded_needs_no_classifier() -> None:
    """Then the share is that of the codes, with Wilson's interval."""
    from journeykit.measure.intervals import wilson

    rng = np.random.default_rng(1)
    codes = made_up(rng, n=100, n_rest=0, share=0.3, skill=0.5)
    result = coded_share(codes)

    assert codes.truth.mean() == pytest.approx(result.value)
    expected = wilson(codes.truth.sum(), 100)
    assert expected == pytest.approx((result.low, result.high), abs=2e-3)


def test_raised_minimum_hides_the_share() -> None:
    """Fewer coded than the minimum: no number."""
    codes = made_up(np.random.default_rng(1), n=30, n_rest=10, share=0.4, skill=0.5)

    assert coded_share(codes, minimum=50).value is None


def test_method_that_finds_nothing_has_no_precision() -> None:
    """Not measured is not zero."""
    codes = made_up(np.random.default_rng(1), n=60, n_rest=10, share=0.4, skill=0.5)
    silent = TrainedCodes(
        **{
            **{name: getattr(codes, name) for name in TrainedCodes.__slots__},
            "beside": np.zeros(60, dtype=bool),
        }
    )
    table = coding_quality(silent).set_index(["method", "measure"])

    row = table.loc[("lexicon", "precision")]
    assert np.isnan(row["value"])
    assert "not measured" == row["reliability"]
    assert np.isnan(table.loc[("difference", "precision"), "value"])


def test_scripts_without_spaces_and_lexicon_are_learnt() -> None:
    """Chinese complaints: the lexicon finds none, a hundred codes nearly all."""
    rng = np.random.default_rng(4)
    bad, good = ["太慢了", "排队很久", "没人回答"], ["很好", "非常满意", "谢谢大家"]
    places = ["机场", "酒店", "网站", "餐厅", "柜台"]
    is_bad = rng.random(400) < 0.4
    texts = [
        f"{rng.choice(places)}{rng.choice(bad if one else good)}" for one in is_bad
    ]
    table = pd.DataFrame({"text": texts})
    coded = coding_sample(table)
    coded["code"] = np.where(is_bad[coded["row"]], "negative", "none")

    codes = train_on_codes(table, coded)
    recall, f1, _ = found(is_bad[codes.rest], codes.probability >= 0.5)

    assert not codes.beside.any()
    assert min(recall, f1) > 0.95


def test_classifier_that_says_one_thing_is_not_followed() -> None:
    """Then the share is that of the coded comments alone."""
    codes = made_up(np.random.default_rng(1), n=60, n_rest=90, share=0.4, skill=0.5)
    flat = TrainedCodes(
        **{
            **{name: getattr(codes, name) for name in TrainedCodes.__slots__},
            "out_of_fold": np.full(60, 0.5),
        }
    )

    assert codes.truth.mean() == pytest.approx(coded_share(flat).value)
