"""Which addresses a page would load from outside itself: the rule that reports live by.

A report is one file that needs no network, so everything that a browser would fetch
must stand in the page: as ``data:``, or as ``#name``. A link that a person may click
loads nothing; it is fine within the page and to a neighbour file, and to the outside
only if the caller declares it (the source of a data set, a licence).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

__all__ = ["outside_addresses", "outside_in_script", "outside_in_style"]

# Attributes whose address a browser loads, posts to or pings.
_LOADING = {
    *("action", "archive", "background", "classid", "codebase", "data", "dynsrc"),
    *("formaction", "href", "icon", "imagesrcset", "lowsrc", "manifest", "ping"),
    *("poster", "src", "srcset", "xlink:href"),
}
_LISTS = {"srcset", "imagesrcset"}
_LINKS = {"a", "area"}
_HARMLESS = re.compile(r"(#|data:|about:|$)", re.IGNORECASE)
_CLICKABLE = re.compile(r"(#|mailto:|tel:|[^:/?#\\]+([/?#\\][^:]*)?$|$)", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_CSS_URL = re.compile(r"""\b(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))""", re.I)
_CSS_IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.I)
_CSS_SET = re.compile(r"image-set\(((?:[^()]|\([^()]*\))*)\)", re.I)
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
# In a script each text that is an address may be fetched; names of XML are none.
_SCRIPT_ADDRESS = re.compile(r"""["'`]((?:(?:https?|wss?|ftp):)?//[^"'`\s]+)""", re.I)
_SCRIPT_IMPORT = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'`]([^"'`\s]+)["'`]""", re.I
)
_XML_NAMES = ("http://www.w3.org/", "https://www.w3.org/")


def outside_addresses(html: str, declared: Collection[str] = ()) -> list[str]:
    """Return each address in *html* that would be loaded from outside the page.

    Parameters
    ----------
    html
        The whole page, a part of it, or an SVG picture.
    declared
        Addresses that a plain link may lead to.

    Returns
    -------
    list of str
        ``<tag attribute> address`` in the order of the page; empty if there is none.

    Examples
    --------
    >>> outside_addresses('<img src="data:,"><a href="#top">up</a>')
    []
    >>> outside_addresses('<img src="//example.org/a.png">')
    ['<img src> //example.org/a.png']
    """
    page = _Page(frozenset(declared))
    page.feed(html)
    page.close()
    return page.found


def outside_in_style(css: str) -> list[str]:
    """Return each address that a style sheet would load from outside.

    Examples
    --------
    >>> outside_in_style("a { background: url(b.png) }")
    ['b.png']
    """
    return [address for address in _style_addresses(css) if not _is_inside(address)]


def outside_in_script(code: str) -> list[str]:
    """Return each address in a script that is outside, whether fetched or imported.

    Examples
    --------
    >>> outside_in_script('import x from "https://example.org/x.js"')
    ['https://example.org/x.js']
    """
    addresses = [m[1] for m in _SCRIPT_ADDRESS.finditer(code)]
    addresses += [m[1] for m in _SCRIPT_IMPORT.finditer(code) if m[1] not in addresses]
    return [a for a in addresses if not a.startswith(_XML_NAMES)]


def _is_inside(address: str) -> bool:
    return bool(_HARMLESS.match(address.strip()))


def _style_addresses(css: str) -> Iterator[str]:
    plain = _CSS_ESCAPE.sub(_unescaped, _CSS_COMMENT.sub("", css))
    for pattern in (_CSS_URL, _CSS_IMPORT):
        for match in pattern.finditer(plain):
            yield next(
                (part for part in match.groups() if part is not None), ""
            ).strip()
    for images in _CSS_SET.finditer(plain):
        without_urls = _CSS_URL.sub("", images[1])
        without_types = re.sub(r"type\([^)]*\)", "", without_urls)
        yield from (one or two for one, two in _QUOTED.findall(without_types))


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        number = int(match[1], 16)
        return chr(number) if 0 < number < 0x110000 else "\ufffd"
    return "" if match[2] == "\n" else match[2]


def _embedded(address: str) -> str:
    """Return the page or SVG picture inside a ``data:`` address, else ``""``."""
    head, comma, body = address.strip().partition(",")
    kind = head.lower()
    if not (comma and kind.startswith(("data:image/svg", "data:text/html"))):
        return ""
    raw = unquote_to_bytes(body)
    if kind.endswith(";base64"):
        raw = base64.b64decode(raw + b"=" * (-len(raw) % 4))
    return raw.decode("utf-8", "replace")


class _Page(HTMLParser):
    """Walks through a page and collects what it would load."""

    def __init__(self, declared: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._declared = declared
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"script", "style"}:
            self._inside = tag
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._note(tag, "refresh", given.get("content", ""))
        for name, value in given.items():
            self._look(tag, name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            for address in outside_in_style(data):
                self._note("style", "url", address)
        elif self._inside == "script":
            for address in outside_in_script(data):
                self._note("script", "text", address)

    def _look(self, tag: str, name: str, value: str) -> None:
        if tag in _LINKS and name in {"href", "xlink:href"}:
            address = value.strip()
            if not _CLICKABLE.match(address) and address not in self._declared:
                self._note(tag, name, address)
        elif name == "srcdoc":
            self.found += outside_addresses(value, self._declared)
        elif name in _LISTS:
            for candidate in re.findall(r"[^\s,]\S*(?:\s+[^\s,]+)?", value):
                self._address(tag, name, candidate.split()[0])
        elif name in _LOADING:
            self._address(tag, name, value)
        elif "(" in value or "@import" in value:
            # style="", and an SVG picture's fill="", filter="", mask="" ...
            for address in outside_in_style(value):
                if name == "style" or re.match(r"\s*url\(", value, re.IGNORECASE):
                    self._note(tag, name, address)

    def _address(self, tag: str, name: str, value: str) -> None:
        if inner := _embedded(value):
            self.found += outside_addresses(inner, self._declared)
        elif not _is_inside(value):
            self._note(tag, name, value.strip())

    def _note(self, tag: str, name: str, address: str) -> None:
        self.found.append(f"<{tag} {name}> {address}")
