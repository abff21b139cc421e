"""What the columns of the numbers behind a picture are called, and their fixed cells.

A chart's twin keeps its names for programs: slides draw native charts by them. Readers
see these words instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.language import say, word

__all__ = ["cell_words", "column_words"]

_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "action": word("Action"),
        "activity": word("Activity"),
        "after": word("After"),
        "age": word("Age"),
        "answers": word("Answers"),
        "apart": word("Apart"),
        "apart_high": word("Apart high"),
        "apart_low": word("Apart low"),
        "at_risk": word("At risk"),
        "becomes": word("Becomes"),
        "before": word("Before"),
        "block": word("Block"),
        "bottleneck": word("Bottleneck"),
        "centre": word("Centre"),
        "change": word("Change"),
        "cohort": word("Cohort"),
        "column": word("Column"),
        "could_be_automated": word("Could be automated"),
        "crossed": word("Crossed"),
        "crosshair": word("Crosshair"),
        "days": word("Days"),
        "days_late": word("Days late"),
        "depth": word("Depth"),
        "detail": word("Detail"),
        "detractors": word("Detractors"),
        "driver": word("Driver"),
        "drop_off": word("Drop off"),
        "due": word("Due"),
        "effort_days": word("Effort days"),
        "element": word("Element"),
        "end": word("End"),
        "entry": word("Entry"),
        "felt": word("Felt"),
        "gap": word("Gap"),
        "group": word("Group"),
        "high": word("High"),
        "importance": word("Importance"),
        "importance_line": word("Importance line"),
        "is_change": word("Is change"),
        "is_clear": word("Is clear"),
        "is_drawn": word("Is drawn"),
        "is_loop": word("Is loop"),
        "is_main": word("Is main"),
        "is_marked": word("Is marked"),
        "is_oldest": word("Is oldest"),
        "kind": word("Kind"),
        "lane": word("Lane"),
        "letter": word("Letter"),
        "low": word("Low"),
        "lower_limit": word("Lower limit"),
        "lowest": word("Lowest"),
        "measured": word("Measured"),
        "method": word("Method"),
        "n": word("n"),
        "n_before": word("N before"),
        "n_ended": word("N ended"),
        "n_lost": word("N lost"),
        "n_methods": word("N methods"),
        "n_reached": word("N reached"),
        "n_times": word("N times"),
        "n_top": word("N top"),
        "name": word("Name"),
        "needs": word("What it needs"),
        "note": word("Note"),
        "owner": word("Owner"),
        "pair": word("Pair"),
        "pain_point": word("Pain point"),
        "pain_points": word("Pain points"),
        "passives": word("Passives"),
        "path": word("Path"),
        "period": word("Period"),
        "persona": word("Persona"),
        "place": word("Place"),
        "promoters": word("Promoters"),
        "proposed": word("Proposed"),
        "quadrant": word("Quadrant"),
        "r_squared": word("R squared"),
        "rank": word("Rank"),
        "rank_high": word("Rank high"),
        "rank_low": word("Rank low"),
        "rank_said": word("Rank said"),
        "reliability": word("Reliability"),
        "satisfaction": word("Satisfaction"),
        "satisfaction_line": word("Satisfaction line"),
        "share": word("Share"),
        "signal": word("Signal"),
        "since": word("Since"),
        "source": word("Source"),
        "stage": word("Stage"),
        "standing": word("Standing"),
        "start": word("Start"),
        "status": word("Status"),
        "step": word("Step"),
        "strength": word("Strength"),
        "target": word("Target"),
        "text": word("Text"),
        "time": word("Time"),
        "top": word("Top"),
        "top_share": word("Top share"),
        "touched": word("Touched"),
        "touchpoint": word("Touchpoint"),
        "touchpoints": word("Touchpoints"),
        "turn": word("Turn"),
        "type": word("Type"),
        "unnecessary": word("Unnecessary"),
        "until": word("Until"),
        "upper_limit": word("Upper limit"),
        "value": word("Value"),
        "waits_for": word("Waits for"),
        "what_changes": word("What changes"),
        "who": word("Who"),
        "word": word("Word"),
        "workshop": word("Workshop"),
        "zero_order_r": word("Zero order r"),
    }
)

_STANDINGS = frozenset(
    {
        *(word("above"), word("below"), word("apart"), word("better"), word("worse")),
        *(word("clear"), word("unclear"), word("first"), word("largest"), word("top")),
        *(word("weakest"), word("not asked"), word("not compared"), word("not shown")),
        *(word("may be chance"), word("may be none"), word("refused")),
        *(word("not measured"), word("too few")),
    }
)
_CELLS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "answers": frozenset({word("9 to 10"), word("7 to 8"), word("0 to 6")}),
        "cohort": frozenset({word("all")}),
        "crossed": frozenset({word("low"), word("median"), word("high")}),
        "group": frozenset(
            {word("Promoters"), word("Passives"), word("Detractors")},
        ),
        "note": frozenset({word("not measured")}),
        "quadrant": frozenset(
            {
                word("Keep up the good work"),
                word("Perhaps too much"),
                word("Low priority"),
                word("Concentrate here"),
                *(word("Quick wins"), word("Big bets")),
                *(word("Fill-ins"), word("Time sinks")),
            }
        ),
        "reliability": frozenset(
            {
                word("enough"),
                word("few answers"),
                word("fewer than minimum"),
                word("not measured"),
            }
        ),
        "signal": frozenset({word("above the limit"), word("below the limit")}),
        "standing": _STANDINGS,
        "status": frozenset({word("below target"), word("on target")}),
        "turn": frozenset(
            {word("lowest"), word("highest"), word("peak"), word("valley")}
        ),
        "who": frozenset({word("Team")}),
        "word": frozenset(
            {
                *(word("very bad"), word("bad"), word("neutral")),
                *(word("good"), word("very good")),
            }
        ),
    }
)
"""Which cells of which columns are ours; all others are people's, and never looked up.
"""


def column_words(column: str) -> str:
    """Return what a column is called for people.

    Examples
    --------
    >>> column_words("lower_limit"), column_words("n"), column_words("my_own")
    ('Lower limit', 'n', 'My own')
    """
    if column in _COLUMNS:
        return say(_COLUMNS[column])
    text = column.replace("_", " ")
    return text[:1].upper() + text[1:]


def cell_words(column: str, text: str) -> str:
    """Return a cell of a twin in words: said if it is one of ours.

    Examples
    --------
    >>> cell_words("standing", "may be chance")
    'may be chance'
    """
    return say(text) if text in _CELLS.get(column, ()) else text
