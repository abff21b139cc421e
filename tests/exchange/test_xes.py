"""Event logs in XES: read as a stream, with every door of XML shut."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from journeykit.errors import FileProblemError, InputError
from journeykit.exchange.events import read_events
from journeykit.exchange.tables import OWN_FILE, Limits
from journeykit.exchange.xes import is_xes, xes_table
from journeykit.model import EventMapping

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LOG = (
    f'{HEAD}<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
    '<extension name="Concept" prefix="concept" uri="x"/>'
    '<global scope="event"><string key="concept:name" value="default"/></global>'
    '<string key="concept:name" value="The log"/>'
    '<trace><string key="concept:name" value="7"/><string key="plan" value="team"/>'
    '<event><string key="concept:name" value="Search &amp; find">'
    '<string key="concept:name" value="inner"/></string>'
    '<date key="time:timestamp" value="2010-12-30T14:32:00.000+01:00"/></event>'
    '<event><string key="concept:name" value="Book"/><float key="cost" value="3.5"/>'
    '<date key="time:timestamp" value="2010-12-30T14:40:00.000+01:00"/></event>'
    "</trace><trace><string key='concept:name' value='8'/>"
    '<event><string key="concept:name" value="Book"/></event></trace></log>'
)


def mapping() -> EventMapping:
    """Return what the columns of a log in XES mean."""
    return EventMapping(
        customer="case:concept:name", activity="concept:name", time="time:timestamp"
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_log_is_read_as_events(pack: type[bytes]) -> None:
    """A trace is a customer; what hangs on an attribute is not an event's own."""
    records = read_events(pack(LOG.encode()), mapping())
    frame = records.frame

    assert ["7", "7", "8"] == frame["customer"].tolist()
    assert ["Search & find", "Book", "Book"] == frame["activity"].tolist()
    assert "2010-12-30 13:32:00" == str(frame["time"][0])
    assert [False, False, True] == frame["time"].isna().tolist()
    assert "Read as an event log (XES): 5 columns, 3 events." == records.notes[0]


def test_columns_of_the_trace_stand_beside_each_event() -> None:
    """What an event does not have is empty, whichever comes first."""
    table = xes_table(LOG.encode(), "log.xes", OWN_FILE)

    assert ["team", "team", ""] == table["case:plan"].tolist()
    assert ["", "3.5", ""] == table["cost"].tolist()


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (f'{HEAD}<!DOCTYPE log [<!ENTITY a "x">]><log/>', "declares a document type"),
        (f'{HEAD}<!DOCTYPE log SYSTEM "http://example.com/log.dtd"><log/>', "document"),
        (f"{HEAD}<log><trace><event></trace></log>", "damaged in line 2"),
        (f"{HEAD}<log></log>", "there are no events"),
        (f"{HEAD}<log>&unknown;</log>", "damaged"),
        (f"{HEAD}{'<log>' * 60}", "nested deeper"),
        (f"{HEAD}<html><log/></html>", "this XML holds 'html'"),
    ],
)
def test_what_is_no_plain_log_is_refused(text: str, match: str) -> None:
    """A bomb of entities, an outside file, and what is simply broken."""
    with pytest.raises(InputError, match=match):
        read_events(text.encode(), mapping())


def test_a_bomb_is_refused_before_it_grows() -> None:
    """A billion laughs cost nothing: the first of them is not read."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f"{HEAD}<!DOCTYPE log [{''.join(lines)}]><log>&a9;</log>"
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="document type"):
            read_events(bomb.encode(), mapping())
        assert 5_000_000 > tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_budget_holds() -> None:
    """Rows and columns beyond it are refused while they are read."""
    with pytest.raises(InputError, match="at most 2 events"):
        xes_table(LOG.encode(), "log", Limits(n_rows=2))
    with pytest.raises(InputError, match="at most 3 columns"):
        xes_table(LOG.encode(), "log", Limits(n_columns=3))
    with pytest.raises(FileProblemError, match="breaks off"):
        read_events(gzip.compress(LOG.encode())[:-20], mapping())


def test_a_log_is_known_by_its_content() -> None:
    """Other XML is left to the reader of tables, which says what it is."""
    assert is_xes(b"\xef\xbb\xbf<?xml version='1.0'?>\n<log>")
    assert is_xes(b"<?xml version='1.0'?><!-- long -->", "log.xes.gz")
    assert not is_xes(b"<?xml version='1.0'?><workbook>", "book.xml")
    assert not is_xes(b"id,log\n1,<log>")
