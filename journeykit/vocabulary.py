"""The words of the field: scales, catalogues, definitions and their labels.

One concept has one name here; code, columns, headings and reports take it from here.
The keys are stored; the labels are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

__all__ = [
    "ACTION_STATUSES",
    "ACTION_TYPES",
    "BASES",
    "CANVAS_BLOCKS",
    "CANVAS_CREDIT",
    "CHANNELS",
    "COPIS",
    "DATA_KINDS",
    "EMOTIONS",
    "LANES",
    "MEASURES",
    "NPS_CREDIT",
    "OPPORTUNITY_TYPES",
    "PAIN_CATEGORIES",
    "PAIN_STATUSES",
    "ActionStatus",
    "ActionType",
    "Basis",
    "CanvasBlock",
    "CopisDefinition",
    "CopisRole",
    "DataKind",
    "Lane",
    "MeasureDefinition",
    "ObjectiveKind",
    "OpportunityType",
    "PainStatus",
    "Response",
    "choices",
]


def choices(literal: object) -> tuple[str, ...]:
    """Return the values of a ``Literal`` type, in order.

    Examples
    --------
    >>> choices(Basis)
    ('assumed', 'observed', 'measured')
    """
    return tuple(str(value) for value in get_args(literal))


def _labels(**labels: str) -> Mapping[str, str]:
    return MappingProxyType(labels)


# --- evidence and emotion ----------------------------------------------------------

Basis = Literal["assumed", "observed", "measured"]
BASES = _labels(
    assumed="Assumed: we think so",
    observed="Observed: interview, quote, ticket or visit",
    measured="Measured: computed from data in the case",
)

EMOTIONS: Mapping[int, str] = MappingProxyType(
    {-2: "very bad", -1: "bad", 0: "neutral", 1: "good", 2: "very good"}
)
"""Emotion from -2 to +2; no value is "not asked", which is not neutral."""

# --- the map ------------------------------------------------------------------------

Lane = Literal[
    "objectives",
    "goals",
    "customer_actions",
    "touchpoints",
    "thoughts",
    "feelings",
    "emotion",
    "needs",
    "expectations",
    "pain_points",
    "opportunities",
    "kpis",
    "frontstage",
    "backstage",
    "support_processes",
]
LANES = _labels(
    objectives="Objectives",
    goals="Customer goals",
    customer_actions="Customer actions",
    touchpoints="Touchpoints and channels",
    thoughts="Thoughts",
    feelings="Feelings",
    emotion="Emotion",
    needs="Needs",
    expectations="Expectations",
    pain_points="Pain points",
    opportunities="Opportunities",
    kpis="KPIs",
    frontstage="Frontstage",
    backstage="Backstage",
    support_processes="Support processes",
)

CHANNELS = _labels(
    website="Website",
    social_media="Social media",
    service_call="Service call",
    email="E-mail",
    sms="SMS",
    in_app_message="In-app message",
    physical_store="Physical place",
    mobile_app="Mobile app",
    sign="Sign or screen",
    post="Post",
    partner="Partner",
)
"""Starting catalogue of channels; a workshop may add its own."""

# --- objectives, data, pain points, opportunities, actions --------------------------

ObjectiveKind = Literal[
    "find_pain_points", "raise_satisfaction", "optimise_touchpoints", "other"
]

DataKind = Literal[
    "survey",
    "feedback_form",
    "interview",
    "focus_group",
    "social_media",
    "analytics",
    "complaint",
    "support_feedback",
    "purchase_history",
    "internal_audit",
    "other",
]
DATA_KINDS = _labels(
    survey="Survey",
    feedback_form="Feedback form",
    interview="Interview",
    focus_group="Focus group",
    social_media="Social media",
    analytics="Web or app analytics",
    complaint="Complaints",
    support_feedback="Support feedback",
    purchase_history="CRM or purchase history",
    internal_audit="Internal audit",
    other="Other",
)

PAIN_CATEGORIES = _labels(
    confusing_navigation="Confusing navigation",
    long_waits="Long waits",
    hard_to_reach_information="Hard-to-reach information",
    checkout_abandonment="Checkout abandonment",
    after_sales_support="After-sales support",
)
"""Starting categories; a workshop may add its own."""

Response = Literal["proactive", "reactive"]

PainStatus = Literal["open", "being_treated", "resolved", "returned"]
PAIN_STATUSES = _labels(
    open="Open", being_treated="Being treated", resolved="Resolved", returned="Returned"
)

OpportunityType = Literal[
    "new_feature",
    "service_improvement",
    "new_product",
    "personalisation",
    "upsell",
    "loyalty_programme",
    "partnership",
    "subscription",
    "channel",
    "automation",
]
OPPORTUNITY_TYPES = _labels(
    new_feature="New feature",
    service_improvement="Service improvement",
    new_product="New product",
    personalisation="Personalisation",
    upsell="Upsell or cross-sell",
    loyalty_programme="Loyalty programme",
    partnership="Partnership",
    subscription="Subscription",
    channel="New or better channel",
    automation="Automation",
)

ActionType = Literal["communication", "process", "service", "technology", "training"]
ACTION_TYPES = _labels(
    communication="Communication",
    process="Process",
    service="Service",
    technology="Technology",
    training="Training",
)
ActionStatus = Literal["planned", "doing", "done", "dropped"]
ACTION_STATUSES = _labels(
    planned="Planned", doing="Doing", done="Done", dropped="Dropped"
)

# --- COPIS and canvas ---------------------------------------------------------------

CopisRole = Literal[
    "customer", "objective", "process", "output", "information", "systems", "supplier"
]
CopisDefinition = Literal["operations", "needs", "service", "classic"]


@dataclass(frozen=True, slots=True)
class _CopisColumns:
    """One meaning of COPIS: its name, its columns in order, a one-line glossary."""

    label: str
    columns: Mapping[CopisRole, str]
    glossary: str


COPIS: Mapping[CopisDefinition, _CopisColumns] = MappingProxyType(
    {
        "operations": _CopisColumns(
            "Customers, Operations, Products, Information, Systems",
            {
                "customer": "Customers",
                "process": "Operations",
                "output": "Products",
                "information": "Information",
                "systems": "Systems",
            },
            "Who is served, what is done, what they get, what must be known, "
            "what it runs on.",
        ),
        "needs": _CopisColumns(
            "Customer needs, Objectives, Processes, Information, Systems",
            {
                "customer": "Customer needs",
                "objective": "Objectives",
                "process": "Processes",
                "information": "Information",
                "systems": "Systems",
            },
            "What customers need, what we aim for, what is done, what must be known, "
            "what it runs on.",
        ),
        "service": _CopisColumns(
            "Customer, Objective, Process, Information, Service",
            {
                "customer": "Customer",
                "objective": "Objective",
                "process": "Process",
                "information": "Information",
                "output": "Service",
            },
            "Who is served, what we aim for, what is done, what must be known, "
            "what they get.",
        ),
        "classic": _CopisColumns(
            "Customer, Output, Process, Input, Supplier (Six Sigma)",
            {
                "customer": "Customer",
                "output": "Output",
                "process": "Process",
                "information": "Input",
                "supplier": "Supplier",
            },
            "SIPOC read from the customer's side: who is served, what they get, "
            "what is done, what it takes, where that comes from.",
        ),
    }
)
"""The four meanings of COPIS; the default of a case is ``classic``."""

CanvasBlock = Literal[
    "customer_segments",
    "value_propositions",
    "channels",
    "customer_relationships",
    "revenue_streams",
    "key_resources",
    "key_activities",
    "key_partnerships",
    "cost_structure",
]
CANVAS_BLOCKS = _labels(
    customer_segments="Customer segments",
    value_propositions="Value propositions",
    channels="Channels",
    customer_relationships="Customer relationships",
    revenue_streams="Revenue streams",
    key_resources="Key resources",
    key_activities="Key activities",
    key_partnerships="Key partnerships",
    cost_structure="Cost structure",
)
CANVAS_CREDIT = (
    "The Business Model Canvas by Strategyzer (strategyzer.com) is licensed under "
    "CC BY-SA 3.0."
)

# --- measures -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """What a measure means: printed wherever its number is shown."""

    label: str
    short: str
    unit: Literal["points", "share", "mean"]
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
    }
)
"""Every measure by its key."""
