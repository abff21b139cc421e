"""A wide picture in a box that scrolls sideways, whose lane heads stay in place."""

from __future__ import annotations

import re
from hashlib import sha256

from markupsafe import Markup

__all__ = ["with_kept_heads"]

_ROOT = re.compile(r"(<svg\b[^>]*>)(.*)(</svg>)\s*\Z", re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

_LAYER = Markup(
    '<svg class="jk-heads" viewBox="0 0 {heads} {height}" style="width: {share}%" '
    'aria-hidden="true" focusable="false"><use href="#{name}"/></svg>'
)


def with_kept_heads(picture: Markup, heads_px: float) -> Markup:
    """Return a picture and, above it, a layer that shows its left end once more.

    The layer draws nothing itself: it points at the picture's own shapes. A style sheet
    makes it stick to the left edge of the box that scrolls.

    Parameters
    ----------
    picture
        As :func:`journeykit.show.svg.checked_svg` lets it pass.
    heads_px
        Width of the lane heads in the picture; 0 for none.

    Examples
    --------
    >>> drawn = Markup('<svg viewBox="0 0 400 90"><text>A</text></svg>')
    >>> 'viewBox="0 0 100.0 90" style="width: 25%"' in with_kept_heads(drawn, 100.0)
    True
    """
    root, size = _ROOT.match(picture), _SIZE.search(picture)
    if not heads_px or root is None or size is None:
        return picture
    name = f"k{sha256(picture.encode()).hexdigest()[:10]}"
    layer = _LAYER.format(
        heads=heads_px,
        height=size[2],
        share=f"{100 * heads_px / float(size[1]):g}",
        name=name,
    )
    # The shapes are those of the checked picture, now with a name.
    shapes = f'{root[1]}<g id="{name}">{root[2]}</g>{root[3]}'
    return Markup(shapes) + layer  # noqa: S704
