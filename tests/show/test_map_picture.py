"""The journey map as a picture: what is drawn, and that no text lies on another."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from journeykit.errors import UnknownNameError
from journeykit.layout.journey_map import journey_map
from journeykit.layout.map_board import map_board
from journeykit.model import (
    Channel,
    ChannelChange,
    Document,
    Evidence,
    Journey,
    Kpi,
    LaneNote,
    Link,
    Measurement,
    Opportunity,
    PainPoint,
    Persona,
    Stage,
    Touchpoint,
)
from journeykit.show.map_picture import (
    PAPER,
    journey_map_picture,
    journey_map_pictures,
)
from journeykit.show.map_tables import drop_off_table, emotion_curve_table, map_table
from journeykit.show.map_words import map_alt, map_finding
from journeykit.show.svg import checked_svg
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX, light

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "defs", "pattern", "clipPath", "g", "rect"}
DRAWN |= {"circle", "line", "path", "text"}
LONG = "Nobody says how long the queue takes, and the belt stops whenever trays run out"


def document(emotions, *, n_stages=1, **more):
    """Return a map whose touchpoints have these emotions, spread over stages."""
    per_stage = -(-len(emotions) // n_stages)
    entries = [Journey(id="j", name="Departure")]
    for number in range(n_stages):
        rank = f"{number + 1:03d}V"
        entries.append(Stage(id=f"s{number}", journey="j", name="Wait", rank=rank))
    for i, emotion in enumerate(emotions):
        entries.append(
            Touchpoint(
                id=f"t{i}",
                stage=f"s{i // per_stage}",
                name=f"Touchpoint {i}",
                rank=f"{i + 1:03d}V",
                emotion=emotion,
                **more,
            )
        )
    return Document(entries)


def satisfied(place: int, value: float | None, n: int) -> Measurement:
    """Return a measured mean satisfaction with its interval."""
    ends = {} if value is None else {"low": value - 0.2, "high": value + 0.2}
    return Measurement(
        id=f"m{place}",
        definition="mean_satisfaction",
        subject=f"t{place}",
        value=value,
        n=n,
        **ends,
    )


def lost(place: int, value: float | None, n: int, **more) -> Measurement:
    """Return the share of those at the touchpoint before who never reach this one."""
    ends = {} if value is None else {"low": value - 0.04, "high": value + 0.04}
    return Measurement(
        id=f"d{place}",
        definition="drop_off_rate",
        subject=f"t{place}",
        value=value,
        n=n,
        **ends,
        **more,
    )


def crowded(n_touchpoints: int = 14) -> Document:
    """Return a map in which every zone is full of long texts."""
    emotions = [(-2, 2, None, 0, 1)[i % 5] for i in range(n_touchpoints)]
    plain = document(emotions, n_stages=5, systems=(LONG, "Screens"), excels=True)
    more = [
        Channel(id="c", name="Signs, screens and loudspeakers", catalogue="sign"),
        *(Persona(id=f"p{i}", name=f"Persona {i}", rank=f"{i + 1}") for i in range(3)),
    ]
    for i in range(n_touchpoints):
        for number in range(4):
            name, rank = f"{i}-{number}", f"{number + 1}"
            place = {"touchpoint": f"t{i}", "rank": rank}
            more += [
                LaneNote(id=f"a{name}", lane="action", text=LONG, **place),
                LaneNote(
                    id=f"g{name}", lane="thought", text="日本語の長い文章" * 6, **place
                ),
                PainPoint(id=f"x{name}", text=f"{LONG} {'Wm' * 40}", **place),
                Opportunity(id=f"o{name}", text=f"🛫🛬 {LONG}", **place),
            ]
        person, score = f"p{i % 3}", (i % 5) - 2
        feeling = {"touchpoint": f"t{i}", "persona": person, "emotion": score}
        more.append(LaneNote(id=f"f{i}", lane="feeling", text=LONG, **feeling))
        if i % 4:
            more.append(satisfied(i, 1.2 + (i % 4), (900, 12, 4)[i % 3]))
        if i % 5:
            more.append(lost(i, 0.1 + (i % 5) * 0.2, (9000, 12)[i % 2]))
        target = f"t{(i * 3) % n_touchpoints}"
        way = {"source": f"t{i}", "target": target, "note": LONG}
        more.append(ChannelChange(id=f"w{i}", context_kept=False, **way))
    more.append(LaneNote(id="goal", lane="goal", text=LONG, stage="s2"))
    more.append(Kpi(id="k", name="Satisfied", touchpoint="t0", target=80, unit="%"))
    return plain.with_entries(more)


def root(markup) -> ET.Element:
    """Return the picture as elements."""
    return ET.fromstring(str(markup))


def texts(picture: ET.Element) -> list[ET.Element]:
    """Return what is written, without the halos."""
    return [one for one in picture.iter(f"{SVG}text") if not one.get("aria-hidden")]


def said(markup) -> str:
    """Return all that is written, in one line."""
    return " ".join(one.text or "" for one in texts(root(markup)))


def box(text: ET.Element) -> tuple[float, float, float, float]:
    """Return where a text stands: left, top, right, bottom of its letters."""
    size = float(text.get("font-size", "0"))
    # the table's margin of 5 % is no ink
    wide = (
        text_width(text.text or "", size, is_bold="font-weight" in text.attrib) / 1.05
    )
    anchor = text.get("text-anchor", "start")
    shift = {"start": 0, "middle": wide / 2, "end": wide}[anchor]
    left, base = float(text.get("x", "0")) - shift, float(text.get("y", "0"))
    return left, base - 0.7 * size, left + wide, base + 0.15 * size


def shapes(markup, name: str, **attributes: str) -> list[ET.Element]:
    """Return the shapes of a name that have these attributes."""
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    return [
        one
        for one in root(markup).iter(f"{SVG}{name}")
        if all(one.get(key) == value for key, value in wanted.items())
    ]


def felt_lines(markup) -> list[ET.Element]:
    """Return the lines of the team's curve."""
    return shapes(markup, "path", stroke=light("ink"), stroke_width="3.5")


def measured_dots(markup) -> list[ET.Element]:
    """Return the dots of the measured line."""
    return shapes(markup, "circle", r="3", fill=light("accent"))


# --- reading it ---------------------------------------------------------------------


@pytest.mark.parametrize("width", [342, 760, 1160, 1600])
def test_no_text_lies_on_another_or_is_cut(width):
    """Whatever people write, in whatever script, every line has its own place."""
    picture = root(journey_map_picture(crowded(), width_px=width))
    height = float(picture.get("height", "0"))
    boxes = [(box(text), text.text) for text in texts(picture)]

    outside = [
        words
        for (left, top, right, bottom), words in boxes
        if left < -1 or top < 0 or right > width + 1 or bottom > height
    ]
    overlaps = [
        (one, other)
        for (a, one), (b, other) in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

    assert len(boxes) > 300
    assert [] == outside
    assert [] == overlaps


def test_arrows_never_cross_a_card():
    """Ways lie on tracks of their own, under the curve."""
    markup = journey_map_picture(crowded())
    cards = [
        (float(card.get("y", "0")), float(card.get("height", "0")))
        for card in shapes(markup, "rect", fill=light("panel"))
    ]
    arrows = [
        float(one.get("y1", "0"))
        for one in shapes(markup, "line", stroke=light("ink-soft"))
    ]

    assert arrows
    assert [] == [y for y in arrows for top, tall in cards if top <= y <= top + tall]


@pytest.mark.parametrize(
    ("paper", "width_mm", "height_mm"),
    [
        ("A4 portrait", 170, 257),
        ("A4 landscape", 257, 170),
        ("A3 landscape", 380, 257),
    ],
)
def test_the_smallest_type_prints_above_six_and_a_half_points(
    paper, width_mm, height_mm
):
    """A page holds its picture whole, with margins of 20 mm."""
    pictures = journey_map_pictures(crowded(), paper=paper)

    points = []
    for one in map(root, pictures):
        width, height = float(one.get("width", "0")), float(one.get("height", "0"))
        mm_per_px = min(width_mm / width, height_mm / height)
        points.append(SIZES_PX["small"] * mm_per_px / 25.4 * 72)
    assert len(pictures) > 2
    assert min(points) > 6.5


def test_the_first_page_leaves_room_for_its_heading():
    """A heading prints above the map, not alone on the page before it."""
    tallest = PAPER["A4 portrait"][1]
    plain, spared = (
        [
            float(root(page).get("height", "0"))
            for page in journey_map_pictures(crowded(), caption_px=free)
        ]
        for free in (0, 400)
    )

    assert plain[0] > tallest - 400 >= spared[0]
    assert max(plain) <= tallest
    assert max(spared) <= tallest


def test_pages_repeat_the_heads_and_say_which_part_they_are():
    """Nothing of a map is lost between pages."""
    pictures = journey_map_pictures(crowded(), paper="A4 landscape")
    whole = " ".join(map(said, pictures))

    assert all(f"Part {i} of {len(pictures)}" in whole for i in (1, len(pictures)))
    assert all("Touchpoint" in said(one) for one in pictures)
    for label in ("Emotion", "Thoughts", "Pain points", "Opportunities", "Backstage"):
        assert label in whole


def test_a_page_without_the_curve_does_not_explain_it():
    """The key names only what stands on its page."""
    pages = [said(one) for one in journey_map_pictures(crowded())]
    without = [page for page in pages if "Emotion" not in page]

    assert without
    assert not [page for page in without if "felt, as the team" in page]


def test_key_marks_personas_of_high_value():
    """Whose curve is worth most is said beside the name, as on the boards."""
    people = [
        Persona(id="p", name="Ann", is_high_value=True),
        Persona(id="q", name="Ben"),
    ]
    feelings = [
        LaneNote(
            id=f"f{who}{i}",
            lane="feeling",
            touchpoint=f"t{i}",
            persona=who,
            text="So",
            emotion=i,
        )
        for who in "pq"
        for i in (0, 1)
    ]
    mapped = document([1, 0]).with_entries([*people, *feelings])
    layout = journey_map(mapped)

    assert {"p"} == layout.high_value
    assert "A: Ann, high value" in said(journey_map_picture(mapped))
    assert "B: Ben, high value" not in said(journey_map_picture(mapped))
    assert "felt: Ann, high value" in said(journey_map_picture(mapped, persona="p"))
    assert "Of high value: Ann." in map_alt(layout, 5)


def test_a_page_gives_up_a_little_text_before_a_lane_moves_on():
    """The tallest lane loses lines until the band is no taller than a page."""
    notes = [
        kind(id=f"{lane}{i}-{k}", text=f"{LONG}. {LONG}", touchpoint=f"t{i}", **more)
        for lane, kind, more in (
            ("a", LaneNote, {"lane": "action"}),
            ("g", LaneNote, {"lane": "goal"}),
            ("o", Opportunity, {}),
        )
        for i in range(6)
        for k in range(3)
    ]
    mapped = document([1] * 6).with_entries(notes)
    (page,) = journey_map_pictures(mapped)

    height = float(root(page).get("height", "0"))

    assert height <= PAPER["A4 portrait"][1]
    assert len(said(page)) < len(said(journey_map_picture(mapped, width_px=930)))


def test_a_map_that_fits_a_page_is_one_picture():
    """A short map is not cut, and says nothing of parts."""
    pictures = journey_map_pictures(document([1, 0]))

    assert 1 == len(pictures)
    assert "Part" not in said(pictures[0])


def test_an_unknown_paper_is_refused():
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="mean 'A4 portrait'"):
        journey_map_pictures(document([1]), paper="A4 portait")
    assert "A4 portrait" in PAPER


def test_more_notes_than_fit_are_counted():
    """Three cards are shown; the table has all."""
    notes = [
        LaneNote(
            id=f"n{i}", lane="action", text=f"Act {i}", touchpoint="t0", rank=f"{i}"
        )
        for i in range(1, 6)
    ]
    full = document([1]).with_entries(notes)

    words = said(journey_map_picture(full))
    table = map_table(journey_map(full))

    assert "Act 3 and 2 more" in words
    assert "Act 4" not in words
    assert [f"Act {i}" for i in range(1, 6)] == list(
        table.loc[table["lane"] == "Customer actions", "text"]
    )


def test_a_card_has_at_most_five_lines():
    """What is longer ends with an ellipsis."""
    note = LaneNote(id="n", lane="action", text=f"{LONG}. " * 3, touchpoint="t0")
    markup = journey_map_picture(document([1] * 8).with_entries([note]))
    card = shapes(markup, "rect", fill=light("panel"))[0]
    top, bottom = (float(card.get(key, "0")) for key in ("y", "height"))
    inside = [
        text.text for text in texts(root(markup)) if top < box(text)[1] < top + bottom
    ]

    lines = [words for words in inside if words != "Customer"]
    lines = [words for words in lines if words != "actions"]

    assert 5 == len(lines)
    assert lines[-1].endswith("…")


def test_an_empty_map_says_how_to_begin():
    """Without a stage there is a sentence, on a page too."""
    hint = "Begin with the stages"

    assert hint in said(journey_map_picture(Document()))
    assert hint in said(journey_map_pictures(Document())[0])


def test_a_stage_without_a_touchpoint_keeps_its_column():
    """An empty stage is named and says what belongs there."""
    empty = Document(
        [Journey(id="j", name="J"), Stage(id="s", journey="j", name="Fly")]
    )

    words = said(journey_map_picture(empty))

    assert "No touchpoint yet" in words
    assert "1 Fly" in words


# --- who is lost between two steps --------------------------------------------------


def test_who_leaves_is_said_between_the_two_touchpoints():
    """The label stands on the gap before the touchpoint, with its interval."""
    mapped = document([1, 1, 1]).with_entries([lost(1, 0.32, 540)])
    markup = journey_map_picture(mapped, width_px=760)
    (label,) = [one for one in texts(root(markup)) if "leave" == (one.text or "")[-5:]]
    heads = {
        one.text: float(one.get("x", "0"))
        for one in texts(root(markup))
        if (one.text or "").startswith("Touchpoint ")
    }
    left, _, right, _ = box(label)

    assert "32\N{NO-BREAK SPACE}% leave" == label.text
    assert heads["Touchpoint 0"] < left < heads["Touchpoint 1"] < right
    assert "28 to 36" in said(markup)
    assert "leave between two steps" in said(markup)


def test_nobody_is_told_of_too_few_people():
    """Below the workshop's minimum, or without a number, nothing is drawn."""
    missing = [lost(1, 0.5, 4), lost(2, None, 0)]
    bare = document([1, 1, 1])
    markup = journey_map_picture(bare.with_entries(missing))

    assert said(journey_map_picture(bare)) == said(markup)
    assert "leave" not in str(markup)


def test_few_who_were_counted_are_hatched():
    """From 5 to 29 people the label is marked and says so; from 30 it is not."""
    for n, n_hatched in ((29, 2), (30, 0)):
        mapped = document([1, 1]).with_entries([lost(1, 0.5, n)])
        markup = journey_map_picture(mapped)
        hatched = [
            one
            for one in root(markup).iter(f"{SVG}rect")
            if one.get("fill", "").startswith("url(#")
        ]

        # the label and the key
        assert n_hatched == len(hatched)
        assert (n < 30) == ("few answers" in said(markup))


def test_a_step_before_that_is_no_neighbour_is_named():
    """Where events saw nobody at a touchpoint between, the label says after which."""
    mapped = document([1, 1, 1, 1]).with_entries([lost(1, 0.1, 90), lost(3, 0.2, 80)])
    words = said(journey_map_picture(mapped))

    assert "after Touchpoint 1" in words
    assert "after Touchpoint 0" not in words


def test_who_leaves_is_told_to_those_who_do_not_see_it():
    """The alt text names whose share it is; the table has one row a label."""
    reached = Measurement(
        id="r0", definition="reach_rate", subject="t0", value=0.9, n=1700
    )
    mapped = document([1, 1, 1]).with_entries(
        [reached, lost(1, 0.32, 1540), lost(2, 0.5, 4)]
    )
    layout = journey_map(mapped)
    alt = map_alt(layout, 5).replace("\N{NO-BREAK SPACE}", " ")
    table = drop_off_table(layout)

    assert "32 % of those at Touchpoint 0 leave before (28 to 36), n 1,540" in alt
    assert 1 == alt.count("leave before")
    assert ["Touchpoint 0"] == list(table["before"])
    assert (0.32, 1540, "enough") == tuple(
        table.loc[0, ["drop_off", "n", "reliability"]]
    )
    assert drop_off_table(journey_map(Document())).empty


def test_picture_and_board_say_the_same_of_who_leaves():
    """The mark on the card has the numbers of the label."""
    mapped = document([1, 1]).with_entries([lost(1, 0.32, 540), lost(0, 0.9, 12)])
    (zone,) = [one for one in map_board(mapped).zones if one.id == "touchpoints/s0"]
    marks = [words for card in zone.cards for words in card.marks]
    words = said(journey_map_picture(mapped))

    assert 2 == len(marks)
    for mark in marks:
        share, ends = mark.split(" leave before (")
        assert f"{share} leave" in words
        assert ends.split(")")[0] in words


# --- safety -------------------------------------------------------------------------


HOSTILE = (
    '</text><script>alert(1)</script><image href="http://x/" onload="a()"/>&amp;"\''
)


def test_hostile_text_is_only_text():
    """Names, notes and titles that look like markup stay words."""
    nasty = Document(
        [
            Journey(id="j", name=HOSTILE),
            Stage(id="s", journey="j", name=HOSTILE),
            Channel(id="c", name=HOSTILE, catalogue=HOSTILE[:60]),
            Touchpoint(
                id="t",
                stage="s",
                name=HOSTILE,
                channel="c",
                emotion=1,
                systems=(HOSTILE,),
            ),
            Persona(id="p", name=HOSTILE),
            LaneNote(
                id="f",
                lane="feeling",
                text=HOSTILE,
                touchpoint="t",
                persona="p",
                emotion=-1,
            ),
            PainPoint(id="x", text=HOSTILE, touchpoint="t"),
            ChannelChange(id="w", source="t", target="t", note=HOSTILE),
        ]
    )

    for markup in (journey_map_picture(nasty), journey_map_picture(nasty, persona="p")):
        names = {element.tag.removeprefix(SVG) for element in root(markup).iter()}

        assert names <= DRAWN
        assert "<script" not in markup
        assert checked_svg(markup)


def test_ids_differ_between_pictures():
    """The same map may stand twice in a page."""

    def ids(key):
        found = root(journey_map_picture(crowded(4), key=key)).iter()
        return [one.get("id") for one in found if one.get("id")]

    one, other = ids("a"), ids("b")

    assert len(one) == len(set(one))
    assert not set(one) & set(other)
    assert one == ids("a")


def test_every_colour_follows_the_theme():
    """Each fill and stroke is a role, so that the picture follows into the dark."""
    for element in root(journey_map_picture(crowded())).iter():
        for key, letter in (("fill", "f"), ("stroke", "s")):
            colour = element.get(key, "none")
            if colour != "none" and not colour.startswith("url(#"):
                assert f"jk-{letter}-" in element.get("class", ""), element.attrib


# --- the curve ----------------------------------------------------------------------


def test_a_value_that_nobody_gave_ends_the_line():
    """Not asked is named, and never drawn as neutral."""
    markup = journey_map_picture(document([1, 1, None, -1, -1]))

    assert 2 == len(felt_lines(markup))
    assert 1 == said(markup).count("not asked")


def test_what_was_not_measured_is_named_and_not_drawn():
    """No dot for no answers, too few, or answers without a number."""
    parts = [satisfied(0, 4.0, 50), satisfied(2, None, 0), satisfied(3, 3.0, 4)]
    markup = journey_map_picture(document([1, 1, 1, 1]).with_entries(parts))
    words = said(markup)

    assert 1 == len(measured_dots(markup))
    assert 2 == words.count("not measured")
    assert "fewer than 5 answers" in words
    assert "measured +1.0, n\N{NO-BREAK SPACE}50" in words


def test_few_answers_are_hatched_and_said():
    """The hatch fills the interval; enough answers have none."""
    parts = [satisfied(0, 4.0, 30), satisfied(1, 3.5, 29)]
    markup = journey_map_picture(document([1, 1]).with_entries(parts))
    hatched = [
        one
        for one in root(markup).iter(f"{SVG}rect")
        if one.get("fill", "").startswith("url(#")
    ]

    # the interval, the figure below it, and the key
    assert 3 == len(hatched)
    # a class for the fill would win over the hatch
    assert not [one for one in hatched if "jk-f-" in one.get("class", "")]
    assert "few answers, n\N{NO-BREAK SPACE}29" in said(markup)


def test_the_gap_is_shaded_where_both_lines_run():
    """One shade for each stretch of neighbours that have both."""
    parts = [satisfied(i, 4.0, 50) for i in (0, 1, 3, 4)]
    markup = journey_map_picture(document([1, 0, 0, 1, -1]).with_entries(parts))

    assert 2 == len(shapes(markup, "path", fill=light("gap")))


def test_red_dots_sit_on_the_curve_with_their_count():
    """Touchpoints without pain have none; without a curve there is none to sit on."""
    pains = [
        PainPoint(id=f"p{i}", text="Hurts", touchpoint=f"t{at}", rank=f"{i + 1}")
        for i, at in enumerate((0, 0, 2, 3))
    ]
    markup = journey_map_picture(document([1, 1, -1, None]).with_entries(pains))
    counts = [
        one.text
        for one in texts(root(markup))
        if one.get("fill") == light("paper") and one.get("font-weight")
    ]

    # two pain points, one, and the example in the key
    assert ["2", "1", "2"] == counts


def test_a_lonely_touchpoint_still_shows_its_pain():
    """The dot stands beside the mark where there is no line."""
    pain = PainPoint(id="p", text="Hurts", touchpoint="t0")
    markup = journey_map_picture(document([1]).with_entries([pain]))

    assert 2 == len(shapes(markup, "rect", fill=light("pain")))


def test_a_moment_of_truth_is_a_diamond_filled_by_its_evidence():
    """Shape says what it is, filling how sure it is."""
    truth = document([1], moment_of_truth=True)
    seen = truth.with_entries(
        [
            Evidence(id="e", text="Seen", basis="measured"),
            Link(id="l", source="e", target="t0", relation="supports"),
        ]
    )

    def diamonds(markup):
        paths = shapes(markup, "path", stroke_width="2.8")
        return [one.get("fill") for one in paths if one.get("d", "").endswith("Z")]

    assert [light("paper")] == diamonds(journey_map_picture(truth))
    assert [light("ink")] == diamonds(journey_map_picture(seen))
    assert "moment of truth" in said(journey_map_picture(truth))


def test_evidence_is_a_shape_beside_each_note():
    """Hollow assumed, half-filled observed, filled measured."""
    parts = []
    for i, basis in enumerate(("assumed", "observed", "measured"), start=1):
        parts += [
            LaneNote(id=f"n{i}", lane="goal", text="X", touchpoint="t0", rank=f"{i}"),
            Evidence(id=f"e{i}", text="E", basis=basis),
            Link(id=f"l{i}", source=f"e{i}", target=f"n{i}", relation="supports"),
        ]
    markup = journey_map_picture(document([1]).with_entries(parts))
    rings = shapes(markup, "circle", r="3.5")
    halves = [
        one
        for one in shapes(markup, "path", fill=light("ink-soft"))
        if "A3.5,3.5" in one.get("d", "")
    ]

    assert [light("paper"), light("paper"), light("ink-soft")] == [
        one.get("fill") for one in rings
    ]
    assert 1 == len(halves)


def test_each_persona_has_a_line_and_a_letter():
    """A persona's own feelings carry its letter; its map shows only its line."""
    people = [
        Persona(id="ann", name="Ann", rank="1"),
        Persona(id="bob", name="Bob", rank="2"),
        LaneNote(
            id="f1",
            lane="feeling",
            text="lost",
            touchpoint="t1",
            persona="ann",
            emotion=-2,
        ),
        LaneNote(
            id="f2",
            lane="feeling",
            text="glad",
            touchpoint="t1",
            persona="bob",
            emotion=2,
        ),
    ]
    mapped = document([0, 0, 0]).with_entries(people)
    every, of_ann = (
        journey_map_picture(mapped),
        journey_map_picture(mapped, persona="ann"),
    )

    def lines(markup, role, width):
        return len(shapes(markup, "path", stroke=light(role), stroke_width=width))

    assert (1, 1) == (
        lines(every, "persona-a", "1.8"),
        lines(every, "persona-b", "1.8"),
    )
    assert 1 == lines(every, "ink", "3.5")
    assert (1, 0) == (lines(of_ann, "persona-a", "3.5"), lines(of_ann, "ink", "3.5"))
    assert "A: Ann" in said(every)
    assert "glad" not in said(of_ann)


def test_ways_that_leave_a_band_say_where_to():
    """An arrow that runs on names the touchpoint on the other band."""
    ways = [
        ChannelChange(id="w1", source="t0", target="t9", change="branch", rank="1"),
        ChannelChange(id="w2", source="t9", target="t9", change="loop", rank="2"),
    ]
    mapped = document([1] * 10, n_stages=2).with_entries(ways)
    words = said(journey_map_picture(mapped))

    assert "branch to Touchpoint 9" in words
    assert "branch from Touchpoint 0" in words
    assert " loop " in words


def test_ways_share_a_track_where_they_do_not_meet():
    """Two short arrows far apart stand side by side, and say their notes."""
    ways = [
        ChannelChange(id="w1", source="t0", target="t1", note="on", rank="1"),
        ChannelChange(id="w2", source="t7", target="t6", note="back", rank="2"),
        ChannelChange(id="w3", source="t0", target="t2", context_kept=False, rank="3"),
    ]
    markup = journey_map_picture(document([1] * 8).with_entries(ways))
    heights = [
        one.get("y1") for one in shapes(markup, "line", stroke=light("ink-soft"))
    ]

    assert 5 == len(heights)  # three of the ways, two of the key
    assert 2 == len(set(heights[:3]))
    assert "change of channel: on" in said(markup)
    assert "change of channel, and all begins again" in said(markup)


def test_lost_context_is_a_broken_line_with_a_mark_and_the_key_says_so():
    """Kept is solid, lost is broken, dotted with a question mark is not asked yet."""
    ways = [
        ChannelChange(id="w1", source="t0", target="t1", context_kept=True, rank="1"),
        ChannelChange(id="w2", source="t2", target="t4", context_kept=False, rank="2"),
        ChannelChange(id="w3", source="t5", target="t6", rank="3"),
        ChannelChange(id="w4", source="t6", target="t3", change="return", rank="4"),
    ]
    markup = journey_map_picture(document([1] * 8).with_entries(ways))
    drawn = shapes(markup, "line", stroke=light("ink-soft"))
    dashes = sorted(one.get("stroke-dasharray") or "" for one in drawn)
    words = said(markup)

    # Four ways, and three lines of the key.
    assert ["", "", "", "1.5 3.5", "1.5 3.5", "5 4", "5 4"] == dashes
    assert "context kept" in words
    assert "context lost" in words
    assert "nobody asked" in words
    assert "The context is lost from Touchpoint 2 to Touchpoint 4." in markup
    assert "Nobody asked whether it is kept from Touchpoint 5 to" in markup


def test_a_map_without_questions_needs_no_key_of_lines():
    """Where every context is kept, and on branches, lines need no words."""
    ways = [
        ChannelChange(id="w1", source="t0", target="t1", context_kept=True),
        ChannelChange(id="w2", source="t2", target="t4", change="branch"),
    ]
    words = said(journey_map_picture(document([1] * 8).with_entries(ways)))

    assert "context" not in words


# --- its words and its twin ---------------------------------------------------------


def test_the_picture_is_said_to_those_who_do_not_see_it():
    """Title and description are the finding and the numbers of the twin."""
    pain = PainPoint(id="p", text="Hurts", touchpoint="t1")
    mapped = document([1, -2, 2]).with_entries([pain, satisfied(1, 3.5, 812)])
    picture = root(journey_map_picture(mapped))

    assert "img" == picture.get("role")
    assert (
        "The journey is felt worst at Touchpoint 1 (−2), best at Touchpoint 2 (+2)"
    ) == picture.findtext(f"{SVG}title")
    assert (
        "Journey map of Departure, current state. Stage 1, Wait: Touchpoint 0 "
        "(felt +1; not measured); Touchpoint 1 (felt −2; measured +0.5, "
        "n\N{NO-BREAK SPACE}812; 1 pain point); Touchpoint 2 (felt +2; not measured)."
    ) == picture.findtext(f"{SVG}desc")


def test_a_map_without_a_curve_is_named_by_its_journey():
    """There is no finding where nobody was asked."""
    layout = journey_map(document([None, None]))

    assert "Journey map: Departure" == map_finding(layout)
    assert "Touchpoint 1" not in map_alt(layout, 5, 0, 1)


def test_the_twin_has_every_point_of_every_curve():
    """Missing stays missing; stages and touchpoints are named."""
    mapped = document([1, None]).with_entries([satisfied(0, 3.5, 812)])

    table = emotion_curve_table(mapped)

    assert ["Team", "Wait", "Touchpoint 0", 1.0, 0.5, 0.5, 812] == list(
        table.loc[0, ["who", "stage", "touchpoint", "felt", "measured", "gap", "n"]]
    )
    assert table.loc[1, ["felt", "measured", "gap", "turn"]].isna().all()
    assert emotion_curve_table(Document()).empty


def test_map_without_emotions_says_so_and_draws_no_scale() -> None:
    """Gridlines from very bad to very good would promise a curve."""
    found = said(journey_map_picture(document([None, None])))
    drawn = said(journey_map_picture(document([None, 1])))

    assert "No emotion was placed on the map yet" in found
    assert "very good" not in found
    assert "very good" in drawn
    assert "No emotion was placed" not in drawn


def test_words_of_a_narrow_scale_stand_over_the_curves() -> None:
    """A curve that runs through "neutral" does not strike it out."""
    markup = str(journey_map_picture(document([0, 0, 1]), width_px=358))

    assert markup.index('stroke-width="3.5"') < markup.index(">neutral<")
