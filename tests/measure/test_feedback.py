"""Themes of comments: what matches, what is counted, what is quoted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from journeykit.definitions import MEASURES
from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.masking import MASKS
from journeykit.measure.feedback import (
    THEME_COLUMNS,
    not_assigned_share,
    place_table,
    several_themes_share,
    theme_matches,
    theme_overlap,
    theme_table,
)
from journeykit.measure.feedback_starter import STARTER_LANGUAGES, starter_codebook
from journeykit.measure.feedback_words import MASK_WORDS, fold, tokenise, words_of
from journeykit.measure.intervals import wilson
from journeykit.model.codebook import NOT_ASSIGNED, Codebook, Theme
from journeykit.vocabulary import PAIN_CATEGORIES

WAITS = Theme(
    key="waits", words=("wait*", "queue", "took too long"), not_words=("can't wait",)
)
STAFF = Theme(key="staff", label="People", words=("staff", "rude*"), stage="st-desk")
BOOK = Codebook(themes=(WAITS, STAFF))
TEXTS = [
    "Waited an hour in the QUEUE",
    "The staff were rude",
    "Rude staff made us wait",
    "I can't wait to come back",
    "Lovely view",
    "n/a",
    "",
    None,
    "???",
]


def table(texts, **columns) -> pd.DataFrame:
    """Return comments as a reader gives them."""
    return pd.DataFrame({"text": pd.Series(texts, dtype="str"), **columns})


def hits(words, text, not_words=()) -> int:
    """Return how often words match in one text."""
    return int(tokenise([text]).matches(words, not_words)[0])


# --- words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("queue", "The QUEUE.", 1),
        ("queue", "queues", 0),  # a word without a star is the whole word
        ("queue*", "queues, queued", 2),
        ("*zeit", "Wartezeit und Lieferzeiten", 1),
        ("*zeit*", "Wartezeit und Lieferzeiten", 2),
        ("café", "CAFE closed", 1),
        ("cafe", "Le Café", 1),
        ("größe*", "GROESSE", 0),  # a spelling, not an accent
        ("größe", "GRÖSSE", 1),
        ("straße", "Strasse", 1),
        ("too long", "too  long", 1),
        ("too long", "Too. Long ago", 0),  # another sentence
        ("too long", "long too", 0),
        ("long line*", "long lines everywhere", 1),
        ("check-in", "the check in desk", 1),
        ("don't work", "It don’t work", 1),
        ("attente", "L'attente était longue", 1),
        ("fi", "wi-fi", 1),
        ("排队", "排队太久了", 1),
        ("太久", "排队太久了", 1),
        ("排久", "排队太久了", 0),
        ("wifi", "酒店wifi很慢", 1),
        ("キャンセル", "予約をキャンセルしました", 1),
        ("รอนาน", "ต้องรอนานมาก", 1),
        ("प्रतीक्षा", "लंबी प्रतीक्षा", 1),
        ("오래*", "너무 오래걸려요", 1),
        ("очеред*", "Длинная ОЧЕРЕДЬ", 1),
        ("wifi", "ＷＩＦＩ", 1),
        ("😡", "late again 😡😡", 2),
        ("mail", "write to [e-mail]", 0),  # a mask is no word of the comment
    ],
)
def test_words_match_in_any_script(word, text, expected) -> None:
    """Case, accents and width do not matter; spaces are not taken for granted."""
    assert expected == hits([word], text)


def test_match_within_a_phrase_that_is_not_meant_does_not_count() -> None:
    """Only the match inside the phrase goes, not the comment."""
    words, not_words = ["wait*"], ["can't wait", "waiter*"]

    assert 0 == hits(words, "I can't wait!", not_words)
    assert 1 == hits(words, "The waiter made us wait", not_words)
    assert 0 == hits(["long wait"], "no long wait", ["no long"])


def test_word_and_phrase_at_one_place_are_one_match() -> None:
    """A theme that lists both the word and a phrase with it counts once."""
    assert 1 == hits(["wait*", "waiting time"], "the waiting time")


def test_phrase_does_not_run_into_the_next_comment() -> None:
    """Each comment stands for itself."""
    tokens = tokenise(["far too", "long ago"])

    assert [0, 0] == tokens.matches(["too long"]).tolist()


def test_masks_are_those_of_the_import() -> None:
    """What import puts in brackets is known here as no word."""
    assert {mask.strip("[]").casefold() for mask in MASKS.values()} == set(MASK_WORDS)


@given(st.text(max_size=60))
def test_any_text_is_found_in_itself(text) -> None:
    """Words of a text, as a phrase, match it, whatever the script."""
    words = words_of(text)

    assert fold(text) == fold(fold(text))
    if words and len(tokenise([text]).ids) == len(words) + 1:  # one sentence
        assert hits([" ".join(words)], text) >= 1


# --- tables --------------------------------------------------------------------------


def test_matches_stand_beside_the_reason_for_what_is_left_out() -> None:
    """Each comment has its number of matches; empty ones have a reason."""
    found = theme_matches(table(TEXTS), BOOK)

    assert [2, 0, 1, 0, 0, 0, 0, 0, 0] == found["waits"].tolist()
    assert [0, 2, 2, 0, 0, 0, 0, 0, 0] == found["staff"].tolist()
    reasons = ["nothing to say", "empty", "empty", "no words"]
    assert [""] * 5 + reasons == found["left_out"].tolist()


def test_theme_table_counts_with_interval_and_examples() -> None:
    """Shares of the comments that say something, and what is not assigned."""
    found = theme_table(table(TEXTS), BOOK)

    low, high = wilson(2, 5)
    assert list(THEME_COLUMNS) == list(found.columns)
    assert ["waits", "staff", NOT_ASSIGNED] == found["theme"].tolist()
    assert ["Waits", "People", "Not assigned"] == found["label"].tolist()
    assert [2, 2, 2] == found["count"].tolist()
    assert (0.4, low, high) == tuple(found.loc[0, ["value", "low", "high"]])
    left_out = {"empty": 2, "no words": 1, "nothing to say": 1}
    assert [left_out] * 3 == found["left_out"].tolist()
    assert [4, 4, 4] == found["n_left_out"].tolist()
    assert ["few answers"] * 3 == found["reliability"].tolist()
    # the one that is only about this theme comes first
    assert (TEXTS[0], TEXTS[2]) == found["examples"][0]
    assert {TEXTS[3], TEXTS[4]} == set(found["examples"][2])
    assert {"theme_share", "not_assigned_share"} <= set(MEASURES)
    assert [None, "st-desk", None] == found["stage"].tolist()


def test_fewer_than_the_minimum_shows_nothing() -> None:
    """Four comments give no share, no count and no quotation."""
    found = theme_table(table(TEXTS[:4]), BOOK)

    assert found[["value", "low", "high", "count"]].isna().all(axis=None)
    assert [4, 4, 4] == found["n"].tolist()
    assert ["fewer than minimum"] * 3 == found["reliability"].tolist()
    assert [(), (), ()] == found["examples"].tolist()


def test_no_comments_are_not_measured() -> None:
    """A table without a row is no zero."""
    found = theme_table(table([]), BOOK)

    assert ["not measured"] * 3 == found["reliability"].tolist()
    assert found["value"].isna().all()


def test_codebook_without_themes_assigns_nothing() -> None:
    """The table then says that everything is not assigned."""
    found = theme_table(table(TEXTS), Codebook())

    assert [(NOT_ASSIGNED, 5)] == list(
        found[["theme", "count"]].itertuples(index=False)
    )


def test_groups_are_counted_beside_all() -> None:
    """By touchpoint, persona, month or stage; who states none counts among all."""
    months = pd.to_datetime(["2026-01-05"] * 10 + ["2026-02-01"] * 9 + [None])
    where = ["tp-a"] * 10 + ["tp-b"] * 9 + [None]
    texts = ["Waiting"] * 8 + ["Fine"] * 12
    feedback = table(texts, time=months, touchpoint=where)

    by_month = theme_table(feedback, BOOK, by="month")
    by_point = theme_table(feedback, BOOK, by="touchpoint")
    by_stage = theme_table(
        feedback, BOOK, by="stage", stage_of={"tp-b": "st-2", "tp-a": "st-1"}
    )

    waits = by_month.query("theme == 'waits'")
    assert [None, "2026-01", "2026-02"] == waits["group"].tolist()
    assert [20, 10, 9] == waits["n"].tolist()
    assert [0.4, 0.8, 0.0] == waits["value"].tolist()
    columns = ["value", "n", "theme"]
    assert_frame_equal(by_month[columns], by_point[columns])
    # stages in the order of the journey as it was given
    stages = [None, "st-2", "st-1"]
    assert stages == by_stage.query("theme == 'waits'")["group"].tolist()


def test_declared_order_of_waves_is_kept() -> None:
    """Spring comes before autumn where the column says so."""
    order = ["spring", "autumn"]
    waves = pd.Categorical(["autumn"] * 5 + ["spring"] * 5, categories=order)
    found = theme_table(table(["Waited"] * 10, wave=waves), BOOK, by="wave")

    assert [None, *order] == found.query("theme == 'waits'")["group"].tolist()


def test_waves_are_in_the_order_of_their_numbers() -> None:
    """Wave 2 comes before wave 10."""
    waves = ["Wave 10"] * 5 + ["Wave 2"] * 5
    found = theme_table(table(["Waited"] * 10, wave=waves), BOOK, by="wave")

    expected = [None, "Wave 2", "Wave 10"]
    assert expected == found.query("theme == 'waits'")["group"].tolist()


def test_codebook_may_leave_nothing_out() -> None:
    """Without words for "no comment", "n/a" is a comment like others."""
    book = Codebook(themes=(WAITS,), no_comments=())

    assert 6 == theme_table(table(TEXTS), book)["n"][0]


def test_customer_counts_once() -> None:
    """Per customer, ten comments of one person are one."""
    texts = ["Waited"] * 10 + ["Fine"] * 5 + ["Waited"]
    who = ["a"] * 10 + list("bcdef") + [None]
    feedback = table(texts, customer=who)

    found = theme_table(feedback, BOOK, per="customer")

    assert [1, 0, 5] == found["count"].tolist()
    assert [6, 6, 6] == found["n"].tolist()
    assert {"no customer": 1} == found["left_out"][0]


def test_assigned_and_not_assigned_are_all() -> None:
    """Shares of any theme and of none add up to one, per comment and per customer."""
    feedback = table(TEXTS * 3, customer=list(range(9)) * 3)

    for per in ("comment", "customer"):
        none = not_assigned_share(feedback, BOOK, per=per)
        rest = theme_table(feedback, BOOK, per=per).set_index("theme").loc[NOT_ASSIGNED]
        assert rest["value"] == none.value == 0.4
        assert (rest["low"], rest["high"]) == (none.low, none.high)


def test_comments_of_several_themes_are_said() -> None:
    """One of five speaks of two themes; the pair is a row in each direction."""
    several = several_themes_share(table(TEXTS * 3), BOOK)
    pairs = theme_overlap(table(TEXTS * 3), BOOK)

    assert (0.2, 15) == (several.value, several.n)
    assert [("waits", "staff"), ("staff", "waits")] == list(
        pairs[["theme", "other"]].itertuples(index=False, name=None)
    )
    assert [(3, 6, 0.5)] * 2 == list(
        pairs[["count", "n", "value"]].itertuples(index=False, name=None)
    )


def test_comments_find_their_stage_by_their_themes() -> None:
    """A theme that belongs to a stage brings its comments there."""
    found = place_table(table(TEXTS), BOOK)

    assert [("st-desk", 2, 5)] == list(
        found[["group", "count", "n"]].itertuples(index=False, name=None)
    )
    assert (TEXTS[1], TEXTS[2]) == tuple(sorted(found["examples"][0], reverse=True))


def test_input_is_unchanged_and_the_order_of_rows_does_not_matter() -> None:
    """The same comments give the same table, examples too."""
    rng = np.random.default_rng(7)
    words = ["wait", "staff", "queue", "rude", "view", "fine", "room", "bed"]
    texts = [" ".join(rng.choice(words, 6)) for _ in range(200)]
    feedback = table(texts)
    before = feedback.copy()

    first = theme_table(feedback, BOOK)
    shuffled = feedback.sample(frac=1, random_state=3)
    second = theme_table(shuffled, BOOK)

    assert_frame_equal(before, feedback)
    assert_frame_equal(first, second)
    assert [3, 3, 3] == [len(examples) for examples in first["examples"]]


def test_examples_name_nobody() -> None:
    """What looks like an address or a number is counted, never quoted."""
    texts = [
        "Waited, mail me: ann@example.org",
        "wait: +49 30 1234567 call",
        "I waited",
    ]
    found = theme_table(table([*texts, "a b", "c d"]), BOOK)

    assert 3 == found["count"][0]
    assert ("I waited",) == found["examples"][0]


def test_long_examples_are_cut_at_a_space() -> None:
    """A page of complaint is quoted by its beginning."""
    text = "We waited " + "and waited " * 60
    example = theme_table(table([text] * 5), BOOK)["examples"][0]

    assert 1 == len(example)
    assert example[0].endswith("waited …") or example[0].endswith("and …")
    assert len(example[0]) <= 282


def test_number_of_examples_is_chosen() -> None:
    """None are quoted where none are wanted."""
    found = theme_table(table(TEXTS), BOOK, n_examples=0)

    assert [(), (), ()] == found["examples"].tolist()


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"by": "persona"}, UnknownNameError, "no column 'persona'"),
        ({"by": "stage"}, UnknownNameError, "no column 'stage'"),
        ({"by": "month"}, UnknownNameError, "no column 'time'"),
        ({"per": "person"}, InputError, "per comment or per customer"),
        ({"per": "customer"}, UnknownNameError, "no column 'customer'"),
        ({"minimum": 3}, InputError, "minimum of 5"),
        ({"level": 95}, InputError, "level between 0 and 1"),
    ],
)
def test_wrong_options_are_refused(options, error, match) -> None:
    """The message says what was expected."""
    with pytest.raises(error, match=match):
        theme_table(table(TEXTS), BOOK, **options)


def test_what_is_no_text_or_no_time_is_refused() -> None:
    """A number among the comments is a mapping gone wrong."""
    with pytest.raises(InputError, match=r"comment 2: a text was expected.*not 7"):
        theme_table(pd.DataFrame({"text": ["a", 7]}), BOOK)
    with pytest.raises(InputError, match="column time: times were expected"):
        theme_table(table(TEXTS, time=["May"] * 9), BOOK, by="month")
    with pytest.raises(UnknownNameError, match="place"):
        place_table(table(TEXTS), BOOK, place="channel")


# --- the starter ---------------------------------------------------------------------


def test_starter_has_a_theme_for_each_pain_category() -> None:
    """Themes carry the words of the vocabulary and point back to it."""
    for languages in ((), *((one,) for one in STARTER_LANGUAGES)):
        themes = starter_codebook(*languages).themes
        assert list(PAIN_CATEGORIES) == [theme.category for theme in themes]
        assert list(PAIN_CATEGORIES.values()) == [theme.name for theme in themes]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("We waited for hours in a long line", "long_waits"),
        ("Lange Warteschlange an der Kontrolle", "long_waits"),
        ("Trop d'attente au guichet", "long_waits"),
        ("Mucho tiempo de espera", "long_waits"),
        ("The signage is confusing", "confusing_navigation"),
        ("Sehr unübersichtliche Seite", "confusing_navigation"),
        ("Nobody told us anything", "hard_to_reach_information"),
        ("Card was declined at the checkout", "checkout_abandonment"),
        ("Frais de livraison trop élevés", "checkout_abandonment"),
        ("Still no refund from customer service", "after_sales_support"),
        ("La devolución fue imposible", "after_sales_support"),
    ],
)
def test_starter_knows_common_complaints(text, theme) -> None:
    """One plain complaint of each category and language finds its theme."""
    found = theme_matches(table([text]), starter_codebook())

    assert found[theme][0] >= 1


def test_starter_does_not_take_the_lookalikes() -> None:
    """A friendly waiter, and looking forward, are no long waits."""
    texts = [
        "The waiter was kind",
        "I can't wait to return",
        "Ich kann es kaum erwarten",
    ]
    found = theme_matches(table(texts), starter_codebook())

    assert [0, 0, 0] == found["long_waits"].tolist()


def test_starter_refuses_a_language_it_does_not_know() -> None:
    """Better no codebook than one of other words."""
    with pytest.raises(UnknownNameError, match="no language 'it'"):
        starter_codebook("it")
