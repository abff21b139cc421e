"""COPIS, canvas, objectives, people, channels and the boards by status."""

from __future__ import annotations

import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.canvas import canvas
from journeykit.layout.channel_boards import channel_changes, channel_consistency
from journeykit.layout.copis import copis
from journeykit.layout.empathy_map import empathy_map
from journeykit.layout.objectives_board import objectives
from journeykit.layout.status_boards import (
    action_board,
    opportunity_board,
    pain_board,
    parking_lot,
    segment_wall,
)
from journeykit.layout.walls import agenda, decisions, persona_wall, wall
from journeykit.layout.zones import Cell, Layout, Tie, drop
from journeykit.model import (
    Action,
    AgendaBlock,
    CanvasEntry,
    Case,
    Channel,
    ChannelChange,
    CopisElement,
    Decision,
    Document,
    Journey,
    Kpi,
    LaneNote,
    Link,
    Measurement,
    Objective,
    Opportunity,
    PainPoint,
    ParkingLotItem,
    Persona,
    Segment,
    Stage,
    Stakeholder,
    Touchpoint,
    apply,
)
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT

JOURNEY = (
    Journey(id="j", name="Trip"),
    Stage(id="s1", journey="j", name="Arrive", rank="1"),
    Stage(id="s2", journey="j", name="Fly", rank="2"),
    Channel(id="desk", name="Desk", rank="1", messaging=2, branding=4),
    Channel(id="web", name="Web", rank="2", messaging=5),
    Touchpoint(id="parking", stage="s1", name="Parking", channel="web"),
    Touchpoint(id="gate", stage="s2", name="Gate", channel="desk"),
    Touchpoint(id="lounge", stage="s2", name="Lounge", rank="k"),
)


def stands(layout: Layout) -> dict[str, list[str]]:
    """Return the entries of each zone that has some."""
    found = {zone.id: [card.entry for card in zone.cards] for zone in layout.zones}
    return {name: entries for name, entries in found.items() if entries}


def dropped(document: Document, layout: Layout, entry: str, zone: str) -> Document:
    """Return the document after a drop."""
    return apply(document, drop(document, layout, entry, zone))


# --- COPIS --------------------------------------------------------------------------

ELEMENTS = [
    CopisElement(id=role, role=role, text=role)
    for role in (
        *("customer", "objective", "process", "output"),
        *("information", "systems", "supplier"),
    )
]


@pytest.mark.parametrize(
    ("definition", "columns", "left"),
    [
        (
            "operations",
            ["Customers", "Operations", "Products", "Information", "Systems"],
            ["objective", "supplier"],
        ),
        (
            "needs",
            ["Customer needs", "Objectives", "Processes", "Information", "Systems"],
            ["output", "supplier"],
        ),
        (
            "service",
            ["Customer", "Objective", "Process", "Information", "Service"],
            ["systems", "supplier"],
        ),
        (
            "classic",
            ["Customer", "Output", "Process", "Input", "Supplier"],
            ["objective", "systems"],
        ),
    ],
)
def test_copis_columns_under_each_definition(
    definition: str, columns: list[str], left: list[str]
) -> None:
    """Each meaning has its columns in order; what it lacks waits in the tray."""
    document = Document([Case(id="case", title="X", copis=definition), *ELEMENTS])
    board = copis(document)
    placed = [zone for zone in board.zones if zone.id != "tray"]

    assert columns == [zone.title for zone in placed]
    assert [0, 1, 2, 3, 4] == [zone.cell.column for zone in placed]
    assert [[zone.id] for zone in placed] == [
        [card.entry for card in zone.cards] for zone in placed
    ]
    assert left == stands(board)["tray"]
    assert "has no column for them" in board.zone("tray").why_not
    assert board.foot.endswith(".")


def test_line_to_what_causes_pain_is_marked() -> None:
    """From what needs it, not from what it needs."""
    document = Document(
        [
            *ELEMENTS,
            PainPoint(id="wait", text="Wait"),
            Link(id="l1", source="process", target="supplier", relation="depends_on"),
            Link(id="l2", source="supplier", target="wait", relation="causes"),
        ]
    )

    assert (Tie("l1", "process", "supplier", is_hurting=True),) == copis(document).ties


def test_copis_shows_ties_and_what_causes_pain() -> None:
    """Links between elements are lines; a red dot counts the pain points they cause."""
    document = Document(
        [
            *JOURNEY,
            *ELEMENTS,
            PainPoint(id="wait", text="Wait"),
            Link(id="l1", source="process", target="supplier", relation="depends_on"),
            Link(
                id="l2", source="process", target="wait", relation="causes", strength=4
            ),
            Link(id="l3", source="process", target="gate", relation="affects"),
        ]
    )
    board = copis(document)
    with_pains = copis(document, pains=True)
    (card,) = board.zone("process").cards

    assert (1, ("affects 1 touchpoint",)) == (card.n_pains, card.marks)
    assert (Tie("l1", "process", "supplier"),) == board.ties
    assert Tie("l2", "process", "wait", weight=4, is_hurting=True) in with_pains.ties
    assert ["wait"] == stands(with_pains)["pain_points"]
    with pytest.raises(UnknownNameError, match="Did you mean 'classic'"):
        copis(document, definition="clasic")


# --- canvas -------------------------------------------------------------------------


def test_canvas_has_its_known_arrangement() -> None:
    """Partners to the left, customers to the right, money below, credit in the foot."""
    board = canvas(Document())

    assert {
        "Key partnerships": Cell(0, 0, 2, 2),
        "Key activities": Cell(0, 2, 1, 2),
        "Key resources": Cell(1, 2, 1, 2),
        "Value propositions": Cell(0, 4, 2, 2),
        "Customer relationships": Cell(0, 6, 1, 2),
        "Channels": Cell(1, 6, 1, 2),
        "Customer segments": Cell(0, 8, 2, 2),
        "Cost structure": Cell(2, 0, 1, 5),
        "Revenue streams": Cell(2, 5, 1, 5),
    } == {zone.title: zone.cell for zone in board.zones if zone.id != "tray"}
    assert CANVAS_CREDIT == board.foot


def test_canvas_keeps_what_stands_on_the_other_state() -> None:
    """An entry of tomorrow waits below today's canvas, and can be moved over."""
    document = Document(
        [
            CanvasEntry(id="a", block="channels", text="Desk"),
            CanvasEntry(id="b", block="channels", text="App", state="after"),
        ]
    )
    board = canvas(document)
    moved = dropped(document, board, "a", "tray")

    assert {"channels": ["a"], "tray": ["b"]} == stands(board)
    assert {"channels": ["b"], "tray": ["a"]} == stands(canvas(document, state="after"))
    assert {"channels": ["b", "a"]} == stands(canvas(moved, state="after"))
    with pytest.raises(UnknownNameError, match="state of the canvas"):
        canvas(document, state="now")


def test_what_is_taken_over_from_the_other_canvas_stands_on_both() -> None:
    """What stays is taken away from neither; a drop within one canvas says nothing."""
    document = Document(
        [
            CanvasEntry(id="a", block="channels", text="Desk"),
            CanvasEntry(id="b", block="channels", text="App", state="after"),
        ]
    )
    after = canvas(document, state="after")
    taken = dropped(document, after, "a", "channels")
    moved = dropped(document, after, "b", "customer_segments")

    assert {"channels": ["a"], "tray": ["b"]} == stands(canvas(taken))
    assert {"channels": ["b", "a"]} == stands(canvas(taken, state="after"))
    assert "after" == moved["b"].state
    assert {"state": "after"} == after.zone("channels").starts
    assert {"state": "after"} == after.zone("channels").cards[0].values


def test_neighbours_take_the_room_of_hidden_blocks() -> None:
    """None is renamed; what stands in a hidden block waits below and is not lost."""
    hidden = ("key_partnerships", "key_resources", "cost_structure")
    document = Document(
        [
            Case(id="case", title="Start-up", hidden_blocks=hidden),
            CanvasEntry(id="a", block="key_partnerships", text="Post"),
        ]
    )
    board = canvas(document)

    assert {"hidden": ["a"]} == stands(board)
    assert Cell(0, 0, 2, 2) == board.zone("key_activities").cell
    assert Cell(2, 0, 1, 8) == board.zone("revenue_streams").cell
    assert (5, 8) == (board.n_rows, board.n_columns)
    with pytest.raises(InputError, match="hidden"):
        dropped(document, board, "a", "hidden")


def test_canvas_works_with_every_block_hidden() -> None:
    """Somebody will try."""
    case = Case(id="case", title="Start-up", hidden_blocks=tuple(CANVAS_BLOCKS))
    board = canvas(Document([case]))

    assert ["tray"] == [zone.id for zone in board.zones]


def test_canvas_entry_says_what_it_stands_instead_of() -> None:
    """On the canvas after the change only."""
    document = Document(
        [
            CanvasEntry(id="a", block="channels", text="Desk"),
            CanvasEntry(
                id="b", block="channels", text="App", state="after", replaces="a"
            ),
        ]
    )
    (card,) = canvas(document, state="after").zone("channels").cards
    (waiting,) = canvas(document).zone("tray").cards

    assert ("instead of “Desk”",) == card.marks
    assert () == waiting.marks


def test_canvas_entry_says_which_pain_it_addresses() -> None:
    """Only pain points count, not the personas that it addresses."""
    document = Document(
        [
            PainPoint(id="wait", text="Wait"),
            Persona(id="ann", name="Ann"),
            CanvasEntry(id="a", block="value_propositions", text="Calm"),
            Link(id="l1", source="a", target="wait", relation="addresses"),
            Link(id="l2", source="a", target="ann", relation="addresses"),
        ]
    )
    (card,) = canvas(document).zone("value_propositions").cards

    assert ("addresses 1 pain point",) == card.marks


# --- objectives ---------------------------------------------------------------------

AIMS = (
    Objective(id="calm", text="Calm", objective_kind="raise_satisfaction"),
    Objective(id="reach", text="Reach", stage="s1"),
    Kpi(id="csat", name="CSAT"),
    Kpi(id="nps", name="NPS"),
    Link(id="l1", source="calm", target="csat", relation="measured_by"),
)


def test_objectives_are_tied_to_their_kpis() -> None:
    """What is judged by nothing, and what judges nothing, is marked."""
    board = objectives(Document([*JOURNEY, *AIMS]))
    marks = {card.entry: card.marks for zone in board.zones for card in zone.cards}

    assert {
        "raise_satisfaction": ["calm"],
        "other": ["reach"],
        "kpis": ["csat", "nps"],
    } == stands(board)
    assert (Tie("l1", "calm", "csat"),) == board.ties
    assert {
        "calm": (),
        "reach": ("no KPI yet",),
        "csat": (),
        "nps": ("judges nothing yet",),
    } == marks


def test_objectives_by_stage_keep_those_of_other_journeys() -> None:
    """The whole journey comes first; other journeys' stages are below, not lost."""
    other = [Journey(id="k", name="Other"), Stage(id="s9", journey="k", name="Rest")]
    far = Objective(id="far", text="Far", stage="s9")
    board = objectives(Document([*JOURNEY, *AIMS, *other, far]), by="stage")

    assert ["The whole journey", "Arrive", "Fly"] == [z.title for z in board.zones[:3]]
    assert {
        "*": ["calm"],
        "s1": ["reach"],
        "tray": ["far"],
        "kpis": ["csat", "nps"],
    } == (stands(board))
    assert "another journey" in board.zone("tray").why_not
    with pytest.raises(UnknownNameError, match="way to sort"):
        objectives(Document(), by="owner")


# --- channels -----------------------------------------------------------------------


def test_channels_stand_by_score_and_the_worst_are_marked() -> None:
    """Each channel stands once for each criterion; a drop writes its score."""
    document = Document(JOURNEY)
    board = channel_consistency(document)
    after = dropped(document, board, "web", "branding/1")["web"]
    lowest = [
        (zone.id, card.entry)
        for zone in board.zones
        for card in zone.cards
        if "lowest" in card.marks
    ]

    assert {
        "messaging/2": ["desk"],
        "messaging/5": ["web"],
        "branding/0": ["web"],
        "branding/4": ["desk"],
        "service_delivery/0": ["desk", "web"],
    } == stands(board)
    assert [("messaging/2", "desk")] == lowest
    assert (5, 1, None) == (after.messaging, after.branding, after.service_delivery)


def test_good_channels_have_no_worst() -> None:
    """Where the lowest score is a 4, nothing is marked."""
    document = Document([Channel(id="a", name="A", branding=4)])
    marks = [
        card.marks for z in channel_consistency(document).zones for card in z.cards
    ]

    assert [(), (), ()] == marks


def test_changes_of_channel_show_where_the_context_is_lost() -> None:
    """Touchpoints stand by channel and stage; a drop changes both."""
    document = Document(
        [
            *JOURNEY,
            ChannelChange(id="c", source="parking", target="gate", context_kept=False),
            ChannelChange(id="d", source="gate", target="lounge", note="on foot"),
        ]
    )
    board = channel_changes(document)
    after = dropped(document, board, "parking", "desk/s2")["parking"]

    assert {"desk/s2": ["gate"], "web/s1": ["parking"], "*/s2": ["lounge"]} == (
        stands(board)
    )
    assert (
        Tie("c", "parking", "gate", is_broken=True),
        Tie("d", "gate", "lounge", label="on foot", is_open=True),
    ) == board.ties
    assert (
        "Customers must begin again at 1 of 2 changes. Broken line with ✕: customers "
        "begin again. Dotted line with ?: nobody asked." == board.foot
    )
    assert ("desk", "s2") == (after.channel, after.stage)


# --- people -------------------------------------------------------------------------

ANN = Persona(
    id="ann", name="Ann", quote="Which belt?", needs=("A seat",), pains=("Stairs",)
)
NOTES = (
    ANN,
    Persona(id="bob", name="Bob", rank="k"),
    LaneNote(id="t", lane="thought", text="Hm", touchpoint="gate", persona="ann"),
    LaneNote(id="f", lane="feeling", text="Rushed", emotion=-1, touchpoint="gate"),
    LaneNote(id="e", lane="expectation", text="Signs", stage="s1"),
    LaneNote(id="b", lane="action", text="Runs", touchpoint="gate", persona="bob"),
    PainPoint(id="wait", text="Wait", touchpoint="gate"),
)


def test_empathy_map_shows_notes_and_what_the_persona_says() -> None:
    """Notes stand by lane with their place; what is the persona's own is fixed."""
    board = empathy_map(Document([*JOURNEY, *NOTES]), persona="ann")
    own = board.zone("needs").cards

    assert {
        "says": ["ann"],
        "thinks": ["t"],
        "feels": ["f"],
        "needs": ["e", "ann"],
        "pains": ["wait", "ann"],
    } == stands(board)
    assert [("Signs", "Arrive", False), ("A seat", "", True)] == [
        (card.text, card.detail, card.is_fixed) for card in own
    ]
    assert "open the persona" in board.zone("says").why_not
    assert "Empathy map: Ann" == board.title
    assert {"persona": "ann", "stage": "s1"} == board.zone("thinks").starts
    assert "What you add here stands at Arrive." == board.foot


def test_note_on_the_empathy_map_changes_its_lane_only() -> None:
    """A drop keeps the touchpoint, and an expectation stays one among needs."""
    document = Document([*JOURNEY, *NOTES])
    board = empathy_map(document, touchpoint="gate")
    after = dropped(document, board, "f", "needs")["f"]

    assert {"says", "thinks", "does", "feels", "needs", "pains"} == set(stands(board))
    assert ("need", "gate", None) == (after.lane, after.touchpoint, after.emotion)
    (kept,) = (c for c in empathy_map(document).zone("needs").cards if not c.is_fixed)
    assert ("e", {"lane": "expectation"}) == (kept.entry, kept.values)
    assert {"lane_note": {"lane": ("need", "expectation")}} == board.zone("needs").keeps


def test_personas_stand_by_segment() -> None:
    """Those without a segment wait; a drop gives them one."""
    document = Document([*JOURNEY, *NOTES, Segment(id="biz", name="Business")])
    after = dropped(document, persona_wall(document), "bob", "biz")

    assert {"tray": ["ann", "bob"]} == stands(persona_wall(document))
    assert {"biz": ["bob"], "tray": ["ann"]} == stands(persona_wall(after))


def test_segments_of_high_value_stand_apart() -> None:
    """A drop marks a segment as one of high value."""
    document = Document([Segment(id="biz", name="Business")])
    after = dropped(document, segment_wall(document), "biz", "is_high_value/true")

    assert {"is_high_value/false": ["biz"]} == stands(segment_wall(document))
    assert {"is_high_value/true": ["biz"]} == stands(segment_wall(after))
    assert () == segment_wall(after).zones[1].cards[0].marks  # the column says it


# --- by status ----------------------------------------------------------------------


def test_actions_stand_by_status() -> None:
    """An open action without owner or date is marked; a finished one is not."""
    document = Document(
        [
            Stakeholder(id="boss", name="Boss"),
            Action(id="a", text="Signs", owner="boss", due="2026-03-31"),
            Action(id="b", text="Paint", status="done", rank="k"),
            Action(id="c", text="Lift", owner="boss", rank="l"),
        ]
    )
    board = action_board(document)
    cards = {card.entry: card for zone in board.zones for card in zone.cards}

    assert {"status/planned": ["a", "c"], "status/done": ["b"]} == stands(board)
    assert ["Planned", "Doing", "Done", "Dropped"] == [z.title for z in board.zones]
    assert "Boss · due 31\u00a0Mar\u00a02026" == cards["a"].detail
    assert [(), (), ("no date",)] == [cards[one].marks for one in "abc"]
    assert "doing" == dropped(document, board, "a", "status/doing")["a"].status


def test_pain_points_stand_by_what_became_of_them() -> None:
    """Open, being treated, resolved, returned."""
    document = Document([PainPoint(id="p", text="Wait")])
    board = pain_board(document)

    titles = [zone.title for zone in board.zones]
    assert ["Open", "Being treated", "Resolved", "Returned"] == titles
    after = dropped(document, board, "p", "status/being_treated")
    assert "being_treated" == after["p"].status


def test_ideas_stand_by_choice_and_answer_pain_points() -> None:
    """An idea is undecided, taken on or kept; a pain point without one is marked."""
    document = Document(
        [
            PainPoint(id="p", text="Wait"),
            PainPoint(id="q", text="Noise", rank="k"),
            Opportunity(id="o", text="Signs"),
            Opportunity(id="x", text="Music", is_chosen=False),
            Link(id="l", source="o", target="p", relation="answers"),
        ]
    )
    board = opportunity_board(document)

    assert {
        "pain_points": ["p", "q"],
        "is_chosen/0": ["o"],
        "is_chosen/false": ["x"],
    } == (stands(board))
    assert [(), ("no idea yet",)] == [c.marks for c in board.zone("pain_points").cards]
    assert (Tie("l", "o", "p"),) == board.ties
    assert dropped(document, board, "o", "is_chosen/true")["o"].is_chosen is True


def test_parked_items_are_open_or_settled() -> None:
    """A drop settles an item."""
    document = Document([ParkingLotItem(id="p", text="Lounge")])
    after = dropped(document, parking_lot(document), "p", "is_settled/true")

    assert {"is_settled/true": ["p"]} == stands(parking_lot(after))


# --- walls --------------------------------------------------------------------------


def test_agenda_stands_in_order_with_its_length() -> None:
    """A new block takes ten minutes until somebody says otherwise."""
    blocks = [
        AgendaBlock(id="b", title="Map", minutes=90, rank="2"),
        AgendaBlock(id="a", title="Welcome", minutes=15, rank="1"),
    ]
    board = agenda(Document(blocks))

    assert [("Welcome", "15 min"), ("Map", "90 min")] == [
        (card.text, card.detail) for card in board.zone("all").cards
    ]
    assert {"minutes": 10} == board.zone("all").starts
    assert "In all 1 h 45 min." == board.foot
    assert "" == agenda(Document()).foot


def test_decisions_say_who_decided() -> None:
    """The quieter line names person, day and subject."""
    made = Decision(
        id="d", text="Go", decided_by="Ann", day="2026-03-31", subject="gate"
    )
    (card,) = decisions(Document([*JOURNEY, made])).zone("all").cards

    assert ("Go", "Ann · 31\u00a0Mar\u00a02026 · Gate") == (card.text, card.detail)


def test_a_choice_says_its_place() -> None:
    """What is taken up first stands among the decisions with its place."""
    made = Decision(id="d", text="Gate first", place=1, subject="gate")
    (card,) = decisions(Document([*JOURNEY, made])).zone("all").cards

    assert "place 1 · Gate" == card.detail


def test_wall_adds_only_what_a_text_is_enough_for() -> None:
    """A stage needs its journey and a note its place: these are made elsewhere."""
    document = Document([Case(id="case", title="X")])
    kinds = (
        "persona",
        "stage",
        "lane_note",
        "experiment",
        "case",
        "department_sign_off",
    )
    adds = [wall(document, kind=kind).zone("all").adds for kind in kinds]

    assert ["persona", "", "", "", "", ""] == adds
    with pytest.raises(UnknownNameError, match="Did you mean 'persona'"):
        wall(document, kind="personas")


def test_number_of_too_few_people_is_never_told() -> None:
    """A card of a measurement below the least group says so instead of its number."""
    number = Measurement(id="m", definition="net_promoter_score", value=33, n=7)
    case = Case(id="case", title="X", min_group=10)
    (shown,) = wall(Document([number]), kind="measurement").zone("all").cards
    (hidden,) = wall(Document([number, case]), kind="measurement").zone("all").cards

    assert ("NPS 33", "n\u00a07") == (shown.text, shown.detail)
    assert ("NPS not shown", "fewer than 10") == (hidden.text, hidden.detail)


def test_workshop_itself_is_not_taken_out() -> None:
    """Its card is fixed, so that nothing offers to remove it; a blank file has none."""
    document = Document([Case(id="case", title="A visit")])
    layout = wall(document, kind="case")
    with pytest.raises(InputError, match="neither moved nor taken out"):
        drop(document, layout, "case", "all")

    assert [True] == [card.is_fixed for card in layout.zone("all").cards]
    assert "case" == wall(Document(), kind="case").zone("all").adds
