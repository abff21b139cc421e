"""What ratings and changes of channel say: worst cells, lost context, offers."""

from __future__ import annotations

import pytest
from clean_case import TODAY

from journeykit.check.channel_reading import (
    changes_read,
    changes_sentence,
    consistency,
    offers_sentence,
    preferred_offers,
    unrecorded_changes,
)
from journeykit.check.rules import findings
from journeykit.layout.channel_boards import channel_consistency
from journeykit.model import (
    Channel,
    ChannelChange,
    Document,
    Entry,
    Journey,
    Link,
    Persona,
    Stage,
    Touchpoint,
)

APP = Channel(id="app", name="App", messaging=2, branding=4, service_delivery=2)
DESK = Channel(id="desk", name="Desk", rank="b", messaging=5, branding=2)
POST = Channel(id="post", name="Post", rank="c")
NOW = Journey(id="now", name="Buy")
STAGES = (
    Stage(id="find", journey="now", name="Find"),
    Stage(id="buy", journey="now", name="Buy", rank="b"),
)
POINTS = (
    Touchpoint(id="look", stage="find", name="Look", channel="app"),
    Touchpoint(id="ask", stage="find", name="Ask", channel="desk", rank="b"),
    Touchpoint(id="pay", stage="buy", name="Pay", channel="desk", rank="c"),
)
MAP: tuple[Entry, ...] = (APP, DESK, POST, NOW, *STAGES, *POINTS)


def document(*more: Entry) -> Document:
    """Return the map with what a test adds."""
    return Document([*MAP, *more])


def change(name: str, ends: str, *, kept: bool | None) -> ChannelChange:
    """Return a change of channel between two touchpoints."""
    source, target = ends.split()
    return ChannelChange(id=name, source=source, target=target, context_kept=kept)


def test_worst_cells_are_named_with_their_ties() -> None:
    """Three cells share the lowest score; nobody asks for a channel not in use."""
    found = consistency(document())

    assert 2 == found.lowest
    assert {
        ("app", "messaging"),
        ("app", "service_delivery"),
        ("desk", "branding"),
    } == {*found.worst}
    assert (
        "Lowest, 2 of 5: messaging of App; branding of Desk; service of App."
        == found.sentence()
    )
    assert "Not rated yet: Desk on service." == found.missing_sentence()


def test_matrix_and_board_mark_the_same_cells() -> None:
    """A channel that is rated counts, in use or not."""
    post = POST.model_copy(update={"messaging": 1})
    case = Document([*(one for one in MAP if one is not POST), post])
    board = channel_consistency(case)
    marked = {
        (card.entry, zone.id.partition("/")[0])
        for zone in board.zones
        for card in zone.cards
        if "lowest" in card.marks
    }

    assert {("post", "messaging")} == marked == {*consistency(case).worst}


def test_good_scores_have_no_worst_cell() -> None:
    """A lowest score above the middle is no news."""
    good = {"messaging": 5, "branding": 4, "service_delivery": 5}
    found = consistency(Document([APP.model_copy(update=good)]))

    assert () == found.worst
    assert "the channels speak with one voice" in found.sentence()
    assert "" == found.missing_sentence()


def test_nothing_rated_is_said() -> None:
    """Without channels, and with channels that nobody rated."""
    bare = consistency(Document([Channel(id="fax", name="Fax")]))

    assert "There are no channels yet." == consistency(Document()).sentence()
    assert "Nobody has rated a channel yet." == bare.sentence()
    assert "Not rated yet: Fax." == bare.missing_sentence()


def test_lost_context_comes_first() -> None:
    """Then what nobody asked; the sentence counts both."""
    found = changes_read(
        document(
            change("c1", "look ask", kept=True),
            change("c2", "look pay", kept=None),
            change("c3", "ask pay", kept=False),
        )
    )

    assert ["lost", "unknown", "kept"] == [one.context for one in found]
    assert "stays on Desk" == found[0].channels
    assert "App → Desk" == found[1].channels
    assert (
        "Customers begin again at 1 of 3 changes: Ask → Pay. Nobody asked at 1."
        == changes_sentence(found)
    )
    assert "No change of channel is recorded yet" in changes_sentence(())


def test_changes_that_the_map_implies_are_found() -> None:
    """Neighbours on other channels, unless a change or an arrow joins them."""
    flow = Link(id="l", source="look", target="ask", relation="flows_to")

    assert [("look", "ask")] == [
        (one.id, other.id) for one, other in unrecorded_changes(document())
    ]
    assert () == unrecorded_changes(document(flow))
    assert () == unrecorded_changes(document(change("c", "look ask", kept=None)))


@pytest.mark.parametrize(
    ("channel", "offers"),
    [("app", ("offered", "not offered")), ("desk", ("offered", "offered"))],
)
def test_offers_say_what_the_rule_says(channel: str, offers: tuple[str, ...]) -> None:
    """Rule O2 finds a persona exactly where a stage does not offer its channel."""
    amy = Persona(id="amy", name="Amy", preferred_channel=channel)
    case = document(amy)
    stages, rows = preferred_offers(case)
    found = [one.entry for one in findings(case, TODAY) if one.rule == "O2"]

    assert ["find", "buy"] == [one.id for one in stages]
    assert offers == rows[0].offers
    assert ("not offered" in offers) == ("amy" in found)


def test_stages_of_other_maps_are_not_passed() -> None:
    """Who travels one map does not miss a channel on another."""
    other = Journey(id="other", name="Return")
    back = Stage(id="back", journey="other", name="Return", rank="c")
    amy = Persona(id="amy", name="Amy", preferred_channel="app")
    bob = Persona(id="bob", name="Bob", rank="b")
    travels = Link(id="l", source="amy", target="now", relation="travels")
    _, rows = preferred_offers(document(other, back, amy, bob, travels))

    assert ("offered", "not offered", "not passed") == rows[0].offers
    assert (
        "Amy prefers App and does not find it at 1 of 2 stages. No preference "
        "recorded: Bob." == offers_sentence(rows)
    )
    assert "There are no personas yet." == offers_sentence(())
