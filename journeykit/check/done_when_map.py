"""When steps 4 to 8 are done: from the touchpoints to the channels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeykit.check.done_check import (
    Check,
    every,
    found,
    joined_from,
    joined_to,
    named,
    there_are,
)
from journeykit.check.evidence import (
    coverage_by_stage,
    entry_bases,
    evidence_shares,
)
from journeykit.model import (
    Case,
    Channel,
    ChannelChange,
    Comment,
    Document,
    Evidence,
    LaneNote,
    Measurement,
    PainPoint,
    Stage,
    Touchpoint,
)
from journeykit.model.prompts import subtle_touchpoints

__all__ = [
    "channels_done",
    "evidence_done",
    "journey_map_done",
    "pain_points_done",
    "touchpoints_done",
    "used_channels",
]

_NO_TOUCHPOINTS = "There are no touchpoints yet"
_NO_STAGES = "There are no stages yet"
_NO_EVIDENCE = "There is no evidence yet"


def used_channels(document: Document) -> tuple[Channel, ...]:
    """Return the channels that a touchpoint uses, in their order."""
    used = {one.channel for one in document.of(Touchpoint)}
    return tuple(one for one in document.of(Channel) if one.id in used)


def touchpoints_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of touchpoints and channels."""
    touchpoints = document.of(Touchpoint)
    lined = {one.stage for one in touchpoints}
    looked_at = {one.channel for one in touchpoints if one.is_subtle}
    looked_at |= {one.subject for one in document.of(Comment)}
    return (
        every(
            "Every stage has a touchpoint",
            document.of(Stage),
            lambda one: one.id in lined,
            ("stage has no touchpoint", "stages have no touchpoint"),
            none=_NO_STAGES,
        ),
        _every_touchpoint(touchpoints, "channel", "channel"),
        _every_touchpoint(touchpoints, "owner", "owner"),
        every(
            "Online or offline fits the channel",
            touchpoints,
            lambda one: (
                one.channel is None
                or one.is_online == _is_online(document, one.channel)
            ),
            (
                "touchpoint says other than its channel",
                "touchpoints say other than their channel",
            ),
            none=_NO_TOUCHPOINTS,
        ),
        there_are(
            "The moments of truth are marked",
            [one for one in touchpoints if one.moment_of_truth],
            "None is marked: where does a customer stay or leave?",
        ),
        every(
            "Subtle touchpoints were looked for, channel by channel",
            [
                one
                for one in used_channels(document)
                if subtle_touchpoints(one.catalogue)
            ],
            lambda one: one.id in looked_at,
            (
                "channel has no subtle touchpoint, and no remark why not",
                "channels have no subtle touchpoint, and no remark why not",
            ),
            none="No channel of the catalogue is in use yet",
        ),
    )


def _is_online(document: Document, channel: str) -> bool:
    entry = document[channel]
    return isinstance(entry, Channel) and entry.is_online


def _every_touchpoint(
    touchpoints: Sequence[Touchpoint], field: str, noun: str
) -> Check:
    article = "an" if noun[0] in "aeiou" else "a"
    return every(
        f"Every touchpoint has {article} {noun}",
        touchpoints,
        lambda one: getattr(one, field) is not None,
        (f"touchpoint has no {noun}", f"touchpoints have no {noun}"),
        none=_NO_TOUCHPOINTS,
    )


def evidence_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the evidence."""
    pieces = document.of(Evidence)
    supporting = joined_from(document, "supports")
    case = document.case or Case(id="case", title="")
    measured = evidence_shares(document).measured
    share = (
        f"{100 * measured:.0f} % so far" if measured else "Nothing is measured so far"
    )
    names = {one.id: one for one in document.of(Stage)}
    coverage = coverage_by_stage(document)
    stages = [names[one.stage] for one in coverage if one.n_touchpoints]
    covered = {one.stage for one in coverage if one.n_with_data}
    return (
        there_are(
            "There is evidence, or a measured number",
            [*pieces, *document.of(Measurement)],
            "Bring a survey, or write down what you heard",
        ),
        every(
            "Every piece of evidence supports something",
            pieces,
            lambda one: one.id in supporting,
            (
                "piece of evidence supports nothing",
                "pieces of evidence support nothing",
            ),
            none=_NO_EVIDENCE,
        ),
        every(
            "What was observed or measured has its source",
            [one for one in pieces if one.basis != "assumed"],
            lambda one: one.source or one.data_set,
            ("piece of evidence has no source", "pieces of evidence have no source"),
            none="Nothing is observed or measured yet",
        ),
        every(
            "Every stage has data",
            stages,
            lambda one: one.id in covered,
            ("stage rests on nothing but belief", "stages rest on nothing but belief"),
            none=_NO_TOUCHPOINTS,
        ),
        found(
            f"At least {100 * case.min_measured_share:.0f} % of the map is measured",
            measured is not None and measured >= case.min_measured_share,
            share,
        ),
    )


def journey_map_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the map: what stands in its lanes."""
    touchpoints, stages = document.of(Touchpoint), document.of(Stage)
    voiced = {
        one.touchpoint
        for one in document.of(LaneNote)
        if one.lane in ("thought", "feeling")
    }

    def staged(text: str, noun: str, *lanes: str) -> Check:
        filled = _stages_with(document, lanes)
        return every(
            text,
            stages,
            lambda one: one.id in filled,
            (f"stage has no {noun}", f"stages have no {noun}"),
            none=_NO_STAGES,
        )

    return (
        staged("Every stage has a goal", "goal", "goal", "motivation"),
        staged("Every stage says what customers do", "customer action", "action"),
        staged(
            "Every stage has a need or an expectation",
            "need or expectation",
            "need",
            "expectation",
        ),
        every(
            "Every touchpoint has a thought or a feeling",
            touchpoints,
            lambda one: one.id in voiced,
            (
                "touchpoint has no thought or feeling",
                "touchpoints have no thought or feeling",
            ),
            none=_NO_TOUCHPOINTS,
        ),
        _every_touchpoint(touchpoints, "emotion", "emotion"),
    )


def _stages_with(document: Document, lanes: Iterable[str]) -> set[str]:
    """Return the stages with a note in one of *lanes*, on them or a touchpoint."""
    stage_of = {one.id: one.stage for one in document.of(Touchpoint)}
    notes = [one for one in document.of(LaneNote) if one.lane in lanes]
    places = {one.stage or stage_of.get(one.touchpoint or "") for one in notes}
    return {place for place in places if place}


def pain_points_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the pain points."""
    pains, none = document.of(PainPoint), "There are no pain points yet"
    bases = entry_bases(document)
    hurt = {one.touchpoint for one in pains}
    hurt |= joined_to(document, "pain_at").keys()
    felt = joined_from(document, "felt_by")

    def has(text: str, noun: str, *fields: str) -> Check:
        return every(
            text,
            pains,
            lambda one: all(getattr(one, field) for field in fields),
            (f"pain point has no {noun}", f"pain points have no {noun}"),
            none=none,
        )

    return (
        has("Every pain point stands at a touchpoint", "touchpoint", "touchpoint"),
        every(
            "Every pain point says who feels it",
            pains,
            lambda one: one.persona or one.id in felt,
            ("pain point has no persona", "pain points have no persona"),
            none=none,
        ),
        has(
            "Severity and frequency are rated",
            "severity or frequency",
            "severity",
            "frequency",
        ),
        every(
            "Every pain point has evidence, or is marked as assumed",
            pains,
            lambda one: one.is_assumption or one.id in bases,
            ("pain point has no evidence", "pain points have no evidence"),
            none=none,
        ),
        has("Every pain point has a cause", "cause", "cause"),
        has("Every pain point has an owner", "owner", "owner"),
        every(
            "Every low point of the curve has a pain point",
            [one for one in document.of(Touchpoint) if one.emotion is not None],
            lambda one: (one.emotion or 0) >= 0 or one.id in hurt,
            (
                "touchpoint feels bad and has no pain point",
                "touchpoints feel bad and have no pain point",
            ),
            none="No emotion is set yet",
        ),
    )


def channels_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of consistency and changes of channel."""
    changes = document.of(ChannelChange)
    return (
        every(
            "Every channel in use is rated on messaging, branding and service",
            used_channels(document),
            lambda one: one.messaging and one.branding and one.service_delivery,
            ("channel is not rated", "channels are not rated"),
            none="No channel is in use yet",
        ),
        there_are(
            "The changes of channel are recorded",
            changes,
            "There is none yet: where do customers go on by another channel?",
        ),
        _context_kept(document, changes),
    )


def _context_kept(document: Document, changes: Sequence[ChannelChange]) -> Check:
    open_ones = [
        f"{document[one.source].name_for_people} → "
        f"{document[one.target].name_for_people}"
        for one in changes
        if one.context_kept is None
    ]
    words = "changes leave" if len(open_ones) > 1 else "change leaves"
    return found(
        "Every change says whether the context is kept",
        bool(changes) and not open_ones,
        f"{len(open_ones)} {words} it open: {named(open_ones)}"
        if changes
        else "There are no changes yet",
    )
