"""Finding what a page would load from outside itself."""

from __future__ import annotations

import base64

import pytest
from outside_addresses import (
    outside_addresses,
    outside_in_script,
    outside_in_style,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><image href="//b.example/a"/></svg>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="https://b.example/a">', ["<img src> https://b.example/a"]),
        ("<img src=//b.example/a>", ["<img src> //b.example/a"]),
        # a file beside the report is not there when it arrives by e-mail
        ('<img src="a.png">', ["<img src> a.png"]),
        (
            '<img srcset="data:, 1x, https://b.example/a 2x">',
            ["<img srcset> https://b.example/a"],
        ),
        ('<link rel="stylesheet" href="a.css">', ["<link href> a.css"]),
        ('<base href="https://b.example/">', ["<base href> https://b.example/"]),
        ('<video poster="/a.png">', ["<video poster> /a.png"]),
        ('<object data="//b.example/a">', ["<object data> //b.example/a"]),
        ('<form action="//b.example/a">', ["<form action> //b.example/a"]),
        ('<body background="//b.example/a">', ["<body background> //b.example/a"]),
        ('<svg><use xlink:href="a.svg#b"/></svg>', ["<use xlink:href> a.svg#b"]),
        (
            '<rect fill="url(https://b.example/a#b)">',
            ["<rect fill> https://b.example/a#b"],
        ),
        ('<p style="background: url(//b.example)">', ["<p style> //b.example"]),
        ("<style>@import 'a.css';</style>", ["<style url> a.css"]),
        ("<svg><style>a{fill:url(b)}</style></svg>", ["<style url> b"]),
        (
            '<meta http-equiv="Refresh" content="0; url=//b.example">',
            ["<meta refresh> 0; url=//b.example"],
        ),
        (
            "<script>fetch('https://b.example/a')</script>",
            ["<script text> https://b.example/a"],
        ),
        ('<iframe srcdoc="<img src=a.png>">', ["<img src> a.png"]),
        (
            "<img src=data:image/svg+xml;base64,"
            + base64.b64encode(SVG.encode()).decode()
            + ">",
            ["<image href> //b.example/a"],
        ),
        ('<a href="https://b.example/a">a</a>', ["<a href> https://b.example/a"]),
        ('<a href="//b.example/a">a</a>', ["<a href> //b.example/a"]),
        ('<a href="/\\b.example/a">a</a>', ["<a href> /\\b.example/a"]),
        ('<a href="javascript:a()">a</a>', ["<a href> javascript:a()"]),
        ('<a href="#a" ping="//b.example">a</a>', ["<a ping> //b.example"]),
    ],
)
def test_address_that_would_load_is_found(html: str, expected: list[str]) -> None:
    """Each way in which a page reaches outside is seen."""
    assert expected == outside_addresses(html)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/png;base64,AAAA"><img src="">',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>',
        '<rect fill="url(#a)"><p style="background: url(data:,)">',
        '<a href="#stage">to the stage</a><a href="business.html#a">next</a>',
        '<a href="mailto:a@b.example">write</a>',
        "<p>Source: https://b.example/survey (public domain)</p>",
        "<p title=\"see url(b)\">url('https://b.example')</p>",
        '<p alt="(https://b.example)">',
        "<!-- <img src=a.png> --><style>/* url(a) */</style>",
        "<script>const svg = 'http://www.w3.org/2000/svg'</script>",
    ],
)
def test_page_that_carries_everything_is_clean(html: str) -> None:
    """Embedded pictures, names of XML, visible text and inner links load nothing."""
    assert [] == outside_addresses(html)


def test_declared_link_may_lead_outside() -> None:
    """The source of the data may be linked, if that is declared; nothing else."""
    html = '<a href="https://b.example/data">data</a><a href="https://c.example">c</a>'

    found = outside_addresses(html, declared={"https://b.example/data"})

    assert ["<a href> https://c.example"] == found


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@font-face { src: url( 'a.woff2' ) }", ["a.woff2"]),
        ('@import "a.css"; @import url(b.css);', ["b.css", "a.css"]),
        ("a { background: \\75rl(a) }", ["a"]),
        ('a { background: image-set("a.png" type("image/png") 1x) }', ["a.png"]),
        ("a { fill: url(#b); src: url(data:,) } /* url(c) */", []),
    ],
)
def test_style_sheet_is_read(css: str, expected: list[str]) -> None:
    """Imports, fonts and pictures of a style sheet are seen, comments are not."""
    assert expected == outside_in_style(css)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("new WebSocket(`wss://b.example`)", ["wss://b.example"]),
        ("import a from '//b.example/a.js'", ["//b.example/a.js"]),
        ("import { a } from './a.js'", ["./a.js"]),
        ("await import('a')", ["a"]),
        ("createElementNS('http://www.w3.org/2000/svg', 'g') // note", []),
    ],
)
def test_script_is_read(code: str, expected: list[str]) -> None:
    """Addresses and imports of a script are seen, comments and XML names are not."""
    assert expected == outside_in_script(code)
