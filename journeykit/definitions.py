"""What every measure means: its words, unit, ends, interval and direction.

A number is never shown without its definition; sources disagree on nearly all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Literal

from journeykit.language import word

__all__ = ["MEASURES", "NPS_CREDIT", "MeasureDefinition"]


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """What a measure means: printed wherever its number is shown."""

    label: str
    short: str
    unit: Literal["points", "share", "mean", "money", "number"]
    lowest: float
    highest: float
    text: str
    interval: str
    direction: Literal["higher is better", "lower is better"] = "higher is better"


NPS_CREDIT = word(
    "Net Promoter, NPS and the NPS-related emoticons are registered marks of Bain & "
    "Company, Inc., Fred Reichheld and NICE Systems, Inc."
)

MEASURES: Mapping[str, MeasureDefinition] = MappingProxyType(
    {
        "net_promoter_score": MeasureDefinition(
            word("Net promoter score"),
            word("NPS"),
            "points",
            -100,
            100,
            word(
                "100 x (promoters - detractors) / answers; promoters answer 9 to 10, "
                "passives 7 to 8, detractors 0 to 6 on a scale of 0 to 10."
            ),
            word("adjusted Wald (Rocks 2016)"),
        ),
        "customer_satisfaction_score": MeasureDefinition(
            word("Customer satisfaction score"),
            word("CSAT"),
            "share",
            0,
            1,
            word(
                "Share of the two best answers among valid answers: 4 to 5 on a scale "
                "of 1 to 5."
            ),
            word("Wilson"),
        ),
        "mean_satisfaction": MeasureDefinition(
            word("Mean satisfaction"),
            word("Mean"),
            "mean",
            1,
            5,
            word(
                "Mean of the valid answers on a scale of 1 to 5; other scales are "
                "brought to it."
            ),
            word("Student's t"),
        ),
        "customer_effort_score": MeasureDefinition(
            word("Customer effort score"),
            word("CES"),
            "mean",
            1,
            7,
            word(
                'Mean agreement with "made it easy for me to handle my issue", 1 to 7, '
                "higher is easier."
            ),
            word("Student's t"),
        ),
        "easy_share": MeasureDefinition(
            word("Share of easy answers"),
            word("Easy"),
            "share",
            0,
            1,
            word("Share of answers 5 to 7 on the effort scale of 1 to 7."),
            word("Wilson"),
        ),
        "felt_minus_measured": MeasureDefinition(
            word("Felt minus measured"),
            word("Gap"),
            "mean",
            -4,
            4,
            word(
                "The team's mean emotion (-2 to +2) minus mean satisfaction on 1 to 5 "
                "less 3; above 0 the team thinks better of it than customers do."
            ),
            word("that of the mean satisfaction"),
        ),
        "retention_rate": MeasureDefinition(
            word("Retention rate"),
            word("Retention"),
            "share",
            0,
            1,
            word(
                "Customers at the end of the window who were there at its start / "
                "customers at its start."
            ),
            word("Wilson"),
        ),
        "churn_rate": MeasureDefinition(
            word("Churn rate"),
            word("Churn"),
            "share",
            0,
            1,
            word("1 - retention over the same window."),
            word("Wilson"),
            "lower is better",
        ),
        "repeat_purchase_rate": MeasureDefinition(
            word("Repeat purchase rate"),
            word("Repeat purchase"),
            "share",
            0,
            1,
            word(
                "Customers with two or more purchase days / customers with one or "
                "more, in the window."
            ),
            word("Wilson"),
        ),
        "survival": MeasureDefinition(
            word("Survival"),
            word("Survival"),
            "share",
            0,
            1,
            word(
                "Share still customers after a time, by Kaplan and Meier: who is not "
                "seen to the end counts as long as seen."
            ),
            word("log-log Greenwood"),
        ),
        "median_survival": MeasureDefinition(
            word("Median lifetime"),
            word("Median"),
            "number",
            0,
            inf,
            word(
                "Time after which half of the customers have gone, by Kaplan and Meier."
            ),
            word("times at which one half lies within the interval of survival"),
        ),
        "conversion_rate": MeasureDefinition(
            word("Conversion rate"),
            word("Conversion"),
            "share",
            0,
            1,
            word(
                "Those who reached a step in order / those who reached the first step."
            ),
            word("Wilson"),
        ),
        "drop_off_rate": MeasureDefinition(
            word("Drop-off rate"),
            word("Drop-off"),
            "share",
            0,
            1,
            word(
                "1 - those who reached a step in order / those who reached the step "
                "before."
            ),
            word("Wilson"),
            "lower is better",
        ),
        "engagement_rate": MeasureDefinition(
            word("Engagement rate"),
            word("Engagement"),
            "share",
            0,
            1,
            word("Customers with an event in the stage / customers with any event."),
            word("Wilson"),
        ),
        "reach_rate": MeasureDefinition(
            word("Reach"),
            word("Reach"),
            "share",
            0,
            1,
            word("Customers seen at the touchpoint / customers in the events."),
            word("Wilson"),
        ),
        "clv_to_date": MeasureDefinition(
            word("Customer lifetime value to date"),
            word("CLV to date"),
            "money",
            -inf,
            inf,
            word(
                "Mean revenue (margin where it is known) of a customer so far; revenue "
                "is not margin."
            ),
            word("Student's t"),
        ),
        "clv_with_retention": MeasureDefinition(
            word("Customer lifetime value with retention"),
            word("CLV with retention"),
            "money",
            -inf,
            inf,
            word(
                "m r / (1 + d - r): margin m of a period, retention r, discount d; the "
                "first margin is left out unless it is said."
            ),
            word("the ends of the retention's interval"),
        ),
        "clv_modelled": MeasureDefinition(
            word("Customer lifetime value, modelled"),
            word("CLV modelled"),
            "money",
            -inf,
            inf,
            word(
                "Expected purchases by BG/NBD x expected spend by Gamma-Gamma over the "
                "horizon, discounted."
            ),
            word("that of the model's standard errors"),
        ),
        "revenue_concentration": MeasureDefinition(
            word("Share of the highest-value customers"),
            word("Concentration"),
            "share",
            0,
            1,
            word(
                "Value held by the tenth of the customers with the highest value / "
                "value of all customers; another share than a tenth is said."
            ),
            word("by the variance of a Lorenz curve, on the logit scale"),
        ),
        "clv_growth_rate": MeasureDefinition(
            word("CLV growth rate"),
            word("CLV growth"),
            "number",
            -inf,
            inf,
            word(
                "(new - old) / abs(old) for the same horizon, discount, margin rule "
                "and cohort age; undefined at 0 and across a change of sign."
            ),
            word("none"),
        ),
        "value_at_stake": MeasureDefinition(
            word("Value at stake"),
            word("At stake"),
            "money",
            -inf,
            inf,
            word("Customers touched x difference in churn x CLV, as a range."),
            word("the ends of its factors"),
            "lower is better",
        ),
        "theme_share": MeasureDefinition(
            word("Share of comments with a theme"),
            word("Theme"),
            "share",
            0,
            1,
            word(
                "Comments that speak of the theme, by the words of the codebook / "
                "comments that say something; a comment may be of several themes."
            ),
            word("Wilson"),
            "lower is better",
        ),
        "not_assigned_share": MeasureDefinition(
            word("Share of comments not assigned"),
            word("Not assigned"),
            "share",
            0,
            1,
            word(
                "Comments in which no theme of the codebook was found / comments that "
                "say something."
            ),
            word("Wilson"),
            "lower is better",
        ),
        "several_themes_share": MeasureDefinition(
            word("Share of comments with several themes"),
            word("Several themes"),
            "share",
            0,
            1,
            word(
                "Comments that speak of two themes or more / comments that say "
                "something."
            ),
            word("Wilson"),
        ),
        "negative_share": MeasureDefinition(
            word("Share of negative comments"),
            word("Negative"),
            "share",
            0,
            1,
            word(
                "Negative comments / comments that say something, by a lexicon or by "
                "comments that people coded: the note says which."
            ),
            word("Wilson; on the effective n where coded comments correct the count"),
            "lower is better",
        ),
    }
)
"""Every measure by its key; its words are said with ``say``."""

_UNITS = (
    *(word("points"), word("share"), word("mean"), word("money"), word("number")),
)
"""Units, for ``say(unit)``."""

_INSIDE = (
    word("net promoter score"),
    word("customer satisfaction score"),
    word("mean satisfaction"),
    word("customer effort score"),
    word("share of easy answers"),
)
"""Labels inside a sentence, for ``say(label.lower())``: here they are only marked."""
