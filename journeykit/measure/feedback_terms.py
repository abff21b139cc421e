"""Comments as counts of words, pairs of words and parts of words, for scikit-learn.

Everything is counted from the words that were read once. Parts of words are counted for
each different word and then multiplied into the comments, which costs a tenth of
cutting every comment into its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from journeykit.errors import needed
from journeykit.measure.feedback_words import Tokens, fold, is_sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "STOP_WORDS",
    "PartsOfWords",
    "Terms",
    "count_pairs",
    "count_terms",
    "count_words",
    "inverse_frequency",
    "sparse_module",
    "weighted",
]

_WHAT = "Learning from the words of comments"

# Words that stand everywhere and name nothing. English is scikit-learn's list.
STOP_WORDS: tuple[str, ...] = tuple(
    fold(
        "aber alle als am an auch auf aus bei bin bis bitte da dann das dass dem "
        "den der des die dies diese doch durch ein eine einem einen einer eines er "
        "es etwas für gibt habe haben hat hatte hier ich ihr im immer in ins ist ja "
        "kann kein keine man mehr mein mich mir mit nach nicht noch nur ob oder "
        "schon sehr sein sich sie sind so über um und uns unter vom von vor war "
        "waren was weil wenn wer wie wir wird wurde zu zum zur a ai as au aux avec "
        "c ce ces cette comme d dans de des du elle en est et été être il ils j je "
        "l la le les leur lui m ma mais me mes moi mon n ne nos notre nous on ont "
        "ou où par pas plus pour qu que qui s sa sans se ses si son sont sur t tout "
        "très tu un une vos votre vous y al algo como con cual cuando del desde "
        "donde el ella en entre era eran ese eso esta estaba están este esto fue ha "
        "hace hasta hay la las le les lo los más me mi mis mucho muy nada ni no nos "
        "nosotros o para pero por porque que quien se sin sobre solo son su sus "
        "también te tiene todo tu un una unas uno unos y ya yo don t ve ll re isn "
        "wasn didn doesn couldn wouldn won im ive "
    ).split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each term stands in each comment.

    Parameters
    ----------
    counts
        A sparse table: a row a comment, a column a term.
    names
        The terms, in order.
    """

    counts: Any  # of scipy, which is published without types
    names: list[str]


def sparse_module() -> ModuleType:
    """Return ``scipy.sparse``.

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    """
    return needed("scipy.sparse", _WHAT, "text")


def count_words(tokens: Tokens) -> Any:
    """Return how often each word stands in each comment; number 0 is no word."""
    spoken = np.flatnonzero(tokens.ids)
    shape = (tokens.n, len(tokens.words))
    return _counted(tokens.comments[spoken], tokens.ids[spoken], shape)


def count_pairs(tokens: Tokens, *, min_comments: int = 2) -> Terms:
    """Return how often words, and pairs of words that follow each other, stand.

    Only what stands in *min_comments* comments or more.
    """
    words = count_words(tokens)
    first, second = tokens.ids[:-1], tokens.ids[1:]
    places = np.flatnonzero((first > 0) & (second > 0))
    n_words = len(tokens.words)
    codes = first[places].astype(np.int64) * n_words + second[places]
    pairs, columns = np.unique(codes, return_inverse=True)
    shape = (tokens.n, len(pairs))
    both = sparse_module().hstack(
        [words, _counted(tokens.comments[places], columns, shape)], format="csr"
    )
    kept = np.flatnonzero(_n_comments(both) >= min_comments)
    names = [
        tokens.words[at]
        if at < n_words
        else _pair(tokens.words, int(pairs[at - n_words]))
        for at in kept.tolist()
    ]
    return Terms(both[:, kept], names)


def count_terms(
    tokens: Tokens,
    *,
    stop_words: Collection[str],
    min_comments: int = 2,
    max_share: float = 0.5,
) -> Terms:
    """Return how often words that can name a topic stand, in order of the alphabet.

    Left out are stop words, numbers, single letters, and what stands in fewer than
    *min_comments* or in more than *max_share* of the comments. In scripts without
    spaces pairs of signs stand for words.
    """
    pairs = count_pairs(tokens, min_comments=min_comments)
    least = _n_comments(pairs.counts)
    names = pairs.names
    kept = [
        at
        for at, name in enumerate(names)
        if _names_something(name)
        and name not in stop_words
        and least[at] <= max_share * tokens.n
    ]
    kept.sort(key=names.__getitem__)
    return Terms(pairs.counts[:, kept], [names[at] for at in kept])


def _names_something(name: str) -> bool:
    if " " in name or name.isdigit():
        return False
    return len(name) > 1 or not (name.isalnum() or is_sign(name))


def _pair(words: Sequence[str], code: int) -> str:
    first, second = (words[at] for at in divmod(code, len(words)))
    gap = "" if is_sign(first) and is_sign(second) else " "
    return f"{first}{gap}{second}"


def _counted(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    ones = np.ones(len(rows))
    return sparse_module().coo_array((ones, (rows, columns)), shape=shape).tocsr()


def _n_comments(counts: Any) -> NDArray[np.int64]:
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(found, dtype=np.int64)


def weighted(counts: Any, idf: NDArray[np.float64] | None = None) -> Any:
    """Return counts as TF-IDF: logarithms of counts, rare terms higher, rows of one.

    Parameters
    ----------
    counts
        Of terms in comments.
    idf
        Weight of each term; from *counts* themselves if None.
    """
    weights = inverse_frequency(counts) if idf is None else idf
    table = counts.copy()
    table.data = (1 + np.log(table.data)) * weights[table.indices]
    length = np.sqrt(np.asarray((table * table).sum(axis=1)).ravel())
    n_terms = np.diff(table.indptr)
    table.data /= np.repeat(np.where(length > 0, length, 1.0), n_terms)
    return table


def inverse_frequency(counts: Any) -> NDArray[np.float64]:
    """Return the weight of each term: high for rare ones."""
    n = counts.shape[0]
    weights: NDArray[np.float64] = np.log((1 + n) / (1 + _n_comments(counts))) + 1
    return weights


class PartsOfWords:
    """Parts of the words of some comments, counted in any comment.

    Parameters
    ----------
    tokens
        The words of all comments.
    words
        :func:`count_words` of them.
    rows
        The comments whose parts count.
    """

    def __init__(self, tokens: Tokens, words: Any, rows: NDArray[np.int64]) -> None:
        known: dict[str, int] = {}
        for place in np.unique(words[rows].indices).tolist():
            for part in _parts(tokens.words[place]):
                known.setdefault(part, len(known))
        places: list[int] = []
        columns: list[int] = []
        for place, word in enumerate(tokens.words):
            found = [known[part] for part in _parts(word) if part in known]
            places += [place] * len(found)
            columns += found
        shape = (len(tokens.words), max(len(known), 1))
        table = _counted(np.array(places, int), np.array(columns, int), shape)
        self._words, self._parts = words, table
        self._idf = inverse_frequency(words[rows] @ table)

    def of(self, rows: NDArray[np.int64]) -> Any:
        """Return the parts of the words of some comments as TF-IDF."""
        return weighted((self._words[rows] @ self._parts).tocsr(), self._idf)


def _parts(word: str) -> list[str]:
    """Return three and four signs that follow each other, the edges among them."""
    if not word:
        return []
    if is_sign(word):
        return [word]
    edged = f" {word} "
    return [
        edged[at : at + size] for size in (3, 4) for at in range(len(edged) - size + 1)
    ]
