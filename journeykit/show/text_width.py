"""How wide a text will be, and where to break it, without asking any font.

A picture is made once and read on many machines, so widths come from a small table: for
each sign the widest of Helvetica, Arial, Noto Sans, and DejaVu Sans, which is all that
many Linux machines have. It is 15 % wider than Helvetica (bold 20 %); with Helvetica's
advances words ran into each other there. Measuring with a font of this machine was
turned down: the next machine has another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

__all__ = ["text_width", "wrapped"]

_SIGNS = {
    280: "'ijl",
    300: "I",
    320: " ,.\N{NO-BREAK SPACE}\N{MIDDLE DOT}\N{RIGHT SINGLE QUOTATION MARK}",
    340: "/:;\\|",
    360: "f",
    380: "-",
    400: "()[]t",
    420: "!r",
    460: '"',
    500: "*`",
    520: "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    540: "Jsz",
    560: "c",
    580: "k",
    600: "?L_vxy\N{EN DASH}",
    620: "aeo",
    640: "$0123456789bdghnpqu{}\N{EURO SIGN}\N{POUND SIGN}",
    660: "FT\N{LATIN SMALL LETTER SHARP S}",
    700: "Z",
    720: "ABEKPSVXY",
    760: "CHNRU",
    780: "&D",
    820: "GOQw",
    840: "#+<=>^~\N{MINUS SIGN}\N{MULTIPLICATION SIGN}",
    880: "M",
    960: "%",
    980: "m",
    1000: "W",
    1080: "@",
}
_BOLD_SIGNS = {
    360: " 'ijl\N{NO-BREAK SPACE}",
    380: ",./I\\|\N{MIDDLE DOT}\N{RIGHT SINGLE QUOTATION MARK}",
    400: ":;",
    420: "-",
    440: "f",
    460: "!()[]",
    480: "t",
    500: "`r",
    540: '"*',
    600: "J_csz\N{EN DASH}",
    660: "?Lvxy\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    680: "aek",
    700: "$0123456789FTo\N{EURO SIGN}\N{POUND SIGN}",
    720: "ESbdghnpqu{}\N{LATIN SMALL LETTER SHARP S}",
    740: "PYZ",
    760: "C",
    780: "ABKRVX",
    820: "U",
    840: "#+<=>DGHN^~\N{MINUS SIGN}\N{MULTIPLICATION SIGN}",
    860: "OQ",
    880: "&",
    940: "w",
    1000: "M",
    1020: "%",
    1040: "@",
    1060: "m",
    1120: "W",
}
_PER_MILLE, _BOLD_PER_MILLE = (
    {sign: width for width, signs in table.items() for sign in signs}
    for table in (_SIGNS, _BOLD_SIGNS)
)
_DOTS = "\N{HORIZONTAL ELLIPSIS}"
_WIDE, _OTHER = 1000, 760


def _sign_width(sign: str, widths: Mapping[str, int]) -> int:
    if sign in widths:
        return widths[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Mn"}:
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if base in widths:
        return widths[base]
    is_wide = unicodedata.east_asian_width(sign) in "WF" or sign == "\N{EM DASH}"
    return _WIDE if is_wide or sign == _DOTS else _OTHER


@lru_cache(maxsize=16_384)
def text_width(text: str, size_px: float, *, is_bold: bool = False) -> float:
    """Return how wide *text* will be at most in a usual sans face, in px.

    Examples
    --------
    >>> round(text_width("Security", 16), 1)
    67.8
    """
    widths = _BOLD_PER_MILLE if is_bold else _PER_MILLE
    try:
        return sum(map(widths.__getitem__, text)) * size_px / 1000
    except KeyError:
        return sum(_sign_width(sign, widths) for sign in text) * size_px / 1000


@lru_cache(maxsize=8_192)
def wrapped(
    text: str,
    width_px: float,
    size_px: float,
    *,
    max_lines: int | None = None,
    is_bold: bool = False,
) -> tuple[str, ...]:
    """Return *text* as lines no wider than *width_px*.

    Parameters
    ----------
    text
        One paragraph. It breaks at spaces, after hyphens and slashes, between wide
        (Chinese, Japanese, Korean) signs, and in words that are wider than a line.
    max_lines
        Lines at most; the last of them then ends with an ellipsis.

    Examples
    --------
    >>> wrapped("Where do I park for ten days?", 90, 12.8)
    ('Where do I', 'park for ten', 'days?')
    >>> wrapped("Where do I park for ten days?", 90, 12.8, max_lines=2)
    ('Where do I', 'park for ten…')
    """

    def fits(line: str) -> bool:
        return text_width(line, size_px, is_bold=is_bold) <= width_px

    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if fits((line + piece).rstrip()):
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece
        while not fits(line.rstrip()) and len(line) > 1:
            n = _fitting(line, fits)
            lines.append(line[:n] + "-" * (line[n - 1 : n + 1].isalpha() and n > 1))
            line = line[n:]
    if line.strip():
        lines.append(line.rstrip())
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], _cut(lines[max_lines - 1], fits)]
    return tuple(lines)


def _fitting(line: str, fits: Callable[[str], bool]) -> int:
    """Return how many signs of a word that is too wide fit with a hyphen."""
    word = line.rstrip()
    n, too_many = 1, len(word)
    while too_many - n > 1:  # halved: people paste words of a thousand letters
        middle = (n + too_many) // 2
        n, too_many = (middle, too_many) if fits(word[:middle] + "-") else (n, middle)
    # no less than three letters go on the next line
    return max(n - max(0, 3 - (len(word) - n)), min(n, 3))


def _cut(line: str, fits: Callable[[str], bool]) -> str:
    words = line
    while words and not fits(words + _DOTS):
        words = words.rpartition(" ")[0] or words[:-1]
    return words.rstrip(" ,;:.-") + _DOTS


@lru_cache(maxsize=4_096)
def _pieces(text: str) -> tuple[str, ...]:
    """Split *text* where a line may end; spaces stay with what they end."""
    pieces, piece = [], ""
    for i, sign in enumerate(text):
        following = text[i + 1 : i + 2] or " "
        piece += sign
        is_wide = unicodedata.east_asian_width(sign) in "WF"
        # "e-mail" is not broken after its one letter
        is_joint = sign in "-/" and following.isalpha() and piece[-4:-1].isalpha()
        may_end = sign == " " or (is_joint and len(piece) > 3) or is_wide
        if may_end and following != " ":
            pieces.append(piece)
            piece = ""
    return (*pieces, piece) if piece else tuple(pieces)
