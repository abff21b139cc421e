"""How ``make languages`` finds the words in a notebook: those of its code, by Babel."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

__all__ = ["notebook_words"]


def notebook_words(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Any]:
    """Yield the marked words of a notebook's code cells, as Babel wants them."""
    for cell in json.load(file)["cells"]:
        if cell["cell_type"] == "code":
            source = io.BytesIO("".join(cell["source"]).encode())
            yield from extract_python(source, keywords, comment_tags, options)
