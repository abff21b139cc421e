"""How wide a text will be, and where to break it, without asking any font.

A picture is made once and read on many machines, so widths come from a small table: the
advances of Helvetica, Arial and their free twins, with a margin for the widest face
that the tokens name (Noto Sans, 5 % more). Measuring with a font of this machine was
turned down: the next machine has another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

__all__ = ["text_width", "wrapped"]

_SIGNS = {
    191: "'",
    222: "ijl\N{RIGHT SINGLE QUOTATION MARK}",
    278: " !,./:;I[\\]ft|\N{NO-BREAK SPACE}\N{MIDDLE DOT}",
    333: "()-`r{}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu\N{EN DASH}\N{EURO SIGN}\N{POUND SIGN}",
    584: "+<=>~\N{MINUS SIGN}\N{MULTIPLICATION SIGN}",
    611: "FTZ\N{LATIN SMALL LETTER SHARP S}",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_BOLD_SIGNS = {
    278: " ,./I\\ijl\N{NO-BREAK SPACE}\N{MIDDLE DOT}\N{RIGHT SINGLE QUOTATION MARK}",
    333: "!()-:;[]`ft'|",
    389: "*r{}",
    500: '"z\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}',
    556: "#$0123456789J_aceksvxy\N{EN DASH}\N{EURO SIGN}\N{POUND SIGN}",
    584: "+<=>^~\N{MINUS SIGN}\N{MULTIPLICATION SIGN}",
    611: "?FLTZbdghnopqu\N{LATIN SMALL LETTER SHARP S}",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
}
_PER_MILLE, _BOLD_PER_MILLE = (
    {sign: width for width, signs in table.items() for sign in signs}
    for table in (_SIGNS, _BOLD_SIGNS)
)
_DOTS = "\N{HORIZONTAL ELLIPSIS}"
_WIDE, _OTHER = 1000, 660
_MARGIN = 1.05


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


def text_width(text: str, size_px: float, *, is_bold: bool = False) -> float:
    """Return how wide *text* will be at most in a usual sans face, in px.

    Examples
    --------
    >>> round(text_width("Security", 16), 1)
    60.7
    """
    widths = _BOLD_PER_MILLE if is_bold else _PER_MILLE
    return sum(_sign_width(sign, widths) for sign in text) * size_px * _MARGIN / 1000


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


def _pieces(text: str) -> Sequence[str]:
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
    return [*pieces, piece] if piece else pieces
