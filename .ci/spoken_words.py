"""How ``make languages`` finds the words in modules and notebooks, by Babel.

A module's own ``say`` may be something else, such as what is said to a database: only
names that it takes from :mod:`journeykit.language` mark words.
"""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

__all__ = ["module_words", "notebook_words"]


def module_words(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Any]:
    """Yield the marked words of a module, as Babel wants them."""
    source = file.read()
    spoken = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "journeykit.language"
        for alias in node.names
    }
    known = [name for name in keywords if name in spoken]
    yield from extract_python(io.BytesIO(source), known, comment_tags, options)


def notebook_words(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Any]:
    """Yield the marked words of a notebook's code cells, as Babel wants them."""
    for cell in json.load(file)["cells"]:
        if cell["cell_type"] == "code":
            source = io.BytesIO("".join(cell["source"]).encode())
            yield from extract_python(source, keywords, comment_tags, options)
