"""What every measure means: its words, unit, ends, interval and direction.

A number is never shown without its definition; sources disagree on nearly all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Literal

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


NPS_CREDIT = (
    "Net Promoter, NPS and the NPS-related emoticons are registered marks of Bain & "
    "Company, Inc., Fred Reichheld and NICE Systems, Inc."
)

MEASURES: Mapping[str, MeasureDefinition] = MappingProxyType(
    {
        "net_promoter_score": MeasureDefinition(
            "Net promoter score",
            "NPS",
            "points",
            -100,
            100,
            "100 x (promoters - detractors) / answers; promoters answer 9 to 10, "
            "passives 7 to 8, detractors 0 to 6 on a scale of 0 to 10.",
            "adjusted Wald (Rocks 2016)",
        ),
        "customer_satisfaction_score": MeasureDefinition(
            "Customer satisfaction score",
            "CSAT",
            "share",
            0,
            1,
            "Share of the two best answers among valid answers: 4 to 5 on a scale of "
            "1 to 5.",
            "Wilson",
        ),
        "mean_satisfaction": MeasureDefinition(
            "Mean satisfaction",
            "Mean",
            "mean",
            1,
            5,
            "Mean of the valid answers on a scale of 1 to 5; other scales are brought "
            "to it.",
            "Student's t",
        ),
        "customer_effort_score": MeasureDefinition(
            "Customer effort score",
            "CES",
            "mean",
            1,
            7,
            'Mean agreement with "made it easy for me to handle my issue", 1 to 7, '
            "higher is easier.",
            "Student's t",
        ),
        "easy_share": MeasureDefinition(
            "Share of easy answers",
            "Easy",
            "share",
            0,
            1,
            "Share of answers 5 to 7 on the effort scale of 1 to 7.",
            "Wilson",
        ),
        "felt_minus_measured": MeasureDefinition(
            "Felt minus measured",
            "Gap",
            "mean",
            -4,
            4,
            "The team's mean emotion (-2 to +2) minus mean satisfaction on 1 to 5 "
            "less 3; above 0 the team thinks better of it than customers do.",
            "that of the mean satisfaction",
        ),
        "retention_rate": MeasureDefinition(
            "Retention rate",
            "Retention",
            "share",
            0,
            1,
            "Customers at the end of the window who were there at its start / "
            "customers at its start.",
            "Wilson",
        ),
        "churn_rate": MeasureDefinition(
            "Churn rate",
            "Churn",
            "share",
            0,
            1,
            "1 - retention over the same window.",
            "Wilson",
            "lower is better",
        ),
        "repeat_purchase_rate": MeasureDefinition(
            "Repeat purchase rate",
            "Repeat purchase",
            "share",
            0,
            1,
            "Customers with two or more purchase days / customers with one or more, in "
            "the window.",
            "Wilson",
        ),
        "survival": MeasureDefinition(
            "Survival",
            "Survival",
            "share",
            0,
            1,
            "Share still customers after a time, by Kaplan and Meier: who is not seen "
            "to the end counts as long as seen.",
            "log-log Greenwood",
        ),
        "median_survival": MeasureDefinition(
            "Median lifetime",
            "Median",
            "number",
            0,
            inf,
            "Time after which half of the customers have gone, by Kaplan and Meier.",
            "times at which one half lies within the interval of survival",
        ),
        "conversion_rate": MeasureDefinition(
            "Conversion rate",
            "Conversion",
            "share",
            0,
            1,
            "Those who reached a step in order / those who reached the first step.",
            "Wilson",
        ),
        "drop_off_rate": MeasureDefinition(
            "Drop-off rate",
            "Drop-off",
            "share",
            0,
            1,
            "1 - those who reached a step in order / those who reached the step "
            "before.",
            "Wilson",
            "lower is better",
        ),
        "engagement_rate": MeasureDefinition(
            "Engagement rate",
            "Engagement",
            "share",
            0,
            1,
            "Customers with an event in the stage / customers with any event.",
            "Wilson",
        ),
        "reach_rate": MeasureDefinition(
            "Reach",
            "Reach",
            "share",
            0,
            1,
            "Customers seen at the touchpoint / customers in the events.",
            "Wilson",
        ),
        "clv_to_date": MeasureDefinition(
            "Customer lifetime value to date",
            "CLV to date",
            "money",
            -inf,
            inf,
            "Mean revenue (margin where it is known) of a customer so far; revenue is "
            "not margin.",
            "Student's t",
        ),
        "clv_with_retention": MeasureDefinition(
            "Customer lifetime value with retention",
            "CLV with retention",
            "money",
            -inf,
            inf,
            "m r / (1 + d - r): margin m of a period, retention r, discount d; the "
            "first margin is left out unless it is said.",
            "the ends of the retention's interval",
        ),
        "clv_modelled": MeasureDefinition(
            "Customer lifetime value, modelled",
            "CLV modelled",
            "money",
            -inf,
            inf,
            "Expected purchases by BG/NBD x expected spend by Gamma-Gamma over the "
            "horizon, discounted.",
            "that of the model's standard errors",
        ),
        "revenue_concentration": MeasureDefinition(
            "Share of the highest-value customers",
            "Concentration",
            "share",
            0,
            1,
            "Value held by the tenth of the customers with the highest value / value "
            "of all customers; another share than a tenth is said.",
            "by the variance of a Lorenz curve, on the logit scale",
        ),
        "clv_growth_rate": MeasureDefinition(
            "CLV growth rate",
            "CLV growth",
            "number",
            -inf,
            inf,
            "(new - old) / abs(old) for the same horizon, discount, margin rule and "
            "cohort age; undefined at 0 and across a change of sign.",
            "none",
        ),
        "value_at_stake": MeasureDefinition(
            "Value at stake",
            "At stake",
            "money",
            -inf,
            inf,
            "Customers touched x difference in churn x CLV, as a range.",
            "the ends of its factors",
            "lower is better",
        ),
        "theme_share": MeasureDefinition(
            "Share of comments with a theme",
            "Theme",
            "share",
            0,
            1,
            "Comments that speak of the theme, by the words of the codebook / comments "
            "that say something; a comment may be of several themes.",
            "Wilson",
            "lower is better",
        ),
        "not_assigned_share": MeasureDefinition(
            "Share of comments not assigned",
            "Not assigned",
            "share",
            0,
            1,
            "Comments in which no theme of the codebook was found / comments that say "
            "something.",
            "Wilson",
            "lower is better",
        ),
        "several_themes_share": MeasureDefinition(
            "Share of comments with several themes",
            "Several themes",
            "share",
            0,
            1,
            "Comments that speak of two themes or more / comments that say something.",
            "Wilson",
        ),
        "negative_share": MeasureDefinition(
            "Share of negative comments",
            "Negative",
            "share",
            0,
            1,
            "Negative comments / comments that say something, by a lexicon or by "
            "comments that people coded: the note says which.",
            "Wilson; on the effective n where coded comments correct the count",
            "lower is better",
        ),
    }
)
"""Every measure by its key."""
