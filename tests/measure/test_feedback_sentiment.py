"""Negative comments by a lexicon, terms and topics: what they find and miss."""

import numpy as np
import pandas as pd
import pytest
from measure_feedback import reviews
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, MissingExtraError
from journeykit.measure.feedback import theme_table
from journeykit.measure.feedback_sentiment import (
    LEXICON_RECALL,
    SENTIMENT_COLUMNS,
    comment_sentiment,
    negative_share,
    sentiment_table,
)
from journeykit.measure.feedback_terms import (
    PartsOfWords,
    count_pairs,
    count_terms,
    count_words,
    weighted,
)
from journeykit.measure.feedback_topics import (
    TOPIC_COLUMNS,
    comment_topics,
    topic_codebook,
)
from journeykit.measure.feedback_words import tokenise

PLAIN = pd.DataFrame(
    {
        "text": [
            "Horrible, awful service",
            "I love it, wonderful",
            "The desk is on the left",
            # a complaint without a bad word
            "After a week the screen went black and nobody answered",
            "",
            "A terrible disaster",
        ],
        "touchpoint": list("aabbab"),
    }
)


# --- the lexicon ---------------------------------------------------------------------


def test_lexicon_tells_bad_words_and_misses_plain_complaints() -> None:
    """What breaks without a bad word is neutral to a lexicon."""
    found = comment_sentiment(PLAIN)

    expected = ["negative", "positive", "neutral", "neutral", "", "negative"]
    assert expected == found["sentiment"].tolist()
    assert [True, True, False, False, False, True] == found["is_known"].tolist()
    assert np.isnan(found["compound"][4])


def test_negative_share_says_that_it_is_half_of_the_truth() -> None:
    """The number of the definitions stands in the note."""
    found = negative_share(PLAIN)

    assert (0.4, 5, {"empty": 1}) == (found.value, found.n, dict(found.left_out))
    assert 0.503 == LEXICON_RECALL
    assert "recall 0.503 on real complaints" in found.note
    assert "about half" in found.note
    assert "about twice as large" in found.note


def test_lexicon_finds_half_of_the_negative_reviews() -> None:
    """3,708 rated sentences: 40.0 % are negative, the lexicon says 19.6 %."""
    table = reviews()
    truth = table["mean_rating"] < 0
    said = comment_sentiment(table)["sentiment"] == "negative"

    assert 0.3997 == pytest.approx(truth.mean(), abs=5e-5)
    assert 0.1958 == pytest.approx(negative_share(table).value, abs=5e-5)
    assert 0.387 == pytest.approx((truth & said).sum() / truth.sum(), abs=5e-4)
    assert 0.792 == pytest.approx((truth & said).sum() / said.sum(), abs=5e-4)


def test_lexicon_says_when_it_does_not_know_the_language() -> None:
    """German is neutral to an English lexicon, and that is said."""
    german = pd.DataFrame({"text": ["Furchtbar langsam und sehr teuer"] * 6})

    assert "no word of 100% of these comments" in negative_share(german).note


def test_fewer_than_five_comments_say_nothing() -> None:
    """Neither a number nor a note."""
    found = negative_share(PLAIN.head(3))

    assert (None, None, 3, "") == (found.value, found.low, found.n, found.note)


def test_negative_share_of_each_group() -> None:
    """All, then the groups; groups of fewer than five show no comment."""
    found = sentiment_table(PLAIN, by="touchpoint")

    assert list(SENTIMENT_COLUMNS) == list(found.columns)
    assert [None, "a", "b"] == found["group"].tolist()
    assert [5, 2, 3] == found["n"].tolist()
    assert [True, False, False] == found["value"].notna().tolist()
    assert ("Horrible, awful service", "A terrible disaster") == found["examples"][0]
    assert [(), ()] == found["examples"][1:].tolist()
    assert "0.503" in found["note"][0]


def test_missing_extra_is_named(monkeypatch) -> None:
    """Without the package the message says which extra to install."""
    import journeykit.measure.feedback_sentiment as module

    def refuse(name, what, extra):
        raise MissingExtraError(what, extra)

    monkeypatch.setattr(module, "needed", refuse)
    module._analyzer.cache_clear()

    with pytest.raises(MissingExtraError, match=r"journeykit\[text\]"):
        negative_share(PLAIN)


# --- terms ---------------------------------------------------------------------------


def test_words_and_pairs_are_counted() -> None:
    """Pairs follow each other within a sentence; signs form words."""
    tokens = tokenise(["slow slow wifi", "slow wifi. Slow", "排队", "排队"])
    pairs = count_pairs(tokens)
    found = dict(zip(pairs.names, pairs.counts.sum(axis=0).tolist(), strict=True))

    assert {"slow": 4, "wifi": 2, "slow wifi": 2, "排": 2, "队": 2, "排队": 2} == found


def test_terms_can_name_a_topic() -> None:
    """No stop words, numbers, single letters or signs; in order of the alphabet."""
    tokens = tokenise(["the 12 slow a wifi 排队", "the 12 slow a wifi 排队", "x", "y"])
    terms = count_terms(tokens, stop_words={"the"})

    assert ["slow", "wifi", "排队"] == terms.names


def test_rows_have_length_one_and_rare_terms_weigh_more() -> None:
    """TF-IDF as usual; a comment without terms stays zero."""
    tokens = tokenise(["slow wifi", "slow", "!"])
    table = weighted(count_words(tokens)).toarray()
    slow, wifi = tokens.words.index("slow"), tokens.words.index("wifi")

    assert [1, 1, 0] == pytest.approx((table**2).sum(axis=1).tolist())
    assert table[0, wifi] > table[0, slow]


def test_parts_of_words_know_other_endings() -> None:
    """Parts of "waited" stand in "waiting", and none in "view"."""
    tokens = tokenise(["waited", "waiting", "view", "等"])
    parts = PartsOfWords(tokens, count_words(tokens), np.array([0, 3]))
    table = parts.of(np.arange(4)).toarray()

    alike = table @ table[0]
    assert 1 == pytest.approx(alike[0])
    assert alike[1] > 0.3
    assert 0 == alike[2]
    assert 1 == pytest.approx(table[3].sum())


# --- topics --------------------------------------------------------------------------


def planted() -> pd.DataFrame:
    """Return comments about three things, and ten about none of them."""
    rng = np.random.default_rng(5)
    things = [
        ["wifi", "slow", "connection", "password", "signal"],
        ["breakfast", "coffee", "cold", "buffet", "eggs"],
        ["parking", "garage", "expensive", "car", "ticket"],
    ]
    texts = [
        " ".join(rng.choice(words, 3, replace=False))
        for words, n in zip(things, (60, 40, 20), strict=True)
        for _ in range(n)
    ]
    return pd.DataFrame({"text": [*texts, *["hm"] * 5, *["", "?"] * 3]})


def test_planted_topics_are_found() -> None:
    """Three sets of words, their sizes, and what belongs to none."""
    found = comment_topics(planted(), n_topics=3)

    assert list(TOPIC_COLUMNS) == list(found.columns)
    assert [1, 2, 3, 0] == found["topic"].tolist()
    assert [60, 40, 20, 5] == found["count"].tolist()
    assert [125] * 4 == found["n"].tolist()
    assert {"empty": 3, "no words": 3} == found["left_out"][0]
    assert {"wifi", "slow", "connection", "password", "signal"} == set(
        found["words"][0]
    )
    assert found["stability"][:3].min() > 0.9
    assert np.isnan(found["stability"][3])
    assert [3, 3, 3, 1] == [len(examples) for examples in found["examples"]]


def test_topics_do_not_depend_on_the_order_of_rows() -> None:
    """The same comments give the same topics, in a report made again too."""
    table = planted()
    shuffled = table.sample(frac=1, random_state=2)

    first = comment_topics(table, n_topics=3, seed=4)

    assert_frame_equal(first, comment_topics(shuffled, n_topics=3, seed=4))
    assert_frame_equal(planted(), table)


def test_topics_become_a_codebook() -> None:
    """The codebook finds the comments whose topics it was made from."""
    table = planted()
    book = topic_codebook(comment_topics(table, n_topics=3))

    assert [60, 40, 20, 5] == theme_table(table, book)["count"].tolist()


@pytest.mark.parametrize(
    ("rows", "n_topics", "match"),
    [
        (12, 3, "15 comments or more, 12 say something"),
        (130, 1, "two topics or more"),
        (130, 9, "18 different words or more"),
    ],
)
def test_too_little_for_topics_is_refused(rows, n_topics, match) -> None:
    """Topics of a handful of comments would be chance."""
    with pytest.raises(InputError, match=match):
        comment_topics(planted().head(rows), n_topics=n_topics)
