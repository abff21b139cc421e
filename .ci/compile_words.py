"""Compile the catalogues named on the command line.

``pybabel compile`` takes "95 % interval" for a gap in the style of ``%i``; gaps are
checked by name in ``tests/rules/test_spoken_words.py`` instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for path in map(Path, sys.argv[1:]):
    with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, locale=path.stem))
