"""Small drawings of the channels, 16 by 16; the word stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree import ElementTree as ET

from journeykit.show.drawing import group, number_text, path

__all__ = ["ICON_PATHS", "channel_icon"]

_BUBBLE = "M2.5,3h11v7.5h-6l-3,3v-3h-2Z"
_HEART = "M8,8.8L6.2,7a1.2,1.2,0,0,1,1.8-1.4a1.2,1.2,0,0,1,1.8,1.4Z"

ICON_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "website": "M1.5,3h13v10h-13ZM1.5,6h13M3.5,4.5h.1M5.5,4.5h.1",
        "social_media": f"{_BUBBLE}{_HEART}",
        "service_call": (
            "M3,2.5h2.5l1.2,3.2L5.2,7C6,9,7,10,9,10.8l1.3-1.5l3.2,1.2V13"
            "C8,14,2,8,3,2.5Z"
        ),
        "email": "M1.5,3.5h13v9h-13ZM1.5,4l6.5,5l6.5-5",
        "sms": f"{_BUBBLE}M5.3,6.8h.1M8,6.8h.1M10.7,6.8h.1",
        "in_app_message": "M10.5,8.5v5.5h-7.5v-12h4M9.5,1.5h5v4h-2.5l-1.5,1.5v-1.5h-1Z",
        "physical_store": "M2,6.5L3.5,2.5h9L14,6.5ZM3,6.5v7h10v-7M6.5,13.5v-4h3v4",
        "mobile_app": "M4.5,1.5h7v13h-7ZM7.3,12.4h1.4",
        "sign": "M8,1.5v13M3,3h8.5l2,2l-2,2h-8.5ZM5.5,14.5h5",
        "post": "M2.5,13.5v-6a2.5,2.5,0,0,1,5,0v6ZM5,5h6a2.5,2.5,0,0,1,2.5,2.5v6h-6",
        "partner": (
            "M5.5,5.5A2,2,0,1,1,5.4,5.5ZM10.6,5.5A2,2,0,1,1,10.5,5.5Z"
            "M1.5,13.5c0-5,8-5,8,0M10.5,9.8c2.5,0,4,1.2,4,3.7"
        ),
    }
)
"""One path for each channel of the catalogue."""

_OTHER = "M8,3.5a4.5,4.5,0,1,1-.1,0ZM8,7.9h.1"


def channel_icon(parent: ET.Element, x: float, y: float, catalogue: str) -> None:
    """Draw the icon of a channel with its left top corner at *x*, *y*.

    Parameters
    ----------
    catalogue
        Key in :data:`journeykit.vocabulary.CHANNELS`; any other gives a plain ring.
    """
    place = f"translate({number_text(x)} {number_text(y)})"
    drawn = group(parent, transform=place, aria_hidden="true")
    d = ICON_PATHS.get(catalogue, _OTHER)
    path(drawn, d, stroke="ink-quiet", width=1.3)
