"""The team's codebook: which words in a comment speak of which theme.

It is part of the mapping of the data set whose comments it sorts, so that it is edited,
undone and exported with the workshop. Words and phrases were preferred to expressions
of a pattern language: a facilitator can read, argue about and mend them.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from journeykit.errors import UnknownNameError
from journeykit.model.base import (
    ID_PATTERN,
    Code,
    Fragment,
    Line,
    StageId,
    TouchpointId,
    Word,
)

__all__ = ["NOT_ASSIGNED", "Codebook", "Theme"]

NOT_ASSIGNED = "not_assigned"
"""Stands in tables where no theme was found; no theme may be called so."""

_NO_COMMENTS = (
    *("no comment", "no comments", "none", "nothing", "nothing to add", "no", "nope"),
    *("n/a", "na", "nil", "keine", "kein kommentar", "nichts", "nein", "rien"),
    *("aucun", "aucun commentaire", "non", "nada", "ninguno", "ninguna"),
    *("sin comentarios", "无", "没有"),
)


def _has_word(words: str) -> str:
    if not any(sign.isalnum() or ord(sign) >= 0x2600 for sign in words):
        raise ValueError(
            f"a word, a phrase or the beginning of a word was expected, not {words!r}"
        )
    return words


_Words = Annotated[Code, AfterValidator(_has_word)]


class Theme(Fragment):
    """What comments may be about, and the words by which that is seen.

    Parameters
    ----------
    key
        Its name for ever, as in tables: lower-case letters, digits, ``. _ -``.
    label
        What people call it; the key in words if empty.
    words
        Words and phrases. Case and accents do not matter. ``wait*`` is any word that
        begins so, ``*zeit`` any that ends so, ``*wait*`` any that holds it; a word
        without a star is the whole word. A phrase is words that follow each other
        within a sentence. Scripts without spaces match wherever the signs follow each
        other.
    not_words
        Words and phrases within which a match does not count: ``can't wait`` for
        ``wait*``.
    stage, touchpoint
        Where in the journey the theme belongs, if anywhere.
    category
        Key of a pain category, see :data:`journeykit.vocabulary.PAIN_CATEGORIES`.

    Examples
    --------
    >>> Theme(key="long_waits", words=("wait*", "queue")).name
    'Long waits'
    """

    key: Annotated[str, StringConstraints(pattern=ID_PATTERN)]
    label: Line = ""
    words: Annotated[tuple[_Words, ...], Field(min_length=1, max_length=1_000)]
    not_words: Annotated[tuple[_Words, ...], Field(max_length=1_000)] = ()
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    category: Word = ""

    @property
    def name(self) -> str:
        """The words by which a person knows this theme."""
        return self.label or self.key.replace("_", " ").capitalize()


class Codebook(Fragment):
    """The themes that comments are sorted by.

    Parameters
    ----------
    themes
        In the order of tables; a comment may belong to several.
    no_comments
        What people write who have nothing to say. A comment that is only this is left
        out and counted, and no part of any share.

    Examples
    --------
    >>> queue = Theme(key="long_waits", words=("wait*", "queue"))
    >>> Codebook(themes=(queue,)).theme("long_waits").words
    ('wait*', 'queue')
    """

    themes: Annotated[tuple[Theme, ...], Field(max_length=200)] = ()
    no_comments: tuple[_Words, ...] = _NO_COMMENTS

    @model_validator(mode="after")
    def _keys_differ(self) -> Codebook:
        keys = Counter(theme.key for theme in self.themes)
        twice = sorted(key for key, n in keys.items() if n > 1)
        if twice:
            raise ValueError(f"themes with the same key: {', '.join(twice)}")
        if NOT_ASSIGNED in keys:
            raise ValueError(f"no theme may be called {NOT_ASSIGNED}")
        return self

    def theme(self, key: str) -> Theme:
        """Return one theme.

        Raises
        ------
        UnknownNameError
            If there is none of that key; it offers the nearest.
        """
        for theme in self.themes:
            if theme.key == key:
                return theme
        raise UnknownNameError("theme", key, [theme.key for theme in self.themes])

    def with_theme(self, theme: Theme) -> Codebook:
        """Return a codebook in which *theme* stands: in place of its like, or last.

        Examples
        --------
        >>> book = Codebook().with_theme(Theme(key="price", words=("price*",)))
        >>> book.with_theme(Theme(key="price", words=("cost*",))).themes[0].words
        ('cost*',)
        """
        kept = [theme if one.key == theme.key else one for one in self.themes]
        if theme not in kept:
            kept.append(theme)
        return Codebook(themes=tuple(kept), no_comments=self.no_comments)
